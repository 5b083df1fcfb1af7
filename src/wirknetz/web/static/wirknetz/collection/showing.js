/* Shows what the server said: saved or not, what is wrong beside its field, how far one is. */

import { addUp } from "./adding.js";
import { all, blockOf, find, form, messageOf } from "./form.js";
import { keepNameInSight } from "./sticking.js";
import { forgetBlock } from "./waiting.js";

export function say(state, text) {
  const place = find("[data-status]");
  place.dataset.state = state;
  if (place.textContent !== text) { place.textContent = text; }
}

export function tell(news) {
  all("[data-field]").forEach((cell) => message(cell, news.messages[cell.dataset.field]));
  all("[data-measure]").forEach((block) => {
    const id = Number(block.dataset.measure);
    block.querySelector("[data-done]").hidden = !news.done.includes(id);
    block.querySelector("[data-elsewhere]").replaceChildren(...remarks(news.elsewhere[id]));
  });
  find("[data-answered]").textContent = news.answered;
  find("[data-progress]").value = news.answered;
  pointToNext(news.next);
  say(news.wrong ? "wrong" : "saved", news.saved);
  addUp();
}

function pointToNext(anchor) {
  const next = find("[data-next]");
  next.hidden = !anchor;
  if (anchor) { next.setAttribute("href", `#${anchor}`); }
}

function message(cell, found) {
  const place = messageOf(cell.dataset.field), input = cell.querySelector("[data-value]");
  const wrong = Boolean(found && (found.problem || found.errors.length));
  cell.classList.toggle("wn-cell--wrong", wrong);
  cell.classList.toggle("wn-cell--asks", Boolean(found) && !wrong);
  if (wrong) { input.setAttribute("aria-invalid", "true"); }
  else { input.removeAttribute("aria-invalid"); }
  const problem = found && found.problem ? [line("wn-cell__error", found.problem, place)] : [];
  const conflict = found && found.conflict ? choice(cell.dataset.field, found) : [];
  place.replaceChildren(...problem, ...conflict, ...remarks(found, place));
}

function remarks(found, place) {
  if (!found) { return []; }
  return [
    ...found.errors.map((text) => line("wn-cell__error", text, place)),
    ...found.questions.map((text) => line("wn-cell__question", text, place)),
  ];
}

function made(tag, properties, ...inside) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
}

function line(className, text, place) {
  const label = place && place.dataset.label;
  const before = label ? [made("strong", {}, `${label}:`), " "] : [];
  return made("p", { className }, ...before, text);
}

/* The same elements as in `_message.html`: one listener serves both. */
function choice(key, found) {
  const hidden = [["t", "theirs", found.theirs], ["w", "theirsN", found.theirs_n],
    ["u", "theirSeen", found.their_seen]].map(([short, name, value]) => {
    const input = made("input", { type: "hidden", name: `${short}:${key}`, value });
    input.dataset[name] = "";
    return input;
  });
  const buttons = [["keep", form.dataset.mine], ["take", form.dataset.theirs]].map(([name, text]) => {
    const button = made(
      "button",
      { type: "submit", name, value: key, className: "kern-btn kern-btn--secondary wn-btn--small" },
      made("span", { className: "kern-label" }, text),
    );
    button.dataset[name] = "";
    return button;
  });
  return [...hidden, made("p", { className: "wn-cell__choose" }, ...buttons)];
}

/* A block that is reported in another way comes anew from the server. */
export function replace(id, html) {
  const old = blockOf(id);
  if (!old || !html) { return; }
  const held = made("template", { innerHTML: html }), fresh = held.content.querySelector("article");
  const focused = old.contains(document.activeElement), folds = old.querySelectorAll("details");
  fresh.querySelectorAll("details").forEach((fold, i) => {
    if (folds[i] && folds[i].open) { fold.open = true; }
  });
  forgetBlock(id);
  old.replaceWith(fresh);
  keepNameInSight(fresh);
  if (focused) { fresh.querySelector("[data-way]").focus(); }
}
