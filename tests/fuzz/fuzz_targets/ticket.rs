//! Any text as a ticket, and any body as the wish in a true one: never a panic, nothing is let through that nobody has
//! signed, and whatever may be wished for comes back as it was.
#![no_main]

use vocahire::domain::id::{Owner, SessionId, UserId};
use vocahire::domain::millis::Millis;
use vocahire::interview::ticket::{Ticket, open, seal};
use vocahire::interview::wish;

const NOW: Millis = Millis::of_seconds(1_800_000_000);

libfuzzer_sys::fuzz_target!(|parts: (&str, i64, &[u8])| {
    let (text, seconds, body) = parts;
    let secrets = ["s".repeat(32)];
    assert!(open(&secrets, text, NOW).is_err());
    let Ok(start) = wish::read(body, &|text| text.to_owned()) else { return };
    let ticket = Ticket {
        session: SessionId::parse("ses_1").unwrap(),
        person: UserId::parse("user_1").unwrap(),
        payer: Owner::parse("org_1").unwrap(),
        seconds,
        expires: NOW.plus(Millis::new(1)),
        wish: start.wish,
    };
    let sealed = seal(&secrets, &ticket).unwrap();
    assert_eq!(open(&secrets, &sealed, NOW), Ok(ticket));
    // What was added or left out is noticed, wherever it was.
    assert!(open(&secrets, &format!("{sealed}{text}"), NOW).is_err() || text.is_empty());
});
