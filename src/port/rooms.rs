//! The way to the Room of one interview. What is said there is the interview room's language.

use serde::Serialize;

use crate::domain::failure::Fault;
use crate::domain::form::form;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;

/// What a Wallet hears of an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// No such interview has ever begun there.
    Unknown,
    Ended(Outcome),
}

form! { enum Word { "unknown" => Unknown, "ended" => Ended(Outcome) } }

pub trait Rooms {
    /// Past the limit, or on any fault, the effect is unknown.
    fn ask(&self, session: &SessionId, question: String, limit: Millis) -> impl Future<Output = Result<String, Fault>>;

    /// Asks what became of an interview, and ends it when it is still going on.
    fn end(&self, session: &SessionId) -> impl Future<Output = Result<Word, Fault>>;

    /// Whatever is kept of a person's interviews, and for them, goes.
    fn forget(&self, person: &UserId) -> impl Future<Output = Result<(), Fault>>;
}
