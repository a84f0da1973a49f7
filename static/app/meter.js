/** How loud a stream is, ten times a second. */
import { levelOf } from './lobby/level.js';

const TICK_MS = 100;
const FFT_SIZE = 256;
export const STILL_LEVEL = 0.6; // the one level that is shown where nothing may move
const VOICE = 0.3; // above it somebody speaks
const BREATH_TICKS = 8; // a pause this short is still speaking

/** Two levels only, told when they change: a picture that stands still, and still says who speaks. */
function stillLevels(tell) {
  let quiet = BREATH_TICKS;
  let told = 0;
  return (level) => {
    quiet = level > VOICE ? 0 : quiet + 1;
    const now = quiet < BREATH_TICKS ? STILL_LEVEL : 0;
    if (now !== told) tell(now);
    told = now;
  };
}

const prefersStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
const contextClass = () => /** @type {any} */ (globalThis).AudioContext ?? /** @type {any} */ (globalThis).webkitAudioContext;

/**
 * @param {MediaStream} stream
 * @param {{ onLevel: (level: number) => void, still?: boolean, Context?: typeof AudioContext }} options
 */
export function createMeter(stream, { onLevel, still = prefersStill(), Context = contextClass() }) {
  const context = new Context();
  const source = context.createMediaStreamSource(stream);
  const analyser = Object.assign(context.createAnalyser(), { fftSize: FFT_SIZE });
  source.connect(analyser);
  const samples = new Float32Array(FFT_SIZE);
  // On a page that nobody has touched yet, as after a reload, it begins with the first touch.
  const wake = () => context.resume?.();
  const touches = context.state === 'suspended' ? ['pointerdown', 'keydown'] : [];
  for (const touch of touches) globalThis.addEventListener?.(touch, wake);
  const tell = still ? stillLevels(onLevel) : onLevel;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    tell(levelOf(samples));
  }, TICK_MS);
  let over = false;
  return {
    stop() {
      if (over) return;
      over = true;
      clearInterval(timer);
      for (const touch of touches) globalThis.removeEventListener?.(touch, wake);
      source.disconnect();
      context.close().catch(() => {}); // it may have been closed with its page
    },
  };
}
