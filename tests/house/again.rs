//! A line that is lost and taken up again: another call on the same hold.

use std::cell::RefCell;

use serde_json::{Value as Json, json};
use vocahire::port::calls::{Line, Post, Undialled};
use vocahire::port::http::HttpFailure;

use super::hall::Hall;
use super::openai::{ANSWER, Offered};
use super::talk::{OFFER, Talk, WISH, money, start, statement};
use super::world::{code, json as body};

/// Another offer of the same browser: its own name and password.
pub fn offer(n: usize) -> String {
    let line = OFFER.lines().find(|line| line.starts_with("a=ice-ufrag:")).unwrap();
    OFFER.replace(line, &format!("a=ice-ufrag:abc{n:03}"))
}

fn line(talk: &Talk, item: &str, role: &str, text: &str) {
    let said = if role == "user" {
        json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": item, "transcript": text })
    } else {
        json!({ "type": "response.output_audio_transcript.done", "item_id": item, "transcript": text })
    };
    talk.hears(json!({
        "type": "conversation.item.added", "item": { "id": item, "type": "message", "role": role, "content": [] },
    }));
    talk.hears(said);
}

fn spoke(talk: &Talk) {
    talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_9" }));
}

/// The settings that came with an offer.
fn settings(post: &Post) -> Json {
    let text = String::from_utf8(post.body.clone()).unwrap();
    let json = text.split("application/json\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
    serde_json::from_str(json).unwrap()
}

fn last_instructions(hall: &Hall) -> String {
    let posts = hall.interviews.openai.posts.borrow();
    settings(posts.last().unwrap())["instructions"].as_str().unwrap().to_owned()
}

#[test]
fn another_call_goes_on_where_the_first_was_cut() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    let openai = &hall.interviews.openai;
    line(&talk, "item_1", "assistant", "Why bread?");
    line(&talk, "item_2", "user", "Because of the smell.");
    hall.pass(8);
    let answer = talk.again(&offer(1));
    let told = body(&answer);
    assert_eq!((answer.status, told["sdp"].as_str(), &told["connect"]), (200, Some(ANSWER), &json!(2)));
    assert_eq!(*openai.hung_up.borrow(), ["rtc_1"], "the first call is over before the second begins");
    let instructions = last_instructions(&hall);
    assert!(instructions.contains("Do not greet") && !instructions.contains("Begin by saying"));
    assert!(instructions.contains("Some 20 minutes of it are left"));
    assert!(instructions.contains("What was said so far:\nInterviewer: Why bread?\nPerson: Because of the smell.\n"));
    hall.pass(2);
    let standing = talk.beat();
    assert_eq!((&standing["connect"], &standing["reconnectsLeft"]), (&json!(2), &json!(4)));
    assert_eq!((&standing["state"], &standing["remainingMs"]), (&json!("live"), &json!(1_200_000)), "it stands still");
    spoke(&talk);
    line(&talk, "item_3", "assistant", "Tell me more.");
    talk.go_on(100);
    assert_eq!(talk.beat()["remainingMs"], 1_100_000, "what was away is not paid for");
    let told = body(&talk.get("/transcript"));
    let lines: Vec<&str> =
        told["lines"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(lines[lines.len() - 3..], ["Why bread?", "Because of the smell.", "Tell me more."]);
    assert_eq!(told["gaps"], json!([{ "kind": "away", "atMs": 600_000, "endMs": 610_000 }]));
    talk.end();
    hall.pass(1);
    assert_eq!((talk.ended(), money(&hall)), (Some(("ended_by_user".to_owned(), 700)), (2620, 0)), "one hold, once");
    hall.pass(20);
    assert_eq!(*openai.hung_up.borrow(), ["rtc_1", "rtc_2"]);
    hall.pass(900);
    let kept = body(&talk.get("/transcript"));
    assert_eq!((talk.is_empty(), &kept["gaps"]), (true, &told["gaps"]), "D1 knows it too");
}

#[test]
fn the_same_offer_gets_the_same_answer_and_the_ticket_opens_no_second_call() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    let first = body(&talk.again(&offer(1)));
    assert_eq!(body(&talk.again(&offer(1)))["sdp"], first["sdp"]);
    assert_eq!((hall.interviews.openai.posts.borrow().len(), &talk.beat()["connect"]), (2, &json!(2)));
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    talk.again(&offer(1));
    for other in [OFFER.to_owned(), offer(2)] {
        assert_eq!(code(&talk.exchange_with(&talk.token, &other)), "409 conflict", "only the newest is answered");
    }
}

