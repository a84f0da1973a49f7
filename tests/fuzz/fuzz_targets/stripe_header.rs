//! Any header, secret and body: never a panic, and nothing is let through that nobody has signed.
#![no_main]

use vocahire::domain::millis::Millis;
use vocahire::port::config::Config;
use vocahire::upstream::stripe::signature;

libfuzzer_sys::fuzz_target!(|parts: (&str, &str, u32, &[u8])| {
    let (header, secret, now, body) = parts;
    let now = Millis::of_seconds(i64::from(now));
    assert!(signature::verify(header, body, &["whsec_nobody_knows_this_one".to_owned()], now).is_err());
    assert!(signature::verify(header, body, &[], now).is_err());
    let stamped = format!("t={},{header}", now.count() / 1000);
    assert!(signature::verify(&stamped, body, &["whsec_nobody_knows_this_one".to_owned()], now).is_err());
    let config = Config::read(&|name| (name == "STRIPE_WEBHOOK_SECRET").then(|| secret.to_owned()), None);
    assert!(config.stripe.webhook_secrets.iter().all(|secret| secret.starts_with("whsec_") && secret.len() > 20));
});
