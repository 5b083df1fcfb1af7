// The upload page: a list of persons is noticed on this machine, and nothing is sent.
//
// <form data-no-persons> holds the file field; a box [data-persons] on the same page explains.
// What cannot be read here (old XLS, a damaged file) goes to the server, which looks in memory.

import { personsInFile } from "./persons.js";

function guard(form) {
  const field = form.querySelector("input[type=file]");
  const box = document.querySelector("[data-persons]");
  if (!field || !box) { return; }
  let looking = Promise.resolve();

  field.addEventListener("change", () => { looking = look(form, field, box); });
  form.addEventListener("submit", async (event) => {
    if (form.dataset.looked === "yes") { return; }
    event.preventDefault();
    await looking;
    if (form.dataset.looked === "found") { box.focus(); return; }
    form.dataset.looked = "yes";
    form.requestSubmit(event.submitter);
  });
  if (field.files.length) { looking = look(form, field, box); }
}

async function look(form, field, box) {
  form.dataset.looked = "no";
  box.hidden = true;
  for (const file of field.files) {
    const found = await personsInFile(file).catch(() => null);
    if (found) {
      form.dataset.looked = "found";
      field.value = "";
      show(box, found);
      return;
    }
  }
}

function show(box, { page, rows, columns }) {
  const words = box.dataset;
  const list = box.querySelector("[data-persons-columns]");
  list.replaceChildren(...columns.map((column) => item(column, words)));
  for (const place of box.querySelectorAll("[data-persons-rows]")) { place.textContent = String(rows); }
  for (const place of box.querySelectorAll("[data-persons-page]")) { place.textContent = page; }
  box.hidden = false;
  box.focus();
}

function item({ place, kind, heading }, words) {
  const where = /^\d+$/.test(place) ? words.row : words.column;
  const name = heading ? ` „${heading}“` : "";
  const entry = document.createElement("li");
  entry.textContent = `${where} ${place}${name}: ${words[kindWord(kind)] || kind}`;
  return entry;
}

/** `birth_date` stands in the box as data-kind-birth-date. */
function kindWord(kind) {
  return `kind_${kind}`.replace(/_(\w)/g, (_all, letter) => letter.toUpperCase());
}

document.querySelectorAll("form[data-no-persons]").forEach(guard);
