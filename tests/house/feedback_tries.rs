//! Tries that fail, are lost, come twice or too soon; and what the Room does with them.

use serde_json::{Value as Json, json};
use vocahire::port::calls::Line;
use vocahire::port::http::HttpFailure;

use super::feedback::{ANSWER, again, count, feedback, hall, over, scored, standing, state, told};
use super::hall::Hall;
use super::judge::response;
use super::said::{added, heard};
use super::talk::{Talk, money};
use super::world::{Call, Failing, code, json as body};

/// When each question was asked, in seconds since the first.
fn times(hall: &Hall) -> Vec<i64> {
    let at = hall.interviews.openai.judge.asked_at.borrow();
    at.iter().map(|one| (one - at[0]) / 1000).collect()
}

fn fail(hall: &Hall, times: usize) {
    for _ in 0..times {
        hall.interviews.openai.judge.reply(500, &json!({}));
    }
}

/// Its Room has tried three times, and none came to anything.
fn failed(hall: &Hall) -> Talk {
    fail(hall, 3);
    let talk = told(hall);
    over(&talk);
    hall.pass(150);
    assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), 9));
    talk
}

#[test]
fn the_room_tries_three_times_and_leaves_the_rest_to_the_person() {
    let hall = hall();
    let judge = &hall.interviews.openai.judge;
    judge.takes.set(200_000);
    let talk = told(&hall);
    over(&talk);
    let between = || standing(&talk).0;
    assert_eq!(between(), "scoring");
    hall.pass_millis(119_999);
    assert_eq!(between(), "scoring");
    hall.pass_millis(1);
    assert_eq!(standing(&talk), ("waiting".to_owned(), json!(null), 9), "after 120 s nobody waits any more");
    hall.pass(30 + 120);
    assert_eq!(standing(&talk).0, "waiting");
    hall.pass(120 + 119);
    assert_eq!(standing(&talk).0, "scoring");
    hall.pass(1);
    assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), 9));
    assert_eq!(times(&hall), [0, 150, 390]);
    hall.pass(3600);
    assert_eq!((times(&hall).len(), talk.is_empty()), (3, true), "it has made its tries");
    judge.takes.set(30_000);
    let from = hall.now.get();
    let told = body(&again(&talk));
    assert_eq!((hall.now.get() - from, &told["state"]), (30_000, &json!("scored")), "the page waits for it");
    assert_eq!(feedback(&talk), told);
}

#[test]
fn a_try_says_what_it_failed_of_and_costs_nothing() {
    let text = |text: &str| (200, response(text));
    let error = |status: u16, code: &str| (status, json!({ "error": { "message": "canary", "code": code } }));
    let with = |mut told: Json, name: &str, value: Json| {
        told[name] = value;
        (200, told)
    };
    let incomplete = |reason: &str| {
        let mut told = response("{\"next");
        told["status"] = json!("incomplete");
        with(told, "incomplete_details", json!({ "reason": reason }))
    };
    let refusal = json!([{ "type": "message", "content": [{ "type": "refusal", "refusal": "canary" }] }]);
    let cases = [
        ("refused", with(response(""), "output", refusal)),
        ("refused", incomplete("content_filter")),
        ("cut_off", incomplete("max_output_tokens")),
        ("unreadable", text("Well, it was fine.")),
        ("unreadable", text("{\"grade\":5}")),
        ("unreadable", with(response("{}"), "status", json!("queued"))),
        ("unreadable", (200, json!("canary"))),
        ("busy", error(429, "rate_limit_exceeded")),
        ("busy", error(503, "server_is_overloaded")),
        ("unreachable", error(500, "x")),
        ("not_set_up", error(429, "insufficient_quota")),
        ("not_set_up", error(401, "invalid_api_key")),
        ("not_set_up", error(403, "x")),
        ("not_set_up", error(404, "model_not_found")),
        ("refused", error(400, "unsupported_parameter")),
    ];
    let hall = hall();
    for (word, (status, reply)) in cases {
        hall.pass(3600);
        let talk = told(&hall);
        for _ in 0..3 {
            hall.interviews.openai.judge.reply(status, &reply);
        }
        talk.end();
        hall.pass(1);
        let before = (money(&hall), statement(&hall));
        hall.pass(160);
        assert_eq!(standing(&talk), ("failed".to_owned(), json!(word), 9), "{reply}");
        hall.interviews.openai.judge.reply(status, &reply);
        assert_eq!(body(&again(&talk))["failure"], word, "{reply}");
        assert_eq!((standing(&talk).2, money(&hall), statement(&hall)), (8, before.0, before.1), "{reply}");
        let level = if word == "not_set_up" { "alert" } else { "warn" };
        let told = hall.lines.borrow().iter().rfind(|line| line.contains("\"event\":\"scoring\"")).cloned();
        assert!(told.is_some_and(|line| line.contains(level) && line.contains(&talk.id)), "{reply}");
    }
    for failure in [HttpFailure::TimedOut, HttpFailure::Unreachable("canary".to_owned()), HttpFailure::TooLarge] {
        hall.pass(3600);
        let talk = told(&hall);
        (0..3).for_each(|_| hall.interviews.openai.judge.fail(failure.clone()));
        over(&talk);
        hall.pass(150);
        assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), 9), "{failure:?}");
    }
}

