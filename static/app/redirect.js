/** Where to go after signing in: an address of this site that was asked for, else the usual one. */

const SIGN_IN_PAGES = ['/sign-in', '/sign-up'];

/** `asked` comes from the address bar, so anybody may have written it: only a path on `origin` is taken. */
export function afterSignIn(asked, usual, origin) {
  const path = samePath(asked, origin);
  return path && !SIGN_IN_PAGES.includes(path.split(/[?#]/)[0]) ? path : usual;
}

function samePath(asked, origin) {
  if (!asked || !URL.canParse(asked, origin)) return null;
  const url = new URL(asked, origin);
  // Two slashes at the start would name another host once the origin is taken off.
  if (url.origin !== origin || url.pathname.startsWith('//')) return null;
  return url.pathname + url.search + url.hash;
}

/** The page that signs in, told where to come back to; it may live on another host. */
export function signInAddress(signInUrl, back, origin) {
  const url = new URL(signInUrl, origin);
  const away = url.origin !== origin;
  url.searchParams.set('redirect_url', away ? origin + back : back);
  return { away, href: away ? url.href : url.pathname + url.search };
}
