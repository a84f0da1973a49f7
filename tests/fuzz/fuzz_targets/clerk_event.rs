//! Any bytes as an event of Clerk's: never a panic, and what is read has ids and times that a row may hold.
#![no_main]

use vocahire::upstream::clerk::event::{self, Event};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok((kind, event)) = event::read(bytes) else { return };
    assert!((1..=64).contains(&kind.len()) && kind.is_ascii());
    if let Some(id) = event.object() {
        assert!(id.len() <= 71 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
    }
    let at = match event {
        Event::User { person, .. } => person.updated_at,
        Event::Organisation(organisation) => organisation.updated_at,
        Event::Membership(membership) => membership.updated_at,
        _ => 0,
    };
    assert!((0..1 << 53).contains(&at));
});
