//! OpenAI, played: it makes calls of offers, plays the talk in each of them, tells it at the sideband and to the page,
//! and hangs up when it is told to. It knows when each call was first heard and how it ended.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use serde_json::{Value as Json, json};
use vocahire::domain::id::SessionId;

use super::direct;
use super::sideband::Socket;
use super::sim::Sim;

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
    /// What it answers is a secret, for as long as this.
    pub until: Option<i64>,
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
    pub unheard: bool,
    next_at: Cell<Option<i64>>,
    pub turns: Cell<usize>,
    /// A reply was asked for at the sideband.
    asked: Cell<bool>,
    pub ears: RefCell<Vec<Weak<Socket>>>,
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
    pub fn new(sim: &Sim, session: &SessionId, connect: i64, speaks: bool, settings: Json) -> Rc<Self> {
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
            answer: if sim.config.voice.direct {
                format!("ek_{number}")
            } else {
                format!("v=0\r\no=- {number} 2 IN IP4 127.0.0.1\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n")
            },
            until: sim.config.voice.direct.then(|| sim.now.get() + direct::life(sim)),
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

    /// A browser has the answer, reaches it, and asks for the first words. With a secret that is over it reaches none.
    pub fn connect(&self, sim: &Sim) {
        if self.until.is_some_and(|until| until <= sim.now.get()) {
            sim.tally.count("direct", "called too late");
            return self.end(sim, Over::Died);
        }
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
