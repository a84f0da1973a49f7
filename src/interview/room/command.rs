//! What a Room can be told and what it answers: JSON between the Worker and the object.

use serde::Serialize;

use super::life::Stage;
use super::state::Withdrawn;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::form;
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;
use crate::interview::line::Line;
use crate::interview::missed::Missed;
use crate::interview::wish::Wish;
use crate::port::rooms::Word;
use crate::upstream::openai::call::Patience;

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    Open(Box<Open>),
    /// From the person, or from whoever holds the room key for them.
    Person {
        person: String,
        says: Says,
    },
    /// The person's page takes the line up again.
    Again(Box<Again>),
    /// The Wallet asks what became of it; going on, it ends.
    Stop,
}

form! {
    enum Letter {
        "open" => Open(Box<Open>), "person" => Person { person, says }, "again" => Again(Box<Again>), "stop" => Stop,
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// By the page of which call, where it says so. One that has lost its way to the interviewer is `away`.
    /// What it was to say to the interviewer is `said` when it was handed over.
    Beat {
        packets: i64,
        said: Vec<String>,
        connect: Option<i64>,
        away: Option<bool>,
    },
    /// A batch of what the browser heard, as it came.
    Relay(String),
    Patience(Patience),
    Pause(bool),
    Left,
    Dropped {
        connect: Option<i64>,
    },
    Look,
    Lines,
    /// Nothing of what was said is kept, here or in the archive.
    Delete,
}

form! {
    enum Says {
        "beat" => Beat { packets, said, connect, away },
        "relay" => Relay(String),
        "patience" => Patience(Patience),
        "pause" => Pause(bool),
        "left" => Left,
        "dropped" => Dropped { connect },
        "look" => Look,
        "lines" => Lines,
        "delete" => Delete,
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    pub session: SessionId,
    pub payer: Owner,
    pub person: String,
    pub seconds: i64,
    /// Nobody pays for it.
    pub free: bool,
    pub direct: bool,
    pub wish: Wish,
    pub sdp: String,
    /// Whether the browser sends sound.
    pub speaks: bool,
}

form! { struct Open { session, payer, person, seconds, free, direct, wish, sdp, speaks } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Again {
    pub person: String,
    pub sdp: String,
    pub speaks: bool,
}

form! { struct Again { person, sdp, speaks } }

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// Whether the resume was read, where one was to be; the number of the call; how long they may still talk.
    Answer {
        sdp: String,
        /// Then it is a secret for the browser.
        direct: bool,
        resume: Option<bool>,
        connect: i64,
        remaining: Millis,
    },
    Told(Box<Told>),
    Lines {
        told: Box<Told>,
        lines: Vec<Line>,
        missed: Vec<Missed>,
    },
    Word(Word),
    No(No),
}

form! {
    enum Reply {
        "answer" => Answer { sdp, direct, resume, connect, remaining },
        "told" => Told(Box<Told>),
        "lines" => Lines { told, lines, missed },
        "word" => Word(Word),
        "no" => No(No),
    }
}

/// How an interview stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Told {
    pub wish: Wish,
    pub stage: Stage,
    pub opened_at: Millis,
    /// The first words; what was said is counted from here.
    pub began_at: Option<Millis>,
    pub ended_at: Option<Millis>,
    pub remaining: Millis,
    /// The number of the newest offer, and how often there may be another.
    pub connect: i64,
    pub again_left: i64,
    /// How long the clock may still stand still while the line is away.
    pub away_left: Millis,
    /// How long they may talk in all.
    pub seconds: i64,
    pub patience: Patience,
    pub speaks: bool,
    pub paused: bool,
    pub pause_left: Millis,
    /// The page is to hand on what it hears, and has heard.
    pub gap: bool,
    /// And what it is to say to the interviewer meanwhile.
    pub say: Vec<Saying>,
    pub relayed: bool,
    pub wrapped: bool,
    pub outcome: Option<Outcome>,
    /// What it cost, once the Wallet has said so.
    pub charged: Option<Credits>,
    pub withdrawn: Option<Withdrawn>,
    /// D1 knows all of it.
    pub archived: bool,
}

form! {
    struct Told {
        wish, stage, opened_at, began_at, ended_at, remaining, connect, again_left, away_left, seconds,
        patience, speaks, paused, pause_left, gap, say,
        relayed, wrapped, outcome, charged, withdrawn, archived,
    }
}

/// Something for the interviewer: events for OpenAI, each a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Saying {
    pub id: String,
    pub events: Vec<String>,
}

form! { struct Saying { id, events } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum No {
    /// No such interview, or not theirs.
    NotFound,
    Ended,
    /// The ticket was used for another offer.
    OtherOffer,
    /// A newer offer has taken its place.
    Replaced,
    /// The fuse is blown: for interviews that nobody pays for, or for all.
    NotOpen {
        free: bool,
    },
    Wallet,
    Timeout,
    Provider(String),
    Refused(String),
    Busy(Millis),
}

form! {
    enum No {
        "not_found" => NotFound,
        "ended" => Ended,
        "other_offer" => OtherOffer,
        "replaced" => Replaced,
        "not_open" => NotOpen { free },
        "wallet" => Wallet,
        "timeout" => Timeout,
        "provider" => Provider(String),
        "refused" => Refused(String),
        "busy" => Busy(Millis),
    }
}

impl From<No> for Failure {
    fn from(no: No) -> Self {
        let provider = "openai";
        match no {
            No::NotFound => Refusal::NotFound.into(),
            No::Ended => Refusal::SessionEnded.into(),
            No::OtherOffer => Refusal::Conflict { why: "this ticket was used for another offer" }.into(),
            No::Replaced => Refusal::Conflict { why: "another page has taken this interview up" }.into(),
            No::NotOpen { free } => Fault::NotOpen { free }.into(),
            No::Wallet => Fault::Wallet { why: "no yes in time".to_owned() }.into(),
            No::Timeout => Fault::ProviderTimeout { provider }.into(),
            No::Provider(why) => Fault::Provider { provider, why }.into(),
            No::Refused(why) => Fault::ProviderRefused { provider, why }.into(),
            No::Busy(retry_after) => Fault::ProviderBusy { provider, retry_after }.into(),
        }
    }
}

/// What OpenAI did wrong, in a form that can be kept and told again.
impl From<Fault> for No {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::ProviderTimeout { .. } => Self::Timeout,
            Fault::ProviderRefused { why, .. } => Self::Refused(why),
            Fault::ProviderBusy { retry_after, .. } => Self::Busy(retry_after),
            fault => Self::Provider(fault.reason()),
        }
    }
}
