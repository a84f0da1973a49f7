// What the tests of the signed-in screens share: getting there, and looking at them in every light.

import assert from 'node:assert/strict';

import { checkAccess, checkMeasures, signInAs } from './stack.mjs';

export const ALICE = 'Alice Example';
export const ADMIN = 'Admin Example';
const PHONE = { width: 360, height: 740 };

export const heading = (page, name) => page.getByRole('heading', { level: 1, name }).waitFor();

/** A screen, by way of the sign-in. */
export async function open(page, path, name, title) {
  await page.goto(path);
  await signInAs(page, name);
  await page.waitForURL((url) => url.pathname + url.search === path);
  await heading(page, title);
}

/** Light, dark, and small. */
export async function checkLooks(page) {
  await checkAccess(page);
  await checkMeasures(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize(PHONE);
  await checkAccess(page);
  await checkMeasures(page);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The same on a phone and on a wide page, each in both lights. */
export async function checkEverywhere(page) {
  for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
    await page.emulateMedia({ colorScheme });
    for (const size of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
      await page.setViewportSize(size);
      await checkAccess(page);
      await checkMeasures(page);
    }
  }
}

let keys = 0;

/** An operator's act, past the page. */
export async function adjust({ sim, worker }, userId, amount, reason) {
  const { token } = sim.signIn({ userId: 'user_admin' });
  const headers = { 'content-type': 'application/json', 'idempotency-key': `past-the-page-${(keys += 1)}` };
  const body = JSON.stringify({ userId, amount, reason });
  const answer = await worker.call('/api/admin/credits', { method: 'POST', token, headers, body });
  assert.equal(answer.status, 200, answer.text);
}

export const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());