/// Every line of it.
fn statement(hall: &Hall) -> Json {
    body(&hall.call_as("user_1", Call::get("/api/credits/statement?limit=100")))["lines"].clone()
}

#[test]
fn each_further_try_may_say_more() {
    let hall = hall();
    let talk = failed(&hall);
    fail(&hall, 2);
    again(&talk);
    again(&talk);
    let asked = hall.interviews.openai.judge.asked.borrow();
    let most: Vec<i64> = asked.iter().map(|asked| asked["max_output_tokens"].as_i64().unwrap()).collect();
    assert_eq!(most, [8000, 16_000, 24_000, 24_000, 24_000]);
}

#[test]
fn there_are_twelve_tries_in_all() {
    let hall = hall();
    let talk = failed(&hall);
    fail(&hall, 9);
    for left in (0..9).rev() {
        again(&talk);
        assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), left));
    }
    assert_eq!(code(&again(&talk)), "409 conflict");
    assert_eq!((times(&hall).len(), state(&talk)), (12, "failed".to_owned()));
}

#[test]
fn whoever_comes_while_a_try_is_under_way_makes_none() {
    let hall = hall();
    let talk = failed(&hall);
    hall.interviews.openai.judge.takes.set(40_000);
    let call = || {
        let token = format!("Bearer {}", hall.token("user_1"));
        super::talk::post(&format!("/api/sessions/{}/feedback", talk.id), "{}").with("authorization", &token)
    };
    let (first, second) = (hall.send(call()), hall.send(call()));
    let told = body(&second.take().expect("an answer at once"));
    assert_eq!((&told["state"], first.borrow().is_none()), (&json!("scoring"), true));
    hall.pass(39);
    assert_eq!((times(&hall).len(), state(&talk)), (4, "scoring".to_owned()));
    hall.pass(1);
    assert_eq!(body(&first.take().unwrap())["state"], "scored");
    assert_eq!(times(&hall).len(), 4, "two came, one asked");
}

#[test]
fn the_room_and_the_person_do_not_try_at_once() {
    let hall = hall();
    fail(&hall, 1);
    let talk = told(&hall);
    over(&talk);
    assert_eq!(state(&talk), "waiting");
    hall.interviews.openai.judge.takes.set(60_000);
    hall.pass(4);
    assert_eq!(body(&again(&talk))["state"], "scored", "they were a second before the Room");
    hall.pass(3600);
    assert_eq!((times(&hall), talk.is_empty()), (vec![0, 4], true));
}

#[test]
fn a_try_that_was_lost_is_known_by_its_time_and_made_again() {
    let hall = hall();
    hall.interviews.openai.judge.takes.set(60_000);
    let talk = told(&hall);
    over(&talk);
    hall.pass(30);
    // As the platform does: whatever was going on is gone, and its alarm rings again.
    hall.evict(&talk.id);
    talk.room().disk.alarm.set(Some(hall.now.get() + 2000));
    hall.pass(119);
    assert_eq!((state(&talk), times(&hall)), ("scoring".to_owned(), vec![0]), "nobody knows yet that it is lost");
    hall.pass(1);
    assert_eq!(times(&hall), [0, 150]);
    hall.pass(60);
    assert_eq!(state(&talk), "scored");
    hall.pass(3600);
    assert!(talk.is_empty());
}

#[test]
fn a_try_that_nobody_makes_again_is_told_as_failed() {
    let hall = hall();
    hall.interviews.openai.judge.takes.set(60_000);
    let talk = told(&hall);
    over(&talk);
    hall.pass(30);
    hall.evict(&talk.id);
    talk.room().disk.alarm.set(None);
    hall.pass_millis(119_999);
    assert_eq!(code_of_again(&talk), "200 scoring");
    hall.pass_millis(1);
    assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), 9));
    assert_eq!(code_of_again(&talk), "200 scored");
    assert_eq!(count(&hall, "feedback"), 1);
}

fn code_of_again(talk: &Talk) -> String {
    let answer = again(talk);
    format!("{} {}", answer.status, body(&answer)["state"].as_str().unwrap_or("-"))
}

