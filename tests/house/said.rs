//! A short talk, as OpenAI tells it.

use serde_json::{Value as Json, json};

use super::talk::Talk;

pub fn added(item: &str, role: &str, previous: Option<&str>) -> Json {
    json!({
        "type": "conversation.item.added", "previous_item_id": previous,
        "item": { "id": item, "type": "message", "role": role, "status": "in_progress", "content": [] }
    })
}

pub fn typed(item: &str, text: &str, previous: &str) -> Json {
    json!({
        "type": "conversation.item.added", "previous_item_id": previous,
        "item": { "id": item, "type": "message", "role": "user", "status": "completed",
            "content": [{ "type": "input_text", "text": text }] }
    })
}

pub fn speech(item: &str) -> Json {
    json!({ "type": "input_audio_buffer.speech_started", "item_id": item })
}

pub fn half(item: &str, delta: &str) -> Json {
    json!({ "type": "response.output_audio_transcript.delta", "item_id": item, "delta": delta })
}

pub fn whole(item: &str, text: &str) -> Json {
    json!({ "type": "response.output_audio_transcript.done", "item_id": item, "transcript": text })
}

pub fn heard(item: &str, text: &str) -> Json {
    json!({
        "type": "conversation.item.input_audio_transcription.completed", "item_id": item, "transcript": text,
        "usage": {
            "type": "tokens", "input_token_details": { "audio_tokens": 40, "text_tokens": 0 }, "output_tokens": 8
        }
    })
}

pub fn unheard(item: &str) -> Json {
    json!({ "type": "conversation.item.input_audio_transcription.failed", "item_id": item, "error": { "code": "x" } })
}

pub fn done(item: &str, status: &str, item_status: &str) -> Json {
    json!({ "type": "response.done", "response": { "status": status,
        "output": [{ "id": item, "type": "message", "role": "assistant", "status": item_status }],
        "usage": {
            "input_token_details": { "text_tokens": 100, "audio_tokens": 200, "cached_tokens_details": {} },
            "output_token_details": { "text_tokens": 10, "audio_tokens": 300 }
        } } })
}

/// A greeting, an answer that comes in before the question behind it ends, an answer that nobody could write down, a
/// question that is interrupted, a typed answer, and one that is still being said.
pub fn talk_a_while(talk: &Talk) {
    let tell = |events: &[Json]| {
        for event in events {
            talk.hears(event.clone());
        }
        talk.go_on(5);
    };
    tell(&[added("item_a", "assistant", None), half("item_a", "Good "), half("item_a", "morning.")]);
    tell(&[whole("item_a", "Good morning."), done("item_a", "completed", "completed")]);
    tell(&[speech("item_b"), added("item_b", "user", Some("item_a"))]);
    tell(&[added("item_c", "assistant", Some("item_b")), whole("item_c", "Why bread?")]);
    tell(&[heard("item_b", "I bake."), done("item_c", "completed", "completed")]);
    tell(&[speech("item_d"), added("item_d", "user", Some("item_c")), unheard("item_d")]);
    tell(&[added("item_e", "assistant", Some("item_d")), half("item_e", "And what "), speech("item_f")]);
    tell(&[whole("item_e", "And what would you"), done("item_e", "cancelled", "incomplete")]);
    tell(&[added("item_f", "user", Some("item_e")), heard("item_f", "Sorry, go on.")]);
    tell(&[typed("item_g", "<b>canary-typed</b>", "item_f")]);
    tell(&[added("item_h", "assistant", Some("item_g")), half("item_h", "Let us")]);
}

/// The item, the speaker, the mark and the text of each line.
pub fn expected() -> Vec<(&'static str, &'static str, &'static str, &'static str)> {
    vec![
        ("item_a", "interviewer", "final", "Good morning."),
        ("item_b", "person", "final", "I bake."),
        ("item_c", "interviewer", "final", "Why bread?"),
        ("item_d", "person", "failed", ""),
        ("item_e", "interviewer", "interrupted", "And what would you"),
        ("item_f", "person", "final", "Sorry, go on."),
        ("item_g", "person", "final", "<b>canary-typed</b>"),
        ("item_h", "interviewer", "partial", "Let us"),
    ]
}
