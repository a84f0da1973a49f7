/** The interview that this tab is in, by its id, so that it knows after a reload. */
import { createPlace } from '../place.js';

export const markPlace = (storage, userId) => createPlace(storage, `interview-under-way:${userId}`);
