// Before a file is sent: is it too big, does it speak of persons? Whatever is found out here is
// looked at again on the server; without this script only that happens.

import { NotReadable } from "./cells.js";
import { personsInFile } from "./persons.js";

const form = document.querySelector("[data-upload]");
const field = form.elements.file;
const said = form.querySelector("[data-said]");
const persons = document.querySelector("[data-persons]");
const unseen = document.querySelector("[data-unseen]");
const kinds = JSON.parse(document.getElementById("person-kinds").textContent);
let sendAnyway = false;

function say(text, wrong = false) {
  said.textContent = text;
  said.toggleAttribute("data-wrong", wrong);
}

function quiet() {
  persons.hidden = true;
  unseen.hidden = true;
  sendAnyway = false;
  say("");
}

function refuse(part) {
  say("");
  part.hidden = false;
  part.focus();
  part.scrollIntoView({ block: "nearest" });
}

function where(found) {
  const columns = found.columns.map(({ place, kind }) => `${place} (${kinds[kind] ?? kind})`);
  return form.dataset.where.replace("{page}", found.page).replace("{columns}", columns.join(", "));
}

// What is sent stays the choice of the person; a file that names persons is no choice.
async function check(file) {
  if (file.size > Number(form.dataset.limit)) {
    say(form.dataset.tooBig, true);
    return false;
  }
  say(form.dataset.checking);
  try {
    const found = await personsInFile(file);
    if (!found) { return true; }
    persons.querySelector("[data-persons-where]").textContent = where(found);
    field.value = "";
    refuse(persons);
    return false;
  } catch (error) {
    if (error instanceof NotReadable && error.code === "old_format" && !sendAnyway) {
      refuse(unseen);
      return false;
    }
    return true; // the server says what is wrong with it
  }
}

async function send() {
  const [file] = field.files;
  if (file && !(await check(file))) { return; }
  say(file ? form.dataset.sending : "");
  form.submit();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
field.addEventListener("change", quiet);
unseen.querySelector("[data-send-anyway]").addEventListener("click", () => {
  sendAnyway = true;
  unseen.hidden = true;
  send();
});

const drop = form.querySelector("[data-drop]");
["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, (event) => {
  event.preventDefault();
  drop.toggleAttribute("data-over", true);
}));
["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.removeAttribute("data-over")));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) { return; }
  field.files = event.dataTransfer.files;
  quiet();
});
