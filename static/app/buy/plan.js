/** Where a plan stands, in plain words. */
import { dayText } from '../money.js';
import { planName, priceText } from './wares.js';

const isPast = ({ until }, now) => Date.parse(until) <= now;
const AGAIN = 'Interviews cost VocahireCredits again.';

// What Stripe says of a day comes after that day, at times long after it.
const TOLD = {
  renews: ({ name, day, price }) => [`Your ${name} renews on ${day}${price}.`, 'You can cancel it until then.'],
  ends: ({ name, day }) => [`Your ${name} is cancelled and ends on ${day}.`, 'Until then it covers your interviews; nothing more is paid.'],
  failed: ({ name, day }) => [
    `A payment for your ${name} failed. You are covered until ${day}.`,
    'Stripe tries the card again. If the card is the reason, give Stripe another one.',
  ],
  back: ({ name, day }) => [
    `What you paid for your ${name} went back, so it covers nothing now.`, `It renews on ${day} unless you cancel it at Stripe.`,
  ],
  over: ({ name, day }) => [`Your ${name} ended on ${day}.`, AGAIN],
};
const TOLD_LATE = {
  ...TOLD,
  renews: ({ name, day, price }) => [`Your ${name} was to renew on ${day}${price}.`, 'We wait for Stripe’s word on the payment.'],
  ends: ({ name, day }) => [
    `Your ${name} was cancelled and ended on ${day}.`, 'Once Stripe has said so too, interviews cost VocahireCredits again.',
  ],
  failed: ({ name, day }) => [
    `A payment for your ${name} failed. You were covered until ${day}.`,
    `${AGAIN} Once Stripe gets the payment, the plan goes on. If the card is the reason, give Stripe another one.`,
  ],
  back: ({ name, day }) => [TOLD.back({ name, day })[0], `It was to renew on ${day}; we wait for Stripe’s word on the payment.`],
};

/** What is so, and what it means. */
export function planWords(plan, locale, timeZone, now = Date.now()) {
  const { product, state, until, amount, currency } = plan;
  const price = amount === null || currency === null ? '' : ` for ${priceText({ amount, currency }, locale)}`;
  const told = (isPast(plan, now) ? TOLD_LATE : TOLD)[state];
  const [happened, means] = told({ name: planName(product), day: dayText(until, locale, timeZone), price });
  return { happened, means };
}

export const isOver = (plan) => plan === null || plan.state === 'over';

/** Whether it covers interviews now, by what is shown of it; the Wallet alone decides. */
export const covers = (plan, now = Date.now()) =>
  plan.state === 'renews' || (['ends', 'failed'].includes(plan.state) && !isPast(plan, now));

/** What the way to Stripe is for. */
export const portalText = (plan) => (isOver(plan) ? 'Invoices and cards at Stripe' : 'Change or cancel at Stripe');
