//! Any bytes as an event of a call: never a panic, and what is read has ids, texts and counts that rows may hold.
#![no_main]

use vocahire::upstream::openai::event::{self, Event};

fn is_id(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn is_text(text: &str) -> bool {
    text.len() <= 64 * 1024 && text.chars().all(|c| c == '\n' || !c.is_control())
}

fn is_count(count: i64) -> bool {
    (0..=1_000_000_000).contains(&count)
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(event) = event::read(bytes) else { return };
    let sound = match event {
        Event::ItemAdded { item, previous } => {
            is_id(&item.id) && previous.is_none_or(|id| is_id(&id)) && item.text.is_none_or(|text| is_text(&text))
        }
        Event::PersonDelta { item, delta } | Event::InterviewerDelta { item, delta } => is_id(&item) && is_text(&delta),
        Event::InterviewerDone { item, text, .. } => is_id(&item) && is_text(&text),
        Event::PersonDone { item, text, usage } => {
            let counts = [usage.seconds_milli, usage.audio_in, usage.text_in, usage.text_out];
            is_id(&item) && is_text(&text) && counts.into_iter().all(is_count)
        }
        Event::ResponseDone(done) => {
            let usage = done.usage;
            let counts = [usage.text_in, usage.audio_in, usage.text_out, usage.audio_out];
            let cached = usage.text_cached <= usage.text_in && usage.audio_cached <= usage.audio_in;
            done.items.iter().all(|(id, _)| is_id(id)) && counts.into_iter().all(is_count) && cached
        }
        Event::SpeechStarted { item } | Event::SpeechStopped { item } | Event::PersonFailed { item } => is_id(&item),
        Event::Truncated { item } => is_id(&item),
        Event::ResponseCreated { response, .. } => is_id(&response),
        Event::Error { code } => (1..=64).contains(&code.len()) && code.is_ascii(),
        _ => true,
    };
    assert!(sound);
});
