// The other end of an interview, inside the page itself: our server's answers, and an interviewer that is a second peer.

import { mountRoom } from '/app/screens/room.js';

const MINUTES = 30;

/** A peer with a voice: a tone that is switched on while it speaks. */
class Interviewer {
  #pc = new RTCPeerConnection();
  #channel = null;
  #gain = null;
  heard = [];

  async answer(sdp) {
    const context = new AudioContext();
    const tone = context.createOscillator();
    this.#gain = new GainNode(context, { gain: 0 });
    const out = context.createMediaStreamDestination();
    tone.connect(this.#gain).connect(out);
    tone.start();
    this.#pc.addTrack(out.stream.getAudioTracks()[0], out.stream);
    this.#pc.ondatachannel = ({ channel }) => {
      this.#channel = channel;
      channel.onmessage = ({ data }) => this.heard.push(JSON.parse(data));
    };
    await this.#pc.setRemoteDescription({ type: 'offer', sdp });
    await this.#pc.setLocalDescription();
    if (this.#pc.iceGatheringState !== 'complete') {
      await new Promise((resolve) => {
        this.#pc.onicegatheringstatechange = () => this.#pc.iceGatheringState === 'complete' && resolve();
      });
    }
    return this.#pc.localDescription.sdp;
  }

  send(...events) { events.forEach((event) => this.#channel.send(JSON.stringify(event))); }

  voice(on) {
    this.#gain.gain.value = on ? 0.6 : 0;
    this.send({ type: on ? 'output_audio_buffer.started' : 'output_audio_buffer.stopped', response_id: 'r1' });
  }

  line(id, after, role, text) {
    const type = role === 'user' ? 'conversation.item.input_audio_transcription.completed' : 'response.output_audio_transcript.done';
    this.send({ type: 'conversation.item.added', previous_item_id: after, item: { id, type: 'message', role, content: [] } },
      { type, item_id: id, response_id: `r_${id}`, transcript: text });
  }

  hangUp() { this.#channel.close(); }

  /** Gone without a word. */
  vanish() { this.#pc.close(); }
}

const stage = {
  calls: [],
  interviewers: [],
  answer: {
    state: 'live', remainingMs: MINUTES * 60_000 - 100_000, relay: false, wrapUp: false, withdrawn: null, ended: null, paused: false,
    pauseLeftMs: 180_000,
  },
  resume: null,
  connects: 0, // calls of before
  over: { ending: 'ended_by_user', heardSeconds: 100, charged: '0.05', rule: 'You pay for the part you heard.' },
  done: [],
  back: [],
  takenBack: [],
  faults: {}, // by the last word of a route: what each call in turn fails with
  get interviewer() { return this.interviewers.at(-1); },
};

const ROUTES = {
  'realtime-session': () => ({ id: 'ses_1', token: 't', model: 'm', iceServers: [], allowanceSeconds: MINUTES * 60, held: '1.00' }),
  'webrtc-exchange': async ({ sdp }) => {
    const interviewer = new Interviewer();
    stage.interviewers.push(interviewer);
    const connect = stage.connects + stage.interviewers.length;
    return { sdp: await interviewer.answer(sdp), roomKey: `k${connect}`, resume: stage.resume, connect };
  },
  heartbeat: () => stage.answer,
  transcript: ({ batch }) => ({ batch }),
  patience: (body) => body,
  pause: ({ paused }) => (stage.answer = { ...stage.answer, paused }),
  end: () => ({ ...stage.answer, state: 'ended', ended: stage.over }),
};

async function send(method, path, { body, key } = {}) {
  const route = path.split('/').at(-1);
  stage.calls.push({ route, body, key });
  const fault = stage.faults[route]?.shift();
  if (fault) throw Object.assign(new Error(fault.code), { details: {}, requestId: 'req_0123456789abcdef', ...fault });
  return ROUTES[route](body);
}

stage.mount = (wish = {}, devices = {}, more = {}) => {
  const root = document.createElement('div');
  root.className = 'screen';
  document.querySelector('#main').replaceChildren(root);
  stage.room = mountRoom(root, {
    api: { send },
    wish: { jobTitle: 'Baker in a very small town', ...wish },
    devices: { stream: null, deviceId: null, typed: false, ...devices },
    onDone: (id) => stage.done.push(id),
    onBack: (how) => stage.back.push(how),
    onTakeBack: (id) => stage.takenBack.push(id),
    ...more,
  });
};

window.stage = stage;
