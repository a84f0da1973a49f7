//! The Room: one object for each interview. It holds the call and is the only one who can end it.
//!
//! Whatever happens (a request, the alarm, a word at the sideband, the result of an effect) is decided by [`life`]
//! against the stored state, in one transaction that also plans what is to be done because of it. The [`alarm`] does
//! it, and repeats it until it is acknowledged. Memory may vanish between any two events.

mod alarm;
pub mod command;
pub mod life;
mod listen;
mod live;
mod open;
mod post;
mod say;
mod state;
mod store;

use std::cell::RefCell;

pub use alarm::ring;
pub use listen::{listen, wants_to_listen};
pub use live::{News, picture};
pub use state::{Memory, Room, Withdrawn};

use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::{ResumeId, SessionId, UserId};
use crate::domain::millis::Millis;
use crate::interview::missed::Missed;
use crate::interview::{line, relay};
use crate::port::Object;
use crate::port::calls::Calls;
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::rooms::Word;
use crate::port::sql::Sql;
use command::{Letter, No, Reply, Says, Told};
use life::Happened;
use state::{MemoryOf, change, happen};

/// The world as a Room sees it.
pub trait Host: Object {
    type Calls: Calls;

    fn calls(&self) -> &Self::Calls;

    fn memory(&self) -> &RefCell<MemoryOf<Self>>;

    /// The text of a resume, if it is this person's.
    fn resume(&self, person: &UserId, resume: &ResumeId) -> impl Future<Output = Result<Option<String>, Fault>>;

    /// Tells each of those who watch the news, which are made from the number of the last line that they know.
    fn show(&self, news: &dyn Fn(i64) -> Option<News>);

    /// Has an interview that is over, and stands in D1, judged by those who can.
    fn score(&self, session: &SessionId, person: &UserId) -> impl Future<Output = Result<Score, Fault>>;
}

/// What became of that wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Score {
    /// It is judged, or will not be by itself.
    Over,
    /// To be wished again then.
    Again(Millis),
}

/// Takes a letter and hands the reply to `answer` as soon as there is one. It may go on after that: an offer that
/// nobody waits for any more still has to be hung up.
pub async fn receive<H: Host>(host: &H, letter: &str, answer: impl FnOnce(Result<String, Fault>)) {
    let told = |reply: Result<Reply, Fault>| {
        let text = |reply| serde_json::to_string(&reply).map_err(|error| Fault::Bug { why: error.to_string() });
        answer(reply.and_then(text));
    };
    match form::read(letter) {
        Ok(Letter::Open(open)) => open::open(host, *open, told).await,
        Ok(Letter::Again(again)) => open::again(host, *again, told).await,
        Ok(Letter::Person { person, says }) => told(person_says(host, &person, says)),
        Ok(Letter::Stop) => told(stop(host)),
        Err(why) => told(Err(Fault::Bug { why: format!("a letter: {why}") })),
    }
}

/// What the Wallet hears, or the cron once the money is settled. An interview that is still going on ends with it; one
/// that is paid in full is settled long before its end, and goes on.
fn stop<H: Host>(host: &H) -> Result<Reply, Fault> {
    let room = change(host, |room, _, now| {
        let happened = if room.life.is_paid() { Happened::Tick } else { Happened::Left };
        Ok(room.life.on(&happened, now, &host.config().room))
    })?;
    let outcome = room.and_then(|room| room.life.owed());
    Ok(Reply::Word(outcome.map_or(Word::Unknown, Word::Ended)))
}

fn person_says<H: Host>(host: &H, person: &str, says: Says) -> Result<Reply, Fault> {
    // Whoever it does not belong to learns the same as of an interview that never was.
    let known = host.sql().transaction(store::find)?;
    let Some(room) = known.filter(|room| room.person == person) else { return Ok(Reply::No(No::NotFound)) };
    // What they have deleted is not shown to them again.
    if room.deleted && matches!(says, Says::Look | Says::Lines) {
        return Ok(Reply::No(No::NotFound));
    }
    let talks = matches!(says, Says::Beat { away: None | Some(false), .. } | Says::Pause(_));
    if let Says::Beat { said, .. } = &says
        && !said.is_empty()
    {
        host.sql().transaction(|tx| say::acknowledge(tx, said))?;
    }
    let room = match says {
        // Nobody is there to talk to: the page alone is no sign of life.
        Says::Beat { away: Some(true), .. } => happen(host, &Happened::Tick)?,
        Says::Beat { packets, connect, .. } => by(host, connect, &Happened::Beat { packets })?,
        Says::Left => happen(host, &Happened::Left)?,
        Says::Dropped { connect } => by(host, connect, &Happened::Dropped)?,
        Says::Look => happen(host, &Happened::Tick)?,
        Says::Pause(paused) => happen(host, &Happened::Pause(paused))?,
        Says::Relay(batch) => match relay::read(batch.as_bytes()) {
            Ok(batch) => listen::relay(host, &batch)?,
            Err(_) => Some(room),
        },
        Says::Patience(patience) => change(host, |room, tx, now| {
            room.patience = patience;
            say::plan(tx, say::PATIENCE, now)?;
            Ok(room.life.on(&Happened::Tick, now, &host.config().room))
        })?,
        Says::Lines => return lines(host),
        Says::Delete => delete(host)?,
    };
    answer(host, room, talks)
}

/// Of a page whose call is over, since another has taken the interview up, only time counts.
fn by<H: Host>(host: &H, connect: Option<i64>, happened: &Happened) -> Result<Option<Room>, Fault> {
    change(host, |room, _, now| {
        let late = connect.is_some_and(|connect| connect != room.life.connect);
        Ok(room.life.on(if late { &Happened::Tick } else { happened }, now, &host.config().room))
    })
}

/// A page that talks is told what to say.
fn answer<H: Host>(host: &H, room: Option<Room>, talks: bool) -> Result<Reply, Fault> {
    let Some(room) = room else { return Ok(Reply::No(No::NotFound)) };
    let say = if talks { say::handed_over(host, &room)? } else { Vec::new() };
    Ok(Reply::Told(Box::new(Told { say, ..told(host, &room) })))
}

fn told<H: Host>(host: &H, room: &Room) -> Told {
    room.told(host.clock().now(), host.config().room.pause)
}

/// What has been said so far.
fn lines<H: Host>(host: &H) -> Result<Reply, Fault> {
    let Some(room) = happen(host, &Happened::Tick)? else { return Ok(Reply::No(No::NotFound)) };
    let (mut lines, notes) = host.sql().transaction(|tx| Ok::<_, Fault>((store::lines(tx)?, store::notes(tx)?)))?;
    let missed = notes.iter().filter_map(|note| Missed::read(&note.what, note.at)).collect();
    if room.life.is_open() {
        lines.extend(host.memory().borrow().partial.values().cloned());
    }
    Ok(Reply::Lines { told: Box::new(told(host, &room)), lines: line::order(lines), missed })
}

/// It ends, its money is settled as ever, and nothing of what was said remains.
fn delete<H: Host>(host: &H) -> Result<Option<Room>, Fault> {
    host.memory().borrow_mut().partial.clear();
    change(host, |room, tx, now| {
        let todo = room.life.on(&Happened::Left, now, &host.config().room);
        room.deleted = true;
        room.wish.forget();
        store::forget_lines(tx)?;
        due::cancel(tx, alarm::SCORE, "")?;
        store::answer(tx, None)?;
        Ok(todo)
    })
}
