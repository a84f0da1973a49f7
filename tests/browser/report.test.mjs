// The report of an interview in every state, on its page, with an API that answers as a test says.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkLooks, openStage, refusal } from './report-stage.mjs';
import { COUNTS, GAPS, LINES, PENDING, REPORT, SCORED, SESSION, SHORT } from './report-told.mjs';
import { focused } from './screens.mjs';
import { checkAccess, checkMeasures } from './stack.mjs';

const stage = await openStage();
const FAILED = { ...PENDING, state: 'failed', failure: 'busy', triesLeft: 2, counts: COUNTS };
const button = (page, name) => page.getByRole('button', { name });
const opening = (page) => page.locator('.opening');
const says = (page, text) => opening(page).filter({ hasText: text }).waitFor();
const summary = (page, name) => page.locator('.score summary').filter({ hasText: name });
const told = (page) => page.locator('.report [role=status]').first().textContent();
const whole = (page) => Promise.all([opening(page).waitFor(), page.locator('.lines li').first().waitFor()]);
const asked = (calls, name) => calls.filter((call) => call.name === name);

test('the one thing comes first, in a sentence with the person’s own words; then the scores, and who wrote them', () =>
  stage.on({}, {}, async (page) => {
    await whole(page);
    assert.equal(await opening(page).textContent(), 'Say the result first, then how you got there.');
    const { y, height } = await page.locator('.stage .quote').boundingBox();
    assert.ok(y + height < 800, 'it is seen without scrolling');
    await page.getByText('Written by AI', { exact: true }).waitFor();
    assert.match(await page.locator('.made .by').textContent(), /gpt-6-luna, OpenAI · rubric coach-1 · prompt coach-1 · Nov 19, 2026/);
    const rows = await page.locator('.score summary').allTextContents();
    assert.deepEqual(rows.map((text) => text.trim().replace(/\s+/g, ' ').split(/(?<=of 5|score) /)[0]),
      ['Relevance 4 of 5', 'Structure 2 of 5', 'Specifics 4 of 5', 'Motivation No score', 'Reflection 5 of 5']);
    await summary(page, 'Motivation').getByText('This score is empty: no sentence of yours supports it.').waitFor();
    assert.equal(await summary(page, 'Motivation').locator('path').last().getAttribute('d'), '', 'an empty score is no line');
    for (const words of ['What went well', 'What to improve', 'A better answer to your weakest question', 'Counted by us']) {
      await page.getByRole('heading', { name: words }).waitFor();
    }
    await page.getByText('You 63 %').waitFor();
    await page.getByText('No AI is asked, and nothing here judges a voice').waitFor();
    assert.equal(await told(page), '', 'what was there from the start is not told aloud');
    await checkLooks(page);
  }));

test('how it was made opens, and every row opens by key into why, the words and the person’s say', () =>
  stage.on({}, {}, async (page) => {
    await whole(page);
    await page.locator('.made summary').press('Enter');
    for (const words of ['What was sent.', 'What we checked.', 'What it is not.']) await page.getByText(words).waitFor();
    await summary(page, 'Structure').press('Enter');
    await page.getByText('The outcome came last, and only when it was asked for.').waitFor();
    await page.getByText('Whether an answer has a beginning, a middle and an outcome.').waitFor();
    await summary(page, 'Relevance').press('Space');
    await checkLooks(page);
    await page.setViewportSize({ width: 320, height: 600 });
    await checkMeasures(page);
  }));

