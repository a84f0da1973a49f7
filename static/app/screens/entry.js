/** What signing in and creating an account share: words beside the form that Clerk draws. */
import { render } from '/vendor/lit.js';
import { problem } from '../problem.js';
import { signInAddress } from '../redirect.js';

/** `put` mounts Clerk's form; a form that lives on another host is visited there. */
export async function mountEntry(root, { words, address, put, back, leaveFor }) {
  const elsewhere = signInAddress(address, back, location.origin);
  if (elsewhere.away) return leaveFor(elsewhere);
  render(words, root);
  try {
    await put(root.querySelector('.form'), { forceRedirectUrl: back });
  } catch {
    const failed = document.createElement('div');
    render(problem({ code: 'sign_in_unreachable' }, () => location.reload()), failed);
    root.replaceChildren(failed);
  }
  return undefined;
}

/** Whether what everybody is given pays for interviews: not where the browser calls the interviewer by itself. */
export const gives = ({ interview }) => interview.mode !== 'direct';

/** The other of the two pages, with the same place to come back to. */
export const sister = (path, url) => path + url.search;
