//! OpenAI, played: it makes calls of offers, plays the talk in each of them, tells it at the sideband and to the page,
//! and hangs up when it is told to. It knows when each call was first heard and how it ended.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use serde_json::{Value as Json, json};
use vocahire::domain::id::SessionId;
use vocahire::interview::room::command::Letter;
use vocahire::port::calls::{Body, Calls, Head, Post, Undialled};
use vocahire::port::http::{HttpFailure, Reply as HttpReply};

use super::ports::Seat;
use super::sideband::{Ear, Socket};
use super::sim::{Errand, Sim};

pub const KEY: &str = "sk-simulated";

#[derive(Default)]
pub struct OpenAi {
    pub calls: RefCell<Vec<Rc<Call>>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Over {
    HungUp,
    /// Of itself.
    Died,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Manner {
    Talks,
    /// The interviewer never says anything.
    Mute,
    /// The person never does.
    Shy,
    /// After a while no answer of the interviewer comes about.
    Fails,
    /// It ends before its time.
    Expires,
}

pub struct Call {
    pub name: String,
    pub session: SessionId,
    /// The number of its offer among those of the interview.
    pub connect: i64,
    /// What its interviewer was told when it was made.
    pub posted: String,
    settings: RefCell<Json>,
    pub answer: String,
    pub made_at: i64,
    /// When the interviewer was first heard, and how long nothing had happened by then although it was time.
    pub spoke_at: Cell<Option<(i64, i64)>>,
    pub over: Cell<Option<Over>>,
    /// Its Room knows its name.
    pub known: Cell<bool>,
    /// When it was named, nobody waited for it any more.
    pub late: Cell<bool>,
    /// A browser has its answer.
    pub used: Cell<bool>,
    /// Everything that was said, as the page hears it.
    pub said: RefCell<Vec<Json>>,
    pub speaks: bool,
    pub manner: Manner,
    /// Its page is gone: the person says nothing any more, and nobody tells the interviewer.
    pub left: Cell<bool>,
    /// The person has their microphone off.
    pub muted: Cell<bool>,
    /// Nobody gets through to its sideband.
    unheard: bool,
    next_at: Cell<Option<i64>>,
    pub turns: Cell<usize>,
    /// A reply was asked for at the sideband.
    asked: Cell<bool>,
    ears: RefCell<Vec<Weak<Socket>>>,
}

impl OpenAi {
    pub fn of_session(&self, session: &SessionId) -> Vec<Rc<Call>> {
        self.calls.borrow().iter().filter(|call| call.session == *session).cloned().collect()
    }

    pub fn named(&self, name: &str) -> Option<Rc<Call>> {
        self.calls.borrow().iter().find(|call| call.name == name).cloned()
    }

    /// When somebody says something next.
    pub fn next(&self) -> Option<i64> {
        self.calls.borrow().iter().filter(|call| call.over.get().is_none()).filter_map(|call| call.next_at.get()).min()
    }

    /// Whatever is to be said by now is said.
    pub fn talk(&self, sim: &Sim) {
        let due = |call: &&Rc<Call>| call.next_at.get().is_some_and(|at| at <= sim.now.get());
        let due: Vec<Rc<Call>> = self.calls.borrow().iter().filter(due).cloned().collect();
        due.iter().filter(|call| call.over.get().is_none()).for_each(|call| call.go_on(sim));
    }
}

impl Call {
    fn new(sim: &Sim, session: &SessionId, connect: i64, speaks: bool, settings: Json) -> Rc<Self> {
        let number = sim.number();
        let manner = match sim.chance.below(12) {
            0 => Manner::Mute,
            1 => Manner::Shy,
            2 => Manner::Fails,
            3 => Manner::Expires,
            _ => Manner::Talks,
        };
        Rc::new(Self {
            name: format!("rtc_{number}"),
            session: session.clone(),
            connect,
            posted: settings["instructions"].as_str().unwrap().to_owned(),
            settings: RefCell::new(settings),
            answer: format!("v=0\r\no=- {number} 2 IN IP4 127.0.0.1\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"),
            made_at: sim.now.get(),
            spoke_at: Cell::default(),
            over: Cell::default(),
            known: Cell::default(),
            late: Cell::default(),
            used: Cell::default(),
            said: RefCell::default(),
            speaks,
            manner,
            left: Cell::default(),
            muted: Cell::default(),
            unheard: sim.mishap(10, "a sideband that nobody reaches"),
            next_at: Cell::default(),
            turns: Cell::default(),
            asked: Cell::default(),
            ears: RefCell::default(),
        })
    }

    /// A browser has the answer, reaches it, and asks for the first words.
    pub fn connect(&self, sim: &Sim) {
        self.used.set(true);
        self.next_at.set(Some(sim.now.get() + sim.chance.between(200, 5000)));
    }

    /// It answers as soon as it is looked at.
    pub fn ask(&self) {
        self.asked.set(true);
        self.next_at.set(Some(0));
    }

    pub fn is_alive(&self) -> bool {
        self.over.get().is_none()
    }

    pub fn end(&self, sim: &Sim, how: Over) {
        if self.is_alive() {
            sim.say(|| format!("{} is over: {how:?}", self.name));
            self.over.set(Some(how));
            self.close_ears(sim);
        }
    }

    fn close_ears(&self, sim: &Sim) {
        for ear in self.ears.take().iter().filter_map(Weak::upgrade) {
            ear.close();
        }
        sim.executor.news();
    }

    pub fn tell(&self, sim: &Sim, event: Json) {
        self.tell_the_side(sim, &event);
        self.said.borrow_mut().push(event);
    }

    fn tell_the_side(&self, sim: &Sim, event: &Json) {
        let text = event.to_string();
        for ear in self.ears.borrow().iter().filter_map(Weak::upgrade) {
            if !sim.mishap(80, "a word is lost") {
                ear.hear(text.clone());
            }
        }
        sim.executor.news();
    }

    /// What is left out stays as it was.
    pub fn update(&self, sim: &Sim, session: &Json) {
        merge(&mut self.settings.borrow_mut(), session);
        let told = json!({ "type": "session.updated", "session": *self.settings.borrow() });
        self.tell_the_side(sim, &told);
    }

    /// In a pause nobody answers.
    fn rests(&self) -> bool {
        self.settings.borrow().pointer("/audio/input/turn_detection/create_response") == Some(&Json::Bool(false))
    }

    /// 1. Now and then a call dies, or its sideband is closed.
    /// 2. First the interviewer, then the person, then the interviewer again.
    fn go_on(&self, sim: &Sim) {
        // 1
        self.next_at.set(None);
        if sim.mishap(120, "a call dies") {
            return self.end(sim, Over::Died);
        }
        if sim.mishap(40, "the sideband is closed") {
            self.close_ears(sim);
        }
        // 2
        let turn = self.turns.replace(self.turns.get() + 1);
        if self.asked.take() {
            self.interviewer(sim, true);
        } else if turn == 0 {
            self.interviewer(sim, false);
        } else if !matches!(self.manner, Manner::Shy | Manner::Mute) {
            if !self.left.get() && !self.muted.get() {
                self.person(sim);
            }
            if !self.rests() {
                self.interviewer(sim, false);
            }
        }
        if self.manner == Manner::Expires && turn > 4 {
            self.tell(sim, json!({ "type": "error", "error": { "type": "x", "code": "session_expired" } }));
            return self.end(sim, Over::Died);
        }
        if !matches!(self.manner, Manner::Shy | Manner::Mute) {
            self.next_at.set(Some(sim.now.get() + sim.chance.between(8, 90) * 1000));
        }
    }
}

fn merge(into: &mut Json, from: &Json) {
    match (into, from) {
        (Json::Object(into), Json::Object(from)) => {
            from.iter().for_each(|(name, value)| merge(into.entry(name).or_insert(Json::Null), value));
        }
        (into, from) => *into = from.clone(),
    }
}

/// The settings that came with an offer.
fn settings(body: &[u8]) -> Json {
    let text = std::str::from_utf8(body).unwrap();
    let part = text.split("application/json\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
    serde_json::from_str(part).unwrap()
}

/// An answer whose body has not come yet.
pub struct Unread {
    body: Result<Vec<u8>, HttpFailure>,
    sim: Rc<Sim>,
    errand: Rc<Errand>,
    slow: bool,
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
        assert!(std::str::from_utf8(&post.body).unwrap().contains(sdp), "the offer travels byte for byte");
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
