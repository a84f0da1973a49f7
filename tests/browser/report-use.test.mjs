// What one does with the page of an interview that is over: play it again, save and print it, make a receipt.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { until } from '../edge/until.mjs';
import { checkLooks, openStage, refusal } from './report-stage.mjs';
import { COUNTS, LINES, PENDING, SCORED, SESSION } from './report-told.mjs';
import { checkAccess } from './stack.mjs';

const stage = await openStage();
const FAILED = { ...PENDING, state: 'failed', failure: 'busy', triesLeft: 2, counts: COUNTS };
const button = (page, name) => page.getByRole('button', { name });
const whole = (page) => Promise.all([page.locator('.opening').waitFor(), page.locator('.lines li').first().waitFor()]);
const asked = (calls, name) => calls.filter((call) => call.name === name);

test('the report is saved as text and as JSON, and printed', () =>
  stage.on({}, { acceptDownloads: true }, async (page) => {
    await page.evaluate(() => { window.print = () => { window.printed = true; }; });
    await whole(page);
    const save = async (name) => {
      const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()]);
      return [download.suggestedFilename(), await readFile(await download.path(), 'utf8')];
    };
    const [textName, text] = await save('Save the report as Text');
    assert.equal(textName, 'ses_1-report.txt');
    assert.match(text, /Say the result first.*Structure: 2 of 5.*\/sessions\/ses_1\n$/s);
    const [jsonName, json] = await save('Save the report as JSON');
    const { session, lines, feedback } = JSON.parse(json);
    assert.deepEqual([jsonName, session.id, lines.length, feedback.report.scores.length], ['ses_1-report.json', 'ses_1', LINES.length, 5]);
    await button(page, 'Print or save as PDF').click();
    assert.equal(await page.evaluate(() => window.printed), true);
  }));

test('on paper the report stands alone: all of it open, nothing to press, with its address and who wrote it', () =>
  stage.on({ 'GET feedback': { ...SCORED, objections: [{ criterion: 'structure', why: 'It was there.', at: SESSION.endedAt }] } },
    { colorScheme: 'dark', viewport: { width: 720, height: 1000 } }, async (page) => {
      await whole(page);
      await page.emulateMedia({ media: 'print' });
      const seen = (selector) => page.locator(selector).evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
      for (const part of ['button', 'input', '.talk', '.top', '.bottom', '.receipt', '.deletion']) assert.equal(await seen(part), 0, part);
      assert.equal(await page.locator('.behind').evaluateAll((all) => all.every((one) => one.getBoundingClientRect().height > 20)), true);
      for (const words of ['It was there.', 'What we checked.', 'The outcome came last', 'The feedback is written by AI.']) {
        assert.ok(await page.getByText(words).first().isVisible(), words);
      }
      assert.match(await page.locator('.print-foot').textContent(), /http:\/\/localhost:\d+\/sessions\/ses_1/);
      const ground = await page.evaluate(() => getComputedStyle(document.documentElement).color);
      assert.equal(ground, 'rgb(28, 27, 25)', 'paper is light');
      await checkAccess(page);
    }));

test('without a report the words are what is printed', () =>
  stage.on({ 'GET feedback': FAILED }, {}, async (page) => {
    await whole(page);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('#line-1').isVisible());
  }));

test('a receipt is made on request: its link, copied, and what it proves', () =>
  stage.on({}, { permissions: ['clipboard-read', 'clipboard-write'] }, async (page, { calls }) => {
    await whole(page);
    assert.equal(asked(calls, 'GET receipt').length, 0);
    await button(page, 'Make a receipt').press('Enter');
    const link = page.getByLabel('The link to it');
    assert.match(await link.inputValue(), /^http:\/\/localhost:\d+\/verify#a\.b$/);
    await button(page, 'Copy the link').click();
    await page.getByText('Copied.').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await link.inputValue());
    await checkLooks(page);
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'See what it says' }).click()]);
    await tab.getByText('This receipt is genuine.').waitFor();
  }));

test('a receipt that cannot be had says so and is asked for again', () =>
  stage.on({ 'GET receipt': refusal(409, 'conflict') }, { allow: /409/ }, async (page, { world }) => {
    await whole(page);
    await button(page, 'Make a receipt').click();
    await page.getByRole('alert').getByText('This cannot be done as things stand.').waitFor();
    world['GET receipt'] = { receipt: 'c', address: '/verify#c', signed: {} };
    await button(page, 'Try again').click();
    await page.getByLabel('The link to it').waitFor();
  }));

