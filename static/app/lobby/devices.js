/** The devices of the lobby: what state the microphone is in, which ones there are, and its stream. */
import { closeStream, openMicrophone } from '../microphone.js';

/** Those of a kind that can be told apart; before the permission is given they have no names. */
export function devicesOf(list, kind) {
  const named = list.filter((one) => one.kind === kind && one.deviceId && one.label);
  return named.map(({ deviceId, label }) => ({ id: deviceId, name: label.replace(/ \([0-9a-f]{4}:[0-9a-f]{4}\)$/, '') }));
}

export const UNASKED = { state: 'unasked', microphones: [], speakers: [], chosen: null, stream: null };

/**
 * `tell` hears `{state, microphones, speakers, chosen, stream}` after each change: asking and live are states of it, and
 * every reason why there is none. `env` is what the browser has.
 */
export function createDevices(tell, env = navigator) {
  let told = UNASKED;
  let turn = 0;
  const devices = env.mediaDevices;
  const say = (more) => {
    told = { ...told, ...more };
    tell(told);
  };

  async function list() {
    const all = await devices.enumerateDevices();
    say({ microphones: devicesOf(all, 'audioinput'), speakers: devicesOf(all, 'audiooutput') });
  }

  /** Asks for the microphone, which may put the browser's question to the person. */
  async function open(id = told.chosen) {
    turn += 1;
    const mine = turn;
    closeStream(told.stream);
    say({ state: 'asking', stream: null });
    try {
      const stream = await openMicrophone({ deviceId: id, env });
      if (mine !== turn) return closeStream(stream);
      const [track] = stream.getAudioTracks();
      track.addEventListener('ended', () => told.stream === stream && open(null)); // unplugged: whichever is left
      say({ state: 'live', stream, chosen: track.getSettings().deviceId ?? id });
    } catch (error) {
      return mine === turn ? say({ state: error.code.replace('microphone_', ''), stream: null }) : undefined;
    }
    return list();
  }

  const changed = () => (told.state === 'none' ? open(null) : list());

  let allowed = null; // what the browser says of its permission, where it says so
  const follow = () => {
    if (allowed.state === 'granted' && told.state !== 'live') return open();
    return allowed.state === 'denied' ? say({ state: 'denied' }) : undefined;
  };

  /** Opens it at once if that asks nobody anything, and follows what is allowed from now on. */
  async function start() {
    say({ state: devices?.getUserMedia ? 'unasked' : 'missing' });
    if (told.state === 'missing') return undefined;
    devices.addEventListener('devicechange', changed);
    const mine = turn;
    allowed = await env.permissions?.query({ name: 'microphone' }).catch(() => null);
    if (!allowed || mine !== turn) return undefined;
    allowed.addEventListener('change', follow);
    return follow();
  }

  /** The end: whoever was handed the stream goes on with it, else it is switched off. */
  function leave({ keepStream = false } = {}) {
    turn += 1;
    devices?.removeEventListener('devicechange', changed);
    allowed?.removeEventListener('change', follow);
    if (!keepStream) closeStream(told.stream);
    told = { ...told, stream: null };
  }

  return { start, open, leave };
}
