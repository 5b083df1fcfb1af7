// The single signs of a list of persons. Every rule stands in persons_signs.py as well;
// tests/data/persons holds both to it.

import { Day, textOf } from "./cells.js";
import { WORDS } from "./persons-words.js";

const MOST_HEADING = 60;
const MOST_NAME = 60;
const FEW = 3;
const YEARS_APART = 8;
const EMAIL = /^[^\s@;,<>]+@[^\s@;,<>]+\.[A-Za-z]{2,}$/;
const PHONE = /^(?:\+|00|0)[0-9][0-9 /()-]{5,20}$/;
const HOUSE = /^[^0-9]{3,40}[ .][0-9]{1,4} ?[a-zA-Z]?(?:,.*)?$/;
const INSURANCE = /^(?:[0-9]{8}[A-Z][0-9]{3}|[A-Z][0-9]{9}|[A-Z]{2}[0-9]{20})$/;
const GERMAN_DAY = /^[0-9]{1,2}[./] ?[0-9]{1,2}[./] ?([0-9]{4}|[0-9]{2})$/;
const ISO_DAY = /^([0-9]{4})-[0-9]{2}-[0-9]{2}(?:[T ].*)?$/;
const SPELLED = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
const LETTERS = { ß: "ss", ł: "l", ı: "i", ø: "o", đ: "d" };

const listed = (name) => new Set(WORDS[name].join(" ").split(" ").map(nameKey));
const HEADINGS = Object.entries(WORDS.headings).map(
  ([kind, patterns]) => [kind, new RegExp(`^(?:${patterns.map((one) => `(?:${one})`).join("|")})$`)],
);
const GENDERS = listed("genders");
const THINGS = listed("things");
const FIRST_NAMES = listed("first_names");
const LAST_NAMES = listed("last_names");

function stripped(text) { return text.normalize("NFKD").replace(/\p{M}/gu, ""); }

/** A heading in small letters and words: `Klient*in (m/w)` becomes `klientin`. */
export function headingKey(text) {
  const small = text.normalize("NFKC").toLowerCase().replace(/[äöüß]/g, (sign) => SPELLED[sign]);
  const joined = small.replace(/(?<=[a-z])[*:_/]-?(?=in)/g, "").replace(/\((innen|in|en|n|e|r|s)\)/g, "$1");
  return stripped(joined.replace(/\([^)]*\)|\[[^\]]*\]/g, " ")).replace(/[^a-z0-9]+/g, " ").trim();
}

/** A name without marks, however its umlauts are spelled: `Jörg` and `Joerg` alike. */
export function nameKey(word) {
  const small = stripped(word.toLowerCase().replace(/[ßłıøđ]/g, (sign) => LETTERS[sign]));
  return small.replaceAll("ae", "a").replaceAll("oe", "o").replaceAll("ue", "u").replace(/[^a-z]+/g, "");
}

const kinds = new Map();

/** Which kind of heading this is; empty for values and for headings that say nothing. */
export function headingKind(value) {
  if (typeof value !== "string" || value.length > MOST_HEADING) { return ""; }
  if (!kinds.has(value)) {
    const key = headingKey(value);
    kinds.set(value, (HEADINGS.find(([, pattern]) => pattern.test(key)) || [""])[0]);
  }
  return kinds.get(value);
}

/** What a column's values say, under a heading of this kind: `{kind, weight}` or null. */
export function signOf(values, heading, byContent) {
  if (heading in UNDER) { return UNDER[heading](values); }
  if (!byContent || heading === "staff") { return null; }
  if (heading === "thing") {
    const sign = names(values);
    return sign && sign.weight === FEW ? sign : null;
  }
  return BARE.map((look) => look(values)).find(Boolean) || null;
}

// ------------------------------------------------------------------ columns

const share = (values, test) => (values.length ? values.filter(test).length / values.length : 0);
const sign = (kind, weight) => ({ kind, weight });

const when = (kind, weight, test, least = 0.5) => (values) => (share(values, test) >= least ? sign(kind, weight) : null);

const bare = (look) => (values) => (new Set(values.map(textOf)).size >= FEW ? look(values) : null);

