//! `GET /api/user` with a Clerk that is slow, away or wrong, and a database that fails before or after it has written.

use vocahire::port::http::HttpFailure;

use super::signing::{KEYS, key_set};
use super::world::{Call, Failing, House, code, header, json};

fn clerk_user(name: &str, updated_at: i64) -> String {
    let address = serde_json::json!({ "id": "e", "email_address": "one@example.test" });
    serde_json::json!({
        "id": "user_1",
        "first_name": name,
        "last_name": null,
        "image_url": null,
        "updated_at": updated_at,
        "primary_email_address_id": "e",
        "email_addresses": [address],
    })
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
    assert_eq!(rows(&house), 1);
    let lines = house.lines.borrow();
    assert!(lines[0].contains(r#""notes":["clerk took too long"]"#) && !lines[3].contains("notes"), "{lines:?}");
}

#[test]
fn a_name_changed_at_clerk_is_seen_within_the_hour_and_silence_forgets_nothing() {
    let house = house();
    house.reply(200, &clerk_user("One", 5));
    me(&house);
    house.later(3599);
    assert_eq!(
        (me(&house)["name"].as_str(), house.asked.borrow().len()),
        (Some("One"), 3),
        "keys twice, the user once"
    );
    house.later(1);
    house.refuse(HttpFailure::TimedOut);
    assert_eq!(me(&house)["name"], "One");
    house.later(3600);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house.reply(200, &clerk_user("Two", 6));
    assert_eq!(me(&house)["name"], "Two");
}

#[test]
fn an_older_fact_does_not_replace_a_newer_one() {
    let house = house();
    house.reply(200, &clerk_user("Older", 5));
    house.meanwhile.set(Some((3, "update users set name = 'Newer', clerk_updated_at = 9")));
    assert_eq!(me(&house)["name"], "Newer");
}

#[test]
fn of_many_first_requests_one_asks() {
    let house = house();
    let other = "insert into users (id, created_at, asked_at) values ('user_1', 1, 1)";
    house.meanwhile.set(Some((2, other)));
    assert_eq!(me(&house)["name"], serde_json::Value::Null, "whoever was first is asking");
    assert_eq!((rows(&house), house.asked.borrow().len()), (1, 1), "only the keys were asked for");
}

#[test]
fn a_database_that_fails_is_503_and_the_next_try_heals() {
    let cases = [
        Failing::Before(1),
        Failing::After(1),
        Failing::Before(2),
        Failing::After(2),
        Failing::Before(3),
        Failing::After(3),
    ];
    for failing in cases {
        let house = house();
        house.failing.set(failing);
        house.reply(200, &clerk_user("One", 5));
        assert_eq!(code(&house.get_as("user_1", "/api/user")), "503 database_error", "{failing:?}");
        let written = !matches!(failing, Failing::Before(1 | 2) | Failing::After(1));
        assert_eq!(rows(&house), i64::from(written), "{failing:?}");
        house.failing.set(Failing::No);
        house.replies.borrow_mut().clear();
        house.later(60);
        house.reply(200, &clerk_user("One", 5));
        assert_eq!(me(&house)["name"], "One", "{failing:?}");
        assert_eq!(rows(&house), 1);
    }
}

#[test]
fn only_a_bookmark_of_the_database_is_handed_to_it() {
    let house = house();
    house.reply(200, &clerk_user("One", 5));
    let sound = "00000085-0000024c-00004c6d-8e61117bf38d7adb71b934ebbf891683";
    for (given, taken) in [("x", None), ("first-primary", None), (sound, Some(sound))] {
        let answer = house.call(&Call::get("/api/user").with("x-d1-bookmark", given));
        assert_eq!(header(&answer, "x-d1-bookmark"), None, "nothing was read");
        assert_eq!(house.read_from.borrow().as_deref(), taken);
    }
    let answer = house.get_as("user_1", "/api/user");
    assert_eq!(header(&answer, "x-d1-bookmark"), Some("the-next-one"));
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

#[test]
fn without_the_secret_key_nobody_new_is_taken_in() {
    let house = House::new(&[("CLERK_SECRET_KEY", "")]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    for _ in 0..2 {
        assert_eq!(code(&house.get_as("user_1", "/api/user")), "503 not_configured");
    }
    assert_eq!(rows(&house), 0);
}

#[test]
fn whoever_is_known_stays_known_when_a_secret_goes_missing() {
    let full = house();
    full.reply(200, &clerk_user("One", 5));
    me(&full);
    let mut bare = House::new(&[("CLAIM_SECRET", "")]);
    bare.database = full.database;
    bare.reply(200, &key_set(&[("k1", &KEYS[0])]));
    bare.later(3600);
    assert_eq!(me(&bare)["name"], "One");
    assert!(bare.lines.borrow().last().unwrap().contains("CLAIM_SECRET is not set"));
}
