/* Sums beside and below the tables, while one types. */

import { all } from "./form.js";

/* 1.200 and 1 200,5 as a German writes them; null for anything else. */
function amount(text) {
  let plain = text.replace(/[\s\u00a0\u2009\u202f]/g, "");
  if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain)) { plain = plain.replace(/\./g, ""); }
  plain = plain.replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

/* Nothing typed adds up to nothing, not to 0. */
function sum(inputs) {
  const amounts = inputs.map((input) => amount(input.value)).filter((found) => found !== null);
  if (!amounts.length) { return ""; }
  const total = amounts.reduce((a, b) => a + b, 0);
  return (Math.round(total * 10000) / 10000).toLocaleString(document.documentElement.lang || "de");
}

export function addUp() { all("[data-table]").forEach(addUpTable); }

export function addUpTable(table) {
  const every = (selector) => [...table.querySelectorAll(selector)];
  const rows = every("[data-row]").map((row) => [...row.querySelectorAll("[data-value]")]);
  every("[data-row-sum]").forEach((place, i) => { place.textContent = sum(rows[i]); });
  every("[data-column-sum]").forEach((place, i) => {
    place.textContent = sum(rows.map((row) => row[i]));
  });
  every("[data-total]").forEach((place) => { place.textContent = sum(rows.flat()); });
  const fill = table.querySelector("[data-fill-line]");
  if (fill) { fill.hidden = rows.flat().every((input) => input.value.trim() !== ""); }
}
