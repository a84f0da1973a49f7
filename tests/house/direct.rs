//! `REALTIME_MODE=direct`: the browser takes its offer to OpenAI itself, with a secret that is paid when it is made.

use serde_json::{Value as Json, json};
use vocahire::domain::credits::Credits;
use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::command::Command;
use vocahire::port::calls::Head;

use super::hall::Hall;
use super::openai::Offered;
use super::talk::{OFFER, Talk, WISH, money, start, statement};
use super::wallet::adjust;
use super::world::{Call, code, json as body};

const DIRECT: [(&str, &str); 1] = [("REALTIME_MODE", "direct")];

/// Who has bought five, and has their first three beside them.
fn hall() -> Hall {
    let hall = Hall::new(&DIRECT);
    hall.call_as("user_1", Call::get("/api/user"));
    bought(&hall, "user_1", 5000);
    hall
}

fn bought(hall: &Hall, user: &str, milli: i64) {
    let sale = Command::Purchase {
        key: format!("sale:{user}"),
        credits: Credits::milli(milli),
        charge: format!("ch_{user}"),
        paid: 900,
    };
    hall.tell(user, sale).unwrap();
}

fn secret() -> Offered {
    Offered::status(200, r#"{"value":"ek_canary","expires_at":1900000000,"session":{"type":"realtime"}}"#)
}

fn minted(hall: &Hall) -> Talk {
    let talk = Talk::started(hall);
    hall.interviews.openai.offers.borrow_mut().push_back(secret());
    assert_eq!(talk.exchange().status, 200);
    talk
}

fn relay(talk: &Talk, batch: i64, events: &Json) {
    let answer = talk.say("transcript", &json!({ "batch": batch, "events": events, "connect": 1 }));
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn the_exchange_gives_a_secret_of_ten_seconds_with_the_settings_of_the_call() {
    let hall = hall();
    let started = body(&start(&hall, "user_1", WISH));
    assert_eq!((&started["mode"], &started["held"]), (&json!("direct"), &json!("1.00")));
    let talk = Talk::started_with(&hall, &json!({ "jobTitle": "Baker", "replace": started["id"] }).to_string());
    hall.interviews.openai.offers.borrow_mut().push_back(secret());
    let told = body(&talk.exchange());
    assert_eq!(
        (&told["secret"], &told["url"], &told["sdp"], &told["connect"]),
        (&json!("ek_canary"), &json!("https://api.openai.com/v1/realtime/calls"), &Json::Null, &json!(1))
    );
    let posts = hall.interviews.openai.posts.borrow();
    let post = posts.last().unwrap();
    let sent: Json = serde_json::from_slice(&post.body).unwrap();
    assert_eq!(post.url, "https://api.openai.com/v1/realtime/client_secrets");
    assert_eq!(sent["expires_after"], json!({ "anchor": "created_at", "seconds": 10 }));
    assert!(sent["session"]["instructions"].as_str().unwrap().contains("Baker"));
    assert_eq!(sent.pointer("/session/audio/input/transcription/language"), Some(&json!("en")));
    assert!(post.headers.iter().any(|(name, value)| *name == "openai-safety-identifier" && value.len() == 43));
    drop(posts);
    let again = body(&talk.exchange());
    assert_eq!((&again["secret"], hall.interviews.openai.posts.borrow().len()), (&json!("ek_canary"), 1), "the same");
    assert_eq!(hall.interviews.openai.dialled.get(), 0, "there is no sideband");
}

#[test]
fn all_of_it_is_paid_when_the_secret_is_made() {
    let hall = hall();
    let talk = minted(&hall);
    hall.pass(1);
    assert_eq!(money(&hall), (7000, 0));
    assert_eq!(statement(&hall), "Interview, 30 min 0 s: paid at its start");
    talk.go_on(30);
    let ended = talk.end();
    assert_eq!((&ended["ended"]["ending"], &ended["ended"]["charged"]), (&json!("paid_ahead"), &json!("1.00")));
    hall.pass(60);
    assert_eq!(money(&hall), (7000, 0), "nothing twice");
    let told = body(&talk.get(""));
    assert_eq!((&told["charged"], &told["ending"]), (&json!("1.00"), &json!("paid_ahead")));
    let cost: i64 = hall.database.query_row("select cost from sessions", [], |row| row.get(0)).unwrap();
    assert_eq!(cost, 6_000_000, "what nobody sees counts as the most that one may cost");
}

#[test]
fn who_begins_another_at_once_has_had_all_of_the_one_before() {
    let hall = hall();
    let talk = minted(&hall);
    let wish = json!({ "jobTitle": "Baker", "replace": talk.id.as_str() });
    assert_eq!(start(&hall, "user_1", &wish.to_string()).status, 201, "before its Room has told the Wallet");
    let page = body(&hall.call_as("user_1", Call::get("/api/credits/statement?limit=2")));
    assert_eq!(page["lines"][1]["text"], "Interview, 30 min 0 s: paid at its start", "{page}");
}

#[test]
fn what_is_paid_goes_on_though_it_is_settled() {
    let hall = hall();
    let talk = minted(&hall);
    relay(
        &talk,
        1,
        &json!([{ "type": "output_audio_buffer.started" },
        { "type": "input_audio_buffer.speech_started", "item_id": "item_1", "audio_start_ms": 1 }]),
    );
    talk.go_on(1000);
    hall.night();
    assert_eq!(talk.beat()["state"], "live", "the cron looks for interviews that were settled and are not in D1");
    talk.end();
    hall.pass(60);
    assert_eq!((&body(&talk.get(""))["ending"], money(&hall)), (&json!("paid_ahead"), (7000, 0)));
}

#[test]
fn whatever_is_lost_behind_the_secret_it_is_paid_once() {
    type Harm = fn(&Hall, &Talk);
    let harms: [(&str, Harm); 4] = [
        ("the Room forgets all but its disk", |hall, talk| hall.evict(&talk.id)),
        ("the Wallet is away", |hall, _| hall.absent.set(true)),
        ("the Wallet's answers are lost", |hall, _| hall.silent.set(true)),
        ("nobody ever calls", |hall, _| hall.pass(1)),
    ];
    for (what, harm) in harms {
        let hall = hall();
        let talk = minted(&hall);
        harm(&hall, &talk);
        hall.pass(120);
        hall.absent.set(false);
        hall.silent.set(false);
        hall.pass(900);
        assert_eq!(money(&hall), (7000, 0), "{what}");
        let lines = body(&hall.call_as("user_1", Call::get("/api/credits/statement")));
        let paid = lines["lines"].as_array().unwrap().iter().filter(|line| line["kind"] == "interview").count();
        assert_eq!((paid, talk.ended()), (1, Some(("paid_ahead".to_owned(), 0))), "{what}");
    }
}

#[test]
fn where_no_secret_is_made_nothing_is_paid() {
    for (offered, told) in [
        (Offered::status(401, r#"{"error":{"code":"invalid_api_key"}}"#), "502 provider_refused"),
        (Offered::status(500, "oops"), "502 provider_error"),
        (Offered::status(200, "{}"), "502 provider_error"),
        (Offered::status(200, r#"{"value":"ek_old","expires_at":1800000003}"#), "502 provider_error"),
        (Offered::status(200, r#"{"value":"ek_canary"}"#), "502 provider_error"),
        (Offered::status(200, r#"{"value":"ek_\r\nx: y"}"#), "502 provider_error"),
        (
            Offered { head: Ok(Head { status: 200, ..Head::default() }), ..secret().after(16_000) },
            "504 provider_timeout",
        ),
    ] {
        let hall = hall();
        let talk = Talk::started(&hall);
        hall.interviews.openai.offers.borrow_mut().push_back(offered);
        assert_eq!(code(&talk.exchange_with(&talk.token, OFFER)), told);
        hall.pass(120);
        assert_eq!(money(&hall), (8000, 0), "{told}");
        let cost: i64 = hall.database.query_row("select sum(cost) from sessions", [], |row| row.get(0)).unwrap();
        assert_eq!(cost, 0, "and the fuse counts none");
    }
}

#[test]
fn a_wallet_that_takes_its_time_costs_the_secret_none_of_its_life() {
    let hall = hall();
    let talk = Talk::started(&hall);
    hall.interviews.openai.offers.borrow_mut().push_back(secret());
    hall.absent.set(true);
    let bearer = format!("Bearer {}", hall.token("user_1"));
    let answer = hall.send(talk.offering(&talk.token, OFFER).with("authorization", &bearer));
    hall.pass(10);
    assert_eq!(
        (hall.interviews.openai.posts.borrow().len(), answer.borrow().is_none()),
        (0, true),
        "not before its yes"
    );
    hall.absent.set(false);
    hall.pass(1);
    assert_eq!(body(&answer.take().unwrap())["secret"], "ek_canary");
}

#[test]
fn what_was_given_pays_for_nothing() {
    let hall = Hall::new(&DIRECT);
    hall.call_as("user_1", Call::get("/api/user"));
    let answer = start(&hall, "user_1", WISH);
    assert_eq!(code(&answer), "403 insufficient_credits");
    let told = body(&answer);
    assert_eq!((&told["reason"], &told["currentCredits"]), (&json!("granted"), &json!("0.00")));
    bought(&hall, "user_1", 1500);
    hall.tell("user_1", adjust("gift", 2000)).unwrap();
    minted(&hall);
    hall.pass(50);
    assert_eq!(money(&hall), (5500, 0));
    hall.pass(3600);
    let user = body(&hall.call_as("user_1", Call::get("/api/user")));
    let statement = body(&hall.call_as("user_1", Call::get("/api/credits/statement")));
    for told in [user, statement] {
        assert_eq!((&told["available"], &told["payable"]), (&json!("5.50"), &json!("0.50")));
    }
    let told = body(&start(&hall, "user_1", WISH));
    assert_eq!((&told["held"], &told["allowanceSeconds"]), (&json!("0.50"), &json!(900)), "what is left of the bought");
}

#[test]
fn what_was_given_counts_as_spent_first_where_we_were_there() {
    let hall = Hall::new(&DIRECT);
    hall.call_as("user_1", Call::get("/api/user"));
    bought(&hall, "user_1", 1000);
    let id = body(&start(&hall, "user_1", WISH))["id"].as_str().map(SessionId::parse).unwrap().unwrap();
    hall.tell("user_1", Command::Begin { session: id.clone() }).unwrap();
    let outcome = Outcome { ending: Ending::RanItsTime, heard: Millis::of_seconds(1800) };
    hall.tell("user_1", Command::Settle { session: id, outcome }).unwrap();
    let told = body(&start(&hall, "user_1", WISH));
    assert_eq!(told["held"], "1.00", "of the three that were given one is spent, and the one that was bought is there");
}

#[test]
fn what_the_browser_hears_is_the_record() {
    let hall = hall();
    let talk = minted(&hall);
    assert_eq!((&talk.beat()["relay"], &talk.beat()["reconnectsLeft"]), (&json!(true), &json!(0)));
    relay(
        &talk,
        1,
        &json!([
            { "type": "output_audio_buffer.started", "response_id": "resp_1" },
            { "type": "response.output_audio_transcript.done", "item_id": "item_1", "response_id": "resp_1",
              "transcript": "Tell me about your last job." },
            { "type": "input_audio_buffer.speech_started", "item_id": "item_2", "audio_start_ms": 1 },
            { "type": "conversation.item.input_audio_transcription.completed", "item_id": "item_2", "content_index": 0,
              "transcript": "I baked bread for three years." },
        ]),
    );
    talk.go_on(700);
    assert_eq!(talk.beat()["state"], "live", "no ear of ours is waited for");
    assert_eq!(code(&talk.again(&super::again::offer(1))), "409 session_ended", "there is one call");
    talk.end();
    hall.pass(60);
    let lines = body(&talk.get("/transcript"));
    assert_eq!(lines["lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (&lines["lines"][1]["speaker"], &lines["lines"][1]["source"]),
        (&json!("person"), &json!("relay")),
        "{lines}"
    );
}

#[test]
fn what_there_is_to_say_is_said_by_the_page() {
    let hall = hall();
    let talk = minted(&hall);
    relay(
        &talk,
        1,
        &json!([{ "type": "output_audio_buffer.started" },
        { "type": "input_audio_buffer.speech_started", "item_id": "item_1", "audio_start_ms": 1 }]),
    );
    talk.go_on(10);
    let told = body(&talk.say("pause", &json!({ "paused": true })));
    let kinds = |told: &Json| -> Vec<String> {
        let events = told["say"][0]["events"].as_array().cloned().unwrap_or_default();
        events.iter().map(|event| event["type"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds(&told), ["response.cancel", "output_audio_buffer.clear", "session.update"]);
    let id = told["say"][0]["id"].clone();
    assert_eq!(talk.beat()["say"][0]["id"], id, "until the page has said that it did");
    let told = body(&talk.say("heartbeat", &json!({ "packets": 0, "away": true, "said": [id, "put_back", 7] })));
    assert_eq!(told["say"], json!([]));
    assert_eq!(talk.beat()["say"], json!([]), "it was said");
    let told = body(&talk.say("pause", &json!({ "paused": false })));
    assert_eq!(kinds(&told), ["session.update", "response.create"]);
    talk.say("heartbeat", &json!({ "packets": 9, "said": [told["say"][0]["id"]] }));
    talk.go_on(1690);
    assert_eq!(kinds(&talk.beat()), ["conversation.item.create"], "it is told to come to an end");
}

#[test]
fn readiness_and_the_page_say_so() {
    let hall = hall();
    let told = body(&hall.call_as("user_admin", Call::get("/api/diagnostic/readiness")));
    assert_eq!(told["mode"], "direct", "{told}");
    assert_eq!(body(&hall.call(Call::get("/api/config")))["interview"]["mode"], "direct");
    let hall = Hall::new(&[]);
    let told = body(&hall.call_as("user_admin", Call::get("/api/diagnostic/readiness")));
    assert_eq!(told["mode"], "supervised");
}
