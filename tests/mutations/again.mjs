// The guards of an interview under fire: lines that are taken up again, pauses, settings, money. See list.mjs.

const room = (file) => `src/interview/room/${file}.rs`;

export const again = [
  {
    name: 'under fire: an older page ends the call of a newer one',
    file: room('mod'),
    from: 'connect.is_some_and(|connect| connect != room.life.connect)',
    to: 'connect.is_some_and(|connect| connect > room.life.connect)',
  },
  {
    name: 'under fire: taken up a sixth time',
    file: room('life/again'),
    from: 'AGAIN.saturating_add(1).saturating_sub(self.calls).clamp(0, AGAIN)',
    to: 'AGAIN',
  },
  {
    name: 'under fire: what was away is paid',
    file: room('life/again'),
    from: '        self.clock.stop(self.life_at, Gap::Away);\n',
    to: '',
  },
  {
    name: 'under fire: away without end, one time after the other',
    file: room('life/clock'),
    from: 'else { RECONNECTS.minus(self.away) };',
    to: 'else { RECONNECTS };',
  },
  {
    name: 'under fire: a pause as long as one likes',
    file: room('life/clock'),
    from: 'pauses.minus(self.paused) } else',
    to: 'pauses.plus(pauses) } else',
  },
  {
    name: 'under fire: an older offer is answered',
    file: room('open'),
    from: '        if room.life.connect != connect {\n            return',
    to: '        if room.life.connect < connect {\n            return',
  },
  {
    name: "under fire: an older call's answer kept for a newer offer",
    file: room('post'),
    from: 'if room.life.connect == connect {\n            store::answer',
    to: 'if room.life.connect >= connect {\n            store::answer',
  },
  {
    name: 'under fire: a call of an older offer not hung up',
    file: room('post'),
    from: '        todo.extend(late.then(|| Do::HangUp(call.clone())));\n',
    to: '        let _ = (&mut todo, Do::Settle);\n',
  },
  {
    name: 'under fire: the call before not hung up',
    file: room('life/again'),
    from: 'let mut todo: Vec<Do> = self.call.take().map(Do::HangUp).into_iter().collect();',
    to: 'let mut todo: Vec<Do> = self.call.take().into_iter().map(|_| Do::Note("again")).collect();',
  },
  {
    name: 'under fire: settings that drift again and again',
    file: room('life/again'),
    from: 'if self.drifts == 1 {',
    to: 'if self.drifts >= 1 {',
  },
  {
    name: 'under fire: no ceiling',
    file: room('listen'),
    from: 'if room.spent.cost >= host.config().voice.ceiling {',
    to: 'if room.spent.cost < host.config().voice.ceiling.min(0) {',
  },
  {
    name: 'under fire: batches of all calls counted together',
    file: room('listen'),
    from: '!store::batch(tx, connect, batch.number)?',
    to: '!store::batch(tx, 1, batch.number)?',
  },
];
