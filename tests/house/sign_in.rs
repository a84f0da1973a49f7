//! Keys learned, kept, rotated and lost; each story with the number of times Clerk was asked.

use rsa::pkcs8::{EncodePublicKey, LineEnding};
use serde_json::json;
use vocahire::port::http::HttpFailure;

use super::signing::{KEYS, claims, jwk, key_set, token, under_header};
use super::world::{Call, House, code};

const ADDRESS: &str = "/api/diagnostic/env";

fn house_with_keys() -> House {
    let house = House::new(&[]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house
}

fn show(house: &House, token: &str) -> String {
    code(&house.call(&Call::get(ADDRESS).with("authorization", &format!("Bearer {token}"))))
}

#[test]
fn one_question_serves_ten_minutes() {
    let house = house_with_keys();
    for _ in 0..599 {
        assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
        house.later(1);
    }
    assert_eq!(house.asked.borrow().len(), 1);
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let house = house_with_keys();
    assert_eq!(show(&house, &token("k1", &KEYS[1], &claims("user_1", house.seconds()))), "401 bad_token");
    let mut changed = token("k1", &KEYS[0], &claims("user_1", house.seconds()));
    assert_eq!(show(&house, &changed), "200 -");
    let at = changed.len() - 20;
    let flipped = if changed.as_bytes().get(at) == Some(&b'A') { 'B' } else { 'A' };
    changed.replace_range(at..=at, &flipped.to_string());
    assert_eq!(show(&house, &changed), "401 bad_token");
}

#[test]
fn expiry_is_told_only_to_who_holds_a_true_token() {
    let house = house_with_keys();
    let old = claims("user_1", house.seconds() - 100);
    assert_eq!(show(&house, &token("k1", &KEYS[0], &old)), "401 token_expired");
    assert_eq!(show(&house, &token("k1", &KEYS[1], &old)), "401 bad_token");
}

#[test]
fn ten_thousand_forged_key_ids_ask_once_in_thirty_seconds() {
    let house = house_with_keys();
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    house.later(31);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    let whole = token("k1", &KEYS[0], &claims("user_1", house.seconds()));
    for n in 0..10_000 {
        let forged = under_header(&whole, &json!({ "alg": "RS256", "kid": format!("forged-{n}") }));
        assert_eq!(show(&house, &forged), "401 bad_token");
    }
    assert_eq!(house.asked.borrow().len(), 2);
}

#[test]
fn a_rotation_costs_one_question_and_no_refusal() {
    let house = house_with_keys();
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    house.later(60);
    house.reply(200, &key_set(&[("k2", &KEYS[1])]));
    assert_eq!(show(&house, &token("k2", &KEYS[1], &claims("user_1", house.seconds()))), "200 -");
    assert_eq!(show(&house, &token("k1", &KEYS[0], &claims("user_1", house.seconds()))), "401 bad_token");
    assert_eq!(house.asked.borrow().len(), 2);
}

#[test]
fn clerk_away_for_hours_stops_nobody_who_is_known() {
    let house = house_with_keys();
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    house.later(600);
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    let said = house.lines.borrow().last().unwrap().clone();
    assert!(said.contains(r#""notes":["clerk: nobody there"]"#), "silence is survived, not hidden: {said}");
    for _ in 0..24 * 60 - 11 {
        house.later(60);
        assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    }
    house.later(120);
    assert_eq!(code(&house.get_as("user_1", ADDRESS)), "502 provider_error");
    assert_eq!(code(&house.get_as("user_1", ADDRESS)), "503 provider_busy");
}

#[test]
fn a_cold_start_without_clerk_says_so_and_recovers() {
    let house = House::new(&[]);
    house.refuse(HttpFailure::TimedOut);
    assert_eq!(code(&house.get_as("user_1", ADDRESS)), "504 provider_timeout");
    assert_eq!(code(&house.get_as("user_1", ADDRESS)), "503 provider_busy");
    house.later(30);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
}

#[test]
fn a_token_without_key_id_asks_nobody() {
    let house = house_with_keys();
    let whole = token("k1", &KEYS[0], &claims("user_1", house.seconds()));
    for header in [json!({ "alg": "RS256" }), json!({ "alg": "RS256", "kid": "" })] {
        assert_eq!(show(&house, &under_header(&whole, &header)), "401 bad_token");
    }
    assert_eq!(house.asked.borrow().len(), 0);
}

#[test]
fn a_pem_in_the_settings_replaces_the_key_set() {
    let pem = KEYS[0].to_public_key().to_public_key_pem(LineEnding::LF).unwrap();
    let house = House::new(&[("CLERK_JWT_KEY", &pem)]);
    assert_eq!(show(&house, &token("any", &KEYS[0], &claims("user_1", house.seconds()))), "200 -");
    assert_eq!(show(&house, &token("any", &KEYS[1], &claims("user_1", house.seconds()))), "401 bad_token");
    house.later(3600);
    assert_eq!(show(&house, &token("any", &KEYS[0], &claims("user_1", house.seconds()))), "200 -");
    assert_eq!(house.asked.borrow().len(), 0);
}

#[test]
fn without_settings_only_sign_in_is_closed() {
    for missing in ["CLERK_PUBLISHABLE_KEY", "CLERK_AUTHORIZED_PARTIES"] {
        let house = House::new(&[(missing, "")]);
        assert_eq!(code(&house.get_as("user_1", "/api/user")), "503 not_configured", "{missing}");
        assert_eq!(house.call(&Call::get("/api/health")).status, 200);
        assert!(house.lines.borrow()[0].contains(missing), "the log names the setting");
    }
}

#[test]
fn a_key_that_is_none_keeps_nobody_out() {
    let house = House::new(&[]);
    let mut broken = jwk("k0", &KEYS[1]);
    broken["e"] = "AA".into();
    house.reply(200, &json!({ "keys": [broken, jwk("k1", &KEYS[0])] }).to_string());
    assert_eq!(house.get_as("user_1", ADDRESS).status, 200);
    let house = House::new(&[]);
    house.reply(200, &json!({ "keys": [broken] }).to_string());
    assert_eq!(code(&house.get_as("user_1", ADDRESS)), "502 provider_error");
}
