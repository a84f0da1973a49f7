//! `POST /api/webrtc-exchange`: who may, what is passed on, and what each answer of OpenAI becomes.

use serde_json::{Value as Json, json};
use vocahire::port::calls::Head;
use vocahire::port::http::HttpFailure;

use super::hall::Hall;
use super::openai::{ANSWER, Offered};
use super::talk::{OFFER, Talk, WISH, money, post, start, statement};
use super::world::{code, header, json as body};

#[test]
fn offer_and_answer_travel_byte_for_byte() {
    let hall = Hall::new(&[]);
    let wish = json!({ "jobTitle": "Baker", "persona": "direct", "language": "de" }).to_string();
    let talk = Talk::started_with(&hall, &wish);
    let (questions, statements) = (hall.questions.get(), hall.statements.get());
    let told = body(&talk.exchange());
    assert_eq!(told["sdp"], ANSWER);
    assert_eq!(told["deadline"], json!(vocahire::domain::millis::Millis::new(hall.now.get() + 1_800_000).iso()));
    assert_eq!((hall.questions.get(), hall.statements.get()), (questions + 1, statements), "begin, and no D1");
    let posts = hall.interviews.openai.posts.borrow();
    let [sent] = posts.as_slice() else { panic!("{posts:?}") };
    assert_eq!(sent.url, "https://api.openai.com/v1/realtime/calls");
    let sent = String::from_utf8(sent.body.clone()).unwrap();
    let (_, rest) = sent.split_once("content-type: application/sdp\r\n\r\n").unwrap();
    assert!(rest.starts_with(&format!("{OFFER}\r\n--")));
    let (_, session) = rest.split_once("application/json\r\n\r\n").unwrap();
    let session: Json = serde_json::from_str(session.split_once("\r\n--").unwrap().0).unwrap();
    assert_eq!(
        (&session["output_modalities"], &session["audio"]["output"]["voice"]),
        (&json!(["audio"]), &json!("cedar"))
    );
    assert_eq!(session["audio"]["input"]["transcription"]["language"], "de");
    let instructions = session["instructions"].as_str().unwrap();
    assert!(instructions.contains("Job title: Baker") && instructions.contains("Jonas"));
}

#[test]
fn without_a_microphone_both_write() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    assert_eq!(talk.exchange_with(&talk.token, include_str!("../fixtures/offers/firefox-text.sdp")).status, 200);
    let sent = String::from_utf8(hall.interviews.openai.posts.borrow()[0].body.clone()).unwrap();
    assert!(sent.contains(r#""output_modalities":["text"]"#));
}

#[test]
fn a_ticket_is_for_one_person_one_session_and_a_minute() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    let theirs = Talk {
        user: "user_2",
        ..Talk::started_with(&hall, &json!({ "jobTitle": "x", "replace": talk.id }).to_string())
    };
    let talk = Talk::started_with(&hall, &json!({ "jobTitle": "x", "replace": theirs.id }).to_string());
    assert_eq!(code(&talk.exchange_with(&theirs.token, OFFER)), "403 bad_ticket", "of another session");
    let stolen = hall.call_as("user_2", talk.offering(&talk.token, OFFER));
    assert_eq!(code(&stolen), "403 bad_ticket", "of another person");
    assert_eq!(code(&hall.call(talk.offering(&talk.token, OFFER))), "401 no_token", "alone it opens nothing");
    for at in (0..talk.token.len()).step_by(5) {
        let mut changed = talk.token.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(code(&talk.exchange_with(&changed, OFFER)), "403 bad_ticket", "byte {at}");
    }
    for forged in ["", ".", "x.y", &format!("{}.", talk.token), &"x".repeat(40_000)] {
        assert_eq!(code(&talk.exchange_with(forged, OFFER)), "403 bad_ticket", "{forged:.20}");
    }
    hall.pass_millis(59_999);
    assert_eq!(talk.exchange().status, 200);
    assert_eq!(code(&talk.exchange_with(&talk.key.borrow(), OFFER)), "403 bad_ticket", "a room key is no ticket");
    hall.pass_millis(1);
    assert_eq!(code(&talk.exchange()), "403 bad_ticket", "a minute has passed");
    assert_eq!(hall.interviews.sessions(), [talk.id.as_str()], "no other room was opened");
    assert_eq!(hall.interviews.openai.posts.borrow().len(), 1);
}

