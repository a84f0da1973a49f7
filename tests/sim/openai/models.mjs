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

const TEXT_MODELS = ['gpt-6-luna', 'gpt-6-sol', 'gpt-5.6-luna'];
const SHUTDOWN = {
  '2027-01-20': REALTIME_MODELS.slice(4),
  '2027-02-26': TRANSCRIPTION_MODELS.slice(3),
};

export function modelsAnswer(request, key) {
  authorize(request, key);
  const data = [...REALTIME_MODELS, ...TRANSCRIPTION_MODELS, ...TEXT_MODELS].map((id) => {
    const row = { id, object: 'model', created: 1_760_000_000, owned_by: 'system' };
    const date = Object.keys(SHUTDOWN).find((day) => SHUTDOWN[day].includes(id));
    return date ? { ...row, shutdown_date: date } : row;
  });
  return json(200, { object: 'list', data }, { 'x-request-id': requestId() });
}
