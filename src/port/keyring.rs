//! The signing keys an isolate remembers, and when it may ask for them again.
//!
//! An isolate cannot await what another request started, so a request that finds an ask under way waits on its own
//! timer and looks again. The time of an ask is written before it leaves: forged key ids cannot make a second one.

use crate::domain::millis::Millis;

/// A key set this young is simply used.
pub const FRESH: Millis = Millis::of_seconds(10 * 60);
/// A key set this old is still used when Clerk cannot be reached.
pub const USABLE: Millis = Millis::of_seconds(24 * 60 * 60);
/// From the beginning of one ask to the next, whatever came of it. A key rotated within it is met after it.
pub const COOLDOWN: Millis = Millis::of_seconds(30);
/// The time limit of an ask.
pub const ASK_LIMIT: Millis = Millis::of_seconds(5);
/// An ask that has not come back by now never will: its request was cut off, and another may take over.
pub const LOST: Millis = Millis::of_seconds(6);

#[derive(Debug)]
pub struct Keyring<K> {
    keys: Vec<(String, K)>,
    learned: Option<Millis>,
    ask: Option<Ask>,
    pinned: Option<K>,
}

#[derive(Clone, Copy, Debug)]
struct Ask {
    ticket: u32,
    at: Millis,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    UnderWay,
    Learned,
    Failed,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Look<K> {
    Use(K),
    /// Ask Clerk, then hand the ticket to `learned` or `failed`. The key is what to use should Clerk not answer.
    Ask {
        ticket: u32,
        fallback: Option<K>,
    },
    /// Somebody else is asking: look again shortly.
    Wait,
    /// No such key, as far as we may know now.
    Unknown,
    /// The last ask failed and the next may not leave yet.
    Busy {
        retry_after: Millis,
    },
}

impl<K> Default for Keyring<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), learned: None, ask: None, pinned: None }
    }
}

impl<K: Clone> Keyring<K> {
    pub fn look(&mut self, kid: &str, now: Millis) -> Look<K> {
        let age = self.learned.map_or(USABLE, |at| now.since(at));
        let key = self.keys.iter().find(|(id, _)| age < USABLE && id == kid).map(|(_, key)| key.clone());
        let since = self.ask.map_or(COOLDOWN, |ask| now.since(ask.at));
        let end = self.ask.map_or(End::Failed, |ask| ask.end);
        let lost = end == End::UnderWay && since >= LOST;
        match key {
            Some(key) if age < FRESH || (since < COOLDOWN && !lost) => Look::Use(key),
            None if end == End::UnderWay && !lost => Look::Wait,
            None if end == End::Learned && since < COOLDOWN => Look::Unknown,
            None if end == End::Failed && since < COOLDOWN => Look::Busy { retry_after: COOLDOWN.since(since) },
            fallback => {
                let ticket = self.ask.map_or(0, |ask| ask.ticket.wrapping_add(1));
                self.ask = Some(Ask { ticket, at: now, end: End::UnderWay });
                Look::Ask { ticket, fallback }
            }
        }
    }

    /// Clerk answered: the old keys go with the old set. The answer to an ask that was given up for lost counts for
    /// nothing, because a later one may have brought a newer set.
    pub fn learned(&mut self, ticket: u32, keys: Vec<(String, K)>, now: Millis) {
        if self.end(ticket, End::Learned) {
            self.keys = keys;
            self.learned = Some(now);
        }
    }

    pub fn failed(&mut self, ticket: u32) {
        self.end(ticket, End::Failed);
    }

    fn end(&mut self, ticket: u32, end: End) -> bool {
        let ask = self.ask.as_mut().filter(|ask| ask.ticket == ticket);
        ask.map(|ask| ask.end = end).is_some()
    }

    /// The operator's own key, which Clerk is never asked for.
    pub fn pinned(&self) -> Option<K> {
        self.pinned.clone()
    }

    pub fn pin(&mut self, key: K) {
        self.pinned = Some(key);
    }
}

#[cfg(test)]
mod tests;