#[test]
fn an_offer_that_another_took_the_place_of_takes_nothing_back() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    for n in 1..=2 {
        assert_eq!(talk.again(&offer(n)).status, 200);
    }
    for older in [OFFER.to_owned(), offer(1)] {
        assert_eq!(code(&talk.again(&older)), "409 conflict", "the request of an older page, sent once more");
    }
    assert_eq!((talk.again(&offer(2)).status, &talk.beat()["connect"]), (200, &json!(3)));
    talk.end();
    assert_eq!(code(&talk.again(&offer(1))), "409 session_ended");
}

/// Its own is still on its way when the one before has come.
#[test]
fn the_answer_to_an_older_offer_is_none_to_a_newer() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    let late = |name, answer: &str, body_after| Offered {
        body: Ok(answer.as_bytes().to_vec()),
        body_after,
        ..Offered::call(name)
    };
    let newest = ANSWER.replacen("o=", "o=newest-", 1);
    hall.interviews.openai.offers.borrow_mut().extend([late("rtc_2", ANSWER, 3000), late("rtc_3", &newest, 6000)]);
    let bearer = format!("Bearer {}", hall.token("user_1"));
    let asked: Vec<_> =
        [1, 2, 2].iter().map(|n| hall.send(talk.offering_again(&offer(*n)).with("authorization", &bearer))).collect();
    hall.pass(5);
    assert!(asked[1].borrow().is_none() && asked[2].borrow().is_none(), "{:?}", asked[2]);
    hall.pass(3);
    assert_eq!(code(&asked[0].take().unwrap()), "409 conflict");
    for newer in &asked[1..] {
        assert_eq!(body(&newer.take().unwrap())["sdp"], newest);
    }
}

#[test]
fn it_is_for_whose_interview_it_is() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    assert_eq!(code(&talk.again_by(&hall.token("user_2"), &offer(1))), "404 not_found");
    assert_eq!(talk.again_by(&hall.token("user_1"), &offer(1)).status, 200, "by their own token, after a reload");
    let told = body(&start(&hall, "user_2", WISH));
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    let other =
        Talk { hall: hall.clone(), user: "user_2", id: text("id"), token: text("token"), key: RefCell::default() };
    other.exchange();
    assert_eq!(code(&talk.again_by(&other.key.borrow(), &offer(2))), "404 not_found", "the key of another room");
    assert_eq!(talk.beat()["connect"], 2);
}

#[test]
fn five_times_and_then_it_waits_for_its_end() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    for n in 1..=5 {
        assert_eq!(talk.again(&offer(n)).status, 200);
        hall.pass(2);
        spoke(&talk);
        assert_eq!(talk.beat()["reconnectsLeft"], 5 - n);
    }
    assert_eq!(code(&talk.again(&offer(6))), "409 session_ended");
    assert_eq!(talk.beat()["state"], "live", "the fifth goes on");
    talk.end();
    assert_eq!(code(&talk.again(&offer(7))), "409 session_ended");
    assert_eq!(hall.interviews.openai.posts.borrow().len(), 6);
}

#[test]
fn what_openai_does_to_the_second_offer_ends_nothing() {
    for (offered, said) in [
        (Offered::status(500, "{}"), "502 provider_error"),
        (Offered::status(429, r#"{"error":{"code":"rate_limit_exceeded"}}"#), "503 provider_busy"),
        (Offered::failure(HttpFailure::Unreachable("gone".to_owned())), "502 provider_error"),
        (Offered::call("rtc_late").after(20_000), "504 provider_timeout"),
        (Offered { body: Ok(b"nonsense".to_vec()), ..Offered::call("rtc_odd") }, "502 provider_error"),
    ] {
        let hall = Hall::new(&[]);
        let talk = Talk::talking(&hall, 100);
        let openai = &hall.interviews.openai;
        let named = offered.head.as_ref().is_ok_and(|head| head.status == 201);
        openai.offers.borrow_mut().push_back(offered);
        assert_eq!(code(&talk.again(&offer(1))), said);
        assert_eq!((&talk.beat()["state"], money(&hall)), (&json!("reconnecting"), (3000, 1000)), "{said}");
        hall.pass(10);
        assert_eq!(openai.hung_up.borrow().len(), 1 + usize::from(named), "{said}: a call that nobody uses");
        assert_eq!(talk.again(&offer(2)).status, 200, "{said}");
        hall.pass(2);
        spoke(&talk);
        assert_eq!(talk.beat()["state"], "live", "{said}");
        talk.end();
        hall.pass(1);
        assert_eq!(money(&hall).1, 0, "{said}");
    }
}

#[test]
fn nobody_comes_back_and_it_ends_as_of_the_last_sign_of_life() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    hall.interviews.openai.offers.borrow_mut().push_back(Offered::status(500, "{}"));
    hall.pass(10);
    assert_eq!(code(&talk.again(&offer(1))), "502 provider_error");
    hall.pass(119);
    assert_eq!(money(&hall), (3000, 1000));
    hall.pass(2);
    assert_eq!((talk.ended(), money(&hall).0), (Some(("connection_lost".to_owned(), 900)), 2500));
    assert_eq!(statement(&hall), "Interview, 15 min 0 s: the connection was lost");
}

#[test]
fn an_older_page_ends_nothing_and_learns_that_another_has_taken_over() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    talk.again(&offer(1));
    hall.pass(2);
    spoke(&talk);
    talk.beat();
    let dropped = body(&talk.say("end", &json!({ "dropped": true, "connect": 1 })));
    assert_eq!((&dropped["ended"], &dropped["connect"]), (&json!(null), &json!(2)));
    hall.pass(15);
    talk.say("heartbeat", &json!({ "packets": 99, "connect": 1 }));
    hall.pass(5);
    let told = body(&talk.say("heartbeat", &json!({ "packets": 99, "connect": 1 })));
    assert_eq!(told["state"], "reconnecting", "the older page is no sign of life");
    let dropped = body(&talk.say("end", &json!({ "dropped": true, "connect": 2 })));
    assert_eq!(dropped["ended"]["ending"], "connection_lost");
}

