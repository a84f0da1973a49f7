//! The connection lab: what an operator sees of the vendors, what people have measured, and how that goes again.

use serde_json::{Value as Json, json};
use vocahire::edge::Answer;
use vocahire::port::http::HttpFailure;

use super::clerk_events::{deliver, event};
use super::hall::Hall;
use super::relays::{both, cloudflare_gives, house_with};
use super::world::{Call, Failing, House, code, json as body};

const TEST: &str = "/api/diagnostic/webrtc-test";
const DAY: i64 = 86_400;

fn measured() -> Json {
    json!({ "verdict": "good", "udp": "reached", "relay443": "missed", "roundTripMs": 12, "calls": true })
}

fn keep(house: &House, user: &str, told: &Json) -> Answer {
    let call = Call::of("POST", TEST).with("content-type", "application/json");
    super::till::call_as(house, user, call.body(Ok(told.to_string().as_bytes())))
}

fn kept(house: &House, user: &str) -> String {
    let answer = keep(house, user, &measured());
    assert_eq!(answer.status, 201, "{answer:?}");
    body(&answer)["code"].as_str().unwrap().to_owned()
}

fn open(house: &House, code: &str) -> Answer {
    house.get_as("user_admin", &format!("/api/admin/connection-checks?code={code}"))
}

fn count(house: &House) -> i64 {
    house.database.query_row("select count(*) from connection_checks", [], |row| row.get(0)).unwrap()
}

#[test]
fn strangers_ask_no_vendor_and_learn_no_more_than_is_known() {
    let house = both();
    assert_eq!(body(&house.call(&Call::get(TEST))), json!({ "ok": true }));
    let known = body(&house.get_as("user_1", TEST));
    assert_eq!((known.as_object().unwrap().len(), &known["ok"]), (2, &json!(true)));
    assert!(known["now"].is_string());
    assert!(house.asked.borrow().is_empty());
    house.refuse(HttpFailure::TimedOut);
    house.refuse(HttpFailure::TimedOut);
    house.get_as("user_1", "/api/ice-servers");
    assert_eq!(body(&house.call(&Call::get(TEST))), json!({ "ok": false }), "somebody has met it");
    house.later(31);
    cloudflare_gives(&house);
    house.get_as("user_1", "/api/ice-servers");
    assert_eq!(body(&house.call(&Call::get(TEST))), json!({ "ok": false }), "the other one is still not heard of");
    let half = house_with(&[("TURN_KEY_ID", "key1")]);
    assert_eq!(body(&half.call(&Call::get(TEST))), json!({ "ok": false }), "a vendor that is set by half");
}

#[test]
fn an_operator_sees_how_each_vendor_answers_once_a_minute() {
    let house = both();
    cloudflare_gives(&house);
    house.reply(200, r#"{"s":"error","v":"unauthorized"}"#);
    let told = body(&house.get_as("user_admin", TEST));
    assert_eq!((&told["ok"], &told["stun"], &told["sound"]), (&json!(false), &json!(1), &json!(true)));
    let ways = json!([{ "way": "udp", "port": 3478 }, { "way": "tls", "port": 443 }]);
    let cloudflare =
        json!({ "vendor": "cloudflare", "set": true, "answers": true, "why": null, "ms": 0, "ways": ways });
    assert_eq!(told["vendors"][0], cloudflare);
    let why = &told["vendors"][1]["why"];
    assert_eq!((&told["vendors"][1]["answers"], why), (&json!(false), &json!("xirsys: unauthorized")));
    assert!(!told.to_string().contains("canary"), "{told}");
    let asked = house.asked.borrow().len();
    house.later(59);
    assert_eq!(body(&house.get_as("user_admin", TEST))["checkedAt"], told["checkedAt"]);
    assert_eq!(house.asked.borrow().len(), asked, "once a minute");
    house.later(2);
    cloudflare_gives(&house);
    house.refuse(HttpFailure::TimedOut);
    assert_ne!(body(&house.get_as("user_admin", TEST))["checkedAt"], told["checkedAt"]);
    let unset = house_with(&[]);
    let told = body(&unset.get_as("user_admin", TEST));
    assert_eq!((&told["ok"], &told["vendors"][0]), (&json!(true), &json!({ "vendor": "cloudflare", "set": false })));
}

#[test]
fn what_was_measured_is_opened_by_its_code_and_tells_nobodys_name() {
    let house = house_with(&[]);
    let code = kept(&house, "user_1");
    assert_eq!(code.len(), 8);
    let told = body(&open(&house, &code.to_lowercase()));
    assert_eq!((&told["measured"], &told["code"]), (&measured(), &json!(code)));
    assert!(!told.to_string().contains("user_1"), "{told}");
    assert_eq!(super::world::code(&open(&house, "ABCDEFGH")), "404 not_found");
    assert_eq!(super::world::code(&open(&house, "'; drop")), "400 bad_request");
    let stranger = house.get_as("user_1", &format!("/api/admin/connection-checks?code={code}"));
    assert_eq!(super::world::code(&stranger), "403 forbidden");
}

#[test]
fn nothing_but_what_can_be_measured_is_kept() {
    let house = house_with(&[]);
    for told in [json!({}), json!([]), json!({ "verdict": "10.0.0.7" }), json!({ "address": "10.0.0.7" })] {
        assert_eq!(code(&keep(&house, "user_1", &told)), "400 bad_request", "{told}");
    }
    assert_eq!(count(&house), 0);
}

#[test]
fn twenty_a_day_are_enough_for_anybody() {
    let house = house_with(&[]);
    // Chance is always the same here, and so are codes.
    let another = "update connection_checks set code = hex(randomblob(8)) where length(code) = 8";
    for _ in 0..20 {
        kept(&house, "user_1");
        house.database.execute(another, []).unwrap();
    }
    assert_eq!(code(&keep(&house, "user_1", &measured())), "429 rate_limited");
    kept(&house, "user_2");
    assert_eq!(count(&house), 21);
    house.database.execute(another, []).unwrap();
    house.database.execute("update connection_checks set at = at - 86400001", []).unwrap();
    kept(&house, "user_1");
}

#[test]
fn a_database_that_fails_is_told_as_such() {
    for failing in [Failing::Before(1), Failing::After(1)] {
        let house = house_with(&[]);
        house.failing.set(failing);
        assert_eq!(code(&keep(&house, "user_1", &measured())), "503 database_error");
        assert_eq!(code(&open(&house, "ABCDEFGH")), "503 database_error");
    }
}

#[test]
fn a_check_goes_after_thirty_days_and_with_its_person() {
    let hall = Hall::new(&[]);
    hall.pass(1);
    let code = kept(&hall, "user_1");
    let others = kept(&hall, "user_2");
    hall.interviews.real.set(false);
    let deleted = event("user.deleted", json!({ "id": "user_1", "deleted": true }));
    assert_eq!(deliver(&hall, "msg_1", &deleted).status, 200);
    hall.interviews.real.set(true);
    assert_eq!((super::world::code(&open(&hall, &code)), count(&hall)), ("404 not_found".to_owned(), 1));
    assert_eq!(super::world::code(&keep(&hall, "user_1", &measured())), "401 account_closed");
    hall.now.set(hall.now.get() + 30 * DAY * 1000);
    hall.reply(200, &super::signing::key_set(&[("k1", &super::signing::KEYS[0])]));
    assert_eq!(super::world::code(&open(&hall, &others)), "404 not_found", "past its time, swept or not");
    hall.night();
    assert_eq!(count(&hall), 0);
}
