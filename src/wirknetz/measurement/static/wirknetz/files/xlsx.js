// XLSX workbooks: their sheets, row by row.

import { Day, NotReadable, columnOf, dayFrom } from "./cells.js";
import { all, attribute, children, elements, parseXml } from "./xml.js";

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
  for await (const element of elements(entry.stream(), "row", { within: "sheetData" })) {
    const row = Number(attribute(element, "r")) - 1 || next;
    const hidden = /^(1|true)$/.test(attribute(element, "hidden"));
    yield { row, hidden, ...cellsOf(element, shared) };
    next = row + 1;
  }
}

async function strings({ entries, folder }) {
  const entry = entries.get(`${folder}sharedStrings.xml`);
  const kept = [];
  if (!entry) { return kept; }
  for await (const item of elements(entry.stream(), "si", { within: "sst" })) { kept.push(plainText(item)); }
  return kept;
}

/** The text of a string item, without the reading aids of East Asian scripts. */
function plainText(item) {
  let text = "";
  for (let part = item.firstElementChild; part; part = part.nextElementSibling) {
    if (part.localName === "t") { text += part.textContent; }
    if (part.localName === "r") { text += children(part, "t").map((one) => one.textContent).join(""); }
  }
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code) => String.fromCharCode(parseInt(code, 16)));
}

function cellsOf(row, shared) {
  const cells = [];
  const without = [];
  let next = 0;
  for (let cell = row.firstElementChild; cell; cell = cell.nextElementSibling) {
    if (cell.localName !== "c") { continue; }
    const place = cell.getAttribute("r");
    const column = place ? columnOf(place) : next;
    const value = valueOf(cell, shared);
    if (value !== undefined) { cells[column] = value; } else if (isUncalculated(cell)) { without.push(column); }
    next = column + 1;
  }
  return { cells, without };
}

/** A formula without any result in the file; an empty text is a result. */
function isUncalculated(cell) {
  return Boolean(childOf(cell, "f")) && cell.getAttribute("t") !== "str" && !childOf(cell, "is");
}

function childOf(element, name) {
  let child = element.firstElementChild;
  while (child && child.localName !== name) { child = child.nextElementSibling; }
  return child;
}

function valueOf(cell, shared) {
  if (!cell.firstElementChild) { return undefined; }
  const type = cell.getAttribute("t") || "n";
  if (type === "inlineStr") {
    const item = childOf(cell, "is");
    return (item && plainText(item)) || undefined;
  }
  const holder = childOf(cell, "v");
  const text = holder ? holder.textContent : "";
  if (text === "") { return undefined; }
  if (type === "s") { return shared.strings[Number(text)] || undefined; }
  if (type === "b") { return text === "1" || text === "true"; }
  if (type === "d") { return /^\d{4}-\d\d-\d\d/.test(text) ? new Day(text.slice(0, 10)) : text; }
  return type === "n" ? number(Number(text), shared, cell.getAttribute("s")) : text;
}

function number(value, shared, style) {
  if (!Number.isFinite(value)) { return undefined; }
  return shared.days[Number(style || 0)] ? moment(value, shared.since) : value;
}

/** A serial number shown as a date: a day, or for less than a day the time as text. */
function moment(value, since) {
  if (value < 1) { return new Date(Math.round(value * 86400) * 1000).toISOString().slice(11, 19); }
  const whole = Math.floor(value + 1e-9);
  return dayFrom(whole + since + (since === EPOCH_1900 && whole < 60 ? 1 : 0));
}
