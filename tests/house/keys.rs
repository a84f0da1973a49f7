//! Who may speak to a Room, and that it tells strangers nothing.

use serde_json::json;

use super::hall::Hall;
use super::talk::{Talk, WISH, post, start};
use super::world::{Call, code, json as body};

const VERBS: [&str; 4] = ["heartbeat", "transcript", "patience", "end"];

/// A body that each verb would take.
fn sound(verb: &str) -> serde_json::Value {
    match verb {
        "heartbeat" => json!({ "packets": 1 }),
        "transcript" => json!({ "batch": 1, "events": [] }),
        "patience" => json!({ "patience": "quick" }),
        _ => json!({}),
    }
}

#[test]
fn the_key_of_a_room_opens_that_room_and_no_other() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    let other = body(&start(&hall, "user_2", WISH));
    let other = Talk {
        hall: hall.clone(),
        user: "user_2",
        id: other["id"].as_str().unwrap().to_owned(),
        token: other["token"].as_str().unwrap().to_owned(),
        key: Default::default(),
    };
    assert_eq!(other.exchange().status, 200);
    for verb in VERBS {
        assert_eq!(code(&talk.say_with(&other.key.borrow(), verb, &sound(verb))), "404 not_found", "{verb}");
        let mut forged = talk.key.borrow().clone();
        forged.replace_range(0..1, if forged.starts_with('W') { "X" } else { "W" });
        for (bearer, said) in [
            (forged.as_str(), "403 bad_ticket"),
            (&talk.token, "403 bad_ticket"),
            ("x.y", "403 bad_ticket"),
            ("x", "401 bad_token"),
            ("x.y.z", "401 bad_token"),
        ] {
            assert_eq!(code(&talk.say_with(bearer, verb, &sound(verb))), said, "{verb} {bearer:.20}");
        }
        let alone = post(&format!("/api/sessions/{}/{verb}", talk.id), &sound(verb).to_string());
        assert_eq!(code(&hall.call(alone)), "401 no_token", "{verb}");
    }
    for path in ["", "/transcript"] {
        let call = Call::get(&format!("/api/sessions/{}{path}", talk.id));
        let keyed = hall.call(call.with("authorization", &format!("Bearer {}", talk.key.borrow())));
        assert_eq!(code(&keyed), "401 bad_token", "{path}: the key is for the room alone");
    }
    assert_eq!(talk.beat()["state"], "live", "nothing of it has ended anything");
}

#[test]
fn who_is_signed_in_needs_no_key_and_a_page_that_was_loaded_anew_gets_one() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    let token = hall.token("user_1");
    assert_eq!(body(&talk.say_with(&token, "heartbeat", &json!({ "packets": 1 })))["state"], "live");
    let told = body(&talk.get(""));
    assert_eq!(
        (&told["state"], &told["jobTitle"], &told["remainingMs"]),
        (&json!("open"), &json!("Baker"), &json!(1_790_000))
    );
    let fresh = told["roomKey"].as_str().unwrap();
    assert!(fresh != *talk.key.borrow());
    assert_eq!(talk.say_with(fresh, "heartbeat", &json!({ "packets": 1 })).status, 200);
    talk.end();
    let told = body(&talk.get(""));
    assert_eq!((told.get("roomKey"), told.get("remainingMs"), &told["state"]), (None, None, &json!("ended")));
}

#[test]
fn a_key_outlives_the_interview_by_ten_minutes() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    let longest = 1800 + 120 + 180 + 600;
    hall.later(longest - 1);
    assert_ne!(talk.say("end", &json!({})).status, 403);
    hall.later(1);
    assert_eq!(code(&talk.say("end", &json!({}))), "403 bad_ticket");
}

#[test]
fn to_a_stranger_it_is_as_if_it_had_never_been_and_nothing_is_written() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    hall.call_as("user_2", Call::get("/api/user"));
    let unknown = "ses_00000000000000000000000000000000";
    let disk = talk.room().disk.clone();
    let written = || (disk.database.total_changes(), hall.database.total_changes(), disk.alarm.get());
    let before = written();
    let calls = |id: &str| {
        let mut calls: Vec<Call> =
            VERBS.iter().map(|verb| post(&format!("/api/sessions/{id}/{verb}"), &sound(verb).to_string())).collect();
        for rest in ["", "/transcript", "/transcript?format=text", "/transcript?format=vtt"] {
            calls.push(Call::get(&format!("/api/sessions/{id}{rest}")));
        }
        calls.push(Call::of("DELETE", &format!("/api/sessions/{id}")));
        calls
    };
    for (theirs, nobodys) in calls(&talk.id).into_iter().zip(calls(unknown)) {
        let name = ("x-request-id", "the-same-for-both");
        let told = [theirs, nobodys].map(|call| {
            let statements = hall.statements.get();
            let answer = hall.call_as("user_2", call.with(name.0, name.1));
            (answer.status, answer.headers, answer.body, hall.statements.get() - statements)
        });
        assert_eq!(told[0].0, 404);
        assert_eq!(told[0], told[1]);
    }
    assert_eq!(written(), before);
    let empty = hall.interviews.room(unknown);
    assert_eq!(empty.disk.database.query_row("select count(*) from sqlite_schema", [], |row| row.get(0)), Ok(0));
    assert_eq!((empty.disk.database.total_changes(), empty.disk.alarm.get()), (0, None), "an empty Room stays empty");
    for odd in ["ses_", "user_1", "ses_a%20b", "x"] {
        assert_eq!(code(&hall.call_as("user_1", Call::get(&format!("/api/sessions/{odd}")))), "404 not_found", "{odd}");
    }
    assert_eq!(talk.beat()["state"], "live");
}
