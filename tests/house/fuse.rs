//! The spend fuse: what the cron weighs, whom it keeps out, and that whatever cannot be known keeps nobody out.

use serde_json::json;
use vocahire::money::command::Command;

use super::hall::Hall;
use super::openai::ANSWER;
use super::signing::{self, KEYS};
use super::talk::{OFFER, Talk, WISH, money, post, start};
use super::wallet::buy;
use super::world::{Call, Failing, code, json as body};

/// An interview that is over, and what is known of it.
fn past(hall: &Hall, id: &str, ended_at: i64, free: i64, cost: i64) {
    let sql = "insert into sessions (id, person, payer, job_title, level, focus, language, persona, minutes, seconds,
            model, opened_at, began_at, ended_at, ending, heard_ms, charged, speaks, relayed, text_in, text_cached,
            audio_in, audio_cached, text_out, audio_out, transcribed_ms, transcribed_tokens, cost, archived_at, free)
        values (?1, 'user_9', 'user_9', 'Baker', 'mid', 'general', 'en', 'warm', 30, 1800, 'm', ?2, ?2, ?2,
            'ended_by_user', 1000, 0, 1, 0, 1, 0, 2, 0, 3, 4, 0, 0, ?4, ?2, ?3)";
    hall.database.execute(sql, (id, ended_at, free, cost)).unwrap();
}

fn ago(hall: &Hall, seconds: i64) -> i64 {
    hall.now.get() - seconds * 1000
}

/// After a day Clerk's keys are asked for anew.
fn keys(hall: &Hall) {
    hall.reply(200, &signing::key_set(&[("k1", &KEYS[0])]));
}

fn alerts(hall: &Hall) -> Vec<String> {
    hall.lines.borrow().iter().filter(|line| line.contains("\"fuse\"")).cloned().collect()
}

