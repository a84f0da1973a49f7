//! What must not stand in any line of the log: keys, tickets, offers, addresses, what was asked for and what was said.

use serde_json::json;
use vocahire::port::http::HttpFailure;

use super::hall::Hall;
use super::openai::{ANSWER, Offered};
use super::said::{talk_a_while, whole};
use super::talk::{OFFER, Talk};
use super::world::{Failing, json as body};

#[test]
fn no_line_of_the_log_tells_what_was_said_or_how_to_get_in() {
    let hall = Hall::new(&[]);
    let wish = json!({ "jobTitle": "canary-title", "company": "canary-company", "jobDescription": "canary-job" });
    let error = json!({ "error": { "message": "canary-message", "code": "canary code", "type": "canary\ntype" } });
    let failing = [
        Offered::status(400, &error.to_string()),
        Offered::status(500, "canary-body"),
        Offered { body: Ok(b"canary-answer".to_vec()), ..Offered::call("rtc_canary") },
        Offered::call("rtc_canary").after(16_000),
    ];
    for offered in failing {
        hall.interviews.openai.offers.borrow_mut().push_back(offered);
        Talk::started_with(&hall, &wish.to_string()).exchange();
        hall.pass(60);
    }
    let talk = Talk::started_with(&hall, &wish.to_string());
    talk.exchange_with(&talk.token, &OFFER.replace("a=setup:actpass", "a=setup:canary"));
    talk.exchange_with(&format!("{}x", talk.token), OFFER);
    talk.exchange();
    hall.pass(1);
    talk.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } }));
    talk.hears(json!({ "type": "output_audio_buffer.started" }));
    talk_a_while(&talk);
    talk.hears(json!({ "type": "error", "error": { "code": "canary error", "message": "canary-message" } }));
    talk.say("transcript", &json!({ "batch": 1, "events": [{ "type": "canary-kind" }, { "canary-odd": 1 }] }));
    talk.say("transcript", &json!({ "batch": 2, "events": [whole("item_x", "canary-said")] }));
    for failing in [Failing::Before(1), Failing::After(1)] {
        hall.failing.set(failing);
        hall.interviews.openai.hanging.borrow_mut().push_back(Err(HttpFailure::Unreachable("torn".to_owned())));
        talk.end();
        hall.pass(30);
        hall.failing.set(Failing::No);
        talk.get("/transcript");
    }
    hall.pass(900);
    assert_eq!(body(&talk.get("/transcript?limit=1"))["lines"][0]["text"], "Good morning.");
    talk.delete();
    let lines = hall.lines.borrow().join("\n");
    let lines_of = |text: &'static str| text.lines().filter(|line| line.len() > 20).map(str::to_owned);
    let secrets = [talk.token.clone(), talk.key.borrow().clone(), hall.token("user_1"), "@example.test".to_owned()];
    let said = ["canary", "Good morning", "I bake", "eyJ", "practice job interview", "rtc_"].map(str::to_owned);
    for secret in secrets.into_iter().chain(said).chain(lines_of(OFFER)).chain(lines_of(ANSWER)) {
        assert!(!lines.contains(&secret), "{secret}");
    }
    for told in ["offer", "room hang_up", "room archive", "/api/webrtc-exchange", &talk.id] {
        assert!(lines.contains(told), "{told} is told of");
    }
}
