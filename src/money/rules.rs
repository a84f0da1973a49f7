//! The numbers of the ledger, each with its arithmetic.

use crate::domain::credits::Credits;
use crate::domain::millis::Millis;

/// On the first touch by the person themselves, once.
pub const WELCOME: Credits = Credits::milli(3000);
/// The smallest balance that starts an interview.
pub const MINIMUM: Credits = Credits::milli(500);
/// A full interview of `INTERVIEW_SECONDS`.
pub const INTERVIEW: Credits = Credits::milli(1000);

/// A hold that never began: 60 s of ticket, 15 s of exchange, 75 s of slack.
pub const HELD_FOR: Millis = Millis::of_seconds(60 + 15 + 75);
/// What reconnects may add to an interview.
pub const RECONNECTS: Millis = Millis::of_seconds(120);
/// From the absolute end of an interview to the lapse of its hold.
pub const SLACK: Millis = Millis::of_seconds(300);
/// A lapsed hold whose Room gives no outcome is void after this. Within it the Room is asked every minute.
pub const PATIENCE: Millis = Millis::of_seconds(15 * 60);
pub const ASK_AGAIN: Millis = Millis::of_seconds(60);

pub const STARTS: usize = 10;
/// With those that a fault of others ended, which costs us too, and which somebody might bring about.
pub const TRIES: usize = 30;
pub const STARTS_WITHIN: Millis = Millis::of_seconds(60 * 60);
pub const FREE_VOIDS: usize = 3;
pub const FREE_VOIDS_WITHIN: Millis = Millis::of_seconds(24 * 60 * 60);
/// An interview that is over within it is let go.
pub const FIRST_MINUTE: Millis = Millis::of_seconds(60);
/// What an interview costs when it ends in its first minute and no free void is left.
pub const LEAST_CHARGE: Credits = Credits::milli(100);

/// A claim on the welcome grant waits this long for Clerk's event before Clerk is asked.
pub const CLERK_TELLS_WITHIN: Millis = Millis::of_seconds(60);
pub const CLERK_SELDOM: Millis = Millis::of_seconds(24 * 60 * 60);

/// What a start costs and how long it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub amount: Credits,
    pub seconds: i64,
}

/// The whole wish when the balance covers it; from the smallest balance up, all of it for the time that it pays;
/// otherwise none.
pub fn price(available: Credits, wanted_seconds: i64, interview_seconds: i64) -> Option<Price> {
    let full = INTERVIEW.share(wanted_seconds, interview_seconds)?;
    if available >= full && available >= MINIMUM {
        return Some(Price { amount: full, seconds: wanted_seconds });
    }
    if available < MINIMUM {
        return None;
    }
    let seconds = available.count().checked_mul(interview_seconds)?.checked_div(INTERVIEW.count())?;
    Some(Price { amount: available, seconds })
}

/// How long a begun hold lives: the interview, what reconnects and pauses may add, and the slack.
pub fn begun_for(seconds: i64, pause_seconds: i64) -> Millis {
    Millis::of_seconds(seconds).plus(RECONNECTS).plus(Millis::of_seconds(pause_seconds)).plus(SLACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_costs_its_time() {
        let price = |available, wanted| {
            price(Credits::milli(available), wanted, 1800).map(|price| (price.amount.count(), price.seconds))
        };
        assert_eq!(price(3000, 1800), Some((1000, 1800)));
        assert_eq!(price(3000, 900), Some((500, 900)));
        assert_eq!(price(1000, 1800), Some((1000, 1800)));
        assert_eq!(price(990, 1800), Some((990, 1782)), "the whole balance for its share of the time");
        assert_eq!(price(750, 1800), Some((750, 1350)));
        assert_eq!(price(750, 900), Some((500, 900)));
        assert_eq!(price(500, 1800), Some((500, 900)));
        assert_eq!(price(490, 1800), None);
        assert_eq!(price(490, 60), None, "also for what would cost less");
        assert_eq!(price(0, 1800), None);
        assert_eq!(price(3000, i64::MAX), None, "a time beyond all arithmetic");
        assert_eq!(super::price(Credits::milli(3000), 900, 0), None, "an interview without a length");
    }

    #[test]
    fn a_begun_hold_outlives_all_that_an_interview_may_take() {
        assert_eq!(begun_for(1800, 180).count(), (1800 + 120 + 180 + 300) * 1000);
        assert_eq!(HELD_FOR.count(), 150_000);
    }
}
