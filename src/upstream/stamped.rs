//! What webhooks of all senders have alike: they say when they were sent, and are worth nothing long after.

use crate::domain::millis::Millis;

/// How far the sender's clock may be from ours, either way.
const TOLERANCE_SECONDS: i64 = 300;

/// Whether it was sent lately. Else why not.
pub fn lately(timestamp: &str, now: Millis) -> Result<(), &'static str> {
    let sent = seconds(timestamp).ok_or("timestamp")?;
    let age = now.count().div_euclid(1000).saturating_sub(sent);
    if age > TOLERANCE_SECONDS {
        return Err("too old");
    }
    if age < -TOLERANCE_SECONDS { Err("from the future") } else { Ok(()) }
}

/// Whole seconds since 1970 in digits, nothing else that means a number somewhere.
fn seconds(text: &str) -> Option<i64> {
    let plain = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
