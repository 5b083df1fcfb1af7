/* Sends what waits, one post at a time, and tries again until it arrived. */

import { form } from "./form.js";
import { replace, say, tell } from "./showing.js";
import { mayHaveArrived, nothingWaits, persist, post, settle, settleWay, waiting } from "./waiting.js";

const FIRST_WAIT = 2000, LONGEST_WAIT = 30000, PATIENCE = 20000;
let busy = false, timer = 0, wait = FIRST_WAIT, blocked = false;

class SignedOut extends Error {}

export function schedule(delay) {
  if (blocked) { return; }
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

/* A promise of whether everything that waited is stored. */
export async function send() {
  clearTimeout(timer);
  if (nothingWaits()) { return true; }
  if (busy || blocked) { return false; }
  busy = true;
  const done = await attempt(structuredClone(waiting));
  busy = false;
  return done && !nothingWaits() ? send() : done;
}

/* The same, waiting for a sending that is under way. */
export async function sendAll() {
  blocked = false;
  for (let tries = 0; tries < 20; tries += 1) {
    const done = await send();
    if (done || blocked || !busy) { return done; }
    await new Promise((next) => { setTimeout(next, 150); });
  }
  return false;
}

export function sendAtOnce() {
  wait = FIRST_WAIT;
  return send();
}

async function attempt(batch) {
  say("saving", form.dataset.saving);
  try {
    const answer = await exchange(batch);
    if (answer.refused) { refuse(answer.refused); return false; }
    took(batch, answer);
    return true;
  } catch (error) {
    failed(batch, error instanceof SignedOut);
    return false;
  }
}

async function exchange(batch) {
  const answer = await fetch(form.dataset.save, {
    method: "POST", body: post(batch), credentials: "same-origin", redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE), headers: { "X-Requested-With": "XMLHttpRequest" },
  });
  if (answer.type === "opaqueredirect" || answer.status === 403) { throw new SignedOut(); }
  if (!answer.ok && answer.status !== 409) { throw new Error(`answered ${answer.status}`); }
  return answer.json();
}

function took(batch, news) {
  wait = FIRST_WAIT;
  for (const [key, sent] of Object.entries(batch.fields)) { settle(key, sent, news.fields[key]); }
  for (const [id, sent] of Object.entries(batch.ways)) {
    settleWay(id, sent);
    replace(id, news.blocks[id]);
  }
  persist();
  tell(news);
}

function failed(batch, signedOut) {
  mayHaveArrived(batch);
  say("failed", signedOut ? form.dataset.signedOut : form.dataset.offline);
  if (signedOut) { blocked = true; return; }
  schedule(wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

function refuse(sentence) {
  blocked = true;
  say("failed", sentence);
}
