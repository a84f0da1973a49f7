//! What a Wallet can be told and what it answers: JSON between the Worker and the object.

mod no;

use serde::Serialize;

pub use no::No;

use super::book::{self, Postings, Unsound};
use super::rules::Left;
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::form::{form, words};
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;
use crate::port::db::{Cell, Value};

/// A command and whose book it is for: an object does not know its own name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub owner: Owner,
    pub command: Command,
}

form! { struct Letter { owner, command } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

form! {
    enum Command {
        "touch" => Touch,
        "look" => Look,
        "hold" => Hold(Hold),
        "begin" => Begin { session },
        "settle" => Settle { session, outcome },
        "adjust" => Adjust { key, amount, reason, actor },
        "purchase" => Purchase { key, credits, charge, paid },
        "clawback" => Clawback { charge, refunded },
        "dispute" => Dispute { charge },
        "restore" => Restore { charge },
        "entitle" => Entitle { key, until, as_of },
        "close" => Close { own },
        "lines" => Lines { own, before, limit },
        "open" => Open { person },
        "audit" => Audit,
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// Where a plan has nothing left of the day, credits may pay.
    pub credits: bool,
}

form! { struct Hold { key, fingerprint, session, person, seconds, replace, credits } }

/// How a book stands after entry `number`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    pub number: i64,
    pub settled: Credits,
    pub held: Credits,
    pub available: Credits,
    pub owed: Credits,
    pub premium_until: Option<Millis>,
}

form! { struct Standing { number, settled, held, available, owed, premium_until } }

words! { State { Held = "held", Begun = "begun", Posted = "posted", Voided = "voided" } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    pub session: SessionId,
    pub amount: Credits,
    pub seconds: i64,
    pub state: State,
    /// Nobody pays for it: no plan covers it, and nothing was ever bought here.
    pub free: bool,
    /// How the book stood after the hold, also in a later repeat.
    pub standing: Standing,
}

form! { struct Held { session, amount, seconds, state, free, standing } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    pub state: State,
    pub charged: Credits,
    pub standing: Standing,
}

form! { struct Settled { state, charged, standing } }

/// An interview that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opened {
    pub session: SessionId,
    pub state: State,
}

form! { struct Opened { session, state } }

/// One entry of the book, as it is written there and told to who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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

form! {
    struct Line {
        seq, at, kind, key, postings, user_after, held_after, owed_after, reference, reason, actor, seconds,
    }
}

words! {
    #[derive(PartialOrd, Ord)]
    Kind {
        Welcome = "welcome",
        WelcomeBack = "welcome_back",
        Grant = "grant",
        Take = "take",
        Purchase = "purchase",
        Clawback = "clawback",
        Restored = "restored",
        Hold = "hold",
        Interview = "interview",
        Void = "void",
        Plan = "plan",
        Closed = "closed",
    }
}

impl Cell for State {
    fn of(value: Value) -> Option<Self> {
        Self::parse(&String::of(value)?)
    }
}

impl Cell for Kind {
    fn of(value: Value) -> Option<Self> {
        Self::parse(&String::of(value)?)
    }
}

impl State {
    pub fn is_open(self) -> bool {
        matches!(self, Self::Held | Self::Begun)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    pub entries: i64,
    pub mirrored: i64,
    pub parked: i64,
    /// In words, one for each thing that is not as it must be.
    pub problems: Vec<String>,
}

form! { struct Report { entries, mirrored, parked, problems } }

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    Standing(Standing),
    /// And what is left of the day where a plan covers interviews, and what may pay for one.
    Touched {
        standing: Standing,
        left: Option<Left>,
        payable: Option<Credits>,
    },
    Held(Held),
    Settled(Settled),
    Lines {
        standing: Standing,
        payable: Option<Credits>,
        lines: Vec<Line>,
    },
    Closed {
        forfeited: Credits,
    },
    Report(Report),
    Open(Option<Opened>),
    No(No),
}

form! {
    enum Reply {
        "standing" => Standing(Standing),
        "touched" => Touched { standing, left, payable },
        "held" => Held(Held),
        "settled" => Settled(Settled),
        "lines" => Lines { standing, payable, lines },
        "closed" => Closed { forfeited },
        "report" => Report(Report),
        "open" => Open(Option<Opened>),
        "no" => No(No),
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
