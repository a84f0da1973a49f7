// The guards of calls that the browser makes by itself, and of what is said through its page. See list.mjs.

const room = (file) => `src/interview/room/${file}.rs`;

export const direct = [
  {
    name: 'direct: paid before the Wallet said yes',
    file: room('life/again'),
    from: 'if !self.is_direct() || self.is_paid() || !self.may_answer() {',
    to: 'if !self.is_direct() || self.is_paid() {',
  },
  {
    name: 'direct: paid by what was heard',
    file: room('life'),
    from: 'if self.is_paid() { Some(ahead) } else { self.outcome }',
    to: 'if self.is_paid() && self.outcome.is_none() { Some(ahead) } else { self.outcome }',
  },
  {
    name: 'direct: another call on the same hold',
    file: room('life/again'),
    from: '        if self.is_direct() {\n            return 0;\n        }\n',
    to: '',
  },
  {
    name: 'direct: ended because nobody of ours listens',
    file: room('life/moments'),
    from: 'self.deaf_at.filter(|_| !self.is_direct())',
    to: 'self.deaf_at',
  },
  {
    name: 'direct: credits that were given pay',
    file: 'src/money/wallet/holds.rs',
    from: 'if terms.direct { store::given(book.tx)? } else { Credits::ZERO }',
    to: 'if terms.direct && book.is_premium() { store::given(book.tx)? } else { Credits::ZERO }',
  },
  {
    name: 'direct: what was given counts as spent where nobody was there',
    file: 'src/money/wallet/store/charges.rs',
    from: "sum(iif(reason = 'paid_ahead', 0, earned))",
    to: 'sum(earned)',
  },
  {
    name: 'direct: a secret with line ends in it',
    file: 'src/upstream/openai/call.rs',
    from: ' && secret.len() <= 512 && secret.bytes().all(sound);',
    to: ' && secret.len() <= 512 && secret.bytes().any(sound);',
  },
  {
    name: 'direct: the fuse sees nothing of it',
    file: room('post'),
    from: '            room.spent.cost = host.config().voice.ceiling;\n',
    to: '',
  },
  {
    name: 'direct: the Wallet hears how long was talked, and not that all was had',
    file: room('mod'),
    from: 'room.life.owed()',
    to: 'room.life.outcome',
  },
  {
    name: 'direct: ended by the cron because it is settled',
    file: room('mod'),
    from: 'if room.life.is_paid() { Happened::Tick } else { Happened::Left }',
    to: 'Happened::Left',
  },
  {
    name: 'direct: OpenAI stands in every policy',
    file: 'src/port/config/interview.rs',
    from: '.map(|(origin, _)| origin).filter(|_| self.direct)',
    to: '.map(|(origin, _)| origin)',
  },
  {
    name: 'under fire: what the page has said is said again',
    file: room('mod'),
    from: '        && !said.is_empty()\n',
    to: '        && said.is_empty()\n',
  },
  {
    name: 'under fire: a pause in which the page goes on talking',
    file: room('life/ear'),
    from: 'now.since(at) > UNDER_WAY) {\n            todo.extend(self.go_on(now));',
    to: 'now.since(at) > UNDER_WAY) {',
  },
  {
    name: 'under fire: what was deleted has cost nothing',
    file: 'src/interview/archive.rs',
    from: '    statements.push(store::forgotten(kept));\n',
    to: '',
  },
];
