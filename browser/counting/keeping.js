// Which rows of a list are counted at all; as keeping.py.

import { Day, textOf } from "./cells.js";
import { Flaw } from "./columns.js";
import { asks } from "./conditions.js";
import { fold } from "./values.js";

const TOTALS = new Set(["summe", "summen", "gesamt", "insgesamt", "total", "gesamtsumme", "zwischensumme", "∑"]);
const LONGEST_TOTAL = 20;
const MOST_KNOWN = 20000;
const totals = new Map(); // whether a text names a total: lists repeat their words often
const isNothing = (said) => said === null || said === "";

/** Sorts the rows of one list. */
export class Keeper {
  constructor(profile, columns, period, flaws, headings) {
    Object.assign(this, { profile, columns, flaws });
    this.headings = headings.map(cellKey);
    this.only = asks(profile.only, columns, period);
    this.caseAt = profile.caseNumber && profile.doubles !== "jede" ? columns.number(profile.caseNumber, "word") : null;
    this.required = profile.required.map((heading) => [heading, columns.number(heading, "word")]);
    this.inOrder = profile.inOrder.map((heading) => [heading, columns.number(heading, "day")]);
    this.first = new Map();
    this.records = [];
    this.counts = { read: 0, doubles: 0, filtered: 0, hidden: 0, headings: 0 };
    this.differ = new Set();
    this.differing = new Set();
    this.hidden = [];
  }

  take(line) {
    const cells = this.columns.cells(line.cells);
    const without = (line.without || []).filter((place) => this.columns.places.includes(place));
    if (cells.some((cell) => cell !== null) || without.length) { this.row(line, cells, without); }
  }

  /** After the last row: take out a bare sum, leave the rows that are meant. */
  done() {
    this.takeOutLastSum();
    this.records = this.records.filter(([number, record]) => this.meant(number, record));
  }

  row(line, cells, without) {
    const number = line.row + 1;
    this.counts.read += 1;
    if (line.hidden && this.profile.hidden !== "zaehlen") {
      this.hidden.push(number);
      this.counts.hidden += 1;
    } else if (cells.every((cell, place) => cellKey(cell) === this.headings[place])) {
      this.counts.headings += 1;
    } else if (without.length) {
      const heading = this.columns.headings[this.columns.places.findIndex((place) => without.includes(place))];
      this.flaws.add(new Flaw("without_value", heading), number);
    } else if (line.cells.some(namesTotal)) {
      this.flaws.add(new Flaw("total_row", ""), number);
    } else {
      this.keep(number, this.columns.record(line.cells));
    }
  }

  keep(number, record) {
    if (this.caseAt === null) {
      this.records.push([number, record]);
      return;
    }
    const found = record[this.caseAt];
    if (!found) {
      this.flaws.add(new Flaw("no_case_number", this.profile.caseNumber), number);
    } else if (this.first.has(found)) {
      this.double(this.first.get(found), number, record);
    } else {
      this.first.set(found, this.records.length);
      this.records.push([number, record]);
    }
  }

  double(first, number, record) {
    this.counts.doubles += 1;
    const [beforeNumber, before] = this.records[first];
    if (this.profile.doubles === "letzte") {
      this.records[first] = [number, record];
      return;
    }
    const differing = this.columns.slots.filter((_slot, at) => saidKey(before[at]) !== saidKey(record[at]));
    if (differing.length) {
      this.differ.add(beforeNumber).add(number);
      for (const [heading] of differing) { this.differing.add(heading); }
    }
  }

  takeOutLastSum() {
    const above = this.records.slice(0, -1);
    const [number, last] = this.records.at(-1) || [0, []];
    const amounts = last.flatMap((said, at) => (typeof said === "bigint" ? [at] : []));
    const bare = last.every((said) => typeof said === "bigint" || isNothing(said));
    if (above.length > 1 && amounts.length && bare && amounts.every((at) => addsUp(above, last, at))) {
      this.records.pop();
      this.flaws.add(new Flaw("total_row", ""), number);
    }
  }

  meant(number, record) {
    const answer = this.only(record);
    if (answer === false) {
      this.counts.filtered += 1;
      return false;
    }
    const flaws = answer === true ? this.lacking(record) : [answer];
    for (const flaw of flaws) { this.flaws.add(flaw, number); }
    return !flaws.length;
  }

  lacking(record) {
    const flaws = this.required.filter(([, at]) => record[at] === "").map(([heading]) => new Flaw("missing", heading));
    let before = null;
    for (const [heading, at] of this.inOrder) {
      const said = record[at];
      if (typeof said === "string") {
        if (before !== null && said < before) { flaws.push(new Flaw("order", heading)); }
        before = said;
      }
    }
    return flaws;
  }
}

function addsUp(above, last, at) {
  const amounts = above.map(([, record]) => record[at]).filter((said) => typeof said === "bigint");
  const sum = amounts.reduce((one, other) => one + other, 0n);
  return last[at] === sum && sum !== 0n;
}

/** What is the same cell, by kind and content. */
function cellKey(value) {
  return value instanceof Day ? `day ${value.iso}` : `${typeof value} ${typeof value === "string" ? value : textOf(value)}`;
}

function saidKey(said) {
  return said instanceof Flaw ? `flaw ${said.code} ${said.column}` : `${typeof said} ${said}`;
}

function namesTotal(value) {
  if (typeof value !== "string" || value.length > 2 * LONGEST_TOTAL) { return false; }
  if (!totals.has(value)) {
    if (totals.size > MOST_KNOWN) { totals.clear(); }
    totals.set(value, Array.from(value).length <= LONGEST_TOTAL && TOTALS.has(fold(value).replace(/:+$/, "")));
  }
  return totals.get(value);
}
