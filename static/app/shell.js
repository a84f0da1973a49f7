/** The coach's one page: reads the configuration, opens the session, and shows a screen for each address. */
import './account-menu.js';
import { render } from '/vendor/lit.js';
import { createApi } from './api.js';
import { problem, waiting } from './problem.js';
import { afterSignIn, signInAddress } from './redirect.js';
import { startRouter } from './router.js';
import { openSession } from './session.js';
import { endsSession } from './words.js';

const ROUTES = {
  '/interview': { title: 'Interview', signedIn: true, fresh: true, load: () => import('./screens/interview.js') },
  '/sessions': { title: 'History', signedIn: true, load: () => import('./screens/history.js') },
  '/sessions/:id': { title: 'Feedback', signedIn: true, fresh: true, load: () => import('./screens/session.js') },
  '/progress': { title: 'Progress', signedIn: true, load: () => import('./screens/progress.js') },
  '/resume': { title: 'Resume', signedIn: true, load: () => import('./screens/resume.js') },
  '/credits': { title: 'VocahireCredits', signedIn: true, fresh: true, load: () => import('./screens/credits.js') },
  '/settings': { title: 'Settings', signedIn: true, fresh: true, load: () => import('./screens/settings.js') },
  '/admin': { title: 'Administration', signedIn: true, load: () => import('./screens/admin.js') },
  '/diagnostics/webrtc': { title: 'Connection check', signedIn: true, load: () => import('./screens/connection.js') },
  '/simple-webrtc-test': { title: 'Connection check', signedIn: true, load: () => import('./screens/connection.js') },
  '/realtime-test.html': { title: 'Connection check', signedIn: true, load: () => import('./screens/connection.js') },
  '/sign-in': { title: 'Sign in', entry: true, load: () => import('./screens/sign-in.js') },
  '/sign-up': { title: 'Create your account', entry: true, load: () => import('./screens/sign-up.js') },
};

const main = document.querySelector('#main');
const menu = document.querySelector('account-menu');
let session = null;
const api = createApi({ token: () => session.token() });

let left = new AbortController(); // of the screen that is shown: nothing of it goes on behind the next one, or behind another page
addEventListener('pagehide', () => left.abort());

/** A screen gets a root of its own, so that nothing of the one before can remain. */
function place(title, draw) {
  left.abort();
  left = new AbortController();
  const root = document.createElement('div');
  root.className = 'screen';
  main.replaceChildren(root);
  document.title = `${title} · Vocahire`;
  draw(root);
}

const placeProblem = (error, ...wayOn) => {
  place('Not available', (root) => render(problem(error, ...wayOn), root));
  main.querySelector('h1').focus();
};

async function boot() {
  place('Opening', (root) => render(waiting(), root));
  try {
    const config = await api.get('/api/config');
    if (!config.clerk) return placeProblem({ code: 'sign_in_missing' });
    session = await openSession(config.clerk);
    return coach(config);
  } catch (error) {
    return placeProblem(error, boot);
  }
}

/** Everything from here on happens with a session that is open, signed in or not. */
function coach(config) {
  const { clerk } = config;
  let person = null; // the promise of our own record of who is signed in
  let first = true;
  let over = false; // the account was deleted here

  const back = (url) => afterSignIn(url.searchParams.get('redirect_url'), clerk.afterSignInUrl, location.origin);
  let afterwards = '/'; // where a session that ends leads to
  const signOut = (to = '/') => {
    afterwards = to;
    return session.signOut(to);
  };
  const manage = () => (clerk.userUrl ? location.assign(clerk.userUrl) : session.openProfile());

  function leaveFor({ away, href }) {
    return away ? location.assign(href) : router.go(href, { replace: true });
  }

  /** The account is no more. Nothing leads away from the page that says so but its own button. */
  function end() {
    over = true;
    person = null;
    menu.shown = false;
    return () => signOut('/').catch(() => location.assign('/'));
  }

  /** A screen that shows amounts wants them as they are now. */
  async function loadPerson(fresh) {
    Object.assign(menu, { signOut: () => signOut(), manage, shown: true });
    if (fresh) person = null;
    person ??= api.get('/api/user');
    try {
      menu.person = await person;
      return menu.person;
    } catch (error) {
      person = null;
      throw error;
    }
  }

  /** A screen has read what the person has, later than the shell did. */
  function learn(user) {
    person = Promise.resolve(user);
    menu.person = user;
  }

  function placeFailure(error, here) {
    if (error.code === 'account_closed') return placeProblem(error, () => signOut('/'), 'Sign out');
    if (!endsSession(error.code)) return placeProblem(error, router.draw);
    return placeProblem(error, () => signOut(signInAddress(clerk.signInUrl, here, location.origin).href), 'Sign in again');
  }

  async function show(route, url, isCurrent) {
    const here = url.pathname + url.search;
    if (route.signedIn && !session.signedIn) return leaveFor(signInAddress(clerk.signInUrl, here, location.origin));
    if (route.entry && session.signedIn) return router.go(back(url), { replace: true });
    try {
      const [screen, user] = await Promise.all([route.load(), route.signedIn ? loadPerson(route.fresh) : null]);
      if (!isCurrent()) return undefined;
      const asked = { user, session, config, clerk, url, params: route.params, back: back(url), api };
      place(route.title, (root) => screen.mount(root, { ...asked, left: left.signal, manage, end, learn, leaveFor, go: router.go }));
      if (!first) main.querySelector('h1')?.focus();
      first = false;
    } catch (error) {
      if (isCurrent()) placeFailure(error, here);
    }
    return undefined;
  }

  const router = startRouter(ROUTES, show);
  session.onChange((signedIn) => signedIn || over || location.assign(afterwards));
  router.draw();
}

// A page that the browser kept may show somebody who has signed out since.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
boot();
