//! What a Wallet can be told and what it answers: JSON between the Worker and the object.

use serde::{Deserialize, Serialize};

use super::book::{self, Postings, Unsound};
use super::rules;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;
use crate::port::db::{Cell, Value};

/// A command and whose book it is for: an object does not know its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    pub owner: Owner,
    pub command: Command,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The owner's own request: opens the book and gives the welcome grant, once.
    Touch,
    /// How it stands, without opening a book.
    Look,
    Hold(Hold),
    /// The call is being made. A repeat is yes.
    Begin {
        session: SessionId,
    },
    /// The first outcome counts; a repeat is told what was recorded.
    Settle {
        session: SessionId,
        outcome: Outcome,
    },
    /// An operator gives, or, with a negative amount, takes.
    Adjust {
        key: String,
        amount: Credits,
        reason: String,
        actor: String,
    },
    /// Credits sold for `paid` of money, in its smallest unit.
    Purchase {
        key: String,
        credits: Credits,
        charge: String,
        paid: i64,
    },
    /// So much of that money has gone back in all.
    Clawback {
        charge: String,
        refunded: i64,
    },
    /// The money is disputed: all that is left of the purchase is taken until it is decided.
    Dispute {
        charge: String,
    },
    /// The dispute is won: what it took comes back.
    Restore {
        charge: String,
    },
    /// A plan covers interviews until then, as it was at `as_of`. The newest `as_of` counts.
    Entitle {
        key: String,
        until: Millis,
        as_of: Millis,
    },
    /// The account ends: no hold, grant or name any more. By the owner's `own` request also where no book was opened.
    Close {
        own: bool,
    },
    /// Lines of the statement older than `before`, newest first, for the owner's `own` eyes or an operator's.
    Lines {
        own: bool,
        before: Option<i64>,
        limit: i64,
    },
    /// The interview of this person that is open.
    Open {
        person: String,
    },
    /// Checks the book against itself and against D1's copy, and wakes what is due.
    Audit,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    pub key: String,
    /// Of everything that the caller asked for beside.
    pub fingerprint: String,
    pub session: SessionId,
    /// Who talks; in a person's own book, the person.
    pub person: String,
    pub seconds: i64,
    /// The open interview that this one takes the place of.
    pub replace: Option<SessionId>,
}

/// How a book stands after entry `number`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    pub number: i64,
    pub settled: Credits,
    pub held: Credits,
    pub available: Credits,
    pub owed: Credits,
    pub premium_until: Option<Millis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Held,
    Begun,
    Posted,
    Voided,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub session: SessionId,
    pub amount: Credits,
    pub seconds: i64,
    pub state: State,
    /// How the book stood after the hold, also in a later repeat.
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    pub state: State,
    pub charged: Credits,
    pub standing: Standing,
}

/// An interview that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    pub session: SessionId,
    pub state: State,
}

/// One entry of the book, as it is written there and told to who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub seq: i64,
    pub at: Millis,
    pub kind: Kind,
    pub key: Option<String>,
    pub postings: Postings,
    pub user_after: Credits,
    pub held_after: Credits,
    pub owed_after: Credits,
    pub reference: Option<String>,
    pub reason: Option<String>,
    pub actor: Option<String>,
    pub seconds: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Welcome,
    WelcomeBack,
    Grant,
    Take,
    Purchase,
    Clawback,
    Restored,
    Hold,
    Interview,
    Void,
    Plan,
    Closed,
}

impl Cell for State {
    fn of(value: Value) -> Option<Self> {
        let word = String::of(value)?;
        [Self::Held, Self::Begun, Self::Posted, Self::Voided].into_iter().find(|state| state.word() == word)
    }
}

impl Cell for Kind {
    fn of(value: Value) -> Option<Self> {
        let word = String::of(value)?;
        KINDS.iter().copied().find(|kind| kind.word() == word)
    }
}

pub const KINDS: &[Kind] = &[
    Kind::Welcome,
    Kind::WelcomeBack,
    Kind::Grant,
    Kind::Take,
    Kind::Purchase,
    Kind::Clawback,
    Kind::Restored,
    Kind::Hold,
    Kind::Interview,
    Kind::Void,
    Kind::Plan,
    Kind::Closed,
];

