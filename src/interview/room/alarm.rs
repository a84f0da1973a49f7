//! What is due: the Room's alarm does it, and repeats what is not acknowledged for as long as it takes.

use super::life::Happened;
use super::state::{Room, change};
use super::store::Noted;
use super::{Host, Score, say, store};
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::interview::archive::{self, Kept};
use crate::interview::missed::{Missed, is_worth_telling};
use crate::interview::{limits, line};
use crate::money::desk;
use crate::port::calls::Line;
use crate::port::clock::Clock;
use crate::port::due::{self, Task};
use crate::port::http::{Ask, Http};
use crate::port::log::Log;
use crate::port::sql::Sql;
use crate::upstream::openai::call::{self, Account, CallId};
use crate::upstream::openai::error;

/// Time has brought something.
pub const TICK: &str = "tick";
/// The call is to end at OpenAI.
pub const HANG_UP: &str = "hang_up";
/// The Wallet is to know the outcome.
pub const SETTLE: &str = "settle";
/// D1 is to know the interview.
pub const ARCHIVE: &str = "archive";
/// The interview is to be judged.
pub const SCORE: &str = "score";
/// Nothing is left to be done here.
pub const EMPTY: &str = "empty";
/// Something is to be said to the interviewer.
pub const SAY: &str = "say";

/// What is to be said waits for the sideband so long at a time.
const SAY_AGAIN: Millis = Millis::of_seconds(5);
/// A call that nobody pays for any more is tried to be ended again this soon, however often it fails.
const HANG_UP_AGAIN: Millis = Millis::of_seconds(15);
/// A call that nobody has heard yet may be too young to be found: it is looked for a minute long, and one that another
/// has taken the place of for ten seconds.
const LOOKED_FOR: u32 = 30;
const LOOKED_BACK_FOR: u32 = 5;
/// OpenAI that ends no call judges none either; but a call that cannot be ended keeps nobody waiting for ever.
const SCORE_AGAIN: Millis = Millis::of_seconds(15);
const SCORE_ANYWAY: Millis = Millis::of_seconds(10 * 60);
/// What could not be judged in a day, because its record cannot be read, is left to the person; not so where nobody was
/// there to try it that day.
const SCORE_AT_MOST: Millis = Millis::of_seconds(24 * 60 * 60);
const SCORE_OFTEN: u32 = 20;
/// A call that is not hung up keeps its Room, and so does an interview that is not judged yet, or not taken back yet.
const EMPTY_AGAIN: Millis = Millis::of_seconds(60);
/// Enough for one ring: what is left rings again at once.
const TASKS: usize = 50;
const MOST: usize = 64 * 1024;

enum Done {
    Finished,
    /// Again then; this is no failure.
    Later(Millis),
    /// Nothing is here any more.
    Emptied,
}

/// 1. Whatever is due, one after the other.
/// 2. What fails is put off, for longer each time.
/// 3. Last of all the alarm is set anew.
pub async fn ring<H: Host>(host: &H) -> Result<(), Fault> {
    for _ in 0..TASKS {
        // 1
        let Some((room, task)) = next(host)? else { break };
        match perform(host, &room, &task).await {
            Ok(Done::Emptied) => return Ok(()),
            Ok(Done::Finished) => host.sql().transaction(|tx| cancel(tx, &task))?,
            Ok(Done::Later(at)) => put_off(host, &task, at)?,
            // 2
            Err(fault) => {
                tell(host, &room, "warn", &task.what, &fault.reason());
                let most = if task.what == HANG_UP { HANG_UP_AGAIN } else { Millis::new(i64::MAX) };
                put_off(host, &task, host.clock().now().plus(due::backoff(task.tries).min(most)))?;
            }
        }
    }
    // 3
    host.sql().transaction(|tx| if store::exists(tx)? { due::rearm(tx) } else { Ok(()) })
}

