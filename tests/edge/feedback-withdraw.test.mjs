// Questions that nobody may ask: the interviewer is stopped in the middle, takes it back, and everybody is told. What only
// sounds alike is left alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checked, questionsAbout } from './feedback.mjs';
import { houseOfInterviews, turnOf } from './interview.mjs';
import { until } from './until.mjs';

const house = await houseOfInterviews({ ROOM_ARCHIVE_SECONDS: '1' });
const { sim } = house;
const STOP = ['response.cancel', 'output_audio_buffer.clear', 'response.create'];
const ANSWER = 'I measured the queue first, and then I gave it a limit of two hundred.';

/** By language: what nobody may ask, how it is taken back, and what anybody may ask. */
const SAID = {
  en: ['How old are you?', /withdraw/i, ['How old is the codebase you were maintaining?', 'When did you first lead a team?']],
  de: [
    'Wie alt sind Sie?', /nimm sie .* zurück/i,
    ['Wie alt ist die Software, die Sie gepflegt haben?', 'Wie lange waren Sie in Ihrer ersten Position?'],
  ],
  es: [
    '¿Cuántos años tiene?', /retírala/i, ['¿Qué edad tiene el sistema que mantenía?', '¿Cuántos años de experiencia tienes con Java?'],
  ],
  fr: [
    'Quel âge avez-vous ?', /retire-la/i, ['Quel âge a le logiciel que vous mainteniez ?', "Combien d'années d'expérience as-tu en Java ?"],
  ],
};

/** Goes on, so that there is something to stop. */
const FURTHER = {
  en: ' And what do you hope to build with us here in the next three years, if all goes well?',
  de: ' Und was möchten Sie bei uns in den nächsten drei Jahren bauen, wenn alles gut geht?',
  es: ' ¿Y qué le gustaría construir aquí con nosotros en los próximos tres años, si todo va bien?',
  fr: " Et que voulez-vous construire ici avec nous dans les trois prochaines années, si tout va bien ?",
};

async function begun(name, wish) {
  const talk = await (await (await house.person(name)).interview(wish)).connected();
  await isSilent(talk, 1);
  return talk;
}

const events = (talk, type) => talk.call().events.filter((event) => event.type === type);
const silences = (talk) => ['stopped', 'cleared'].flatMap((how) => events(talk, `output_audio_buffer.${how}`)).length;
const isSilent = (talk, times) => until(() => silences(talk) >= times, `silence ${times}`);
const heardFromUs = (talk) => talk.call().received.filter(({ via }) => via === 'sideband').map(({ event }) => event);
const interviewers = async (talk) => (await talk.lines()).lines.filter(({ speaker }) => speaker === 'interviewer');

/** The interviewer says it, and is silent again. */
async function says(talk, words) {
  const before = events(talk, 'output_audio_buffer.started').length;
  talk.drive({ say: words });
  await until(() => events(talk, 'output_audio_buffer.started').length > before, 'it is begun');
  await isSilent(talk, before + 1);
}

/** The next line of the interviewer's after this one, whole. */
const nextLine = (talk, number) => until(async () => {
  const [line] = (await interviewers(talk)).filter((one) => one.number > number && one.mark === 'final');
  return line;
}, 'the interviewer goes on', 20_000);

async function isWithdrawn(talk, words, ground, count) {
  const line = await until(async () => (await interviewers(talk)).filter(({ mark }) => mark === 'withdrawn')[count - 1], 'it is marked');
  assert.ok(words.startsWith(line.text) && line.text !== '', line.text);
  assert.deepEqual((await talk.beat()).withdrawn, { count, ground });
  return line;
}

/** One interview in a language: what anybody may ask, an answer, and what nobody may ask. */
async function interviewed(language, [question, taken, innocent]) {
  const talk = await begun(`asked-${language}`, { language });
  for (const words of innocent) await says(talk, words);
  assert.deepEqual(heardFromUs(talk), [], 'anybody may ask that');
  assert.equal((await talk.beat()).withdrawn, null);
  await talk.says(ANSWER);
  await isSilent(talk, innocent.length + 2);

  const words = question + FURTHER[language];
  await says(talk, words);
  const line = await isWithdrawn(talk, words, 'age', 1);
  assert.ok(line.text.length < words.length, 'it was stopped in the middle');
  const after = await nextLine(talk, line.number);
  const ours = heardFromUs(talk);
  assert.deepEqual(ours.map(({ type }) => type), STOP);
  assert.match(ours[2].response.instructions, taken);
  const marks = (await interviewers(talk)).filter(({ text }) => innocent.includes(text)).map(({ mark }) => mark);
  assert.deepEqual(marks, innocent.map(() => 'final'));
  await talk.says(ANSWER);
  await talk.post('end');
  await isTold(talk, line, after);
}

