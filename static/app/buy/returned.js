/** Back from Stripe: waits until our own server has heard of the payment. The address alone is never believed. */
import { createPlace } from '../place.js';
import { isPlan, nameOf, planName } from './wares.js';

const ID = /^cs_\w{1,250}$/;
const FIRST_MS = 1000;
const LONGEST_MS = 5000;
const LONG_MS = 60_000; // from here on it is said that it takes long
const VERY_LONG_MS = 600_000;
const RARELY_MS = 30_000; // some ways to pay take days: a page that was left open shall not ask every five seconds

/** What the address says: the id of a checkout, `left`, or null. */
export function askedOf(url) {
  const asked = url.searchParams.get('checkout');
  return asked === 'left' || ID.test(asked ?? '') ? asked : null;
}

/** The same address without what Stripe added to it. */
export function cleaned(url) {
  const clean = new URL(url);
  clean.searchParams.delete('checkout');
  return clean.pathname + clean.search + clean.hash;
}

/** What is waited for, for as long as the tab lasts, one for each person. */
export function checkoutPlace(storage, userId) {
  const place = createPlace(storage, `checkout:${userId}`);
  const sound = (kept) => (ID.test(kept?.id ?? '') && Number.isFinite(kept.since) ? { id: kept.id, since: kept.since } : null);
  return { ...place, read: () => sound(place.read()) };
}

/** How long until the next question, after `asked` of them. */
export const delayOf = (asked, waited) => (waited > VERY_LONG_MS ? RARELY_MS : Math.min(LONGEST_MS, FIRST_MS * 1.5 ** (asked - 1)));

/** Whether asking again would only be answered the same. */
const isFinal = ({ status, code }) => status >= 400 && status < 500 && code !== 'rate_limited';

const ofBrowser = () => ({ now: () => Date.now(), sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }) });

/**
 * `tell` hears `{phase, late, trouble, told, user, error}`: asking, waiting, done, failed, expired, left or refused. The `user` of
 * done is our own record, read after it. Once nobody is there to be told (`wanted`) it rests; what is kept goes on elsewhere.
 */
export function createReturn({ api, place, tell, wanted, env = ofBrowser() }) {
  let phase = 'asking'; // what is said while an answer fails to come: the last that was known

  async function finish(told) {
    const user = told.state === 'done' ? await api.get('/api/user').catch(() => null) : null;
    if (!wanted()) return;
    place.forget();
    tell({ phase: told.state, told, user });
  }

  /** One question; whether it is over now. */
  async function ask(waited) {
    const late = () => env.now() - waited.since >= LONG_MS;
    try {
      const told = await api.get(`/api/billing/checkouts/${waited.id}`);
      if (!wanted()) return true;
      if (told.state === 'waiting') {
        phase = 'waiting';
        tell({ phase, late: late(), trouble: false });
        return false;
      }
      await finish(told);
      return true;
    } catch (error) {
      if (!wanted()) return true;
      if (error.code === 'not_found') place.forget();
      tell(isFinal(error) ? { phase: 'refused', error } : { phase, late: late(), trouble: true });
      return isFinal(error);
    }
  }

  async function follow(waited) {
    phase = 'asking';
    tell({ phase, late: false, trouble: false });
    for (let asked = 1; wanted() && !(await ask(waited)); asked += 1) {
      await env.sleep(delayOf(asked, env.now() - waited.since));
    }
  }

  /** From what the address asked, else from what is waited for since before a reload. */
  return function start(asked) {
    if (asked === 'left') return tell({ phase: 'left' });
    const kept = place.read();
    const waited = asked && asked !== kept?.id ? { id: asked, since: env.now() } : kept;
    if (!waited) return undefined;
    place.keep(waited);
    return follow(waited);
  };
}

const bought = (told, user) => {
  const balance = user ? `You have ${user.available} VocahireCredits.` : 'Reload the page to see what you have now.';
  if (isPlan({ id: told.product })) {
    return [`Your ${planName(told.product)} has begun.`, 'It covers your interviews; they cost none of your VocahireCredits.'];
  }
  return [`You bought ${nameOf({ id: told.product, credits: told.credits })}.`, balance];
};

const LATE = 'This takes longer than usual: it may take some minutes, and a bank debit some days. You may close this page: nothing is '
  + 'lost, and it will be here.';
const TROUBLE = 'It cannot be asked for just now; we go on trying. Nothing is lost.';

const waits = (happened, { late, trouble }, usual) => [happened, [late ? LATE : usual, trouble && TROUBLE].filter(Boolean).join(' ')];

/** What happened, and what it means. */
export function returnWords(state) {
  const [happened, means] = {
    asking: () => waits('Looking up your purchase…', state, ''),
    waiting: () => waits('Waiting for Stripe to confirm the payment…', state, 'This usually takes a few seconds.'),
    done: () => bought(state.told, state.user),
    failed: () => ['Stripe could not take the payment.', 'Nothing was bought. Another card may help.'],
    expired: () => ['The page at Stripe has expired before anything was paid.', 'Nothing was bought.'],
    left: () => ['You left Stripe before paying.', 'Nothing was bought.'],
    refused: () => (state.error.code === 'not_found'
      ? ['There is no such purchase of yours.', 'If you have paid, write to support@vocahire.com: a payment is always found.']
      : ['Your purchase could not be looked up.', 'If you have paid, it is not lost. Reload the page, or sign in again.']),
  }[state.phase]();
  return { happened, means };
}
