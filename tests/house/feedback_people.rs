//! Reports and who has to do with them: whose they are, whose they are not, what is said to them, and their end.

use serde_json::{Value as Json, json};

use super::feedback::{again, count, feedback, hall, over, scored, standing, state, tell, told};
use super::hall::Hall;
use super::signing::{KEYS, key_set};
use super::talk::{Talk, post};
use super::world::{Call, Failing, code, json as body};

const TABLES: [&str; 5] = ["sessions", "transcript_lines", "session_events", "feedback", "feedback_scores"];

fn kept(hall: &Hall) -> i64 {
    TABLES.iter().map(|table| count(hall, table)).sum()
}

fn object(talk: &Talk, wish: &Json) -> vocahire::edge::Answer {
    talk.hall.call_as(talk.user, post(&format!("/api/sessions/{}/objection", talk.id), &wish.to_string()))
}

fn objections(told: &Json) -> Vec<(String, String)> {
    let text = |one: &Json, name: &str| one[name].as_str().unwrap().to_owned();
    told["objections"].as_array().unwrap().iter().map(|one| (text(one, "criterion"), text(one, "why"))).collect()
}

#[test]
fn what_a_person_says_to_a_grade_is_kept_beside_it() {
    let hall = hall();
    let talk = scored(&hall);
    let one = |criterion: &str, why: &str| (criterion.to_owned(), why.to_owned());
    let told = body(&object(&talk, &json!({ "criterion": "structure", "why": "  I did say how it ended.  " })));
    let at = vocahire::domain::millis::Millis::new(hall.now.get()).iso();
    let kept = json!({ "criterion": "structure", "why": "I did say how it ended.", "at": at });
    assert_eq!(told["objections"], json!([kept]));
    hall.pass(5);
    object(&talk, &json!({ "criterion": "relevance", "why": "It was what they asked." }));
    hall.pass(5);
    let told = body(&object(&talk, &json!({ "criterion": "structure", "why": "It had an end." })));
    let both = [one("relevance", "It was what they asked."), one("structure", "It had an end.")];
    assert_eq!(objections(&told), both, "another word takes the place of the first");
    let report = feedback(&talk);
    assert_eq!(objections(&report), both);
    let told = body(&object(&talk, &json!({ "criterion": "relevance", "why": null })));
    assert_eq!(objections(&told), both[1..], "and can be taken back");
    assert_eq!(objections(&body(&object(&talk, &json!({ "criterion": "relevance", "why": null })))), both[1..]);
    assert_eq!(feedback(&talk)["report"], report["report"], "what it is said to does not change");
    let grade = "select grade from feedback_scores where criterion = 'structure'";
    assert_eq!(hall.database.query_row(grade, [], |row| row.get::<_, i64>(0)), Ok(3));
}

#[test]
fn an_objection_is_a_sentence_or_two_on_a_grade_that_there_is() {
    let hall = hall();
    let talk = scored(&hall);
    let with = |why: Json| json!({ "criterion": "structure", "why": why });
    for long in ["abc".to_owned(), "\u{e4}".repeat(500), "One.\nTwo.".to_owned()] {
        assert_eq!(object(&talk, &with(json!(long))).status, 200, "{long}");
    }
    for odd in [json!("ab"), json!("   ab   "), json!("\u{e4}".repeat(501)), json!("a\u{7}bc"), json!(5), json!({})] {
        assert_eq!(code(&object(&talk, &with(odd.clone()))), "400 bad_request", "{odd}");
    }
    for odd in [json!({}), json!({ "criterion": "structure" }), json!({ "criterion": 1, "why": null })] {
        assert_eq!(code(&object(&talk, &odd)), "400 bad_request", "{odd}");
    }
    let other = |criterion: &str| json!({ "criterion": criterion, "why": "It was mine." });
    for unknown in ["depth", "charm", ""] {
        assert_eq!(code(&object(&talk, &other(unknown))), "404 not_found", "{unknown}: not one of these five");
    }
    assert_eq!(objections(&feedback(&talk)), [("structure".to_owned(), "One.\nTwo.".to_owned())]);
    let unscored = told(&hall);
    assert_eq!(code(&object(&unscored, &other("structure"))), "404 not_found", "there is no grade yet");
}

#[test]
fn each_person_has_their_own() {
    let hall = hall();
    let talk = scored(&hall);
    object(&talk, &json!({ "criterion": "structure", "why": "It was mine." }));
    let (id, report) = (talk.id.clone(), feedback(&talk));
    let stranger = Talk { user: "user_2", ..talk };
    let nobody = Talk { user: "user_2", id: "ses_0000000000000000".to_owned(), ..Talk::started(&hall) };
    // While its Room is there, and when only D1 knows it.
    for _ in 0..2 {
        let asked = |talk: &Talk| {
            let wish = json!({ "criterion": "structure", "why": "It was not." });
            let calls: [&dyn Fn() -> vocahire::edge::Answer; 4] =
                [&|| talk.get("/feedback"), &|| again(talk), &|| object(talk, &wish), &|| talk.get("/receipt")];
            calls.map(|call| {
                let before = (hall.statements.get(), hall.questions.get());
                let told = code(&call());
                (told, hall.statements.get() - before.0, hall.questions.get() - before.1)
            })
        };
        let found = asked(&stranger);
        assert!(found.iter().all(|(told, ..)| told == "404 not_found"), "{found:?}");
        assert_eq!(found, asked(&nobody), "it costs what nothing costs");
        hall.pass(1200);
    }
    let talk = Talk { user: "user_1", id, ..stranger };
    assert_eq!(feedback(&talk), report);
    assert_eq!(hall.interviews.openai.judge.count(), 1);
}

