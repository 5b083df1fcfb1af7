// XML in pieces: a long list of equal elements is parsed a batch at a time, so that a sheet of
// 200,000 rows never stands in memory as a whole.

import { NotReadable } from "./cells.js";

const BATCH = 1 << 18;
const NAMESPACE = /\sxmlns(?::([\w.-]+))?\s*=\s*("[^"]*"|'[^']*')/g;

/** A whole small document; NotReadable where it is none. */
export function parseXml(text) {
  const parsed = new DOMParser().parseFromString(text.replace(/^\ufeff/, ""), "application/xml");
  if (parsed.getElementsByTagName("parsererror").length) { throw new NotReadable("damaged"); }
  return parsed;
}

/** Children with this local name, whatever their prefix. */
export function children(element, name) {
  return Array.from(element.children).filter((child) => child.localName === name);
}

/** All descendants with this local name. */
export function all(node, name) { return Array.from(node.getElementsByTagNameNS("*", name)); }

/** An attribute by local name, whatever its prefix; empty where there is none. */
export function attribute(element, name) {
  const plain = element.getAttribute(name) ?? element.getAttribute(`table:${name}`) ?? element.getAttribute(`office:${name}`);
  if (plain !== null) { return plain; }
  if (!element.hasAttributes()) { return ""; }
  const qualified = element.getAttributeNames().find((one) => one.endsWith(`:${name}`));
  return qualified ? element.getAttribute(qualified) : "";
}

/**
 * The elements `name` of a stream of text, one after the other. `within` names their parent:
 * what comes after its end is not read. `strip` takes out tags that group the elements.
 */
export async function* elements(stream, name, options) {
  for await (const batch of batches(stream, name, options)) { yield* batch.elements(); }
}

/** The same in batches, each with its `text` and, parsed on demand, its `elements()`. */
export async function* batches(stream, name, { within, strip, skip = 0 }) {
  const scan = new Scan(name, within, strip, skip);
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = scan.take(done ? "" : value, done);
      if (text.trim()) { yield { text, elements: () => scan.parsed(text) }; }
      if (done || scan.ended) { return; }
    }
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable("damaged");
  } finally {
    reader.cancel().catch(() => {});
  }
}

class Scan {
  constructor(name, within, strip, skip) {
    this.opens = new RegExp(`<(?:[\\w.-]+:)?${within}(?=[\\s>/])[^>]*>`, "g");
    this.closes = new RegExp(`</(?:[\\w.-]+:)?${within}\\s*>`);
    this.ends = new RegExp(`</(?:[\\w.-]+:)?${name}\\s*>`, "g");
    this.name = name;
    this.strip = strip;
    this.skip = skip;
    this.names = new Map();
    this.buffer = "";
    this.inside = false;
    this.ended = false;
  }

  /** The text of all elements that are whole by now; empty until there are enough. */
  take(text, last) {
    this.buffer += text;
    if (!this.inside && !this.enter()) {
      if (last && !this.ended) { throw new NotReadable("damaged"); }
      return "";
    }
    const end = this.closes.exec(this.buffer);
    if (end) {
      this.ended = true;
      return this.buffer.slice(0, end.index);
    }
    if (last) { throw new NotReadable("damaged"); }
    if (this.buffer.length < BATCH) { return ""; }
    const cut = this.lastEnd();
    const whole = this.buffer.slice(0, cut);
    this.buffer = this.buffer.slice(cut);
    return whole;
  }

  /** Go on to the wanted parent; false as long as it has not come. */
  enter() {
    this.opens.lastIndex = 0;
    for (let found; (found = this.opens.exec(this.buffer));) {
      this.remember(this.buffer.slice(0, found.index + found[0].length));
      this.buffer = this.buffer.slice(found.index + found[0].length);
      this.opens.lastIndex = 0;
      if (this.skip === 0) {
        this.ended = found[0].endsWith("/>");
        this.inside = !this.ended;
        return this.inside;
      }
      this.skip -= 1;
    }
    const kept = this.buffer.lastIndexOf("<");
    this.remember(this.buffer.slice(0, kept));
    this.buffer = kept < 0 ? "" : this.buffer.slice(kept);
    return false;
  }

  remember(text) {
    for (const [, prefix = "", value] of text.matchAll(NAMESPACE)) { this.names.set(prefix, value); }
  }

  lastEnd() {
    let cut = 0;
    this.ends.lastIndex = 0;
    while (this.ends.exec(this.buffer)) { cut = this.ends.lastIndex; }
    return cut;
  }

  * parsed(text) {
    const plain = this.strip ? text.replace(this.strip, "") : text;
    const names = Array.from(this.names, ([prefix, value]) => ` xmlns${prefix && ":"}${prefix}=${value}`);
    const root = parseXml(`<all${names.join("")}>${plain}</all>`).documentElement;
    for (let child = root.firstElementChild; child; child = child.nextElementSibling) {
      if (child.localName === this.name) { yield child; }
    }
  }
}
