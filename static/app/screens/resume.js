/** The resume: it is taken in, kept, looked through by an AI if one wishes, and deleted. */
import { html, nothing, render } from '/vendor/lit.js';
import { notice } from '../problem.js';
import { isFresh } from '../resume/link.js';
import { takeText } from '../resume/take.js';
import { faultOf } from '../resume/text.js';
import { Trouble } from '../resume/trouble.js';
import { kept } from './resume-kept.js';
import { chooser, reading, review } from './resume-take.js';

const RESUME = '/api/resume';
const SEND_LIMIT_MS = 180_000; // ten megabytes over a slow line, or a service that reads pictures
const ANALYSIS_LIMIT_MS = 75_000;
const SLOW_MS = 12_000;

const happens = html`
  <section class="happens" aria-labelledby="happens">
    <h2 id="happens">What happens with it</h2>
    <ul>
      <li><strong>You see it first.</strong> Your browser takes the text out of the file, and shows it to you before anything is sent.</li>
      <li><strong>It is kept privately,</strong> for you alone, until you delete it.</li>
      <li><strong>The interviewer reads it only if you say so</strong> in the lobby. The text then goes to OpenAI, whose model that is.</li>
      <li><strong>The analysis is made by AI,</strong> OpenAI’s too, and only when you ask for it. Your name, addresses and phone number
        are removed before, as far as a program finds them; other names, towns, employers, schools and dates stay.</li>
    </ul>
  </section>`;

const FRESH = { step: 'rest', file: null, text: '', page: null, trouble: null, fault: null, saving: null, agreed: false, over: false };

const body = (state, act) => {
  if (state.step === 'reading') return reading(state, act);
  if (state.step === 'review') return review(state, act);
  return state.resume && state.step === 'rest' ? kept(state, act) : chooser(state, act);
};

const page = (state, act) => html`
  <div class="resume">
    <h1 tabindex="-1">Your resume</h1>
    <p class="said" role="status">${state.said}</p>
    ${!state.known || state.resume || state.step !== 'rest' ? nothing
      : html`<p class="lead">Keep it here, and your interviewer can ask about what you have really done.</p>`}
    <div class="work">
      ${state.known ? body(state, act) : nothing}
      ${state.failure ? notice(state.failure, { act: act.read }) : nothing}
    </div>
    ${happens}
  </div>`;

export function mount(root, { api }) {
  const state = { ...FRESH, known: false, resume: null, convert: false, heardAt: 0, said: '', unread: false };
  const draw = (change) => {
    Object.assign(state, change);
    render(page(state, act), root);
  };
  const focus = (selector) => root.querySelector(selector)?.focus();
  const hear = ({ resume, convert }) => ({ resume, convert, known: true, heardAt: Date.now() });

  const act = {
    async read() {
      draw({ failure: null, said: 'Opening…' });
      try {
        draw({ ...hear(await api.get(RESUME)), said: '' });
      } catch (failure) {
        draw({ failure, said: '' });
      }
    },
    ...taking({ state, draw, focus }),
    ...keeping({ api, state, draw, hear, focus }),
    ...using({ api, state, draw, hear, focus }),
    ...removing({ api, root, state, draw, focus }),
  };
  drops(root, state, draw, act);
  act.read();
}

/** From a file, or from nothing, to a text that can be looked at. */
function taking({ state, draw, focus }) {
  let run = new AbortController(); // of the reading that counts

  async function take(file) {
    run.abort(); // one that still goes on is not wanted any more
    run = new AbortController();
    const { signal } = run;
    draw({ ...FRESH, step: 'reading', file, said: '' });
    focus('#reading');
    try {
      const text = await takeText(file, { signal, onPage: (number, of) => signal.aborted || draw({ page: { number, of } }) });
      if (signal.aborted) return;
      draw({ step: 'review', text });
      focus('#review');
    } catch (error) {
      if (signal.aborted) return;
      draw({ step: 'choose', trouble: error instanceof Trouble ? error : new Trouble('broken') });
      focus('h1');
    }
  }

  return {
    take,
    choose({ target }) {
      const [file] = target.files;
      target.value = ''; // the same one may be chosen again, once it is mended
      if (file) take(file);
    },
    stop() {
      run.abort();
      draw({ ...FRESH, step: state.resume ? 'choose' : 'rest' });
      focus('h1');
    },
    type() {
      draw({ ...FRESH, step: 'review', text: state.resume?.text ?? '' });
      focus('#text');
    },
    edit: ({ target }) => draw({ text: target.value, fault: state.fault && faultOf(target.value) }),
    replace() {
      draw({ ...FRESH, step: 'choose', said: '' });
      focus('h1');
    },
    rest() {
      if (state.saving?.busy) return;
      draw({ ...FRESH, step: state.resume && state.file ? 'choose' : 'rest' });
      focus('h1');
    },
  };
}

