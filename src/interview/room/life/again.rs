//! What an interview survives: a line that is lost and taken up again, a pause, settings that are not ours any more.

use super::{Do, Life, Stage};
use crate::domain::millis::Millis;
use crate::domain::outcome::Ending;
use crate::interview::missed::{Gap, Missed};
use crate::port::config::Patience;
use crate::upstream::openai::call::CallId;

/// So often a line may be taken up again.
pub const AGAIN: i64 = 5;
/// And so many offers may be made for it: what OpenAI did not take counts for less.
const OFFERS: i64 = 20;

impl Life {
    /// What was paid ahead was paid for one call.
    pub fn again_left(&self) -> i64 {
        if self.is_direct() {
            return 0;
        }
        if self.connect < OFFERS { AGAIN.saturating_add(1).saturating_sub(self.calls).clamp(0, AGAIN) } else { 0 }
    }

    /// 1. The call before is over, and nobody listens to it any more.
    /// 2. The clock stands still since the person was last there, as long as it may. A pause ends with its call.
    pub(super) fn again(&mut self, speaks: bool, now: Millis, patience: &Patience) -> Vec<Do> {
        // 1
        let mut todo: Vec<Do> = self.call.take().map(Do::HangUp).into_iter().collect();
        (self.connect, self.awaited, self.speaks) = (self.connect.saturating_add(1), true, speaks);
        if let Some(since) = self.deaf_at.take() {
            self.deaf_for = self.deaf_for.plus(now.since(since));
        }
        (self.heard_once, self.failures) = (false, 0);
        if self.stage == Stage::Live {
            (self.stage, self.lost_at) = (Stage::Reconnecting, Some(now));
        }
        // 2
        if self.clock.is_paused() {
            todo.extend(self.go_on(now).into_iter().filter(|wish| *wish != Do::GoOn));
        }
        self.clock.stop(self.life_at, Gap::Away);
        if let Some(at) = self.clock.stands_until(patience.pause).filter(|at| *at <= now) {
            todo.extend(self.go_on(at));
        }
        todo.push(Do::Note("again"));
        todo
    }

    /// The name of a call that nobody waits for any more is needed all the same: to hang it up.
    pub(super) fn called(&mut self, call: &CallId, now: Millis) -> Vec<Do> {
        if !self.awaited || !self.is_open() {
            return vec![Do::HangUp(call.clone())];
        }
        (self.call, self.awaited, self.deaf_at) = (Some(call.clone()), false, Some(now));
        self.calls = self.calls.saturating_add(1);
        Vec::new()
    }

    /// From now on only the browser can tell what is said. It is paid once the secret may go out.
    pub(super) fn minted(&mut self, now: Millis) -> Vec<Do> {
        (self.awaited, self.deaf_at) = (false, Some(now));
        if !self.is_direct() || self.is_paid() || !self.may_answer() {
            return Vec::new();
        }
        self.paid = Some(true);
        vec![Do::PayAhead, Do::Note("paid ahead")]
    }

    /// There is somebody at the other end, or may be.
    pub(super) fn is_called(&self) -> bool {
        self.call.is_some() || (self.is_direct() && !self.awaited)
    }

    /// Of the first offer this is the end; after it the page may try once more.
    pub(super) fn failed(&mut self, now: Millis) -> Vec<Do> {
        if self.path_at.is_none() {
            return self.end(Ending::ProviderFault, now);
        }
        (self.awaited, self.deaf_at) = (false, None);
        let call = self.call.take().map(Do::HangUp);
        [Do::Note("not again")].into_iter().chain(call).collect()
    }

    /// Nobody pauses what has not begun, or has nobody at its other end.
    pub(super) fn pause(&mut self, paused: bool, now: Millis, patience: &Patience) -> Vec<Do> {
        let may = self.stage == Stage::Live && self.clock.pause_left(patience.pause, now) > Millis::default();
        match (paused, self.clock.is_paused()) {
            (true, false) if may && self.clock.when(Millis::default()).is_some() => {
                self.clock.stop(now, Gap::Pause);
                vec![Do::Pause]
            }
            (false, true) => self.go_on(now),
            _ => Vec::new(),
        }
    }

    pub(super) fn go_on(&mut self, now: Millis) -> Vec<Do> {
        let Some((gap, from)) = self.clock.go_on(now) else { return Vec::new() };
        let missed = Some(Do::Missed(Missed { gap, from, until: now })).filter(|_| now > from);
        (gap == Gap::Pause).then_some(Do::GoOn).into_iter().chain(missed).collect()
    }

    /// Once may be a mistake.
    pub(super) fn drifted(&mut self, now: Millis) -> Vec<Do> {
        self.drifts = self.drifts.saturating_add(1);
        if self.drifts == 1 {
            return vec![Do::PutBack, Do::Note("settings put back")];
        }
        let mut todo = vec![Do::Note("settings changed again")];
        todo.extend(self.end(self.judged(Ending::EndedByUser), now));
        todo
    }
}
