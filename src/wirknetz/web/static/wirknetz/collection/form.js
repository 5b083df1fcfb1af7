/* The form of a collection round and what one can ask its fields. */

export const form = document.getElementById("meldung");

export const find = (selector) => form.querySelector(selector);
export const all = (selector) => [...form.querySelectorAll(selector)];

const named = (attribute, key) => find(`[${attribute}="${CSS.escape(key)}"]`);
export const cellOf = (key) => named("data-field", key);
export const messageOf = (key) => named("data-message", key);
export const blockOf = (id) => document.getElementById(`m${id}`);

const valueOf = (cell) => cell.querySelector("[data-value]");
const casesOf = (cell) => cell.querySelector("[data-cases]");
const seenOf = (cell) => cell.querySelector("[data-seen]");

/* What a cell says: value, number of cases, the state of the server it answers to. */
export function read(cell) {
  const cases = casesOf(cell);
  return { v: valueOf(cell).value, n: cases ? cases.value : "", s: seenOf(cell).value };
}

export function write(cell, value, cases) {
  valueOf(cell).value = value;
  if (casesOf(cell)) { casesOf(cell).value = cases; }
}

export function answersTo(cell, seen) { seenOf(cell).value = seen; }

/* How this block was reported when the page was made: the server notices a second tab by it. */
export const keptWay = (block) => block.querySelector('input[name^="h:"]').value;
