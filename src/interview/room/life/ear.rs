//! What is heard of an interview: at the sideband, or from the browser while nobody is there.

use super::{Do, FAILURES, Life};
use crate::domain::millis::Millis;
use crate::domain::outcome::Ending;
use crate::interview::missed::{Gap, Missed};
use crate::upstream::openai::event::{Event, Role, Status};

/// A reply that was asked for just before a pause is heard of in it.
const UNDER_WAY: Millis = Millis::of_seconds(3);

impl Life {
    pub(super) fn deaf(&mut self, now: Millis) -> Vec<Do> {
        if self.deaf_at.is_some() || self.call.is_none() {
            return Vec::new();
        }
        self.deaf_at = Some(now);
        vec![Do::Note("sideband lost")]
    }

    pub(super) fn hearing(&mut self, now: Millis) -> Vec<Do> {
        let Some(since) = self.deaf_at.take() else { return Vec::new() };
        self.deaf_for = self.deaf_for.plus(now.since(since));
        self.heard_once = true;
        let mut todo = vec![Do::Note("sideband")];
        // Before there was a media path nothing was said.
        if self.path_at.is_some() {
            self.again_at = Some(now);
            todo.push(Do::Missed(Missed { gap: Gap::Unheard, from: since, until: now }));
        }
        todo
    }

    /// The browser's word counts only for what nobody has heard on the sideband.
    pub(super) fn said(&mut self, event: &Event, relay: bool, now: Millis) -> Vec<Do> {
        if relay && !self.has_gap(now) {
            return Vec::new();
        }
        let mut todo = Vec::new();
        if is_output(event) || matches!(event, Event::ResponseCreated { metadata_ours: false, .. }) {
            if self.path_at.is_none() {
                todo.extend(self.path(now));
            }
        } else if is_turn(event) && self.path_at.is_some() {
            todo.extend(self.alive(now));
        }
        if is_output(event) && self.spoke_at.is_none() {
            self.spoke_at = Some(now);
            self.clock.start(now);
            self.relayed |= relay;
            todo.push(Do::Note("interviewer spoke"));
        }
        // Nobody but the page can have asked for it.
        let talks = is_output(event) || matches!(event, Event::ResponseCreated { .. });
        if talks && self.clock.paused_since().is_some_and(|at| now.since(at) > UNDER_WAY) {
            todo.extend(self.go_on(now));
        }
        // They talk again.
        if (is_output(event) || is_turn(event)) && self.clock.is_still_for(Gap::Away) {
            todo.extend(self.go_on(now));
        }
        self.parted |= self.wrapped && is_output(event);
        if is_turn(event) && self.spoke_at.is_some() && self.heard_at.is_none() {
            self.heard_at = Some(now);
            self.relayed |= relay;
            todo.push(Do::Note("person heard"));
        }
        if !relay {
            todo.extend(self.failing(event, now));
        }
        todo
    }

    fn failing(&mut self, event: &Event, now: Millis) -> Vec<Do> {
        match event {
            Event::Expired => return self.end(Ending::ProviderFault, now),
            Event::ResponseDone(done) if done.status == Status::Failed => {
                self.failures = self.failures.saturating_add(1);
            }
            Event::ResponseDone(_) => self.failures = 0,
            _ => {}
        }
        if self.failures < FAILURES { Vec::new() } else { self.end(Ending::ProviderFault, now) }
    }
}

/// Output that a person can hear, or read where they type. Its beginning may have been missed.
fn is_output(event: &Event) -> bool {
    matches!(event, Event::OutputStarted | Event::InterviewerDone { .. })
}

/// Spoken, typed, or handed in by a page that has its own mind about when a turn is over.
fn is_turn(event: &Event) -> bool {
    match event {
        Event::SpeechStarted { .. } => true,
        Event::ItemAdded { item, .. } => item.role == Role::Person,
        _ => false,
    }
}
