//! How an interview ended, in the words that its Room says and its payer's Wallet understands.

use serde::{Deserialize, Serialize};

use super::millis::Millis;

/// Why it ended. What each costs is the ledger's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The browser and the interviewer never reached each other.
    NoMediaPath,
    /// The interviewer never said anything.
    NoOutput,
    /// The interviewer spoke, the person never did.
    NeverSpoke,
    /// Ended by the person within the first minute.
    EndedEarly,
    EndedByUser,
    ConnectionLost,
    ProviderFault,
    OurFault,
    RanItsTime,
    CostCeiling,
}

pub const ENDINGS: &[Ending] = &[
    Ending::NoMediaPath,
    Ending::NoOutput,
    Ending::NeverSpoke,
    Ending::EndedEarly,
    Ending::EndedByUser,
    Ending::ConnectionLost,
    Ending::ProviderFault,
    Ending::OurFault,
    Ending::RanItsTime,
    Ending::CostCeiling,
];

impl Ending {
    pub fn of(word: &str) -> Option<Self> {
        ENDINGS.iter().copied().find(|ending| ending.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::NoMediaPath => "no_media_path",
            Self::NoOutput => "no_output",
            Self::NeverSpoke => "never_spoke",
            Self::EndedEarly => "ended_early",
            Self::EndedByUser => "ended_by_user",
            Self::ConnectionLost => "connection_lost",
            Self::ProviderFault => "provider_fault",
            Self::OurFault => "our_fault",
            Self::RanItsTime => "ran_its_time",
            Self::CostCeiling => "cost_ceiling",
        }
    }
}

/// The Room writes it once; whoever asks again is told the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub ending: Ending,
    /// How long the two of them have talked.
    pub heard: Millis,
}
