// What the product prints, for tests to read.

const KEPT = 5000;
const print = console.log;
const lines = [];

console.log = (...words) => {
  lines.push(words.join(' '));
  if (lines.length > KEPT) lines.shift();
  print(...words);
};

export const printed = () => lines;
