//! A talk from the page's side: heartbeats, what it hands on, and how it ends.

use std::rc::Rc;

use serde_json::{Value as Json, json};
use vocahire::interview::past;
use vocahire::interview::visit::{self, Visit};

use super::openai::Call;
use super::pages::{Page, Started};

pub struct Talk<'a> {
    page: &'a Page,
    started: &'a Started,
    call: &'a Rc<Call>,
    /// Nobody ends it: it goes on until it is told that it is over.
    stays: bool,
    batch: i64,
    handed_on: usize,
    relay: bool,
    over: bool,
}

/// However it goes: the person is not heard any more.
impl Drop for Talk<'_> {
    fn drop(&mut self) {
        self.call.left.set(true);
    }
}

impl<'a> Talk<'a> {
    pub fn of(page: &'a Page, started: &'a Started, call: &'a Rc<Call>) -> Self {
        let stays = page.one_in(2);
        Self { page, started, call, stays, batch: 0, handed_on: 0, relay: false, over: false }
    }

    /// False: the page is gone.
    pub async fn go_on(&mut self) -> bool {
        let (page, session) = (self.page, &self.started.session);
        let visit = Visit { session, person: &page.user };
        if self.relay && !page.one_in(3) {
            self.hand_on(false).await;
        }
        match page.sim().chance.below(if self.stays { 70 } else { 80 }) {
            0 => self.hand_on(page.one_in(2)).await,
            1 => {
                let patience =
                    format!("{{\"patience\":\"{}\"}}", page.sim().chance.pick(&["quick", "normal", "patient"]));
                drop(visit::patience(&page.seat, visit, patience.as_bytes()).await);
            }
            2 => drop(past::lines(&page.seat, visit, None, 100).await),
            3 => drop(past::one(&page.seat, visit).await),
            70..74 => {
                page.did("ended");
                drop(visit::end(&page.seat, visit, b"").await);
                return page.one_in(3);
            }
            74..76 => {
                page.did("dropped");
                drop(visit::end(&page.seat, visit, br#"{"dropped":true}"#).await);
                return page.one_in(3);
            }
            76..79 => {
                page.did("left silently");
                if page.one_in(2) {
                    self.hand_on(false).await;
                }
                return false;
            }
            79 => page.delete(session).await,
            _ => self.beat().await,
        }
        !self.over || page.one_in(4)
    }

    async fn beat(&mut self) {
        let page = self.page;
        let packets = if self.call.used.get() { 50 } else { 0 };
        let visit = Visit { session: &self.started.session, person: &page.user };
        let told = visit::heartbeat(&page.seat, visit, json!({ "packets": packets }).to_string().as_bytes()).await;
        let Ok(told) = told.map(|told| serde_json::to_value(&told).unwrap()) else { return };
        let state = told["state"].as_str().unwrap();
        page.sim().tally.count("standing", state);
        assert!(!self.over || state == "ended", "{} goes on after its end", self.started.session.as_str());
        assert!(
            told["remainingMs"].as_i64().unwrap() <= self.started.seconds * 1000,
            "more time than was held: {told}"
        );
        self.relay = told["relay"] == true;
        self.over = state == "ended";
    }

    /// What was heard since the last time; or what never was.
    async fn hand_on(&mut self, lies: bool) {
        let page = self.page;
        let new: Vec<Json> = self.call.said.borrow().iter().skip(self.handed_on).take(20).cloned().collect();
        (self.handed_on, self.batch) = (self.handed_on + new.len(), self.batch + 1);
        let events = if lies {
            page.did("made something up");
            page.sim().room(&self.started.session).room().lied.set(true);
            let item = format!("item_{}", page.sim().number());
            vec![
                json!({ "type": "output_audio_buffer.started" }),
                json!({ "type": "input_audio_buffer.speech_started", "item_id": item }),
            ]
        } else {
            page.did("handed on");
            new
        };
        let body = json!({ "batch": self.batch, "events": events }).to_string();
        let visit = Visit { session: &self.started.session, person: &page.user };
        for _ in 0..3 {
            let done = visit::hand_on(&page.seat, visit, body.as_bytes()).await;
            if done.is_ok() && !page.one_in(5) {
                break;
            }
            page.did("handed on again");
        }
    }
}
