// Rows and texts of a workbook as programs write them, read without building a document: that is
// a hundred times faster. Whatever is not exactly of this form is left to the XML reader.

const MOVE = /\s*/y;
const ROW = /<row\b([^<>]*?)(?:\/>|>([^]*?)<\/row>)\s*/y;
const CELL = /<c\b([^<>]*?)(?:\/>|>([^]*?)<\/c>)\s*/y;
const INSIDE = /^(<f\b[^<>]*(?:\/>|>[^<]*<\/f>))?(?:<v(?:\s[^<>]*)?>([^<]*)<\/v>|<v\s*\/>|<is><t(?:\s[^<>]*)?>([^<]*)<\/t><\/is>)?$/;
const ITEM = /<si>\s*<t(?:\s[^<>]*)?>([^<]*)<\/t>\s*<\/si>\s*/y;
const ATTRIBUTE = /([\w:.-]+)="([^"<]*)"/g;
const ENTITY = /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The rows of a batch as `{place, hidden, cells}`, or null where it is not of the usual form. */
export function plainRows(text) {
  const rows = all(text, ROW, ([, head, body]) => {
    const attributes = attributesIn(head);
    const cells = all(body ?? "", CELL, cellOf);
    return cells && { place: attributes.r, hidden: attributes.hidden ?? "", cells };
  });
  return rows;
}

/** The texts of a batch of string items, or null. */
export function plainItems(text) {
  return all(text, ITEM, ([, content]) => decoded(content));
}

/** Every match from the first sign to the last, or null if anything stands between or is odd. */
function all(text, pattern, made) {
  const found = [];
  MOVE.lastIndex = 0;
  MOVE.exec(text);
  for (let at = MOVE.lastIndex; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    const end = pattern.lastIndex;
    const one = match ? made(match) : null;
    if (one === null) { return null; }
    pattern.lastIndex = end;
    found.push(one);
  }
  return found;
}

function cellOf([, head, body]) {
  const { r: place, t: type = "n", s: style = "0" } = attributesIn(head);
  const inside = INSIDE.exec(body ?? "");
  if (!inside) { return null; }
  const [, formula, value, inline] = inside;
  const text = decoded(value ?? inline ?? "");
  return text === null ? null : { place, type, style, text, formula: Boolean(formula), inline: inline !== undefined };
}

function attributesIn(head) {
  const found = {};
  for (const [, name, value] of head.matchAll(ATTRIBUTE)) { found[name] = value; }
  return found;
}

/** Text without entities, line ends as XML reads them; null for an entity that is not known. */
function decoded(text) {
  if (!text.includes("&") && !text.includes("\r")) { return text; }
  let known = true;
  const plain = text.replace(/\r\n?/g, "\n").replace(ENTITY, (_whole, decimal, hexadecimal, name) => {
    if (name === undefined) { return String.fromCodePoint(decimal ? Number(decimal) : parseInt(hexadecimal, 16)); }
    known = known && name in NAMED;
    return NAMED[name];
  });
  return known ? plain : null;
}
