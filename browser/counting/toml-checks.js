// Typed reading of TOML tables that collects every mistake with its place; as toml_checks.py.

import { TomlDate } from "./smol-toml.js";
import { lineAt } from "./toml-lines.js";

const isTable = (raw) => typeof raw === "object" && raw !== null && !Array.isArray(raw) && !(raw instanceof TomlDate);

/** Collects what is wrong in one file. */
export class Mistakes {
  constructor(lines) {
    this.lines = lines;
    this.found = [];
  }

  add(code, path, params = {}) {
    const where = path.map((part) => (typeof part === "number" ? part + 1 : part)).join(".");
    this.found.push({ code, where, line: lineAt(this.lines, path), params });
  }
}

/** One table: every question to it says what was expected where it is not there. */
export class Table {
  constructor(raw, path, mistakes) {
    this.path = path;
    this.mistakes = mistakes;
    this.raw = isTable(raw) ? raw : {};
    if (!isTable(raw)) { mistakes.add("wrong_type", path, { expected: "table" }); }
  }

  has(key) { return Object.hasOwn(this.raw, key); }

  /** Keys in the order of the file; JavaScript puts whole numbers first. */
  keys() {
    const line = (key) => lineAt(this.mistakes.lines, [...this.path, key]) ?? 0;
    return Object.keys(this.raw).sort((one, other) => line(one) - line(other));
  }

  known(...keys) {
    for (const key of this.keys()) {
      if (!keys.includes(key)) { this.wrong("unknown_key", key, { known: keys.join(", ") }); }
    }
  }

  wrong(code, key, params) { this.mistakes.add(code, [...this.path, key], params); }

  text(key, { needed = false } = {}) {
    const value = this.value(key, (one) => typeof one === "string", "text", needed);
    if (needed && value === "") { this.wrong("missing", key); }
    return value === undefined ? "" : value.trim();
  }

  texts(key) {
    const value = this.has(key) ? this.raw[key] : [];
    const listed = typeof value === "string" ? [value] : value;
    if (Array.isArray(listed) && listed.every((one) => typeof one === "string")) { return listed.map((one) => one.trim()); }
    this.wrong("wrong_type", key, { expected: "texts" });
    return [];
  }

  number(key) {
    const value = this.value(key, (one) => typeof one === "bigint", "number");
    return value === undefined ? null : Number(value);
  }

  yes(key) { return this.value(key, (one) => typeof one === "boolean", "yes_no") === true; }

  oneOf(key, choices) {
    const found = this.text(key);
    if (!found || choices.includes(found)) { return found || null; }
    this.wrong("wrong_value", key, { found, known: choices.join(", ") });
    return null;
  }

  table(key) { return new Table(this.has(key) ? this.raw[key] : {}, [...this.path, key], this.mistakes); }

  tables(key) {
    const value = this.has(key) ? this.raw[key] : [];
    if (!Array.isArray(value)) {
      this.wrong("wrong_type", key, { expected: "tables" });
      return [];
    }
    return value.map((one, at) => new Table(one, [...this.path, key, at], this.mistakes));
  }

  value(key, fits, expected, needed = false) {
    if (!this.has(key)) {
      if (needed) { this.wrong("missing", key); }
      return undefined;
    }
    if (fits(this.raw[key])) { return this.raw[key]; }
    this.wrong("wrong_type", key, { expected });
    return undefined;
  }
}
