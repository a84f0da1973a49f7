//! Any text as a room key, and a true key with any change in it: never a panic, and only the true one is let through.
#![no_main]

use vocahire::domain::id::{SessionId, UserId};
use vocahire::domain::millis::Millis;
use vocahire::interview::ticket::{RoomKey, key, open, read_key};

libfuzzer_sys::fuzz_target!(|parts: (&str, &str, i64, u16)| {
    let (text, inserted, expires, at) = parts;
    let secrets = ["s".repeat(32)];
    let now = Millis::of_seconds(1_800_000_000);
    assert!(read_key(&secrets, text, now).is_err());
    let expires = Millis::new(expires);
    let session = SessionId::parse("ses_1").unwrap();
    let room_key = RoomKey { session, person: UserId::parse("user_1").unwrap(), expires };
    let good = key(&secrets, &room_key).unwrap();
    assert_eq!(read_key(&secrets, &good, now).ok(), (expires > now).then_some(room_key));
    assert!(open(&secrets, &good, now).is_err());
    let (front, back) = good.split_at(usize::from(at) % good.len());
    let longer = format!("{front}{inserted}{back}");
    let other = format!("{front}{inserted}{}", back.get(inserted.len()..).unwrap_or_default());
    for changed in [longer, other, front.to_owned(), back.to_owned()] {
        assert!(changed == good || read_key(&secrets, &changed, now).is_err(), "{changed}");
    }
});
