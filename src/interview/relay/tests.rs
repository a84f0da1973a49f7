use proptest::prelude::*;
use serde_json::json;

use super::*;

fn batch(number: Value, events: Value) -> Result<Batch, Refusal> {
    read(json!({ "batch": number, "events": events, "more": 1 }).to_string().as_bytes())
}

/// One of each kind that the browser may pass on.
fn relayed() -> Vec<Value> {
    vec![
        json!({
            "type": "conversation.item.added", "previous_item_id": null,
            "item": { "id": "item_1", "type": "message", "role": "assistant", "content": [] },
        }),
        json!({
            "type": "conversation.item.input_audio_transcription.completed", "item_id": "item_2", "transcript": "Yes.",
        }),
        json!({ "type": "conversation.item.input_audio_transcription.failed", "item_id": "item_3", "error": {} }),
        json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_2" }),
        json!({ "type": "output_audio_buffer.started", "response_id": "resp_1" }),
        json!({ "type": "output_audio_buffer.cleared", "response_id": "resp_1" }),
        json!({ "type": "response.created", "response": { "id": "resp_1" } }),
        json!({ "type": "response.output_audio_transcript.done", "item_id": "item_1", "transcript": "Why?" }),
        json!({ "type": "response.output_text.done", "item_id": "item_1", "text": "Why?" }),
        json!({ "type": "response.done", "response": { "id": "resp_1", "status": "completed", "output": [] } }),
        json!({ "type": "conversation.item.truncated", "item_id": "item_1" }),
    ]
}

/// What a call tells besides.
fn others() -> Vec<Value> {
    vec![
        json!({ "type": "session.updated", "session": {} }),
        json!({ "type": "error", "error": { "code": "session_expired" } }),
        json!({ "type": "error", "error": { "code": "other" } }),
        json!({ "type": "output_audio_buffer.stopped" }),
        json!({ "type": "input_audio_buffer.speech_stopped", "item_id": "item_1" }),
        json!({ "type": "response.output_audio_transcript.delta", "item_id": "item_1", "delta": "W" }),
        json!({ "type": "conversation.item.input_audio_transcription.delta", "item_id": "item_1", "delta": "W" }),
        json!({ "type": "rate_limits.updated" }),
        json!({ "type": "of tomorrow" }),
    ]
}

#[test]
fn each_kind_that_is_relayed_is_taken_in_its_order_and_no_other() {
    let expected: Vec<Event> = relayed().iter().map(|event| event::of(event).unwrap()).collect();
    assert!(!expected.contains(&Event::Other));
    let all: Vec<Value> = others().into_iter().cycle().zip(relayed()).flat_map(|(other, one)| [other, one]).collect();
    assert_eq!(batch(json!(7), json!(all)), Ok(Batch { number: 7, connect: None, events: expected }));
    assert_eq!(batch(json!(1), json!(others())), Ok(Batch { number: 1, connect: None, events: Vec::new() }));
    assert_eq!(batch(json!(1), json!([])), Ok(Batch { number: 1, connect: None, events: Vec::new() }));
}

#[test]
fn what_is_no_batch_is_refused() {
    for number in [json!(null), json!(0), json!(-1), json!(1.5), json!("1"), json!(100_001), json!(1e300)] {
        assert_eq!(batch(number, json!([])), Err(Refusal::BadRequest { field: "batch" }));
    }
    let events = Err(Refusal::BadRequest { field: "events" });
    for odd in [json!(null), json!({}), json!("[]")] {
        assert_eq!(batch(json!(1), odd), events);
    }
    let spoilt = json!([1, {}, { "type": 1 }, relayed()[0], { "type": "response.done" }]);
    assert_eq!(batch(json!(1), spoilt).unwrap().events.len(), 1, "one that cannot be read spoils no other");
    let many = |count| json!(vec![relayed()[4].clone(); count]);
    assert_eq!(batch(json!(1), many(100)).unwrap().events.len(), 100);
    assert_eq!(batch(json!(1), many(101)), events);
    for odd in ["[]", "1", "null"] {
        assert_eq!(read(odd.as_bytes()), Err(Refusal::BadRequest { field: "batch" }));
    }
    assert_eq!(read(b"{"), Err(Refusal::BadJson));
    assert_eq!(read(b"\xff"), Err(Refusal::BadJson));
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }
}
