// From a TOML file to a counting profile, every mistake named with its key and line; as
// profile_reading.py and profile_conditions.py.

import { parsePeriod } from "./period.js";
import { TomlDate, TomlError, parse } from "./smol-toml.js";
import { Mistakes, Table } from "./toml-checks.js";
import { linesOf } from "./toml-lines.js";
import { Doubt, dayOf, fold } from "./values.js";

const FORMAT = 1;
const DOUBLES = ["einmal", "letzte", "jede"];
const HIDDEN = ["zaehlen", "auslassen"];
const SLASHES = ["TT/MM/JJJJ", "MM/TT/JJJJ"];
const STYLES = ["1.234,5", "1,234.5"];
const EDGES = ["zeitraum_anfang", "zeitraum_ende"];
const TESTS = ["ist", "ist_nicht", "leer", "im_zeitraum", "vor", "nach", "ab", "bis", "mindestens", "hoechstens"];
export const OF_DAYS = ["im_zeitraum", "vor", "nach", "ab", "bis"];
export const OF_NUMBERS = ["mindestens", "hoechstens"];

/** The profile cannot be used; `mistakes` say why. */
export class ProfileError extends Error {
  constructor(mistakes) {
    super(mistakes.map(({ code, where }) => `${code} at ${where}`).join(", "));
    this.mistakes = mistakes;
  }
}

/** The profile in this text. ProfileError names everything that is wrong with it. */
export function readProfile(source) {
  const text = source.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
  const mistakes = new Mistakes(linesOf(text));
  const profile = profileIn(new Table(parsed(text), [], mistakes));
  checkNames(profile, mistakes);
  if (mistakes.found.length) {
    throw new ProfileError(mistakes.found.sort((one, other) => (one.line ?? 0) - (other.line ?? 0)));
  }
  return profile;
}

function parsed(text) {
  try {
    return parse(text, { integersAsBigInt: true });
  } catch (error) {
    if (!(error instanceof TomlError)) { throw error; }
    const message = error.message.split("\n")[0].replace("Invalid TOML document: ", "");
    throw new ProfileError([{ code: "syntax", where: "", line: error.line, params: { message } }]);
  }
}

function profileIn(top) {
  top.known("format", "name", "zeitraum", "liste", "nur", "merkmal", "messgroesse");
  if (top.number("format") !== FORMAT) { top.wrong("wrong_value", "format", { found: "", known: String(FORMAT) }); }
  const sheet = top.table("liste");
  sheet.known("blatt", "fallnummer", "doppelte", "pflicht", "reihenfolge", "gilt_als_leer",
    "zweistellige_jahre_bis", "schraegstrich", "zahlen", "ausgeblendete_zeilen");
  const breakdowns = top.table("merkmal");
  return {
    name: top.text("name", { needed: true }),
    measures: top.tables("messgroesse").map(measureIn),
    breakdowns: breakdowns.keys().map((code) => breakdownIn(code, breakdowns.table(code))),
    only: conditionsIn(top, "nur"),
    page: sheet.text("blatt"),
    caseNumber: sheet.text("fallnummer"),
    doubles: sheet.oneOf("doppelte", DOUBLES) || "einmal",
    required: sheet.texts("pflicht"),
    inOrder: sheet.texts("reihenfolge"),
    emptyWords: sheet.texts("gilt_als_leer").map(fold),
    latestYear: sheet.number("zweistellige_jahre_bis"),
    slashes: sheet.oneOf("schraegstrich", SLASHES),
    style: sheet.oneOf("zahlen", STYLES),
    hidden: sheet.oneOf("ausgeblendete_zeilen", HIDDEN),
    period: periodIn(top),
  };
}

function periodIn(top) {
  const code = top.text("zeitraum");
  const period = code ? parsePeriod(code) : null;
  if (code && !period) { top.wrong("wrong_value", "zeitraum", { found: code, known: "2025, 2025Q3, 2025-07" }); }
  return period;
}

function measureIn(table) {
  table.known("code", "name", "wenn", "summe", "nach", "teil_von", "alter_am", "leer_ist_null");
  const code = table.text("code", { needed: true });
  if (code && !/^[^=|\s]+$/.test(code)) { table.wrong("wrong_value", "code", { found: code, known: "a-z, 0-9, _" }); }
  return {
    code,
    name: table.text("name") || code,
    conditions: conditionsIn(table, "wenn"),
    summed: table.text("summe"),
    breakdowns: table.texts("nach"),
    partOf: table.text("teil_von"),
    at: atIn(table, "alter_am"),
    emptyIsZero: table.yes("leer_ist_null"),
  };
}

function breakdownIn(code, table) {
  table.known("name", "spalte", "geburtsdatum", "am", "werte", "baender", "leer");
  const born = table.text("geburtsdatum");
  const column = born || table.text("spalte", { needed: true });
  const words = table.has("werte") ? wordsIn(table.table("werte")) : [];
  const bands = table.has("baender") ? bandsIn(table) : [];
  if (Boolean(words.length) === Boolean(bands.length)) { table.wrong("missing", born ? "baender" : "werte"); }
  const empty = table.text("leer");
  const categories = table.has("werte") ? table.table("werte").keys() : [];
  for (const one of [code, empty, ...categories].filter((text) => /[=|]/.test(text))) {
    table.wrong("wrong_value", "werte", { found: one, known: "a-z, 0-9, _" });
  }
  const named = bands.length ? bands.map((band) => band.code) : words.map(([category]) => category);
  return {
    code,
    name: table.text("name") || code,
    column,
    categories: [...new Set([...named, ...(empty ? [empty] : [])])],
    words: new Map(words.map(([category, word]) => [word, category])),
    bands,
    at: born ? atIn(table, "am") || { edge: "zeitraum_anfang" } : null,
    empty,
  };
}

