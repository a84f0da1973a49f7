/** What the page does about its report: asks how far it is, has it tried again, and carries the person's objections. */
import { isPending, watch } from '../report/watch.js';
import { changeText, objectionFault } from '../report/words.js';

const SECOND_MS = 1000;
const TRY_LIMIT_MS = 130_000; // a try may take two minutes

export function following({ api, root, address, state, draw }) {
  let turn = 0; // who asked later takes the place of who asked before

  const told = (feedback) => {
    draw({ feedback, lost: null, told: changeText(state.feedback, feedback) ?? state.told });
    if (isPending(feedback)) tick();
  };

  let ticking = false;
  /** The time that is waited for, each second while there is one. */
  function tick() {
    if (ticking || !root.isConnected || !isPending(state.feedback)) return;
    ticking = true;
    draw({ now: Date.now() });
    setTimeout(() => {
      ticking = false;
      tick();
    }, SECOND_MS);
  }

  function follow() {
    turn += 1;
    const mine = turn;
    draw({ lost: null, begun: state.begun ?? { at: Date.parse(state.session.endedAt) || Date.now(), what: 'The interview ended' } });
    return watch({
      ask: () => api.get(`${address}/feedback`),
      tell: told,
      lose: (lost) => draw({ lost }),
      isWanted: () => mine === turn && root.isConnected,
    });
  }

  async function tryAgain() {
    turn += 1;
    const before = state.feedback;
    draw({ trying: null, begun: { at: Date.now(), what: 'You asked again', stay: true } });
    told({ ...before, state: 'scoring', failure: null });
    root.querySelector('.stage')?.focus(); // the button is gone
    try {
      const now = await api.send('POST', `${address}/feedback`, { body: {}, limitMs: TRY_LIMIT_MS });
      told(now);
      if (isPending(now)) await follow();
    } catch (error) {
      // Refused for good, it stands as before; what else went wrong, the server knows better.
      const isRefused = error.status >= 400 && error.status < 500 && error.code !== 'conflict';
      if (isRefused) draw({ feedback: before, trying: { error }, told: '' });
      else await follow();
    }
  }

  return { follow, lookAgain: follow, tryAgain };
}

export function objecting({ api, root, address, state, draw }) {
  const send = async (criterion, why) => {
    const { objections } = await api.send('POST', `${address}/objection`, { body: { criterion, why } });
    return { feedback: { ...state.feedback, objections } };
  };
  const focus = (id) => root.querySelector(`#${id}`)?.focus();

  return {
    disagree(criterion) {
      draw({ saying: { criterion, said: '', fault: '' } });
      focus(`why-${criterion}`);
    },
    disagreeNot() {
      const { criterion } = state.saying;
      draw({ saying: null });
      focus(`disagree-${criterion}`);
    },
    sayWhy(said) {
      const fault = state.saying.fault ? objectionFault(said) ?? '' : '';
      draw({ saying: { ...state.saying, said, fault } });
    },
    async object(event, criterion) {
      event.preventDefault();
      const { said, busy } = state.saying;
      if (busy) return;
      const fault = objectionFault(said);
      if (fault) {
        draw({ saying: { ...state.saying, fault } });
        focus(`why-${criterion}`);
        return;
      }
      draw({ saying: { ...state.saying, busy: true, error: null } });
      try {
        draw({ ...await send(criterion, said.trim()), saying: null, told: 'Your objection is kept.' });
        focus(`objection-${criterion}`);
      } catch (error) {
        draw({ saying: { ...state.saying, busy: false, error } });
      }
    },
    async takeBack(criterion) {
      if (state.taking?.busy) return;
      draw({ taking: { criterion, busy: true } });
      try {
        draw({ ...await send(criterion, null), taking: null, told: 'Your objection is taken back.' });
        focus(`disagree-${criterion}`);
      } catch (error) {
        draw({ taking: { criterion, error } });
      }
    },
  };
}
