//! Pages that lose their line and take the interview up again: at once or late, once or too often, with an answer that
//! is lost, or from a second page while the first goes on.

use std::rc::Rc;

use serde_json::json;
use vocahire::domain::failure::{Failure, Refusal};
use vocahire::domain::id::SessionId;
use vocahire::interview::exchange::{self, Caller};

use super::openai::Call;
use super::pages::{Page, Started, offer};
use super::talk::{Talk, Then};

/// A call that a page has the answer of.
pub struct Line {
    pub call: Rc<Call>,
    pub connect: i64,
}

impl Page {
    pub fn line(&self, started: &Started, answer: &str, connect: i64) -> Line {
        let call = self.sim().openai.of_session(&started.session).into_iter().find(|call| call.answer == answer);
        Line { call: call.expect("an answer of OpenAI"), connect }
    }

    /// In as many calls as it takes. Some load the page anew before anything is heard.
    pub async fn talk_on(&self, started: &Started, line: Line) {
        let mut line = Some(line);
        while let Some(now) = line {
            let lost = if self.one_in(16) {
                self.did("loaded anew at once");
                true
            } else {
                self.talk(started, &now).await
            };
            line = if lost { self.take_up(started).await } else { None };
        }
    }

    /// Whether the line was lost, and the page wants another.
    async fn talk(&self, started: &Started, line: &Line) -> bool {
        if self.one_in(10) {
            self.did("no media path");
        } else {
            line.call.connect(self.sim());
        }
        let mut talk = Talk::of(self, started, line);
        for _ in 0..200 {
            match self.sim().chance.below(12) {
                0 => self.seat.nap(40, 130).await,
                _ => self.seat.nap(4, 50).await,
            }
            match talk.go_on().await {
                Then::Stay => {}
                Then::Gone => return false,
                Then::Lost => return true,
            }
        }
        false
    }

    /// With one new offer after the other, until one is answered or nobody wants any.
    async fn take_up(&self, started: &Started) -> Option<Line> {
        match self.sim().chance.below(8) {
            0..3 => {}
            3..5 => self.seat.nap(0, 3).await,
            5..7 => self.seat.nap(3, 60).await,
            _ => {
                self.did("came back late");
                self.seat.nap(60, 200).await;
            }
        }
        let mut offer = offer(self.sim());
        for _ in 0..8 {
            match self.offer_anew(&started.session, &offer).await {
                Ok(_) if self.one_in(8) => self.did("a new answer is lost"),
                Ok((answer, connect)) => return Some(self.line(started, &answer, connect)),
                Err(Failure::Refused(Refusal::SessionEnded | Refusal::NotFound)) => return None,
                Err(_) => self.seat.nap(1, 5).await,
            }
            if self.one_in(2) {
                offer = super::pages::offer(self.sim());
            }
        }
        None
    }

    /// By the key of the room, or after a reload by one's own token.
    pub async fn offer_anew(&self, session: &SessionId, sdp: &str) -> Result<(String, i64), Failure> {
        let caller = Caller { person: &self.user, room: self.one_in(2).then_some(session) };
        let body = json!({ "sessionId": session.as_str(), "sdp": sdp }).to_string();
        let told = exchange::exchange(&self.seat, &caller, body.as_bytes()).await;
        self.sim().say(|| format!("{} is answered again: {told:?}", session.as_str()));
        let told = serde_json::to_value(&told?).unwrap();
        Ok((told["sdp"].as_str().unwrap().to_owned(), told["connect"].as_i64().unwrap()))
    }

    /// The same person, on another page. This one learns it later.
    pub fn take_over(&self, started: &Started) {
        self.did("two pages");
        let (page, started) = (Self::of(self.sim(), self.person), started.clone());
        self.sim().executor.spawn(page.seat.errand.place.clone(), async move {
            if let Some(line) = page.take_up(&started).await {
                page.talk_on(&started, line).await;
            }
        });
    }
}