#[test]
fn a_start_that_nobody_pays_for_is_refused_once_the_day_has_had_enough_of_them() {
    let hall = Hall::new(&[("FREE_STARTS_PER_DAY", "2"), ("SPEND_PER_DAY", "1000")]);
    past(&hall, "ses_a", ago(&hall, 86_399), 1, 10);
    past(&hall, "ses_b", ago(&hall, 86_401), 1, 10);
    past(&hall, "ses_c", ago(&hall, 60), 0, 10);
    hall.night();
    let talk = Talk::started(&hall);
    assert_eq!(body(&talk.exchange())["sdp"], ANSWER, "one of two");
    hall.pass(1);
    talk.hears(json!({ "type": "output_audio_buffer.started" }));
    talk.hears(json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_0" }));
    talk.go_on(120);
    talk.end();
    hall.pass(60);
    past(&hall, "ses_d", ago(&hall, 10), 1, 10);
    hall.night();
    let posts = hall.interviews.openai.posts.borrow().len();
    let before = money(&hall);
    let talk = Talk::started(&hall);
    let refused = talk.exchange();
    assert_eq!((code(&refused).as_str(), &body(&refused)["reason"]), ("503 not_open_now", &json!("free_starts")));
    assert_eq!(code(&talk.exchange()), "503 not_open_now", "and again the same");
    hall.pass(60);
    assert_eq!(
        (money(&hall), hall.interviews.openai.posts.borrow().len()),
        (before, posts),
        "nothing is posted or paid"
    );
    assert_eq!(talk.ended(), Some(("our_fault".to_owned(), 0)));
    assert_eq!(alerts(&hall).len(), 1, "told once");
    hall.tell("user_2", buy("cs", "ch", 3000)).unwrap();
    let paying = Talk::started_as(&hall, "user_2", WISH);
    assert_eq!(paying.exchange().status, 200, "who has ever bought anything is welcome");
    hall.night();
    assert_eq!(alerts(&hall).len(), 1);
    let counted: i64 = hall.database.query_row("select free_starts from fuse", [], |row| row.get(0)).unwrap();
    assert_eq!(counted, 2, "who was refused has begun none");
    hall.pass(86_401);
    hall.night();
    keys(&hall);
    let again = alerts(&hall);
    assert!(again.len() == 2 && again[1].contains("\"info\""), "{again:?}");
    assert_eq!(Talk::started(&hall).exchange().status, 200, "a day later it is whole again");
}

#[test]
fn a_day_that_has_cost_too_much_ends_all_starts_and_a_plan_is_no_way_around() {
    let hall = Hall::new(&[("SPEND_PER_DAY", "3")]);
    past(&hall, "ses_a", ago(&hall, 60), 0, 2_999_999);
    hall.night();
    assert_eq!(Talk::started(&hall).exchange().status, 200);
    past(&hall, "ses_b", ago(&hall, 60), 0, 1);
    hall.night();
    let until = vocahire::domain::millis::Millis::new(hall.now.get() + 86_400_000);
    let as_of = vocahire::domain::millis::Millis::new(1);
    hall.tell("user_2", Command::Entitle { key: "plan".to_owned(), until, as_of }).unwrap();
    let talk = Talk::started_as(&hall, "user_2", WISH);
    let refused = talk.exchange();
    assert_eq!((code(&refused).as_str(), &body(&refused)["reason"]), ("503 not_open_now", &json!("spend")));
}

#[test]
fn what_cannot_be_known_keeps_nobody_out() {
    let hall = Hall::new(&[("SPEND_PER_DAY", "1")]);
    past(&hall, "ses_a", ago(&hall, 60), 0, 5_000_000);
    hall.night();
    let talk = Talk::started(&hall);
    hall.failing.set(Failing::Before(1));
    assert_eq!(talk.exchange().status, 200, "D1 is away");
    hall.failing.set(Failing::No);
    talk.end();
    hall.pass(30);
    let talk = Talk::started(&hall);
    hall.slow.set(Some(60_000));
    let began = hall.now.get();
    assert_eq!(talk.exchange().status, 200, "D1 is slow");
    assert!(hall.now.get() - began < 3000, "and keeps nobody waiting");
    talk.end();
    hall.pass(86_401);
    keys(&hall);
    let other = Talk::started(&hall);
    assert_eq!(other.exchange().status, 200, "what was weighed a day ago says nothing of today");
}

#[test]
fn without_a_limit_nobody_is_asked() {
    let hall = Hall::new(&[]);
    past(&hall, "ses_a", ago(&hall, 60), 1, 5_000_000_000);
    hall.night();
    let statements = hall.statements.get();
    let talk = Talk::started(&hall);
    assert_eq!((talk.exchange().status, hall.statements.get()), (200, statements));
}

#[test]
fn whether_it_is_free_cannot_be_said_by_the_page() {
    let hall = Hall::new(&[("FREE_STARTS_PER_DAY", "1")]);
    past(&hall, "ses_a", ago(&hall, 60), 1, 10);
    hall.night();
    let started = body(&start(&hall, "user_1", WISH));
    let sent = json!({ "sessionId": started["id"], "token": started["token"], "sdp": OFFER, "free": false });
    let answer = hall.call_as("user_1", post("/api/webrtc-exchange", &sent.to_string()));
    assert_eq!(code(&answer), "503 not_open_now");
    assert_eq!(hall.call(Call::get("/api/health")).status, 200);
}

#[test]
fn what_was_deleted_has_cost_what_it_cost() {
    let hall = Hall::new(&[("FREE_STARTS_PER_DAY", "2"), ("SPEND_PER_DAY", "1000")]);
    past(&hall, "ses_a", ago(&hall, 60), 1, 10);
    hall.database.execute("update sessions set person = 'user_1'", []).unwrap();
    assert_eq!(hall.call_as("user_1", Call::of("DELETE", "/api/sessions/ses_a")).status, 200);
    let talk = Talk::talking(&hall, 120);
    assert_eq!(talk.delete().status, 200, "while it goes on");
    hall.pass(60);
    hall.night();
    let weighed = || {
        let sql = "select free_starts, cost, free_blown from fuse";
        hall.database.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
    };
    assert_eq!(weighed(), (2, 10, 1));
    hall.pass(2);
    assert_eq!(code(&Talk::started_as(&hall, "user_2", WISH).exchange()), "503 not_open_now");
    hall.pass(86_400);
    hall.night();
    assert_eq!(weighed(), (0, 0, 0), "it goes after a day");
    let left: i64 = hall.database.query_row("select count(*) from forgotten", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0);
}