#[test]
fn the_end_of_the_first_call_is_repeated_until_it_is_acknowledged() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    hall.interviews.openai.hanging.borrow_mut().extend([Ok(500), Ok(500)]);
    assert_eq!(talk.again(&offer(1)).status, 200, "it does not wait for that");
    assert_eq!(*hall.interviews.openai.hung_up.borrow(), [""; 0]);
    hall.pass(60);
    assert_eq!(*hall.interviews.openai.hung_up.borrow(), ["rtc_1"]);
}

#[test]
fn a_page_that_has_lost_its_way_is_no_sign_of_life_also_in_writing() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    talk.again(include_str!("../fixtures/offers/chromium-text.sdp"));
    hall.pass(2);
    spoke(&talk);
    talk.beat();
    for _ in 0..4 {
        hall.pass(5);
        talk.say("heartbeat", &json!({ "packets": 0, "away": true }));
    }
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0, "away": true })))["state"], "reconnecting");
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0 })))["state"], "live");
}

#[test]
fn before_the_first_word_a_reload_begins_anew_and_costs_nothing() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    hall.pass(5);
    assert_eq!(talk.again(&offer(1)).status, 200);
    assert!(last_instructions(&hall).contains("Begin by saying so"));
    hall.pass(41);
    assert_eq!((talk.ended(), money(&hall)), (Some(("no_media_path".to_owned(), 0)), (3000, 0)));
}

#[test]
fn a_person_who_has_lost_their_microphone_goes_on_in_writing() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    let typed = include_str!("../fixtures/offers/chromium-text.sdp");
    assert_eq!(talk.again(typed).status, 200);
    let posts = hall.interviews.openai.posts.borrow();
    assert_eq!(settings(posts.last().unwrap())["output_modalities"], json!(["text"]));
    assert!(body(&talk.get(""))["speaks"] == false);
}

#[test]
fn half_a_sentence_is_kept_and_told_to_the_next_interviewer() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    talk.hears(json!({
        "type": "conversation.item.added",
        "item": { "id": "item_5", "type": "message", "role": "assistant", "content": [] },
    }));
    talk.hears(json!({ "type": "response.output_audio_transcript.delta", "item_id": "item_5", "delta": "And why " }));
    talk.again(&offer(1));
    assert!(last_instructions(&hall).contains("Interviewer: And why"));
}

#[test]
fn batches_are_counted_for_each_call() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    let openai = &hall.interviews.openai;
    openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 99]);
    openai.wire().unwrap().close();
    hall.settle();
    let relay = |connect: i64, item: &str, text: &str| {
        let event = json!({
            "type": "conversation.item.input_audio_transcription.completed", "item_id": item, "transcript": text,
        });
        let batch = json!({ "batch": 1, "connect": connect, "events": [event] });
        assert_eq!(talk.say("transcript", &batch).status, 200);
    };
    relay(1, "item_11", "Before.");
    talk.again(&offer(1));
    relay(2, "item_21", "After.");
    relay(2, "item_22", "Doubled.");
    let told = body(&talk.get("/transcript")).to_string();
    assert!(told.contains("Before.") && told.contains("After.") && !told.contains("Doubled."), "{told}");
}
