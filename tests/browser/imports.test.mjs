// The web app's modules name each other by paths that exist, and never in a circle.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const STATIC = fileURLToPath(new URL('../../static', import.meta.url));
const names = readdirSync(join(STATIC, 'app'), { recursive: true }).filter((name) => name.endsWith('.js'));
const modules = names.map((name) => join(STATIC, 'app', name));

const source = (path) => readFileSync(path, 'utf8');
const pathOf = (from, name) => (name.startsWith('/') ? join(STATIC, name) : join(dirname(from), name));

/** What is loaded with a module; a screen that is loaded later, on demand, closes no circle. */
const importsOf = (path) =>
  [...source(path).matchAll(/^(?:import|export) (?:[^'()]*? from )?'([^']+)';$/gm)].map(([, name]) => pathOf(path, name));

/** The first circle on the way from a module, or null. */
function circleFrom(path, way = [], clear = new Set()) {
  if (way.includes(path)) return [...way.slice(way.indexOf(path)), path];
  if (clear.has(path)) return null;
  for (const next of importsOf(path).filter((name) => name.startsWith(join(STATIC, 'app')))) {
    const circle = circleFrom(next, [...way, path], clear);
    if (circle) return circle;
  }
  clear.add(path);
  return null;
}

test('every import is of a file that is there', () => {
  assert.ok(modules.length > 30);
  for (const path of modules) {
    const later = [...source(path).matchAll(/import\('([^']+)'\)/g)].map(([, name]) => pathOf(path, name));
    for (const named of [...importsOf(path), ...later]) assert.ok(existsSync(named), `${path} imports ${named}`);
  }
});

test('no module imports itself, by whatever way', () => {
  for (const path of modules) assert.equal(circleFrom(path), null);
});

test('the interview stays small enough to be read in one go', () => {
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const linesOf = (pattern) => sum(modules.filter((name) => pattern.test(name)).map((name) => source(name).split('\n').length - 1));
  assert.ok(linesOf(/interview[/][^/]+$/) <= 2000);
  assert.ok(linesOf(/screens[/]room[^/]*$/) <= 650);
});

test('the logic of an interview knows no Lit and no screen', () => {
  for (const path of modules.filter((name) => /[/](buy|interview|lobby|progress|report|resume)[/]/.test(name))) {
    for (const named of importsOf(path)) assert.doesNotMatch(named, /vendor|screens/, path);
  }
});
