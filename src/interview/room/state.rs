//! What a Room knows, and the one way in which it changes.

use serde::Serialize;

use super::command::Told;
use super::life::{Do, Happened, Life};
use super::{Host, alarm, live, say, store};
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::form::form;
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::interview::choice::Language;
use crate::interview::fairness::Ground;
use crate::interview::line::Line;
use crate::interview::wish::Wish;
use crate::port::Object;
use crate::port::calls::Calls;
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::sql::{Sql, Tx};
use crate::upstream::openai::call::Patience;
use crate::upstream::openai::event::{Heard, Usage};

/// A sign of life is written down when the last one written is older.
const LIFE_WRITTEN: Millis = Millis::of_seconds(15);

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Room {
    pub session: SessionId,
    pub payer: Owner,
    pub person: String,
    pub wish: Wish,
    pub model: String,
    pub transcribe_model: String,
    /// The hash of the newest offer; the first is the one that the ticket was used for.
    pub offer: String,
    /// Those before it: each is taken up once.
    pub older: Vec<String>,
    pub patience: Patience,
    pub life: Life,
    pub spent: Spent,
    /// What it cost, once the Wallet has said so.
    pub charged: Option<Credits>,
    /// The person wants nothing of it kept.
    pub deleted: bool,
    /// D1 knows it: what is said now comes too late.
    pub archived: bool,
    pub withdrawn: Option<Withdrawn>,
    /// Whether the interviewer has read the resume that they were to read.
    pub resume: Option<bool>,
    /// Whether nobody pays for it. A Room from before this was asked does not know.
    pub free: Option<bool>,
}

form! {
    struct Room {
        session, payer, person, wish, model, transcribe_model, offer, older, patience, life, spent, charged, deleted,
        archived, withdrawn, resume, free,
    }
}

/// Questions that nobody may ask, and what the last one was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Withdrawn {
    pub count: i64,
    pub ground: Ground,
}

form! { struct Withdrawn { count, ground } }

/// What OpenAI has counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Spent {
    pub usage: Usage,
    pub heard: Heard,
    /// In millionths of a dollar.
    pub cost: i64,
}

form! { struct Spent { usage, heard, cost } }

impl Spent {
    pub fn used(&mut self, more: &Usage, cost: i64) {
        let usage = &mut self.usage;
        for (sum, more) in [
            (&mut usage.text_in, more.text_in),
            (&mut usage.text_cached, more.text_cached),
            (&mut usage.audio_in, more.audio_in),
            (&mut usage.audio_cached, more.audio_cached),
            (&mut usage.text_out, more.text_out),
            (&mut usage.audio_out, more.audio_out),
            (&mut self.cost, cost),
        ] {
            *sum = sum.saturating_add(more);
        }
    }

    pub fn heard(&mut self, more: &Heard, cost: i64) {
        let heard = &mut self.heard;
        for (sum, more) in [
            (&mut heard.seconds_milli, more.seconds_milli),
            (&mut heard.audio_in, more.audio_in),
            (&mut heard.text_in, more.text_in),
            (&mut heard.text_out, more.text_out),
            (&mut self.cost, cost),
        ] {
            *sum = sum.saturating_add(more);
        }
    }
}

/// By their items, in the order of these.
#[derive(Default)]
pub struct Partial(Vec<(String, Line)>);

impl Partial {
    pub fn insert(&mut self, item: String, line: Line) {
        self.remove(&item);
        let place = self.0.partition_point(|(other, _)| *other < item);
        self.0.insert(place, (item, line));
    }

    pub fn remove(&mut self, item: &str) -> Option<Line> {
        let place = self.0.iter().position(|(other, _)| other == item)?;
        Some(self.0.remove(place).1)
    }

    pub fn get(&self, item: &str) -> Option<&Line> {
        self.0.iter().find(|(other, _)| other == item).map(|(_, line)| line)
    }

