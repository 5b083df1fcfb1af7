/* The form of a collection round: saves while one types, keeps what could not be sent, moves with
   the keyboard, adds up. Without a script the plain buttons do the same work. */

import { addUpTable } from "./adding.js";
import { all, cellOf, find, form, write } from "./form.js";
import { moveByKeyboard } from "./keyboard.js";
import { schedule, send, sendAll, sendAtOnce } from "./sending.js";
import { say } from "./showing.js";
import { keepNameInSight } from "./sticking.js";
import { note, noteWay, nothingWaits, restore } from "./waiting.js";

const WHILE_TYPING = 800, AFTER_A_FIELD = 150;

function typed(event) {
  const cell = event.target.closest("[data-field]");
  if (!cell) { return; }
  note(cell);
  const table = cell.closest("[data-table]");
  if (table) { addUpTable(table); }
  schedule(WHILE_TYPING);
}

function left(event) {
  if (event.target.closest("[data-field]") && !nothingWaits()) { schedule(AFTER_A_FIELD); }
}

function changedWay(event) {
  if (!event.target.matches("[data-way]")) { return; }
  noteWay(event.target.closest("[data-measure]"), event.target.value);
  schedule(0);
}

function pressed(event) {
  const fill = event.target.closest("[data-fill]");
  const choice = event.target.closest("[data-keep], [data-take]");
  if (!fill && !choice) { return; }
  event.preventDefault();
  if (fill) { fillWithZero(fill.closest("[data-table]")); } else { decide(choice); }
  schedule(0);
}

function fillWithZero(table) {
  for (const input of table.querySelectorAll("[data-value]")) {
    if (input.value.trim() !== "") { continue; }
    input.value = "0";
    note(input.closest("[data-field]"));
  }
  addUpTable(table);
  table.querySelector("[data-value]").focus();
}

/* Two tabs, two values: the person said which one stands. */
function decide(button) {
  const place = button.closest("[data-message]"), cell = cellOf(place.dataset.message);
  const theirs = (name) => place.querySelector(name).value;
  if (button.matches("[data-take]")) { write(cell, theirs("[data-theirs]"), theirs("[data-theirs-n]")); }
  note(cell, theirs("[data-their-seen]"));
}

async function submitted(event) {
  const check = event.submitter && event.submitter.value === "check";
  event.preventDefault();
  if (await sendAll() && check) { location.assign(form.dataset.check); }
}

function goToNext(event) {
  const block = document.querySelector(event.currentTarget.getAttribute("href"));
  if (!block) { return; }
  event.preventDefault();
  const inputs = [...block.querySelectorAll("[data-value]")];
  const free = inputs.find((input) => input.value.trim() === "") || inputs[0];
  block.scrollIntoView({ block: "start" });
  (free || block).focus({ preventScroll: !free });
}

function start() {
  form.classList.add("wn-js");
  all("[data-measure]").forEach(keepNameInSight);
  moveByKeyboard(send);
  form.addEventListener("input", typed);
  form.addEventListener("focusout", left);
  form.addEventListener("change", changedWay);
  form.addEventListener("click", pressed);
  form.addEventListener("submit", submitted);
  find("[data-next]").addEventListener("click", goToNext);
  addEventListener("online", sendAtOnce);
  addEventListener("offline", () => { if (!nothingWaits()) { say("failed", form.dataset.offline); } });
  document.addEventListener("visibilitychange", () => { if (document.hidden) { send(); } });
  if (restore()) {
    say("restored", form.dataset.restored);
    schedule(300);
  }
}

if (form && form.dataset.save) { start(); }
