//! The list of interviews that are over, and the one that is not.

use serde_json::{Value as Json, json};

use super::hall::Hall;
use super::talk::{Talk, WISH};
use super::world::{Call, Failing, code, json as body};

fn list(hall: &Hall, user: &str, query: &str) -> Json {
    let answer = hall.call_as(user, Call::get(&format!("/api/sessions{query}")));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

#[test]
fn interviews_that_are_over_come_newest_first_in_pages() {
    let hall = Hall::new(&[]);
    let mut ids = Vec::new();
    for _ in 0..5 {
        let talk = Talk::talking(&hall, 120);
        talk.end();
        hall.pass(20);
        ids.insert(0, talk.id);
    }
    let (mut found, mut query) = (Vec::new(), "?limit=2".to_owned());
    loop {
        let page = list(&hall, "user_1", &query);
        let sessions = page["sessions"].as_array().unwrap();
        found.push(sessions.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
        let Some(next) = page["next"].as_str() else { break };
        query = format!("?limit=2&before={next}");
    }
    assert_eq!(found, [&ids[..2], &ids[2..4], &ids[4..]]);
    assert_eq!(list(&hall, "user_1", "")["sessions"].as_array().unwrap().len(), 5);
    assert_eq!(list(&hall, "user_2", "")["sessions"], json!([]), "each sees their own");
    let before = format!("?before={}", ids[2]);
    assert_eq!(list(&hall, "user_2", &before)["sessions"], json!([]), "and a foreign id leads nowhere");
    for odd in ["limit=0", "limit=101", "limit=x", "before=x"] {
        assert_eq!(
            code(&hall.call_as("user_1", Call::get(&format!("/api/sessions?{odd}")))),
            "400 bad_request",
            "{odd}"
        );
    }
}

#[test]
fn one_that_is_over_tells_all_about_itself() {
    let hall = Hall::new(&[]);
    let wish = json!({ "jobTitle": "Baker", "company": "Loaf", "level": "lead", "focus": "case", "persona": "formal",
        "language": "fr", "minutes": 15 });
    let opened = vocahire::domain::millis::Millis::new(hall.now.get()).iso();
    let talk = Talk::started_with(&hall, &wish.to_string());
    talk.exchange();
    hall.pass(45);
    let ended = vocahire::domain::millis::Millis::new(hall.now.get()).iso();
    let told = json!({
        "id": talk.id, "state": "ended", "jobTitle": "Baker", "company": "Loaf", "level": "lead", "focus": "case",
        "language": "fr", "persona": "formal", "minutes": 15, "startedAt": opened, "endedAt": ended,
        "ending": "no_media_path", "heardSeconds": 0, "charged": "0.00",
        "rule": "Interview not charged: no connection came about", "relayed": false
    });
    assert_eq!(body(&talk.get("")), told);
    hall.pass(900);
    let mut listed = told.clone();
    listed["scored"] = json!(true);
    assert_eq!((body(&talk.get("")), &list(&hall, "user_1", "")["sessions"][0]), (told, &listed));
    assert_eq!(body(&talk.get("/transcript")), json!({ "lines": [], "next": null, "gaps": [] }));
    let stranger = Talk { user: "user_2", ..talk };
    for path in ["", "/transcript", "/transcript?format=vtt"] {
        assert_eq!(code(&stranger.get(path)), "404 not_found", "{path}");
    }
    assert_eq!(code(&stranger.delete()), "404 not_found");
    assert_eq!(list(&hall, "user_1", "")["sessions"].as_array().unwrap().len(), 1);
}

#[test]
fn the_open_one_is_told_by_the_wallet() {
    let hall = Hall::new(&[]);
    assert_eq!(list(&hall, "user_1", "")["open"], json!(null));
    assert_eq!(list(&hall, "user_3", "")["open"], json!(null), "also to somebody who never opened a book");
    let talk = Talk::started_with(&hall, WISH);
    assert_eq!(list(&hall, "user_1", "")["open"], json!({ "id": talk.id, "state": "held" }));
    talk.exchange();
    assert_eq!(list(&hall, "user_1", "")["open"], json!({ "id": talk.id, "state": "begun" }));
    assert_eq!(list(&hall, "user_2", "")["open"], json!(null));
    talk.end();
    hall.pass(1);
    assert_eq!(list(&hall, "user_1", "")["open"], json!(null));
}

#[test]
fn what_cannot_be_reached_is_never_an_empty_list() {
    let hall = Hall::new(&[]);
    hall.absent.set(true);
    assert_eq!(code(&hall.call_as("user_1", Call::get("/api/sessions"))), "503 wallet_unavailable");
    hall.absent.set(false);
    hall.failing.set(Failing::Before(1));
    assert_eq!(code(&hall.call_as("user_1", Call::get("/api/sessions"))), "503 database_error");
    assert_eq!(code(&hall.call_as("user_1", Call::get("/api/sessions/ses_1"))), "503 database_error");
}
