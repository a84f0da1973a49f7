/** One interview after it: what it was, what it cost and why, what was said, and how it is deleted. */
import { html, nothing, render } from '/vendor/lit.js';
import { saveFile } from '../file.js';
import { notice, problem } from '../problem.js';
import { deletion } from './transcript-delete.js';
import { head, going } from './transcript-head.js';
import { talk } from './transcript-talk.js';

const PAGE = 200;
const SETTLING_MS = [1000, 2000, 4000, 8000, 15_000]; // when to look again for what it cost; at last, every so often

const page = (state, days, act) => {
  const open = state.session.state === 'open';
  return html`
    <div class="transcript">
      <p class="back"><a href="/sessions">All interviews</a></p>
      ${head(state.session)}
      ${open ? going(state, act) : nothing}
      ${state.failure ? notice(state.failure, { act: act.readOn }) : nothing}
      ${state.lines && (state.lines.length > 0 || !open) ? talk(state, act) : nothing}
      ${open ? nothing : deletion(state, days, act)}
    </div>`;
};

export function mount(root, { api, config, params, learn, go }) {
  const address = `/api/sessions/${params.id}`;
  const state = { session: null, lines: null, failure: null, ending: null, saving: null, removing: {} };
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
    return Promise.all([readLines(), settle()]);
  }

  async function readLines() {
    draw({ failure: null });
    const lines = [];
    let after = null;
    try {
      do {
        const asked = new URLSearchParams({ format: 'json', limit: String(PAGE), ...(after !== null && { after }) });
        const more = await api.get(`${address}/transcript?${asked}`);
        lines.push(...more.lines);
        after = more.next;
      } while (after !== null);
      draw({ lines });
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
    ...saving({ api, address, state, draw }),
    ...removing({ api, root, address, state, draw, go }),
  };
  read();
}

function saving({ api, address, state, draw }) {
  const files = {
    text: () => api.download(`${address}/transcript?format=text`, 'text/plain'),
    vtt: () => api.download(`${address}/transcript?format=vtt`, 'text/vtt'),
    /** The API gives JSON page by page, and every page is here already. */
    json: () => {
      const { roomKey, ...session } = state.session;
      return { blob: new Blob([JSON.stringify({ ...session, lines: state.lines }, null, 2)], { type: 'application/json' }) };
    },
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
  return { save };
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
