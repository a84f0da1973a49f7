/** Whose turn it is, as the events tell. `isConfirmed`: the server has said that the response asked for is on its way. */

export const SILENCE = { isUserSpeaking: false, isInterviewerSpeaking: false, isResponding: false, isConfirmed: false };

const CHANGES = {
  'person-began': { isUserSpeaking: true },
  'person-ended': { isUserSpeaking: false },
  'voice-began': { isInterviewerSpeaking: true },
  'voice-ended': { isInterviewerSpeaking: false },
  'response-began': { isResponding: true, isConfirmed: true },
  'response-ended': { isResponding: false, isConfirmed: false },
};

/** What an event changes. */
export function changesOf({ what }, { isConfirmed }) {
  if (what === 'trouble') return isConfirmed ? {} : { isResponding: false }; // what was asked for will not come
  return CHANGES[what] ?? {};
}

/** @returns {'paused' | 'away' | 'interviewer' | 'you' | 'writing' | 'thinking' | 'yours'} */
export function turnOf({ isBroken = false, paused = false, isInterviewerSpeaking, isUserSpeaking, isResponding, typed }) {
  if (isBroken) return 'away';
  if (paused) return 'paused';
  if (isInterviewerSpeaking) return 'interviewer';
  if (isUserSpeaking) return 'you';
  if (isResponding) return typed ? 'writing' : 'thinking';
  return 'yours';
}

/** The interviewer's first sound, or first written word: what everybody has been waiting for. */
export const isFirstOutput = ({ what, speaker }, typed) =>
  what === 'voice-began' || (typed && speaker === 'interviewer' && ['part', 'whole'].includes(what));

/** Whether the person's microphone is to be heard. */
export const isHeard = ({ paused, pushToTalk, talking, muted }) => !paused && (pushToTalk ? talking : !muted);