test('the line is a slider: by key from moment to moment and from line to line, each read out', () =>
  stage.on({}, {}, async (page) => {
    await whole(page);
    const slider = page.getByRole('slider', { name: 'Place in the talk' });
    assert.equal(await slider.getAttribute('aria-valuetext'), '0:00 of 1:58, the AI interviewer speaks');
    assert.equal(await page.locator('.lines [aria-current]').count(), 0, 'nothing is being said before it is touched');
    await slider.press('ArrowRight');
    assert.equal(await slider.inputValue(), '5000');
    await slider.press('PageDown');
    await slider.press('PageUp');
    assert.equal(await slider.getAttribute('aria-valuetext'), '0:11 of 1:58, you speak');
    assert.equal(await page.locator('#line-1').getAttribute('aria-current'), 'true');
    await slider.press('End');
    assert.equal(await slider.inputValue(), '118000');
    await slider.press('ArrowLeft');
    assert.equal(await slider.inputValue(), '113000');
    await page.locator('#line-3 .at').click();
    assert.equal(await slider.inputValue(), '33200');
    const { x, y, width, height } = await slider.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
    assert.ok(Math.abs(Number(await slider.inputValue()) - 59_000) < 1500);
    assert.ok((await page.locator('.marks .pause').getAttribute('d')).length > 5);
    assert.match(await page.locator('.marks .cut').getAttribute('d'), /^M\d+ 0V12$/);
    await page.getByText('2 pauses of 3 s or more').waitFor();
    await page.getByText('No audio is stored').waitFor();
    assert.match(await page.locator('#line-7 .mark').textContent(), /This question was stopped: nobody has to answer it\./);
    await checkAccess(page);
  }));

const PLAYED = Array.from({ length: 40 }, (_, i) => ({
  ...LINES[i % 2], number: i, itemId: `item_${i}`, atMs: i * 5000, endMs: i * 5000 + 4000, text: `Sentence ${i}, said in its time.` }));

const inView = (item) => item.evaluate((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
});

/** From here on time passes only as a test says. */
async function stillClock(page) {
  await page.clock.install({ time: 0 });
  await page.reload();
  await whole(page);
  await page.clock.pauseAt(600_000);
}

test('it plays true to time, keeps the line that is said in view, and leaves alone who reads elsewhere', () =>
  stage.on({ 'GET transcript': { lines: PLAYED, next: null } }, {}, async (page) => {
    await stillClock(page);
    const slider = page.getByRole('slider');
    await button(page, 'Play').press('Enter');
    await page.clock.runFor(6000);
    assert.equal(await page.locator('.lines [aria-current]').getAttribute('id'), 'line-1');
    assert.ok(Math.abs(Number(await slider.inputValue()) - 6000) < 200, await slider.inputValue());
    await button(page, '4×').click();
    assert.equal(await button(page, '4×').getAttribute('aria-pressed'), 'true');
    for (let line = 0; line < 20; line += 1) {
      await page.clock.runFor(1250);
      await page.waitForTimeout(200); // the page scrolls in its own time
    }
    await page.clock.resume();
    await button(page, 'Pause').click();
    const current = page.locator('.lines [aria-current]');
    assert.ok(Number((await current.getAttribute('id')).slice(5)) >= 20);
    await until(() => inView(current), 'it is followed');
    assert.ok(await inView(slider), 'the line stays at the top');
    const rest = await slider.inputValue();
    await page.waitForTimeout(300);
    assert.equal(await slider.inputValue(), rest);
    await button(page, 'Play').click();
    await page.mouse.wheel(0, -20_000); // to read elsewhere
    await page.waitForTimeout(2500);
    assert.equal(await page.evaluate(() => scrollY), 0);
    assert.ok(Number(await slider.inputValue()) > Number(rest) + 4000, 'it plays on');
  }));

test('under reduced motion nothing moves but what is marked', () =>
  stage.on({ 'GET transcript': { lines: PLAYED, next: null } }, { reducedMotion: 'reduce' }, async (page) => {
    await stillClock(page);
    await button(page, 'Play').press('Enter');
    const before = await page.evaluate(() => scrollY);
    await page.clock.runFor(2000);
    assert.equal(await page.getByRole('slider').inputValue(), '0', 'its place changes with the line');
    await page.clock.runFor(50_000);
    const now = await page.locator('.lines [aria-current]').getAttribute('id');
    assert.equal(now, 'line-10');
    assert.equal(await page.evaluate(() => scrollY), before);
  }));
