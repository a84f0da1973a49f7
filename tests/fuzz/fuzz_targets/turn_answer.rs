//! Any bytes as an answer of a vendor of relays: never a panic, and what comes of it is short and whole.
#![no_main]

use vocahire::upstream::turn::{Relay, cloudflare, xirsys};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for told in [cloudflare::read(201, bytes), xirsys::read(200, bytes)] {
        let Ok(servers) = told else { continue };
        assert!((1..=3).contains(&servers.len()));
        for server in servers {
            let urls = server["urls"].as_array().expect("a list of addresses");
            assert!((1..=3).contains(&urls.len()));
            assert!(urls.iter().all(|url| url.as_str().and_then(Relay::parse).is_some_and(|relay| relay.port != 53)));
            for name in ["username", "credential"] {
                assert!(server[name].as_str().is_some_and(|text| (1..=509).contains(&text.len())));
            }
        }
    }
});
