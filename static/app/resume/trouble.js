/** Why a file could not be taken: `code` names the words for it, `details` what they need. */
export class Trouble extends Error {
  constructor(code, details = {}) {
    super(code);
    this.name = 'Trouble';
    Object.assign(this, { code, details });
  }
}

export const BYTES_LIMIT = 10 * 1024 * 1024;
export const PAGES_LIMIT = 50;
export const CHARACTERS_LIMIT = 100_000;
export const TIME_LIMIT_MS = 20_000;
