//! `GET /api/user` with a Clerk that is slow, away or wrong, and a database that fails before or after it has written.

use vocahire::port::http::HttpFailure;

use super::signing::{KEYS, key_set};
use super::world::{Failing, House, code, json};

fn clerk_user(name: &str, updated_at: i64) -> String {
    serde_json::json!({ "id": "user_1", "first_name": name, "last_name": null, "image_url": null, "updated_at": updated_at,
        "primary_email_address_id": "e", "email_addresses": [{ "id": "e", "email_address": "one@example.test" }] })
    .to_string()
}

fn house() -> House {
    let house = House::new(&[]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house
}

fn rows(house: &House) -> i64 {
    house.database.query_row("select count(*) from users", [], |row| row.get(0)).unwrap()
}

fn me(house: &House) -> serde_json::Value {
    let answer = house.get_as("user_1", "/api/user");
    assert_eq!(answer.status, 200);
    json(&answer)
}

#[test]
fn the_first_sight_makes_the_row_and_asks_clerk_once() {
    let house = house();
    house.reply(200, &clerk_user("One", 5));
    for _ in 0..3 {
        let me = me(&house);
        assert_eq!((me["name"].as_str(), me["email"].as_str()), (Some("One"), Some("one@example.test")));
        assert_eq!((me["id"].as_str(), me["role"].as_str()), (Some("user_1"), Some("user")));
    }
    assert_eq!((rows(&house), house.asked.borrow().len()), (1, 2));
    assert_eq!(house.asked.borrow()[1].limit.count(), 2000);
}

#[test]
fn a_clerk_that_does_not_answer_keeps_nobody_out_and_is_asked_again_a_minute_later() {
    let house = house();
    house.refuse(HttpFailure::TimedOut);
    assert_eq!(me(&house)["name"], serde_json::Value::Null);
    house.later(59);
    assert_eq!(me(&house)["name"], serde_json::Value::Null);
    assert_eq!(house.asked.borrow().len(), 2);
    house.later(1);
    house.refuse(HttpFailure::TimedOut);
    assert_eq!(me(&house)["name"], serde_json::Value::Null);
    house.later(60);
    house.reply(200, &clerk_user("One", 5));
    assert_eq!(me(&house)["name"], "One", "silence twice is still silence");
    house.later(3000);
    assert_eq!(me(&house)["name"], "One");
    assert_eq!(rows(&house), 1);
}

#[test]
fn facts_once_known_are_not_lost_to_silence() {
    let house = house();
    house.reply(200, &clerk_user("One", 5));
    me(&house);
    // As if a later, slower writer had come without facts.
    house.database.execute("update users set clerk_updated_at = null", []).unwrap();
    house.later(60);
    house.refuse(HttpFailure::TimedOut);
    assert_eq!(me(&house)["name"], "One");
}

#[test]
fn an_older_fact_does_not_replace_a_newer_one() {
    let house = house();
    house.refuse(HttpFailure::TimedOut);
    me(&house);
    // Between our question and our writing, somebody stored what Clerk said later.
    house.database.execute("update users set name = 'Newer', clerk_updated_at = null", []).unwrap();
    house.later(60);
    house.reply(200, &clerk_user("Older", 5));
    assert_eq!(me(&house)["name"], "Older", "null is older than anything");
    house.database.execute("update users set name = 'Newest', clerk_updated_at = 9, asked_at = 0", []).unwrap();
    assert_eq!(me(&house)["name"], "Newest");
}

#[test]
fn a_database_that_fails_is_503_and_the_next_try_heals() {
    for failing in [Failing::Before, Failing::After] {
        let house = house();
        house.failing.set(failing);
        house.reply(200, &clerk_user("One", 5));
        assert_eq!(code(&house.get_as("user_1", "/api/user")), "503 database_error", "{failing:?}");
        house.failing.set(Failing::No);
        assert_eq!(me(&house)["name"], "One", "{failing:?}");
        assert_eq!(rows(&house), 1);
    }
}

#[test]
fn no_secret_and_no_name_reaches_the_log() {
    let house = house();
    house.reply(200, &clerk_user("One", 5));
    me(&house);
    house.refuse(HttpFailure::Unreachable("refused".to_owned()));
    house.get_as("user_2", "/api/user");
    for line in house.lines.borrow().iter() {
        for secret in ["canary", "One", "one@", "eyJ"] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}
