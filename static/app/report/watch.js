/** Asks how far the feedback is, sooner at first, until there is nothing more to wait for. */

const WAITS_MS = [1000, 2000, 3000, 5000]; // the last one for good

/** Open is what it is called until the end is written down; this page comes only after it. */
export const isPending = ({ state }) => ['open', 'waiting', 'scoring'].includes(state);

/** What asking again will not mend: the interview is gone, the sign-in is over. */
const isFinal = ({ status }) => status >= 400 && status < 500 && status !== 429;

/**
 * @param {{ ask: () => Promise<any>, tell: (feedback: any) => void, lose: (error: any) => void, isWanted: () => boolean,
 *   sleep?: (ms: number) => Promise<void> }} options `lose` hears of each question that had no answer
 */
export async function watch({ ask, tell, lose, isWanted, sleep = (ms) => new Promise((done) => { setTimeout(done, ms); }) }) {
  for (let look = 0; isWanted(); look += 1) {
    try {
      const feedback = await ask();
      if (!isWanted()) return;
      tell(feedback);
      if (!isPending(feedback)) return;
    } catch (error) {
      if (!isWanted()) return;
      lose(error);
      if (isFinal(error)) return;
    }
    await sleep(WAITS_MS[look] ?? WAITS_MS.at(-1));
  }
}
