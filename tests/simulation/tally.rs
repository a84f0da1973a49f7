//! How often each thing happened. What never happened was not tested.

use std::cell::RefCell;
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Tally(RefCell<BTreeMap<(&'static str, String), u64>>);

pub type Counts = BTreeMap<(&'static str, String), u64>;

impl Tally {
    pub fn count(&self, of: &'static str, what: &str) {
        let mut counts = self.0.borrow_mut();
        match counts.get_mut(&(of, what.to_owned())) {
            Some(count) => *count += 1,
            None => drop(counts.insert((of, what.to_owned()), 1)),
        }
    }

    pub fn counts(&self) -> Counts {
        self.0.borrow().clone()
    }
}

pub fn add(all: &mut Counts, more: Counts) {
    for (what, count) in more {
        *all.entry(what).or_default() += count;
    }
}

/// Each of these must occur in a run.
pub const NEEDED: &[(&str, &[&str])] = &[
    (
        "command",
        &[
            "touch", "look", "hold", "begin", "settle", "adjust", "purchase", "clawback", "dispute", "restore",
            "entitle", "close", "lines", "audit",
        ],
    ),
    (
        "refusal",
        &[
            "untouched",
            "closed",
            "insufficient",
            "in progress, held",
            "in progress, begun",
            "ended",
            "rate limited",
            "mismatch",
            "impossible",
        ],
    ),
    (
        "entry",
        &[
            "welcome",
            "welcome_back",
            "grant",
            "take",
            "purchase",
            "clawback",
            "restored",
            "hold",
            "interview",
            "void",
            "plan",
            "closed",
        ],
    ),
    (
        "void",
        &[
            "lapsed",
            "unknown",
            "no_outcome",
            "replaced",
            "account_closed",
            "no_media_path",
            "no_output",
            "never_spoke",
            "ended_early",
        ],
    ),
    (
        "interview",
        &[
            "never_spoke",
            "ended_early",
            "ended_by_user",
            "connection_lost",
            "provider_fault",
            "our_fault",
            "ran_its_time",
            "cost_ceiling",
        ],
    ),
    (
        "crash",
        &[
            "before the command",
            "before D1",
            "after D1",
            "D1 hangs",
            "before the Room",
            "after the Room",
            "the Room hangs",
            "before Clerk",
            "after Clerk",
            "Clerk hangs",
            "the alarm begins",
            "in a transaction",
            "at the commit",
        ],
    ),
    ("webhook", &["stored", "deleted", "told twice", "forged", "not taken: told again"]),
    (
        "duplicate",
        &[
            "delivered twice",
            "the same again",
            "the same key, another body",
            "retried after a fault",
            "told the first session",
        ],
    ),
    (
        "fault",
        &[
            "a client gone",
            "D1 away for an hour",
            "D1 before",
            "D1 after",
            "D1 refuses a row",
            "D1 takes it after all",
            "parked",
            "paid too late",
            "D1 is slow",
            "Clerk is slow",
            "Clerk before",
            "Clerk after",
            "Clerk knows nobody",
            "request lost",
            "reply lost",
            "the object died",
            "the Room before",
            "the Room after",
            "the Room is silent",
            "the Room is ending",
            "a statement fails",
            "a commit is refused",
            "alarm rings again",
            "alarm lost",
            "alarm failed",
            "an object's clock jumps",
            "the Worker's clock jumps",
            "hours pass",
            "a day passes",
        ],
    ),
];

pub fn missing(counts: &Counts) -> Vec<String> {
    let all = NEEDED.iter().flat_map(|(of, kinds)| kinds.iter().map(move |kind| (*of, (*kind).to_owned())));
    all.filter(|key| !counts.contains_key(key)).map(|(of, kind)| format!("{of}: {kind}")).collect()
}

pub fn table(counts: &Counts) -> String {
    let mut text = String::new();
    let mut section = "";
    for ((of, what), count) in counts {
        if *of != section {
            text += &format!("\n{of}:");
            section = of;
        }
        text += &format!(" {what} {count};");
    }
    text
}