/** The archive and the page have it; whoever judges does not. */
async function isTold(talk, line, after) {
  const report = await checked(talk);
  assert.ok(report.scores.every(({ quotes }) => quotes.every(({ line: number }) => number !== line.number)));
  const { lines } = await talk.lines();
  assert.deepEqual([lines[line.number].mark, lines[line.number].text], ['withdrawn', line.text]);
  assert.deepEqual(lines[after.number].text, after.text);
  const noted = await house.d1('select what from session_events where session = ?', talk.id);
  assert.equal(noted.filter(({ what }) => what === 'question withdrawn: age').length, 1);
  const [{ words }] = questionsAbout(sim, talk.who);
  assert.ok(!words.includes(line.text) && !words.includes(`#${line.number} `), 'what nobody may ask was never asked');
  assert.ok(words.includes(`#${after.number} INTERVIEWER: `), 'the others keep their numbers');
}

async function tooQuick() {
  const talk = await begun('quick');
  await says(talk, 'How old are you?');
  const line = await isWithdrawn(talk, 'How old are you?', 'age', 1);
  await nextLine(talk, line.number);
  assert.deepEqual(heardFromUs(talk).map(({ type }) => type), STOP);
  await talk.evict();
  await talk.until(() => talk.call().sideband === 1, 'heard again');
  assert.deepEqual((await talk.beat()).withdrawn, { count: 1, ground: 'age' }, 'it is written down');
  await says(talk, `Forget it. How old are you?${FURTHER.en}`);
  const second = await isWithdrawn(talk, `Forget it. How old are you?${FURTHER.en}`, 'age', 2);
  await nextLine(talk, second.number);
  assert.deepEqual(heardFromUs(talk).map(({ type }) => type), [...STOP, ...STOP]);
  await talk.post('end');
}

async function askedByThePerson() {
  const talk = await begun('asking');
  await talk.says('How old are you? I would say that I am older than the code.');
  await nextLine(talk, 1);
  assert.deepEqual(heardFromUs(talk), []);
  assert.equal((await talk.beat()).withdrawn, null);
  await talk.post('end');
}

test('a question that nobody may ask', { concurrency: true }, (t) => Promise.all([
  ...Object.entries(SAID).map(([language, said]) => (
    t.test(`in ${language} is stopped, taken back, noted and shown`, () => interviewed(language, said))
  )),
  t.test('that is over before it can be stopped is marked as it is, and taken back', tooQuick),
  t.test('of the person is not taken back', askedByThePerson),
]));

test('where only the browser hears it, it is marked', async () => {
  const talk = await begun('unheard');
  sim.fault({ service: 'openai', op: 'sideband', status: 500, forMs: 600_000 });
  talk.drive({ cut: true });
  await talk.until(({ relay }) => relay, 'the page is asked');
  const item = 'item_forbidden';
  const told = [
    { type: 'conversation.item.added', previous_item_id: null, item: { id: item, type: 'message', role: 'assistant', content: [] } },
    { type: 'response.output_audio_transcript.done', response_id: 'resp_1', item_id: item, transcript: `How old are you?${FURTHER.en}` },
  ];
  await talk.post('transcript', { batch: 1, events: [...told, ...turnOf('item_me', ANSWER, item)] });
  await isWithdrawn(talk, `How old are you?${FURTHER.en}`, 'age', 1);
  await talk.post('transcript', { batch: 2, events: told });
  assert.deepEqual((await talk.beat()).withdrawn, { count: 1, ground: 'age' }, 'once');
  assert.deepEqual(heardFromUs(talk), [], 'nobody can be stopped');
  await talk.post('end');
  await checked(talk);
  assert.doesNotMatch(questionsAbout(sim, talk.who)[0].words, /How old/);
});
