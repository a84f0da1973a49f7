// The spoken lines: text, length and Opus packets of 20 ms each. `scripts/lines.mjs` made the files.

import { readFileSync } from 'node:fs';

import { packetsOf } from './opus.mjs';

export const PACKET_MS = 20;
export const SILENCE = Buffer.from([0xf8, 0xff, 0xfe]);

const MS_PER_LETTER = 60; // about the speed of the voice
const SHORTEST_MS = 600;

const read = (name) => readFileSync(new URL(`lines/${name}`, import.meta.url));

/** By name: `{ text, ms, packets }`. */
export const LINES = Object.fromEntries(Object.entries(JSON.parse(read('lines.json')))
  .map(([name, { text, ms }]) => [name, { text, ms, packets: packetsOf(read(`${name}.opus`)) }]));

/** A line for any text: a recorded one if there is one, else that long a piece of the greeting's sound. */
export function lineOf(text) {
  const known = Object.values(LINES).find((line) => line.text === text);
  if (known) return known;
  const ms = Math.max(SHORTEST_MS, Math.ceil((text.length * MS_PER_LETTER) / PACKET_MS) * PACKET_MS);
  const { packets } = LINES.greeting;
  return { text, ms, packets: Array.from({ length: ms / PACKET_MS }, (_, i) => packets[i % packets.length]) };
}
