//! The Rooms of the house: the real object around a real disk, reached by letters.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::{Either, select};
use serde_json::Value as Json;
use vocahire::coach::{resume, score};
use vocahire::domain::failure::Fault;
use vocahire::domain::form;
use vocahire::domain::id::{ResumeId, SessionId, UserId};
use vocahire::domain::millis::Millis;
use vocahire::interview::past;
use vocahire::interview::room::command::{Letter, Reply};
use vocahire::interview::room::{Host, Memory, News, Score};
use vocahire::ops::connection;
use vocahire::port::clock::Clock;
use vocahire::port::random::Random;
use vocahire::port::rooms::{Rooms, Word};
use vocahire::port::world::{Object, Within};

use super::openai::{OpenAi, Upstream, Wire};
use super::shared::storage::{Disk, Storage};
use super::world::{House, Visit};

#[derive(Default)]
pub struct Interviews {
    /// Rooms are real, and time passes when somebody lets it.
    pub real: Cell<bool>,
    pub openai: OpenAi,
    rooms: RefCell<BTreeMap<String, Rc<RoomObject>>>,
    pub mail: RefCell<VecDeque<Mail>>,
    /// When those who sleep want to be woken.
    pub wakes: RefCell<BTreeSet<i64>>,
    chance: Cell<u64>,
}

/// A letter on its way, and the place for its reply.
pub struct Mail {
    pub session: String,
    pub letter: String,
    pub reply: Slot,
}

pub type Slot = Rc<RefCell<Option<Result<String, Fault>>>>;

/// A Room: what it keeps, and what may vanish.
pub struct RoomObject {
    pub disk: Rc<Disk>,
    memory: RefCell<Memory<Wire>>,
    pub listening: Cell<bool>,
    /// The platform keeps them.
    pub watchers: Rc<RefCell<Vec<Watcher>>>,
}

/// Somebody who watches.
#[derive(Default)]
pub struct Watcher {
    pub known: i64,
    pub told: Vec<Json>,
    pub over: bool,
}

impl Watcher {
    pub fn hears(&mut self, news: Option<News>) {
        if let Some(news) = news.filter(|_| !self.over) {
            (self.known, self.over) = (news.number, news.over);
            self.told.push(serde_json::from_str(&news.text).unwrap());
        }
    }
}

fn new(disk: Rc<Disk>) -> RoomObject {
    RoomObject { disk, memory: RefCell::default(), listening: Cell::default(), watchers: Rc::default() }
}

impl Interviews {
    pub fn room(&self, session: &str) -> Rc<RoomObject> {
        let mut rooms = self.rooms.borrow_mut();
        rooms.entry(session.to_owned()).or_insert_with(|| Rc::new(new(Disk::new()))).clone()
    }

    pub fn sessions(&self) -> Vec<String> {
        self.rooms.borrow().keys().cloned().collect()
    }

    /// All but the disk is gone.
    pub fn evict(&self, session: &str) {
        let RoomObject { disk, watchers, .. } = &*self.room(session);
        let again = RoomObject { watchers: watchers.clone(), ..new(disk.clone()) };
        self.rooms.borrow_mut().insert(session.to_owned(), Rc::new(again));
    }
}

impl Clock for House {
    fn now(&self) -> Millis {
        Millis::new(self.now.get())
    }

    async fn sleep(&self, length: Millis) {
        let until = self.now.get() + length.count();
        if !self.interviews.real.get() {
            return self.now.set(until);
        }
        poll_fn(|_| {
            if self.now.get() >= until {
                return Poll::Ready(());
            }
            self.interviews.wakes.borrow_mut().insert(until);
            Poll::Pending
        })
        .await;
    }
}

impl Random for House {
    fn bytes(&self) -> [u8; 8] {
        if !self.interviews.real.get() {
            return [7; 8];
        }
        let next = self.interviews.chance.get() + 1;
        self.interviews.chance.set(next);
        next.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()
    }
}

impl Rooms for House {
    async fn ask(&self, session: &SessionId, question: String, limit: Millis) -> Result<String, Fault> {
        let silence = |why: &str| Fault::Room { why: why.to_owned() };
        if !self.interviews.real.get() {
            return Err(silence("no answer in time"));
        }
        let reply = Slot::default();
        let mail = Mail { session: session.as_str().to_owned(), letter: question, reply: reply.clone() };
        self.interviews.mail.borrow_mut().push_back(mail);
        let answered = poll_fn(|_| match reply.borrow_mut().take() {
            Some(answer) => Poll::Ready(answer),
            None if Rc::strong_count(&reply) == 1 => Poll::Ready(Err(silence("it went away"))),
            None => Poll::Pending,
        });
        match select(pin!(answered), pin!(self.sleep(limit))).await {
            Either::Left((Err(fault @ Fault::Bug { .. }), _)) => Err(fault),
            Either::Left((answer, _)) => answer.map_err(|fault| silence(&fault.reason())),
            Either::Right(_) => Err(silence("no answer in time")),
        }
    }

    async fn end(&self, session: &SessionId) -> Result<Word, Fault> {
        if !self.interviews.real.get() {
            return self.rooms.borrow().clone();
        }
        let letter = serde_json::to_string(&Letter::Stop).expect("a letter");
        match form::read(self.ask(session, letter, Millis::of_seconds(5)).await?) {
            Ok(Reply::Word(word)) => Ok(word),
            other => panic!("{other:?}"),
        }
    }

    async fn forget(&self, person: &UserId) -> Result<(), Fault> {
        past::forget(&self.visit(), person).await?;
        connection::forget(&self.visit(), person).await?;
        resume::forget(&self.visit(), person).await
    }
}

/// The house as one Room sees it, around one letter, one ring or one ear.
pub struct Chamber {
    world: Visit<'static>,
    upstream: Upstream,
    storage: Storage,
    room: Rc<RoomObject>,
}

impl Chamber {
    pub fn of(house: &'static House, room: &Rc<RoomObject>) -> Self {
        let (storage, room) = (Storage::of(&room.disk), room.clone());
        Self { world: house.visit(), upstream: Upstream(house), storage, room }
    }
}

impl Within for Chamber {
    type World = Visit<'static>;

    fn world(&self) -> &Visit<'static> {
        &self.world
    }
}

impl Object for Chamber {
    type Sql = Storage;

    fn sql(&self) -> &Storage {
        &self.storage
    }
}

impl Host for Chamber {
    type Calls = Upstream;

    fn calls(&self) -> &Upstream {
        &self.upstream
    }

    fn memory(&self) -> &RefCell<Memory<Wire>> {
        &self.room.memory
    }

    fn show(&self, news: &dyn Fn(i64) -> Option<News>) {
        for watcher in self.room.watchers.borrow_mut().iter_mut() {
            watcher.hears(news(watcher.known));
        }
    }

    async fn resume(&self, person: &UserId, resume: &ResumeId) -> Result<Option<String>, Fault> {
        resume::text_for(&self.world, person, resume).await
    }

    async fn score(&self, session: &SessionId, person: &UserId) -> Result<Score, Fault> {
        score::by_room(&self.world, session, person).await
    }
}
