// Counting a list: rows in, counts out, a word about every row that could not be counted; as
// counting.py. Nothing of a row leaves these modules but its number.

import { filled } from "./cells.js";
import { Columns, Flaw, placesIn, slotsOf } from "./columns.js";
import { Flaws } from "./flaws.js";
import { Keeper } from "./keeping.js";
import { Tally } from "./tally.js";

const HEADING_ROWS = 30;

const STEP = 5000;

/** Count the list in an opened book; `progress(rows)` is awaited now and then. */
export async function prepare(book, profile, period, progress = () => {}) {
  const page = await pageOf(book, profile);
  return page.code ? refused(period, "", page) : count(told(page.rows(), progress), profile, period, page.name);
}

async function* told(rows, progress) {
  let read = 0;
  for await (const row of rows) {
    yield row;
    read += 1;
    if (read % STEP === 0) { await progress(read); }
  }
}

/** Count these rows, `{row, hidden, cells, without}`. With a question there are no measures. */
export async function count(rows, profile, period, page = "") {
  const left = lines(rows);
  const found = await headings(left, profile);
  if (found.code) { return refused(period, page, found); }
  const columns = new Columns(profile, found.places);
  const flaws = new Flaws(profile.measures.map((one) => one.code));
  const keeper = new Keeper(profile, columns, period, flaws, columns.cells(found.line.cells));
  for await (const line of left) { keeper.take(line); }
  keeper.done();
  const measures = tallied(keeper, profile, columns, period, flaws);
  const questions = [...asked(keeper), ...flaws.questions()];
  const gaps = flaws.gaps();
  return {
    period,
    page,
    measures: questions.length ? [] : measures,
    rows: { ...keeper.counts, leftOut: new Set(gaps.flatMap((gap) => gap.rows)).size },
    gaps,
    questions,
    emptyCells: emptyCells(keeper.records, columns),
  };
}

function refused(period, page, question) {
  const rows = { read: 0, doubles: 0, filtered: 0, hidden: 0, headings: 0, leftOut: 0 };
  return { period, page, measures: [], rows, gaps: [], questions: [question], emptyCells: [] };
}

async function* lines(rows) {
  for await (const line of rows) {
    if (line.cells.some(filled) || (line.without && line.without.length)) { yield line; }
  }
}

async function pageOf(book, profile) {
  const names = book.pages.map((page) => page.name);
  if (book.kind === "text") { return book.pages[0]; }
  if (profile.page) {
    const named = book.pages.find((page) => page.name === profile.page);
    return named || question("no_page", { page: profile.page, pages: names.join(", ") });
  }
  const seen = book.pages.filter((page) => !page.hidden);
  const fitting = seen.length === 1 ? seen : await allFitting(seen, profile);
  if (fitting.length === 1) { return fitting[0]; }
  const pages = (fitting.length ? fitting.map((page) => page.name) : names).join(", ");
  return question(fitting.length ? "pages" : "no_page", { page: "", pages });
}

async function allFitting(pages, profile) {
  const fitting = [];
  for (const page of pages) {
    const rows = lines(page.rows());
    const found = await headings(rows, profile);
    await rows.return();
    if (found.places || found.code === "column_twice") { fitting.push(page); }
  }
  return fitting;
}

const question = (code, params = {}, rows = []) => ({ code, rows, params });

async function headings(left, profile) {
  const wanted = [...new Set(slotsOf(profile).map(([heading]) => heading))];
  let best = new Map();
  let line = { row: 0, cells: [] };
  for (let number = 0; number < HEADING_ROWS; number += 1) {
    const { done, value } = await left.next();
    if (done) { break; }
    line = value;
    const found = placesIn(line.cells, wanted);
    if (found.size > best.size) { best = found; }
    if (found.size === wanted.length) { break; }
  }
  const missing = wanted.filter((heading) => !best.has(heading));
  const twice = [...best].filter(([, places]) => places.length > 1).map(([heading]) => heading);
  if (missing.length) { return question("no_column", { columns: missing.join(", ") }); }
  if (twice.length) { return question("column_twice", { columns: twice.join(", ") }); }
  return { line, places: new Map([...best].map(([heading, [place]]) => [heading, place])) };
}

function tallied(keeper, profile, columns, period, flaws) {
  const tallies = wholesFirst(profile).map((rule) => new Tally(profile, rule, columns, period));
  for (const [number, record] of keeper.records) {
    const answers = new Map([["", true]]);
    for (const tally of tallies) {
      const answer = tally.add(record, answers.get(tally.rule.partOf));
      answers.set(tally.rule.code, answer);
      if (answer instanceof Flaw) { flaws.add(answer, number, tally.rule.code); }
    }
  }
  return profile.measures.map(({ code }) => tallies.find((tally) => tally.rule.code === code).counted());
}

function wholesFirst(profile) {
  const done = new Set([""]);
  const order = [];
  while (order.length < profile.measures.length) {
    for (const one of profile.measures.filter(({ code, partOf }) => done.has(partOf) && !done.has(code))) {
      order.push(one);
      done.add(one.code);
    }
  }
  return order;
}

function asked(keeper) {
  const found = [];
  const sorted = (rows) => [...rows].sort((one, other) => one - other);
  if (keeper.hidden.length && keeper.profile.hidden !== "auslassen") { found.push(question("hidden_rows", {}, keeper.hidden)); }
  if (keeper.differ.size) {
    found.push(question("doubles_differ", { columns: [...keeper.differing].join(", ") }, sorted(keeper.differ)));
  }
  if (!keeper.counts.read) { found.push(question("no_rows")); }
  return found;
}

function emptyCells(records, columns) {
  return columns.headings.flatMap((heading) => {
    const at = columns.slots.findIndex(([name]) => name === heading);
    const blank = records.filter(([, record]) => record[at] === null || record[at] === "").length;
    return blank ? [[heading, blank]] : [];
  });
}
