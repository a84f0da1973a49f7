/** A link that is good for some minutes: followed while it lasts, and asked for anew after that. */

const SPARE_MS = 15_000; // it must last until the file has begun to come
const LIFE_MS = 5 * 60_000;

/** `heardAt` is when the answer came: a clock that is wrong must not make an old link look new. */
export const isFresh = ({ link, linkExpiresAt }, heardAt, now) =>
  Boolean(link) && now < Date.parse(linkExpiresAt) - SPARE_MS && now < heardAt + LIFE_MS - SPARE_MS;
