//! Any bytes as Clerk's key set, or as a PEM: never a panic, never an empty or endless set.
#![no_main]

use vocahire::upstream::clerk::jwks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(keys) = jwks::read(200, bytes) {
        assert!((1..=8).contains(&keys.len()));
        for (n, (kid, _)) in keys.iter().enumerate() {
            assert!(keys.iter().skip(n + 1).all(|(other, _)| other != kid));
        }
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = jwks::from_pem(text);
    }
});
