//! Whether people can be interviewed: what operators are told of the cron, the fuse and the models, and when.

use serde_json::{Value as Json, json};
use vocahire::domain::millis::Millis;
use vocahire::port::http::HttpFailure;

use super::hall::Hall;
use super::signing::{self, KEYS};
use super::world::{Call, Failing, code, json as body};

const PATH: &str = "/api/diagnostic/readiness";
const DAY: i64 = 86_400;
const SETTINGS: &[(&str, &str)] = &[("ADMIN_USER_IDS", "user_1"), ("VOICE_MODEL", "v"), ("FEEDBACK_MODEL", "f")];

/// A list in which our three models stand, with the day on which the first one ends.
fn list(shutdown: Option<&str>) -> String {
    json!({ "data": [
        { "id": "v", "shutdown_date": shutdown }, { "id": "f" },
        { "id": "gpt-4o-mini-transcribe", "shutdown_date": "2099-01-01" },
    ] })
    .to_string()
}

fn told(hall: &Hall) -> Json {
    // Should Clerk's keys be old by now.
    next_reply(hall, &signing::key_set(&[("k1", &KEYS[0])]));
    let answer = hall.call_as("user_1", Call::get(PATH));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

fn model(hall: &Hall) -> Json {
    told(hall)["models"]["models"][0].clone()
}

fn said(hall: &Hall) -> Vec<Json> {
    let lines = hall.lines.borrow();
    let of = lines.iter().filter(|line| line.contains("\"model ends\""));
    of.map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn next_reply(hall: &Hall, reply: &str) {
    hall.replies.borrow_mut().clear();
    hall.reply(200, reply);
}

/// The cron strikes so many days later, and OpenAI answers that.
fn days_later(hall: &Hall, days: i64, reply: &str) {
    hall.pass(days * DAY);
    next_reply(hall, reply);
    hall.night();
}

fn date(hall: &Hall, days: i64) -> String {
    Millis::new(hall.now.get() + days * DAY * 1000).iso().chars().take(10).collect()
}

#[test]
fn operators_are_warned_ninety_thirty_and_seven_days_ahead_each_time_once() {
    let hall = Hall::new(SETTINGS);
    let end = date(&hall, 100);
    days_later(&hall, 0, &list(Some(&end)));
    assert_eq!(
        model(&hall),
        json!({ "setting": "VOICE_MODEL", "model": "v", "listed": true, "shutdown": end, "days": 100 })
    );
    let mut levels = Vec::new();
    for days in [9, 2, 1, 57, 2, 22, 1, 6, 1] {
        days_later(&hall, days, &list(Some(&end)));
        levels.push(said(&hall).iter().map(|line| line["level"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    }
    let counts: Vec<usize> = levels.iter().map(Vec::len).collect();
    assert_eq!(counts, [0, 1, 1, 1, 2, 3, 3, 4, 4], "91, 89, 88, 31, 29, 7, 6, 0 and -1 days ahead");
    assert_eq!(levels[8], ["warn", "warn", "alert", "alert"]);
    assert_eq!(told(&hall)["models"]["ok"], json!(false));
}

#[test]
fn a_model_that_is_not_on_the_list_is_an_alert_once() {
    let hall = Hall::new(SETTINGS);
    days_later(&hall, 0, r#"{"data":[{"id":"f"},{"id":"gpt-4o-mini-transcribe","shutdown_date":"2099-01-01"}]}"#);
    days_later(&hall, 1, r#"{"data":[{"id":"f"},{"id":"gpt-4o-mini-transcribe","shutdown_date":"2099-01-01"}]}"#);
    let said = said(&hall);
    assert_eq!((said.len(), &said[0]["level"], &said[0]["model"]), (1, &json!("alert"), &json!("v")), "{said:?}");
    assert_eq!((&model(&hall)["listed"], &told(&hall)["models"]["ok"]), (&json!(false), &json!(false)));
    days_later(&hall, 1, &list(None));
    assert_eq!((&model(&hall)["listed"], &told(&hall)["models"]["ok"]), (&json!(true), &json!(true)), "it came back");
}

#[test]
fn openai_is_asked_once_a_day_and_what_it_cannot_say_changes_nothing_and_is_told_after_three_days() {
    let hall = Hall::new(SETTINGS);
    days_later(&hall, 0, &list(Some("2099-01-01")));
    let asked = || hall.asked.borrow().iter().filter(|ask| ask.url.ends_with("/models")).count();
    for _ in 0..3 {
        hall.pass(300);
        hall.night();
    }
    assert_eq!(asked(), 1);
    let before = model(&hall)["shutdown"].clone();
    let faults = || hall.lines.borrow().iter().filter(|line| line.contains("cron models")).count();
    for (day, (status, reply)) in [(200, r#"{"data":[]}"#), (500, ""), (200, "<html>")].into_iter().enumerate() {
        hall.pass(DAY);
        hall.replies.borrow_mut().clear();
        hall.reply(status, reply);
        hall.night();
        assert_eq!((asked(), faults(), &model(&hall)["shutdown"]), (day + 2, 0, &before));
        assert_eq!(told(&hall)["models"]["silent"], json!(false));
    }
    hall.pass(DAY);
    hall.replies.borrow_mut().clear();
    hall.refuse(HttpFailure::TimedOut);
    hall.night();
    assert_eq!((faults(), &told(&hall)["models"]["silent"], &told(&hall)["ok"]), (1, &json!(true), &json!(false)));
    assert_eq!(model(&hall)["shutdown"], before);
    days_later(&hall, 1, &list(Some("2099-01-01")));
    assert_eq!(told(&hall)["models"]["silent"], json!(false), "it speaks again");
    assert!(!hall.lines.borrow().iter().any(|line| line.contains("sk-")), "the key is in no line");
}

#[test]
fn anybody_learns_whether_all_is_well_and_nothing_more() {
    let hall = Hall::new(SETTINGS);
    let brief = |hall: &Hall| body(&hall.call(Call::get(PATH)));
    assert_eq!(brief(&hall), json!({ "ok": false }), "the cron has never struck");
    days_later(&hall, 0, &list(None));
    let all = told(&hall);
    assert_eq!(all["settings"], json!(false), "this house lacks some");
    assert_eq!(
        (&all["cron"]["ok"], &all["fuse"]["ok"], &all["models"]["ok"]),
        (&json!(true), &json!(true), &json!(true))
    );
    assert_eq!((&all["webhooks"], &all["database"]), (&json!({ "ok": true, "failures": 0 }), &json!(true)));
    hall.pass(901);
    assert_eq!(told(&hall)["cron"]["ok"], json!(false), "no stroke for a quarter of an hour");
    let failed = "insert into webhook_failures values ('stripe', 'evt_1', 't', 1, 1, 'x')";
    hall.database.execute(failed, []).unwrap();
    assert_eq!(told(&hall)["webhooks"], json!({ "ok": false, "failures": 1 }));
    hall.failing.set(Failing::Before(1));
    assert_eq!(brief(&hall), json!({ "ok": false }));
    let away = hall.call_as("user_1", Call::get(PATH));
    assert_eq!((away.status, &body(&away)["database"], &body(&away)["fuse"]), (200, &json!(false), &json!(null)));
    hall.failing.set(Failing::No);
    let other = body(&hall.call_as("user_2", Call::get(PATH)));
    assert_eq!(other.as_object().unwrap().len(), 1, "{other}");
    let forged = Call::get(PATH).with("authorization", "Bearer a.b.c");
    assert_eq!(code(&hall.call(forged)), "401 bad_token");
}

#[test]
fn a_blown_fuse_is_seen() {
    let hall = Hall::new(&[SETTINGS, &[("FREE_STARTS_PER_DAY", "3"), ("SPEND_PER_DAY", "20")]].concat());
    days_later(&hall, 0, &list(None));
    assert_eq!(told(&hall)["fuse"]["spendPerDay"], json!("20.0000"));
    hall.database.execute("update fuse set free_starts = 3, cost = 1234567, free_blown = 1", []).unwrap();
    let fuse = told(&hall)["fuse"].clone();
    assert_eq!(
        (&fuse["ok"], &fuse["freeStarts"], &fuse["freeStartsPerDay"], &fuse["freeBlown"], &fuse["spendBlown"]),
        (&json!(false), &json!(3), &json!(3), &json!(true), &json!(false))
    );
    assert_eq!(fuse["cost"], json!("1.2346"));
}
