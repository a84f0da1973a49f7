//! What we tell a call over its sideband.

use serde_json::Value;

use super::call::modality;
use crate::domain::form::{self, object};

/// Marks the replies that we asked for, so that the browser's first one is known by lacking it.
pub(super) const BY: &str = "vocahire";

/// `instructions` stand in for the session's, for this one reply.
pub fn create_response(instructions: Option<&str>) -> String {
    let mut response = object!({ "metadata": object!({ "by": BY }) });
    if let (Some(text), Value::Object(fields)) = (instructions, &mut response) {
        fields.insert("instructions".to_owned(), text.into());
    }
    form::text(&object!({ "type": "response.create", "response": response }))
}

/// Ends the reply that is being made, and what is already made of it.
pub fn stop() -> [String; 2] {
    ["response.cancel", "output_audio_buffer.clear"].map(|kind| form::text(&object!({ "type": kind })))
}

/// Said to the interviewer alone; it answers nothing by itself.
pub fn note(text: &str) -> String {
    let content = vec![object!({ "type": "input_text", "text": text })];
    let item = object!({ "type": "message", "role": "system", "content": content });
    form::text(&object!({ "type": "conversation.item.create", "item": item }))
}

/// With everything else of the input as it was: what is left out may be taken for unset. Of `instructions`, only where
/// they are to be said again.
pub fn update(instructions: Option<&str>, speaks: bool, input: Value) -> String {
    let mut session = object!({ "type": "realtime", "audio": object!({ "input": input }) });
    if let (Some(text), Value::Object(fields)) = (instructions, &mut session) {
        fields.insert("instructions".to_owned(), text.into());
        fields.insert("output_modalities".to_owned(), vec![modality(speaks)].into());
        fields.insert("tools".to_owned(), Vec::<Value>::new().into());
    }
    form::text(&object!({ "type": "session.update", "session": session }))
}

#[cfg(test)]
mod tests;
