//! Any names and values: a form of them is plain ASCII, and reads back as it was written.
#![no_main]

use vocahire::domain::millis::Millis;
use vocahire::upstream::stripe::{Account, order, part};

fn read(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap(), rest.next().unwrap()];
                u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap()
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).unwrap()
}

libfuzzer_sys::fuzz_target!(|pairs: Vec<(&str, &str)>| {
    let account = Account { base: "https://api.stripe.com", key: "sk_test_x", limit: Millis::of_seconds(1) };
    let (_, body) = order(&account, "customers", None, &pairs);
    let form = std::str::from_utf8(&body).unwrap();
    assert!(form.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-._+%&=".contains(&byte)));
    let written: Vec<(String, String)> = if pairs.is_empty() {
        assert_eq!(form, "");
        Vec::new()
    } else {
        let pairs = form.split('&').map(|pair| pair.split_once('=').unwrap());
        pairs.map(|(name, value)| (read(name), read(value))).collect()
    };
    assert!(written.iter().map(|(name, value)| (name.as_str(), value.as_str())).eq(pairs.iter().copied()));
    assert!(pairs.iter().all(|(name, _)| !part(name).contains(['/', '?', '&', '#'])));
});
