//! The life of an interview, pure: what happens changes the state and says what is to be done about it.
//!
//! What time alone brings (the deadline, a silence, a lost line) is a [`Moment`]. Before anything else is looked at,
//! every moment that has passed is applied, in order and as of its own time: an object that slept through one, or a
//! page that goes on as if there were none, changes nothing about it.

mod again;
mod clock;
mod ear;
mod moments;

use serde::Serialize;

pub use clock::Clock;

use crate::domain::form::{form, words};
use crate::domain::millis::Millis;
use crate::domain::outcome::{Ending, Outcome};
use crate::interview::missed::Missed;
use crate::money::rules::FIRST_MINUTE;
use crate::port::config::Patience;
use crate::upstream::openai::call::CallId;
use crate::upstream::openai::event::Event;

/// So many responses in a row that fail, and the interviewer's service has failed.
const FAILURES: u32 = 3;

/// After the sideband is back, the browser fills the gap before it within this.
const FILLED_WITHIN: Millis = Millis::of_seconds(60);

words! {
    Stage {
        Connecting = "connecting",
        Live = "live",
        /// No sign of life for a while.
        Reconnecting = "reconnecting",
        Ended = "ended",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Life {
    pub stage: Stage,
    /// How long they may talk.
    pub seconds: i64,
    /// Whether the person has a microphone; without one they type.
    pub speaks: bool,
    pub opened_at: Millis,
    /// The Wallet said yes.
    pub begun: bool,
    /// The number of the newest offer, and whether OpenAI's answer to it is still waited for.
    pub connect: i64,
    awaited: bool,
    /// How many calls OpenAI has made of them.
    calls: i64,
    pub call: Option<CallId>,
    /// The browser calls OpenAI by itself, with a secret of ours: nobody else hears it, or can end it.
    /// A Room from before there were such ones knows of neither.
    direct: Option<bool>,
    /// It has that secret, and all of its time is paid.
    paid: Option<bool>,
    pub path_at: Option<Millis>,
    /// The interviewer's first output: the clock runs from here.
    pub spoke_at: Option<Millis>,
    pub clock: Clock,
    /// The person's first turn after it.
    pub heard_at: Option<Millis>,
    pub life_at: Millis,
    lost_at: Option<Millis>,
    /// Since when nobody listens on the sideband, and how long nobody did before.
    deaf_at: Option<Millis>,
    deaf_for: Millis,
    /// Somebody has listened there once.
    pub heard_once: bool,
    /// Since when somebody listens there again, after something may have been missed.
    again_at: Option<Millis>,
    /// Something that counts was heard from the browser alone.
    pub relayed: bool,
    asked: bool,
    pub wrapped: bool,
    /// The interviewer has said something since, which is taken for a goodbye; or was asked to say it.
    parted: bool,
    /// How often the settings of the call were not ours any more.
    drifts: u32,
    failures: u32,
    pub ended_at: Option<Millis>,
    pub outcome: Option<Outcome>,
}

form! {
    struct Life {
        stage, seconds, speaks, opened_at, begun, connect, awaited, calls, call, direct, paid, path_at, spoke_at, clock,
        heard_at, life_at, lost_at, deaf_at, deaf_for, heard_once, again_at, relayed, asked, wrapped, parted,
        drifts, failures, ended_at, outcome,
    }
}

#[derive(Debug)]
pub enum Happened<'a> {
    /// The Wallet said yes.
    Begun,
    /// The Wallet said no: its hold is over, or never was.
    Unbegun,
    /// OpenAI made a call, and this is its name.
    Called(CallId),
    /// OpenAI gave a secret for the browser.
    Minted,
    /// OpenAI made none, or not in time.
    Failed,
    /// The Wallet said nothing in time.
    Unanswered,
    /// Nobody is taken just now.
    Shut,
    /// The page is there, and so much has come in by its media path.
    Beat {
        packets: i64,
    },
    /// Said at the sideband, or handed on by the browser.
    Said {
        event: &'a Event,
        relay: bool,
    },
    /// Somebody listens on the sideband.
    Hearing,
    Deaf,
    /// The page has a new offer: the call before it is over.
    Again {
        speaks: bool,
    },
    /// The person wants a pause, or wants to go on.
    Pause(bool),
    /// The settings of the call are not ours any more.
    Drifted,
    /// It has cost what one may cost.
    Overspent,
    /// The person ends it.
    Left,
    /// The page says that its line broke.
    Dropped,
    /// Nothing but time.
    Tick,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Do {
    HangUp(CallId),
    Settle,
    /// All of its time is charged, whatever becomes of it.
    PayAhead,
    AskWhetherHeard,
    WrapUp,
    SayGoodbye,
    Pause,
    GoOn,
    /// The settings of the call are to be ours again.
    PutBack,
    /// This was missing, and is over.
    Missed(Missed),
    /// Something to remember of this interview.
    Note(&'static str),
}

impl Life {
    pub fn opened(seconds: i64, speaks: bool, direct: bool, now: Millis) -> Self {
        Self {
            stage: Stage::Connecting,
            seconds,
            speaks,
            opened_at: now,
            begun: false,
            connect: 1,
            awaited: true,
            calls: 0,
            call: None,
            direct: Some(direct),
            paid: None,
            path_at: None,
            spoke_at: None,
            clock: Clock::default(),
            heard_at: None,
            life_at: now,
            lost_at: None,
            deaf_at: None,
            deaf_for: Millis::default(),
            heard_once: false,
            again_at: None,
            relayed: false,
            asked: false,
            wrapped: false,
            parted: false,
            drifts: 0,
            failures: 0,
            ended_at: None,
            outcome: None,
        }
    }

    pub fn is_open(&self) -> bool {
        self.stage != Stage::Ended
    }

    /// Nobody listens on the sideband, so the browser is to tell what it hears.
    pub fn is_deaf(&self) -> bool {
        self.deaf_at.is_some()
    }

    /// What the browser hands on may fill a gap: there is one, or was until a moment ago.
    pub fn has_gap(&self, now: Millis) -> bool {
        self.is_deaf() || self.again_at.is_some_and(|at| now.since(at) < FILLED_WITHIN)
    }

    /// The answer may go out: OpenAI's and the Wallet's yes are both there, and nothing has ended it meanwhile.
    pub fn may_answer(&self) -> bool {
        self.begun && self.is_called() && self.is_open()
    }

    pub fn is_direct(&self) -> bool {
        self.direct == Some(true)
    }

    pub fn is_paid(&self) -> bool {
        self.paid == Some(true)
    }

    /// What the Wallet is to know.
    pub fn owed(&self) -> Option<Outcome> {
        let ahead = Outcome { ending: Ending::PaidAhead, heard: Millis::of_seconds(self.seconds) };
        if self.is_paid() { Some(ahead) } else { self.outcome }
    }

    pub fn remaining(&self, now: Millis) -> Millis {
        let left = Millis::of_seconds(self.seconds).minus(self.clock.at(now));
        if self.is_open() { left.max(Millis::default()) } else { Millis::default() }
    }

    /// 1. What time has brought by now.
    /// 2. What has happened now.
    pub fn on(&mut self, happened: &Happened, now: Millis, patience: &Patience) -> Vec<Do> {
        let mut todo = Vec::new();
        // 1
        while let Some((at, moment)) = self.next(patience).filter(|(at, _)| *at <= now) {
            todo.extend(self.pass(moment, at));
        }
        // 2
        todo.extend(self.take(happened, now, patience));
        todo
    }

    fn take(&mut self, happened: &Happened, now: Millis, patience: &Patience) -> Vec<Do> {
        match happened {
            Happened::Called(call) => self.called(call, now),
            Happened::Begun => {
                self.begun = true;
                Vec::new()
            }
            _ if !self.is_open() => Vec::new(),
            Happened::Minted => self.minted(now),
            Happened::Unbegun => self.end(Ending::NoMediaPath, now),
            Happened::Failed => self.failed(now),
            Happened::Unanswered | Happened::Shut => self.end(Ending::OurFault, now),
            Happened::Beat { packets } => self.beat(*packets, now),
            Happened::Said { event, relay } => self.said(event, *relay, now),
            Happened::Hearing => self.hearing(now),
            Happened::Deaf => self.deaf(now),
            Happened::Again { speaks } => self.again(*speaks, now, patience),
            Happened::Pause(paused) => self.pause(*paused, now, patience),
            Happened::Drifted => self.drifted(now),
            // Whoever has heard the interviewer pays for what their page had it say.
            Happened::Overspent if self.spoke_at.is_some() => self.end(Ending::CostCeiling, now),
            Happened::Overspent => self.end(self.judged(Ending::CostCeiling), now),
            Happened::Dropped => self.leave(Ending::ConnectionLost, now),
            Happened::Left => self.leave(Ending::EndedByUser, now),
            Happened::Tick => Vec::new(),
        }
    }

    fn beat(&mut self, packets: i64, now: Millis) -> Vec<Do> {
        // Between two calls nobody can be heard.
        if !self.is_called() {
            return Vec::new();
        }
        if packets > 0 && self.path_at.is_none() {
            return self.path(now);
        }
        // Whoever types may never be sent a sound.
        if packets > 0 || !self.speaks { self.alive(now) } else { Vec::new() }
    }

    fn path(&mut self, now: Millis) -> Vec<Do> {
        (self.stage, self.path_at, self.life_at) = (Stage::Live, Some(now), now);
        vec![Do::Note("media path")]
    }

    fn alive(&mut self, now: Millis) -> Vec<Do> {
        self.life_at = now;
        if self.stage != Stage::Reconnecting {
            return Vec::new();
        }
        (self.stage, self.lost_at) = (Stage::Live, None);
        vec![Do::Note("alive again")]
    }

    /// How it ended, from what was there of it.
    fn judged(&self, ending: Ending) -> Ending {
        if self.path_at.is_none() {
            Ending::NoMediaPath
        } else if self.spoke_at.is_none() {
            Ending::NoOutput
        } else if self.heard_at.is_none() {
            Ending::NeverSpoke
        } else {
            ending
        }
    }

    /// The person is there until the end, or counts as gone with their last sign of life.
    fn leave(&mut self, ending: Ending, at: Millis) -> Vec<Do> {
        if self.stage == Stage::Reconnecting {
            return self.end_as_of(self.judged(Ending::ConnectionLost), self.life_at, at);
        }
        self.end(self.judged(ending), at)
    }

    fn end(&mut self, ending: Ending, at: Millis) -> Vec<Do> {
        self.end_as_of(ending, at, at)
    }

    fn end_as_of(&mut self, ending: Ending, heard_to: Millis, at: Millis) -> Vec<Do> {
        let heard = self.clock.at(heard_to).min(Millis::of_seconds(self.seconds));
        let early = ending == Ending::EndedByUser && heard < FIRST_MINUTE;
        let ending = if early { Ending::EndedEarly } else { ending };
        (self.stage, self.ended_at) = (Stage::Ended, Some(at));
        self.outcome = Some(Outcome { ending: if self.is_paid() { Ending::PaidAhead } else { ending }, heard });
        let mut todo = vec![Do::Settle, Do::Note(ending.word())];
        todo.extend(self.call.clone().map(Do::HangUp));
        todo
    }
}

#[cfg(test)]
mod tests;