test('a quotation leads to its moment: the line has the focus, its words are marked, the replay stands there; and back again', () =>
  stage.on({}, { reducedMotion: 'reduce' }, async (page) => {
    await whole(page);
    await summary(page, 'Reflection').click();
    const link = page.locator('.score[open] .quote a');
    await link.press('Enter');
    const line = page.locator('#line-9');
    assert.equal(await line.evaluate((item) => item === document.activeElement), true);
    assert.match(await line.locator('mark').textContent(), /^We had assumed .* nobody had checked it\.$/);
    const box = await line.boundingBox();
    assert.ok(box.y > 0 && box.y + box.height <= 800, 'it is in view');
    assert.equal(await page.getByRole('slider').inputValue(), String(LINES[9].atMs));
    assert.equal(await line.getAttribute('aria-current'), 'true');
    await checkAccess(page);
    await button(page, 'Back to where you were').press('Enter');
    assert.equal(await link.evaluate((item) => item === document.activeElement), true);
    assert.equal(await page.locator('mark').count(), 0);
    assert.deepEqual([new URL(page.url()).pathname, await page.evaluate(() => window.stage.gone)], ['/sessions/ses_1', []]);
  }));

test('words that cannot be found in the line still lead to it, and a line that is not there is no link', () => {
  const quoted = (line, text) => ({ text: 'Well done.', quote: { line, text, atMs: 1 } });
  const strengths = [quoted(3, 'not in it'), quoted(99, 'gone')];
  return stage.on({ 'GET feedback': { ...SCORED, report: { ...REPORT, strengths } } }, {}, async (page) => {
    await whole(page);
    assert.equal(await page.locator('.quote a').filter({ hasText: 'gone' }).count(), 0);
    await page.locator('.quote').filter({ hasText: 'gone' }).waitFor();
    await page.locator('.quote a').filter({ hasText: 'not in it' }).click();
    assert.equal(await page.locator('#line-3').evaluate((item) => item === document.activeElement), true);
    assert.equal(await page.locator('mark').count(), 0);
  });
});

test('a disagreement is kept beside the score, shown, and taken back', () =>
  stage.on({}, {}, async (page, { calls }) => {
    await whole(page);
    await summary(page, 'Structure').press('Enter');
    await button(page, 'I disagree with the score for structure').press('Enter');
    const why = page.getByLabel('Why do you disagree with the score for structure?');
    assert.equal(await why.evaluate((field) => field === document.activeElement), true);
    await why.fill('no');
    await button(page, 'Keep my objection').press('Enter');
    await page.getByText('Say in a few words why.').waitFor();
    assert.deepEqual([await why.getAttribute('aria-invalid'), asked(calls, 'POST objection').length], ['true', 0]);
    await checkLooks(page);
    await why.fill('  The outcome was in my first answer too.  ');
    assert.equal(await why.getAttribute('aria-invalid'), 'false');
    await button(page, 'Keep my objection').click();
    await page.locator('.objection').getByText('The outcome was in my first answer too.').waitFor();
    assert.match(await focused(page), /^You disagree/);
    assert.equal(await told(page), 'Your objection is kept.');
    await summary(page, 'Structure').getByText('You disagree.').waitFor();
    await checkAccess(page);
    await button(page, 'Take it back').click();
    await button(page, 'I disagree with the score for structure').waitFor();
    assert.match(await focused(page), /^I disagree/);
    assert.deepEqual(asked(calls, 'POST objection').map(({ body }) => body), [
      { criterion: 'structure', why: 'The outcome was in my first answer too.' }, { criterion: 'structure', why: null }]);
  }));

test('an objection that could not be kept says so and keeps its text; cancelling leads back', () =>
  stage.on({ 'POST objection': refusal(503, 'database_timeout') }, { allow: /503/ }, async (page) => {
    await whole(page);
    await summary(page, 'Motivation').click();
    await button(page, 'I disagree with the score for motivation').click();
    const why = page.getByRole('textbox');
    await why.fill('I said why in the first answer.');
    await button(page, 'Keep my objection').click();
    await page.getByRole('alert').getByText('Our database did not answer in time.').waitFor();
    assert.equal(await why.inputValue(), 'I said why in the first answer.');
    await button(page, 'Cancel').click();
    assert.match(await focused(page), /^I disagree/);
  }));

