// One measure being counted, row by row; as tallying.py.

import { Flaw, breakdownOf, useOf } from "./columns.js";
import { asks, dayAt } from "./conditions.js";
import { UNIT } from "./values.js";

const OLDEST = 120;

/** Counts one measure: what `add` is told is in, out, or cannot be said. */
export class Tally {
  constructor(profile, rule, columns, period) {
    this.rule = rule;
    this.breakdowns = rule.breakdowns.map((code) => breakdownOf(profile, code));
    this.holds = asks(rule.conditions, columns, period);
    this.sorts = this.breakdowns.map((one) => sortBy(one, rule, columns, period));
    this.summed = rule.summed ? columns.number(rule.summed, "number") : null;
    const whole = profile.measures.find((one) => one.code === rule.partOf);
    this.whole = whole && whole.summed ? columns.number(whole.summed, "number") : null;
    this.cells = new Map();
    this.total = 0n;
  }

  /** Count the row; `within` is what its whole said. A flaw means: not counted. */
  add(record, within) {
    if (within !== true) { return within; }
    const held = this.holds(record);
    if (held !== true) { return held; }
    const amount = this.amount(record);
    if (amount instanceof Flaw) { return amount; }
    const place = [];
    for (const sort of this.sorts) {
      const category = sort(record);
      if (category instanceof Flaw) { return category; }
      place.push(category);
    }
    this.total += amount;
    const key = JSON.stringify(place);
    this.cells.set(key, (this.cells.get(key) || 0n) + amount);
    return true;
  }

  amount(record) {
    if (this.summed === null) { return UNIT; }
    const said = record[this.summed];
    if (said === null) { return this.rule.emptyIsZero ? 0n : new Flaw("missing", this.rule.summed); }
    if (said instanceof Flaw) { return said; }
    const whole = this.whole === null ? null : record[this.whole];
    return typeof whole === "bigint" && said > whole ? new Flaw("part_exceeds", this.rule.summed) : said;
  }

  /** What came out, with every cell of the breakdown: `[categories, amount]`. */
  counted() {
    const { code, name } = this.rule;
    const grid = this.breakdowns.length ? product(this.breakdowns.map((one) => one.categories)) : [];
    const cells = grid.map((place) => [place, this.cells.get(JSON.stringify(place)) || 0n]);
    return { code, name, total: this.total, breakdowns: this.rule.breakdowns, cells };
  }
}

function product(lists) {
  return lists.reduce((places, list) => places.flatMap((place) => list.map((one) => [...place, one])), [[]]);
}

function sortBy(one, rule, columns, period) {
  const number = columns.number(one.column, useOf(one));
  if (!one.bands.length) { return byWord(one, number); }
  if (!one.at) { return byAge(one, number); }
  return byBirth(one, number, moment(rule.at || one.at, columns, period));
}

function byWord(one, number) {
  return (record) => {
    const said = record[number];
    if (said === "") { return one.empty || new Flaw("missing", one.column); }
    return one.words.get(said) || new Flaw("unknown_word", one.column, said);
  };
}

function byAge(one, number) {
  return (record) => {
    const said = record[number];
    if (said === null) { return one.empty || new Flaw("missing", one.column); }
    if (said instanceof Flaw) { return said; }
    return said % UNIT === 0n ? band(one, Number(said / UNIT)) : new Flaw("age_odd", one.column);
  };
}

function moment(at, columns, period) {
  if (!at.column) {
    const day = dayAt(at, period);
    return () => day;
  }
  const number = columns.number(at.column, "day");
  return (record) => record[number] ?? new Flaw("missing", at.column);
}

function byBirth(one, number, momentOf) {
  return (record) => {
    const born = record[number];
    const day = momentOf(record);
    if (born === null) { return one.empty || new Flaw("missing", one.column); }
    if (born instanceof Flaw) { return born; }
    return day instanceof Flaw ? day : band(one, ageAt(born, day));
  };
}

/** Full years; below 0 before birth. */
function ageAt(born, day) {
  return Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0);
}

function band(one, age) {
  if (age < 0 || age > OLDEST) { return new Flaw("age_odd", one.column); }
  const found = one.bands.find(({ low, high }) => low <= age && (high === null || age <= high));
  return found ? found.code : new Flaw("age_outside", one.column);
}
