//! Any three headers, secret and body: never a panic, and nothing is let through that nobody has signed.
#![no_main]

use vocahire::domain::millis::Millis;
use vocahire::port::config::Config;
use vocahire::upstream::svix::Stamp;

libfuzzer_sys::fuzz_target!(|parts: (&str, &str, &str, &str, &[u8])| {
    let (id, timestamp, signatures, secret, body) = parts;
    let stamp = Stamp::find(|name| match name.rsplit('-').next() {
        Some("id") => Some(id.to_owned()),
        Some("timestamp") => Some(timestamp.to_owned()),
        _ => Some(signatures.to_owned()),
    });
    let now = Millis::of_seconds(timestamp.parse().unwrap_or(1_800_000_000));
    assert!(stamp.unwrap().verify(body, &[vec![7; 24]], now).is_err());
    let config = Config::read(&|name| (name == "CLERK_WEBHOOK_SECRET").then(|| secret.to_owned()), None);
    assert!(config.webhook_secrets.iter().all(|key| (24..=64).contains(&key.len())));
});