fn next<H: Host>(host: &H) -> Result<Option<(Room, Task)>, Fault> {
    host.sql().transaction(|tx| {
        let Some(room) = store::find(tx)? else { return Ok(None) };
        Ok(due::first(tx, host.clock().now())?.map(|task| (room, task)))
    })
}

/// Unless it was planned anew while it was being done.
fn cancel(tx: &impl crate::port::sql::Tx, task: &Task) -> Result<(), Fault> {
    match due::at(tx, &task.what, &task.about)? {
        Some(at) if at == task.at => due::cancel(tx, &task.what, &task.about),
        _ => Ok(()),
    }
}

fn put_off<H: Host>(host: &H, task: &Task, at: Millis) -> Result<(), Fault> {
    host.sql().transaction(|tx| if store::exists(tx)? { due::put_off(tx, &task.what, &task.about, at) } else { Ok(()) })
}

async fn perform<H: Host>(host: &H, room: &Room, task: &Task) -> Result<Done, Fault> {
    match task.what.as_str() {
        TICK => tick(host),
        HANG_UP => hang_up(host, room, task).await,
        SETTLE => settle(host, room).await,
        ARCHIVE => archive(host, room, task).await,
        SCORE => score(host, room, task).await,
        EMPTY => empty(host),
        SAY if say::say(host, room, &task.about)? => Ok(Done::Finished),
        SAY => Ok(Done::Later(host.clock().now().plus(SAY_AGAIN))),
        _ => Ok(Done::Finished),
    }
}

/// Its row stays, for the next time, as long as there is one.
fn tick<H: Host>(host: &H) -> Result<Done, Fault> {
    let patience = &host.config().room;
    change(host, |room, tx, now| {
        let todo = room.life.on(&Happened::Tick, now, patience);
        let next = room.life.due(patience);
        next.map_or(Ok(()), |at| due::plan(tx, TICK, "", at)).map(|()| todo)
    })?;
    Ok(Done::Finished)
}

/// A call that OpenAI does not know any more is over too; one that it does not know yet is not.
async fn hang_up<H: Host>(host: &H, room: &Room, task: &Task) -> Result<Done, Fault> {
    let Some(call) = CallId::parse(&task.about) else { return Ok(Done::Finished) };
    let found = send_hang_up(host, &call).await?;
    let now = host.clock().now();
    let current = room.life.call.as_ref() == Some(&call);
    let looked_for = if current { LOOKED_FOR } else { LOOKED_BACK_FOR };
    if !found && task.tries < looked_for && !(current && room.life.heard_once) {
        return Ok(Done::Later(now.plus(due::backoff(0))));
    }
    if let Some(line) = host.memory().borrow_mut().line.take_if(|_| current) {
        line.close();
    }
    change(host, |_, tx, now| store::note(tx, "hung up", now).map(|()| Vec::new()))?;
    Ok(Done::Finished)
}

/// Whether OpenAI knew the call.
pub async fn send_hang_up<H: Host>(host: &H, call: &CallId) -> Result<bool, Fault> {
    let config = host.config();
    let post = call::hang_up(&Account { base: &config.voice.base_url, key: config.openai_key()? }, call);
    let ask = Ask { url: post.url, headers: post.headers, limit: config.voice.timeout, max_bytes: MOST };
    let reply = host.http().post(ask, post.body).await.map_err(|failure| failure.of("openai"))?;
    match reply.status {
        200..=299 => Ok(true),
        404 => Ok(false),
        status => Err(error::refused(status, None, &reply.body)),
    }
}

/// The first outcome counts: whatever the Wallet says it recorded is what it cost. Of a hold that it does not know, or
/// that it has let go, nothing was charged.
async fn settle<H: Host>(host: &H, room: &Room) -> Result<Done, Fault> {
    let Some(outcome) = room.life.owed() else { return Ok(Done::Finished) };
    let charged = match desk::settle(host, &room.payer, &room.session, outcome).await {
        Ok(charged) => charged,
        Err(Failure::Refused(_)) => Credits::ZERO,
        Err(Failure::Broken(fault)) => return Err(fault),
    };
    change(host, |room, _, _| {
        room.charged = Some(charged);
        Ok(Vec::new())
    })?;
    Ok(Done::Finished)
}

