//! OpenAI's doors, at which a Room knocks: for a call, for its sideband, and for its end.

use std::rc::Rc;

use serde_json::{Value as Json, json};
use vocahire::interview::room::command::Letter;
use vocahire::port::calls::{Body, Calls, Head, Post, Undialled};
use vocahire::port::http::{HttpFailure, Reply as HttpReply};

use super::direct;
use super::openai::{Call, KEY, Over};
use super::ports::Seat;
use super::sideband::Ear;
use super::sim::{Errand, Sim};

/// The settings that came with an offer, or with what is asked for in its place.
fn settings(body: &[u8]) -> Json {
    let text = std::str::from_utf8(body).unwrap();
    if text.starts_with('{') {
        return direct::settings(text);
    }
    let part = text.split("application/json\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
    serde_json::from_str(part).unwrap()
}

/// An answer whose body has not come yet.
pub struct Unread {
    pub body: Result<Vec<u8>, HttpFailure>,
    sim: Rc<Sim>,
    errand: Rc<Errand>,
    pub slow: bool,
}

impl Body for Unread {
    async fn read(self, _max: usize) -> Result<Vec<u8>, HttpFailure> {
        self.errand.place.point.set("before the answer's body");
        self.sim.executor.step_aside().await;
        if self.slow {
            self.sim.executor.sleep(&self.sim.now, self.sim.now.get() + self.sim.chance.between(5, 30) * 1000).await;
        }
        self.body
    }
}

pub fn authorized(headers: &[(&'static str, String)]) {
    let shown = headers.iter().any(|(name, value)| *name == "authorization" && *value == format!("Bearer {KEY}"));
    assert!(shown, "OpenAI is asked without a key");
}

impl Calls for Seat {
    type Body = Unread;
    type Line = Ear;

    /// 1. Some offers never arrive, some are refused.
    /// 2. Some take their time.
    /// 3. A call is made of it. Nobody may ever learn its name.
    async fn post(&self, post: Post) -> Result<(Head, Unread), HttpFailure> {
        let (sdp, speaks) = match self.errand.letter() {
            Some(Letter::Open(open)) => (&open.sdp, open.speaks),
            Some(Letter::Again(again)) => (&again.sdp, again.speaks),
            _ => panic!("an offer out of nothing"),
        };
        authorized(&post.headers);
        let body = std::str::from_utf8(&post.body).unwrap();
        assert!(self.sim.config.voice.direct || body.contains(sdp), "the offer travels byte for byte");
        let unread = |body| Unread { body, sim: self.sim.clone(), errand: self.errand.clone(), slow: false };
        let unreachable = || HttpFailure::Unreachable("nobody there".to_owned());
        // 1
        self.point("before the offer").await;
        if self.mishap(30, "the offer before") {
            return Err(unreachable());
        }
        if self.mishap(12, "the offer is refused") {
            let (status, code) = *self.sim.chance.pick(&[
                (429, "rate_limit_exceeded"),
                (429, "insufficient_quota"),
                (500, "x"),
                (401, "x"),
            ]);
            self.sim.tally.count("openai", &format!("{status} {code}"));
            let body = json!({ "error": { "message": "no", "type": "x", "code": code } }).to_string().into_bytes();
            return Ok((Head { status, ..Head::default() }, unread(Ok(body))));
        }
        // 2
        if self.mishap(6, "the offer is slow") {
            self.nap(3, 40).await;
        }
        if self.mishap(60, "the offer hangs") {
            self.hang("the offer hangs").await;
        }
        // 3
        let session = &self.object.as_ref().unwrap().room().session;
        let call = Call::new(&self.sim, session, self.errand.connect.get(), speaks, settings(&post.body));
        self.sim.say(|| format!("OpenAI makes {} of {}, call {}", call.name, session.as_str(), call.connect));
        self.sim.openai.calls.borrow_mut().push(call.clone());
        self.point("after the offer").await;
        if self.mishap(40, "the offer after") {
            return Err(unreachable());
        }
        if call.until.is_some() {
            return Ok(direct::mint(self, &call, unread));
        }
        let location = format!("/v1/realtime/calls/{}", call.name);
        let head = Head { status: 201, location: Some(location), retry_after: None };
        if self.mishap(40, "a call without a name") {
            return Ok((Head { location: None, ..head }, unread(Ok(call.answer.clone().into_bytes()))));
        }
        self.errand.named.replace(Some(call.clone()));
        let mut unread = unread(Ok(call.answer.clone().into_bytes()));
        unread.slow = self.mishap(12, "the answer's body is slow");
        if self.mishap(20, "the answer breaks off") {
            unread.body = Err(unreachable());
        }
        if self.mishap(40, "the answer is none") {
            unread.body = Ok(b"<html>".to_vec());
        }
        Ok((head, unread))
    }

    async fn dial(&self, url: &str, headers: Vec<(&'static str, String)>) -> Result<Ear, Undialled> {
        assert!(!self.sim.config.voice.direct, "nobody of ours is at a call of a page");
        authorized(&headers);
        let call = self.sim.openai.named(url.rsplit('=').next().unwrap()).expect("a call of this history");
        self.point("before the dial").await;
        if self.mishap(12, "the sideband is not found") {
            return Err(Undialled::Refused(404));
        }
        if call.unheard || self.mishap(12, "the sideband is not reached") {
            return Err(Undialled::Unreachable);
        }
        if !call.is_alive() {
            self.sim.fault("the call is gone");
            return Err(Undialled::Refused(404));
        }
        let ear = Ear::of(&self.sim, &call);
        call.ears.borrow_mut().push(ear.socket());
        self.point("after the dial").await;
        Ok(ear)
    }
}

/// A call is over when OpenAI says so; whoever asks may not learn it.
pub async fn hang_up(seat: &Seat, url: &str, headers: &[(&'static str, String)]) -> Result<HttpReply, HttpFailure> {
    authorized(headers);
    let name = url.strip_suffix("/hangup").and_then(|url| url.rsplit('/').next()).expect("a hang-up");
    let call = seat.sim.openai.named(name).expect("a call of this history");
    seat.point("before the hang-up").await;
    if seat.mishap(8, "the hang-up before") {
        return Err(HttpFailure::Unreachable("nobody there".to_owned()));
    }
    if seat.mishap(12, "the hang-up is refused") {
        return Ok(HttpReply { status: 500, body: Vec::new() });
    }
    if seat.mishap(80, "the hang-up hangs") {
        seat.hang("the hang-up hangs").await;
    }
    let status = if call.is_alive() { 200 } else { 404 };
    seat.sim.tally.count("openai", &format!("hang-up {status}"));
    call.end(&seat.sim, Over::HungUp);
    seat.point("after the hang-up").await;
    if seat.mishap(10, "the hang-up after") {
        return Err(HttpFailure::TimedOut);
    }
    Ok(HttpReply { status, body: Vec::new() })
}
