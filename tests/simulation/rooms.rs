//! The Rooms, as the platform keeps them: a letter comes, an alarm rings, the sideband is listened to, and memory goes
//! whenever it likes. What they do is the real code.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use vocahire::coach::{resume, score};
use vocahire::domain::failure::Fault;
use vocahire::domain::form;
use vocahire::domain::id::{ResumeId, SessionId, UserId};
use vocahire::domain::millis::Millis;
use vocahire::interview::past;
use vocahire::interview::room::command::{Letter, Reply, Says};
use vocahire::interview::room::{self, Host, Memory, News, Score};
use vocahire::money::command::Command;
use vocahire::ops::connection;
use vocahire::port::rooms::{Rooms, Word};

use super::letters::{Answer, Slot};
use super::openai::Call;
use super::ports::Seat;
use super::reckon::Reckoning;
use super::sideband::Ear;
use super::sim::{Asked, Errand, Object, Sim};
use super::truths::{self, Seen};

pub struct Room {
    pub session: SessionId,
    pub memory: RefCell<Memory<Ear>>,
    pub listening: Cell<bool>,
    /// Nobody reaches it, and its alarm does not ring.
    pub silent: Cell<bool>,
    /// Or it was so for a while.
    pub was_silent: Cell<bool>,
    pub seen: RefCell<Seen>,
    pub reckoning: RefCell<Reckoning>,
    /// What it is told at the sideband of which call.
    pub hearing: RefCell<Option<(Rc<Call>, String)>>,
    /// Its page has made something up.
    pub lied: Cell<bool>,
    /// It has had its interview paid ahead.
    pub paid: Cell<bool>,
    /// So often its page has changed settings.
    pub drifted: Cell<usize>,
}

impl Room {
    pub fn of(session: &SessionId) -> Self {
        Self {
            session: session.clone(),
            memory: RefCell::default(),
            listening: Cell::default(),
            silent: Cell::default(),
            was_silent: Cell::default(),
            seen: RefCell::default(),
            reckoning: RefCell::default(),
            hearing: RefCell::default(),
            lied: Cell::default(),
            paid: Cell::default(),
            drifted: Cell::default(),
        }
    }

    /// Its memory goes, and its socket with it.
    pub fn forget_all(&self) {
        self.memory.take();
        self.reckoning.borrow_mut().forget();
        self.listening.set(false);
    }
}

impl Host for Seat {
    type Calls = Self;

    fn calls(&self) -> &Self {
        self
    }

    fn memory(&self) -> &RefCell<Memory<Ear>> {
        &self.object.as_ref().unwrap().room().memory
    }

    /// Nobody watches.
    fn show(&self, _: &dyn Fn(i64) -> Option<News>) {}

    async fn resume(&self, person: &UserId, resume: &ResumeId) -> Result<Option<String>, Fault> {
        resume::text_for(self, person, resume).await
    }

    async fn score(&self, session: &SessionId, person: &UserId) -> Result<Score, Fault> {
        score::by_room(self, session, person).await
    }
}

/// Brings a letter to its Room, which goes about it when its turn comes, and goes on after it has answered.
fn deliver(sim: &Rc<Sim>, session: &SessionId, text: &str) -> Rc<Slot> {
    let object = sim.room(session);
    let letter: Letter = form::read(text).unwrap();
    let errand = Errand::of(Asked::Letter(letter), Some(object.number));
    let answer = Answer::to(sim);
    let (slot, text) = (answer.slot(), text.to_owned());
    let seat = Seat::of_object(sim, &object, &errand);
    sim.executor.spawn(errand.place.clone(), async move {
        seat.point("before the letter").await;
        let told = |told| {
            truths::told(&seat, &told);
            answer.give(told);
            listen(&seat.sim, &object);
        };
        room::receive(&seat, &text, told).await;
    });
    slot
}

/// Its page is there once more.
pub fn touch(sim: &Rc<Sim>, object: &Object) {
    let person = object.room().seen.borrow().state.as_ref().map(|state| state.person.clone());
    if let Some(person) = person {
        let letter =
            Letter::Person { person, says: Says::Beat { packets: 0, said: Vec::new(), connect: None, away: None } };
        deliver(sim, &object.room().session, &serde_json::to_string(&letter).unwrap());
    }
}

/// Sees to it that somebody listens on the sideband, if there is one.
pub fn listen(sim: &Rc<Sim>, object: &Rc<Object>) {
    let errand = Errand::of(Asked::Listen, Some(object.number));
    let seat = Seat::of_object(sim, object, &errand);
    if object.room().listening.get() || object.dying.get() || !room::wants_to_listen(&seat) {
        return;
    }
    object.room().listening.set(true);
    sim.executor.spawn(errand.place.clone(), async move {
        seat.point("before it listens").await;
        room::listen(&seat).await;
        seat.object.as_ref().unwrap().room().listening.set(false);
    });
}

impl Rooms for Seat {
    async fn ask(&self, session: &SessionId, question: String, limit: Millis) -> Result<String, Fault> {
        let lost = || Err(Fault::Room { why: "no answer in time".to_owned() });
        let until = self.sim.now.get() + limit.count();
        self.point("before the Room").await;
        if self.mishap(40, "the Room before") {
            return lost();
        }
        if self.mishap(100, "the Room hangs") {
            self.hang("the Room hangs").await;
        }
        if self.sim.room(session).is_silent() {
            self.sim.fault("the Room is silent");
            self.errand.hurt.set(true);
            return lost();
        }
        if !self.sim.calm.get() && self.sim.chance.one_in(40) {
            self.sim.tally.count("duplicate", "delivered to the Room twice");
            deliver(&self.sim, session, &question);
        }
        let slot = deliver(&self.sim, session, &question);
        let Some(told) = self.answer(&slot, until).await else {
            self.sim.fault("the Room is too slow");
            self.errand.hurt.set(true);
            return lost();
        };
        self.point("after the Room").await;
        if self.mishap(40, "the Room after") {
            return lost();
        }
        told
    }

    async fn end(&self, session: &SessionId) -> Result<Word, Fault> {
        let letter = serde_json::to_string(&Letter::Stop).unwrap();
        let told = self.ask(session, letter, Millis::of_seconds(5)).await?;
        let Ok(Reply::Word(word)) = form::read(&told) else { panic!("no word: {told}") };
        self.sim.say(|| format!("the Room of {} says {word:?}", session.as_str()));
        if let (Some(Command::Hold(hold)), Word::Ended(outcome)) = (self.errand.command(), word) {
            let settle = Command::Settle { session: session.clone(), outcome };
            self.errand.next.borrow_mut().extend([settle, Command::Hold(hold.clone())]);
        }
        let _ = self.errand.word.replace(Some((session.clone(), word)));
        Ok(word)
    }

    async fn forget(&self, person: &UserId) -> Result<(), Fault> {
        past::forget(self, person).await?;
        connection::forget(self, person).await?;
        resume::forget(self, person).await
    }
}
