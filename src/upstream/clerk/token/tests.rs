use serde_json::{Value, json};

use super::*;

const NOW: Millis = Millis::of_seconds(1_800_000_000);

fn compact(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(header), part(claims), URL_SAFE_NO_PAD.encode("signature"))
}

fn header() -> Value {
    json!({ "alg": "RS256", "typ": "JWT", "kid": "ins_1", "cat": "cl_B7d4PD111AAA" })
}

fn claims() -> Value {
    let now = NOW.count() / 1000;
    json!({ "iss": "https://clerk.example.com", "sub": "user_1", "azp": "https://app.example", "v": 2, "sts": "active",
        "iat": now, "nbf": now - 10, "exp": now + 60,
        "o": { "id": "org_1", "rol": "admin" }, "fva": [0, -1], "future": { "x": [1] } })
}

fn with(mut value: Value, name: &str, member: Value) -> Value {
    value[name] = member;
    value
}

fn without(mut value: Value, name: &str) -> Value {
    value.as_object_mut().unwrap().remove(name);
    value
}

fn check(header: &Value, claims: &Value) -> Result<Session, Flaw> {
    let text = compact(header, claims);
    let parties = ["https://app.example".to_owned()];
    let token = Token::parse(&text)?;
    let session = token.judge(&Expected { issuer: "https://clerk.example.com", parties: &parties, now: NOW })?;
    if token.expired(NOW) { Err("expired") } else { Ok(session) }
}

#[test]
fn a_session_token_of_either_version_is_read() {
    let session = check(&header(), &claims()).unwrap();
    assert_eq!((session.user.as_str(), session.organisation.as_deref()), ("user_1", Some("org_1")));
    let v1 = with(without(without(claims(), "v"), "o"), "org_id", json!("org_9"));
    assert_eq!(check(&header(), &v1).unwrap().organisation.as_deref(), Some("org_9"));
    let acting = with(claims(), "act", json!({ "sub": "user_boss", "iss": "x" }));
    assert_eq!(check(&header(), &acting).unwrap().actor.as_deref(), Some("user_boss"));
}

#[test]
fn the_header_pins_algorithm_type_class_and_forbids_own_keys() {
    for (name, member, flaw) in [
        ("alg", json!("none"), "algorithm"),
        ("alg", json!("HS256"), "algorithm"),
        ("alg", json!("rs256"), "algorithm"),
        ("alg", json!("RS512"), "algorithm"),
        ("typ", json!("at+jwt"), "type"),
        ("cat", json!("cl_B7d4PD222AAA"), "class"),
        ("jwk", json!({}), "brings its own key or demands"),
        ("jku", json!("https://evil.example"), "brings its own key or demands"),
        ("x5u", json!("https://evil.example"), "brings its own key or demands"),
        ("x5c", json!([]), "brings its own key or demands"),
        ("crit", json!(null), "brings its own key or demands"),
        ("kid", json!(7), "header unreadable"),
    ] {
        assert_eq!(check(&with(header(), name, member), &claims()), Err(flaw), "{name}");
    }
    assert!(check(&without(without(header(), "typ"), "cat"), &claims()).is_ok());
}

#[test]
fn the_claims_must_agree() {
    let now = NOW.count() / 1000;
    for (name, member, flaw) in [
        ("iss", json!("https://clerk.example.org"), "issuer"),
        ("iss", json!("https://clerk.example.com/"), "issuer"),
        ("azp", json!("https://app.example.evil"), "party"),
        ("azp", json!(null), "party"),
        ("sts", json!("pending"), "status"),
        ("sub", json!("org_1"), "subject"),
        ("sub", json!(1), "claims unreadable"),
        ("v", json!(3), "version"),
        ("nbf", json!(now + 6), "not yet valid"),
        ("iat", json!(now + 6), "not yet valid"),
        ("exp", json!(now - 5), "expired"),
        ("exp", json!("2099"), "claims unreadable"),
        ("exp", json!(1e300), "claims unreadable"),
        ("exp", json!(i64::MIN), "expired"),
    ] {
        assert_eq!(check(&header(), &with(claims(), name, member)), Err(flaw), "{name}");
    }
    for name in ["iss", "sub", "exp"] {
        assert_eq!(check(&header(), &without(claims(), name)), Err("claims unreadable"), "{name}");
    }
    for (name, second) in [("nbf", now + 5), ("iat", now + 5), ("exp", now - 4), ("exp", i64::MAX)] {
        assert!(check(&header(), &with(claims(), name, json!(second))).is_ok(), "{name} {second}");
    }
}

#[test]
fn what_is_no_compact_token_is_refused() {
    let sound = compact(&header(), &claims());
    let (signed, signature) = sound.rsplit_once('.').unwrap();
    let long = format!("{signed}.{}", "A".repeat(MAX_TOKEN));
    let twice = format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(r#"{"alg":"none","alg":"RS256"}"#), "e30");
    let deep =
        format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(header().to_string()), URL_SAFE_NO_PAD.encode("[".repeat(5000)));
    for (text, flaw) in [
        (String::new(), "not three parts"),
        ("a.b".to_owned(), "not three parts"),
        (format!("{sound}.x"), "not base64url"),
        (format!("{sound}="), "not base64url"),
        (format!("{signed}.{signature}\n"), "not base64url"),
        (format!("{signed}.c2lnbmF0dXJ"), "not base64url"),
        (long, "too long"),
        (twice, "header unreadable"),
        (deep, "claims unreadable"),
    ] {
        assert_eq!(Token::parse(&text).err(), Some(flaw), "{}", text.chars().take(40).collect::<String>());
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_answered_without_a_panic(text in ".{0,300}", header in "\\PC{0,80}", claims in "\\PC{0,80}") {
        let _ = Token::parse(&text);
        let made = format!("{}.{}.", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        proptest::prop_assert!(Token::parse(&made).is_err());
    }
}
