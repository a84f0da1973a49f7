//! `POST /api/realtime-session`: what it takes, what it costs, and what it does not do.

use serde_json::json;
use vocahire::domain::millis::Millis;
use vocahire::money::command::Command;

use super::hall::Hall;
use super::talk::{Talk, WISH, money, post, start, statement};
use super::wallet::adjust;
use super::world::{Call, code, header, json as body};

fn keyed(hall: &Hall, key: &str, wish: &str) -> vocahire::edge::Answer {
    hall.call_as("user_1", post("/api/realtime-session", wish).with("idempotency-key", key))
}

#[test]
fn a_start_is_one_question_to_the_wallet_and_nothing_else() {
    let hall = Hall::new(&[]);
    hall.call_as("user_1", Call::get("/api/user"));
    let counted = || (hall.questions.get(), hall.statements.get(), hall.asked.borrow().len());
    let (questions, statements, asked) = counted();
    let answer = start(&hall, "user_1", WISH);
    assert_eq!(counted(), (questions + 1, statements, asked));
    assert!(hall.interviews.sessions().is_empty() && hall.interviews.openai.posts.borrow().is_empty());
    let told = body(&answer);
    assert_eq!(answer.status, 201);
    assert!(told["id"].as_str().unwrap().len() == 36 && told["id"].as_str().unwrap().starts_with("ses_"));
    assert_eq!(
        (&told["mode"], &told["model"], &told["allowanceSeconds"], &told["held"]),
        (&json!("supervised"), &json!("gpt-realtime-2.1"), &json!(1800), &json!("1.00"))
    );
    assert_eq!(told["iceServers"], json!([{ "urls": ["stun:stun.cloudflare.com:3478"] }]));
    assert_eq!(told["expiresAt"], json!(Millis::new(hall.now.get() + 60_000).iso()));
    assert_eq!(money(&hall), (3000, 1000));
}

#[test]
fn half_the_time_costs_half_and_a_small_balance_buys_its_share() {
    let hall = Hall::new(&[]);
    let told = body(&start(&hall, "user_1", r#"{"jobTitle":"Baker","minutes":15}"#));
    assert_eq!((&told["allowanceSeconds"], &told["held"]), (&json!(900), &json!("0.50")));
    hall.tell("user_2", adjust("less", -2250)).unwrap();
    let told = body(&start(&hall, "user_2", WISH));
    assert_eq!((&told["allowanceSeconds"], &told["held"]), (&json!(1350), &json!("0.75")));
}

#[test]
fn a_plan_covers_it_and_nothing_is_charged() {
    let hall = Hall::new(&[]);
    let until = Millis::new(hall.now.get() + 86_400_000);
    hall.tell("user_1", Command::Entitle { key: "plan".to_owned(), until, as_of: Millis::new(1) }).unwrap();
    let talk = Talk::started(&hall);
    assert_eq!((money(&hall), statement(&hall).as_str()), ((3000, 0), "Interview started, covered by your plan"));
    talk.exchange();
    hall.pass(1);
    talk.hears(json!({ "type": "output_audio_buffer.started" }));
    talk.hears(json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_0" }));
    talk.go_on(900);
    talk.end();
    hall.pass(1);
    let told = body(&talk.get(""));
    let rule = "Interview, 15 min 0 s: ended by you, nothing charged";
    assert_eq!((&told["charged"], told["rule"].as_str()), (&json!("0.00"), Some(rule)));
    assert_eq!(money(&hall), (3000, 0));
}

#[test]
fn only_the_signed_in_start_and_only_by_json() {
    let hall = Hall::new(&[]);
    assert_eq!(code(&hall.call(post("/api/realtime-session", WISH))), "401 no_token");
    let forged = post("/api/realtime-session", WISH).with("authorization", "Bearer a.b.c");
    assert_eq!(code(&hall.call(forged)), "401 bad_token");
    let text = Call::of("POST", "/api/realtime-session").with("content-type", "text/plain").body(Ok(WISH.as_bytes()));
    assert_eq!(code(&hall.call_as("user_1", text)), "415 unsupported_media_type");
    let large = format!(r#"{{"jobTitle":"Baker","jobDescription":"{}"}}"#, "x".repeat(70_000));
    assert_eq!(code(&start(&hall, "user_1", &large)), "413 too_large");
    assert_eq!(money(&hall), (3000, 0));
    assert_eq!(start(&hall, "user_1", WISH).status, 201, "the old address does the same");
    let old = hall.call_as("user_1", post("/api/realtime/sessions", WISH));
    assert_eq!(code(&old), "409 session_in_progress");
}

#[test]
fn what_is_no_wish_is_refused_and_holds_nothing() {
    let hall = Hall::new(&[]);
    let (long, longer) = ("x".repeat(121), "x".repeat(4001));
    for (wish, said) in [
        ("{".to_owned(), "400 bad_json"),
        ("[]".to_owned(), "400 bad_request"),
        ("{}".to_owned(), "400 bad_request"),
        (json!({ "jobTitle": " \u{7} " }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": 5 }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": long }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "company": long }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "jobDescription": longer }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "level": "boss" }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "focus": "x" }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "minutes": 20 }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "minutes": "30" }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "persona": "rude" }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "language": "tlh" }).to_string(), "400 bad_request"),
        (json!({ "jobTitle": "Baker", "replace": "7" }).to_string(), "400 bad_request"),
    ] {
        assert_eq!(code(&start(&hall, "user_1", &wish)), said, "{wish:.60}");
    }
    for key in ["short", "with space", &"x".repeat(65)] {
        assert_eq!(code(&keyed(&hall, key, WISH)), "400 bad_request", "{key}");
    }
    assert_eq!(money(&hall), (3000, 0));
    let all = json!({
        "jobTitle": "x".repeat(120), "company": "x".repeat(120), "jobDescription": "x".repeat(4000), "level": "lead",
        "focus": "case", "minutes": 15, "persona": "formal", "language": "fr", "tomorrow": true
    });
    assert_eq!(start(&hall, "user_1", &all.to_string()).status, 201, "and what nobody knows is passed over");
}

