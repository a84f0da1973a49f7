//! The numbers of the ledger, each with its arithmetic.

use serde::Serialize;

use crate::domain::credits::Credits;
use crate::domain::form::form;
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

/// A plan covers so much talk of one person within it, as much as the operator has said.
pub const FAIR_USE_WITHIN: Millis = Millis::of_seconds(24 * 60 * 60);
/// Less than this is no interview: what is left of a day counts from here up.
pub const LEAST_TALK: i64 = 5 * 60;

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

/// What is left of a balance without what was given.
pub fn without(balance: Credits, given: Credits) -> Credits {
    balance.minus(given.max(Credits::ZERO)).unwrap_or_default().max(Credits::ZERO)
}

/// An interview that a plan has covered: what was talked in it, or what it may still take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Covered {
    pub held_at: Millis,
    pub seconds: i64,
}

/// What a plan still covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Left {
    pub seconds: i64,
    /// When there is enough for an interview again, where there is not.
    pub more_at: Option<Millis>,
}

form! { struct Left { seconds, more_at } }

/// What is left of `limit` for somebody who wishes to talk so long; of what they had, oldest first.
pub fn left(had: &[Covered], limit: i64, wanted_seconds: i64) -> Left {
    let enough = LEAST_TALK.min(limit).min(wanted_seconds);
    let mut free = had.iter().fold(limit, |free, one| free.saturating_sub(one.seconds));
    let seconds = free.max(0);
    let mut gone = had.iter().filter(|one| {
        free = free.saturating_add(one.seconds);
        free >= enough
    });
    let more_at = if seconds >= enough { None } else { gone.next().map(|one| one.held_at.plus(FAIR_USE_WITHIN)) };
    Left { seconds, more_at }
}

/// How long a begun hold lives: the interview, what reconnects and pauses may add, and the slack.
pub fn begun_for(seconds: i64, pause: Millis) -> Millis {
    Millis::of_seconds(seconds).plus(RECONNECTS).plus(pause).plus(SLACK)
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
    fn what_is_left_of_a_day_starts_an_interview_from_five_minutes_up() {
        let day = FAIR_USE_WITHIN.count();
        let left = |had: &[(i64, i64)], limit, wanted| {
            let had: Vec<Covered> =
                had.iter().map(|&(at, seconds)| Covered { held_at: Millis::new(at), seconds }).collect();
            let Left { seconds, more_at } = left(&had, limit, wanted);
            (seconds, more_at.map(Millis::count))
        };
        assert_eq!(left(&[], 3600, 1800), (3600, None));
        assert_eq!(left(&[(7, 3300)], 3600, 1800), (300, None));
        assert_eq!(left(&[(7, 3301)], 3600, 1800), (299, Some(day + 7)));
        assert_eq!(left(&[(7, 3301)], 3600, 60), (299, None), "who wishes for less needs no more");
        assert_eq!(left(&[(7, 0), (8, 60), (9, 3540)], 3600, 1800), (0, Some(day + 9)), "when there is enough");
        assert_eq!(left(&[(7, 9000), (8, 10)], 3600, 1800), (0, Some(day + 7)), "after the limit was made smaller");
        assert_eq!(left(&[(7, 100)], 200, 1800), (100, Some(day + 7)), "under a limit of less");
        assert_eq!(left(&[], 200, 1800), (200, None));
    }

    proptest::proptest! {
        #[test]
        fn whoever_waits_as_long_as_was_said_has_enough_and_never_more_than_the_limit(
            had in proptest::collection::vec((0..86_400_000i64, 0..4000i64), 0..40),
            limit in 1..20_000i64, wanted in 1..4000i64
        ) {
            let covered = had.into_iter().map(|(at, seconds)| Covered { held_at: Millis::new(at), seconds });
            let had = crate::domain::sorted::sorted(covered, |one, other| one.held_at < other.held_at);
            let Left { seconds, more_at } = left(&had, limit, wanted);
            proptest::prop_assert!((0..=limit).contains(&seconds));
            if let Some(at) = more_at {
                proptest::prop_assert!(seconds < wanted.min(limit));
                let later: Vec<Covered> =
                    had.into_iter().filter(|one| one.held_at.plus(FAIR_USE_WITHIN) > at).collect();
                proptest::prop_assert_eq!(left(&later, limit, wanted).more_at, None);
            }
        }
    }

    #[test]
    fn what_was_given_is_not_there_where_it_does_not_count() {
        let left = [(3000, 3000), (8000, 3000), (2000, 3000), (5000, 0), (5000, -1000)]
            .map(|(balance, given)| without(Credits::milli(balance), Credits::milli(given)).count());
        assert_eq!(left, [0, 5000, 0, 5000, 5000]);
    }

    #[test]
    fn a_begun_hold_outlives_all_that_an_interview_may_take() {
        assert_eq!(begun_for(1800, Millis::of_seconds(180)).count(), (1800 + 120 + 180 + 300) * 1000);
        assert_eq!(HELD_FOR.count(), 150_000);
    }
}