#[test]
fn an_old_secret_still_counts_and_a_stranger_s_does_not() {
    let (old, new) = ("an-old-secret-an-old-secret-an-old-secret", "a-new-secret-a-new-secret-a-new-secret");
    let token = |secrets: &str| {
        let talk = Talk::started(&Hall::new(&[("TICKET_SECRET", secrets)]));
        (talk.id, talk.token)
    };
    let rotated = Hall::new(&[("TICKET_SECRET", &format!("{new},{old}"))]);
    let talk = Talk::started(&rotated);
    for (secrets, said) in [(old, "200 -"), ("somebody-else-somebody-else-somebody-else", "403 bad_ticket")] {
        let (id, token) = token(secrets);
        assert_eq!(id, talk.id, "both start alike");
        assert_eq!(code(&talk.exchange_with(&token, OFFER)), said);
    }
}

#[test]
fn what_is_no_offer_is_refused_with_its_reason_and_costs_nothing() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    for (offer, why) in [
        (String::new(), "the last line has no end"),
        (OFFER.replace("a=setup:actpass", "a=setup:active"), "no setup:actpass"),
        (OFFER.replace("m=audio", "m=video"), "a section of no known form"),
        (format!("{OFFER}a=\u{e9}\r\n"), "a character that has no place in it"),
        (format!("{OFFER}{}", "a=x:y\r\n".repeat(12_000)), "it is too large"),
    ] {
        let answer = talk.exchange_with(&talk.token, &offer);
        assert_eq!(code(&answer), "400 bad_sdp");
        let told = body(&answer)["error"].as_str().unwrap().to_owned();
        assert_eq!(told, format!("This browser's offer cannot be passed on: {why}."));
    }
    let missing = |body: Json| code(&hall.call_as("user_1", post("/api/webrtc-exchange", &body.to_string())));
    assert_eq!(missing(json!({ "sessionId": talk.id, "token": talk.token })), "400 bad_request");
    assert_eq!(missing(json!({ "sessionId": talk.id, "token": 7, "sdp": OFFER })), "400 bad_request");
    assert_eq!(missing(json!({ "sessionId": talk.id, "sdp": OFFER })), "404 not_found", "nothing to take up again");
    assert_eq!(missing(json!({ "sessionId": "x", "token": talk.token, "sdp": OFFER })), "400 bad_request");
    assert_eq!(missing(json!(["x".repeat(140_000)])), "413 too_large");
    assert_eq!(code(&hall.call_as("user_1", post("/api/webrtc-exchange", "{"))), "400 bad_json");
    assert!(talk.is_empty() && hall.interviews.openai.posts.borrow().is_empty());
    assert_eq!(talk.exchange().status, 200, "the ticket was not used up");
}

fn error(status: u16, kind: &str, code: &str) -> Offered {
    let error = json!({ "error": { "message": "canary-message", "type": kind, "code": code } });
    Offered::status(status, &error.to_string())
}

