//! The relays that an isolate remembers: what it was given for whom, and how each vendor answered last.

use std::collections::VecDeque;

use serde_json::Value;

use crate::domain::millis::Millis;

/// What a vendor gives is good for so long: a whole interview with its pauses, begun at the last moment of [`FRESH`].
pub const LIFE: Millis = Millis::of_seconds(2 * 60 * 60);
/// And is handed out again for less than half of it.
const FRESH: Millis = Millis::of_seconds(55 * 60);
/// A vendor that did not answer is not waited for again within this.
const REST: Millis = Millis::of_seconds(30);
/// An operator's look asks vendors so often at most.
const LOOK: Millis = Millis::of_seconds(60);
/// At some 700 bytes each, 200 KB.
const MOST: usize = 300;

/// What a person was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub servers: Vec<Value>,
    pub expires: Millis,
}

#[derive(Debug, Default)]
pub struct Relays {
    kept: VecDeque<(String, &'static str, Given)>,
    answers: Vec<Answered>,
    looked: Option<(Millis, Value)>,
}

#[derive(Clone, Copy, Debug)]
struct Answered {
    vendor: &'static str,
    at: Millis,
    well: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Look {
    Use(Given),
    Ask,
    /// It failed a moment ago.
    Rest,
}

impl Relays {
    pub fn look(&self, person: &str, vendor: &'static str, now: Millis) -> Look {
        let mine = self.kept.iter().find(|(owner, from, _)| owner == person && *from == vendor);
        let age = |given: &Given| now.since(given.expires.minus(LIFE));
        let fresh = |given: &&Given| (0..FRESH.count()).contains(&age(given).count());
        match mine.map(|(_, _, given)| given).filter(fresh) {
            Some(given) => Look::Use(given.clone()),
            None if self.rests(vendor, now) => Look::Rest,
            None => Look::Ask,
        }
    }

    fn rests(&self, vendor: &'static str, now: Millis) -> bool {
        let last = self.answers.iter().find(|answer| answer.vendor == vendor);
        last.is_some_and(|last| !last.well && (0..REST.count()).contains(&now.since(last.at).count()))
    }

    /// The oldest makes room.
    pub fn keep(&mut self, person: &str, vendor: &'static str, given: Given) {
        self.kept.retain(|(owner, from, _)| owner != person || *from != vendor);
        if self.kept.len() >= MOST {
            self.kept.pop_front();
        }
        self.kept.push_back((person.to_owned(), vendor, given));
    }

    pub fn answered(&mut self, vendor: &'static str, well: bool, at: Millis) {
        self.answers.retain(|answer| answer.vendor != vendor);
        self.answers.push(Answered { vendor, at, well });
    }

    /// As far as anybody has asked.
    pub fn well(&self) -> bool {
        self.answers.iter().all(|answer| answer.well)
    }

    /// What an operator saw a moment ago.
    pub fn looked(&self, now: Millis) -> Option<Value> {
        let fresh = |at: Millis| (0..LOOK.count()).contains(&now.since(at).count());
        self.looked.as_ref().filter(|(at, _)| fresh(*at)).map(|(_, told)| told.clone())
    }

    pub fn saw(&mut self, told: Value, at: Millis) {
        self.looked = Some((at, told));
    }
}
