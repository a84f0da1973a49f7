//! What interviews have cost, for operators; and that one whose Room lost its alarm is told after all.

use serde_json::{Value as Json, json};

use super::hall::Hall;
use super::talk::Talk;
use super::world::{Call, code, json as body};

const PATH: &str = "/api/admin/usage";

fn hall() -> Hall {
    Hall::new(&[("ADMIN_USER_IDS", "user_1")])
}

fn usage(hall: &Hall, query: &str) -> Json {
    let answer = hall.call_as("user_1", Call::get(&format!("{PATH}{query}")));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

/// Talks so long, and counts some tokens.
fn talk(hall: &Hall, seconds: i64) -> Talk {
    let talk = Talk::talking(hall, seconds);
    talk.hears(json!({ "type": "response.done", "response": { "id": "r", "status": "completed", "usage": {
        "input_token_details": { "text_tokens": 100, "audio_tokens": 50 },
        "output_token_details": { "text_tokens": 10, "audio_tokens": 2000 } } } }));
    talk.end();
    hall.pass(60);
    talk
}

#[test]
fn what_interviews_took_is_told_by_the_day_and_one_by_one_and_nothing_that_was_said() {
    let hall = hall();
    let first = talk(&hall, 900);
    let void = Talk::started(&hall);
    void.exchange();
    hall.pass(600);
    let second = talk(&hall, 300);
    let told = usage(&hall, "");
    let day = &told["days"][0];
    assert_eq!((told["days"].as_array().unwrap().len(), &day["sessions"], &day["free"]), (1, &json!(3), &json!(3)));
    assert_eq!((&day["failures"], &day["refunds"], &day["refunded"]), (&json!(1), &json!(1), &json!("1.00")));
    assert!(day["seconds"].as_i64().unwrap() >= 1200 && day["charged"].as_str().unwrap() != "0.00", "{day}");
    let sessions = told["sessions"].as_array().unwrap();
    let ids: Vec<&str> = sessions.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&second.id, &void.id, &first.id], "newest first");
    let one = &sessions[2];
    assert_eq!(
        (&one["userId"], &one["ending"], &one["free"]),
        (&json!("user_1"), &json!("ended_by_user"), &json!(true))
    );
    assert_eq!((&one["tokens"]["audioOut"], &one["tokens"]["textIn"]), (&json!(2000), &json!(100)));
    assert_eq!((&one["model"], &one["allowanceSeconds"]), (&json!("gpt-realtime-2.1"), &json!(1800)));
    let sum: f64 = sessions.iter().map(|one| one["cost"].as_str().unwrap().parse::<f64>().unwrap()).sum();
    let cost: f64 = day["cost"].as_str().unwrap().parse().unwrap();
    assert!(cost > 0.1 && (sum - cost).abs() < 0.0003, "{sum} {cost}");
    let words = told.to_string();
    assert!(!words.contains("Baker") && !words.contains("Ann"), "no job and no name: {words}");
}

#[test]
fn pages_go_on_where_the_last_one_ended_and_days_come_with_the_first() {
    let hall = hall();
    let ids: Vec<String> = (0..3).map(|n| talk(&hall, 100 + n).id).collect();
    let first = usage(&hall, "?limit=2");
    assert_eq!(first["next"], json!(ids[1]));
    let rest = usage(&hall, &format!("?limit=2&before={}", ids[1]));
    assert_eq!(
        (&rest["days"], &rest["next"], &rest["sessions"][0]["id"]),
        (&json!(null), &json!(null), &json!(ids[0]))
    );
    for query in ["?limit=0", "?limit=101", "?before=x"] {
        let answer = hall.call_as("user_1", Call::get(&format!("{PATH}{query}")));
        assert_eq!(code(&answer), "400 bad_request", "{query}");
    }
}

#[test]
fn it_is_for_operators_alone() {
    let hall = hall();
    assert_eq!(code(&hall.call(Call::get(PATH))), "401 no_token");
    assert_eq!(code(&hall.call_as("user_2", Call::get(PATH))), "403 forbidden");
}

#[test]
fn an_interview_whose_room_lost_its_alarm_is_told_to_d1_after_all() {
    let hall = hall();
    let talk = Talk::talking(&hall, 300);
    talk.end();
    hall.pass_millis(500);
    talk.room().disk.alarm.set(None);
    hall.evict(&talk.id);
    hall.pass(800);
    let known = || usage(&hall, "")["sessions"].as_array().unwrap().len();
    hall.night();
    hall.pass(10);
    assert_eq!(known(), 0, "it may still be on its way");
    hall.pass(3600);
    hall.night();
    hall.pass(10);
    assert_eq!(known(), 1);
}

#[test]
fn what_its_person_deleted_is_not_brought_back() {
    let hall = hall();
    let talk = talk(&hall, 300);
    talk.delete();
    hall.pass(3600);
    hall.night();
    hall.pass(10);
    assert_eq!(usage(&hall, "")["sessions"], json!([]));
    assert!(talk.is_empty(), "an empty Room stays empty");
}
