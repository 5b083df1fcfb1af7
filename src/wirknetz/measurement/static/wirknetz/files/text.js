// CSV and its kin: encoding, separator, quoted fields.

import { NotReadable } from "./cells.js";

const DOS = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";
const SEPARATORS = [";", "\t", ",", "|"];
const SAMPLE = 20;
const GERMAN = /[äöüÄÖÜß]/g;
const ODD = /[^\x00-\x7fäöüÄÖÜßéèêáàâçñłŁśćżźńóęąİışğŞĞÇ€§°²³–—„“”‚‘’…·×µ©®½¼\u00a0]/g;

/** One page without a name: the lines of a text file. */
export async function openText(blob) {
  const text = decoded(new Uint8Array(await blob.arrayBuffer()));
  const separator = separatorOf(text);
  return [{ name: "", hidden: false, rows: () => rows(text, separator) }];
}

function decoded(bytes) {
  const marked = byMark(bytes);
  const text = marked ?? utf8(bytes) ?? best(bytes);
  if (text.includes("\0")) { throw new NotReadable("not_a_table"); }
  return text.replace(/^\ufeff/, "");
}

function byMark(bytes) {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) { return new TextDecoder("utf-16le").decode(bytes); }
  if (first === 0xfe && second === 0xff) { return new TextDecoder("utf-16be").decode(bytes); }
  const sample = bytes.subarray(0, 200);
  const zeros = (odd) => sample.filter((byte, at) => at % 2 === odd && byte === 0).length;
  if (sample.length > 7 && zeros(1) > sample.length / 4) { return new TextDecoder("utf-16le").decode(bytes); }
  return sample.length > 7 && zeros(0) > sample.length / 4 ? new TextDecoder("utf-16be").decode(bytes) : null;
}

function utf8(bytes) {
  try { return new TextDecoder("utf-8", { fatal: true }).decode(bytes); } catch { return null; }
}

/** Of the encodings German offices still write, the one that reads like German. */
function best(bytes) {
  const readings = [
    new TextDecoder("windows-1252").decode(bytes),
    Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : DOS[byte - 128])).join(""),
    new TextDecoder("macintosh").decode(bytes),
    new TextDecoder("windows-1254").decode(bytes),
    new TextDecoder("windows-1250").decode(bytes),
  ];
  const score = (text) => count(text, GERMAN) - 5 * count(text, ODD);
  return readings.reduce((one, other) => (score(other) > score(one) ? other : one));
}

function count(text, pattern) { return (text.match(pattern) || []).length; }

function separatorOf(text) {
  const lines = [];
  for (const { cells } of rows(text, "\u0000")) {
    if (lines.push(cells[0] ?? "") >= SAMPLE) { break; }
  }
  const named = /^sep=(.)$/i.exec(lines[0] || "");
  if (named) { return named[1]; }
  const weight = (sign) => agreeing(lines.map((line) => line.split(sign).length - 1));
  return SEPARATORS.reduce((one, other) => (weight(other) > weight(one) ? other : one));
}

/** How well lines agree about a separator: its commonest number per line, times how common. */
function agreeing(counts) {
  const tally = new Map();
  for (const number of counts.filter(Boolean)) { tally.set(number, (tally.get(number) || 0) + 1); }
  return Math.max(0, ...Array.from(tally, ([number, times]) => times * Math.min(number, 3)));
}

function* rows(text, separator) {
  let at = 0;
  let row = 0;
  while (at < text.length) {
    const line = fields(text, at, separator);
    if (!(row === 0 && /^sep=.$/i.test(line.whole))) { yield { row, hidden: false, cells: line.cells }; }
    at = line.next;
    row += 1;
  }
}

/** The fields of the line that starts here; a quoted one may run over several lines. */
function fields(text, start, separator) {
  const cells = [];
  let at = start;
  for (let column = 0; ; column += 1) {
    const field = text[at] === '"' ? quoted(text, at, separator) : plain(text, at, separator);
    if (field.text.trim()) { cells[column] = field.text; }
    at = field.next;
    if (text[at] !== separator) { break; }
    at += 1;
  }
  const whole = text.slice(start, at);
  if (text[at] === "\r") { at += 1; }
  return { cells, whole, next: text[at] === "\n" ? at + 1 : Math.max(at, start + 1) };
}

function plain(text, start, separator) {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") { at += 1; }
  return { text: text.slice(start, at), next: at };
}

function quoted(text, start, separator) {
  let value = "";
  let at = start + 1;
  while (at < text.length) {
    if (text[at] !== '"') { value += text[at]; at += 1; continue; }
    if (text[at + 1] !== '"') { at += 1; break; }
    value += '"';
    at += 2;
  }
  const rest = plain(text, at, separator);
  return { text: value + rest.text, next: rest.next };
}
