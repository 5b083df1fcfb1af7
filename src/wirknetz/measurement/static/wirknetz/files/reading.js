// From a chosen file to pages of rows, in the browser. Nothing leaves the machine here.

import { NotReadable, filled } from "./cells.js";
import { openOds } from "./ods.js";
import { openText } from "./text.js";
import { openXlsx } from "./xlsx.js";
import { Budget, openZip } from "./zip.js";

const MOST_TEXT = 200 * 1024 * 1024;
const NOT_TABLES = [
  [[0x25, 0x50, 0x44, 0x46], "PDF"],
  [[0x89, 0x50, 0x4e, 0x47], "PNG"],
  [[0xff, 0xd8, 0xff], "JPEG"],
  [[0x47, 0x49, 0x46, 0x38], "GIF"],
];

/**
 * Kind and pages of a file; every page has `name`, `hidden` and `rows()`, which yields
 * `{row, hidden, cells}`. `bytes` limits what may be unpacked.
 */
export async function openBook(blob, { bytes = 2 ** 31 } = {}) {
  try {
    return await opened(blob, bytes);
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable("damaged");
  }
}

async function opened(blob, bytes) {
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer());
  const starts = (marks) => marks.every((mark, at) => head[at] === mark);
  if (!head.length) { throw new NotReadable("empty"); }
  if (starts([0xd0, 0xcf, 0x11, 0xe0])) { throw new NotReadable("old_format"); }
  const other = NOT_TABLES.find(([marks]) => starts(marks));
  if (other) { throw new NotReadable("not_a_table", { looks_like: other[1] }); }
  if (starts([0x50, 0x4b])) { return packed(await openZip(blob, new Budget(bytes))); }
  if (blob.size > MOST_TEXT) { throw new NotReadable("too_big"); }
  return { kind: "text", pages: await openText(blob) };
}

async function packed(entries) {
  if (entries.has("content.xml")) {
    if (entries.get("META-INF/manifest.xml") && /encryption-data/.test(await entries.get("META-INF/manifest.xml").text())) {
      throw new NotReadable("password");
    }
    return { kind: "ods", pages: await openOds(entries) };
  }
  return { kind: "xlsx", pages: await openXlsx(entries) };
}

/** The first rows of a page that hold anything. */
export async function firstRows(page, most) {
  const kept = [];
  for await (const row of page.rows()) {
    if (row.cells.some(filled) && kept.push(row) >= most) { break; }
  }
  return kept;
}
