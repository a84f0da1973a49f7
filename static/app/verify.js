/** The page that checks a receipt: from the fragment of its address, which no server sees, or from what is pasted. */
import { html, nothing, render } from '/vendor/lit.js';
import { createApi } from './api.js';
import { notice } from './problem.js';
import { factsOf, fingerprint, receiptIn } from './report/receipt.js';

const at = (id) => document.querySelector(id);
const api = createApi({ token: async () => null });
let signed = null; // what the receipt on the page says, once it is known to be genuine
let turn = 0; // an answer that comes after a newer question is about another receipt

const say = (what) => render(what, at('#told'));

const fact = ({ name, value, code }) => html`<div><dt>${name}</dt><dd>${code ? html`<code>${value}</code>` : value}</dd></div>`;

function genuine(told) {
  const facts = factsOf(told);
  return html`
    <section class="verdict good">
      <h2 tabindex="-1">This receipt is genuine.</h2>
      <p>This site has signed what stands here, and no character of it has been changed since.</p>
      <dl>${facts.filter(({ code }) => !code).map(fact)}</dl>
      <details>
        <summary>The id and the fingerprints in it</summary>
        <dl>${facts.filter(({ code }) => code).map(fact)}</dl>
      </details>
    </section>`;
}

const refused = html`
  <section class="verdict bad">
    <h2 tabindex="-1">This receipt is not valid.</h2>
    <p>This site has not signed it, or a part of it was changed or is missing. It proves nothing.</p>
    <p>Often it was not copied whole: ask for the link once more, and open it as it is.</p>
  </section>`;

function forget() {
  signed = null;
  at('#compare').hidden = true;
  at('#transcript').value = '';
  render(nothing, at('#same'));
}

async function check(text) {
  const receipt = receiptIn(text);
  turn += 1;
  const mine = turn;
  forget();
  if (!receipt) return say(html`<p class="asked">Paste the receipt first.</p>`);
  say(html`<p class="asked">Checking…</p>`);
  try {
    const told = await api.send('POST', '/api/receipts/verify', { body: { receipt } });
    if (mine !== turn) return undefined;
    signed = told.valid ? told.signed : null;
    at('#compare').hidden = !signed;
    return say(signed ? genuine(signed) : refused);
  } catch (error) {
    const means = 'Whether the receipt is valid is not known yet.';
    return mine === turn ? say(notice(error, { act: () => check(text), means })) : undefined;
  }
}

const SAME = html`<p class="verdict good"><strong>It is the same transcript.</strong> No letter of it differs from the one of this
  interview.</p>`;
const OTHER = html`<p class="verdict bad"><strong>It is not the same.</strong> This file differs from the transcript of the interview:
  it was changed, or belongs to another one.</p>`;
const UNREAD = html`<p class="verdict bad"><strong>The file could not be read.</strong> Choose it again.</p>`;

async function compare({ target }) {
  const [file] = target.files;
  if (!file || !signed) return;
  const { transcriptHash } = signed;
  const own = await file.arrayBuffer().then(fingerprint).catch(() => null);
  if (signed?.transcriptHash !== transcriptHash) return; // another receipt was asked about meanwhile
  render(own === null ? UNREAD : own === transcriptHash.toLowerCase() ? SAME : OTHER, at('#same'));
}

/** A link that is opened on this very page changes the fragment alone. */
function fromAddress() {
  const receipt = receiptIn(location.hash);
  if (!receipt || location.hash === '#main') return;
  at('#receipt').value = receipt;
  check(receipt);
}

at('#check').addEventListener('submit', async (event) => {
  event.preventDefault();
  await check(at('#receipt').value);
  at('.verdict h2')?.focus(); // it stands above what was pressed
});
at('#transcript').addEventListener('change', compare);
addEventListener('hashchange', fromAddress);
fromAddress();
