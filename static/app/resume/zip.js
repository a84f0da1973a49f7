/** As much of ZIP as a DOCX needs: the list of what is inside, and one entry of it, never more than was allowed. */
import { Trouble } from './trouble.js';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const LOCAL_SIZE = 30;
const COMMENT_MOST = 0xffff;
const ENTRIES_LIMIT = 2000;
const [STORED, DEFLATED] = [0, 8];
const ENCRYPTED = 1;

const broken = () => new Trouble('broken');
const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reading behind the end is what a broken file leads to. */
function guarded(work) {
  try {
    return work();
  } catch (error) {
    throw error instanceof RangeError ? broken() : error;
  }
}

function endOf(view) {
  const first = Math.max(0, view.byteLength - END_SIZE - COMMENT_MOST);
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1) {
    if (view.getUint32(at, true) === END) return { count: view.getUint16(at + 10, true), at: view.getUint32(at + 16, true) };
  }
  throw broken();
}

/**
 * What is inside, by name.
 * @typedef {{ flags: number, method: number, packed: number, size: number, at: number }} Entry
 * @returns {Map<string, Entry>}
 */
export function entriesOf(bytes) {
  const view = viewOf(bytes);
  return guarded(() => {
    const { count, at: start } = endOf(view);
    if (count > ENTRIES_LIMIT) throw new Trouble('too_much');
    const entries = new Map();
    for (let i = 0, at = start; i < count; i += 1) {
      if (view.getUint32(at, true) !== ENTRY) throw broken();
      const [name, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
      entries.set(new TextDecoder().decode(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + name)), {
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      });
      at += ENTRY_SIZE + name + extra + comment;
    }
    return entries;
  });
}

function packedBytes(bytes, { at, packed }) {
  const view = viewOf(bytes);
  return guarded(() => {
    if (view.getUint32(at, true) !== LOCAL) throw broken();
    const from = at + LOCAL_SIZE + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    if (from + packed > bytes.length) throw broken();
    return bytes.subarray(from, from + packed);
  });
}

/**
 * One entry, unpacked. What the list says of its size is believed only where it is too large: a file that unpacks into more
 * than `most` bytes is given up on the way. `signal` gives up too.
 * @param {Uint8Array} bytes @param {Entry} entry @param {{ most: number, signal: AbortSignal }} limits
 */
export async function unpack(bytes, entry, { most, signal }) {
  if (entry.flags & ENCRYPTED) throw new Trouble('locked_word');
  if (entry.size > most) throw new Trouble('too_much');
  const packed = packedBytes(bytes, entry);
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw broken();
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const parts = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch(() => Promise.reject(broken()));
    if (done) break;
    size += value.length;
    if (size > most || signal.aborted) {
      reader.cancel().catch(() => {}); // the rest is not wanted, whatever becomes of it
      throw signal.aborted ? signal.reason : new Trouble('too_much');
    }
    parts.push(value);
  }
  if (size !== entry.size) throw broken();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
