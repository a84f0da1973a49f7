//! What a browser may say that it measured: words of these lists, and numbers. Nothing by which a person or their
//! network could be known fits in.

use serde_json::{Map, Value};

use crate::domain::failure::Refusal;
use crate::domain::form;

const REACH: &[&str] = &["reached", "missed", "none"];
const KIND: &[&str] = &["host", "srflx", "prflx", "relay"];
const WORDS: &[(&str, &[&str])] = &[
    ("verdict", &["good", "slow", "lossy", "narrow", "blocked", "offline", "unable"]),
    ("source", &["cloudflare", "xirsys", "stun"]),
    ("udp", REACH),
    ("tcp", REACH),
    ("tls", REACH),
    ("relay443", REACH),
    ("path", &["relay", "direct", "none"]),
    ("protocol", &["udp", "tcp", "tls"]),
    ("local", KIND),
    ("remote", KIND),
    ("microphone", &["heard", "live", "unasked", "asking", "denied", "system", "none", "busy", "missing", "failed"]),
    ("browser", &["chrome", "edge", "firefox", "safari", "opera", "samsung", "other"]),
    ("system", &["windows", "macos", "linux", "android", "ios", "chromeos", "other"]),
];
const NUMBERS: &[(&str, i64)] = &[
    ("version", 9999),
    ("hosts", 99),
    ("mapped", 99),
    ("relayed", 99),
    ("udpMs", 60_000),
    ("tcpMs", 60_000),
    ("tlsMs", 60_000),
    ("serverMs", 60_000),
    ("roundTripMs", 60_000),
    ("lostPerMille", 1000),
    // A hundred years.
    ("clockMs", 3_155_760_000_000),
    ("clockWithinMs", 60_000),
];
const FLAGS: &[&str] = &["calls", "microphones", "speakers", "sockets"];

/// As JSON in an order of our own. What is null, or not there, was not measured; what is not listed is refused.
pub fn read(body: &[u8]) -> Result<String, Refusal> {
    let told: Value = serde_json::from_slice(body).map_err(|_| Refusal::BadJson)?;
    let told = told.as_object().ok_or(Refusal::BadRequest { field: "body" })?;
    let mut kept = Map::new();
    let mut keep = |name: &'static str, fits: &dyn Fn(&Value) -> bool| match told.get(name) {
        None | Some(Value::Null) => Ok(()),
        Some(value) if fits(value) => {
            kept.insert(name.to_owned(), value.clone());
            Ok(())
        }
        Some(_) => Err(Refusal::BadRequest { field: name }),
    };
    for (name, words) in WORDS {
        keep(name, &|value| value.as_str().is_some_and(|word| words.contains(&word)))?;
    }
    for (name, most) in NUMBERS {
        let least = if *name == "clockMs" { -most } else { 0 };
        keep(name, &|value| value.as_i64().is_some_and(|number| (least..=*most).contains(&number)))?;
    }
    for name in FLAGS {
        keep(name, &Value::is_boolean)?;
    }
    let known = told.iter().filter(|(_, value)| !value.is_null()).count() == kept.len();
    if known && !kept.is_empty() { Ok(form::text(&kept.into())) } else { Err(Refusal::BadRequest { field: "body" }) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(value: &Value) -> Result<Value, Refusal> {
        read(value.to_string().as_bytes()).map(|text| serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn words_numbers_and_flags_are_kept() {
        let whole = json!({
            "verdict": "good", "source": "cloudflare", "udp": "reached", "relay443": "missed", "path": "relay",
            "browser": "firefox", "version": 145, "clockMs": -3000, "lostPerMille": 0, "calls": true,
        });
        assert_eq!(of(&whole), Ok(whole.clone()));
        let mut more = whole.clone();
        more["tls"] = json!(null);
        more["unheardOf"] = json!(null);
        assert_eq!(of(&more), Ok(whole), "what is null was not measured");
    }

    #[test]
    fn nothing_else_gets_in() {
        for (told, field) in [
            (json!({ "verdict": "10.0.0.7" }), "verdict"),
            (json!({ "browser": "Mozilla/5.0 (Windows)" }), "browser"),
            (json!({ "version": 10_000 }), "version"),
            (json!({ "version": -1 }), "version"),
            (json!({ "udpMs": 1.5 }), "udpMs"),
            (json!({ "udpMs": "1" }), "udpMs"),
            (json!({ "calls": 1 }), "calls"),
            (json!({ "verdict": "good", "address": "10.0.0.7" }), "body"),
            (json!({ "verdict": "good", "person": { "id": 1 } }), "body"),
            (json!({}), "body"),
            (json!([]), "body"),
            (json!("good"), "body"),
        ] {
            assert_eq!(of(&told), Err(Refusal::BadRequest { field }), "{told}");
        }
        assert_eq!(read(b"{"), Err(Refusal::BadJson));
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_sent_what_is_kept_is_small(bytes: Vec<u8>, word in "\\PC{0,30}", number: i64) {
            let _ = read(&bytes);
            let told = json!({ "verdict": word, "version": number, "clockMs": number });
            if let Ok(kept) = read(told.to_string().as_bytes()) {
                proptest::prop_assert!(kept.len() < 1000);
            }
        }
    }
}
