//! Stripe: questions in forms, answers in JSON, both by the version that this house was written for.

pub mod event;
mod form;
pub mod signature;
pub mod thing;

use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::form as json;
use crate::domain::millis::Millis;
use crate::port::http::Ask;

pub const PROVIDER: &str = "stripe";
/// Whatever version an endpoint or an account has: what we ask for comes in this one.
const VERSION: &str = "2026-10-28.endive";
/// A page of a hundred events is some 400 KiB.
const MOST_BYTES: usize = 4 * 1024 * 1024;
const WAIT: Millis = Millis::of_seconds(2);

pub struct Account<'a> {
    /// Without a slash behind: `https://api.stripe.com`.
    pub base: &'a str,
    pub key: &'a str,
    /// How long each question may take.
    pub limit: Millis,
}

/// A question without a body.
pub fn question(account: &Account, path: &str) -> Ask {
    let headers = vec![("authorization", format!("Bearer {}", account.key)), ("stripe-version", VERSION.to_owned())];
    Ask { url: format!("{}/v1/{path}", account.base), headers, limit: account.limit, max_bytes: MOST_BYTES }
}

/// One with a form. What has a key is done once, however often it is asked for within a day.
pub fn order(account: &Account, path: &str, key: Option<&str>, pairs: &[(&str, &str)]) -> (Ask, Vec<u8>) {
    let mut ask = question(account, path);
    ask.headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
    ask.headers.extend(key.map(|key| ("idempotency-key", key.to_owned())));
    (ask, form::encode(pairs).into_bytes())
}

/// Text as it may stand in a path or behind an `=` in a query.
pub fn part(text: &str) -> String {
    form::escape(text)
}

/// What was asked for; None where Stripe knows of no such thing.
pub fn answer(status: u16, body: &[u8]) -> Result<Option<Value>, Fault> {
    let told = json::only(thing::MEMBERS, body);
    match status {
        200 => {
            told.map(Some).map_err(|_| Fault::Provider { provider: PROVIDER, why: "an answer of no form".to_owned() })
        }
        404 => Ok(None),
        // Two of one key at once: the first is not done.
        409 | 429 => Err(Fault::ProviderBusy { provider: PROVIDER, retry_after: WAIT }),
        _ => Err(refused(status, &told.unwrap_or_default())),
    }
}

/// Whether it is Stripe itself that says so: a network in between has statuses of its own, and no such words.
pub fn has_failed(status: u16, body: &[u8]) -> bool {
    let told = json::only(thing::MEMBERS, body).unwrap_or_default();
    status >= 500 && told.get("error").is_some_and(|error| thing::text(error, "type").is_some())
}

/// By its type, code and parameter, which are words of its own; what it says beside may quote what was sent.
fn refused(status: u16, told: &Value) -> Fault {
    let plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-[]".contains(&byte));
    let word = |name| told.get("error")?.get(name)?.as_str().filter(plain);
    let words = ["type", "code", "param"].into_iter().filter_map(word);
    let why = words.fold(status.to_string(), |why, word| format!("{why} {word}"));
    match status {
        _ if told.get("error").and_then(|error| error.get("code")).and_then(Value::as_str) == Some("rate_limit") => {
            Fault::ProviderBusy { provider: PROVIDER, retry_after: WAIT }
        }
        400..=499 => Fault::ProviderRefused { provider: PROVIDER, why },
        _ => Fault::Provider { provider: PROVIDER, why },
    }
}

#[cfg(test)]
mod tests;