/** File and text go together, once they were looked at; a picture goes without text, if that was agreed to. */
function keeping({ api, state, draw, hear, focus }) {
  async function send(fields, said, converted) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    if (state.file) form.append('file', state.file, state.file.name);
    draw({ saving: { busy: true, said } });
    try {
      const told = await api.send('POST', RESUME, { body: form, limitMs: SEND_LIMIT_MS });
      draw({ ...FRESH, ...hear(told), unread: converted, said: converted
        ? 'PDF.co has read it. Look over the text: letters read off a picture are sometimes wrong.' : 'Your resume is kept.' });
      focus('h1');
    } catch (error) {
      draw({ saving: { error } });
    }
  }

  return {
    keep(event) {
      event.preventDefault();
      if (state.saving?.busy) return undefined;
      const fault = faultOf(state.text);
      if (fault) {
        draw({ fault });
        return focus('#text');
      }
      return send({ text: state.text.trim() }, 'Sending it…', false);
    },
    agree: ({ target }) => draw({ agreed: target.checked }),
    convert(event) {
      event.preventDefault();
      if (!state.agreed || state.saving?.busy) return undefined;
      return send({ text: '', convert: 'yes' }, 'PDF.co is reading it. It may take a minute or two.', true);
    },
  };
}

/** The file itself, and what an AI makes of the text. */
function using({ api, state, draw, hear, focus }) {
  return {
    /** A link that has run out is asked for anew, and followed then. */
    async open(event) {
      if (isFresh(state.resume, state.heardAt, Date.now())) return;
      event?.preventDefault();
      if (state.fetching?.said) return;
      draw({ fetching: { said: 'Opening…' } });
      try {
        draw({ ...hear(await api.get(RESUME)), fetching: null });
        const { link, name } = state.resume ?? {};
        if (link) Object.assign(document.createElement('a'), { href: link, download: name ?? '' }).click();
      } catch (error) {
        draw({ fetching: { error } });
      }
    },
    async analyse() {
      if (state.analysing?.busy) return;
      draw({ analysing: { busy: true }, said: '' });
      if (document.activeElement === document.body) focus('#analysis'); // the button was that of a failure, and is gone
      const slow = setTimeout(() => draw({ analysing: { busy: true, slow: true } }), SLOW_MS);
      try {
        const told = await api.send('POST', `${RESUME}/analysis`, { body: {}, limitMs: ANALYSIS_LIMIT_MS });
        draw({ ...hear(told), analysing: null, said: 'The analysis is there.' });
      } catch (error) {
        draw({ analysing: { error } });
      } finally {
        clearTimeout(slow);
      }
    },
  };
}

function removing({ api, root, state, draw, focus }) {
  const box = () => root.querySelector('dialog');
  return {
    ask: () => box().showModal(),
    spare: () => state.removing?.busy || box().close(),
    async remove(event) {
      event.preventDefault();
      if (state.removing?.busy) return;
      draw({ removing: { busy: true } });
      try {
        // One that is gone already is what was wanted.
        await api.send('DELETE', RESUME).catch((error) => (error.code === 'not_found' ? null : Promise.reject(error)));
        box().close();
        draw({ ...FRESH, resume: null, removing: null, analysing: null, said: 'Your resume is deleted.' });
        focus('h1');
      } catch (error) {
        draw({ removing: { error } });
      }
    },
  };
}

/** A file may be dropped anywhere on the screen: missing the frame must not make the browser leave the page. */
function drops(root, state, draw, act) {
  const brings = ({ dataTransfer }) => dataTransfer.types.includes('Files');
  root.addEventListener('dragover', (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    if (!state.over) draw({ over: true });
  });
  root.addEventListener('dragleave', ({ relatedTarget }) => root.contains(relatedTarget) || draw({ over: false }));
  root.addEventListener('drop', (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    draw({ over: false });
    if (!state.known || state.saving?.busy || state.removing?.busy) return;
    const [file, ...more] = event.dataTransfer.files;
    if (more.length > 0) draw({ ...FRESH, step: 'choose', trouble: new Trouble('several') });
    else if (file) act.take(file);
  });
}