test('while it is made the page says what happens and that one may leave; it is asked for again, told aloud, and no focus moves', () => {
  const states = [{ ...PENDING, state: 'waiting' }, { ...PENDING, counts: COUNTS }, SCORED];
  const ended = new Date(Date.now() - 8000).toISOString();
  const next = () => (states.length > 1 ? states.shift() : states[0]);
  return stage.on({ 'GET ses_1': { ...SESSION, endedAt: ended }, 'GET feedback': next }, {}, async (page, { calls }) => {
    await says(page, 'Your feedback comes next.');
    await page.getByText('You may leave this page').waitFor();
    assert.match(await page.locator('.stage .clock').textContent(), /^0:0\d$|^0:1\d$/);
    assert.ok(await page.locator('.moving .line').evaluate((line) => line.getAnimations().length > 0), 'the line moves');
    await checkAccess(page);
    const save = button(page, 'Save as JSON');
    await save.focus();
    await says(page, 'Your feedback is being written.');
    await page.getByRole('heading', { name: 'Counted by us' }).waitFor();
    assert.equal(await told(page), 'Your feedback is being written.');
    await checkMeasures(page);
    await says(page, 'Say the result first');
    assert.equal(await told(page), 'Your feedback is here.');
    assert.equal(await save.evaluate((element) => element === document.activeElement), true);
    assert.equal(asked(calls, 'GET feedback').length, 3);
    await page.waitForTimeout(1500);
    assert.equal(asked(calls, 'GET feedback').length, 3, 'nobody asks once it is there');
  });
});

test('under reduced motion the line waits without moving', () =>
  stage.on({ 'GET feedback': PENDING }, { reducedMotion: 'reduce' }, async (page) => {
    await says(page, 'Your feedback is being written.');
    assert.equal(await page.locator('.moving .line').evaluate((line) => line.getAnimations().length), 0);
    await checkLooks(page);
  }));

test('a question that is lost meanwhile is asked again, and no harm is done', () => {
  const answers = [PENDING, refusal(503, 'database_timeout'), SCORED];
  return stage.on({ 'GET feedback': () => answers.shift() }, { allow: /503/ }, async (page) => {
    await page.getByText('We keep asking.').waitFor();
    await says(page, 'Say the result first');
    assert.equal(await page.getByRole('alert').count(), 0);
  });
});

test('what failed is told, costs nothing, and is tried again; what we count stands there all the same', () => {
  let now = FAILED;
  const tried = async () => {
    await new Promise((done) => { setTimeout(done, 2000); });
    now = SCORED;
    return PENDING;
  };
  return stage.on({ 'GET feedback': () => now, 'POST feedback': tried }, {}, async (page, { calls }) => {
    await says(page, 'Your feedback could not be written.');
    await page.getByText('The AI service was too busy to answer. It costs nothing').waitFor();
    await page.getByText('You can try 2 more times.').waitFor();
    await page.getByRole('heading', { name: 'Counted by us' }).waitFor();
    await checkLooks(page);
    await button(page, 'Try again').press('Enter');
    await says(page, 'Your feedback is being written.');
    assert.match(await focused(page), /^Your feedback is being written/, 'the button is gone, and the focus is where it stood');
    await page.getByText('You asked again').waitFor();
    await page.getByText('Please stay on this page for so long').waitFor();
    await says(page, 'Say the result first');
    assert.deepEqual(asked(calls, 'POST feedback').map(({ body }) => body), [{}]);
  });
});

test('a try whose answer is lost, or that another page has made, is followed by asking', async () => {
  for (const lost of ['abort', refusal(409, 'conflict')]) {
    let now = FAILED;
    const answers = { 'GET feedback': () => now, 'POST feedback': () => { now = SCORED; return lost; } };
    await stage.on(answers, { allow: /ERR_FAILED|409/ }, async (page) => {
      await button(page, 'Try again').click();
      await says(page, 'Say the result first');
    });
  }
});

