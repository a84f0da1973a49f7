// The two pages that a person sees at Stripe: plain forms, without scripts.

import { BadRequest } from '../http.mjs';
import { escape } from '../page.mjs';
import { sessionOf } from './checkout.mjs';
import { pay } from './checkout-pay.mjs';
import { decodeForm } from './form.mjs';
import { manage, plans } from './portal.mjs';
import { Refused } from './refuse.mjs';
import { subscriptionsOf } from './subscriptions.mjs';

const STYLE = `body { font: 16px/1.5 sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff }
button, input, select { font: inherit; padding: .4rem .8rem; margin: .2rem .4rem .2rem 0 }
section { border-top: 1px solid #767676 } .wrong { color: #a00000 }`;

const BUTTONS = [['card', 'Pay'], ['later', 'Pay later (delayed method)'], ['declined', 'Card is declined']];

export function pageRoutes(house) {
  return [
    ['GET', '/stripe/pay/:id', 'pay_page', (request, { id }) => shown(() => checkoutPage(house, sessionOf(house, id)))],
    ['POST', '/stripe/pay/:id', 'pay', (request, { id }) => shown(() => paying(house, id, decodeForm(request.body)))],
    ['GET', '/stripe/portal/:id', 'portal_page', (request, { id }) => shown(() => portalPage(house, portalOf(house, id)))],
    ['POST', '/stripe/portal/:id', 'manage', (request, { id }) => shown(() => managing(house, id, decodeForm(request.body)))],
  ];
}

/** People are told in a page why it does not go on. */
function shown(run) {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Refused || error instanceof BadRequest)) throw error;
    return html(error.status ?? 400, 'That did not work', `<p role="alert" class="wrong">${escape(error.message)}</p>`);
  }
}

function paying(house, id, { action, email, terms }) {
  const session = sessionOf(house, id);
  if (action === 'back') return seeOther(session.cancel_url ?? `/stripe/pay/${id}`);
  if (session.consent_collection?.terms_of_service === 'required' && terms !== 'accepted') {
    return checkoutPage(house, session, 'Agree to the terms of service to go on.');
  }
  pay(house, { id, how: action, ...(email && { email }) });
  if (action === 'declined') return checkoutPage(house, session, 'Your card was declined.');
  return seeOther(wayBack(session));
}

const wayBack = ({ success_url: url, id }) => url.replaceAll('{CHECKOUT_SESSION_ID}', id);

function checkoutPage(house, session, wrong) {
  if (session.status === 'expired') return html(410, 'This payment page has expired', link(session.cancel_url, 'Back'));
  if (session.status === 'complete') return html(200, 'This has been paid', link(wayBack(session), 'Go on'));
  const items = house.lineItems.get(session.id).map(({ price, quantity, amount_total: amount }) => {
    const { name } = house.book.find('product', price.product);
    return `<li>${quantity} × ${escape(name)}: ${money(amount, price.currency)}${often(price)}</li>`;
  });
  const known = house.book.find('customer', session.customer)?.email ?? session.customer_email;
  const email = known
    ? `<p>${escape(known)}</p>`
    : '<p><label>Email <input type="email" name="email" value="buyer@example.test" required autocomplete="email"></label></p>';
  const terms = session.consent_collection?.terms_of_service === 'required'
    ? '<p><label><input type="checkbox" name="terms" value="accepted" required> I agree to the terms of service</label></p>' : '';
  const back = session.cancel_url === null ? '' : '<button name="action" value="back" formnovalidate>Back</button>';
  return html(200, `Pay ${money(session.amount_total, session.currency)}`, `${alert(wrong)}<ul>${items.join('')}</ul>
<form method="post">${email}${terms}${BUTTONS.map(([value, words]) => button(value, words)).join('')}${back}</form>`);
}

function portalOf({ book }, id) {
  const session = book.find('billing_portal.session', id);
  if (!session) throw new Refused('This link has expired.', { status: 404 });
  return session;
}

function managing(house, id, asked) {
  const session = portalOf(house, id);
  if (asked.action === 'return') return seeOther(session.return_url ?? session.url);
  manage(house, session, asked);
  return seeOther(session.url);
}

function portalPage(house, session) {
  const mine = subscriptionsOf(house, session.customer).map((one) => subscriptionPart(house, one));
  const back = session.return_url && `<form method="post">${button('return', 'Return')}</form>`;
  return html(200, 'Your subscriptions', `${mine.join('') || '<p>There is none.</p>'}${back ?? ''}`);
}

function subscriptionPart(house, { id, status, items, cancel_at: ends }) {
  const [{ price, current_period_end: until }] = items.data;
  const { name } = house.book.find('product', price.product);
  const options = plans(house).filter((one) => one.id !== price.id)
    .map((one) => `<option value="${one.id}">${escape(house.book.find('product', one.product).name)}</option>`);
  const deeds = ends === null
    ? [['end', 'Cancel at the end of the period'], ['day', 'Cancel on its last day (flexible billing)']] : [['resume', 'Do not cancel']];
  const buttons = [...deeds, ['now', 'Cancel now'], ['card', 'Use a card that works']].map(([value, words]) => button(value, words));
  return `<section><h2>${escape(name)}</h2><p>${money(price.unit_amount, price.currency)}${often(price)}, ${status}, `
    + `${ends === null ? `renews on ${day(until)}` : `ends on ${day(ends)}`}</p>
<form method="post"><input type="hidden" name="subscription" value="${id}">${buttons.join('')}
<p><label>Plan <select name="price">${options.join('')}</select></label> ${button('switch', 'Switch plan')}</p></form></section>`;
}

const button = (value, words) => `<button name="action" value="${value}">${words}</button>`;
const link = (url, words) => (url ? `<p><a href="${escape(url)}">${words}</a></p>` : '');
const alert = (words) => (words ? `<p role="alert" class="wrong">${words}</p>` : '');
const money = (cents, currency) => `${currency.toUpperCase()} ${(cents / 100).toFixed(2)}`;
const often = ({ recurring }) => (recurring ? ` every ${counted(recurring.interval_count, recurring.interval)}` : '');
const counted = (count, unit) => (count === 1 ? unit : `${count} ${unit}s`);
const day = (moment) => new Date(moment * 1000).toISOString().slice(0, 10);
const seeOther = (location) => ({ status: 303, headers: { location }, body: '' });

function html(status, title, content) {
  const body = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title} - simulated Stripe</title><style>${STYLE}</style><main><h1>${title}</h1>${content}
<p>This is the simulator: no card is asked for, no money moves.</p></main></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }, body };
}