/// What is there when `wait` is over is deleted, and nothing comes back.
fn delete_after(wait: fn(&Talk), when: &str) {
    let hall = hall();
    hall.interviews.openai.judge.takes.set(20_000);
    let talk = told(&hall);
    wait(&talk);
    assert_eq!(body(&talk.delete()), json!({ "deleted": true }), "{when}");
    hall.pass(20);
    assert_eq!(code(&talk.get("/feedback")), "404 not_found", "{when}");
    assert_eq!(code(&again(&talk)), "404 not_found", "{when}");
    hall.pass(1300);
    assert_eq!((kept(&hall), talk.is_empty()), (0, true), "{when}");
}

#[test]
fn a_deleted_interview_leaves_no_report_whenever_it_is_deleted() {
    delete_after(|_| {}, "while it goes on");
    delete_after(|talk| drop(talk.end()), "before D1 is told");
    delete_after(over, "while it is judged");
    delete_after(
        |talk| {
            over(talk);
            talk.hall.pass(19);
            talk.hall.slow.set(Some(4000));
            talk.hall.pass(3);
        },
        "while the report is written",
    );
    delete_after(
        |talk| {
            over(talk);
            talk.hall.pass(20);
            assert_eq!(state(talk), "scored");
            object(talk, &json!({ "criterion": "structure", "why": "It was mine." }));
        },
        "when it is judged",
    );
    delete_after(
        |talk| {
            over(talk);
            talk.hall.pass(900);
        },
        "when its Room is empty",
    );
}

#[test]
fn a_deletion_while_the_person_has_it_tried_again_leaves_nothing() {
    let hall = hall();
    for _ in 0..3 {
        hall.interviews.openai.judge.reply(500, &json!({}));
    }
    let talk = told(&hall);
    over(&talk);
    hall.pass(30);
    hall.interviews.openai.judge.takes.set(20_000);
    let token = format!("Bearer {}", hall.token("user_1"));
    let call = post(&format!("/api/sessions/{}/feedback", talk.id), "{}").with("authorization", &token);
    let awaited = hall.send(call);
    hall.pass(10);
    talk.delete();
    hall.pass(10);
    assert_eq!(code(&awaited.take().expect("an answer")), "404 not_found");
    hall.pass(1300);
    assert_eq!(kept(&hall), 0);
}

#[test]
fn a_deleted_account_leaves_no_report() {
    for wait in [5, 30] {
        let hall = hall();
        hall.interviews.openai.judge.takes.set(20_000);
        let talk = told(&hall);
        over(&talk);
        hall.pass(wait);
        (0..9).for_each(|_| hall.reply(404, ""));
        assert_eq!(hall.call_as("user_1", Call::of("DELETE", "/api/me")).status, 200);
        hall.pass(60);
        assert_eq!(kept(&hall), 0, "after {wait} s");
        hall.pass(1200);
        assert_eq!((kept(&hall), talk.is_empty()), (0, true), "after {wait} s");
    }
}

#[test]
fn a_report_is_kept_as_long_as_its_interview() {
    let hall = Hall::new(&[("TRANSCRIPT_DAYS", "30")]);
    scored(&hall);
    hall.pass(900);
    let later = |seconds: i64| {
        hall.later(seconds);
        hall.reply(200, &key_set(&[("k1", &KEYS[0])]));
        hall.night();
    };
    later(30 * 86_400 - 1200);
    assert_eq!((count(&hall, "feedback"), count(&hall, "feedback_scores")), (1, 5));
    later(1200);
    assert_eq!(kept(&hall), 0);
}

#[test]
fn no_line_of_the_log_tells_what_was_said_of_whom() {
    let hall = hall();
    let judge = &hall.interviews.openai.judge;
    let refusal = json!([{ "type": "message", "content": [{ "type": "refusal", "refusal": "canary-refusal" }] }]);
    let mut refused = super::judge::response("");
    refused["output"] = refusal;
    judge.reply(200, &refused);
    judge.reply(400, &json!({ "error": { "message": "canary-message", "code": "canary code", "type": "canary\n" } }));
    judge.reply(200, &super::judge::response("canary-text"));
    let talk = told(&hall);
    tell(&talk, 2, "canary-question of the interviewer?", "canary-answer is what I have to say to that.");
    over(&talk);
    hall.pass(30);
    assert_eq!(standing(&talk).1, "unreadable");
    hall.failing.set(Failing::Before(2));
    again(&talk);
    hall.failing.set(Failing::No);
    hall.pass(200);
    again(&talk);
    assert_eq!(state(&talk), "scored");
    object(&talk, &json!({ "criterion": "structure", "why": "canary-objection" }));
    object(&talk, &json!({ "criterion": "structure", "why": "canary\u{7}objection" }));
    let receipt = body(&talk.get("/receipt"))["receipt"].as_str().unwrap().to_owned();
    hall.call(post("/api/receipts/verify", &json!({ "receipt": receipt }).to_string()));
    talk.delete();
    let lines = hall.lines.borrow().join("\n");
    for secret in ["canary", "four hundred", "Say more of this", "coach for job interviews", &receipt] {
        assert!(!lines.contains(secret), "{secret}");
    }
    for told in ["\"event\":\"scoring\"", &talk.id, "/api/sessions/:id/feedback"] {
        assert!(lines.contains(told), "{told} is told of");
    }
}
