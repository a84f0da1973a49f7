/** One interview after it: its feedback, what was said, what it cost and why, its receipt, and how it is deleted. */
import { html, nothing, render } from '/vendor/lit.js';
import { saveFile } from '../file.js';
import { notice, problem } from '../problem.js';
import { reportText } from '../report/text.js';
import { mergeLines, watchInterview } from '../live.js';
import { readable } from '../talk.js';
import { readTranscript } from '../transcript.js';
import { feedbackPart } from './report.js';
import { following, objecting } from './report-act.js';
import { deletion } from './session-delete.js';
import { head, going } from './session-head.js';
import { leading } from './session-lead.js';
import { asking, receipt } from './session-receipt.js';
import { talk } from './session-talk.js';

const SECOND_MS = 1000;
const SETTLING_MS = [1000, 2000, 4000, 8000, 15_000]; // when to look again for what it cost; at last, every so often

/** What a printed page says of itself. */
const foot = ({ session, feedback }) => html`
  <footer class="print-foot">
    <p>${feedback?.report?.evaluatedBy.kind === 'ai' ? 'The feedback is written by AI. ' : nothing}Practice with an AI interviewer, not an
      actual job interview.</p>
    <p>${location.origin}/sessions/${session.id}</p>
  </footer>`;

const page = (state, days, act) => {
  const open = state.session.state === 'open';
  return html`
    <div class="session ${state.feedback?.state === 'scored' ? 'scored' : ''} ${open ? 'open' : 'over'}">
      <p class="back"><a href="/sessions">All interviews</a></p>
      ${head(state.session)}
      ${open ? going(state, act) : feedbackPart(state, act)}
      ${state.failure ? notice(state.failure, { act: act.readOn }) : nothing}
      ${state.shown && (state.shown.length > 0 || !open) ? talk(state, act) : nothing}
      ${open ? nothing : html`${receipt(state, act)}${deletion(state, days, act)}${foot(state)}`}
    </div>`;
};

/** `left` aborts when the page is left. */
export function mount(root, { api, config, params, learn, go, left }) {
  const address = `/api/sessions/${params.id}`;
  const state = {
    session: null, lines: null, gaps: [], shown: null, failure: null, ending: null, saving: null, removing: {},
    feedback: null, lost: null, told: '', trying: null, begun: null, now: Date.now(), saying: null, taking: null,
    found: null, current: null, receipt: null, live: null,
    standing: null, // the last one that was told, and when
  };
  let stopWatching = () => {};
  let watched = false; // once: what is over by its socket and open by its page is on its way to be over
  const draw = (change) => {
    Object.assign(state, change);
    render(state.session ? page(state, config.interview.transcriptDays, act) : nothing, root);
  };

  async function read() {
    try {
      draw({ session: await api.get(address) });
      document.title = `${state.session.jobTitle} · Vocahire`;
    } catch (error) {
      const gone = error.code === 'not_found';
      return render(gone ? problem(error, () => go('/sessions'), 'All interviews') : problem(error, read), root);
    }
    stopWatching();
    if (state.session.state === 'open' && !watched && !left.aborted) watch();
    return Promise.all([readLines(), settle(), state.session.state === 'open' ? null : act.follow()]);
  }

  function take({ lines, standing, away, over, elsewhere }) {
    if (over) {
      stopWatching();
      return void read();
    }
    if (elsewhere || away !== undefined) return draw({ live: elsewhere ? 'elsewhere' : away ? 'away' : 'on' });
    const all = mergeLines(state.lines ?? [], lines);
    const session = standing ? { ...state.session, ...standing, state: 'open', connection: standing.state } : state.session;
    const told = standing ? { standing: { ...standing, at: Date.now() } } : {};
    return draw({ live: 'on', session, ...told, lines: all, shown: readable(all) });
  }

  /** While it goes on elsewhere this page follows it, until it is left. */
  function watch() {
    watched = true;
    const stop = watchInterview({ api, id: params.id, tell: take });
    const clock = setInterval(() => draw({}), SECOND_MS);
    stopWatching = () => {
      clearInterval(clock);
      stop();
    };
    left.addEventListener('abort', stopWatching);
  }

  async function readLines() {
    draw({ failure: null });
    try {
      const { lines: read, gaps } = await readTranscript(api, params.id);
      const lines = state.live ? mergeLines(read, state.lines ?? []) : read;
      draw({ lines, gaps, shown: readable(lines) });
    } catch (failure) {
      draw({ failure });
    }
  }

  /** What it cost is written a moment after the end. */
  async function settle() {
    const unsettled = () => state.session.state === 'ended' && state.session.charged === null;
    if (!unsettled()) return;
    for (let look = 0; unsettled(); look += 1) {
      await new Promise((resolve) => setTimeout(resolve, SETTLING_MS[look] ?? SETTLING_MS.at(-1)));
      if (!root.isConnected) return;
      draw({ session: await api.get(address).catch(() => state.session) });
    }
    await api.get('/api/user').then(learn, () => {}); // the balance beside the menu
  }

  const act = {
    readOn: readLines,
    async end() {
      if (state.ending?.busy) return;
      draw({ ending: { busy: true } });
      try {
        await api.send('POST', `${address}/end`, { body: {} });
        await read();
        draw({ ending: null });
        learn(await api.get('/api/user'));
      } catch (error) {
        draw({ ending: { error } });
      }
    },
    ...following({ api, root, address, state, draw }),
    ...objecting({ api, root, address, state, draw }),
    ...leading({ root, state, draw }),
    ...asking({ api, root, address, state, draw }),
    ...saving({ api, address, state, draw }),
    ...removing({ api, root, address, state, draw, go }),
  };
  read();
}

