//! A Room whose storage fails once, in any statement of any step: nothing is charged twice, no call is left, no Room
//! stuck.

use serde_json::json;

use super::hall::Hall;
use super::said::{heard, speech, whole};
use super::talk::{Talk, money};

/// A short interview, step by step. Of what fails a page tries some again.
const STEPS: &[fn(&Talk)] = &[
    |talk| drop(talk.exchange()),
    |talk| drop(talk.exchange()),
    |talk| talk.hall.pass(1),
    |talk| said(talk, json!({ "type": "response.created", "response": { "id": "resp_1" } })),
    |talk| said(talk, json!({ "type": "output_audio_buffer.started" })),
    |talk| said(talk, speech("item_b")),
    |talk| beats(talk, 30),
    |talk| said(talk, whole("item_a", "Why bread?")),
    |talk| said(talk, heard("item_b", "I bake.")),
    |talk| drop(talk.say("patience", &json!({ "patience": "quick" }))),
    |talk| drop(talk.say("transcript", &json!({ "batch": 1, "events": [whole("item_c", "Goodbye.")] }))),
    |talk| beats(talk, 60),
    |talk| drop(talk.say("end", &json!({}))),
    |talk| talk.hall.pass(20),
    |talk| drop(talk.delete()),
    |talk| talk.hall.pass(900),
];

fn said(talk: &Talk, event: serde_json::Value) {
    if talk.hall.interviews.openai.wire().is_some() {
        talk.hears(event);
    }
}

fn beats(talk: &Talk, seconds: i64) {
    for _ in 0..seconds / 5 {
        talk.hall.pass(5);
        talk.say("heartbeat", &json!({ "packets": 9 }));
    }
}

#[test]
fn storage_that_fails_once_anywhere_leaves_nothing_behind() {
    for failing in 0..STEPS.len() {
        for statement in 1..=12 {
            let name = format!("step {failing}, statement {statement}");
            let hall = Hall::new(&[]);
            let talk = Talk::started(&hall);
            for (n, step) in STEPS.iter().enumerate() {
                let disk = talk.room().disk.clone();
                if n == failing {
                    disk.failing.set(Some(statement));
                }
                step(&talk);
                disk.failing.set(None);
            }
            hall.pass(3000);
            let (settled, held) = money(&hall);
            assert!(held == 0 && [2940, 2950, 2960, 3000].contains(&settled), "{name}: {settled}, {held}");
            assert!(talk.is_empty() && talk.room().disk.alarm.get().is_none(), "{name}: the Room is stuck");
            // A hang-up may have to be repeated though it was done.
            let mut ended = hall.interviews.openai.hung_up.borrow().clone();
            ended.dedup();
            assert_eq!(ended.len(), hall.interviews.openai.posts.borrow().len(), "{name}: a call is left");
        }
    }
}
