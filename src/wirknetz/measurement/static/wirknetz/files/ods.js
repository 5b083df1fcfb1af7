// ODS workbooks: their tables, row by row. Repeated rows and cells are written out as far as
// they hold something.

import { Day, NotReadable } from "./cells.js";
import { attribute, elements } from "./xml.js";

const GROUPS = /<\/?table:table-(?:row-group|rows|header-rows)(?=[\s>/])[^>]*>/g;
const TABLE = /<table:table(?=[\s>])[^>]*>/g;
const NAME = /\stable:name\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const STYLE = /\stable:style-name\s*=\s*"([^"]*)"/;
const UNSEEN = /<style:style\s[^>]*style:name="([^"]*)"[^>]*>\s*<style:table-properties\s[^>]*table:display="false"/g;
const MOST_COLUMNS = 16384;

/** Name, hidden, and `rows()` of every table. */
export async function openOds(entries) {
  const entry = entries.get("content.xml");
  if (!entry) { throw new NotReadable("not_a_table"); }
  const tables = await tablesIn(entry.stream());
  return tables.map((table, number) => ({ ...table, rows: () => rows(entry, number) }));
}

async function tablesIn(stream) {
  const tables = [];
  const unseen = new Set();
  let kept = "";
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) { return tables; }
    kept += value;
    if (!tables.length) { for (const [, name] of kept.matchAll(UNSEEN)) { unseen.add(name); } }
    for (const [tag] of kept.matchAll(TABLE)) {
      const [, one, other] = NAME.exec(tag) || [];
      const [, style] = STYLE.exec(tag) || [];
      tables.push({ name: decoded(one ?? other ?? ""), hidden: unseen.has(style) });
    }
    if (tables.length) { kept = kept.slice(Math.max(kept.lastIndexOf("<"), kept.lastIndexOf(">") + 1)); }
  }
}

function decoded(text) {
  const holder = new DOMParser().parseFromString(`<a b="${text.replaceAll('"', "&quot;")}"/>`, "application/xml");
  return holder.documentElement.getAttribute("b") ?? text;
}

async function* rows(entry, number) {
  const wanted = { within: "table", strip: GROUPS, skip: number };
  let row = 0;
  for await (const element of elements(entry.stream(), "table-row", wanted)) {
    const times = Number(attribute(element, "number-rows-repeated") || 1);
    const { cells, without } = cellsOf(element);
    const hidden = /^(collapse|filter)$/.test(attribute(element, "visibility"));
    const written = cells.length || without.length ? Math.min(times, 10000) : 0;
    for (let copy = 0; copy < written; copy += 1) { yield { row: row + copy, hidden, cells, without }; }
    row += times;
  }
}

function cellsOf(element) {
  const cells = [];
  const without = [];
  let column = 0;
  for (const cell of element.children) {
    if (!/^(covered-)?table-cell$/.test(cell.localName)) { continue; }
    const times = Number(attribute(cell, "number-columns-repeated") || 1);
    const value = cell.localName === "table-cell" ? valueOf(cell) : undefined;
    if (value !== undefined) {
      for (let copy = 0; copy < Math.min(times, MOST_COLUMNS - column); copy += 1) { cells[column + copy] = value; }
    }
    if (value === undefined && attribute(cell, "formula")) { without.push(column); }
    column += times;
  }
  return { cells, without };
}

function valueOf(cell) {
  switch (attribute(cell, "value-type")) {
    case "float": case "currency": case "percentage": return Number(attribute(cell, "value"));
    case "boolean": return attribute(cell, "boolean-value") === "true";
    case "date": return dayOf(attribute(cell, "date-value"));
    default: return textIn(cell) || undefined;
  }
}

function dayOf(text) {
  return /^\d{4}-\d\d-\d\d/.test(text) ? new Day(text.slice(0, 10)) : text;
}

/** The paragraphs of a cell; notes pinned to it are not part of it. */
function textIn(cell) {
  return Array.from(cell.children).filter((one) => one.localName === "p").map(paragraph).join("\n");
}

function paragraph(node) {
  let text = "";
  for (const part of node.childNodes) {
    if (part.nodeType === Node.TEXT_NODE) { text += part.data; }
    else if (part.localName === "s") { text += " ".repeat(Number(attribute(part, "c") || 1)); }
    else if (part.localName === "tab") { text += "\t"; }
    else if (part.localName === "line-break") { text += "\n"; }
    else if (part.nodeType === Node.ELEMENT_NODE && part.localName !== "annotation") { text += paragraph(part); }
  }
  return text;
}
