// What leaves the machine: a table of counts and a receipt; as leaving.py, byte for byte.

import { amountText } from "./values.js";

const FORMULA = /^[=+\-@\t\r\n|%\uff1d\uff0b\uff0d\uff20]/;
const UNSEEN = /^[ \u00a0\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]+/;
const FORMAT = 1;

/** The counts as rows of texts, the headings first. */
export function tableOf(counted, profile) {
  const used = profile.breakdowns.filter(({ code }) => profile.measures.some((one) => one.breakdowns.includes(code)));
  const header = ["Messgröße", "Zeitraum", ...used.map((one) => one.name), "Anzahl"];
  const rows = counted.measures.flatMap((measure) => {
    const place = (categories) => used.map(({ code }) => categories(measure.breakdowns.indexOf(code)));
    const row = (places, amount) => [measure.name, counted.period.label, ...places, amountText(amount, ",")];
    const total = row(place((at) => (at < 0 ? "" : "gesamt")), measure.total);
    return [total, ...measure.cells.map(([cell, amount]) => row(place((at) => cell[at] ?? ""), amount))];
  });
  return [header, ...rows];
}

/** The table as CSV. */
export function reportOf(counted, profile) {
  const lines = tableOf(counted, profile).map((row) => row.map((text) => quoted(defused(text))).join(";"));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

function defused(text) { return FORMULA.test(text.replace(UNSEEN, "")) ? `'${text}` : text; }

function quoted(text) { return /[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text; }

/** What was counted how, as JSON: hashes, numbers of rows, reasons; nothing about a person. */
export function receiptOf(counted, profile, { version, profileHash, listHash, reportHash }) {
  const { rows } = counted;
  const said = {
    art: "Zählung einer Liste",
    format: FORMAT,
    wirknetz: version,
    zeitraum: counted.period.code,
    anleitung: { name: profile.name, sha256: profileHash },
    liste: { sha256: listHash },
    ergebnis: { sha256: reportHash },
    zeilen: {
      gelesen: rows.read,
      doppelt: rows.doubles,
      nicht_gemeint: rows.filtered,
      ausgeblendet: rows.hidden,
      wiederholte_ueberschriften: rows.headings,
      nicht_gezaehlt: rows.leftOut,
    },
    nicht_gezaehlt: counted.gaps.map((gap) => (
      { grund: gap.code, spalte: gap.column, zeilen: gap.rows, messgroessen: gap.measures }
    )),
    leere_zellen: Object.fromEntries(counted.emptyCells),
    gesamt: Object.fromEntries(counted.measures.map((one) => [one.code, amountText(one.total)])),
  };
  return `${JSON.stringify(said, null, 1)}\n`;
}

/** SHA-256 in hexadecimal. */
export async function hashOf(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
