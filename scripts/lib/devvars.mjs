// .dev.vars: made once from the example, given what the example gains later, and followed by the Worker when the
// stack runs on other ports.
import { appendFileSync, copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';
import { say } from './say.mjs';

const file = join(root, '.dev.vars');

export function ensureDevVars() {
  const example = join(root, '.dev.vars.example');
  if (!existsSync(file)) {
    copyFileSync(example, file);
    return say('Made .dev.vars from .dev.vars.example.');
  }
  const added = additions(readFileSync(example, 'utf8'), readFileSync(file, 'utf8'));
  if (added.length === 0) return undefined;
  appendFileSync(file, `\n${added.map(({ line }) => `${line}\n`).join('')}`);
  return say(`Added to .dev.vars from .dev.vars.example: ${added.map(({ name }) => name).join(', ')}.`);
}

/** What the example sets and an older file does not name, not even to leave it empty or out. */
export function additions(example, own) {
  const named = new Set([...own.matchAll(/^[# ]*(\w+)=/gm)].map(([, name]) => name));
  const set = [...example.matchAll(/^(\w+)=.*$/gm)].map(([line, name]) => ({ name, line }));
  return set.filter(({ name }) => !named.has(name));
}

/** The settings in the file, by name. */
export function devVars(text = readFileSync(file, 'utf8')) {
  return Object.fromEntries(settings(text));
}

export function keepDevVar(name, value) {
  appendFileSync(file, `${name}="${value.replaceAll('"', '')}"\n`);
}

const settings = (text) => [...text.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value]);

/** The `--var` arguments for values that name the usual addresses while the stack is at others. */
export function movedVars({ port, simPort }, text = readFileSync(file, 'utf8')) {
  const moved = (value) => value.replaceAll('localhost:8787', `localhost:${port}`).replaceAll('localhost:8790', `localhost:${simPort}`);
  const args = [];
  for (const [name, value] of settings(text)) {
    const next = name === 'CLERK_PUBLISHABLE_KEY' ? movedKey(value, moved) : moved(value);
    if (next !== value) args.push('--var', `${name}:${next}`);
  }
  return args;
}

// A publishable key is its prefix and the Clerk host in base64.
function movedKey(key, moved) {
  const [prefix, host] = [key.slice(0, 8), Buffer.from(key.slice(8), 'base64').toString()];
  const next = moved(host);
  return next === host ? key : prefix + Buffer.from(next).toString('base64');
}
