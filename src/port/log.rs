//! One JSON line at a time, and the phases of the request that will be in it.

use std::cell::RefCell;

use crate::domain::millis::Millis;

pub trait Log {
    fn line(&self, json: &str);
}

/// How far a request had come and when, counted from its beginning.
#[derive(Debug)]
pub struct Trace {
    start: Millis,
    phases: RefCell<Vec<(&'static str, Millis)>>,
    notes: RefCell<Vec<String>>,
}

impl Trace {
    pub fn starting(now: Millis) -> Self {
        Self { start: now, phases: RefCell::default(), notes: RefCell::default() }
    }

    pub fn mark(&self, phase: &'static str, now: Millis) {
        self.phases.borrow_mut().push((phase, now.since(self.start)));
    }

    /// Something that went wrong without stopping the request.
    pub fn note(&self, what: String) {
        self.notes.borrow_mut().push(what);
    }

    pub fn notes(&self) -> Vec<String> {
        self.notes.borrow().clone()
    }

    pub fn elapsed(&self, now: Millis) -> Millis {
        now.since(self.start)
    }

    pub fn phases(&self) -> Vec<(&'static str, Millis)> {
        self.phases.borrow().clone()
    }
}
