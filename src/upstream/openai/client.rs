//! What we tell a call over its sideband.

use serde_json::{Value, json};

use super::call::{self, Patience};
use crate::domain::form;

/// Marks the replies that we asked for, so that the browser's first one is known by lacking it.
pub(super) const BY: &str = "vocahire";

/// `instructions` stand in for the session's, for this one reply.
pub fn create_response(instructions: Option<&str>) -> String {
    let mut response = json!({ "metadata": { "by": BY } });
    if let (Some(text), Value::Object(fields)) = (instructions, &mut response) {
        fields.insert("instructions".to_owned(), text.into());
    }
    form::text(&json!({ "type": "response.create", "response": response }))
}

/// Ends the reply that is being made, and what is already made of it.
pub fn stop() -> [String; 2] {
    ["response.cancel", "output_audio_buffer.clear"].map(|kind| form::text(&json!({ "type": kind })))
}

/// Said to the interviewer alone; it answers nothing by itself.
pub fn note(text: &str) -> String {
    let content = json!([{ "type": "input_text", "text": text }]);
    let item = json!({ "type": "message", "role": "system", "content": content });
    form::text(&json!({ "type": "conversation.item.create", "item": item }))
}

/// With everything else of the input as it was: what is left out may be taken for unset.
pub fn patience(transcribe_model: &str, language: &str, patience: Patience) -> String {
    let input = call::input(transcribe_model, language, patience);
    form::text(&json!({ "type": "session.update", "session": { "type": "realtime", "audio": { "input": input } } }))
}

#[cfg(test)]
mod tests;
