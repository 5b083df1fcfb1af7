// Lists of persons, noticed before anything is sent. The same as persons.py, which says why.

import { columnName, filled } from "./cells.js";
import { headingKind, isDay, signOf } from "./persons-signs.js";
import { firstRows, openBook } from "./reading.js";

const ENOUGH = 3;
const CERTAIN = 5;
const MOST_ROWS = 2000;
const HEADING_ROWS = 30;
const FORM_ROWS = 40;
const MOST_BYTES = 400 * 1024 * 1024;
const CAPS = { name: 4 };
const CONTACT = new Set(["email", "phone", "address"]);
const OWN = new Set(["name", "birth_date", "birth_year", "insurance", "case_number"]);
const WHO = new Set(["name", "birth_date", "email", "phone", "insurance", "case_number"]);

/**
 * The first page of a chosen file that holds a list of persons:
 * `{page, rows, columns: [{place, kind, heading}]}`, or null.
 */
export async function personsInFile(blob) {
  const { pages } = await openBook(blob, { bytes: MOST_BYTES });
  for (const page of pages) {
    const found = looksLikePersons(page.name, await firstRows(page, MOST_ROWS));
    if (found) { return found; }
  }
  return null;
}

/** The same for one page; `rows` are its filled rows, `{row, cells}`, at most 2,000. */
export function looksLikePersons(page, rows) {
  const lines = new Map(rows.map(({ row, cells }) => [row, lineOf(cells)]));
  let found = inColumns(lines, columnName, true);
  if (!found && lines.size <= FORM_ROWS) {
    found = inColumns(turned(lines), (row) => String(row + 1), false);
  }
  return found && { page, ...found };
}

function lineOf(cells) {
  const line = new Map();
  cells.forEach((value, column) => {
    if (filled(value)) { line.set(column, typeof value === "string" ? value.normalize("NFC") : value); }
  });
  return line;
}

function turned(lines) {
  const found = new Map();
  for (const [row, cells] of lines) {
    for (const [column, value] of cells) {
      if (!found.has(column)) { found.set(column, new Map()); }
      found.get(column).set(row, value);
    }
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

function inColumns(lines, named, alone) {
  const head = headingRow(lines);
  if (head === null && !alone) { return null; }
  const below = [...lines].filter(([row]) => head === null || row > head).map(([, cells]) => cells);
  const titles = head === null ? new Map() : lines.get(head);
  const signs = signsOf(below, titles, alone);
  const weight = weightOf(signs, [...titles.values()]);
  const who = signs.filter(({ kind }) => WHO.has(kind));
  const rows = below.filter((cells) => who.some(({ column }) => cells.has(column))).length;
  if (weight < ENOUGH || !who.length || (rows < 2 && weight < CERTAIN)) { return null; }
  const columns = signs.map(({ column, kind }) => ({ place: named(column), kind, heading: heading(titles.get(column)) }));
  return { rows, columns };
}

function headingRow(lines) {
  let best = null;
  let most = 0;
  for (const [row, cells] of [...lines].slice(0, HEADING_ROWS)) {
    const values = [...cells.values()];
    const words = values.every((value) => typeof value === "string" && !isDay(value));
    const known = words ? values.filter(headingKind).length : 0;
    if (known > most) { [best, most] = [row, known]; }
  }
  return best;
}

function signsOf(below, titles, alone) {
  const columns = new Map();
  for (const cells of below) {
    for (const [column, value] of cells) { if (columns.has(column)) { columns.get(column).push(value); } else { columns.set(column, [value]); } }
  }
  return [...columns].sort(([one], [other]) => one - other).flatMap(([column, values]) => {
    const sign = signOf(values, headingKind(titles.get(column) ?? ""), alone);
    return sign ? [{ column, ...sign }] : [];
  });
}

function weightOf(signs, titles) {
  const best = new Map();
  for (const { kind, weight } of signs) {
    const before = best.get(kind) || 0;
    best.set(kind, Math.max(before, Math.min(CAPS[kind] || weight, before + weight)));
  }
  const places = titles.some((title) => headingKind(title) === "thing");
  const weightless = places && ![...best.keys()].some((kind) => OWN.has(kind)) ? CONTACT : new Set();
  return [...best].reduce((sum, [kind, weight]) => sum + (weightless.has(kind) ? 0 : weight), 0);
}

const heading = (title) => (title !== undefined && headingKind(title) ? title.trim() : "");
