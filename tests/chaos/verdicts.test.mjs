// What proves nothing is not taken for a proof.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkDone, checkSpoiled, endOf, flooded, overruled } from './verdicts.mjs';

const of = (count, end, more) => Array.from({ length: count }, () => ({ kind: 'start', end, ...more }));

test('where most of a kind is done, nothing is lost', () => {
  assert.deepEqual(checkDone([...of(60, 'done'), ...of(40, 'refused'), ...of(19, 'refused', { kind: 'end' })]), []);
});

test('a kind that is mostly refused is lost, and shown', () => {
  const [one, ...none] = checkDone([...of(49, 'done'), ...of(51, 'refused', { code: 'unavailable' }), ...of(30, 'done', { kind: 'beat' })]);
  assert.deepEqual([one.what, none], ['of 100 of the kind start 49 were done', []]);
  assert.equal(one.evidence[0].code, 'unavailable');
  assert.equal(checkDone(of(20, 'refused'))[0].what, 'of 20 of the kind start 0 were done');
  assert.equal(checkDone(of(7, 'refused', { kind: 'call' }), 7)[0].what, 'of 7 of the kind call 0 were done');
});

test('what was refused and asked again counts once, as what it came to', () => {
  const again = of(90, 'refused', { again: true });
  assert.deepEqual(checkDone([...again, ...of(30, 'done')]), []);
  assert.equal(checkDone([...again, ...of(30, 'refused')])[0].what, 'of 30 of the kind start 0 were done');
});

test('chance may take a little from a small number, and hardly anything from a large one', () => {
  const wrong = (count, done) => checkDone([...of(done, 'done'), ...of(count - done, 'refused')]).length;
  assert.deepEqual([wrong(20, 8), wrong(20, 7), wrong(10_000, 5900), wrong(10_000, 5899)], [0, 1, 0, 1]);
});

test('fewer faults than were asked for are lost, and no connections at all', () => {
  const proxies = (spoiled, all) => ({
    clerk: { name: 'clerk', log: of(spoiled, '', { fault: 'reset' }), counts: () => ({ reset: spoiled }) },
    openai: { name: 'openai', log: of(all - spoiled, '', { fault: 'pass' }), counts: () => ({ pass: all - spoiled }) },
  });
  assert.deepEqual(checkSpoiled(proxies(10, 100), 0.3), []);
  const [{ what, evidence }] = checkSpoiled(proxies(9, 100), 0.3);
  assert.equal(what, 'of 100 connections 9 were spoiled, where 0.3 of all were to be');
  assert.deepEqual(evidence, { clerk: { reset: 9 }, openai: { pass: 91 } });
  assert.equal(checkSpoiled(proxies(0, 0), 0.3).length, 1);
});

test('what the page says of a call is a refusal until it begins, and a loss from then on', () => {
  const said = ['Your interview could not start.'];
  assert.equal(endOf({ said }), 'refused');
  assert.equal(endOf({ said: [] }), 'lost');
  assert.equal(endOf({ began: true, said }), 'lost');
});

test('a flood that does not come about is noticed, and one that is not stopped', () => {
  const ceiling = 2;
  assert.deepEqual(flooded({ ending: 'cost_ceiling', cost: 2.1, used: 4, ceiling }), []);
  assert.deepEqual(flooded({ ending: 'ran_its_time', cost: 1.2, used: 4, ceiling }), []);
  const [few] = flooded({ ending: 'ran_its_time', cost: 0.9, used: 4, ceiling });
  assert.equal(few, 'no flood came about: it ended as ran_its_time, at 0.9 dollars');
  assert.equal(flooded({ ending: 'cost_ceiling', cost: undefined, used: 0, ceiling }).length, 1);
  assert.equal(flooded({ ending: 'cost_ceiling', cost: 4.1, used: 101, ceiling }).length, 2);
});

test('who changes the settings without end is to be out before their time', () => {
  assert.deepEqual(overruled({ ending: 'ended_by_user', times: 2 }), []);
  assert.deepEqual(overruled({ ending: undefined, times: 2 }), ['it never ended']);
  assert.deepEqual(overruled({ ending: 'ran_its_time', times: 21 }), ['it ran its time', 'it was overruled 21 times']);
});
