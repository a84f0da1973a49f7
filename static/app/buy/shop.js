/** The shop: what is sold to this person now, what is chosen, and the ways to Stripe. It knows no page. */
import { isUnsure } from '../api.js';
import { createWish } from '../wish.js';
import { chosenOf } from './wares.js';

export const FRESH = {
  phase: 'idle', told: null, error: null, // idle, loading, open, failed, or closed where nothing is sold at all
  chosen: null, agreed: false, unagreed: false, busy: false, said: '', failure: null,
  portal: { busy: false, error: null },
};

const CHANGED = 'The terms have changed meanwhile. Read them, tick the box, and press again. Nothing was bought.';

/**
 * `tell` hears the whole state after each change. `returnTo` is the page that Stripe leads back to.
 * @param {{ api: any, returnTo: string, tell: (state: any) => void, leave?: (url: string) => void, makeKey?: () => any }} env
 */
export function createShop({ api, returnTo, tell, leave = (url) => location.assign(url), makeKey }) {
  const wish = createWish(makeKey);
  let state = FRESH;
  const say = (more) => {
    state = { ...state, ...more };
    tell(state);
  };

  async function load() {
    say({ phase: state.told ? 'open' : 'loading', error: null });
    try {
      const told = await api.get('/api/billing/products');
      // A yes is to the version that was read.
      const agreed = state.agreed && state.told?.terms.version === told.terms.version;
      say({ phase: 'open', told, agreed, chosen: chosenOf(told.products, state.chosen) });
    } catch (error) {
      say(error.code === 'not_configured' ? { phase: 'closed' } : { phase: 'failed', error });
    }
  }

  /** What was refused is looked up again: what is sold to this person, or the terms, are others now. */
  async function refused(failure, sent) {
    await load();
    if (failure.code !== 'bad_request' || state.phase !== 'open') return say({ busy: false, said: '', failure });
    const { version, accepted } = state.told.terms;
    if (accepted || version === sent.terms) return say({ busy: false, said: '', failure });
    return say({ busy: false, agreed: false, unagreed: true, said: CHANGED });
  }

  async function send(body) {
    say({ busy: true, failure: null, unagreed: false, said: 'Opening Stripe…' });
    try {
      const { url } = await api.send('POST', '/api/billing/checkout', { body, headers: { 'idempotency-key': wish.keyFor(body) } });
      leave(url);
      say({ busy: false }); // should Stripe not open, the same click again leads to the same checkout
    } catch (failure) {
      // What Stripe itself has failed at it fails at by the same key for a day.
      if (isUnsure(failure) && failure.code !== 'provider_error') return say({ busy: false, said: '', failure });
      wish.settled();
      if (failure.code === 'bad_request' || failure.code === 'conflict') return refused(failure, body);
      return say({ busy: false, said: '', failure });
    }
    return undefined;
  }

  /** Whether it went on its way; without a yes to the terms it does not. */
  function buy() {
    const { told, chosen, agreed, busy } = state;
    if (busy || !chosen) return undefined;
    const { accepted, version } = told.terms;
    if (!accepted && !agreed) {
      return say({ unagreed: true, failure: null, said: 'Nothing is bought before you agree to the terms: tick the box first.' });
    }
    return send({ product: chosen, returnTo, terms: accepted ? null : version });
  }

  async function manage() {
    if (state.portal.busy) return;
    say({ portal: { busy: true, error: null } });
    try {
      const { url } = await api.send('POST', '/api/billing/portal', { body: { returnTo } });
      leave(url);
    } catch (error) {
      say({ portal: { busy: false, error } });
    }
  }

  return {
    load,
    buy,
    manage,
    choose: (chosen) => say({ chosen, failure: null, said: '' }),
    agree: (agreed) => say({ agreed, unagreed: false, said: '' }),
  };
}

/** What a checkout that was not begun means for the money. */
export function boughtNothing(failure) {
  if (isUnsure(failure)) return 'Nothing was bought: you pay only on the page of Stripe. Press the button again.';
  if (failure.code === 'conflict') return 'Nothing was bought. What you can buy now stands here.';
  return 'Nothing was bought.';
}
