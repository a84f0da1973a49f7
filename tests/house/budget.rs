//! What an interview of half an hour writes.

use serde_json::json;

use super::hall::Hall;
use super::said::{added, done, half, heard, speech, whole};
use super::talk::{Talk, money};

/// A question and its answer in thirty seconds, with all that OpenAI tells of them.
fn turn(talk: &Talk, n: usize) {
    let (question, answer) = (format!("item_{n}a"), format!("item_{n}b"));
    let before = n.checked_sub(1).map(|before| format!("item_{before}b"));
    talk.hears(json!({ "type": "response.created", "response": { "id": format!("resp_{n}") } }));
    talk.hears(added(&question, "assistant", before.as_deref()));
    talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp" }));
    for word in 0..30 {
        talk.hears(half(&question, &format!("word {word} ")));
    }
    talk.hears(whole(&question, "word word word"));
    talk.hears(done(&question, "completed", "completed"));
    talk.go_on(10);
    talk.hears(json!({ "type": "output_audio_buffer.stopped", "response_id": "resp" }));
    talk.hears(speech(&answer));
    talk.go_on(15);
    talk.hears(json!({ "type": "input_audio_buffer.speech_stopped", "item_id": answer }));
    talk.hears(added(&answer, "user", Some(&question)));
    talk.hears(heard(&answer, "an answer of some words"));
    talk.go_on(5);
}

#[test]
fn half_an_hour_of_talk_stays_within_its_budget() {
    let hall = Hall::new(&[]);
    hall.pass(120);
    let wallet = hall.disk("user_1");
    let (statements, entries) = (hall.statements.get(), wallet.database.total_changes());
    let talk = Talk::started(&hall);
    talk.exchange();
    hall.pass(1);
    for n in 0..60 {
        turn(&talk, n);
    }
    let disk = talk.room().disk.clone();
    let live = disk.armed.get();
    hall.pass(1200);
    assert_eq!((money(&hall), talk.is_empty()), ((2000, 0), true));
    let statements = hall.statements.get() - statements;
    let (entries, rows) = (wallet.database.total_changes() - entries, disk.database.total_changes());
    assert!(statements <= 40, "D1: {statements} statements");
    assert!(entries <= 20, "Wallet: {entries} rows");
    assert!(rows <= 600, "Room: {rows} rows");
    assert!(live <= 1800 / 20, "{live} alarm writes");
}
