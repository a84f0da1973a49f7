//! Any text as a session token: never a panic, and what is let through has the form that a signature was made over.
#![no_main]

use vocahire::domain::millis::Millis;
use vocahire::upstream::clerk::token::{Expected, MAX_TOKEN, Token};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(token) = Token::parse(text) else { return };
    assert!(text.len() <= MAX_TOKEN && text.matches('.').count() == 2);
    assert!(text.as_bytes().starts_with(token.signed));
    let parties = ["https://app.example".to_owned()];
    let now = Millis::of_seconds(1_800_000_000);
    if let Ok(session) = token.judge(&Expected { issuer: "https://clerk.example.com", parties: &parties, now }) {
        assert!(session.user.as_str().starts_with("user_"));
    }
    let _ = token.expired(now);
});
