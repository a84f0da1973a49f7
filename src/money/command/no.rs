//! The refusals of a Wallet, and what whoever asked is told.

use serde::Serialize;

use super::State;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Refusal};
use crate::domain::form::form;
use crate::domain::id::SessionId;
use crate::domain::millis::Millis;
use crate::money::rules;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum No {
    /// Nobody has opened this book yet.
    Untouched,
    Closed,
    /// `given`: of what is there, the rest was given, which pays for no interview here.
    Insufficient {
        available: Credits,
        given: bool,
    },
    InProgress {
        session: SessionId,
        state: State,
    },
    Ended,
    RateLimited {
        retry_after: Millis,
    },
    /// A plan covers no more talk of this person for so long.
    UsedUp {
        retry_after: Millis,
    },
    Mismatch,
    /// More than is there, or nothing to take from.
    Impossible,
}

form! {
    enum No {
        "untouched" => Untouched,
        "closed" => Closed,
        "insufficient" => Insufficient { available, given },
        "in_progress" => InProgress { session, state },
        "ended" => Ended,
        "rate_limited" => RateLimited { retry_after },
        "used_up" => UsedUp { retry_after },
        "mismatch" => Mismatch,
        "impossible" => Impossible,
    }
}

impl From<No> for Failure {
    fn from(no: No) -> Self {
        match no {
            No::Untouched => Refusal::Conflict { why: "an untouched wallet" },
            No::Closed => Refusal::AccountClosed,
            No::Insufficient { available, given } => {
                Refusal::InsufficientCredits { available, minimum: rules::MINIMUM, given }
            }
            No::InProgress { session, state: State::Begun } => {
                Refusal::SessionInProgress { session, state: "begun", resumable: true }
            }
            No::InProgress { session, .. } => Refusal::SessionInProgress { session, state: "held", resumable: false },
            No::Ended => Refusal::SessionEnded,
            No::RateLimited { retry_after } => Refusal::RateLimited { retry_after },
            No::UsedUp { retry_after } => Refusal::FairUse { retry_after },
            No::Mismatch => Refusal::IdempotencyMismatch,
            No::Impossible => Refusal::Unprocessable { why: "more than is available" },
        }
        .into()
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
            (
                No::Insufficient { available, given: true },
                Refusal::InsufficientCredits { available, minimum: Credits::milli(500), given: true },
            ),
            (open(State::Held), told("held", false)),
            (open(State::Begun), told("begun", true)),
            (No::Ended, Refusal::SessionEnded),
            (No::RateLimited { retry_after: wait }, Refusal::RateLimited { retry_after: wait }),
            (No::UsedUp { retry_after: wait }, Refusal::FairUse { retry_after: wait }),
            (No::Mismatch, Refusal::IdempotencyMismatch),
            (No::Impossible, Refusal::Unprocessable { why: "more than is available" }),
        ] {
            assert_eq!(Failure::from(no), Failure::Refused(refusal));
        }
    }
}
