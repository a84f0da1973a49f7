//! What the reference book has for an interview: what a plan covers of a day, and what else there is.

use vocahire::domain::credits::Credits;
use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::money::command::{Hold, No, State};
use vocahire::money::rules::Left;

use super::{Book, DAY, Line, Start};

/// As the settings of a history say: short, so that it is met.
const PREMIUM_SECONDS: i64 = 600;
const LEAST: i64 = 300;

impl Book {
    /// As it is told to whoever looks.
    pub(super) fn pays(&self) -> Option<Credits> {
        Some(Credits::milli(self.payable(0).0))
    }

    /// With what becomes free; and whether more is there, which was given and so pays for nothing: what was had before
    /// counts as paid of that first.
    pub(super) fn payable(&self, freed: i64) -> (i64, bool) {
        let has = (self.user - self.owed + freed).max(0);
        if !self.direct {
            return (has, false);
        }
        let used = |line: &&Line| line.reason.as_deref() != Some("paid_ahead");
        let given: i64 = self.lines.iter().map(|line| -line.postings.granted.count()).sum();
        let used: i64 = self.lines.iter().filter(used).map(|line| line.postings.earned.count()).sum();
        let pays = (has - (given - used).max(0)).max(0);
        (pays, pays < has)
    }

    /// The seconds that a plan covers of a wish, if it covers any.
    pub(super) fn covers(&self, wish: &Hold, replaced: Option<&SessionId>, now: i64) -> Result<Option<i64>, No> {
        if !self.is_covered(now) {
            return Ok(None);
        }
        let enough = |at: i64| self.left_at(&wish.person, replaced, at) >= LEAST.min(wish.seconds);
        match enough(now) {
            true => Ok(Some(wish.seconds.min(self.left_at(&wish.person, replaced, now)))),
            false if wish.credits => Ok(None),
            false => Err(No::UsedUp { retry_after: Millis::new(self.enough_at(&wish.person, enough) - now) }),
        }
    }

    pub(super) fn day(&self, person: &str, now: i64) -> Option<Left> {
        let enough = |at: i64| self.left_at(person, None, at) >= LEAST;
        self.is_covered(now).then(|| Left {
            seconds: self.left_at(person, None, now),
            more_at: (!enough(now)).then(|| Millis::new(self.enough_at(person, enough))),
        })
    }

    fn is_covered(&self, now: i64) -> bool {
        self.plan.is_some_and(|(until, _)| until > now)
    }

    /// Something becomes free only when a day has passed since an interview was asked for.
    fn enough_at(&self, person: &str, enough: impl Fn(i64) -> bool) -> i64 {
        let mut moments: Vec<i64> = self.covered(person).map(|(_, start)| start.held_at + DAY).collect();
        moments.sort_unstable();
        moments.into_iter().find(|at| enough(*at)).unwrap()
    }

    fn covered<'a>(&'a self, person: &'a str) -> impl Iterator<Item = (&'a SessionId, &'a Start)> {
        self.starts.iter().filter(move |(_, start)| start.person == person && start.amount == 0)
    }

    fn left_at(&self, person: &str, without: Option<&SessionId>, at: i64) -> i64 {
        let counts = |(session, start): &(&SessionId, &Start)| Some(*session) != without && start.held_at + DAY > at;
        let had = self.covered(person).filter(counts).map(|(_, start)| match start.state {
            State::Voided => 0,
            State::Posted => self.lines[start.end.unwrap()].seconds.unwrap().min(start.seconds),
            _ => start.seconds,
        });
        (PREMIUM_SECONDS - had.sum::<i64>()).max(0)
    }
}
