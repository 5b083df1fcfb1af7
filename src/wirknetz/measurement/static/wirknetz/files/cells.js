// What a cell can hold: text, a number, true or false, a calendar day.

/** A calendar day, `iso` as 2025-07-01. */
export class Day {
  constructor(iso) { this.iso = iso; }

  get year() { return Number(this.iso.slice(0, 4)); }

  /** Equal for equal days, and never equal to a text. */
  get key() { return `\u0000${this.iso}`; }

  toString() { return this.iso; }
}

/** Why a file cannot be read; `code` as in the German sentences of the page. */
export class NotReadable extends Error {
  constructor(code, params = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

const DAY = 86400000;

/** The day so many days after 1970-01-01. */
export function dayFrom(number) {
  const iso = new Date(number * DAY).toISOString();
  return new Day(iso.slice(0, iso.indexOf("T")));
}

/** The day, or null where no calendar has it. */
export function makeDay(year, month, day) {
  const when = new Date(Date.UTC(year, month - 1, day));
  when.setUTCFullYear(year);
  const fits = when.getUTCMonth() === month - 1 && when.getUTCDate() === day;
  return fits && year >= 1000 && year <= 9999 ? dayFrom(Math.round(when.getTime() / DAY)) : null;
}

/** A number in digits, without an exponent and without zeros at its end. */
export function numberText(number) {
  if (Number.isInteger(number)) { return BigInt(number).toString(); }
  const text = String(number);
  const [digits, exponent] = text.split("e");
  if (exponent === undefined) { return text; }
  const sign = digits.startsWith("-") ? "-" : "";
  const [whole, rest = ""] = digits.replace("-", "").split(".");
  return `${sign}0.${"0".repeat(-Number(exponent) - whole.length)}${whole}${rest}`;
}

/** What stands in a cell, as text. */
export function textOf(value) {
  if (value === undefined || value === null) { return ""; }
  if (typeof value === "number") { return numberText(value); }
  if (typeof value === "boolean") { return value ? "ja" : "nein"; }
  return String(value).trim();
}

/** Whether anything stands in it. */
export function filled(value) {
  return value !== undefined && value !== null && (typeof value !== "string" || value.trim() !== "");
}

/** `A` for 0, `AA` for 26. */
export function columnName(column) {
  let name = "";
  for (let left = column + 1; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
}

/** 0 for `A7`, 26 for `AA1`; -1 where no letters stand in front. */
export function columnOf(reference) {
  let column = 0;
  for (const sign of reference) {
    const letter = sign.charCodeAt(0) - 64;
    if (letter < 1 || letter > 26) { break; }
    column = column * 26 + letter;
  }
  return column - 1;
}
