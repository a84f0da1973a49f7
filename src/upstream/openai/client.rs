//! What we tell a call over its sideband.

use serde_json::{Value, json};

use super::call::{self, Patience};

/// Marks the replies that we asked for, so that the browser's first one is known by lacking it.
pub(super) const BY: &str = "vocahire";

/// `instructions` stand in for the session's, for this one reply.
pub fn create_response(instructions: Option<&str>) -> String {
    let mut response = json!({ "metadata": { "by": BY } });
    if let (Some(text), Value::Object(fields)) = (instructions, &mut response) {
        fields.insert("instructions".to_owned(), text.into());
    }
    json!({ "type": "response.create", "response": response }).to_string()
}

/// Said to the interviewer alone; it answers nothing by itself.
pub fn note(text: &str) -> String {
    let content = json!([{ "type": "input_text", "text": text }]);
    let item = json!({ "type": "message", "role": "system", "content": content });
    json!({ "type": "conversation.item.create", "item": item }).to_string()
}

/// With everything else of the input as it was: what is left out may be taken for unset.
pub fn patience(transcribe_model: &str, language: &str, patience: Patience) -> String {
    let input = call::input(transcribe_model, language, patience);
    json!({ "type": "session.update", "session": { "type": "realtime", "audio": { "input": input } } }).to_string()
}

#[cfg(test)]
mod tests;
