//! How an interview ended, in the words that its Room says and its payer's Wallet understands.

use serde::Serialize;

use super::form::{form, words};
use super::millis::Millis;

words! {
    /// Why it ended. What each costs is the ledger's business.
    Ending {
        /// The browser and the interviewer never reached each other.
        NoMediaPath = "no_media_path",
        /// The interviewer never said anything.
        NoOutput = "no_output",
        /// The interviewer spoke, the person never did.
        NeverSpoke = "never_spoke",
        /// Ended by the person within the first minute.
        EndedEarly = "ended_early",
        EndedByUser = "ended_by_user",
        ConnectionLost = "connection_lost",
        ProviderFault = "provider_fault",
        OurFault = "our_fault",
        RanItsTime = "ran_its_time",
        CostCeiling = "cost_ceiling",
        /// The browser called by itself: all of it was paid before, however it ended.
        PaidAhead = "paid_ahead",
    }
}

/// The Room writes it once; whoever asks again is told the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    pub ending: Ending,
    /// How long the two of them have talked.
    pub heard: Millis,
}

form! { struct Outcome { ending, heard } }
