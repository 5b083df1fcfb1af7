/* What was typed and is not sent yet. It lies on this device until the server has it, so that
   neither a lost connection nor a closed page loses a value. */

import { answersTo, blockOf, cellOf, find, form, keptWay, read, write } from "./form.js";

export const waiting = { fields: {}, ways: {} };
const PREFIX = form ? `wn-meldung:${form.dataset.key}:` : "";
const MOST_EARLIER = 20;

export const nothingWaits = () =>
  !Object.keys(waiting.fields).length && !Object.keys(waiting.ways).length;

/* Each tab keeps its own, under a name that survives a reload. */
function tab() {
  try {
    let known = sessionStorage.getItem("wn-tab");
    if (!known) {
      known = crypto.getRandomValues(new Uint32Array(2)).join("-");
      sessionStorage.setItem("wn-tab", known);
    }
    return known;
  } catch { return "here"; }
}

export function persist() {
  try {
    if (nothingWaits()) { localStorage.removeItem(PREFIX + tab()); }
    else { localStorage.setItem(PREFIX + tab(), JSON.stringify(waiting)); }
  } catch { /* private mode: what waits lives as long as the page */ }
}

/* Remember what the cell says now. `seen`: the person decided over the value stored since. */
export function note(cell, seen) {
  const key = cell.dataset.field, before = waiting.fields[key], said = read(cell);
  const decided = seen !== undefined;
  waiting.fields[key] = {
    ...said, s: decided ? seen : said.s, q: before && !decided ? before.q : [],
  };
  persist();
}

export function noteWay(block, way) {
  waiting.ways[block.dataset.measure] = { g: way, h: keptWay(block) };
  persist();
}

/* The server has it. What was typed meanwhile stays and answers to what is stored now. */
export function settle(key, sent, now) {
  const cell = cellOf(key), kept = waiting.fields[key];
  if (kept && kept.v === sent.v && kept.n === sent.n) { delete waiting.fields[key]; }
  if (!cell || !now) { return; }
  answersTo(cell, now.seen);
  if (waiting.fields[key]) {
    waiting.fields[key].s = now.seen;
    waiting.fields[key].q = [];
  } else if (!cell.contains(document.activeElement)) {
    write(cell, now.text, now.n);
  }
}

export function settleWay(id, sent) {
  if (waiting.ways[id] && waiting.ways[id].g === sent.g) { delete waiting.ways[id]; }
}

export function forgetBlock(id) {
  for (const key of Object.keys(waiting.fields)) {
    if (key.startsWith(`${id}:`)) { delete waiting.fields[key]; }
  }
}

/* No answer came: perhaps the server has these values, so a second sending names them. */
export function mayHaveArrived(batch) {
  for (const [key, sent] of Object.entries(batch.fields)) {
    if (waiting.fields[key]) { waiting.fields[key].q.push([sent.v, sent.n]); }
  }
  persist();
}

/* The post of one sending. */
export function post(batch) {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", find("[name=csrfmiddlewaretoken]").value);
  for (const [key, field] of Object.entries(batch.fields)) {
    data.append(`v:${key}`, field.v);
    data.append(`s:${key}`, field.s);
    if (field.n) { data.append(`n:${key}`, field.n); }
    if (field.q.length) { data.append(`q:${key}`, JSON.stringify(field.q.slice(-MOST_EARLIER))); }
  }
  for (const [id, way] of Object.entries(batch.ways)) {
    data.append(`g:${id}`, way.g);
    data.append(`h:${id}`, way.h);
  }
  return data;
}

/* Take up what earlier pages left behind; says whether there was anything. */
export function restore() {
  let taken = false;
  for (const old of leftBehind()) {
    for (const [key, field] of Object.entries(old.fields || {})) { taken = takeUp(key, field) || taken; }
    for (const [id, way] of Object.entries(old.ways || {})) { taken = takeUpWay(id, way) || taken; }
  }
  persist();
  return taken;
}

function leftBehind() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      found.push(JSON.parse(localStorage.getItem(name)));
      localStorage.removeItem(name);
    }
  } catch { /* nothing to take up */ }
  return found;
}

function takeUp(key, field) {
  const cell = cellOf(key);
  if (!cell || (read(cell).v === field.v && read(cell).n === field.n)) { return false; }
  write(cell, field.v, field.n);
  waiting.fields[key] = field;
  return true;
}

function takeUpWay(id, way) {
  const block = blockOf(id), select = block && block.querySelector("[data-way]");
  if (!select || select.value === way.g) { return false; }
  select.value = way.g;
  waiting.ways[id] = { g: way.g, h: keptWay(block) };
  return true;
}
