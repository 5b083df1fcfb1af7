// German sentences from codes; the words come from the command line, so that both say the same.

import { GAP_WORDS, KIND_WORDS, MISTAKE_WORDS, QUESTION_WORDS, ROW_WORDS, UNREADABLE_WORDS } from "./words.js";

const MOST_ROWS = 12;

function filledIn(template, params) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => params[name] ?? whole);
}

function rowsSaid(rows) {
  if (rows.length === 1) { return filledIn(ROW_WORDS.one, { row: rows[0] }); }
  const shown = rows.slice(0, MOST_ROWS).join(", ");
  const more = rows.length - MOST_ROWS;
  return filledIn(more > 0 ? ROW_WORDS.more : ROW_WORDS.some, { rows: shown, n: more });
}

/** Which rows were not counted, and why. */
export function gapSentence({ code, column, rows, measures }) {
  const why = filledIn(GAP_WORDS[code], { column });
  return filledIn(ROW_WORDS.gap, { rows: rowsSaid(rows), why, measures: measures.join(", ") });
}

/** What has to be settled, and how. */
export function questionSentence({ code, rows, params }) {
  const sentence = filledIn(QUESTION_WORDS[code], params);
  return rows.length ? `${rowsSaid(rows)}: ${sentence}` : sentence;
}

/** What is wrong in a profile, and where. */
export function mistakeSentence({ code, where, line, params }) {
  const what = filledIn(MISTAKE_WORDS[code], { ...params, what: KIND_WORDS[params.expected] ?? "" });
  const place = line ? filledIn(ROW_WORDS.one, { row: line }) : "";
  return [place, where, what].filter(Boolean).join(": ");
}

/** Why a file cannot be read. */
export function unreadableSentence({ code }) { return UNREADABLE_WORDS[code] ?? UNREADABLE_WORDS.damaged; }
