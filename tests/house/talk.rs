//! A person with their browser, in an interview.

use std::cell::RefCell;

use serde_json::{Value as Json, json};
use vocahire::edge::Answer;
use vocahire::money::command::{Command, Reply, Standing};

use super::hall::Hall;
use super::rooms::RoomObject;
use super::world::{Call, json as body};

pub const OFFER: &str = include_str!("../fixtures/offers/chromium.sdp");
pub const WISH: &str = r#"{"jobTitle":"Baker"}"#;

pub struct Talk {
    pub hall: Hall,
    pub user: &'static str,
    pub id: String,
    /// The ticket, and the key of the room when there is one.
    pub token: String,
    pub key: RefCell<String>,
}

pub fn post(path: &str, body: &str) -> Call {
    Call::of("POST", path).with("content-type", "application/json").body(Ok(body.as_bytes()))
}

pub fn start(hall: &Hall, user: &str, wish: &str) -> Answer {
    hall.call_as(user, post("/api/realtime-session", wish))
}

/// The settled credits and those held of `user_1`, in milli.
pub fn money(hall: &Hall) -> (i64, i64) {
    let Ok(Reply::Standing(Standing { settled, held, .. })) = hall.tell("user_1", Command::Look) else { panic!() };
    (settled.count(), held.count())
}

/// The newest line of the statement.
pub fn statement(hall: &Hall) -> String {
    let page = body(&hall.call_as("user_1", Call::get("/api/credits/statement?limit=1")));
    page["lines"][0]["text"].as_str().expect("a line").to_owned()
}

impl Talk {
    /// With a ticket.
    pub fn started(hall: &Hall) -> Self {
        Self::started_with(hall, WISH)
    }

    pub fn started_with(hall: &Hall, wish: &str) -> Self {
        Self::started_as(hall, "user_1", wish)
    }

    pub fn started_as(hall: &Hall, user: &'static str, wish: &str) -> Self {
        let answer = start(hall, user, wish);
        assert_eq!(answer.status, 201, "{answer:?}");
        let told = body(&answer);
        let text = |name: &str| told[name].as_str().expect("a text").to_owned();
        Self { hall: hall.clone(), user, id: text("id"), token: text("token"), key: RefCell::default() }
    }

    /// With a room key and a socket beside the call.
    pub fn open(hall: &Hall) -> Self {
        let talk = Self::started(hall);
        let answer = talk.exchange();
        assert_eq!(answer.status, 200, "{answer:?}");
        talk
    }

    /// The interviewer has begun to speak.
    pub fn spoken(hall: &Hall) -> Self {
        let talk = Self::open(hall);
        hall.pass(1);
        talk.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } }));
        talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_1" }));
        talk
    }

    /// Both have spoken, and the page has been there for so many seconds since the first word.
    pub fn talking(hall: &Hall, seconds: i64) -> Self {
        let talk = Self::spoken(hall);
        talk.hears(json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_0" }));
        talk.go_on(seconds);
        talk
    }

    pub fn exchange(&self) -> Answer {
        let answer = self.exchange_with(&self.token, OFFER);
        if answer.status == 200 {
            self.key.replace(body(&answer)["roomKey"].as_str().expect("a key").to_owned());
        }
        answer
    }

    pub fn exchange_with(&self, token: &str, offer: &str) -> Answer {
        self.hall.call_as(self.user, self.offering(token, offer))
    }

    pub fn offering(&self, token: &str, offer: &str) -> Call {
        post("/api/webrtc-exchange", &json!({ "sessionId": self.id, "token": token, "sdp": offer }).to_string())
    }

    /// The line is taken up again, by the key of the room.
    pub fn again(&self, offer: &str) -> Answer {
        self.again_by(&self.key.borrow(), offer)
    }

    pub fn again_by(&self, bearer: &str, offer: &str) -> Answer {
        self.hall.call(self.offering_again(offer).with("authorization", &format!("Bearer {bearer}")))
    }

    pub fn offering_again(&self, offer: &str) -> Call {
        post("/api/webrtc-exchange", &json!({ "sessionId": self.id, "sdp": offer }).to_string())
    }

    /// Said at the sideband.
    pub fn hears(&self, event: Json) {
        let wire = self.hall.interviews.openai.wire().expect("somebody listens");
        wire.coming.borrow_mut().push_back(event.to_string());
        self.hall.settle();
    }

    /// What the Room has said at the sideband, newest socket last.
    pub fn said(&self) -> Vec<String> {
        self.hall.interviews.openai.wires.borrow().iter().flat_map(|wire| wire.said.borrow().clone()).collect()
    }

    pub fn say(&self, verb: &str, body: &Json) -> Answer {
        self.say_with(&self.key.borrow(), verb, body)
    }

    pub fn say_with(&self, bearer: &str, verb: &str, body: &Json) -> Answer {
        let call = post(&format!("/api/sessions/{}/{verb}", self.id), &body.to_string());
        self.hall.call(call.with("authorization", &format!("Bearer {bearer}")))
    }

    pub fn beat(&self) -> Json {
        let answer = self.say("heartbeat", &json!({ "packets": 99 }));
        assert_eq!(answer.status, 200, "{answer:?}");
        body(&answer)
    }

    /// The page is there all the while.
    pub fn go_on(&self, seconds: i64) {
        for _ in 0..seconds / 5 {
            self.hall.pass(5);
            self.beat();
        }
        self.hall.pass(seconds % 5);
    }

    pub fn end(&self) -> Json {
        body(&self.say("end", &json!({})))
    }

    pub fn get(&self, rest: &str) -> Answer {
        self.hall.call_as(self.user, Call::get(&format!("/api/sessions/{}{rest}", self.id)))
    }

    pub fn delete(&self) -> Answer {
        self.hall.call_as(self.user, Call::of("DELETE", &format!("/api/sessions/{}", self.id)))
    }

    pub fn room(&self) -> std::rc::Rc<RoomObject> {
        self.hall.interviews.room(&self.id)
    }

    /// Whether anything at all is kept in the Room.
    pub fn is_empty(&self) -> bool {
        self.room().disk.database.query_row("select count(*) from sqlite_schema", [], |row| row.get(0)) == Ok(0)
    }

    /// The ending and the seconds that were heard, as the page is told.
    pub fn ended(&self) -> Option<(String, i64)> {
        let told = body(&self.get(""));
        Some((told["ending"].as_str()?.to_owned(), told["heardSeconds"].as_i64()?))
    }
}
