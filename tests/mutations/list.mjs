// The guards, each taken out in turn: a patch of the source or of a port of the simulation. `from` must stand in its
// file exactly once. scripts/mutations.mjs applies them one at a time and tells which test misses the guard.

import { again } from './again.mjs';
import { direct } from './direct.mjs';
import { feedback } from './feedback.mjs';
import { payments } from './payments.mjs';
import { spend } from './spend.mjs';
import { turn } from './turn.mjs';

const wallet = (file) => `src/money/wallet/${file}.rs`;
const room = (file) => `src/interview/room/${file}.rs`;

export const mutations = [
  {
    name: 'key not checked',
    file: wallet('entry'),
    from: '            known => Ok(known),',
    to: '            _ => Ok(None),',
  },
  {
    name: 'fingerprint ignored',
    file: wallet('entry'),
    from: 'Some(known) if known.fingerprint != fingerprint =>',
    to: 'Some(known) if known.seq < 0 && known.fingerprint != fingerprint =>',
  },
  {
    name: 'lapse forgotten',
    file: wallet('holds'),
    from: '    due::plan(book.tx, alarm::LAPSE, row.session.as_str(), row.lapses_at)?;\n',
    to: '',
  },
  {
    name: 'outbox row dropped',
    file: wallet('entry'),
    from: '            due::plan(self.tx, super::alarm::MIRROR, &line.seq.to_string(), self.now)?;\n',
    to: '',
  },
  {
    name: 'double post',
    file: wallet('holds'),
    from: '    if !row.state.is_open() {\n        return recorded(book, &row);',
    to: '    if row.end_seq == Some(0) {\n        return recorded(book, &row);',
  },
  {
    name: 'alarm lost',
    file: 'src/port/due/mod.rs',
    from: 'next <= now => tx.arm(next),',
    to: 'next <= now => Ok(()),',
  },
  {
    name: 'planned beside a command, and not armed',
    file: 'src/port/due/mod.rs',
    from: '    arm(tx, before, now)?;\n    Ok(done)',
    to: '    let _ = (before, now);\n    Ok(done)',
  },
  {
    name: 'alarm not set anew after it rang',
    file: wallet('alarm'),
    from: 'if store::exists(tx)? { due::rearm(tx) } else { Ok(()) }',
    to: 'store::exists(tx).map(drop)',
  },
  {
    name: 'balance check removed',
    file: wallet('credit'),
    from: '..=-1 if size <= book.balances.user =>',
    to: '..=-1 =>',
  },
  {
    name: 'smallest balance not asked for',
    file: 'src/money/rules.rs',
    from: 'if available < MINIMUM {',
    to: 'if available < Credits::milli(10) {',
  },
  {
    name: 'release before commit (wrapped port)',
    file: 'tests/simulation/ports.rs',
    from: `            let value = work(tx)?;
            if self.mishap(100, "a commit is refused") {
                refused.set(true);`,
    to: `            let value = work(tx)?;
            if self.mishap(100, "a commit is refused") {
                early.set(Some(value));
                refused.set(true);`,
    more: [
      {
        from: '        let refused = Cell::new(false);\n',
        to: '        let refused = Cell::new(false);\n        let early = Cell::new(None);\n',
      },
      {
        from: 'done.is_ok(), spoilt),\n        }\n        done\n',
        to: 'done.is_ok(), spoilt),\n        }\n        early.take().map_or(done, Ok)\n',
      },
    ],
  },
  {
    name: 'nothing taken back (wrapped port)',
    file: 'tests/shared/storage.rs',
    from: '"rollback to work; release work"',
    to: '"release work"',
  },
  {
    name: 'claim ignored',
    file: wallet('alarm'),
    from: 'Claim::Anothers => write(object, owner, credit::unwelcome)?,',
    to: 'Claim::Anothers => {}',
  },
  {
    name: 'clock read from the wrong side (wrapped port)',
    file: 'tests/simulation/ports.rs',
    from: 'let shift = self.object.as_ref().map_or(&self.sim.shift, |object| &object.shift);',
    to: 'let shift = &self.sim.shift;',
  },
  {
    name: 'welcome given twice',
    file: wallet('credit'),
    from: 'if book.cover.welcomed == 1 || owner.user().is_none() {',
    to: 'if owner.user().is_none() {',
  },
  {
    name: 'free voids unlimited',
    file: 'src/money/settlement.rs',
    from: 'Ending::ConnectionLost if free_voids < rules::FREE_VOIDS =>',
    to: 'Ending::ConnectionLost if free_voids < usize::MAX =>',
  },
  {
    name: 'starts unlimited',
    file: wallet('holds'),
    from: '.nth(rules::STARTS.saturating_sub(1))',
    to: '.nth(rules::STARTS.saturating_add(1000))',
  },
  {
    name: 'two interviews of one person',
    file: wallet('holds'),
    from: 'store::open_hold(book.tx, &wish.person)?',
    to: 'store::open_hold(book.tx, &wish.person)?.filter(|_| wish.replace.is_some())',
  },
  {
    name: 'replaced interview keeps its hold',
    file: wallet('holds'),
    from: '        void(book, &open, "replaced")?;\n',
    to: '',
  },
  {
    name: 'begun after it lapsed',
    file: wallet('holds'),
    from: 'State::Held if row.lapses_at > book.now =>',
    to: 'State::Held =>',
  },
  {
    name: 'charged although it never began',
    file: wallet('holds'),
    from: '        _ => Charge::Void { free: false },\n    };',
    to: '        _ => settlement::charge(row.amount, row.seconds, outcome, used),\n    };',
  },
  {
    name: 'a start counts whosever fault its end was',
    file: wallet('holds'),
    from: '.filter(|start| start.excused == 0)',
    to: '.filter(|start| start.excused >= 0)',
  },
  {
    name: 'a closed book keeps what comes back',
    file: wallet('holds'),
    from: 'book.cover.closed_at.is_some() && postings.user > Credits::ZERO',
    to: 'book.cover.closed_at.is_some() && postings.user < Credits::ZERO',
  },
  {
    name: 'owed not paid first',
    file: 'src/money/book.rs',
    from: 'let owed = sound(amount)?.min(self.owed.negative());',
    to: 'let owed = sound(amount)?.min(Credits::ZERO);',
  },
  {
    name: 'as_of ignored',
    file: wallet('credit'),
    from: 'if book.cover.premium_as_of.is_some_and(|known| known >= as_of) {',
    to: 'if book.cover.premium_as_of.is_some_and(|known| known > Millis::new(i64::MAX - 1)) {',
  },
  {
    name: 'premium never ends',
    file: wallet('entry'),
    from: 'self.cover.premium_until.is_some_and(|until| until > self.now)',
    to: 'self.cover.premium_until.is_some()',
  },
  {
    name: 'closed wallet holds',
    file: wallet('entry'),
    from: 'if book.cover.closed_at.is_some() { Err(No::Closed.into()) } else { Ok(book) }',
    to: 'Ok(book)',
  },
  {
    name: 'clawback without what was taken before',
    file: wallet('credit'),
    from: 'Ok(share.minus(sale.taken).ok_or(No::Impossible)?.max(Credits::ZERO))',
    to: 'Ok(share.max(Credits::ZERO))',
  },
  {
    name: 'chain not linked',
    file: wallet('entry'),
    from: 'let hash = link(&self.hash, &line, &draft.fingerprint)?;',
    to: 'let hash = link(BEGINNING, &line, &draft.fingerprint)?;',
  },
  {
    name: 'a refused row stops the rest',
    file: wallet('mirror'),
    from: 'Err(Fault::DatabaseRefused { why }) => refuse(object, owner, seq, &why),',
    to: 'Err(Fault::DatabaseRefused { why }) => refuse(object, owner, seq, &why).and(Err(Fault::DatabaseTimeout)),',
  },
  {
    name: 'a refused row never parked',
    file: wallet('mirror'),
    from: '            store::park(tx, seq, now)?;\n',
    to: '',
  },
  {
    name: 'told to D1 as done too early',
    file: wallet('mirror'),
    from: 'Some(last) if last > told =>',
    to: 'Some(last) if last > told.saturating_add(1) =>',
  },
  {
    name: 'old news replaces newer in D1',
    file: 'src/money/store.rs',
    from: '\n    where excluded.seq > wallets.seq";',
    to: '";',
  },
  {
    name: 'a silent Room is waited for without end',
    file: wallet('alarm'),
    from: '_ if now < given_up =>',
    to: '_ if now < given_up || now >= given_up =>',
  },
  {
    name: 'a live interview is not asked about again',
    file: wallet('alarm'),
    from: 'let given_up = lapses_at.plus(rules::PATIENCE);',
    to: 'let given_up = lapses_at;',
  },
  {
    name: 'signature not compared',
    file: 'src/upstream/svix.rs',
    from: 'given.iter().any(|signature| made.clone().verify_slice(signature).is_ok())',
    to: 'given.iter().any(|signature| made.clone().verify_slice(signature).is_ok() || signature.len() == 32)',
  },
  {
    name: 'old events taken',
    file: 'src/upstream/stamped.rs',
    from: 'if age > TOLERANCE_SECONDS {',
    to: 'if age > 2 * TOLERANCE_SECONDS {',
  },
  {
    name: 'deletion logged before the Wallet closed',
    file: 'src/people/events.rs',
    from: 'Event::UserDeleted { id: user } => return Ok(Taken::Deleted(Deletion { user, entry })),',
    to: 'Event::UserDeleted { .. } => Vec::new(),',
  },
  {
    name: 'interview: answered before the Wallet said yes',
    file: room('life'),
    from: 'self.begun && self.is_called() && self.is_open()',
    to: 'self.is_called() && self.is_open()',
  },
  {
    // There is one call to a room as yet, so its number is old when the room has ended.
    name: 'interview: a late answer accepted after the end',
    file: room('life'),
    from: 'self.begun && self.is_called() && self.is_open()',
    to: 'self.begun && self.is_called()',
  },
  {
    name: 'interview: a begun hold void without asking its Room',
    file: wallet('alarm'),
    from: 'let word = object.rooms().end(&session).await;',
    to: 'let word = Ok::<_, Fault>(Word::Unknown);',
  },
  {
    name: 'interview: ended and settled twice',
    file: room('life'),
    from: '_ if !self.is_open() => Vec::new(),',
    to: '_ if !self.is_open() && !matches!(happened, Happened::Left) => Vec::new(),',
  },
  {
    name: 'interview: deadline ignored',
    file: room('life/moments'),
    from: '(shows(whole, true), Moment::Deadline),',
    to: '(shows(whole, self.seconds < 0), Moment::Deadline),',
  },
  {
    name: 'interview: a late 201 not hung up',
    file: room('life/again'),
    from: 'return vec![Do::HangUp(call.clone())];',
    to: 'return Vec::new();',
  },
  {
    name: 'interview: hang-up not repeated',
    file: room('alarm'),
    from: 'status => Err(error::refused(status, None, &reply.body)),',
    to: '_ => Ok(true),',
  },
  {
    name: 'interview: another offer accepted for a burnt ticket',
    file: room('open'),
    from: 'let same = room.offer == offer;',
    to: 'let same = !offer.is_empty();',
  },
  {
    name: 'interview: ticket of another person accepted',
    file: 'src/interview/exchange.rs',
    from: 'if ticket.session != *session || ticket.person != *person {',
    to: 'if ticket.session != *session {',
  },
  {
    name: 'interview: an old ticket accepted',
    file: 'src/interview/ticket.rs',
    from: 'if ticket.expires <= now {',
    to: 'if ticket.expires <= Millis::default() {',
  },
  {
    name: "interview: life taken from the model's own events",
    file: room('life/ear'),
    from: '                todo.extend(self.path(now));\n            }\n',
    to: '                todo.extend(self.path(now));\n            }\n            todo.extend(self.alive(now));\n',
  },
  {
    name: 'interview: the browser believed while the sideband listens',
    file: room('life'),
    from: 'self.is_deaf() || self.again_at.is_some_and(|at| now.since(at) < FILLED_WITHIN)',
    to: 'self.is_deaf() || now >= self.opened_at',
  },
  {
    name: 'interview: archived before the charge is known',
    file: room('alarm'),
    from: 'let Some(charged) = room.charged else { return Ok(Done::Later(now.plus(due::backoff(task.tries)))) };',
    to: 'let (charged, _) = (room.charged.unwrap_or(Credits::ZERO), task);',
  },
  {
    name: 'interview: emptied before D1 has acknowledged',
    file: room('alarm'),
    from: 'archive::keep(host, &kept).await?;',
    to: 'let _ = archive::keep(host, &kept).await;',
  },
  {
    name: 'interview: what was deleted stays in D1 when its archive was told twice',
    file: room('alarm'),
    from: '    if room.deleted {\n        archive::take_back(host, &kept).await?;\n    } else if !room.archived {',
    to: '    if !room.deleted && !room.archived {',
  },
  {
    name: 'interview: D1 told again when nothing is left to tell',
    file: room('alarm'),
    from: '} else if !room.archived {',
    to: '} else {',
  },
  {
    name: 'interview: a room without an alarm until the first look',
    file: room('open'),
    from: 'state::move_in(host, tx, &room)?;',
    to: 'super::store::create(tx, &room)?;',
  },
  ...again,
  ...direct,
  ...feedback,
  ...payments,
  ...spend,
  ...turn,
];

/** The texts of a file with one mutation in it. Throws when the list no longer fits the source. */
export function mutated(text, { name, from, to, more = [] }) {
  return [{ from, to }, ...more].reduce((so, patch) => {
    const found = so.split(patch.from).length - 1;
    if (found !== 1) throw new Error(`mutation '${name}': its text stands ${found} times in the file, not once`);
    return so.replace(patch.from, () => patch.to);
  }, text);
}
