// Shapes of parameters, each a function of what the form holds and its path that answers the value or throws Stripe's refusal.

import { empty, missing, refusedParam, unknown } from './refuse.mjs';

const METADATA = { keys: 50, name: 40, value: 500 };
const MOST = 99_999_999;

export const text = (value, path) => {
  if (typeof value !== 'string') throw refusedParam('Invalid string: {:keys=>"values"}', path);
  if (value === '') throw empty(path);
  return value;
};

export const limited = (most) => (value, path) => {
  if (text(value, path).length <= most) return value;
  throw refusedParam(`Invalid string: ${value.slice(0, 20)}...; must be at most ${most} characters`, path, 'parameter_invalid_string');
};

/** An empty text takes the value away. */
export const clearable = (shape) => (value, path) => (value === '' ? null : shape(value, path));

export const whole = (least = 0, most = MOST) => (value, path) => {
  const given = /^-?\d+$/.test(value) ? Number(value) : NaN;
  if (Number.isNaN(given)) throw refusedParam(`Invalid integer: ${value}`, path, 'parameter_invalid_integer');
  if (given < least) throw refusedParam(`This value must be greater than or equal to ${least}.`, path, 'parameter_invalid_integer');
  if (given > most) throw refusedParam(`This value must be less than or equal to ${most}.`, path, 'parameter_invalid_integer');
  return given;
};

export const time = whole(0, Number.MAX_SAFE_INTEGER);

export const flag = (value, path) => {
  if (!['true', 'false'].includes(value)) throw refusedParam(`Invalid boolean: ${value}`, path);
  return value === 'true';
};

export const oneOf = (...values) => (value, path) => {
  if (values.includes(text(value, path))) return value;
  const list = values.length === 1 ? values[0] : `one of ${values.slice(0, -1).join(', ')}, or ${values.at(-1)}`;
  throw refusedParam(`Invalid ${path}: must be ${list}`, path);
};

export const url = (value, path) => {
  const { protocol } = URL.canParse(text(value, path)) ? new URL(value) : {};
  if (!['http:', 'https:'].includes(protocol)) throw refusedParam('Not a valid URL', path, 'url_invalid');
  return value;
};

export const list = (shape, most = 100) => (value, path) => {
  const places = typeof value === 'object' ? Object.keys(value) : [''];
  if (places.some((place) => !/^\d+$/.test(place))) throw refusedParam('Invalid array', path);
  if (places.length > most) throw refusedParam(`Array ${path} exceeded maximum ${most} allowed elements.`, path);
  return places.sort((a, b) => a - b).map((place) => shape(value[place], `${path}[${place}]`));
};

/** Exactly these fields, of which the `required` must be there. */
export const object = (fields, required = []) => (value, path) => {
  if (typeof value !== 'object') throw refusedParam('Invalid object', path);
  const strange = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  if (strange !== undefined) throw unknown(join(path, strange));
  const lacking = required.find((name) => value[name] === undefined);
  if (lacking !== undefined) throw missing(join(path, lacking));
  return Object.fromEntries(Object.entries(value).map(([name, given]) => [name, fields[name](given, join(path, name))]));
};

const join = (path, name) => (path === '' ? name : `${path}[${name}]`);

/** The literal if it is that text, else the shape. */
export const literalOr = (literals, shape) => (value, path) => (literals.includes(value) ? value : shape(value, path));

/** Names with texts; an empty text takes a name away. */
export const metadata = (value, path) => {
  if (typeof value !== 'object') throw refusedParam('Invalid object', path);
  const entries = Object.entries(value);
  if (entries.length > METADATA.keys) throw refusedParam(`You can only have ${METADATA.keys} metadata keys.`, path);
  for (const [name, one] of entries) {
    if (name.length > METADATA.name) throw refusedParam(`Metadata keys must be at most ${METADATA.name} characters.`, path);
    if (typeof one !== 'string') throw refusedParam('Metadata values must be strings.', join(path, name));
    if (one.length > METADATA.value) throw refusedParam(`Metadata values must be at most ${METADATA.value} characters.`, join(path, name));
  }
  return Object.fromEntries(entries);
};

/** Known by its name; nobody here looks into it. */
export const anything = (value) => value;

/** A moment, or a range of moments. */
export const range = (value, path) => {
  if (typeof value === 'string') return { gte: time(value, path), lte: time(value, path) };
  return object({ gt: time, gte: time, lt: time, lte: time })(value, path);
};

/** What every list can be asked. */
export const PAGED = { limit: whole(1, 100), starting_after: text, ending_before: text, created: range };
