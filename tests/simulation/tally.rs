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
            "entitle", "close", "lines", "open", "audit",
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
            "before the letter",
            "before the Wallet",
            "before the offer",
            "after the offer",
            "the offer hangs",
            "before the answer's body",
            "before it listens",
            "before the dial",
            "after the dial",
            "before the hang-up",
            "after the hang-up",
            "the hang-up hangs",
            "before the turn",
            "after the turn",
            "before the question",
            "while it is judged",
            "after the question",
            "before the report",
            "after the report",
            "before the failure",
            "after the failure",
        ],
    ),
    ("letter", &["open", "stop", "beat", "relay", "patience", "left", "dropped", "look", "lines", "delete"]),
    (
        "the Room's no",
        &["not found", "ended", "another offer", "the Wallet says nothing", "too late", "broken", "refused", "busy"],
    ),
    (
        "ending",
        &[
            "no_media_path",
            "no_output",
            "never_spoke",
            "ended_early",
            "ended_by_user",
            "connection_lost",
            "provider_fault",
            "our_fault",
            "ran_its_time",
        ],
    ),
    (
        "room",
        &[
            "heard at the sideband",
            "heard from the browser",
            "asked what nobody may ask",
            "archived",
            "nothing kept",
            "emptied",
        ],
    ),
    (
        "said to OpenAI",
        &[
            "response.create",
            "conversation.item.create",
            "session.update",
            "response.cancel",
            "output_audio_buffer.clear",
        ],
    ),
    (
        "feedback",
        &[
            "open",
            "waiting",
            "scoring",
            "scored",
            "failed",
            "tried again",
            "not tried again",
            "tried again in two tabs",
            "a lost turn is taken",
            "objected",
            "taken back",
            "receipt",
            "progress",
            "deleted while it is judged",
            "an account ends while it is judged",
        ],
    ),
    ("report", &["waiting", "scoring", "scored", "failed"]),
    ("failure", &["refused", "cut_off", "unreadable", "busy", "unreachable", "not_set_up"]),
    ("grade", &["stands", "too_short", "no_evidence", "not_found", "not_yours", "no_answer"]),
    (
        "judge",
        &[
            "reports",
            "quotes a line",
            "quotes a part",
            "makes it up",
            "quotes the interviewer",
            "quotes a half truth",
            "quotes another line",
            "joins two lines",
            "refuses",
            "is cut off",
            "is filtered",
            "says no JSON",
            "says something else",
            "is garbage",
            "500",
            "429 rate_limit_exceeded",
            "429 insufficient_quota",
        ],
    ),
    ("at rest", &["scored", "not scored"]),
    ("exchange", &["answered", "over before it began", "refused", "broken"]),
    ("openai", &["429 rate_limit_exceeded", "429 insufficient_quota", "500 x", "401 x", "hang-up 200", "hang-up 404"]),
    (
        "page",
        &[
            "started",
            "left before it began",
            "an old ticket",
            "another's ticket",
            "a ticket of another session",
            "a changed ticket",
            "the same offer at once",
            "the same offer again",
            "another offer",
            "no media path",
            "handed on",
            "handed on again",
            "made something up",
            "ended",
            "dropped",
            "left silently",
            "deleted",
            "another's interview",
        ],
    ),
    ("webhook", &["stored", "deleted", "told twice", "forged", "not taken: told again"]),
    (
        "duplicate",
        &[
            "delivered twice",
            "delivered to the Room twice",
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
            "the Wallet is too slow",
            "the Room before",
            "the Room after",
            "the Room is silent",
            "the Room is too slow",
            "the offer before",
            "the offer is refused",
            "the offer is slow",
            "the offer hangs",
            "the offer after",
            "a call without a name",
            "the answer's body is slow",
            "the answer breaks off",
            "the answer is none",
            "a word is lost",
            "a call dies",
            "the call is gone",
            "the sideband is closed",
            "the sideband is not found",
            "the sideband is not reached",
            "a sideband that nobody reaches",
            "the hang-up before",
            "the hang-up is refused",
            "the hang-up hangs",
            "the hang-up after",
            "a try is cut off",
            "the question before",
            "the question after",
            "the judge is slow",
            "the judge is too slow",
            "a statement fails",
            "a commit is refused",
            "alarm rings again",
            "alarm lost",
            "alarm failed",
            "a deploy",
            "everything sleeps",
            "a Wallet's clock jumps",
            "a Room's clock jumps",
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