#[test]
fn whatever_d1_loses_there_is_one_report() {
    for (step, failing) in (1..=4).flat_map(|step| [(step, Failing::Before(step)), (step, Failing::After(step))]) {
        let hall = hall();
        let talk = told(&hall);
        talk.end();
        hall.pass_millis(9999);
        hall.failing.set(failing);
        hall.pass(20);
        hall.failing.set(Failing::No);
        hall.pass(400);
        assert_eq!((state(&talk), count(&hall, "feedback_scores")), ("scored".to_owned(), 5), "{step} {failing:?}");
        hall.pass(900);
        assert!(talk.is_empty(), "{step} {failing:?}");
    }
}

#[test]
fn the_room_forgets_between_its_tries_and_still_makes_them() {
    let hall = hall();
    fail(&hall, 2);
    let talk = told(&hall);
    over(&talk);
    for _ in 0..2 {
        assert_eq!(state(&talk), "waiting");
        hall.evict(&talk.id);
        hall.pass(120);
    }
    assert_eq!((state(&talk), times(&hall)), ("scored".to_owned(), vec![0, 30, 150]));
}

#[test]
fn the_end_of_the_call_has_its_turn_before_the_judge() {
    let hall = hall();
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 6]);
    hall.interviews.openai.judge.takes.set(60_000);
    let talk = told(&hall);
    over(&talk);
    while hall.interviews.openai.hung_up.borrow().is_empty() {
        assert_eq!((state(&talk), times(&hall).len()), ("waiting".to_owned(), 0));
        hall.pass(1);
    }
    hall.pass(15);
    assert_eq!((state(&talk), times(&hall).len()), ("scoring".to_owned(), 1));
}

#[test]
fn a_call_that_cannot_be_ended_keeps_nobody_waiting_for_ever() {
    let hall = hall();
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 90]);
    let talk = told(&hall);
    talk.end();
    hall.pass(599);
    assert_eq!((state(&talk), times(&hall).len()), ("waiting".to_owned(), 0));
    hall.pass(16);
    assert_eq!(state(&talk), "scored");
    assert!(hall.interviews.openai.hung_up.borrow().is_empty());
    hall.pass(7200);
    assert_eq!((hall.interviews.openai.hung_up.borrow().len(), talk.is_empty()), (1, true));
}

#[test]
fn a_room_is_not_emptied_before_its_interview_is_judged() {
    let hall = hall();
    let talk = told(&hall);
    talk.end();
    hall.pass_millis(9999);
    // D1 takes the interview, and nothing after it.
    hall.failing.set(Failing::After(1));
    hall.pass(5);
    hall.failing.set(Failing::Before(1));
    hall.pass(1800);
    assert!(!talk.is_empty());
    hall.failing.set(Failing::No);
    hall.pass(1300);
    assert_eq!((state(&talk), talk.is_empty()), ("scored".to_owned(), true));
}

#[test]
fn an_interview_that_nobody_scored_is_scored_when_its_person_wishes() {
    let hall = hall();
    let talk = scored(&hall);
    hall.pass(900);
    assert!(talk.is_empty());
    hall.database.execute("delete from feedback", []).unwrap();
    assert_eq!(standing(&talk), ("failed".to_owned(), json!(null), 9), "nothing happens by itself any more");
    fail(&hall, 1);
    assert_eq!(code_of_again(&talk), "200 failed", "no Room is there that would try again");
    assert_eq!(code_of_again(&talk), "200 scored");
}

/// A line that only the browser has told so far: the sideband may still tell it anew.
#[test]
fn what_is_on_its_way_to_d1_may_change_and_is_not_judged_yet() {
    let hall = hall();
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 3]);
    let talk = Talk::spoken(&hall);
    talk.go_on(60);
    hall.interviews.openai.wire().unwrap().close();
    hall.settle();
    let relayed = [added("item_a", "user", None), heard("item_a", ANSWER)];
    talk.say("transcript", &json!({ "batch": 1, "events": relayed }));
    talk.go_on(30);
    talk.end();
    hall.pass_millis(9999);
    // D1 takes it, and nobody learns that it has.
    hall.failing.set(Failing::After(1));
    hall.pass_millis(1);
    hall.failing.set(Failing::No);
    assert_eq!(count(&hall, "sessions"), 1);
    assert_eq!((code_of_again(&talk), times(&hall).len()), ("200 waiting".to_owned(), 0));
    let heard_better = "I baked four thousand loaves a night, and I cut the waste by a third.";
    talk.hears(heard("item_a", heard_better));
    hall.pass(60);
    let told = feedback(&talk);
    assert_eq!(told["report"]["scores"][0]["quotes"][0]["text"], heard_better, "{told}");
}