/// What OpenAI does, what the browser is told, after how many milliseconds, and which call is hung up because of it.
fn broken() -> Vec<(&'static str, Offered, &'static str, i64, usize)> {
    let named = |body: &[u8]| Offered { body: Ok(body.to_vec()), ..Offered::call("rtc_lost") };
    let torn = || HttpFailure::Unreachable("torn".to_owned());
    let location = |location: &str| {
        let head = Head { status: 201, location: Some(location.to_owned()), retry_after: None };
        Offered { head: Ok(head), ..Offered::status(201, ANSWER) }
    };
    vec![
        ("a wrong key", error(401, "invalid_request_error", "invalid_api_key"), "502 provider_refused", 0, 0),
        ("a wrong question", error(400, "invalid_request_error", "x"), "502 provider_refused", 0, 0),
        ("too fast", error(429, "rate_limit_error", "rate_limit_exceeded"), "503 provider_busy", 0, 0),
        ("no money", error(429, "insufficient_quota", "insufficient_quota"), "502 provider_refused", 0, 0),
        ("a fault", error(500, "server_error", "x"), "502 provider_error", 0, 0),
        ("overloaded", error(503, "service_unavailable_error", "server_is_overloaded"), "503 provider_busy", 0, 0),
        ("no answer in JSON", Offered::status(500, "<html>"), "502 provider_error", 0, 0),
        ("another yes", Offered::status(200, ANSWER), "502 provider_error", 0, 0),
        ("nobody there", Offered::failure(torn()), "502 provider_error", 0, 0),
        ("a time-out on the way", Offered::failure(HttpFailure::TimedOut), "504 provider_timeout", 0, 0),
        ("no answer at all", Offered::failure(torn()).after(100_000), "504 provider_timeout", 15_000, 0),
        ("a late 201", Offered::call("rtc_lost").after(15_001), "504 provider_timeout", 15_000, 1),
        ("a body that is late", Offered { body_after: 19_000, ..named(b"") }, "504 provider_timeout", 15_000, 1),
        ("a body that never ends", Offered { body_after: 90_000, ..named(b"") }, "504 provider_timeout", 15_000, 1),
        ("a body that is torn", Offered { body: Err(torn()), ..named(b"") }, "502 provider_error", 0, 1),
        ("a call without a name", Offered::status(201, ANSWER), "502 provider_error", 0, 0),
        ("a call with a name that is none", location("/v1/realtime/calls/../secrets"), "502 provider_error", 0, 0),
        ("no SDP", named(b""), "502 provider_error", 0, 1),
        ("garbage", named(&[0xff, 0xfe, 0, 1]), "502 provider_error", 0, 1),
        ("an SDP without sound", named(b"v=0\r\ns=-\r\n"), "502 provider_error", 0, 1),
        ("too much", named(&vec![b'v'; 64 * 1024 + 1]), "502 provider_error", 0, 1),
    ]
}

#[test]
fn whatever_openai_does_nothing_is_charged_and_no_call_is_left() {
    for (name, offered, said, after, hung_up) in broken() {
        let hall = Hall::new(&[]);
        hall.interviews.openai.offers.borrow_mut().push_back(offered);
        let talk = Talk::started(&hall);
        let from = hall.now.get();
        let answer = talk.exchange();
        assert_eq!((code(&answer).as_str(), hall.now.get() - from), (said, after), "{name}");
        assert_eq!(code(&talk.exchange()), said, "{name}: the same offer is told the same");
        assert_eq!(hall.interviews.openai.posts.borrow().len(), 1, "{name}");
        hall.pass(40);
        assert_eq!(hall.interviews.openai.hung_up.borrow().len(), hung_up, "{name}");
        assert_eq!(money(&hall), (3000, 0), "{name}");
        assert_eq!(statement(&hall), "Interview not charged: the interviewer's service failed", "{name}");
        assert_eq!(talk.ended(), Some(("provider_fault".to_owned(), 0)), "{name}");
        assert_eq!(start(&hall, "user_1", WISH).status, 201, "{name}: nothing stands in the way of another one");
        hall.pass(700);
        assert!(talk.is_empty(), "{name}");
        let lines = hall.lines.borrow().join("\n");
        assert_eq!(lines.contains(r#""level":"alert""#), said == "502 provider_refused", "{name}: {lines}");
        assert!(!lines.contains("canary"), "{name}: {lines}");
    }
}

#[test]
fn a_busy_openai_says_how_long_to_wait() {
    let hall = Hall::new(&[]);
    for (told, wait) in [(Some("7"), "7"), (None, "2"), (Some("9999"), "60"), (Some("soon"), "2")] {
        let head = Head { status: 429, location: None, retry_after: told.map(str::to_owned) };
        hall.interviews.openai.offers.borrow_mut().push_back(Offered { head: Ok(head), ..Offered::status(429, "") });
        let answer = Talk::started(&hall).exchange();
        assert_eq!((code(&answer).as_str(), header(&answer, "retry-after")), ("503 provider_busy", Some(wait)));
        hall.pass(60);
    }
}

#[test]
fn ten_faults_of_others_do_not_use_up_the_starts_of_an_hour() {
    let hall = Hall::new(&[]);
    for _ in 0..12 {
        hall.interviews.openai.offers.borrow_mut().push_back(error(500, "server_error", "x"));
        assert_eq!(code(&Talk::started(&hall).exchange()), "502 provider_error");
        hall.pass(1);
    }
    assert_eq!(money(&hall), (3000, 0));
}
