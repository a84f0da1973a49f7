use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::upstream::openai::call::{self, Patience};

fn read(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn a_reply_of_ours_says_so() {
    assert_eq!(
        read(&create_response(None)),
        json!({ "type": "response.create", "response": { "metadata": { "by": "vocahire" } } })
    );
    assert_eq!(
        read(&create_response(Some("Say goodbye."))),
        json!({
            "type": "response.create",
            "response": { "metadata": { "by": "vocahire" }, "instructions": "Say goodbye." },
        })
    );
}

#[test]
fn a_note_is_an_item_of_the_system() {
    assert_eq!(
        read(&note("Two minutes left.")),
        json!({
            "type": "conversation.item.create",
            "item": {
                "type": "message", "role": "system", "content": [{ "type": "input_text", "text": "Two minutes left." }],
            },
        })
    );
}

#[test]
fn patience_changes_nothing_else() {
    let input = json!({
        "transcription": { "model": "gpt-transcribe", "language": "de" },
        "noise_reduction": { "type": "near_field" },
        "turn_detection": {
            "type": "semantic_vad", "eagerness": "high", "create_response": true, "interrupt_response": true,
        },
    });
    let session = json!({ "type": "realtime", "audio": { "input": input } });
    let told = read(&update(None, true, call::input("gpt-transcribe", "de", Some(Patience::Quick))));
    assert_eq!(told, json!({ "type": "session.update", "session": session }));
}

#[test]
fn in_a_pause_nobody_answers_or_interrupts() {
    let told = read(&update(None, true, call::input("gpt-transcribe", "de", None)));
    let turns = told.pointer("/session/audio/input/turn_detection").unwrap();
    assert_eq!((&turns["create_response"], &turns["interrupt_response"]), (&json!(false), &json!(false)));
    assert!(told.pointer("/session/instructions").is_none());
}

#[test]
fn what_was_changed_by_others_is_put_back_whole() {
    let told = read(&update(Some("Be kind."), false, json!({})));
    let session = json!({
        "type": "realtime", "audio": { "input": {} }, "instructions": "Be kind.", "output_modalities": ["text"],
        "tools": [],
    });
    assert_eq!(told["session"], session);
}

proptest! {
    #[test]
    fn no_text_gets_out_of_its_place(text in any::<String>()) {
        let note = read(&note(&text));
        prop_assert_eq!(note.pointer("/item/content/0/text").and_then(Value::as_str), Some(text.as_str()));
        let reply = read(&create_response(Some(&text)));
        prop_assert_eq!(reply.pointer("/response/instructions").and_then(Value::as_str), Some(text.as_str()));
        prop_assert_eq!(reply.pointer("/response/metadata/by").and_then(Value::as_str), Some(BY));
    }
}
