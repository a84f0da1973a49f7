//! Any bytes as a batch of relayed events: never a panic; whatever is told makes lines that have one order, and telling
//! it twice changes none.
#![no_main]

use std::collections::BTreeMap;

use vocahire::domain::millis::Millis;
use vocahire::interview::line::{Line, Source, hear, interrupted, item_of, order};
use vocahire::interview::relay;
use vocahire::upstream::openai::event::Event;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(batch) = relay::read(bytes) else { return };
    assert!(batch.number >= 1 && batch.events.len() <= 100);
    let mut lines = BTreeMap::new();
    let mut clock = 1000;
    for event in &batch.events {
        clock += 1;
        tell(&mut lines, event, clock);
        let told = lines.clone();
        clock += 1;
        tell(&mut lines, event, clock);
        assert_eq!(lines, told);
    }
    let lines: Vec<Line> = lines.into_values().collect();
    let ordered = order(lines.iter().rev().cloned().collect());
    assert_eq!(ordered, order(lines.clone()));
    assert_eq!(ordered.len(), lines.len());
});

fn tell(lines: &mut BTreeMap<String, Line>, event: &Event, at: i64) {
    for item in item_of(event).into_iter().chain(interrupted(event)) {
        if let Some(line) = hear(lines.get(item).cloned(), event, Millis::new(at), Source::Relay) {
            lines.insert(item.to_owned(), line);
        }
    }
}
