/** The shell's addresses: one table of routes, links and the back button without a page load. */

const ID = /^[\w-]+$/;

/** What stands in a path where its pattern has a `:name`, or null when the path is another one. */
function paramsOf(pattern, path) {
  const [wanted, found] = [pattern.split('/'), path.split('/')];
  const isName = (part) => part.startsWith(':');
  const fits = wanted.every((part, i) => (isName(part) ? ID.test(found[i]) : part === found[i]));
  if (!fits || wanted.length !== found.length) return null;
  return Object.fromEntries(wanted.flatMap((part, i) => (isName(part) ? [[part.slice(1), found[i]]] : [])));
}

/** The route for a path with its `params`, or null. A table is `{ '/path/:id': route }`. */
export function matchRoute(routes, path) {
  for (const [pattern, route] of Object.entries(routes)) {
    const params = paramsOf(pattern, path);
    if (params) return { ...route, params };
  }
  return null;
}

/** The address that a click leads to within the shell, or null where the browser should do what it always does. */
export function insideLink(routes, link, origin) {
  if (!link || link.target || link.download) return null;
  const url = new URL(link.href, origin);
  return url.origin === origin && matchRoute(routes, url.pathname) ? url.pathname + url.search : null;
}

const isPlainClick = (event) =>
  event.button === 0 && !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** `show(route, url, isCurrent)` draws a screen; `isCurrent` tells it, after an await, whether it is still wanted. */
export function startRouter(routes, show) {
  const shownAddress = () => location.pathname + location.search;
  let shown = null;
  let turn = 0;

  function draw() {
    shown = shownAddress();
    turn += 1;
    const mine = turn;
    const route = matchRoute(routes, location.pathname);
    if (route) return show(route, new URL(location.href), () => mine === turn);
    return location.replace('/'); // the server showed the shell at an address that it has no screen for
  }

  function go(address, { replace = false } = {}) {
    const url = new URL(address, location.origin);
    if (url.origin !== location.origin || !matchRoute(routes, url.pathname)) return location.assign(url);
    history[replace ? 'replaceState' : 'pushState'](null, '', url);
    scrollTo(0, 0);
    return draw();
  }

  addEventListener('popstate', () => {
    // A change of the fragment alone belongs to whoever made it, such as the sign-in form.
    if (shownAddress() === shown) return;
    // A screen on which something is at stake may want to be asked first.
    if (dispatchEvent(new Event('leaving', { cancelable: true }))) draw();
    else history.pushState(null, '', shown);
  });
  document.addEventListener('click', (event) => {
    if (!isPlainClick(event)) return;
    const address = insideLink(routes, event.target.closest?.('a[href]'), location.origin);
    if (!address) return;
    event.preventDefault();
    go(address);
  });
  return { go, draw };
}
