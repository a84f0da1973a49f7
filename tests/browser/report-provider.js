// What the shell is to a screen, without a sign-in: an API that needs no token, and places to go that are only noted.

import { createApi } from '/app/api.js';
import { mount } from '/app/screens/session.js';

const root = document.createElement('div');
root.className = 'screen';
document.querySelector('#main').replaceChildren(root);
window.stage = { gone: [], learned: [] };

mount(root, {
  api: createApi({ token: async () => null }),
  config: { interview: { transcriptDays: 365 } },
  params: { id: location.pathname.split('/').at(-1) },
  learn: (user) => window.stage.learned.push(user),
  go: (address) => window.stage.gone.push(address),
  left: new AbortController().signal,
});