/// 1. What it cost must be known.
/// 2. D1 takes it all or nothing, once: when it is known to have it, nothing is left here to tell. Of what was deleted,
///    whatever an earlier try has left there goes.
/// 3. What was said is then there and no longer here; what is left goes when nobody can ask for it any more.
/// 4. The person may have deleted it while D1 was being told.
async fn archive<H: Host>(host: &H, room: &Room, task: &Task) -> Result<Done, Fault> {
    let now = host.clock().now();
    // 1
    let (Some(outcome), Some(ended_at)) = (room.life.outcome, room.life.ended_at) else { return Ok(Done::Finished) };
    let Some(charged) = room.charged else { return Ok(Done::Later(now.plus(due::backoff(task.tries)))) };
    // 2
    let (lines, notes) = host.sql().transaction(|tx| Ok::<_, Fault>((store::lines(tx)?, store::notes(tx)?)))?;
    let idle = |note: &Noted| Missed::read(&note.what, note.at).is_some_and(|it| !is_worth_telling(&it, &lines));
    let notes = notes.into_iter().filter(|note| !idle(note)).map(|note| (note.at, note.what)).collect();
    let kept = Kept { room, outcome, ended_at, charged, lines: line::order(lines), notes };
    if room.deleted {
        archive::take_back(host, &kept).await?;
    } else if !room.archived {
        archive::keep(host, &kept).await?;
    }
    // 3
    let gone_at = now.max(ended_at.plus(limits::REMEMBERED));
    let left = change(host, |room, tx, _| {
        room.archived = true;
        store::forget_lines(tx)?;
        due::plan(tx, EMPTY, "", gone_at)?;
        // Not while nothing else gets its turn: what is due because of the end comes first.
        if !room.deleted {
            due::plan(tx, SCORE, "", now)?
        }
        Ok(Vec::new())
    })?;
    // 4
    if left.is_some_and(|left| left.deleted && !room.deleted) {
        archive::take_back(host, &kept).await?;
    }
    Ok(Done::Finished)
}

/// The ending of the call has its turn first: while the judge is awaited the alarm does nothing else.
async fn score<H: Host>(host: &H, room: &Room, task: &Task) -> Result<Done, Fault> {
    let now = host.clock().now();
    let waited = room.life.ended_at.map_or(SCORE_ANYWAY, |at| now.since(at));
    if waited < SCORE_ANYWAY && host.sql().transaction(|tx| due::find(tx, HANG_UP))?.is_some() {
        return Ok(Done::Later(now.plus(SCORE_AGAIN)));
    }
    // Organisations may pay; only a person can have talked.
    let Some(person) = UserId::parse(&room.person).filter(|_| !room.deleted) else { return Ok(Done::Finished) };
    match host.score(&room.session, &person).await {
        Ok(Score::Over) => Ok(Done::Finished),
        Ok(Score::Again(at)) => Ok(Done::Later(at)),
        Err(fault) if waited >= SCORE_AT_MOST && task.tries >= SCORE_OFTEN => {
            tell(host, room, "alert", SCORE, &fault.reason());
            Ok(Done::Finished)
        }
        Err(fault) => Err(fault),
    }
}

fn empty<H: Host>(host: &H) -> Result<Done, Fault> {
    let later = host.clock().now().plus(EMPTY_AGAIN);
    host.sql().transaction(|tx| {
        for what in [HANG_UP, ARCHIVE, SCORE] {
            if due::find(tx, what)?.is_some() {
                return Ok(Done::Later(later));
            }
        }
        store::empty(tx).map(|()| Done::Emptied)
    })
}

fn tell<H: Host>(host: &H, room: &Room, level: &str, what: &str, why: &str) {
    let session = room.session.as_str();
    let line = form::object!({ "level": level, "event": format!("room {what}"), "session": session, "why": why });
    host.log().line(&form::text(&line));
}
