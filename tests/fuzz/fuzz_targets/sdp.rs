//! Any text as a browser's offer: never a panic, and what is let through is plain lines of the form that OpenAI reads.
#![no_main]

use vocahire::upstream::openai::sdp;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Ok(offer) = sdp::check(text) else { return };
    assert_eq!(sdp::check(text), Ok(offer));
    assert!(text.len() <= sdp::MOST && text.starts_with("v=0") && text.ends_with('\n'));
    assert!(text.lines().all(|line| line.is_ascii() && line.get(1..2) == Some("=")));
    assert!(text.bytes().all(|byte| byte == b'\r' || byte == b'\n' || (b' '..=b'~').contains(&byte)));
    assert_eq!(text.matches("\nm=").count(), 2);
    assert_eq!(text.matches("\nm=audio ").count(), 1);
    assert!(["\na=ice-ufrag:", "\na=ice-pwd:", "\na=setup:actpass"].iter().all(|line| text.contains(line)));
});
