//! OpenAI's no: `{error:{message,type,param,code}}`. Its message may quote what was sent, so it goes nowhere.

use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;

const PROVIDER: &str = "openai";
/// When it does not say how long to wait.
const WAIT: Millis = Millis::of_seconds(2);
/// Nobody who waits to be interviewed waits longer than this.
const LONGEST_WAIT_SECONDS: i64 = 60;

enum Kind {
    Busy,
    Refused,
    Broken,
}

/// By the error's code, else its type, else the status: 429 alone means two things.
pub fn refused(status: u16, retry_after: Option<&str>, body: &[u8]) -> Fault {
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let word = |name: &str| told.pointer("/error")?.get(name)?.as_str().filter(|text| is_word(text));
    let words = [word("code"), word("type")];
    let kind = words.iter().flatten().find_map(|word| by_word(word)).unwrap_or_else(|| by_status(status));
    let why = words.into_iter().flatten().fold(status.to_string(), |why, word| format!("{why} {word}"));
    match kind {
        Kind::Busy => Fault::ProviderBusy { provider: PROVIDER, retry_after: wait(retry_after) },
        Kind::Refused => Fault::ProviderRefused { provider: PROVIDER, why },
        Kind::Broken => Fault::Provider { provider: PROVIDER, why },
    }
}

/// Short and plain: a name, nothing that somebody has written.
pub(super) fn is_word(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

fn by_word(word: &str) -> Option<Kind> {
    match word {
        "insufficient_quota" | "credit_balance_exhausted" => Some(Kind::Refused),
        "rate_limit_exceeded" | "rate_limit_error" | "slow_down" => Some(Kind::Busy),
        "server_is_overloaded" | "service_unavailable_error" => Some(Kind::Busy),
        _ => None,
    }
}

fn by_status(status: u16) -> Kind {
    match status {
        429 | 503 => Kind::Busy,
        400..=499 => Kind::Refused,
        _ => Kind::Broken,
    }
}

/// In whole seconds. The other form, a date, is not worth a reader.
fn wait(retry_after: Option<&str>) -> Millis {
    let seconds: Option<u32> = retry_after.and_then(|text| text.trim().parse().ok());
    seconds.map_or(WAIT, |seconds| Millis::of_seconds(i64::from(seconds).clamp(1, LONGEST_WAIT_SECONDS)))
}

#[cfg(test)]
mod tests;