const numbered = (weight, distinct) => (values) => {
  const texts = values.map(textOf);
  const many = texts.length > 1 && new Set(texts).size / texts.length >= distinct;
  return many && share(values, isMark) >= 0.5 ? sign(weight > 1 ? "case_number" : "number", weight) : null;
};

function names(values) {
  const texts = values.filter(isNameLike);
  if (texts.length < values.length * 0.6 || new Set(texts).size < FEW) { return null; }
  if (share(texts, isFullName) >= 0.3) { return sign("name", 3); }
  return share(texts, isKnownName) >= 0.5 ? sign("name", 2) : null;
}

function days(values) {
  const years = values.map(yearOf).filter(Boolean);
  if (years.length < Math.max(FEW, values.length * 0.8)) { return when("day", 1, isDay)(values); }
  const spread = Math.max(...years) - Math.min(...years);
  const middle = median(years);
  if (spread < YEARS_APART || middle < 1930 || middle > 2012) { return sign("day", 1); }
  return sign("birth_date", spread >= 2 * YEARS_APART ? 3 : 2);
}

function median(numbers) {
  const sorted = [...numbers].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function genders(values) {
  return values.length >= FEW && values.every(isGender) ? sign("gender", 1) : null;
}

// ------------------------------------------------------------------ values

function isNameLike(value) {
  if (typeof value !== "string") { return false; }
  const text = Array.from(value.trim());
  return text.length >= 2 && text.length <= MOST_NAME && text.every((one) => /^[\p{L}\p{M}'’`´.\- ,]$/u.test(one));
}

const parts = (text) => text.trim().split(/[\s,-]+/).map(nameKey).filter(Boolean);

function isFullName(text) {
  const found = parts(text);
  if (found.length < 2 || found.length > 5 || found.some((part) => THINGS.has(part))) { return false; }
  return found.some((part) => FIRST_NAMES.has(part));
}

function isKnownName(text) {
  const found = parts(text);
  if (found.some((part) => THINGS.has(part))) { return false; }
  return found.some((part) => FIRST_NAMES.has(part) || LAST_NAMES.has(part));
}

/** A calendar day, or text that is one. */
export function isDay(value) {
  if (value instanceof Day) { return true; }
  return typeof value === "string" && (GERMAN_DAY.test(value.trim()) || ISO_DAY.test(value.trim()));
}

function yearOf(value) {
  if (value instanceof Day) { return value.year; }
  if (typeof value !== "string") { return 0; }
  const match = GERMAN_DAY.exec(value.trim()) || ISO_DAY.exec(value.trim());
  return match && match[1].length === 4 ? Number(match[1]) : 0;
}

const between = (low, high) => (value) => {
  const text = textOf(value);
  return /^[0-9]{1,9}$/.test(text) && Number(text) >= low && Number(text) <= high;
};
const full = (pattern) => (value) => typeof value === "string" && pattern.test(value.trim());
const isInsurance = (value) => INSURANCE.test(textOf(value).replace(/[ /.-]/g, ""));

function isLongNumber(value) {
  const text = textOf(value);
  return text.replace(/[^0-9]/g, "").length >= 6 && text.length <= 40 && !isDay(value);
}

function isMark(value) {
  const text = textOf(value);
  return text.length <= 30 && !isDay(value) && /[0-9]/.test(text);
}

const isGender = (value) => typeof value === "string" && GENDERS.has(nameKey(value));

const NAMED = when("name", 2, isNameLike, 0.6);
const UNDER = {
  surname: NAMED,
  first_name: NAMED,
  full_name: names,
  birth_date: when("birth_date", 3, isDay),
  birth_year: when("birth_year", 1, between(1900, 2100), 0.8),
  email: when("email", 3, full(EMAIL)),
  phone: when("phone", 1, full(PHONE)),
  address: when("address", 1, full(HOUSE)),
  insurance: when("insurance", 3, isLongNumber),
  case_number: numbered(2, 0.5),
  number: numbered(1, 0.9),
  gender: when("gender", 1, isGender, 0.8),
  age: when("age", 1, between(0, 120), 0.8),
  day: when("day", 1, isDay),
};
const BARE = [
  bare(when("insurance", 3, isInsurance)),
  bare(when("email", 3, full(EMAIL))),
  names,
  days,
  genders,
  bare(when("phone", 1, full(PHONE), 0.8)),
];
