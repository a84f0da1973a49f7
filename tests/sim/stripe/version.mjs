// Stripe's API versions: each release of the year has a name, within it only additions come.

import { Refused } from './refuse.mjs';

export const PINNED = '2026-10-28.endive';

/** The releases with the day from which they are, oldest first. */
const RELEASES = [
  ['acacia', '2024-09-30'],
  ['basil', '2025-03-31'],
  ['clover', '2025-09-30'],
  ['dahlia', '2026-03-25'],
  ['endive', '2026-09-30'],
];

const placeOf = (name) => RELEASES.findIndex(([one]) => one === name);

export function isVersion(version) {
  const [, day, name] = /^(\d{4}-\d{2}-\d{2})\.([a-z]+)$/.exec(version) ?? [];
  const place = placeOf(name);
  const until = RELEASES[place + 1]?.[1] ?? '2026-11-21';
  return place >= 0 && day >= RELEASES[place][1] && day < until;
}

/** Whether a version is older than the release of this name. */
export const before = (version, name) => placeOf(version.split('.')[1]) < placeOf(name);

/** The version that a request is answered in: the pinned one, or the one that a test has given the webhook endpoint. */
export function versionOf({ headers }, { apiVersion }) {
  const version = headers['stripe-version'];
  if (version === undefined) throw new Refused('The simulator wants a Stripe-Version header, so that no answer changes by itself.');
  if (!isVersion(version)) throw new Refused(`Invalid Stripe API version: ${version}`);
  if (version === PINNED || version === apiVersion) return version;
  throw new Refused(`Only the Stripe API version ${PINNED} is simulated, but the request is for ${version}.`);
}
