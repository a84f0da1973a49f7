// The smallest value that a strict schema allows, for schemas whose name says nothing here.

import { resolved } from './responses-strict.mjs';

const DEEPEST = 40;
const BY_FORMAT = {
  'date-time': '2026-01-01T00:00:00Z', time: '00:00:00Z', date: '2026-01-01', duration: 'P1D', email: 'nobody@example.test',
  hostname: 'example.test', ipv4: '192.0.2.1', ipv6: '2001:db8::1', uuid: '00000000-0000-4000-8000-000000000000',
};
const TRIED = ['', 'a', 'A', '0', 'aa', 'abc', '1', '00', '0000', '2026-01-01', '@a', 'a@example.test', 'https://example.test/'];

export function instanceOf(node, root = node, depth = 0) {
  if (depth > DEEPEST) throw new Error('The schema has no finite instance that could be found.');
  const inner = (one) => instanceOf(one, root, depth + 1);
  if (node.$ref !== undefined) return inner(resolved(root, node.$ref));
  if (node.const !== undefined) return node.const;
  if (node.enum !== undefined) return node.enum.includes(null) ? null : node.enum[0];
  if (node.anyOf !== undefined) return firstOf(node.anyOf, inner);
  const types = [node.type].flat();
  if (types.includes('null')) return null;
  if (types[0] === 'object') {
    return Object.fromEntries(Object.entries(node.properties ?? {}).map(([name, one]) => [name, inner(one)]));
  }
  if (types[0] === 'array') return Array.from({ length: node.minItems ?? 0 }, () => inner(node.items));
  if (types[0] === 'boolean') return false;
  return types[0] === 'string' ? textFor(node) : numberFor(node, types[0]);
}

/** Null where it is allowed, else the first that comes to an end. */
function firstOf(nodes, inner) {
  if (nodes.some(({ type }) => type === 'null')) return null;
  let failure;
  for (const node of nodes) {
    try {
      return inner(node);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function textFor({ format, pattern }) {
  if (format !== undefined) return BY_FORMAT[format];
  if (pattern === undefined) return '';
  const found = TRIED.find((text) => new RegExp(pattern, 'u').test(text));
  if (found === undefined) throw new Error(`No text is known here that matches ${pattern}.`);
  return found;
}

function numberFor({ minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf }, type) {
  const upper = maximum ?? exclusiveMaximum;
  if (exclusiveMinimum !== undefined && upper !== undefined && multipleOf === undefined && type === 'number') {
    return (exclusiveMinimum + upper) / 2;
  }
  const step = multipleOf ?? 1;
  const least = exclusiveMinimum !== undefined ? exclusiveMinimum + (type === 'integer' ? step : step / 2) : minimum;
  const most = exclusiveMaximum !== undefined ? exclusiveMaximum - (type === 'integer' ? step : step / 2) : maximum;
  if (least === undefined) return most === undefined || most >= 0 ? 0 : Math.floor(most / step) * step;
  return multipleOf === undefined && type === 'number' ? least : Math.ceil(least / step) * step;
}
