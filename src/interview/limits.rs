//! The times of an interview that follow from others, with their arithmetic.

use crate::domain::millis::Millis;
use crate::money::rules::RECONNECTS;
use crate::port::config::Config;

/// A ticket counts so long after the hold: within it the browser has its microphone and its offer ready.
pub const TICKET: Millis = Millis::of_seconds(60);
/// The Room answers the exchange in the time OpenAI has, and the time D1 and the Wallet may add.
pub const STUB_SLACK: Millis = Millis::of_seconds(3);
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
    Millis::of_seconds(seconds).plus(config.room.pause).plus(RECONNECTS)
}

/// The interviewer is told to wrap up so long before the end: a tenth of a short interview.
pub fn wrap_up(limit: Millis, seconds: i64) -> Millis {
    limit.min(Millis::new(Millis::of_seconds(seconds).count() / 10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::rules;

    #[test]
    fn the_minutes_of_a_wish_are_a_share_of_what_a_full_interview_lasts() {
        let config = |seconds: &'static str| {
            Config::read(&move |name| (name == "INTERVIEW_SECONDS").then(|| seconds.to_owned()), None)
        };
        assert_eq!([15, 30].map(|minutes| seconds(&config("1800"), minutes)), [900, 1800]);
        assert_eq!([15, 30].map(|minutes| seconds(&config("60"), minutes)), [30, 60]);
        assert_eq!(seconds(&config("1800"), i64::MAX), i64::MAX / 30, "beyond all arithmetic");
    }

    #[test]
    fn times_nest() {
        let config = Config::read(&|_| None, None);
        let (answer, path) = (config.voice.answer_timeout, config.room.path);
        assert!(config.db_timeout < answer && answer.plus(STUB_SLACK) < path && path < TICKET);
        assert!(TICKET.plus(answer) < rules::HELD_FOR);
        let room = &config.room;
        assert!(room.quiet < room.lost && room.ask < room.silent && room.silent < room.deaf);
        // However long it takes to come about: the Wallet waits longer than any interview can last.
        let latest = path.plus(room.output).plus(Millis::of_seconds(1800));
        assert!(latest < rules::begun_for(1800, config.room.pause) && latest < longest(&config, 1800));
        assert!(REMEMBERED > TICKET.plus(answer));
    }

    #[test]
    fn a_short_interview_is_wrapped_up_a_tenth_before_its_end() {
        let usual = Millis::of_seconds(120);
        let told = [1800, 1200, 900, 100, 1, 0].map(|seconds| wrap_up(usual, seconds).count());
        assert_eq!(told, [120_000, 120_000, 90_000, 10_000, 100, 0]);
    }
}