    pub fn values(&self) -> impl Iterator<Item = &Line> {
        self.0.iter().map(|(_, line)| line)
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// What may be lost at any time without harm.
pub struct Memory<L> {
    /// The sideband, while somebody listens there.
    pub line: Option<L>,
    /// Lines that are still being said.
    pub partial: Partial,
    pub life_at: Millis,
    /// When the interviewer fell silent. None while they speak, and once somebody has answered.
    pub silent_since: Option<Millis>,
    /// What is spoken, once anything was.
    pub language: Option<Language>,
    /// The interviewer was stopped, and is to take back what they asked.
    pub retracting: bool,
}

impl<L> Default for Memory<L> {
    fn default() -> Self {
        Self {
            line: None,
            partial: Partial::default(),
            life_at: Millis::default(),
            silent_since: None,
            language: None,
            retracting: false,
        }
    }
}

pub type MemoryOf<H> = Memory<<<H as Host>::Calls as Calls>::Line>;

impl Room {
    pub fn told(&self, now: Millis, pauses: Millis) -> Told {
        let life = &self.life;
        Told {
            wish: self.wish.clone(),
            stage: life.stage,
            opened_at: life.opened_at,
            began_at: life.spoke_at,
            ended_at: life.ended_at,
            remaining: life.remaining(now),
            connect: life.connect,
            again_left: life.again_left(),
            away_left: life.clock.away_left(now),
            seconds: life.seconds,
            patience: self.patience,
            speaks: life.speaks,
            paused: life.clock.is_paused(),
            pause_left: life.clock.pause_left(pauses, now),
            gap: life.is_open() && life.has_gap(now),
            say: Vec::new(),
            relayed: life.relayed,
            wrapped: life.wrapped,
            outcome: life.outcome,
            charged: self.charged,
            withdrawn: self.withdrawn,
            archived: self.archived,
        }
    }
}

/// A Room with its first state, and with the alarm that ends it if nothing else ever happens.
pub fn move_in<H: Host, T: Tx>(host: &H, tx: &T, room: &Room) -> Result<(), Fault> {
    store::create(tx, room)?;
    due::planning(tx, room.life.opened_at, |tx| next_tick(host, tx, room))
}

/// Something happens: what follows from it is stored with everything that is to be done about it, or nothing is.
pub fn happen<H: Host>(host: &H, happened: &Happened) -> Result<Option<Room>, Fault> {
    change(host, |room, _tx, now| Ok(room.life.on(happened, now, &host.config().room)))
}

/// The same, with more that belongs to it.
pub fn change<H: Host>(
    host: &H,
    work: impl FnOnce(&mut Room, &<H::Sql as Sql>::Tx, Millis) -> Result<Vec<Do>, Fault>,
) -> Result<Option<Room>, Fault> {
    let mut work = Some(work);
    change_by(host, &mut |room, tx, now| work.take().map_or_else(|| Ok(Vec::new()), |work| work(room, tx, now)))
}

type Work<'a, H> = &'a mut dyn FnMut(&mut Room, &<<H as Object>::Sql as Sql>::Tx, Millis) -> Result<Vec<Do>, Fault>;

/// Once for all of them: a copy for each would weigh.
fn change_by<H: Host>(host: &H, work: Work<'_, H>) -> Result<Option<Room>, Fault> {
    let now = host.clock().now();
    let changed = host.sql().transaction(|tx| {
        let Some(stored) = store::find(tx)? else { return Ok(None) };
        let mut room = stored.clone();
        room.life.life_at = room.life.life_at.max(host.memory().borrow().life_at);
        due::planning(tx, now, |tx| {
            let todo = work(&mut room, tx, now)?;
            follow(host, tx, &room, &todo, now)?;
            host.memory().borrow_mut().life_at = room.life.life_at;
            if is_news(&stored, &room) { store::keep(tx, &room) } else { Ok(()) }
        })?;
        Ok::<_, Fault>(Some((stored, room)))
    })?;
    Ok(changed.map(|(before, room)| {
        live::show(host, &before, &room);
        room
    }))
}

/// Everything but a sign of life soon after another.
fn is_news(stored: &Room, room: &Room) -> bool {
    if room.life.life_at.since(stored.life.life_at) >= LIFE_WRITTEN {
        return true;
    }
    let mut same = stored.clone();
    same.life.life_at = room.life.life_at;
    same != *room
}

fn follow<H: Host, T: Tx>(host: &H, tx: &T, room: &Room, todo: &[Do], now: Millis) -> Result<(), Fault> {
    for wish in todo {
        match wish {
            Do::HangUp(call) => due::plan(tx, alarm::HANG_UP, call.as_str(), now)?,
            Do::Settle => {
                // Before the call is hung up, which may take OpenAI its time.
                due::plan(tx, alarm::SETTLE, "", now.minus(Millis::new(1)))?;
                due::plan(tx, alarm::ARCHIVE, "", now.plus(host.config().room.archive))?;
                if !room.deleted {
                    write_partial(host, tx)?;
                }
            }
            Do::PayAhead => due::plan(tx, alarm::SETTLE, "", now)?,
            Do::AskWhetherHeard => say::plan(tx, say::STILL_THERE, now)?,
            Do::WrapUp => say::plan(tx, say::WRAP_UP, now)?,
            Do::SayGoodbye => say::plan(tx, say::GOODBYE, now)?,
            Do::Pause => say::plan(tx, say::PAUSE, now)?,
            Do::GoOn => say::plan(tx, say::GO_ON, now)?,
            Do::PutBack => say::plan(tx, say::PUT_BACK, now)?,
            Do::Missed(missed) => store::note(tx, &missed.note(), missed.until)?,
            Do::Note(what) => store::note(tx, what, now)?,
        }
    }
    next_tick(host, tx, room)
}

/// What is being said when a call ends.
pub fn write_partial<H: Host, T: Tx>(host: &H, tx: &T) -> Result<(), Fault> {
    host.memory().borrow().partial.values().try_for_each(|line| store::write(tx, line))
}

/// The alarm rings when time brings something, or before: a moment that moves on is met when it was first expected.
fn next_tick<H: Host, T: Tx>(host: &H, tx: &T, room: &Room) -> Result<(), Fault> {
    let planned = due::find(tx, alarm::TICK)?.map(|task| task.at);
    match room.life.due(&host.config().room) {
        Some(at) if planned.is_none_or(|planned| at < planned) => due::plan(tx, alarm::TICK, "", at),
        None if planned.is_some() => due::cancel(tx, alarm::TICK, ""),
        _ => Ok(()),
    }
}
