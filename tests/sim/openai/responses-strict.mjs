// Strict mode takes a part of JSON Schema only; what is beyond it is refused before any model is asked.

import { Refused } from './refuse.mjs';

const ANYWHERE = ['type', 'description', 'title', 'enum', 'const', 'anyOf', '$ref'];
const AT_ROOT = ['$schema', '$defs', 'definitions'];
const BOUNDS = ['multipleOf', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'];

/** The keywords of each type beside those. */
const OF_TYPE = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['pattern', 'format'],
  number: BOUNDS,
  integer: BOUNDS,
  boolean: [],
  null: [],
};

const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];
const MOST = { properties: 5000, levels: 10, enums: 1000, letters: 120_000 };

/** Throws what OpenAI says of a schema that strict mode cannot follow; without it only the root has to be an object. */
export function checkStrict({ name, schema, strict }) {
  const refuse = (why) => {
    throw new Refused(`Invalid schema for response_format '${name}': ${why}`, { code: 'invalid_json_schema', param: 'text.format.schema' });
  };
  if (schema.type !== 'object') {
    refuse(`schema must be a JSON Schema of 'type: "object"', got 'type: "${schema.type ?? 'None'}"'.`);
  }
  if (!strict) return;
  const check = { root: schema, refuse, properties: 0, enums: 0, letters: 0 };
  checkNode(check, schema, [], 0);
  for (const place of ['$defs', 'definitions']) {
    for (const [key, node] of Object.entries(schema[place] ?? {})) {
      check.letters += key.length;
      checkNode(check, node, [place, key], 0);
    }
  }
  const told = `Expected at most ${MOST.properties} object properties, ${MOST.enums} enum values and ${MOST.letters} letters of names and `
    + 'values in total within a single schema when using structured outputs';
  if (check.properties > MOST.properties || check.enums > MOST.enums || check.letters > MOST.letters) refuse(`${told}.`);
}

function checkNode(check, node, path, level) {
  const at = contextOf(path);
  const refuse = (why) => check.refuse(`In context=${at}, ${why}`);
  if (node === null || typeof node !== 'object' || Array.isArray(node)) refuse('schema must be an object.');
  if (node.$ref !== undefined) return checkReference(check, node, refuse);
  if (node.anyOf !== undefined && path.length === 0) refuse("'anyOf' is not permitted at the root.");
  if (node.type === undefined && node.anyOf === undefined) refuse("schema must have a 'type' key.");
  const types = [node.type ?? []].flat();
  const unknown = types.find((type) => !Object.hasOwn(OF_TYPE, type));
  if (unknown !== undefined) refuse(`'${unknown}' is not a type.`);
  const allowed = [...ANYWHERE, ...(path.length === 0 ? AT_ROOT : []), ...types.flatMap((type) => OF_TYPE[type])];
  const beyond = Object.keys(node).find((keyword) => !allowed.includes(keyword));
  if (beyond) refuse(`'${beyond}' is not permitted.`);
  checkValues(check, node, types, refuse);
  if (types.includes('object')) checkObject(check, node, path, level + 1, refuse);
  if (types.includes('array')) {
    if (node.items === undefined) refuse('array schema missing items.');
    checkNode(check, node.items, [...path, 'items'], level);
  }
  if (types.includes('string') && node.format !== undefined && !FORMATS.includes(node.format)) {
    refuse(`'format' must be one of ${FORMATS.join(', ')}.`);
  }
  (node.anyOf ?? []).forEach((one, i) => checkNode(check, one, [...path, 'anyOf', String(i)], level));
}

function checkReference({ root }, node, refuse) {
  const beside = Object.keys(node).filter((keyword) => keyword !== '$ref');
  if (beside.length > 0) refuse(`$ref cannot have keywords {${beside.map((keyword) => `'${keyword}'`).join(', ')}}.`);
  if (!resolved(root, node.$ref)) refuse(`reference to component '${node.$ref}' which was not found in the schema.`);
}

function checkObject(check, node, path, level, refuse) {
  if (node.additionalProperties !== false) refuse("'additionalProperties' is required to be supplied and to be false.");
  if (level > MOST.levels) refuse(`schema is nested deeper than ${MOST.levels} levels.`);
  const names = Object.keys(node.properties ?? {});
  const required = Array.isArray(node.required) ? node.required : [];
  const rule = "'required' is required to be supplied and to be an array including every key in properties.";
  const lacking = names.find((name) => !required.includes(name));
  if (lacking !== undefined) refuse(`${rule} Missing '${lacking}'.`);
  const extra = required.find((name) => !names.includes(name));
  if (extra !== undefined) refuse(`${rule} Extra required key '${extra}' supplied.`);
  check.properties += names.length;
  for (const name of names) {
    check.letters += name.length;
    checkNode(check, node.properties[name], [...path, 'properties', name], level);
  }
}

function checkValues(check, { enum: values, const: only }, types, refuse) {
  if (values !== undefined && !(Array.isArray(values) && values.length > 0)) refuse("'enum' must be an array of values.");
  const given = [...(values ?? []), ...(only === undefined ? [] : [only])];
  check.enums += values?.length ?? 0;
  for (const value of given) {
    if (typeof value === 'string') check.letters += value.length;
    if (types.length > 0 && !types.some((type) => isOf(type, value))) {
      refuse(`enum value ${JSON.stringify(value)} does not validate against {'type': ${JSON.stringify(types)}}.`);
    }
  }
}

function isOf(type, value) {
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** What a `$ref` within the schema stands for. */
export function resolved(root, reference) {
  if (reference === '#') return root;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return undefined;
  return reference.slice(2).split('/').reduce((node, key) => node?.[key], root);
}

// As Python writes a tuple.
const contextOf = (path) => (path.length === 1 ? `('${path[0]}',)` : `(${path.map((key) => `'${key}'`).join(', ')})`);
