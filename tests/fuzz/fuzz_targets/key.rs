//! Any text as an idempotency key, a session or an owner: what is taken is harmless in a header, a key and a log line.
#![no_main]

use vocahire::domain::id::{IdempotencyKey, Owner, SessionId};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let taken = [
        IdempotencyKey::parse(text).map(|key| key.as_str().to_owned()),
        SessionId::parse(text).map(|session| session.as_str().to_owned()),
        Owner::parse(text).map(|owner| owner.as_str().to_owned()),
    ];
    for kept in taken.into_iter().flatten() {
        assert_eq!(kept, text);
        assert!(text.len() <= 70 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b)));
    }
});
