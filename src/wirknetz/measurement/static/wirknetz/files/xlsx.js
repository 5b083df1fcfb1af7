// XLSX workbooks: their sheets, row by row.

import { Day, NotReadable, columnOf, dayFrom } from "./cells.js";
import { plainItems, plainRows } from "./xlsx-plain.js";
import { all, attribute, batches, children, parseXml } from "./xml.js";

const EPOCH_1900 = -25569;
const EPOCH_1904 = -24107;
const BUILT_IN_DAYS = [[14, 22], [27, 36], [45, 47], [50, 58]];
const CODE_WITHOUT_TEXT = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g;

/** Name, hidden, and `rows()` of every sheet. */
export async function openXlsx(entries) {
  const main = entries.get("xl/workbook.xml") || found(entries, /(^|\/)workbook\.xml$/);
  const folder = main.name.slice(0, main.name.lastIndexOf("/") + 1);
  const book = parseXml(await main.text());
  const links = await relations(entries, folder);
  const shared = {
    entries,
    folder,
    since: all(book, "workbookPr").some((one) => /^(1|true)$/.test(attribute(one, "date1904"))) ? EPOCH_1904 : EPOCH_1900,
    strings: null,
    days: await dayStyles(entries, folder),
  };
  return all(book, "sheet").flatMap((sheet) => page(sheet, links, shared));
}

function found(entries, pattern) {
  for (const [name, entry] of entries) { if (pattern.test(name)) { return entry; } }
  throw new NotReadable("not_a_table");
}

async function relations(entries, folder) {
  const entry = entries.get(`${folder}_rels/workbook.xml.rels`);
  if (!entry) { throw new NotReadable("damaged"); }
  const listed = all(parseXml(await entry.text()), "Relationship");
  return new Map(listed.map((one) => [attribute(one, "Id"), {
    path: path(folder, attribute(one, "Target")),
    sheet: attribute(one, "Type").endsWith("/worksheet"),
  }]));
}

function path(folder, target) {
  const parts = (target.startsWith("/") ? target.slice(1) : folder + target).split("/");
  const kept = [];
  for (const part of parts) {
    if (part === "..") { kept.pop(); } else if (part !== ".") { kept.push(part); }
  }
  return kept.join("/");
}

async function dayStyles(entries, folder) {
  const entry = entries.get(`${folder}styles.xml`);
  if (!entry) { return []; }
  const styles = parseXml(await entry.text());
  const own = new Map(all(styles, "numFmt").map((one) => [attribute(one, "numFmtId"), attribute(one, "formatCode")]));
  const used = all(styles, "cellXfs").flatMap((list) => children(list, "xf"));
  return used.map((one) => showsDay(attribute(one, "numFmtId"), own));
}

function showsDay(id, own) {
  const code = own.get(id);
  if (code === undefined) { return BUILT_IN_DAYS.some(([low, high]) => Number(id) >= low && Number(id) <= high); }
  return /[dmyhs]/i.test(code.replace(CODE_WITHOUT_TEXT, "").replace(/general/i, ""));
}

function page(sheet, links, shared) {
  const link = Array.from(sheet.attributes).find((one) => one.localName === "id");
  const target = link && links.get(link.value);
  if (!target || !target.sheet) { return []; }
  const hidden = /^(hidden|veryHidden)$/.test(attribute(sheet, "state"));
  return [{ name: attribute(sheet, "name"), hidden, rows: () => rows(target.path, shared) }];
}

async function* rows(target, shared) {
  const entry = shared.entries.get(target);
  if (!entry) { throw new NotReadable("damaged"); }
  shared.strings = shared.strings || await strings(shared);
  let next = 0;
  for await (const batch of batches(entry.stream(), "row", { within: "sheetData" })) {
    for (const { place, hidden, cells } of plainRows(batch.text) || parsedRows(batch.elements())) {
      const row = place ? Number(place) - 1 : next;
      yield { row, hidden: /^(1|true)$/.test(hidden), ...cellsOf(cells, shared) };
      next = row + 1;
    }
  }
}

async function strings({ entries, folder }) {
  const entry = entries.get(`${folder}sharedStrings.xml`);
  const kept = [];
  if (!entry) { return kept; }
  for await (const batch of batches(entry.stream(), "si", { within: "sst" })) {
    for (const text of plainItems(batch.text) || Array.from(batch.elements(), plainText)) { kept.push(unescaped(text)); }
  }
  return kept;
}

/** The text of a string item, without the reading aids of East Asian scripts. */
function plainText(item) {
  let text = "";
  for (const part of item.children) {
    if (part.localName === "t") { text += part.textContent; }
    if (part.localName === "r") { text += children(part, "t").map((one) => one.textContent).join(""); }
  }
  return text;
}

/** Signs that XML cannot hold are written as `_x000D_`. */
function unescaped(text) {
  if (!text.includes("_x")) { return text; }
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code) => String.fromCharCode(parseInt(code, 16)));
}

/** Rows in the form of `plainRows`, from a parsed document. */
function* parsedRows(found) {
  for (const row of found) {
    yield { place: attribute(row, "r"), hidden: attribute(row, "hidden"), cells: children(row, "c").map(parsedCell) };
  }
}

function parsedCell(cell) {
  const [item] = children(cell, "is");
  const [holder] = children(cell, "v");
  return {
    place: attribute(cell, "r"),
    type: attribute(cell, "t") || "n",
    style: attribute(cell, "s") || "0",
    text: item ? plainText(item) : holder ? holder.textContent : "",
    formula: children(cell, "f").length > 0,
    inline: Boolean(item),
  };
}

function cellsOf(found, shared) {
  const cells = [];
  const without = [];
  let next = 0;
  for (const cell of found) {
    const column = cell.place ? columnOf(cell.place) : next;
    const value = valueOf(cell, shared);
    // a formula without any result in the file; an empty text is a result
    if (value !== undefined) { cells[column] = value; }
    else if (cell.formula && cell.type !== "str" && !cell.inline) { without.push(column); }
    next = column + 1;
  }
  return { cells, without };
}

function valueOf({ type, style, text, inline }, shared) {
  if (text === "") { return undefined; }
  if (type === "inlineStr") { return inline ? unescaped(text) : undefined; }
  if (type === "s") { return shared.strings[Number(text)] || undefined; }
  if (type === "b") { return text === "1" || text === "true"; }
  if (type === "d") { return /^\d{4}-\d\d-\d\d/.test(text) ? new Day(text.slice(0, 10)) : text; }
  return type === "n" ? number(Number(text), shared, style) : text;
}

function number(value, shared, style) {
  if (!Number.isFinite(value)) { return undefined; }
  return shared.days[Number(style)] ? moment(value, shared.since) : value;
}

/** A serial number shown as a date: a day, or for less than a day the time as text. */
function moment(value, since) {
  if (value < 1) { return new Date(Math.round(value * 86400) * 1000).toISOString().slice(11, 19); }
  const whole = Math.floor(value + 1e-9);
  return dayFrom(whole + since + (since === EPOCH_1900 && whole < 60 ? 1 : 0));
}
