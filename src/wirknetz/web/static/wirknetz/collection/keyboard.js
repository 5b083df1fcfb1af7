/* Enter goes on to the next field, in a table down the column; arrows move inside a table. */

import { all, form } from "./form.js";

const KEYS = ["Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
const SIDEWAYS = ["ArrowLeft", "ArrowRight"];

/* `atEnd` runs when there is no next field. */
export function moveByKeyboard(atEnd) {
  form.addEventListener("keydown", (event) => {
    const input = event.target.closest("[data-value], [data-cases]");
    if (!input || !KEYS.includes(event.key)) { return; }
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (SIDEWAYS.includes(event.key) && !(input.closest("table") && atEdge(input, event.key))) { return; }
    event.preventDefault();
    const next = neighbour(input, event.key);
    if (next) { next.focus(); next.select(); } else { atEnd(); }
  });
}

function atEdge(input, key) {
  if (input.selectionStart !== input.selectionEnd) { return false; }
  return key === "ArrowLeft" ? input.selectionStart === 0 : input.selectionEnd === input.value.length;
}

function neighbour(input, key) {
  const inputs = all("[data-value], [data-cases]");
  const step = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const row = input.closest("tr"), pairs = input.closest(".wn-values__table--mean");
  if (!row || pairs || SIDEWAYS.includes(key)) { return inputs[inputs.indexOf(input) + step]; }
  return inColumn(input, row, step) || (key === "Enter" ? nextColumn(input, row, inputs) : null);
}

const valuesOf = (row) => [...row.querySelectorAll("[data-value]")];
const rowsBeside = (row) => [...row.parentElement.querySelectorAll("[data-row]")];

function inColumn(input, row, step) {
  const rows = rowsBeside(row), other = rows[rows.indexOf(row) + step];
  return other && valuesOf(other)[valuesOf(row).indexOf(input)];
}

/* Below the last row: the top of the next column, after the last column the next question. */
function nextColumn(input, row, inputs) {
  const across = valuesOf(rowsBeside(row)[0])[valuesOf(row).indexOf(input) + 1];
  return across || inputs[inputs.indexOf(valuesOf(row.parentElement).pop()) + 1];
}
