/** An interview that goes on without this page: what is offered, and how the page comes into it. */
import { html, nothing } from '/vendor/lit.js';
import { messageOf } from '../interview/transcript.js';
import { PART, minutesLeft } from '../interview/words.js';
import { notice } from '../problem.js';
import { NO_RETURN, readable } from '../talk.js';
import { readTranscript } from '../transcript.js';

/** What the room needs to go on with it, or null if nobody can. What cannot be read is left out: the talk matters more. */
export async function readTaken(api, id, { config }) {
  const session = await api.get(`/api/sessions/${id}`);
  if (session.state !== 'open' || session.reconnectsLeft === 0) return null;
  const [{ lines }, iceServers, held] = await Promise.all([
    readTranscript(api, id).catch(() => ({ lines: [] })),
    api.get('/api/ice-servers').then((answer) => answer.iceServers, () => config.iceServers),
    api.get('/api/user').then((user) => user.held),
  ]);
  const { jobTitle, allowanceSeconds, patience, roomKey, connect, speaks } = session;
  return {
    id, jobTitle, roomKey, connect, held, iceServers, typed: speaks === false, patience,
    allowanceMs: allowanceSeconds * 1000,
    lines: readable(lines).map(messageOf),
  };
}

/** Whether the page may go on by itself: the browser then asks nobody anything. */
export async function mayListen(env = navigator) {
  const allowed = await env.permissions?.query({ name: /** @type {any} */ ('microphone') }).catch(() => null);
  return allowed?.state === 'granted';
}

/** `going` is the session as the server knows it, once it is read. */
export function offer({ id, going, ending }, act) {
  const mayReturn = going?.reconnectsLeft !== 0;
  return html`
    <div class="notice" role="alert">
      <p><strong>Your interview is still going on${going ? `, ${minutesLeft(going.remainingMs)}` : nothing}.</strong>
        ${going ? html`It is about “${going.jobTitle}”. ` : nothing}${mayReturn ? nothing : NO_RETURN} Only one can run
        at a time. ${PART}</p>
      ${ending?.error ? notice(ending.error) : nothing}
      <p class="ways">
        ${mayReturn ? html`<button class="button primary" type="button" @click=${() => act.goOn(id)}>Go on</button>` : nothing}
        <button class="button" type="button" aria-disabled=${Boolean(ending?.busy)}
          @click=${() => ending?.busy || act.end(id)}>${ending?.busy ? 'Ending it…' : 'End it'}</button>
        <a href=${`/sessions/${id}`}>Look at it</a>
      </p>
    </div>`;
}
