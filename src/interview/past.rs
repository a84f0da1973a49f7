//! What people read of their interviews: D1's rows of those that are over, the Room's word of one that it still has.

use serde::Serialize;
use serde_json::Value;

use super::line::{Line, Mark, Source, Speaker};
use super::missed::{Missed, is_worth_telling};
use super::room::command::{Says, Told};
use super::store::{self, Past, Said};
use super::ticket::{self, RoomKey};
use super::visit::{self, Visit};
use super::{desk, format, limits};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::object;
use crate::domain::id::{Owner, SessionId, UserId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Ending;
use crate::money::words;
use crate::port::World;
use crate::port::clock::Clock;

pub const USUAL: i64 = 20;
pub const MOST: i64 = 100;
/// A page of lines. A file has them all: no Room keeps more.
pub const USUAL_LINES: i64 = 200;
pub const MOST_LINES: i64 = 500;
pub(super) const ALL_LINES: i64 = 10_000;
/// Interviews deleted at one stroke of the cron.
const SWEPT: i64 = 100;

#[derive(Debug, Serialize)]
pub struct Sessions {
    sessions: Vec<Value>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
    open: Option<Value>,
}

/// `GET /api/sessions`.
///
/// 1. Those that are over, newest first.
/// 2. The one that is open, by the person's own book; a book nobody has opened has none.
pub async fn list<W: World>(
    world: &W,
    person: &UserId,
    before: Option<&SessionId>,
    limit: i64,
) -> Result<Sessions, Failure> {
    // 1
    let found = store::page(world.db(), person, before.map(SessionId::as_str), limit).await?;
    let whole = i64::try_from(found.len()).is_ok_and(|count| count == limit);
    let next = found.last().filter(|_| whole).map(|past| past.id.clone());
    // 2
    let open = match crate::money::desk::open(world, &Owner::from(person), person.as_str()).await {
        Ok(open) => open,
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure),
    };
    let open = open.map(|open| object!({ "id": open.session.as_str(), "state": open.state.word() }));
    Ok(Sessions { sessions: found.iter().map(listed).collect(), next, open })
}

fn listed(found: &Past) -> Value {
    let mut all = past(found);
    if let Some(all) = all.as_object_mut() {
        all.insert("scored".to_owned(), (found.scored == 1).into());
    }
    all
}

fn past(past: &Past) -> Value {
    let ending = Ending::parse(&past.ending);
    let rule = ending.map(|ending| words::of_interview(ending, Millis::new(past.heard_ms), past.charged));
    object!({
        "id": past.id.as_str(), "state": "ended", "jobTitle": past.job_title.as_str(),
        "company": past.company.as_deref(), "level": past.level.as_str(), "focus": past.focus.as_str(),
        "language": past.language.as_str(), "persona": past.persona.as_str(), "minutes": past.minutes,
        "startedAt": past.opened_at.iso(), "endedAt": past.ended_at.iso(), "ending": past.ending.as_str(),
        "heardSeconds": past.heard_ms / 1000, "charged": past.charged.to_string(), "rule": rule,
        "relayed": past.relayed == 1,
    })
}

/// `GET /api/sessions/:id`.
///
/// 1. The Room knows it while it goes on and for a while after.
/// 2. D1 knows it for good.
pub async fn one<W: World>(world: &W, visit: Visit<'_>) -> Result<Value, Failure> {
    // 1
    if let Some(told) = desk::look(world, visit.session, visit.person).await? {
        return present(world, visit, &told);
    }
    // 2
    let found = store::find(world.db(), visit.person, visit.session).await?;
    Ok(past(&found.ok_or(Refusal::NotFound)?))
}

/// With a fresh room key while it goes on: a page that was loaded anew has none.
fn present<W: World>(world: &W, Visit { session, person }: Visit<'_>, told: &Told) -> Result<Value, Failure> {
    let wish = &told.wish;
    let open = told.outcome.is_none();
    let ended = visit::ended(told);
    let mut all = object!({
        "id": session.as_str(), "state": if open { "open" } else { "ended" }, "jobTitle": wish.job_title.as_str(),
        "company": wish.company.as_deref(), "level": wish.level.word(), "focus": wish.focus.word(),
        "language": wish.language.word(), "persona": wish.persona.word(), "minutes": wish.minutes,
        "startedAt": told.opened_at.iso(), "endedAt": told.ended_at.map(Millis::iso),
        "ending": ended.as_ref().map(|ended| ended.ending),
        "heardSeconds": ended.as_ref().map(|ended| ended.heard_seconds),
        "charged": ended.as_ref().and_then(|ended| ended.charged.clone()),
        "rule": ended.and_then(|ended| ended.rule), "relayed": told.relayed,
    });
    if let Some(all) = all.as_object_mut().filter(|_| open) {
        let now = world.clock().now();
        let end = now.plus(told.remaining).plus(limits::longest(world.config(), 0));
        let key = RoomKey { session: session.clone(), person: person.clone(), expires: end.plus(limits::KEY_SLACK) };
        for (name, value) in [
            ("remainingMs", told.remaining.count().into()),
            ("connect", told.connect.into()),
            ("reconnectsLeft", told.again_left.into()),
            ("speaks", told.speaks.into()),
            ("allowanceSeconds", told.seconds.into()),
            ("patience", told.patience.word().into()),
            ("paused", told.paused.into()),
            ("pauseLeftMs", told.pause_left.count().into()),
        ] {
            all.insert(name.to_owned(), value);
        }
        all.insert("roomKey".to_owned(), ticket::key(world.config().ticket_secrets()?, &key)?.into());
    }
    Ok(all)
}

