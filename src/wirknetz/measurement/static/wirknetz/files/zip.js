// Reading ZIP containers with the browser's own decompression; nothing is unpacked before it is
// asked for, and never more than the budget allows.

import { NotReadable } from "./cells.js";

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65535;
const BIG = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/** How many bytes may be unpacked altogether. */
export class Budget {
  constructor(bytes) { this.left = bytes; }

  spend(bytes) {
    this.left -= bytes;
    if (this.left < 0) { throw new NotReadable("unpacks_too_big"); }
  }
}

/** The entries of a container, each with `stream()` and `text()`, by name. */
export async function openZip(blob, budget) {
  const { count, offset, size } = await directory(blob);
  const view = new DataView(await blob.slice(offset, offset + size).arrayBuffer());
  const entries = new Map();
  let at = 0;
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) { throw new NotReadable("damaged"); }
    const entry = described(view, at, blob, budget);
    entries.set(entry.name, entry);
    at = entry.next;
  }
  return entries;
}

async function directory(blob) {
  const start = Math.max(0, blob.size - LONGEST_COMMENT - 22);
  const view = new DataView(await blob.slice(start).arrayBuffer());
  for (let at = view.byteLength - 22; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === END) {
      const found = {
        count: view.getUint16(at + 10, true),
        size: view.getUint32(at + 12, true),
        offset: view.getUint32(at + 16, true),
      };
      if (found.offset === BIG || found.offset + found.size > blob.size) { break; }
      return found;
    }
  }
  throw new NotReadable("damaged");
}

function described(view, at, blob, budget) {
  const length = (place) => view.getUint16(at + place, true);
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + 46, length(28)));
  const entry = {
    name: name.replaceAll("\\", "/").replace(/^\//, ""),
    locked: (length(8) & 1) === 1,
    method: length(10),
    packed: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
    next: at + 46 + length(28) + length(30) + length(32),
  };
  entry.stream = () => unpacked(blob, entry, budget);
  entry.text = () => whole(entry.stream());
  return entry;
}

async function whole(stream) {
  let text = "";
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) { return text; }
    text += value;
  }
}

/** The entry's text as a stream of strings. */
function unpacked(blob, entry, budget) {
  if (entry.locked) { throw new NotReadable("password"); }
  if (entry.method !== STORED && entry.method !== DEFLATED) { throw new NotReadable("damaged"); }
  const bytes = new ReadableStream({
    async start() {
      const header = new DataView(await blob.slice(entry.offset, entry.offset + 30).arrayBuffer());
      if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) { throw new NotReadable("damaged"); }
      const from = entry.offset + 30 + header.getUint16(26, true) + header.getUint16(28, true);
      this.reader = blob.slice(from, from + entry.packed).stream().getReader();
    },
    async pull(controller) {
      const { done, value } = await this.reader.read();
      if (done) { controller.close(); } else { controller.enqueue(value); }
    },
    cancel() { return this.reader.cancel(); },
  });
  const plain = entry.method === STORED ? bytes : bytes.pipeThrough(new DecompressionStream("deflate-raw"));
  const counted = new TransformStream({
    transform(chunk, controller) { budget.spend(chunk.byteLength); controller.enqueue(chunk); },
  });
  return plain.pipeThrough(counted).pipeThrough(new TextDecoderStream("utf-8"));
}
