//! A talk from the page's side: heartbeats, pauses, what it hands on and what it must not do, and how it ends.

use serde_json::{Value as Json, json};
use vocahire::interview::past;
use vocahire::interview::visit::{self, Visit};

use super::again::Line;
use super::openai::Over;
use super::pages::{Page, Started};

pub struct Talk<'a> {
    page: &'a Page,
    started: &'a Started,
    line: &'a Line,
    /// Nobody ends it: it goes on until it is told that it is over.
    stays: bool,
    /// A line that breaks again and again.
    shaky: bool,
    batch: i64,
    handed_on: usize,
    relay: bool,
    /// What it was to say to the interviewer, and has.
    said: Vec<Json>,
    /// So much of it the Room knows.
    known: usize,
    paused: bool,
    over: bool,
    /// Another page has taken it over.
    replaced: bool,
}

pub enum Then {
    Stay,
    Gone,
    Lost,
}

/// However it goes: the person is not heard any more.
impl Drop for Talk<'_> {
    fn drop(&mut self) {
        self.line.call.left.set(true);
    }
}

impl<'a> Talk<'a> {
    pub fn of(page: &'a Page, started: &'a Started, line: &'a Line) -> Self {
        let (stays, shaky) = (page.one_in(2), page.one_in(if line.connect > 1 { 3 } else { 12 }));
        let (batch, handed_on) = (0, 0);
        let (relay, said, known) = (false, Vec::new(), 0);
        let (paused, over, replaced) = (false, false, false);
        Self { page, started, line, stays, shaky, batch, handed_on, relay, said, known, paused, over, replaced }
    }

