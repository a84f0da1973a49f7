//! What a call tells: events of OpenAI's sideband, or the same ones passed on by a browser, which may have made them
//! up. Walked as plain JSON: one derived type for each of them would weigh more than all that is done with them.

use serde::Serialize;
use serde_json::Value;

use super::client::BY;
use super::error::is_word;
use crate::domain::form::form;

/// The longest are a reply's end and the session's settings, with our instructions in them.
const MOST: usize = 256 * 1024;
/// An hour of talk is some 60 KiB.
const MOST_TEXT: usize = 64 * 1024;
/// A reply makes one item, or two.
const MOST_ITEMS: usize = 16;
/// A call's whole memory is 128,000 tokens. What claims more is cut to what can be summed up without care.
const MOST_COUNT: i64 = 1_000_000_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    ItemAdded {
        item: Item,
        previous: Option<String>,
    },
    SpeechStarted {
        item: String,
    },
    SpeechStopped {
        item: String,
    },
    PersonDelta {
        item: String,
        delta: String,
    },
    PersonDone {
        item: String,
        text: String,
        usage: Heard,
    },
    PersonFailed {
        item: String,
    },
    ResponseCreated {
        response: String,
        /// Asked for by us, over the sideband.
        metadata_ours: bool,
    },
    InterviewerDelta {
        item: String,
        delta: String,
    },
    InterviewerDone {
        item: String,
        text: String,
        spoken: bool,
    },
    OutputStarted,
    OutputStopped,
    OutputCleared,
    Truncated {
        item: String,
    },
    ResponseDone(Done),
    SessionUpdated(Settings),
    /// The call has lasted as long as OpenAI lets one last.
    Expired,
    Error {
        code: String,
    },
    /// Nothing that an interview needs.
    Other,
}

/// What counts of a call's settings. None where nothing is said of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub instructions: Option<String>,
    /// What it answers by.
    pub modality: Option<String>,
    pub transcribe_model: Option<String>,
    pub has_tools: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    pub role: Role,
    /// Written by the person, not said.
    pub typed: bool,
    /// What was written, by either. What was said comes later, by its own events.
    pub text: Option<String>,
    pub interrupted: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Person,
    Interviewer,
    System,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub status: Status,
    pub reason: Option<String>,
    /// Each with whether it was cut off.
    pub items: Vec<(String, bool)>,
    pub usage: Usage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Completed,
    Cancelled,
    Failed,
    Incomplete,
}

/// Tokens of one reply. The cached ones are among those that went in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    pub text_in: i64,
    pub text_cached: i64,
    pub audio_in: i64,
    pub audio_cached: i64,
    pub text_out: i64,
    pub audio_out: i64,
}

form! { struct Usage { text_in, text_cached, audio_in, audio_cached, text_out, audio_out } }

/// What writing down one turn of the person took: time or tokens, as the model counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Heard {
    pub seconds_milli: i64,
    pub audio_in: i64,
    pub text_in: i64,
    pub text_out: i64,
}

form! { struct Heard { seconds_milli, audio_in, text_in, text_out } }

/// Why an event could not be read, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

pub fn read(text: &[u8]) -> Result<Event, Unreadable> {
    if text.len() > MOST {
        return Err(Unreadable("too large"));
    }
    // Nesting ends at 128 levels, which is serde_json's own limit.
    of(&serde_json::from_slice(text).map_err(|_| Unreadable("no JSON"))?)
}

pub fn of(event: &Value) -> Result<Event, Unreadable> {
    let item = || id(event, "item_id");
    let said = |name: &str| said(event, name);
    Ok(match event.get("type").and_then(Value::as_str).ok_or(Unreadable("type"))? {
        "conversation.item.added" => return added(event),
        "conversation.item.truncated" => Event::Truncated { item: item()? },
        "conversation.item.input_audio_transcription.delta" => {
            Event::PersonDelta { item: item()?, delta: said("delta").unwrap_or_default() }
        }
        "conversation.item.input_audio_transcription.completed" => {
            Event::PersonDone { item: item()?, text: said("transcript")?, usage: heard(event) }
        }
        "conversation.item.input_audio_transcription.failed" => Event::PersonFailed { item: item()? },
        "input_audio_buffer.speech_started" => Event::SpeechStarted { item: item()? },
        "input_audio_buffer.speech_stopped" => Event::SpeechStopped { item: item()? },
        "output_audio_buffer.started" => Event::OutputStarted,
        "output_audio_buffer.stopped" => Event::OutputStopped,
        "output_audio_buffer.cleared" => Event::OutputCleared,
        "response.created" => created(event)?,
        "response.output_audio_transcript.delta" | "response.output_text.delta" => {
            Event::InterviewerDelta { item: item()?, delta: said("delta")? }
        }
        "response.output_audio_transcript.done" => {
            Event::InterviewerDone { item: item()?, text: said("transcript")?, spoken: true }
        }
        "response.output_text.done" => Event::InterviewerDone { item: item()?, text: said("text")?, spoken: false },
        "response.done" => Event::ResponseDone(done(event)?),
        "session.updated" => Event::SessionUpdated(settings(event)),
        "error" => match word(event, &["/error/code", "/error/type"]).as_deref() {
            Some("session_expired") => Event::Expired,
            code => Event::Error { code: code.unwrap_or("unknown").to_owned() },
        },
        _ => Event::Other,
    })
}

