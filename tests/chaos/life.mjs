// A life of somebody who does all that can be done, as chance has it.

const DEEDS = {
  beat: (talk) => talk.beat(),

  async pause(talk) {
    await talk.pause(true);
    await talk.pause(false);
  },

  async says(talk, random) {
    talk.drive({ hear: `Something about ${random.below(1e6)}.` });
    await talk.beat();
  },

  /** The ear of the Room is cut off, and the browser tells what it heard. */
  async relay(talk, random) {
    talk.drive({ cut: true });
    for (let n = random.between(1, 3); n > 0; n -= 1) await talk.relay(`Only my browser heard ${random.below(1e6)}.`);
  },

  async reconnect(talk, random) {
    if (random.chance(0.7)) talk.drive({ drop: true });
    await talk.reconnect();
  },

  read: (talk, random) => talk.read(random.of(['', '/transcript'])),
};
const PATHS = ['/api/user', '/api/sessions', '/api/credits/statement', '/api/billing/products', '/api/ice-servers'];

/** Goes on while there is `more()`; ends its interviews all the same. */
export async function life({ people, random, more }) {
  const person = people.person();
  if (!(await person.arrive())) return;
  await Promise.all([random.chance(0.3) && person.bringsResume(), interviews({ people, person, random, more })]);
}

async function interviews({ people, person, random, more }) {
  for (let left = random.between(1, 3); left > 0 && more(); left -= 1) {
    if (random.chance(0.4)) await person.read(random.of(PATHS));
    if (random.chance(0.25)) await buys(people, person, random);
    if (!(await talks(person, random, more))) return;
  }
}

async function buys(people, person, random) {
  const visit = await person.buy(person.hasBought ? random.of(['pack3', 'pack5']) : 'pack5'); // the smaller one tops up
  if (!visit) return;
  for (let times = random.between(0, 3); times > 0; times -= 1) person.hasBought = (await people.stripeTells(visit)) === 0;
}

/** One interview; false from somebody who goes away in the middle of it. */
async function talks(person, random, more) {
  const talk = await person.start({ minutes: random.of([15, 30]) });
  if (!talk) return true;
  if (random.chance(0.05)) return false;
  if (await talk.exchange()) {
    for (let deeds = random.between(1, 6); deeds > 0 && more(); deeds -= 1) await random.of(Object.values(DEEDS))(talk, random);
    if (random.chance(0.08)) return false;
  }
  await talk.end();
  if (random.chance(0.3)) await talk.read();
  return true;
}
