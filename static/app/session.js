/** Who is signed in, by Clerk's two browser scripts; the rest of the app knows nothing of Clerk. */
import { ApiError } from './api.js';

const LIMIT_MS = 20_000;

function loadScript(src, dataset = {}) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement('script'), { src, async: true, crossOrigin: 'anonymous' });
    Object.assign(script.dataset, dataset);
    script.onload = resolve;
    script.onerror = () => {
      script.remove();
      reject(new ApiError('sign_in_unreachable'));
    };
    document.head.append(script);
  });
}

async function loadClerk({ frontendApi, publishableKey, signInUrl, signUpUrl, afterSignInUrl }) {
  await Promise.all([
    loadScript(`${frontendApi}/npm/@clerk/ui@1/dist/ui.browser.js`),
    loadScript(`${frontendApi}/npm/@clerk/clerk-js@6/dist/clerk.browser.js`, { clerkPublishableKey: publishableKey }),
  ]);
  const { Clerk, __internal_ClerkUICtor: ClerkUI } = window;
  await Clerk.load({
    ui: { ClerkUI },
    signInUrl,
    signUpUrl,
    signInFallbackRedirectUrl: afterSignInUrl,
    signUpFallbackRedirectUrl: afterSignInUrl,
    afterSignOutUrl: '/',
    telemetry: false,
  });
  return Clerk;
}

function within(promise, milliseconds) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new ApiError('sign_in_unreachable')), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export async function openSession(config) {
  const clerk = await within(loadClerk(config), LIMIT_MS).catch((error) => {
    throw error instanceof ApiError ? error : new ApiError('sign_in_unreachable');
  });
  return {
    get signedIn() {
      return Boolean(clerk.isSignedIn);
    },
    token: async () => clerk.session?.getToken(),
    /** Tells `signedIn` each time it changes, also when another tab changed it. */
    onChange(tell) {
      let before = Boolean(clerk.session);
      return clerk.addListener(({ session }) => {
        if (session === undefined) return; // Clerk is between two states
        const now = Boolean(session);
        if (now !== before) tell(now);
        before = now;
      });
    },
    signOut: (redirectUrl) => clerk.signOut({ redirectUrl }),
    openProfile: () => clerk.openUserProfile(),
    mountSignIn: (element, options) => clerk.mountSignIn(element, options),
    mountSignUp: (element, options) => clerk.mountSignUp(element, options),
  };
}
