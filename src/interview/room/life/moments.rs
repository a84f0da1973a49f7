//! What time alone brings to an interview.

use super::{Do, Life, Stage};
use crate::domain::millis::Millis;
use crate::domain::outcome::Ending;
use crate::interview::limits;
use crate::port::config::Patience;

/// Two heartbeats of the page.
const BEATS: Millis = Millis::of_seconds(10);
/// A goodbye takes so long to be said; in what is short, a tenth of it.
const GOODBYE: Millis = Millis::of_seconds(15);

fn goodbye(before: Millis) -> Millis {
    before.minus(GOODBYE.min(Millis::new(before.count() / 10)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Deadline,
    NoPath,
    NoOutput,
    Quiet,
    Lost,
    Ask,
    Farewell,
    Silent,
    WrapUp,
    Goodbye,
    GoOn,
    Deaf,
}

impl Life {
    /// When somebody is to look at the time. That the page is silent need not be known to the second; a little later it
    /// has mostly been heard of again, and the alarm is set less often.
    pub fn due(&self, patience: &Patience) -> Option<Millis> {
        let coming = self.coming(patience);
        coming.map(|(at, moment)| if moment == Moment::Quiet { at.plus(BEATS) } else { at }).min()
    }

    pub(super) fn next(&self, patience: &Patience) -> Option<(Millis, Moment)> {
        self.coming(patience).min_by_key(|(at, _)| *at)
    }

    fn coming(&self, patience: &Patience) -> impl Iterator<Item = (Millis, Moment)> {
        let waiting =
            |since: Option<Millis>, limit: Millis, still: bool| since.filter(|_| still).map(|at| at.plus(limit));
        let (stage, unheard) = (self.stage, self.heard_at.is_none());
        let whole = Millis::of_seconds(self.seconds);
        let wrap_up = limits::wrap_up(patience.wrap_up, self.seconds);
        let shows = |time: Millis, still: bool| self.clock.when(time).filter(|_| still);
        let moments = [
            (shows(whole, true), Moment::Deadline),
            (waiting(Some(self.opened_at), patience.path, stage == Stage::Connecting), Moment::NoPath),
            (waiting(self.path_at, patience.output, self.spoke_at.is_none()), Moment::NoOutput),
            (waiting(Some(self.life_at), patience.quiet, stage == Stage::Live), Moment::Quiet),
            (waiting(self.lost_at, patience.lost, stage == Stage::Reconnecting), Moment::Lost),
            (shows(patience.silent, unheard), Moment::Silent),
            (shows(goodbye(patience.silent), unheard && !self.parted), Moment::Farewell),
            (shows(patience.ask, unheard && !self.asked), Moment::Ask),
            (shows(whole.minus(wrap_up), !self.wrapped), Moment::WrapUp),
            (shows(goodbye(whole), self.wrapped && !self.parted), Moment::Goodbye),
            (self.clock.stands_until(patience.pause), Moment::GoOn),
            (
                self.deaf_at.filter(|_| !self.is_direct()).map(|at| at.plus(patience.deaf).minus(self.deaf_for)),
                Moment::Deaf,
            ),
        ];
        let open = self.is_open();
        moments.into_iter().filter_map(|(at, moment)| Some((at?, moment))).filter(move |_| open)
    }

    pub(super) fn pass(&mut self, moment: Moment, at: Millis) -> Vec<Do> {
        match moment {
            Moment::Deadline => self.leave(Ending::RanItsTime, at),
            Moment::NoPath | Moment::NoOutput | Moment::Silent => self.end(self.judged(Ending::EndedByUser), at),
            Moment::Quiet => {
                (self.stage, self.lost_at) = (Stage::Reconnecting, Some(at));
                vec![Do::Note("no sign of life")]
            }
            Moment::Lost => self.leave(Ending::ConnectionLost, at),
            Moment::Ask => {
                self.asked = true;
                vec![Do::AskWhetherHeard]
            }
            Moment::WrapUp => {
                self.wrapped = true;
                vec![Do::WrapUp]
            }
            // Nobody has answered the interviewer, who would say no word by themselves.
            Moment::Farewell | Moment::Goodbye => {
                self.parted = true;
                vec![Do::SayGoodbye]
            }
            Moment::GoOn => self.go_on(at),
            Moment::Deaf => self.end(Ending::OurFault, at),
        }
    }
}
