// One request, one take of 0.01 from one Wallet: the same door before ours and before the twin.
import { Wallet } from './index.js';

export { Wallet };

const OWNER = 'user_bench';
let number = 0;

export default {
  async fetch(request, env) {
    const wallet = env.WALLET.get(env.WALLET.idFromName(OWNER));
    const say = async (command) => {
      const answer = await wallet.fetch('https://wallet/', { method: 'POST', body: JSON.stringify({ owner: OWNER, command }) });
      return answer.text();
    };
    if (new URL(request.url).pathname === '/open') {
      await say('touch');
      return new Response(await say(adjust('open', 10_000_000_000)));
    }
    number += 1;
    return new Response(await say(adjust(`take-${number}`, -10)));
  },
};

const adjust = (key, amount) => ({ adjust: { key, amount, reason: 'for the bench', actor: 'user_admin' } });
