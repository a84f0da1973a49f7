// The items of a conversation in their order, and the events that tell of them.

import { newId } from './ids.mjs';
import { Refused } from './refuse.mjs';

export function makeConversation(send) {
  let items = [];

  const find = (id) => items.find((item) => item.id === id);
  const unknown = (deed, id) => new Refused(`Error ${deed} item: the item with id '${id}' does not exist.`, {
    code: `item_${DEEDS[deed]}_invalid_item_id`, param: 'item_id',
  });
  const mustFind = (deed, id) => {
    const item = find(id);
    if (!item) throw unknown(deed, id);
    return item;
  };

  return {
    id: newId('conv'),
    items: () => items,
    lastId: () => items.at(-1)?.id ?? null,

    /** Puts an item behind `previous`, or last, or first for `root`; `done` where nothing more will come of it. */
    add(item, { previous, done = true } = {}) {
      const at = previous === undefined ? items.length : placeAfter(items, previous);
      items = items.toSpliced(at, 0, item);
      const place = { previous_item_id: items[at - 1]?.id ?? null, item: told(item) };
      send('conversation.item.added', place);
      if (done) send('conversation.item.done', place);
    },

    done(item) {
      const before = items[items.indexOf(item) - 1];
      send('conversation.item.done', { previous_item_id: before?.id ?? null, item: told(item) });
    },

    remove(id) {
      mustFind('deleting', id);
      items = items.filter((item) => item.id !== id);
      send('conversation.item.deleted', { item_id: id });
    },

    retrieve(id) {
      send('conversation.item.retrieved', { item: told(mustFind('retrieving', id)) });
    },

    /** What was not heard is forgotten, words and all. */
    truncate({ item_id: id, content_index: index, audio_end_ms: ms }) {
      const item = mustFind('truncating', id);
      const part = item.content[index];
      if (item.role !== 'assistant' || part?.type !== 'output_audio') {
        throw new Refused('Only model output audio messages can be truncated.', { code: 'invalid_value', param: 'item_id' });
      }
      if (ms > item.ms) {
        throw new Refused(`Audio content of ${item.ms}ms is already shorter than ${ms}ms`, {
          code: 'invalid_value', param: 'audio_end_ms',
        });
      }
      Object.assign(item, { ms });
      delete part.transcript;
      send('conversation.item.truncated', { item_id: id, content_index: index, audio_end_ms: ms });
    },
  };
}

const DEEDS = { deleting: 'delete', retrieving: 'retrieve', truncating: 'truncate' };

function placeAfter(items, previous) {
  if (previous === 'root') return 0;
  const at = items.findIndex((item) => item.id === previous);
  if (at !== -1) return at + 1;
  throw new Refused(`Previous item with id '${previous}' does not exist.`, { code: 'invalid_value', param: 'previous_item_id' });
}

/** An item as events show it: `ms`, the length of its sound, is for ourselves. */
export const told = ({ ms, ...item }) => structuredClone(item);

const message = (id, role, status, content, ms) => ({ id, object: 'realtime.item', type: 'message', status, role, content, ms });

export const userSpeech = (id, ms) => message(id, 'user', 'completed', [{ type: 'input_audio', transcript: null }], ms);
export const assistantMessage = () => message(newId('item'), 'assistant', 'in_progress', [], 0);
