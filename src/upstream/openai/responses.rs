//! One question, one answer in JSON by a strict schema: `POST /v1/responses`. Nothing is kept over there.

use serde_json::Value;

use super::call::{self, Account, Post};
use super::error;
use crate::domain::failure::Fault;
use crate::domain::form;

pub struct Question<'a> {
    pub model: &'a str,
    pub instructions: &'a str,
    /// One message of the person.
    pub input: &'a str,
    /// The schema's: up to 64 letters, digits, `_` or `-`.
    pub name: &'a str,
    /// Strict: in each object every property is required and no other allowed.
    pub schema: Value,
    /// What the model thinks counts too: too few, and the answer is cut off.
    pub max_output_tokens: i64,
    pub effort: &'a str,
    pub safety_identifier: &'a str,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// Which one it was, by its own name.
    pub model: String,
    pub value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The model does not want to.
    Refused,
    /// It came to the end of its tokens.
    CutOff,
    /// What it wrote was held back.
    Filtered,
    /// Not what the interface promises.
    Unreadable,
    /// OpenAI takes this question from nobody: it is the question, not the account.
    Unfit(Fault),
    Failed(Fault),
}

/// Each member is spelled by JSON's own rules; together they are written down as they stand here.
pub fn ask(account: &Account, question: &Question) -> Post {
    let text = |text: &str| form::text(&text.into());
    let body = format!(
        r#"{{"model":{},"instructions":{},"input":[{{"role":"user","content":[{{"type":"input_text","text":{}}}]}}],
"text":{{"format":{{"type":"json_schema","name":{},"schema":{},"strict":true}}}},"max_output_tokens":{},
"reasoning":{{"effort":{}}},"store":false,"safety_identifier":{}}}"#,
        text(question.model),
        text(question.instructions),
        text(question.input),
        text(question.name),
        form::text(&question.schema),
        question.max_output_tokens,
        text(question.effort),
        text(question.safety_identifier),
    );
    Post {
        url: format!("{}/responses", account.base),
        headers: vec![call::authorization(account), ("content-type", "application/json".to_owned())],
        body: body.into_bytes(),
    }
}

/// By the status of the exchange, then by the word of the answer itself, then by what stands in it.
pub fn read(status: u16, body: &[u8]) -> Result<Answered, Unanswered> {
    let failed = || Unanswered::Failed(error::refused(status, None, body));
    // Of the other refusals, keys, models and money are the account's.
    if (400..500).contains(&status) && !matches!(status, 401..=404 | 429) {
        return Err(Unanswered::Unfit(error::refused(status, None, body)));
    }
    if status != 200 {
        return Err(failed());
    }
    let told: Value = serde_json::from_slice(body).map_err(|_| Unanswered::Unreadable)?;
    match told.get("status").and_then(Value::as_str) {
        Some("completed") => {}
        Some("incomplete") => {
            let reason = told.pointer("/incomplete_details/reason").and_then(Value::as_str);
            return Err(if reason == Some("content_filter") { Unanswered::Filtered } else { Unanswered::CutOff });
        }
        // Its error has the form of a refused request's.
        Some("failed") => return Err(failed()),
        _ => return Err(Unanswered::Unreadable),
    }
    let model = told.get("model").and_then(Value::as_str).filter(|name| is_name(name));
    let value = serde_json::from_slice(text(&told)?.as_bytes()).map_err(|_| Unanswered::Unreadable)?;
    Ok(Answered { model: model.ok_or(Unanswered::Unreadable)?.to_owned(), value })
}

/// What the model wrote, in however many parts; between them may stand what it thought.
fn text(told: &Value) -> Result<String, Unanswered> {
    let mut text = String::new();
    for part in each(told, "output").flat_map(|item| each(item, "content")) {
        match part.get("type").and_then(Value::as_str) {
            Some("output_text") => text.push_str(part.get("text").and_then(Value::as_str).unwrap_or_default()),
            Some("refusal") => return Err(Unanswered::Refused),
            _ => {}
        }
    }
    Ok(text)
}

fn each<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// With what tuned models have in theirs.
fn is_name(name: &str) -> bool {
    (1..=128).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests;