impl State {
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Begun => "begun",
            Self::Posted => "posted",
            Self::Voided => "voided",
        }
    }

    pub fn is_open(self) -> bool {
        matches!(self, Self::Held | Self::Begun)
    }
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::WelcomeBack => "welcome_back",
            Self::Grant => "grant",
            Self::Take => "take",
            Self::Purchase => "purchase",
            Self::Clawback => "clawback",
            Self::Restored => "restored",
            Self::Hold => "hold",
            Self::Interview => "interview",
            Self::Void => "void",
            Self::Plan => "plan",
            Self::Closed => "closed",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    pub entries: i64,
    pub mirrored: i64,
    pub parked: i64,
    /// In words, one for each thing that is not as it must be.
    pub problems: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Standing(Standing),
    Held(Held),
    Settled(Settled),
    Lines { standing: Standing, lines: Vec<Line> },
    Closed { forfeited: Credits },
    Report(Report),
    Open(Option<Opened>),
    No(No),
}

/// The refusals of a Wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum No {
    /// Nobody has opened this book yet.
    Untouched,
    Closed,
    Insufficient {
        available: Credits,
    },
    InProgress {
        session: SessionId,
        state: State,
    },
    Ended,
    RateLimited {
        retry_after: Millis,
    },
    Mismatch,
    /// More than is there, or nothing to take from.
    Impossible,
}

impl From<No> for Failure {
    fn from(no: No) -> Self {
        match no {
            No::Untouched => Refusal::Conflict { why: "an untouched wallet" },
            No::Closed => Refusal::AccountClosed,
            No::Insufficient { available } => Refusal::InsufficientCredits { available, minimum: rules::MINIMUM },
            No::InProgress { session, state: State::Begun } => {
                Refusal::SessionInProgress { session, state: "begun", resumable: true }
            }
            No::InProgress { session, .. } => Refusal::SessionInProgress { session, state: "held", resumable: false },
            No::Ended => Refusal::SessionEnded,
            No::RateLimited { retry_after } => Refusal::RateLimited { retry_after },
            No::Mismatch => Refusal::IdempotencyMismatch,
            No::Impossible => Refusal::Unprocessable { why: "more than is available" },
        }
        .into()
    }
}

/// Why a command does not take effect; nothing of it is written then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    No(No),
    Broken(Fault),
}

impl From<No> for Stop {
    fn from(no: No) -> Self {
        Self::No(no)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}

impl From<Unsound> for Stop {
    fn from(unsound: Unsound) -> Self {
        if unsound == book::TOO_LARGE {
            return Self::No(No::Impossible);
        }
        Self::Broken(Fault::Bug { why: unsound.0.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_of_a_wallet_has_its_own_word_for_the_caller() {
        let session = SessionId::parse("ses_1").unwrap();
        let open = |state| No::InProgress { session: session.clone(), state };
        let told = |state, resumable| Refusal::SessionInProgress { session: session.clone(), state, resumable };
        let wait = Millis::of_seconds(90);
        let available = Credits::milli(490);
        for (no, refusal) in [
            (No::Untouched, Refusal::Conflict { why: "an untouched wallet" }),
            (No::Closed, Refusal::AccountClosed),
            (No::Insufficient { available }, Refusal::InsufficientCredits { available, minimum: Credits::milli(500) }),
            (open(State::Held), told("held", false)),
            (open(State::Begun), told("begun", true)),
            (No::Ended, Refusal::SessionEnded),
            (No::RateLimited { retry_after: wait }, Refusal::RateLimited { retry_after: wait }),
            (No::Mismatch, Refusal::IdempotencyMismatch),
            (No::Impossible, Refusal::Unprocessable { why: "more than is available" }),
        ] {
            assert_eq!(Failure::from(no), Failure::Refused(refusal));
        }
    }

    #[test]
    fn words_are_written_and_read_alike() {
        for kind in KINDS {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.word());
        }
        for state in [State::Held, State::Begun, State::Posted, State::Voided] {
            assert_eq!(serde_json::to_value(state).unwrap(), state.word());
        }
    }
}
