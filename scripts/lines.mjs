// Makes the lines of the simulated interviewer, tests/sim/openai/lines/: needs espeak-ng and opusenc. The files are
// kept in the repository, so that nobody else needs either.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packetsOf } from '../tests/sim/openai/opus.mjs';
import { main, root, run } from './lib/run.mjs';
import { Plain, say } from './lib/say.mjs';

const target = join(root, 'tests', 'sim', 'openai', 'lines');
const MOST_BYTES = 400_000;
const PACKET_MS = 20;

// In the order in which they are asked; what the names mean is known to script.mjs.
const LINES = {
  greeting: 'Hello and welcome. I am an AI interviewer, and this is practice, not a real application. '
    + 'Take your time. To begin: what brought you to this kind of work?',
  challenge: 'Thank you. Tell me about a hard problem you solved recently, and how you went about it.',
  disagreement: 'Think of a time you disagreed with a colleague. What did you do?',
  mistake: 'Tell me about a mistake you made at work, and what changed because of it.',
  priorities: 'When everything is urgent, how do you decide what comes first?',
  quality: 'How do you know that a piece of work is good enough?',
  learning: 'What have you learned in the last year that you use today?',
  help: 'When do you ask for help, and how?',
  future: 'What would you want to achieve in your first three months here?',
  goodbye: 'We have come to the end of our time. Thank you for your answers, it was good to talk with you. Goodbye.',
  stillThere: 'Are you still there? Take all the time you need.',
  cannotHear: 'I am sorry, I could not hear you. Can you hear me? Please check your microphone and say that again.',
  withdrawn: 'Please forget that question, I should not have asked it. Let us go on: tell me about a piece of work you are proud of.',
};

async function command(name, args) {
  const { code, output } = await run(name, args);
  if (code !== 0) throw new Plain(`${name} failed; it said:\n${output.trim()}`);
}

async function speak(name, text, folder) {
  const wav = join(folder, `${name}.wav`);
  const opus = join(target, `${name}.opus`);
  await command('espeak-ng', ['-v', 'en-gb', '-s', '165', '-w', wav, text]);
  const encoding = ['--bitrate', '24', '--framesize', String(PACKET_MS), '--serial', '1', '--padding', '0', '--discard-comments'];
  await command('opusenc', ['--quiet', ...encoding, wav, opus]);
  return { text, ms: packetsOf(readFileSync(opus)).length * PACKET_MS, bytes: statSync(opus).size };
}

await main(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lines-'));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const list = {};
  let bytes = 0;
  try {
    for (const [name, text] of Object.entries(LINES)) {
      const line = await speak(name, text, folder);
      list[name] = { text: line.text, ms: line.ms };
      bytes += line.bytes;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (bytes > MOST_BYTES) throw new Plain(`The lines take ${bytes} bytes, more than ${MOST_BYTES}.`);
  writeFileSync(join(target, 'lines.json'), `${JSON.stringify(list, null, 2)}\n`);
  say(`Made ${Object.keys(list).length} lines of ${bytes} bytes.`);
});
