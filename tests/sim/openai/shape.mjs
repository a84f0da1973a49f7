// Shapes of JSON, each a function of a value and its path that throws OpenAI's refusal.

import { missingParameter, Refused, unknownParameter, wrongType, wrongValue } from './refuse.mjs';

const ofType = (type, words) => (value, path) => {
  if (typeof value !== type) throw wrongType(path, words, value);
};

export const text = ofType('string', 'a string');
export const flag = ofType('boolean', 'a boolean');

export const limitedText = (most) => (value, path) => {
  text(value, path);
  if (value.length <= most) return;
  throw new Refused(`Invalid '${path}': string too long. Expected a string with maximum length ${most}.`, {
    code: 'string_above_max_length', param: path,
  });
};

export const textLike = (pattern, most) => (value, path) => {
  limitedText(most)(value, path);
  if (pattern.test(value)) return;
  throw new Refused(`Invalid '${path}': string does not match pattern. Expected a string that matches the pattern '${pattern.source}'.`, {
    code: 'invalid_value', param: path,
  });
};

/** A text, or that shape. */
export const textOr = (shape) => (value, path) => {
  if (typeof value !== 'string') shape(value, path);
};

export const number = (least, most) => (value, path) => {
  if (typeof value !== 'number') throw wrongType(path, 'a number', value);
  if (value < least) {
    throw new Refused(`Invalid '${path}': number below minimum value. Expected a value >= ${least}.`, {
      code: `${Number.isInteger(value) ? 'integer' : 'decimal'}_below_min_value`, param: path,
    });
  }
  if (value > most) {
    throw new Refused(`Invalid '${path}': number above maximum value. Expected a value <= ${most}.`, {
      code: `${Number.isInteger(value) ? 'integer' : 'decimal'}_above_max_value`, param: path,
    });
  }
};

export const whole = (least, most) => (value, path) => {
  if (!Number.isInteger(value)) throw wrongType(path, 'an integer', value);
  number(least, most)(value, path);
};

export const oneOf = (...values) => (value, path) => {
  if (typeof value !== 'string') throw wrongType(path, `one of ${quoted(values)}`, value);
  if (!values.includes(value)) throw wrongValue(path, value, quoted(values));
};

const quoted = (values) => values.map((value) => `'${value}'`).join(', ');

export const list = (shape, least = 0, most = 128) => (value, path) => {
  if (!Array.isArray(value)) throw wrongType(path, 'an array', value);
  if (value.length < least || value.length > most) {
    throw new Refused(`Invalid '${path}': expected an array of ${least} to ${most} elements.`, { code: 'invalid_value', param: path });
  }
  value.forEach((one, i) => shape(one, `${path}[${i}]`));
};

export const orNull = (shape) => (value, path) => {
  if (value !== null) shape(value, path);
};

/** The literal if it is that string, else the shape. */
export const literalOr = (literals, shape) => (value, path) => {
  if (!literals.includes(value)) shape(value, path);
};

export const anyObject = (value, path) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw wrongType(path, 'an object', value);
};

/** Exactly these fields, of which the `required` must be there. */
export const object = (fields, required = []) => (value, path) => {
  anyObject(value, path);
  for (const name of required) {
    if (value[name] === undefined) throw missingParameter(join(path, name));
  }
  for (const [name, given] of Object.entries(value)) {
    if (!Object.hasOwn(fields, name)) throw unknownParameter(join(path, name));
    fields[name](given, join(path, name));
  }
};

/** The shape that the object's own field `name` says. */
export const byField = (name, shapes) => (value, path) => {
  anyObject(value, path);
  if (value[name] === undefined) throw missingParameter(join(path, name));
  oneOf(...Object.keys(shapes))(value[name], join(path, name));
  shapes[value[name]](value, path);
};

const join = (path, name) => (path === '' ? name : `${path}.${name}`);
