/** What an interview will cost, told before it starts. The Wallet decides; this says the same beforehand. */
import { hundredths, momentText } from '../money.js';

const LEAST = 50; // hundredths: below this nothing starts
const FULL_MINUTES = 30;
const FULL_PRICE = 100;

const amount = (count) => (count / 100).toFixed(2);

/** Whole minutes, rounded down, so that nobody is promised more; seconds where there is no whole minute. */
export function spanText(seconds) {
  const minutes = Math.floor(seconds / 60);
  const [count, unit] = minutes > 0 ? [minutes, 'minute'] : [Math.floor(seconds), 'second'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * `fullSeconds` is the length of an interview that costs 1.00. An open interview that never began gives back all that it
 * holds; what one that did begin leaves is known when it has ended.
 */
export function priceOf(wish, person, open) {
  const paid = creditsOf(wish, person, open);
  const { isPremium, premiumLeftSeconds, premiumMoreAt } = person;
  if (!isPremium) return paid;
  const covered = { seconds: paid.wished, costs: '0.00', have: paid.have, isPart: paid.isPart };
  if (open) return { ...covered, kind: 'plan' }; // what it gives back is known when it has ended
  if (!premiumMoreAt) {
    const seconds = Math.min(paid.wished, premiumLeftSeconds ?? paid.wished);
    return { ...covered, seconds, kind: seconds < paid.wished ? 'day' : 'plan' };
  }
  if (paid.kind === 'short') return { ...covered, kind: 'used', moreAt: premiumMoreAt };
  return { ...paid, kind: 'beyond', moreAt: premiumMoreAt };
}

/** `isPart`: they have more, which was given to them and pays for nothing here. */
function creditsOf({ minutes, fullSeconds }, { credits, available, payable }, open) {
  const part = Number(minutes) / FULL_MINUTES;
  const given = hundredths(available) - hundredths(payable);
  const have = open?.state === 'held' ? amount(hundredths(credits) - given) : payable;
  const wished = { seconds: fullSeconds * part, wished: fullSeconds * part, costs: amount(FULL_PRICE * part), have, isPart: given > 0 };
  if (hundredths(have) >= FULL_PRICE * part) return { ...wished, kind: 'whole' };
  if (hundredths(have) < LEAST) return { ...wished, kind: open ? 'later' : 'short' };
  return { ...wished, seconds: (fullSeconds * hundredths(have)) / FULL_PRICE, costs: have, kind: 'rest' };
}

const AHEAD = 'The whole time that you choose is paid at the start, whatever becomes of the call, and if it breaks off it cannot be taken '
  + 'up again. VocahireCredits that you were given, the first 3.00 among them, cannot pay for it.';

/** Where the browser calls the interviewer by itself nobody can tell afterwards what was heard. */
const paidAhead = ({ sum }) => ({ sum: `${sum} All of it counts at the start.`, more: AHEAD });

/** One sentence, and what stands behind it. */
export function priceText(price, { isDirect = false } = {}) {
  const told = textOf(price);
  return isDirect && !['used', 'short'].includes(price.kind) ? paidAhead(told) : told;
}

function textOf({ kind, costs, seconds, have, isPart, moreAt }) {
  const span = spanText(seconds);
  const yours = isPart ? `${have} VocahireCredits that can pay here` : `${have} VocahireCredits`;
  const given = isPart ? ' VocahireCredits that you were given cannot pay for an interview here.' : '';
  const more = moreAt && `Your plan has covered all the talk it covers in 24 hours; it covers more from ${momentText(moreAt)}.`;
  return {
    plan: { sum: `${span}, covered by your plan.`, more: 'It costs none of your VocahireCredits.' },
    day: {
      sum: `${span}, covered by your plan.`,
      more: 'That is what is left of the talk that your plan covers in 24 hours. It costs none of your VocahireCredits.',
    },
    used: { sum: more, more: `Nothing can start until then.${given}` },
    beyond: {
      sum: `${span}: ${costs} of your ${yours}. ${more}`,
      more: 'Until then your VocahireCredits pay. The price is set aside at the start; end sooner, and you pay for the part you heard.',
    },
    short: {
      sum: `You have ${yours}; an interview needs at least ${amount(LEAST)}.${given}`,
      more: 'Nothing can start until you have more.',
    },
    later: {
      sum: `${span}: ${costs} VocahireCredits, if you have them then.`,
      more: 'What the other interview leaves you is known when it has ended.',
    },
    whole: {
      sum: `${span}: ${costs} of your ${yours}.`,
      more: 'The price is set aside at the start. End sooner, and you pay for the part you heard.',
    },
    rest: {
      sum: `${span}: all of your ${yours}.`,
      more: 'A full interview costs 1.00; yours is shorter in proportion. End sooner, and you pay for the part you heard.',
    },
  }[kind];
}
