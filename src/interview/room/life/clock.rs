//! The clock that the person pays by. It runs from the interviewer's first words, and stands still while the two cannot
//! talk: between two calls, and in a pause.

use serde::Serialize;

use crate::domain::form::form;
use crate::domain::millis::Millis;
use crate::interview::missed::Gap;
use crate::money::rules::RECONNECTS;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// Since when it runs, and what it showed then.
    runs: Option<Millis>,
    shown: Millis,
    still: Option<Still>,
    /// How long it has stood still: between calls, and in pauses.
    away: Millis,
    paused: Millis,
}

form! { struct Clock { runs, shown, still, away, paused } }

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Still {
    since: Millis,
    why: Gap,
}

form! { struct Still { since, why } }

impl Clock {
    pub fn start(&mut self, at: Millis) {
        self.runs = Some(at);
    }

    /// What it shows.
    pub fn at(&self, now: Millis) -> Millis {
        self.shown.plus(self.runs.map_or(Millis::default(), |from| now.since(from).max(Millis::default())))
    }

    /// When it will show that, as long as it runs.
    pub fn when(&self, shown: Millis) -> Option<Millis> {
        self.runs.map(|from| from.plus(shown.since(self.shown)))
    }

    /// It stands still, and did so since then. One that stands still already goes on doing so.
    pub fn stop(&mut self, since: Millis, why: Gap) {
        if let Some(from) = self.runs.take() {
            let since = since.max(from);
            self.shown = self.shown.plus(since.since(from));
            self.still = Some(Still { since, why });
        }
    }

    /// It runs again. Since when it stood still, and why.
    pub fn go_on(&mut self, now: Millis) -> Option<(Gap, Millis)> {
        let Still { since, why } = self.still.take()?;
        let sum = if why == Gap::Pause { &mut self.paused } else { &mut self.away };
        *sum = sum.plus(now.since(since));
        self.runs = Some(now);
        Some((why, since))
    }

    pub fn paused_since(&self) -> Option<Millis> {
        self.still.filter(|still| still.why == Gap::Pause).map(|still| still.since)
    }

    pub fn is_paused(&self) -> bool {
        self.is_still_for(Gap::Pause)
    }

    pub fn is_still_for(&self, why: Gap) -> bool {
        self.still.is_some_and(|still| still.why == why)
    }

    /// When it runs again, whatever happens.
    pub fn stands_until(&self, pauses: Millis) -> Option<Millis> {
        let Still { since, why } = self.still?;
        let left = if why == Gap::Pause { pauses.minus(self.paused) } else { RECONNECTS.minus(self.away) };
        Some(since.plus(left.max(Millis::default())))
    }

    /// How long it may still stand still while the line is away.
    pub fn away_left(&self, now: Millis) -> Millis {
        self.left(Gap::Away, RECONNECTS.minus(self.away), now)
    }

    /// How long a pause may still last.
    pub fn pause_left(&self, pauses: Millis, now: Millis) -> Millis {
        self.left(Gap::Pause, pauses.minus(self.paused), now)
    }

    /// Of so much, without what is standing now.
    fn left(&self, why: Gap, of: Millis, now: Millis) -> Millis {
        let this = self.still.filter(|still| still.why == why).map(|still| now.since(still.since));
        of.minus(this.unwrap_or_default()).max(Millis::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSES: Millis = Millis::of_seconds(180);

    fn seconds(n: i64) -> Millis {
        Millis::of_seconds(n)
    }

    #[test]
    fn it_shows_what_was_talked() {
        let mut clock = Clock::default();
        assert_eq!((clock.at(seconds(9)), clock.when(seconds(1))), (seconds(0), None), "nobody has spoken yet");
        clock.start(seconds(10));
        assert_eq!((clock.at(seconds(40)), clock.when(seconds(100))), (seconds(30), Some(seconds(110))));
        clock.stop(seconds(30), Gap::Away);
        assert_eq!((clock.at(seconds(40)), clock.when(seconds(100))), (seconds(20), None), "since then");
        clock.stop(seconds(45), Gap::Pause);
        assert_eq!(clock.go_on(seconds(50)), Some((Gap::Away, seconds(30))));
        assert_eq!((clock.at(seconds(50)), clock.when(seconds(100))), (seconds(20), Some(seconds(130))));
        assert_eq!(clock.go_on(seconds(55)), None, "it runs");
        assert_eq!(clock.at(seconds(60)), seconds(30));
        assert_eq!(clock.at(seconds(20)), seconds(20), "it never goes back");
    }

    #[test]
    fn it_stands_no_longer_than_it_may() {
        let mut clock = Clock::default();
        clock.start(seconds(0));
        clock.stop(seconds(10), Gap::Pause);
        assert_eq!(
            (clock.stands_until(PAUSES), clock.pause_left(PAUSES, seconds(40))),
            (Some(seconds(190)), seconds(150))
        );
        clock.go_on(seconds(110));
        assert_eq!(clock.pause_left(PAUSES, seconds(500)), seconds(80));
        clock.stop(seconds(200), Gap::Pause);
        assert_eq!(clock.stands_until(PAUSES), Some(seconds(280)), "in all");
        clock.go_on(seconds(280));
        clock.stop(seconds(300), Gap::Away);
        assert_eq!(clock.stands_until(PAUSES), Some(seconds(420)), "a lost line is no pause");
        clock.go_on(seconds(420));
        clock.stop(seconds(500), Gap::Away);
        assert_eq!(clock.stands_until(PAUSES), Some(seconds(500)), "and has its own measure");
        assert_eq!(clock.away_left(seconds(500)), seconds(0));
        assert_eq!(clock.at(seconds(900)), seconds(10 + 90 + 20 + 80));
    }
}
