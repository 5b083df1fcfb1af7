// Where the keys of a TOML file stand; the same as toml_lines.py.

const HEAD = /^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?/;
const TABLE = /^\s*\{/;
const KEY = /^\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=/;
const joined = (path) => JSON.stringify(path);

/** The line of every key and table head, by its path, counted from 1. */
export function linesOf(text) {
  const found = new Map();
  const count = new Map();
  let here = [];
  let inside = null;
  let places = 0;
  text.split("\n").forEach((line, at) => {
    const head = HEAD.exec(line);
    const key = head ? null : KEY.exec(line);
    if (head) {
      [here, inside] = [pathOf(head, count), null];
      remember(found, here, at + 1);
      remember(found, here.length > 1 ? here.slice(0, -1) : here, at + 1);
    } else if (key) {
      [inside, places] = [[...here, bare(key[1])], 0];
      remember(found, inside, at + 1);
    } else if (inside && TABLE.test(line)) {
      found.set(joined([...inside, places]), at + 1);
      places += 1;
    }
  });
  return found;
}

/** The line of this key or of the nearest thing around it; null where nothing is known. */
export function lineAt(lines, path) {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(joined(path.slice(0, length)));
    if (line !== undefined) { return line; }
  }
  return null;
}

function remember(found, path, line) {
  if (!found.has(joined(path))) { found.set(joined(path), line); }
}

function pathOf([, opening, name], count) {
  const parts = name.split(".").map((part) => bare(part.trim()));
  if (opening !== "[[") { return parts; }
  count.set(name, (count.get(name) ?? -1) + 1);
  return [...parts, count.get(name)];
}

function bare(key) { return /^["']/.test(key) ? key.slice(1, -1) : key; }
