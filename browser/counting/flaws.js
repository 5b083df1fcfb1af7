// Collects why rows could not be counted, and what has to be asked; as flaws.py.

export const GAPS = ["missing", "unreadable_day", "unreadable_number", "negative", "age_outside", "age_odd",
  "order", "part_exceeds", "no_case_number", "total_row"];
export const QUESTIONS = ["pages", "no_page", "no_column", "column_twice", "no_rows", "doubles_differ",
  "two_digit_year", "slash_day", "number_style", "unknown_word", "hidden_rows", "without_value"];
const MOST_WORDS = 10;
const LONGEST_WORD = 30;

/** Rows by reason and column. */
export class Flaws {
  constructor(measures) {
    this.all = measures;
    this.found = new Map();
  }

  /** A row that is not counted in this measure or, without one, in any. */
  add({ code, column, word }, row, measure) {
    const key = JSON.stringify([code, column]);
    if (!this.found.has(key)) { this.found.set(key, { code, column, rows: new Set(), measures: new Set(), words: new Set() }); }
    const found = this.found.get(key);
    found.rows.add(row);
    for (const one of measure ? [measure] : this.all) { found.measures.add(one); }
    if (word) { found.words.add(Array.from(word).slice(0, LONGEST_WORD).join("")); }
  }

  gaps() {
    return this.sorted(GAPS).map(({ code, column, rows, measures }) => (
      { code, column, rows, measures: this.all.filter((one) => measures.has(one)) }
    ));
  }

  questions() {
    return this.sorted(QUESTIONS).map(({ code, column, rows, words }) => {
      const said = [...words].sort(byCode).slice(0, MOST_WORDS).join(", ");
      return { code, rows, params: { column, ...(said && { words: said }) } };
    });
  }

  sorted(codes) {
    const kept = [...this.found.values()].filter(({ code }) => codes.includes(code));
    return kept.map((one) => ({ ...one, rows: [...one.rows].sort((a, b) => a - b) })).sort((one, other) => (
      codes.indexOf(one.code) - codes.indexOf(other.code) || byRows(one.rows, other.rows) || byCode(one.column, other.column)
    ));
  }
}

function byRows(one, other) {
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    if (one[at] !== other[at]) { return one[at] - other[at]; }
  }
  return one.length - other.length;
}

/** By code points, as Python sorts texts. */
function byCode(one, other) {
  const [first, second] = [Array.from(one), Array.from(other)];
  for (let at = 0; at < Math.min(first.length, second.length); at += 1) {
    const difference = first[at].codePointAt(0) - second[at].codePointAt(0);
    if (difference) { return difference; }
  }
  return first.length - second.length;
}
