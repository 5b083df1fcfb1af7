// The counting page: choose, count, look, save. Everything stays on this machine.

import { NotReadable } from "./cells.js";
import { prepare } from "./counting.js";
import { hashOf, receiptOf, reportOf, tableOf } from "./leaving.js";
import { parsePeriod } from "./period.js";
import { ProfileError, readProfile } from "./profile.js";
import { openBook } from "./reading.js";
import { gapSentence, mistakeSentence, questionSentence, unreadableSentence } from "./sentences.js";

const PERIOD = 1; // this column is the same in every row; the heading says it
const VERSION = document.documentElement.dataset.version;
const at = (id) => document.getElementById(id);
let current = null;

function start() {
  if (!("DecompressionStream" in window) || !window.crypto || !crypto.subtle) {
    at("alt").hidden = false;
    at("zaehlen").hidden = true;
    return;
  }
  suggestPeriod(new Date());
  at("zaehlen").addEventListener("submit", (event) => {
    event.preventDefault();
    countList();
  });
  at("anleitung").addEventListener("change", takePeriod);
  for (const id of ["liste", "anleitung", "teil", "jahr"]) { at(id).addEventListener("change", forget); }
  at("auslassen").addEventListener("change", allowSaving);
  at("speichern").addEventListener("click", () => save(current.report, `zaehlung-${current.code}.csv`, "text/csv"));
  at("quittung").addEventListener("click", () => save(current.receipt, `zaehlung-${current.code}-quittung.json`, "application/json"));
}

/** The quarter before this one: what people mostly report. */
function suggestPeriod(now) {
  const quarter = Math.floor(now.getMonth() / 3);
  choosePeriod(`${now.getFullYear() - (quarter ? 0 : 1)}Q${quarter || 4}`);
}

function choosePeriod(code) {
  at("jahr").value = code.slice(0, 4);
  at("teil").value = code.slice(4);
}

/** A guide may name the period it is meant for. */
async function takePeriod() {
  const [guide] = at("anleitung").files;
  try {
    const { period } = readProfile(await guide.text());
    if (period) { choosePeriod(period.code); }
  } catch { /* said when it is counted */ }
}

function forget() {
  current = null;
  at("ergebnis").hidden = true;
  at("gespeichert").textContent = "";
}

async function countList() {
  forget();
  const [list] = at("liste").files;
  const [guide] = at("anleitung").files;
  const period = parsePeriod(at("jahr").value.trim() + at("teil").value);
  const missing = [
    ...(list ? [] : ["Bitte wählen Sie Ihre Liste."]),
    ...(guide ? [] : ["Bitte wählen Sie Ihre Zähl-Anleitung."]),
    ...(period ? [] : ["Bitte geben Sie das Jahr mit vier Ziffern an."]),
  ];
  if (missing.length) { refuse("Es fehlt noch etwas", missing); return; }
  try {
    await counted(list, guide, period);
  } catch (error) {
    explain(error, list, guide);
  } finally {
    at("stand").textContent = "";
  }
}

async function counted(list, guide, period) {
  const profile = readProfile(await guide.text());
  const book = await openBook(list);
  const found = await prepare(book, profile, period, progress);
  if (found.questions.length) {
    refuse("Bitte zuerst klären", [...found.questions.map(questionSentence), ...found.gaps.map(gapSentence)]);
    return;
  }
  const report = reportOf(found, profile);
  const receipt = receiptOf(found, profile, {
    version: VERSION,
    profileHash: await hashOf(await guide.arrayBuffer()),
    listHash: await hashOf(await list.arrayBuffer()),
    reportHash: await hashOf(new TextEncoder().encode(report)),
  });
  current = { report, receipt, code: period.code, gaps: found.gaps };
  show(found, profile);
}

function progress(rows) {
  at("stand").textContent = `${rows.toLocaleString("de-DE")} Zeilen gelesen …`;
  return new Promise((resolve) => { setTimeout(resolve); });
}

function explain(error, list, guide) {
  if (error instanceof ProfileError) {
    refuse(`Die Anleitung ${guide.name} kann nicht verwendet werden`, error.mistakes.map(mistakeSentence));
  } else if (error instanceof NotReadable) {
    refuse(`${list.name} kann nicht gelesen werden`, [unreadableSentence(error)]);
  } else {
    refuse("Das hat nicht geklappt", ["Bitte speichern Sie die Liste noch einmal als .xlsx und versuchen Sie es erneut."]);
    throw error;
  }
}

// ------------------------------------------------------------------ showing

function refuse(title, sentences) {
  at("ergebnis-titel").textContent = "Noch kein Ergebnis";
  notice("danger", title, sentences);
  at("auslassen-zeile").hidden = true;
  at("zahlen").hidden = true;
  reveal();
}

function notice(kind, title, sentences) {
  const box = at("meldung");
  box.className = `wn-alert wn-alert--${kind}`;
  at("meldung-titel").textContent = title;
  at("meldung-punkte").replaceChildren(...sentences.map((sentence) => element("li", sentence)));
  box.hidden = false;
}

function show(found, profile) {
  at("ergebnis-titel").textContent = `Ergebnis: ${found.period.label}`;
  const [header, ...rows] = tableOf(found, profile).map((row) => row.filter((_text, place) => place !== PERIOD));
  const last = header.length - 1;
  const line = (row, scope) => filledRow(row.map((text, place) => cellOf(text, scope(place), place === last)));
  at("kopf").replaceChildren(line(header, () => "col"));
  at("zeilen").replaceChildren(...rows.map((row) => line(row, (place) => (place ? "" : "row"))));
  const counts = found.rows;
  at("gelesen").textContent = `Gelesen: ${counts.read} Zeilen. Doppelt: ${counts.doubles}. Nicht gemeint: ${counts.filtered}. Ausgeblendet: ${counts.hidden}.`;
  at("alles-null").hidden = found.measures.some((one) => one.total > 0n);
  at("meldung").hidden = true;
  at("auslassen").checked = false;
  at("auslassen-zeile").hidden = !found.gaps.length;
  if (found.gaps.length) { notice("warning", "Diese Zeilen konnten nicht gezählt werden", found.gaps.map(gapSentence)); }
  at("zahlen").hidden = false;
  allowSaving();
  reveal();
}

function element(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function cellOf(text, scope, isNumber) {
  const cell = element(scope ? "th" : "td", text);
  if (scope) { cell.scope = scope; }
  if (isNumber) { cell.className = "wn-num"; }
  return cell;
}

function filledRow(cells) {
  const row = document.createElement("tr");
  row.append(...cells);
  return row;
}

function reveal() {
  at("ergebnis").hidden = false;
  at("ergebnis-titel").focus();
}

function allowSaving() {
  const allowed = Boolean(current) && (!current.gaps.length || at("auslassen").checked);
  at("speichern").disabled = !allowed;
  at("quittung").disabled = !allowed;
}

function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  at("gespeichert").textContent = `Gespeichert: ${name}`;
}

start();
