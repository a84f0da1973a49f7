// Stripe's form encoding: `a[b][c]=1`, and lists as `a[]=x` or `a[0]=x`.

import { Refused } from './refuse.mjs';

/** The fields of a form or a query as a tree of texts; a list is a node whose keys are its places. */
export function decodeForm(words) {
  const tree = Object.create(null);
  for (const [name, value] of new URLSearchParams(words)) {
    const [, first, rest] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [];
    if (first === undefined) throw new Refused(`Invalid parameter name: ${name}`);
    put(tree, [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, key]) => key)], value, name);
  }
  return tree;
}

function put(node, [key, ...rest], value, name) {
  if (typeof node !== 'object') throw new Refused(`Invalid parameter: ${name} is a text and more at once`);
  const place = key === '' ? String(Object.keys(node).length) : key;
  if (rest.length === 0) node[place] = value;
  else put(node[place] ??= Object.create(null), rest, value, name);
}
