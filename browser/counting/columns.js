// The columns a profile speaks of: where they are, and what their cells say; as columns.py.

import { Day } from "./cells.js";
import { OF_DAYS, OF_NUMBERS } from "./profile.js";
import { Doubt, dayOf, fold, numberOf, word } from "./values.js";

const OF_DOUBT = {
  "day unreadable": "unreadable_day",
  "day two_digits": "two_digit_year",
  "day slashes": "slash_day",
  "number unreadable": "unreadable_number",
  "number style": "number_style",
  "number negative": "negative",
};

/** Why a cell cannot be counted; `word` is for the question. */
export class Flaw {
  constructor(code, column, found = "") {
    this.code = code;
    this.column = column;
    this.word = found;
  }
}

/** Every column the profile speaks of with every use it has, each once: [heading, use]. */
export function slotsOf(profile) {
  const found = [
    ...(profile.caseNumber ? [[profile.caseNumber, "word"]] : []),
    ...profile.required.map((heading) => [heading, "word"]),
    ...profile.inOrder.map((heading) => [heading, "day"]),
    ...ofConditions(profile.only),
    ...profile.measures.flatMap((measure) => ofMeasure(profile, measure)),
  ];
  return [...new Map(found.map((slot) => [slot.join("\u0000"), slot])).values()];
}

function ofMeasure(profile, measure) {
  const summed = measure.summed ? [[measure.summed, "number"]] : [];
  const broken = measure.breakdowns.flatMap((code) => {
    const one = breakdownOf(profile, code);
    const at = measure.at || one.at;
    return [[one.column, useOf(one)], ...(one.at && at.column ? [[at.column, "day"]] : [])];
  });
  return [...ofConditions(measure.conditions), ...summed, ...broken];
}

function ofConditions(conditions) {
  return conditions.flatMap((one) => [...ofConditions(one.either), ...(one.column ? [[one.column, useIn(one)]] : [])]);
}

export function breakdownOf(profile, code) { return profile.breakdowns.find((one) => one.code === code); }

export function useOf(breakdown) {
  if (breakdown.at) { return "day"; }
  return breakdown.bands.length ? "number" : "word";
}

export function useIn({ test }) {
  if (OF_DAYS.includes(test)) { return "day"; }
  return OF_NUMBERS.includes(test) ? "number" : "word";
}

/** Reads the cells of a row, each in its uses. */
export class Columns {
  constructor(profile, places) {
    this.slots = slotsOf(profile);
    this.headings = [...new Set(this.slots.map(([heading]) => heading))];
    this.places = this.headings.map((heading) => places.get(heading));
    this.readers = this.slots.map(([heading, use]) => [places.get(heading), reader(profile, heading, use)]);
  }

  number(heading, use) { return this.slots.findIndex((slot) => slot[0] === heading && slot[1] === use); }

  cells(values) { return this.places.map((place) => values[place] ?? null); }

  record(values) { return this.readers.map(([place, read]) => read(values[place])); }
}

function reader(profile, heading, use) {
  const empty = new Set(profile.emptyWords);
  const nothing = use === "word" ? "" : null;
  const known = new Map(); // lists repeat their cells often
  const said = (value) => {
    const plain = word(value);
    if (!plain || empty.has(plain)) { return nothing; }
    if (use === "word") { return plain; }
    const read = use === "day" ? dayOf(value, profile) : numberOf(value, profile);
    return read instanceof Doubt ? new Flaw(OF_DOUBT[`${use} ${read.code}`], heading) : read;
  };
  return (value) => {
    if (value === undefined || value === null) { return nothing; }
    const key = value instanceof Day ? value.key : value;
    if (!known.has(key)) { known.set(key, said(value)); }
    return known.get(key);
  };
}

/** Where these headings stand in a row, for those that do. */
export function placesIn(values, headings) {
  const words = Array.from(values, (value) => (typeof value === "string" ? fold(value) : ""));
  const found = new Map();
  for (const heading of headings) {
    const places = words.flatMap((text, place) => (text === fold(heading) ? [place] : []));
    if (places.length) { found.set(heading, places); }
  }
  return found;
}
