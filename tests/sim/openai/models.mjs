// The models and voices that the stand-in knows, and when the vendor takes models away.

import { json } from '../http.mjs';
import { authorize, requestId } from './refuse.mjs';

export const REALTIME_MODELS = [
  'gpt-realtime-2.1', 'gpt-realtime-2.1-mini', 'gpt-realtime-2', 'gpt-realtime-1.5',
  'gpt-realtime', 'gpt-realtime-2025-08-28', 'gpt-realtime-mini', 'gpt-realtime-mini-2025-12-15', 'gpt-audio-mini',
];
export const TRANSCRIPTION_MODELS = [
  'gpt-transcribe', 'gpt-live-transcribe', 'gpt-realtime-whisper',
  'gpt-4o-transcribe', 'gpt-4o-mini-transcribe', 'gpt-4o-transcribe-diarize', 'whisper-1',
];
export const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', 'cedar'];

const EFFORTS = ['none', 'low', 'medium', 'high', 'xhigh', 'max'];

/** What writes text, each with how hard it can think; none where it does not think before it writes. */
export const TEXT_MODELS = {
  'gpt-6-luna': EFFORTS, 'gpt-6-sol': EFFORTS, 'gpt-6.1-sol': EFFORTS, 'gpt-6.1-terra': EFFORTS,
  'gpt-5.6-luna': EFFORTS, 'gpt-5.6-terra': EFFORTS, 'gpt-5.6-sol': EFFORTS,
  'gpt-5.1': ['none', 'low', 'medium', 'high'],
  ...Object.fromEntries(['gpt-5', 'gpt-5-mini', 'gpt-5-nano'].map((id) => [id, ['minimal', 'low', 'medium', 'high']])),
  o3: ['low', 'medium', 'high'],
  'gpt-4.1': [], 'gpt-4.1-mini': [], 'gpt-4o': [], 'gpt-4o-mini': [],
};

const SHUTDOWN = {
  '2026-12-11': ['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'o3'],
  '2027-01-14': ['gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini'],
  '2027-01-20': REALTIME_MODELS.slice(4),
  '2027-02-26': TRANSCRIPTION_MODELS.slice(3),
  '2027-04-01': ['gpt-5.1'],
};

/** `shutdown` says of some models on which day they go (null: none is known), `gone` which are on the list no more. */
export function modelsAnswer(request, key, { shutdown = {}, gone = [] } = {}) {
  authorize(request, key);
  const all = [...REALTIME_MODELS, ...TRANSCRIPTION_MODELS, ...Object.keys(TEXT_MODELS)];
  const data = all.filter((id) => !gone.includes(id)).map((id) => {
    const row = { id, object: 'model', created: 1_760_000_000, owned_by: 'system' };
    const date = Object.hasOwn(shutdown, id) ? shutdown[id] : Object.keys(SHUTDOWN).find((day) => SHUTDOWN[day].includes(id));
    return date ? { ...row, shutdown_date: date } : row;
  });
  return json(200, { object: 'list', data }, { 'x-request-id': requestId() });
}