#[test]
fn without_credits_the_answer_says_how_many_are_needed() {
    let hall = Hall::new(&[]);
    hall.tell("user_1", adjust("spent", -2510)).unwrap();
    let answer = start(&hall, "user_1", WISH);
    assert_eq!(code(&answer), "403 insufficient_credits");
    let told = body(&answer);
    assert_eq!((&told["currentCredits"], &told["minimumRequired"]), (&json!("0.49"), &json!("0.50")));
}

#[test]
fn a_second_start_is_told_of_the_first() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    let told = |answer| {
        assert_eq!(code(&answer), "409 session_in_progress");
        let told = body(&answer);
        (told["sessionId"].as_str().unwrap().to_owned(), told["state"].clone(), told["resumable"].clone())
    };
    assert_eq!(told(start(&hall, "user_1", WISH)), (talk.id.clone(), json!("held"), json!(false)));
    talk.exchange();
    assert_eq!(told(start(&hall, "user_1", WISH)), (talk.id.clone(), json!("begun"), json!(true)));
    let another = json!({ "jobTitle": "Baker", "replace": "ses_another" }).to_string();
    assert_eq!(told(start(&hall, "user_1", &another)).0, talk.id, "another one is not replaced");
    assert_eq!(start(&hall, "user_2", WISH).status, 201, "somebody else's is no matter");
    let theirs = json!({ "jobTitle": "Baker", "replace": talk.id }).to_string();
    assert_eq!(code(&start(&hall, "user_2", &theirs)), "409 session_in_progress");
    assert_eq!(talk.beat()["state"], "live", "nobody replaces a stranger's");
}

#[test]
fn one_that_never_began_is_replaced() {
    let hall = Hall::new(&[]);
    let first = Talk::started(&hall);
    let wish = json!({ "jobTitle": "Baker", "replace": first.id }).to_string();
    let second = Talk::started_with(&hall, &wish);
    assert_eq!((money(&hall), second.id == first.id), ((3000, 1000), false));
    assert_eq!(code(&first.exchange()), "409 session_ended");
    hall.pass(1);
    assert_eq!(hall.interviews.openai.hung_up.borrow().as_slice(), ["rtc_1"], "what OpenAI was asked for is hung up");
    assert_eq!(second.exchange().status, 200);
}

