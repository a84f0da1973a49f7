//! The settings of what is given away, and of what may be spent.

use super::Reader;

/// A whole day, and nobody is kept from talking.
const DAY: i64 = 24 * 60 * 60;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spend {
    /// How long a plan lets one person talk within 24 hours.
    pub premium_seconds: i64,
    /// How many interviews that nobody pays for may begin within 24 hours, in all. None: as many as are wished.
    pub free_starts: Option<i64>,
    /// What all interviews of 24 hours may cost, in millionths of a dollar. None: whatever they cost.
    pub dollars: Option<i64>,
}

pub fn spend(reader: &mut Reader) -> Spend {
    Spend {
        premium_seconds: reader.number_up_to(DAY, "PREMIUM_SECONDS_PER_DAY").unwrap_or(4 * 60 * 60),
        free_starts: reader.number_up_to(1_000_000, "FREE_STARTS_PER_DAY"),
        dollars: reader.number_up_to(1_000_000, "SPEND_PER_DAY").map(|dollars| dollars.saturating_mul(1_000_000)),
    }
}
