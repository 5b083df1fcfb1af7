// Words made comparable, days and numbers read from text: the same rules as folding.py, held to
// them by tests/data/counting. Days are texts like 2025-07-01, amounts are ten-thousandths.

import { Day, makeDay, numberText } from "./cells.js";

const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const SPACE = /[ \t\n\r\f\v\u0085\u2028\u2029]+/g;
const GERMAN = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})$/;
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/;
const NAMED = /^(\d{1,2})\. ?([a-zä]+)\.? (\d{4})$/;
const TIME = /[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: uhr|z)?$/;
const MONTHS = ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];
const LONG_MONTHS = ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"];
const EARLIEST = 1880;
const LATEST = 2100;
const PLAIN = /^-?\d+$/;
const GROUPED = { "1.234,5": /^-?\d{1,3}(?:\.\d{3})+$/, "1,234.5": /^-?\d{1,3}(?:,\d{3})+$/ };
const WITH_DECIMALS = {
  "1.234,5": /^-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,4}$/,
  "1,234.5": /^-?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d{1,4}$/,
};
const LARGEST = 10n ** 16n;
export const UNIT = 10000n;

/** What keeps a value from being read; `code` as in folding.py. */
export class Doubt {
  constructor(code) { this.code = code; }
}

const UNREADABLE = new Doubt("unreadable");
const NEGATIVE = new Doubt("negative");

/** Small letters, one kind of space, ß as ss. */
export function fold(text) {
  const small = text.normalize("NFKC").replace(UNSEEN, "").toLowerCase().replaceAll("ß", "ss");
  return small.replace(SPACE, " ").replace(/^ +| +$/g, "");
}

/** A cell as a folded word; empty for an empty cell. */
export function word(value) {
  if (value === undefined || value === null) { return ""; }
  if (typeof value === "number") { return numberText(value); }
  if (typeof value === "boolean") { return value ? "ja" : "nein"; }
  return value instanceof Day ? value.iso : fold(value);
}

/** The calendar day a cell holds, or a doubt. */
export function dayOf(value, how) {
  if (value instanceof Day) { return sensible(value); }
  return typeof value === "string" ? dayIn(fold(value), how) : UNREADABLE;
}

function dayIn(text, how) {
  const plain = text.replace(TIME, "");
  let match = GERMAN.exec(plain);
  if (match) { return made(match[3], match[2], match[1], how); }
  match = ISO.exec(plain);
  if (match) { return made(match[1], match[2], match[3], how); }
  match = SLASHED.exec(plain);
  if (match) { return slashed(match, how); }
  match = NAMED.exec(plain);
  const month = match ? monthOf(match[2]) : 0;
  return month ? made(match[3], month, match[1], how) : UNREADABLE;
}

function monthOf(name) {
  const long = LONG_MONTHS.indexOf(name);
  return (long >= 0 ? long : MONTHS.indexOf(name)) + 1;
}

function slashed([, first, second, year], how) {
  if (!how.slashes) { return new Doubt("slashes"); }
  const [day, month] = how.slashes === "TT/MM/JJJJ" ? [first, second] : [second, first];
  return made(year, month, day, how);
}

function made(year, month, day, { latestYear }) {
  let full = Number(year);
  if (String(year).length === 2) {
    if (latestYear === null || latestYear === undefined) { return new Doubt("two_digits"); }
    full += Math.floor(latestYear / 100) * 100;
    if (full > latestYear) { full -= 100; }
  }
  const found = makeDay(full, Number(month), Number(day));
  return found ? sensible(found) : UNREADABLE;
}

function sensible(day) {
  return day.year >= EARLIEST && day.year <= LATEST ? day.iso : UNREADABLE;
}

/** The amount a cell holds, in ten-thousandths, or a doubt. */
export function numberOf(value, { style }) {
  if (typeof value === "number") { return amount(numberText(value)); }
  if (typeof value !== "string") { return UNREADABLE; }
  const text = fold(value).replaceAll("\u2212", "-").replaceAll(" ", "");
  return PLAIN.test(text) ? amount(text) : styled(text, style);
}

function styled(text, style) {
  const readings = new Map();
  for (const one of Object.keys(GROUPED)) {
    if (GROUPED[one].test(text) || WITH_DECIMALS[one].test(text)) { readings.set(one, inStyle(text, one)); }
  }
  if (style) { return readings.has(style) ? amount(readings.get(style)) : UNREADABLE; }
  const amounts = [...readings.values()].map(amount);
  if (new Set(amounts.map(String)).size > 1) { return new Doubt("style"); }
  return amounts.length ? amounts[0] : UNREADABLE;
}

function inStyle(text, style) {
  return style === "1.234,5" ? text.replaceAll(".", "").replace(",", ".") : text.replaceAll(",", "");
}

function amount(text) {
  if (text.startsWith("-") && /[1-9]/.test(text)) { return NEGATIVE; }
  const [whole, rest = ""] = text.replace("-", "").split(".");
  if (/[1-9]/.test(rest.slice(4))) { return UNREADABLE; }
  const units = BigInt(whole || "0") * UNIT + BigInt(rest.slice(0, 4).padEnd(4, "0"));
  return units <= LARGEST ? units : UNREADABLE;
}

/** An amount in digits, with the given decimal mark. */
export function amountText(units, mark = ".") {
  const rest = String(units % UNIT).padStart(4, "0").replace(/0+$/, "");
  return `${units / UNIT}${rest ? mark + rest : ""}`;
}