function wordsIn(table) {
  const meant = new Map();
  const pairs = [];
  for (const category of table.keys()) {
    for (const word of new Set([...table.texts(category), category].map(fold))) {
      if (!meant.has(word)) { meant.set(word, category); }
      if (meant.get(word) === category) { pairs.push([category, word]); }
      else { table.wrong("twice", category, { found: word }); }
    }
  }
  return pairs;
}

// ------------------------------------------------------------------ ages

const BANDS = [
  [/^(\d{1,3}) ?(?:-|bis) ?(\d{1,3})$/, ([low, high]) => [low, high]],
  [/^(?:ab (\d{1,3})|(\d{1,3}) ?\+)$/, ([low]) => [low, null]],
  [/^bis (\d{1,3})$/, ([high]) => [0, high]],
  [/^unter (\d{1,3})$/, ([end]) => [0, end - 1]],
];

function bandsIn(table) {
  const inside = Array.isArray(table.raw.baender) ? null : table.table("baender");
  const named = inside
    ? inside.keys().map((code) => [code, inside.text(code)])
    : [...new Set(table.texts("baender"))].map((text) => [text, text]);
  const bands = named.map(([code, text]) => bandOf(code, text));
  bands.forEach((band, at) => {
    if (!band || bands.some((other) => other && other !== band && overlap(band, other))) {
      table.wrong("bands", "baender", { found: named[at][1] });
    }
  });
  return bands.filter(Boolean);
}

function bandOf(code, text) {
  const plain = fold(text).replaceAll("\u2013", "-").replaceAll(" jahre", "");
  for (const [pattern, ends] of BANDS) {
    const match = pattern.exec(plain);
    if (match) {
      const [low, high] = ends(match.slice(1).filter(Boolean).map(Number));
      return high === null || low <= high ? { code, low, high } : null;
    }
  }
  return null;
}

function overlap(one, other) {
  return (one.high === null || other.low <= one.high) && (other.high === null || one.low <= other.high);
}

// ------------------------------------------------------------------ conditions and moments

function conditionsIn(table, key) { return table.tables(key).map(conditionIn).filter(Boolean); }

function conditionIn(table) {
  if (table.has("oder")) {
    table.known("oder");
    const either = conditionsIn(table, "oder");
    if (!either.length) { table.wrong("missing", "oder"); }
    return { column: "", test: "leer", against: false, either };
  }
  table.known("spalte", ...TESTS);
  const column = table.text("spalte", { needed: true });
  const asked = TESTS.filter((test) => table.has(test));
  if (asked.length !== 1) {
    table.wrong("one_test", "spalte", { known: TESTS.join(", ") });
    return null;
  }
  const against = againstIn(table, asked[0]);
  return against === null ? null : { column, test: asked[0], against, either: [] };
}

function againstIn(table, test) {
  if (test === "leer" || test === "im_zeitraum") {
    if (typeof table.raw[test] === "boolean") { return table.raw[test]; }
    table.wrong("wrong_type", test, { expected: "yes_no" });
    return null;
  }
  if (OF_NUMBERS.includes(test)) { return table.number(test); }
  if (OF_DAYS.includes(test)) {
    const moment = momentIn(table.raw[test]);
    if (!moment) { table.wrong("wrong_value", test, { found: String(table.raw[test]), known: [...EDGES, "TT.MM.JJJJ"].join(", ") }); }
    return moment;
  }
  const words = table.texts(test).map(fold);
  if (!words.length) { table.wrong("missing", test); }
  return words.length ? words : null;
}

/** `{edge}`, `{day}` or null. */
function momentIn(raw) {
  if (raw instanceof TomlDate) { return raw.isTime() ? null : { day: raw.toISOString().slice(0, 10) }; }
  if (typeof raw !== "string") { return null; }
  if (EDGES.includes(raw.trim())) { return { edge: raw.trim() }; }
  const day = dayOf(raw, {});
  return day instanceof Doubt ? null : { day };
}

function atIn(table, key) {
  if (!table.has(key)) { return null; }
  return momentIn(table.raw[key]) || { column: table.text(key, { needed: true }) };
}

// ------------------------------------------------------------------ names that refer to others

function checkNames(profile, mistakes) {
  const codes = profile.measures.map((one) => one.code);
  const breakdowns = profile.breakdowns.map((one) => one.code);
  if (!codes.length) { mistakes.add("nothing", ["messgroesse"]); }
  profile.measures.forEach((measure, at) => {
    const here = ["messgroesse", at];
    if (codes.indexOf(measure.code) !== at) { mistakes.add("twice", [...here, "code"], { found: measure.code }); }
    for (const name of measure.breakdowns.filter((one) => !breakdowns.includes(one))) {
      mistakes.add("unknown_name", [...here, "nach"], { found: name, known: breakdowns.join(", ") });
    }
    if (measure.partOf && !codes.includes(measure.partOf)) {
      mistakes.add("unknown_name", [...here, "teil_von"], { found: measure.partOf, known: codes.join(", ") });
    } else if (circles(profile, measure)) {
      mistakes.add("circle", [...here, "teil_von"]);
    }
  });
}

function circles(profile, start) {
  const seen = new Set([start.code]);
  let measure = start;
  while (measure && measure.partOf) {
    if (seen.has(measure.partOf)) { return true; }
    seen.add(measure.partOf);
    const wanted = measure.partOf;
    measure = profile.measures.find((one) => one.code === wanted);
  }
  return false;
}
