//! The times of an interview that follow from others, with their arithmetic.

use crate::domain::millis::Millis;
use crate::port::config::Config;

/// A ticket counts so long after the hold: within it the browser has its microphone and its offer ready.
pub const TICKET: Millis = Millis::of_seconds(60);
/// The Room answers the exchange in the time OpenAI has, and the time D1 and the Wallet may add.
pub const STUB_SLACK: Millis = Millis::of_seconds(3);
/// What the reconnects of an interview may add to it.
pub const RECONNECTS: Millis = Millis::of_seconds(120);
/// A room key counts so long after the last moment at which the interview can end.
pub const KEY_SLACK: Millis = Millis::of_seconds(10 * 60);
/// A Room remembers that it was used until every ticket and most room keys are void.
pub const REMEMBERED: Millis = Millis::of_seconds(10 * 60);

/// `minutes` of the 30 that a full interview is called.
pub fn seconds(config: &Config, minutes: i64) -> i64 {
    config.interview_seconds.saturating_mul(minutes) / 30
}

/// From the beginning to the last moment at which an interview can still be going on.
pub fn longest(config: &Config, seconds: i64) -> Millis {
    Millis::of_seconds(seconds.saturating_add(config.pause_seconds)).plus(RECONNECTS)
}

/// The interviewer is told to wrap up so long before the end: a tenth of a short interview.
pub fn wrap_up(limit: Millis, seconds: i64) -> Millis {
    limit.min(Millis::new(Millis::of_seconds(seconds).count() / 10))
}