#[test]
fn one_that_goes_on_is_ended_by_its_room_and_paid_for() {
    let hall = Hall::new(&[]);
    let first = Talk::talking(&hall, 900);
    let wish = json!({ "jobTitle": "Baker", "replace": first.id }).to_string();
    let second = Talk::started_with(&hall, &wish);
    assert_eq!(money(&hall), (2500, 1000));
    assert_eq!(first.beat()["state"], "ended");
    assert_eq!(first.ended(), Some(("ended_by_user".to_owned(), 900)));
    hall.pass(1);
    assert_eq!(hall.interviews.openai.hung_up.borrow().as_slice(), ["rtc_1"]);
    assert_eq!(second.exchange().status, 200);
    assert_eq!(money(&hall), (2500, 1000), "settled once");
}

#[test]
fn ten_starts_an_hour_then_wait() {
    let hall = Hall::new(&[]);
    let mut last = Talk::started(&hall);
    for _ in 1..10 {
        hall.pass(10);
        last = Talk::started_with(&hall, &json!({ "jobTitle": "Baker", "replace": last.id }).to_string());
    }
    let wish = json!({ "jobTitle": "Baker", "replace": last.id }).to_string();
    let answer = start(&hall, "user_1", &wish);
    assert_eq!((code(&answer).as_str(), header(&answer, "retry-after")), ("429 rate_limited", Some("3510")));
    assert_eq!(body(&answer)["retryAfterMs"], 3_510_000);
    hall.pass(3510);
    assert_eq!(start(&hall, "user_1", &wish).status, 201);
}

#[test]
fn the_same_key_is_the_same_session_with_a_fresh_ticket() {
    let hall = Hall::new(&[]);
    let (key, minutes) = ("key-00000001", r#"{"jobTitle":"Baker","minutes":15}"#);
    let first = body(&keyed(&hall, key, WISH));
    hall.pass(50);
    let answer = keyed(&hall, key, r#"{ "jobTitle" : " Baker ", "minutes": 30 }"#);
    assert_eq!(answer.status, 201, "the same wish in other words: {answer:?}");
    let again = body(&answer);
    assert_eq!((&again["id"], &again["held"]), (&first["id"], &first["held"]));
    assert!(again["token"] != first["token"] && again["expiresAt"] != first["expiresAt"]);
    assert_eq!(money(&hall), (3000, 1000));
    assert_eq!(code(&keyed(&hall, key, minutes)), "409 idempotency_mismatch");
    hall.pass(99);
    assert_eq!(keyed(&hall, key, WISH).status, 201, "for as long as it is held");
    hall.pass(1);
    assert_eq!(code(&keyed(&hall, key, WISH)), "409 session_ended");
    assert_eq!(
        (money(&hall), statement(&hall).as_str()),
        ((3000, 0), "Interview not charged: it did not begin in time")
    );
    assert_eq!(keyed(&hall, "key-00000002", minutes).status, 201);
}

#[test]
fn a_lost_answer_of_the_wallet_is_a_503_and_the_same_key_finds_the_hold() {
    let hall = Hall::new(&[]);
    hall.silent.set(true);
    let answer = keyed(&hall, "key-00000001", WISH);
    assert_eq!((code(&answer).as_str(), header(&answer, "retry-after")), ("503 wallet_unavailable", Some("2")));
    hall.silent.set(false);
    assert_eq!(money(&hall), (3000, 1000));
    assert_eq!(keyed(&hall, "key-00000001", WISH).status, 201);
    assert_eq!(money(&hall), (3000, 1000));
}

#[test]
fn what_is_not_set_up_is_told_before_anything_is_held() {
    for (setting, value) in [("OPENAI_API_KEY", ""), ("OPENAI_API_KEY", "no-key"), ("TICKET_SECRET", "too-short")] {
        let hall = Hall::new(&[(setting, value)]);
        assert_eq!(code(&start(&hall, "user_1", WISH)), "503 not_configured", "{setting}");
        assert_eq!(money(&hall), (3000, 0));
    }
}