test('a try that is refused leaves things as they stood, and says why', () =>
  stage.on({ 'GET feedback': FAILED, 'POST feedback': refusal(429, 'rate_limited', { retryAfterMs: 60_000 }) }, { allow: /429/ },
    async (page) => {
      await button(page, 'Try again').click();
      await page.getByRole('alert').getByText('That was too often in a short time.').waitFor();
      await says(page, 'Your feedback could not be written.');
    }));

test('without a try left, or without the service, there is no button that could not help', () =>
  stage.on({ 'GET feedback': { ...FAILED, triesLeft: 0 } }, {}, async (page, { world }) => {
    await page.getByText('It was tried as often as it can be.').waitFor();
    assert.equal(await button(page, 'Try again').count(), 0);
    await page.getByRole('link', { name: 'Write to us' }).waitFor();
    world['GET feedback'] = { ...FAILED, failure: 'not_set_up', triesLeft: 0 };
    await page.reload();
    await page.getByText('Feedback is not set up on this site.').waitFor();
    await page.getByText('Whoever runs the site can set it up.').waitFor();
    assert.equal(await page.getByRole('link', { name: 'Write to us' }).count(), 0);
    await checkLooks(page);
  }));

test('too little to judge is no zero: every score is empty with its reason, and no AI was asked', () =>
  stage.on({ 'GET feedback': SHORT }, {}, async (page) => {
    await says(page, 'There was too little to judge.');
    await page.getByText('No AI was asked', { exact: true }).waitFor();
    assert.equal(await page.getByText('This score is empty: your answers are too short to judge.').count(), 5);
    await page.locator('.made summary').click();
    await page.getByText('Why no AI was asked.').waitFor();
    assert.equal(await page.getByText('Work on this next').count(), 0);
    await checkLooks(page);
  }));

test('feedback that cannot be had leaves the words readable, and is asked for again', () =>
  stage.on({ 'GET feedback': refusal(404, 'not_found') }, { allow: /404/ }, async (page, { world }) => {
    await page.getByRole('alert').waitFor();
    await page.locator('.lines li').first().waitFor();
    world['GET feedback'] = SCORED;
    await button(page, 'Try again').click();
    await says(page, 'Say the result first');
  }));

test('gaps of the transcript stand in it in words, and beside the line', () =>
  stage.on({ 'GET transcript': { lines: LINES, gaps: GAPS, next: null } }, {}, async (page) => {
    await says(page, 'Say the result first');
    const gaps = page.locator('.lines .gap');
    assert.deepEqual(await gaps.locator('p').allTextContents(), [
      'Nobody wrote down what was said for 2 seconds.', 'The connection was away for 3 seconds; your time stood still.',
      'Pause of 7 seconds.',
    ]);
    await page.getByText('3 gaps, told below').waitFor();
    assert.match(await page.locator('#replay-marks').textContent(), /3 gaps/);
    assert.equal(await page.locator('.lines .gap + li').nth(1).getAttribute('id'), 'line-6');
    await checkLooks(page);
  }));

test('an interview that goes on is asked for no feedback, and has it after its end', () => {
  const open = { ...SESSION, state: 'open', endedAt: null, charged: null, rule: null, remainingMs: 600_000, roomKey: 'k' };
  const answers = { 'GET ses_1': open, 'GET user': { credits: '1.00' }, 'POST end': {} };
  return stage.on(answers, {}, async (page, { calls, world }) => {
    await page.getByText('This interview is not over yet.').waitFor();
    await page.locator('.lines li').first().waitFor();
    assert.deepEqual([asked(calls, 'GET feedback').length, await page.getByRole('heading', { name: 'Receipt' }).count()], [0, 0]);
    world['GET ses_1'] = SESSION;
    await button(page, 'End this interview').click();
    await says(page, 'Say the result first');
  });
});
