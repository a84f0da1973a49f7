// The guards of reports and receipts, and of what may be asked. See list.mjs.

const store = 'src/coach/store.rs';
const words = 'src/coach/evidence.rs';
const alarm = 'src/interview/room/alarm.rs';

export const feedback = [
  {
    name: 'feedback: quotations not held against what was said',
    file: words,
    from: '            None => Err(Why::NotFound),',
    to: '            None => Ok(Quote { line: number, text: quote.to_owned() }),',
  },
  {
    name: 'feedback: the words of the interviewer taken as evidence',
    file: words,
    from: 'let found = self.of_speaker(Speaker::Person).filter_map(|line|',
    to: 'let found = self.lines.iter().filter_map(|line|',
  },
  {
    name: 'feedback: a word is enough to quote',
    file: words,
    from: '(!is_long(quote)).then_some(Why::TooShort)',
    to: 'quote.is_empty().then_some(Why::TooShort)',
    more: [{ from: 'Some(found) if is_long(&Level::of(&found.text).text) => Ok(found),', to: 'Some(found) => Ok(found),' },
      { from: '            Some(_) => Err(Why::TooShort),\n', to: '' }],
  },
  {
    name: 'feedback: answers that say nothing are praised',
    file: words,
    from: 'if self.nothing.is_all(&Words::of(quote)) {',
    to: 'if self.nothing.is_all(&Words::of(quote)) && quote.is_empty() {',
  },
  {
    name: 'feedback: who somebody is told to the judge',
    file: 'src/coach/blind.rs',
    from: '            if found.is_empty() {',
    to: '            if found.len() < usize::MAX {',
  },
  {
    name: 'feedback: a question that was taken back judged with its answer',
    file: 'src/coach/score.rs',
    from: 'matches!(line.mark, Mark::Withdrawn | Mark::Failed)',
    to: 'matches!(line.mark, Mark::Failed)',
  },
  {
    name: 'feedback: two tries at once',
    file: store,
    from: 'where (until <= ?6 or until > ?8) and tries < ?7',
    to: 'where tries < ?7',
  },
  {
    name: 'feedback: scored once more',
    file: store,
    from: "            and not exists (select 1 from feedback where session = ?1 and state = 'scored')\n",
    to: '',
  },
  {
    name: 'feedback: the last report stays, not the first',
    file: store,
    from: "scored_at = ?7 where session = ?1 and rubric = ?2 and person = ?3 and state <> 'scored'\";",
    to: 'scored_at = ?7 where session = ?1 and rubric = ?2 and person = ?3";',
  },
  {
    name: 'feedback: tries without end',
    file: store,
    from: 'where (until <= ?6 or until > ?8) and tries < ?7',
    to: 'where (until <= ?6 or until > ?8)',
  },
  {
    name: 'feedback: a try that fails late ends another one',
    file: store,
    from: "and tries = ?6 and state = 'scoring'\";",
    to: "and state <> 'scored'\";",
  },
  {
    name: 'feedback: a lost try shown as under way for ever',
    file: 'src/coach/report.rs',
    from: 'standing.busy(world.clock().now()).is_none();',
    to: 'standing.busy(Millis::default()).is_none() && standing.tries < 0;',
    more: [{ from: 'use crate::port::World;\n', to: 'use crate::domain::millis::Millis;\nuse crate::port::World;\n' }],
  },
  {
    name: 'feedback: reports outlive their interviews',
    file: 'migrations/0005_feedback.sql',
    from: '    session text not null references sessions (id) on delete cascade,\n',
    to: '    session text not null,\n',
  },
  {
    name: 'feedback: a report made for an interview that is gone',
    file: store,
    from: ' where exists (select 1 from sessions where id = ?1 and person = ?3)\n            and not exists',
    to: ' where not exists',
  },
  {
    name: 'feedback: reports shown to others, who object',
    file: store,
    from: "where session = ?1 and person = ?3 and (state = 'scored'",
    to: "where session = ?1 and ?3 is not null and (state = 'scored'",
  },
  {
    name: 'feedback: judged before the call is hung up',
    file: alarm,
    from: 'if waited < SCORE_ANYWAY && host',
    to: 'if waited < Millis::default() && host',
  },
  {
    name: 'feedback: a call that cannot be ended keeps everybody waiting',
    file: alarm,
    from: 'if waited < SCORE_ANYWAY && host',
    to: 'if host',
  },
  {
    name: 'feedback: emptied before it is judged',
    file: alarm,
    from: 'for what in [HANG_UP, ARCHIVE, SCORE] {',
    to: 'for what in [HANG_UP, ARCHIVE] {',
  },
  {
    name: 'interview: emptied before what was deleted is taken back',
    file: alarm,
    from: 'for what in [HANG_UP, ARCHIVE, SCORE] {',
    to: 'for what in [HANG_UP, SCORE] {',
  },
  {
    name: 'feedback: receipts not checked',
    file: 'src/domain/seal.rs',
    from: 'if !secrets.iter().any(holds) {',
    to: 'if purpose.label != "vocahire receipt 1" && !secrets.iter().any(holds) {',
  },
  {
    name: 'feedback: a room key is a receipt',
    file: 'src/coach/receipt.rs',
    from: 'label: "vocahire receipt 1"',
    to: 'label: "vocahire room key 1"',
  },
  {
    name: 'feedback: a receipt before it is written down what it was',
    file: 'src/coach/receipt.rs',
    from: 'Stands::Ending => return Err(Refusal::Conflict { why: "the interview is being written down" }.into()),',
    to: 'Stands::Ending => {}',
  },
  {
    name: 'feedback: judged by words that may still change',
    file: 'src/coach/report.rs',
    from: 'if matches!(record::stands(world, visit).await?, Stands::Kept | Stands::Past) {',
    to: 'if record::stands(world, visit).await? != Stands::Open {',
  },
  {
    name: 'feedback: a forbidden question heard to its end',
    file: 'src/interview/room/listen.rs',
    from: 'let asks = line.speaker == Speaker::Interviewer && line.mark != Mark::Withdrawn;',
    to: 'let asks = line.speaker == Speaker::Interviewer && line.text.is_empty();',
  },
  {
    name: 'feedback: a forbidden question passed over where its beginning was not heard',
    file: 'src/interview/room/listen.rs',
    from: '&& let Some(ground) = fairness::forbidden(host.words(fairness::words_of(language)), text)\n',
    to: '&& let Some(ground) = fairness::forbidden(host.words(fairness::words_of(language)), "")\n',
  },
  {
    name: 'feedback: the interviewer never takes it back',
    file: 'src/interview/room/listen.rs',
    from: 'let retracting = retracting || ends_withdrawn(tx, event)?;',
    to: 'let retracting = false && (retracting || ends_withdrawn(tx, event)?);',
  },
  {
    name: 'feedback: the pause of whoever broke in counted',
    file: 'src/interview/room/listen.rs',
    from: 'Event::OutputStarted => memory.silent_since = None,',
    to: 'Event::OutputStarted => memory.silent_since = Some(now),',
  },
];