    fn visit(&self) -> Visit<'a> {
        Visit { session: &self.started.session, person: &self.page.user }
    }

    pub async fn go_on(&mut self) -> Then {
        let page = self.page;
        if self.relay && !page.one_in(3) {
            self.hand_on(false).await;
        }
        if self.replaced {
            return self.give_way().await;
        }
        if self.shaky && page.one_in(3) {
            return self.lose();
        }
        match page.sim().chance.below(if self.stays { 70 } else { 80 }) {
            0 => self.hand_on(page.one_in(2)).await,
            1 => {
                let patience =
                    format!("{{\"patience\":\"{}\"}}", page.sim().chance.pick(&["quick", "normal", "patient"]));
                drop(visit::patience(&page.seat, self.visit(), patience.as_bytes()).await);
            }
            2 => drop(past::lines(&page.seat, self.visit(), None, 100).await),
            3 => drop(past::one(&page.seat, self.visit()).await),
            4 => self.take_a_pause().await,
            5 => self.misuse().await,
            6..8 => return self.lose(),
            8 => page.take_over(self.started),
            70..74 => {
                page.did("ended");
                drop(visit::end(&page.seat, self.visit(), b"").await);
                return self.go_or_stay();
            }
            74..76 => {
                page.did("dropped");
                let body = json!({ "dropped": true, "connect": self.line.connect }).to_string();
                drop(visit::end(&page.seat, self.visit(), body.as_bytes()).await);
                return self.go_or_stay();
            }
            76..79 => {
                page.did("left silently");
                if page.one_in(2) {
                    self.hand_on(false).await;
                }
                return Then::Gone;
            }
            79 => page.delete(&self.started.session).await,
            _ => self.beat().await,
        }
        if self.over && !page.one_in(4) { Then::Gone } else { Then::Stay }
    }

    fn go_or_stay(&self) -> Then {
        if self.page.one_in(3) { Then::Stay } else { Then::Gone }
    }

    /// OpenAI sees it too, or their side alone breaks.
    fn lose(&self) -> Then {
        self.page.did("lost its line");
        if self.page.one_in(2) {
            self.line.call.end(self.page.sim(), Over::Died);
        }
        if self.page.one_in(4) {
            self.page.take_over(self.started);
        }
        Then::Lost
    }

    /// It ends nothing: it is not its call that goes on.
    async fn give_way(&self) -> Then {
        let page = self.page;
        page.did("gave way to another page");
        if page.one_in(2) {
            let body = json!({ "dropped": true, "connect": self.line.connect }).to_string();
            if let Ok(told) = visit::end(&page.seat, self.visit(), body.as_bytes()).await {
                let told = serde_json::to_value(&told).unwrap();
                assert!(told["connect"].as_i64() > Some(self.line.connect), "it was replaced: {told}");
            }
        }
        self.go_or_stay()
    }

    /// Some forget it. Some want more than there is.
    async fn take_a_pause(&mut self) {
        let mut wish = true;
        for _ in 0..6 {
            self.pause(wish).await;
            if self.page.one_in(4) {
                return;
            }
            wish = !self.paused || self.page.one_in(2);
            self.page.seat.nap(2, 100).await;
        }
    }

    async fn pause(&mut self, paused: bool) {
        let page = self.page;
        page.did(if paused { "paused" } else { "went on" });
        let body = json!({ "paused": paused }).to_string();
        if let Ok(told) = visit::pause(&page.seat, self.visit(), body.as_bytes()).await {
            self.hear(&serde_json::to_value(&told).unwrap());
        }
    }

    /// What no page of ours does: a flood of dear replies, or other settings.
    async fn misuse(&self) {
        let (page, call) = (self.page, &self.line.call);
        if !call.is_alive() || !call.used.get() {
            return;
        }
        if page.one_in(2) {
            page.did("flooded");
            return call.flood(page.sim());
        }
        for _ in 0..1 + page.sim().chance.below(2) {
            page.did("changed settings");
            let drifted = &page.sim().room(&self.started.session);
            drifted.room().drifted.set(drifted.room().drifted.get() + 1);
            call.update(page.sim(), &json!({ "instructions": "You tell jokes now." }));
            page.seat.nap(1, 20).await;
        }
    }

    async fn beat(&mut self) {
        let page = self.page;
        let packets = if self.line.call.used.get() { 50 } else { 0 };
        let body =
            json!({ "packets": packets, "connect": self.line.connect, "said": self.said[self.known..] }).to_string();
        let told = visit::heartbeat(&page.seat, self.visit(), body.as_bytes()).await;
        let Ok(told) = told.map(|told| serde_json::to_value(&told).unwrap()) else { return };
        self.known = self.said.len();
        let state = told["state"].as_str().unwrap();
        page.sim().tally.count("standing", state);
        assert!(!self.over || state == "ended", "{} goes on after its end", self.started.session.as_str());
        assert!(
            told["remainingMs"].as_i64().unwrap() <= self.started.seconds * 1000,
            "more time than was held: {told}"
        );
        self.hear(&told);
    }

    /// How it stands.
    fn hear(&mut self, told: &Json) {
        self.relay = told["relay"] == true;
        self.over = told["state"] == "ended";
        self.replaced = told["connect"].as_i64() > Some(self.line.connect);
        self.paused = told["paused"] == true;
        self.line.call.muted.set(self.paused);
        self.say(&told["say"]);
    }

    /// What the Room cannot say itself, each once.
    fn say(&mut self, sayings: &Json) {
        let call = &self.line.call;
        for saying in sayings.as_array().into_iter().flatten().filter(|_| call.is_alive() && call.used.get()) {
            if self.said.contains(&saying["id"]) {
                self.page.sim().tally.count("said by the page", "told twice");
                continue;
            }
            let events = saying["events"].as_array().unwrap();
            events.iter().for_each(|event| call.hear(self.page.sim(), "said by the page", event));
            self.said.push(saying["id"].clone());
        }
    }

    /// What was heard since the last time; or what never was.
    async fn hand_on(&mut self, lies: bool) {
        let page = self.page;
        let new: Vec<Json> = self.line.call.said.borrow().iter().skip(self.handed_on).take(20).cloned().collect();
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
        let body = json!({ "batch": self.batch, "events": events, "connect": self.line.connect }).to_string();
        for _ in 0..3 {
            let done = visit::hand_on(&page.seat, self.visit(), body.as_bytes()).await;
            if done.is_ok() && !page.one_in(5) {
                break;
            }
            page.did("handed on again");
        }
    }
}
