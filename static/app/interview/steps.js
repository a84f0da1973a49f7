/** The way to the first word of the interviewer, as five steps that tick off, each with the time it took. */

/**
 * @typedef {'microphone' | 'session' | 'exchange' | 'path' | 'audio'} StepName
 * @typedef {{ name: StepName, state: 'waiting' | 'going' | 'done' | 'skipped' | 'failed', ms: number | null }} Step
 */
const NAMES = /** @type {StepName[]} */ (['microphone', 'session', 'exchange', 'path', 'audio']);

export function createSteps(now = () => performance.now()) {
  let steps = NAMES.map((name) => /** @type {Step} */ ({ name, state: 'waiting', ms: null }));
  let began = 0;

  const change = (which, more) => {
    steps = steps.map((step) => (which(step) ? { ...step, ...more } : step));
  };
  const isGoing = ({ state }) => state === 'going';
  const end = (state) => change(isGoing, { state, ms: Math.round(now() - began) });

  return {
    get list() { return steps; },
    /** The step before is done; this one goes, and those behind it wait, even if they were further already. */
    begin(name) {
      end('done');
      began = now();
      const from = NAMES.indexOf(name);
      change((step) => NAMES.indexOf(step.name) > from, { state: 'waiting', ms: null });
      change((step) => step.name === name, { state: 'going', ms: null });
    },
    skip: (name) => change((step) => step.name === name, { state: 'skipped', ms: null }),
    done: () => end('done'),
    fail: () => end('failed'),
  };
}