fn settings(event: &Value) -> Settings {
    let text = |path: &str| event.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let transcription = "/session/audio/input/transcription";
    Settings {
        instructions: text("/session/instructions"),
        modality: text("/session/output_modalities/0"),
        // Nobody writes down what the person says: that is told as null.
        transcribe_model: text(&format!("{transcription}/model"))
            .or_else(|| event.pointer(transcription).filter(|told| told.is_null()).map(|_| String::new())),
        has_tools: event.pointer("/session/tools").and_then(Value::as_array).is_some_and(|tools| !tools.is_empty()),
    }
}

fn added(event: &Value) -> Result<Event, Unreadable> {
    let item = event.get("item").ok_or(Unreadable("item"))?;
    let word = |name: &str| item.get(name).and_then(Value::as_str);
    let role = match (word("type"), word("role")) {
        (Some("message"), Some("user")) => Role::Person,
        (Some("message"), Some("assistant")) => Role::Interviewer,
        (Some("message"), Some("system")) => Role::System,
        _ => return Ok(Event::Other),
    };
    let previous = match event.get("previous_item_id") {
        None | Some(Value::Null) => None,
        Some(_) => Some(id(event, "previous_item_id")?),
    };
    let content = item.get("content").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is = |part: &&Value, kind: &str| part.get("type").and_then(Value::as_str) == Some(kind);
    let written: Vec<&str> = content
        .iter()
        .filter(|part| is(part, "input_text") || is(part, "output_text"))
        .filter_map(|part| part.get("text")?.as_str())
        .collect();
    let item = Item {
        id: id(item, "id")?,
        role,
        typed: role == Role::Person && content.iter().any(|part| is(&part, "input_text")),
        text: (!written.is_empty()).then(|| plain(&written.join("\n"))),
        interrupted: word("status") == Some("incomplete"),
    };
    Ok(Event::ItemAdded { item, previous })
}

fn created(event: &Value) -> Result<Event, Unreadable> {
    let response = event.get("response").ok_or(Unreadable("response"))?;
    let by = response.pointer("/metadata/by").and_then(Value::as_str);
    Ok(Event::ResponseCreated { response: id(response, "id")?, metadata_ours: by == Some(BY) })
}

fn done(event: &Value) -> Result<Done, Unreadable> {
    let status = match event.pointer("/response/status").and_then(Value::as_str) {
        Some("completed") => Status::Completed,
        Some("cancelled") => Status::Cancelled,
        Some("failed") => Status::Failed,
        Some("incomplete") => Status::Incomplete,
        _ => return Err(Unreadable("status")),
    };
    let details = ["reason", "error/code", "error/type"].map(|name| format!("/response/status_details/{name}"));
    let output = event.pointer("/response/output").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let item = |item: &Value| {
        let cut = item.get("status").and_then(Value::as_str) == Some("incomplete");
        Some((id(item, "id").ok()?, cut))
    };
    Ok(Done {
        status,
        reason: word(event, &details.each_ref().map(String::as_str)),
        items: output.iter().filter_map(item).take(MOST_ITEMS).collect(),
        usage: usage(event),
    })
}

fn usage(event: &Value) -> Usage {
    let count = |path: &str| count(event, &format!("/response/usage/{path}"), 1.0);
    let text_in = count("input_token_details/text_tokens");
    let audio_in = count("input_token_details/audio_tokens");
    Usage {
        text_in,
        text_cached: count("input_token_details/cached_tokens_details/text_tokens").min(text_in),
        audio_in,
        audio_cached: count("input_token_details/cached_tokens_details/audio_tokens").min(audio_in),
        text_out: count("output_token_details/text_tokens"),
        audio_out: count("output_token_details/audio_tokens"),
    }
}

fn heard(event: &Value) -> Heard {
    Heard {
        seconds_milli: count(event, "/usage/seconds", 1000.0),
        audio_in: count(event, "/usage/input_token_details/audio_tokens", 1.0),
        text_in: count(event, "/usage/input_token_details/text_tokens", 1.0),
        text_out: count(event, "/usage/output_tokens", 1.0),
    }
}

/// What is no number counts as none; the cast itself stops at what an integer holds.
fn count(event: &Value, path: &str, scale: f64) -> i64 {
    let number = event.pointer(path).and_then(Value::as_f64).unwrap_or_default();
    ((number * scale).round() as i64).clamp(0, MOST_COUNT)
}

/// 1 to 128 letters, digits, `_` or `-`: it becomes a key of rows.
fn id(value: &Value, name: &'static str) -> Result<String, Unreadable> {
    let sound = |text: &&str| {
        (1..=128).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    value.get(name).and_then(Value::as_str).filter(sound).map(str::to_owned).ok_or(Unreadable(name))
}

fn said(event: &Value, name: &str) -> Result<String, Unreadable> {
    event.get(name).and_then(Value::as_str).map(plain).ok_or(Unreadable("no text"))
}

/// Without control characters, and cut where it grows beyond all talk.
fn plain(text: &str) -> String {
    let cut = text.get(..text.floor_char_boundary(MOST_TEXT)).unwrap_or_default();
    cut.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// The first of these that is a plain name.
fn word(event: &Value, paths: &[&str]) -> Option<String> {
    let named = paths.iter().filter_map(|path| event.pointer(path)?.as_str());
    named.filter(|text| is_word(text)).map(str::to_owned).next()
}

#[cfg(test)]
mod tests;