/// What was said, in order, and what it was about.
struct Talk {
    title: String,
    lines: Vec<Line>,
    missed: Vec<Missed>,
}

/// 1. The Room has it until D1 has it.
/// 2. After that, D1.
/// 3. Of one that is over and on its way from here to there, nothing was said.
async fn talk<W: World>(world: &W, visit: Visit<'_>, after: i64, limit: i64) -> Result<Talk, Failure> {
    // 1
    let kept = desk::lines(world, visit.session, visit.person).await?;
    let title = kept.as_ref().map(|(told, ..)| told.wish.job_title.clone());
    if let Some((told, lines, missed)) = kept.filter(|(told, lines, _)| told.outcome.is_none() || !lines.is_empty()) {
        let from = told.began_at.unwrap_or(told.opened_at);
        let missed = missed.into_iter().filter(|it| is_worth_telling(it, &lines));
        let missed = missed.map(|it| Missed { from: it.from.since(from), until: it.until.since(from), ..it }).collect();
        let passed = usize::try_from(after.saturating_add(1)).unwrap_or(0);
        let lines = lines.into_iter().skip(passed).take(usize::try_from(limit).unwrap_or(0)).map(|line| {
            let [at, end] = [line.at, line.end].map(|at| at.since(from).max(Millis::default()));
            Line { at, end, ..line }
        });
        return Ok(Talk { title: told.wish.job_title, lines: lines.collect(), missed });
    }
    // 2
    let found = store::find(world.db(), visit.person, visit.session).await?;
    let (said, missed) = store::transcript(world.db(), visit.person, visit.session, after, limit).await?;
    let lines: Option<Vec<Line>> = said.into_iter().map(line).collect();
    let missed = missed.iter().filter_map(|note| Missed::read(&note.what, note.at)).collect();
    let unreadable = || Fault::Database { why: "a line with a word that is none".to_owned() };
    // 3
    let title = found.map(|past| past.job_title).or(title).ok_or(Refusal::NotFound)?;
    Ok(Talk { title, lines: lines.ok_or_else(unreadable)?, missed })
}

pub(super) fn line(said: Said) -> Option<Line> {
    Some(Line {
        item: said.item,
        previous: None,
        speaker: Speaker::parse(&said.speaker)?,
        text: said.text,
        mark: Mark::parse(&said.mark)?,
        at: Millis::new(said.at_ms),
        end: Millis::new(said.end_ms),
        source: Source::parse(&said.source)?,
        typed: said.typed == 1,
        waited: said.waited_ms.map(Millis::new),
    })
}

/// `GET /api/sessions/:id/transcript`: a page of lines after that number.
pub async fn lines<W: World>(world: &W, visit: Visit<'_>, after: Option<i64>, limit: i64) -> Result<Value, Failure> {
    let after = after.unwrap_or(-1);
    let talk = talk(world, visit, after, limit).await?;
    let numbered = talk.lines.iter().zip(after.saturating_add(1)..);
    let lines: Vec<Value> = numbered.map(|(line, number)| told(line, number)).collect();
    let count = i64::try_from(lines.len()).unwrap_or(0);
    let next = (count == limit).then(|| after.saturating_add(count));
    let gaps = talk
        .missed
        .iter()
        .map(|it| object!({ "kind": it.gap.word(), "atMs": it.from.count(), "endMs": it.until.count() }));
    Ok(object!({ "lines": lines, "next": next, "gaps": gaps.collect::<Vec<Value>>() }))
}

/// A line whose times count from the first words.
pub(super) fn told(line: &Line, number: i64) -> Value {
    object!({
        "number": number, "itemId": line.item.as_str(), "speaker": line.speaker.word(), "text": line.text.as_str(),
        "mark": line.mark.word(), "atMs": line.at.count(), "endMs": line.end.count(), "source": line.source.word(),
        "typed": line.typed,
    })
}

/// The same as one file.
pub async fn text<W: World>(world: &W, visit: Visit<'_>) -> Result<String, Failure> {
    let talk = talk(world, visit, -1, ALL_LINES).await?;
    Ok(format::text(&talk.lines, &talk.title))
}

pub async fn captions<W: World>(world: &W, visit: Visit<'_>) -> Result<String, Failure> {
    Ok(format::vtt(&talk(world, visit, -1, ALL_LINES).await?.lines))
}

/// `DELETE /api/sessions/:id`. Its Room first: what it has not told D1 yet it never will.
pub async fn delete<W: World>(world: &W, visit: Visit<'_>) -> Result<Value, Failure> {
    let room = match desk::say(world, visit.session, visit.person, Says::Delete).await {
        Ok(_) => true,
        Err(failure) if failure.refusal() == Some(&Refusal::NotFound) => false,
        Err(failure) => return Err(failure),
    };
    let archived = store::delete(world.db(), visit.person, visit.session).await?;
    if room || archived { Ok(object!({ "deleted": true })) } else { Err(Refusal::NotFound.into()) }
}

/// Whatever is kept of a person's interviews goes.
pub async fn forget<W: World>(world: &W, person: &UserId) -> Result<(), Fault> {
    store::forget(world.db(), person).await
}

/// What has been kept as long as was said goes.
pub async fn sweep<W: World>(world: &W) -> Result<(), Fault> {
    let day = Millis::of_seconds(24 * 60 * 60).count();
    let kept = Millis::new(day.saturating_mul(world.config().transcript_days));
    store::sweep(world.db(), world.clock().now().minus(kept), SWEPT).await
}
