//! Any bytes as an event or a thing of Stripe's: never a panic, and what is read has names that may stand in a path.
#![no_main]

use vocahire::domain::form;
use vocahire::upstream::stripe::{answer, event, thing};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = answer(400, bytes);
    let Ok(told) = form::only(thing::MEMBERS, bytes) else { return };
    assert!(thing::subscription(&told).is_none_or(|subscription| thing::is_id(&subscription.id)));
    assert!(thing::price(&told).is_none_or(|price| thing::is_id(&price.id)));
    let Ok(event) = event::read(bytes) else { return };
    assert!(thing::is_id(&event.id) && event.kind.len() <= 100 && event.kind.is_ascii());
    assert!(event.about.id().is_none_or(thing::is_id));
});
