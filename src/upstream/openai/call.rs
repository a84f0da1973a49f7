//! A call: started by an offer, joined from the side, ended by name. `POST /v1/realtime/calls` in its unified form,
//! where the key and the settings stay with us.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::sdp;
use crate::domain::form::{self, Form, object, words};

/// Of OpenAI's 0.25 to 1.5: plainly slower, and not yet drawling.
const SLOW: f64 = 0.85;

pub struct Account<'a> {
    /// With the version, without a slash behind: `https://api.openai.com/v1`.
    pub base: &'a str,
    pub key: &'a str,
}

pub struct Session<'a> {
    pub model: &'a str,
    pub voice: &'a str,
    pub slow: bool,
    pub transcribe_model: &'a str,
    pub language: &'a str,
    pub instructions: &'a str,
    pub patience: Patience,
    /// Not so when the person has no microphone: then both write.
    pub speaks: bool,
}

words! {
    /// How long the interviewer waits before it takes a silence for the end of an answer.
    Patience { Quick = "quick", Normal = "normal", Patient = "patient" }
}

/// Whole each time: a part left out would fall back to OpenAI's own.
pub fn turn_detection(patience: Option<Patience>) -> Value {
    let eagerness = match patience {
        Some(Patience::Quick) => "high",
        Some(Patience::Normal) => "auto",
        Some(Patience::Patient) | None => "low",
    };
    let answers = patience.is_some();
    object!({
        "type": "semantic_vad", "eagerness": eagerness, "create_response": answers, "interrupt_response": answers,
    })
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// The call's name, learned from OpenAI alone: whoever knows it and has our key can join and end it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub struct CallId(String);

impl CallId {
    /// `rtc_` and 1 to 128 letters, digits, `_` or `-`: safe in an address and in a log line.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("rtc_")?;
        let sound = (1..=128).contains(&rest.len())
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        sound.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Form for CallId {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl From<CallId> for String {
    fn from(call: CallId) -> Self {
        call.0
    }
}

/// A person's name at OpenAI: it says nothing to anybody else, and is found in nothing else that we tell of them.
pub fn name_of(person: &str) -> String {
    STANDARD_NO_PAD.encode(Sha256::digest(format!("openai:{person}").as_bytes()))
}

/// `sdp` has passed [`sdp::check`] and travels as it is. `boundary` is random hexadecimal, so that nobody can write it
/// into a part; should it stand there all the same, it grows until it does not.
pub fn offer(account: &Account, sdp: &str, session: &Session, boundary: &str, safety_identifier: &str) -> Post {
    let settings = form::text(&settings(session));
    let mut boundary = boundary.to_owned();
    while sdp.contains(&boundary) || settings.contains(&boundary) {
        boundary.push('0');
    }
    let part = |name: &str, kind: &str, content: &str| {
        let head = format!("content-disposition: form-data; name=\"{name}\"\r\ncontent-type: {kind}");
        format!("--{boundary}\r\n{head}\r\n\r\n{content}\r\n")
    };
    let mut body = part("sdp", "application/sdp", sdp);
    body.push_str(&part("session", "application/json", &settings));
    body.push_str(&format!("--{boundary}--\r\n"));
    Post {
        url: address(account.base),
        headers: vec![
            authorization(account),
            ("content-type", format!("multipart/form-data; boundary={boundary}")),
            ("openai-safety-identifier", safety_identifier.to_owned()),
        ],
        body: body.into_bytes(),
    }
}

/// The life of a secret, in seconds: OpenAI's least.
const SECRET: i64 = 10;

/// Instead of an offer: whoever holds the secret may call with these settings for a short while.
pub fn secret(account: &Account, session: &Session, safety_identifier: &str) -> Post {
    let life = object!({ "anchor": "created_at", "seconds": SECRET });
    Post {
        url: format!("{}/realtime/client_secrets", account.base),
        headers: vec![
            authorization(account),
            ("content-type", "application/json".to_owned()),
            ("openai-safety-identifier", safety_identifier.to_owned()),
        ],
        body: form::text(&object!({ "expires_after": life, "session": settings(session) })).into_bytes(),
    }
}

/// Of OpenAI's answer, what the browser shows, and until when, in seconds. It travels in a header.
pub fn secret_of(body: &[u8]) -> Option<(String, Option<i64>)> {
    let told = form::tree(body).ok()?;
    let secret = told.get("value")?.as_str()?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let fits = secret.starts_with("ek_") && secret.len() <= 512 && secret.bytes().all(sound);
    fits.then(|| (secret.to_owned(), told.get("expires_at").and_then(Value::as_i64)))
}

/// Where calls are made.
pub fn address(base: &str) -> String {
    format!("{base}/realtime/calls")
}

fn settings(session: &Session) -> Value {
    object!({
        "type": "realtime",
        "model": session.model,
        "instructions": session.instructions,
        "output_modalities": vec![modality(session.speaks)],
        "audio": object!({
            "input": input(session.transcribe_model, session.language, Some(session.patience)),
            "output": object!({ "voice": session.voice, "speed": if session.slow { SLOW } else { 1.0 } }),
        }),
    })
}

/// What the interviewer answers by.
pub fn modality(speaks: bool) -> &'static str {
    if speaks { "audio" } else { "text" }
}

/// How the person is heard. Without patience, in a pause, nobody answers.
pub fn input(transcribe_model: &str, language: &str, patience: Option<Patience>) -> Value {
    object!({
        "transcription": object!({ "model": transcribe_model, "language": language }),
        "noise_reduction": object!({ "type": "near_field" }),
        "turn_detection": turn_detection(patience),
    })
}

pub(super) fn authorization(account: &Account) -> (&'static str, String) {
    ("authorization", format!("Bearer {}", account.key))
}

pub fn hang_up(account: &Account, call: &CallId) -> Post {
    Post {
        url: format!("{}/realtime/calls/{}/hangup", account.base, call.as_str()),
        headers: vec![authorization(account)],
        body: Vec::new(),
    }
}

/// Where the socket beside the call is, and what to show there.
pub fn sideband(account: &Account, call: &CallId) -> (String, Vec<(&'static str, String)>) {
    (format!("{}/realtime?call_id={}", account.base, call.as_str()), vec![authorization(account)])
}

/// From the header `Location` of the answer, relative or absolute: the last part of its path.
pub fn call_id(location: &str) -> Option<CallId> {
    let path = location.split(['?', '#']).next()?;
    CallId::parse(path.rsplit('/').next()?)
}

/// The answer's body as the browser gets it: its bytes are OpenAI's.
pub fn answer(body: &[u8]) -> Result<String, &'static str> {
    if body.len() > sdp::MOST {
        return Err("answer too large");
    }
    let text = str::from_utf8(body).map_err(|_| "answer is no text")?;
    let mut lines = text.lines();
    if lines.next() != Some("v=0") {
        return Err("answer is no SDP");
    }
    if !lines.any(|line| line.starts_with("m=audio ")) {
        return Err("answer without audio");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests;