const jsonOf = (what) => new Blob([JSON.stringify(what, null, 2)], { type: 'application/json' });

function saving({ api, address, state, draw }) {
  const own = () => {
    const { roomKey, ...session } = state.session;
    return session;
  };
  const files = {
    text: () => api.download(`${address}/transcript?format=text`, 'text/plain'),
    vtt: () => api.download(`${address}/transcript?format=vtt`, 'text/vtt'),
    /** The API gives JSON page by page, and every page is here already. */
    json: () => ({ blob: jsonOf({ ...own(), lines: state.lines, gaps: state.gaps }) }),
  };
  const reports = {
    json: () => jsonOf({ session: own(), lines: state.lines, feedback: state.feedback }),
    text: () => new Blob([reportText({ session: state.session, lines: state.shown ?? [], feedback: state.feedback,
      address: `${location.origin}/sessions/${state.session.id}` })], { type: 'text/plain' }),
  };
  const endings = { text: 'txt', vtt: 'vtt', json: 'json' };
  async function save(format) {
    draw({ saving: { said: '' } });
    try {
      const { blob, name } = await files[format]();
      saveFile(blob, name ?? `${state.session.id}.${endings[format]}`);
      draw({ saving: { said: 'The file is saved.' } });
    } catch (error) {
      draw({ saving: { said: '', error, again: () => save(format) } });
    }
  }
  function saveReport(format) {
    saveFile(reports[format](), `${state.session.id}-report.${endings[format]}`);
    draw({ told: 'The report is saved.' });
  }
  return { save, saveReport };
}

function removing({ api, root, address, state, draw, go }) {
  const box = () => root.querySelector('dialog');
  return {
    ask: () => box().showModal(),
    keep: () => state.removing.busy || box().close(),
    async remove(event) {
      event.preventDefault();
      if (state.removing.busy) return;
      draw({ removing: { busy: true } });
      try {
        // One that is gone already is what was wanted.
        await api.send('DELETE', address).catch((error) => (error.code === 'not_found' ? null : Promise.reject(error)));
        go('/sessions?deleted', { replace: true });
      } catch (error) {
        draw({ removing: { error } });
      }
    },
  };
}
