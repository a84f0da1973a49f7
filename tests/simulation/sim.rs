//! The world of one history: its time, its objects, what goes on and what goes wrong.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

use rusqlite::Connection;
use vocahire::domain::id::{Owner, SessionId};
use vocahire::interview::room::command::Letter;
use vocahire::money::command::{Command, Reply};
use vocahire::port::config::Config;
use vocahire::port::rooms::Word;

use super::book::Book;
use super::chance::Chance;
use super::clerk::Clerk;
use super::executor::{Executor, Place};
use super::feedback::Reports;
use super::openai::{Call, OpenAi};
use super::pages::Started;
use super::rooms::Room;
use super::shared::sqlite;
use super::shared::storage::Disk;
use super::shops::Shops;
use super::tally::Tally;

pub const BEGINNING: i64 = 1_800_000_000_000;
/// Five people and two who pay for others.
pub const OWNERS: [&str; 7] = ["user_1", "user_2", "user_3", "user_4", "user_5", "org_1", "org_2"];
pub const PEOPLE: usize = 5;

/// What stays of an object whatever happens, and the state of its alarm.
pub struct Object {
    pub number: usize,
    pub disk: Rc<Disk>,
    /// So many changes of the disk were looked at.
    pub changes: Cell<u64>,
    /// Its clock, ahead of the world's.
    pub shift: Cell<i64>,
    pub ringing: Cell<bool>,
    pub failed_rings: Cell<u32>,
    /// Its alarm was lost: only a touch or an audit sets one.
    pub deaf: Cell<bool>,
    /// Its storage failed while its alarm rang: what was due was put off.
    pub put_off: Cell<bool>,
    /// Its storage has failed at some time, or it died while it was at something.
    pub spoilt: Cell<bool>,
    /// It dies at the end of this turn; nothing of it is written any more.
    pub dying: Cell<bool>,
    pub kind: Kind,
}

pub enum Kind {
    Wallet(Box<Wallet>),
    Room(Box<Room>),
}

/// One Wallet: what it should hold.
pub struct Wallet {
    pub owner: Owner,
    pub book: RefCell<Book>,
    /// So many lines were found to be as they should be.
    pub checked: Cell<usize>,
    /// The entry up to which D1 knows its balance.
    pub copied: Cell<i64>,
    /// An entry of it that D1 refuses, as long as it does.
    pub refused: Cell<Option<i64>>,
}

/// What an object has been asked to do, and what it should answer.
pub struct Errand {
    pub ask: Asked,
    pub place: Rc<Place>,
    /// A fault was put into it: it may fail.
    pub hurt: Cell<bool>,
    /// So many transactions it has made.
    pub transactions: Cell<usize>,
    /// The number of the call that it asks for, and the call that it was given.
    pub connect: Cell<i64>,
    pub named: RefCell<Option<Rc<Call>>>,
    /// What is decided after the Room has spoken.
    pub next: RefCell<VecDeque<Command>>,
    pub told: RefCell<Option<Reply>>,
    pub word: RefCell<Option<(SessionId, Word)>>,
}

pub enum Asked {
    /// A client goes about its own business.
    Nothing,
    /// Its alarm rings.
    Ring,
    /// A Room listens on the sideband.
    Listen,
    /// A Wallet's.
    Command(Command),
    /// A Room's.
    Letter(Letter),
}

pub struct Sim {
    pub chance: Chance,
    pub tally: Tally,
    pub executor: Executor,
    pub now: Cell<i64>,
    /// The Worker's clock, ahead of the world's.
    pub shift: Cell<i64>,
    pub config: Config,
    pub d1: Connection,
    pub d1_away_until: Cell<i64>,
    /// Nothing goes wrong any more.
    pub calm: Cell<bool>,
    /// The Wallets.
    pub objects: Vec<Rc<Object>>,
    pub rooms: RefCell<Vec<Rc<Object>>>,
    pub by_session: RefCell<BTreeMap<SessionId, usize>>,
    pub started: RefCell<Vec<Started>>,
    /// Interviews whose people have been told that nothing of them is kept.
    pub deleted: RefCell<BTreeSet<SessionId>>,
    pub clerk: Clerk,
    pub shops: Shops,
    pub openai: OpenAi,
    pub reports: Reports,
    /// So long, in all, nothing happened although it was time.
    pub slept: Cell<i64>,
    /// What was sent, to be sent again.
    pub sent: RefCell<Vec<(usize, Command)>>,
    pub serial: Cell<usize>,
    /// The object that dies at the end of this turn.
    pub dies: Cell<Option<usize>>,
    /// Every step in words, when somebody wants to read it.
    pub trace: Option<RefCell<Vec<String>>>,
}

impl Sim {
    pub fn new(seed: u64, traced: bool) -> Rc<Self> {
        let d1 = sqlite::migrated();
        d1.set_prepared_statement_cache_capacity(200);
        d1.execute_batch(
            "create table picky (owner text, seq integer);
            create trigger picks before insert on entries
                when exists (select 1 from picky where owner = new.owner and seq = new.seq)
                begin select raise(abort, 'not this one'); end",
        )
        .unwrap();
        let chance = Chance::of(seed);
        let mode = chance.one_in(5).then(|| "direct".to_owned());
        let var = |name: &str| if name == "REALTIME_MODE" { mode.clone() } else { super::settings(name) };
        let objects = OWNERS.iter().enumerate().map(|(number, owner)| {
            Rc::new(Object::of(number, Kind::Wallet(Box::new(Wallet::of(owner, mode.is_some())))))
        });
        let clerk = Clerk::new(chance.one_in(2));
        Rc::new(Self {
            chance,
            clerk,
            shops: Shops::new(),
            tally: Tally::default(),
            executor: Executor::default(),
            now: Cell::new(BEGINNING),
            shift: Cell::new(0),
            config: Config::read(&var, None),
            d1,
            d1_away_until: Cell::new(0),
            calm: Cell::new(false),
            objects: objects.collect(),
            rooms: RefCell::default(),
            by_session: RefCell::default(),
            started: RefCell::default(),
            deleted: RefCell::default(),
            openai: OpenAi::default(),
            reports: Reports::default(),
            slept: Cell::default(),
            sent: RefCell::default(),
            serial: Cell::new(0),
            dies: Cell::default(),
            trace: traced.then(RefCell::default),
        })
    }

    pub fn say(&self, what: impl FnOnce() -> String) {
        if let Some(trace) = &self.trace {
            let time = self.now.get() - BEGINNING;
            trace.borrow_mut().push(format!("{:>9}.{:03} {}", time / 1000, time % 1000, what()));
        }
    }

    /// Something goes wrong, once in so many times, and is counted.
    pub fn mishap(&self, once_in: usize, what: &'static str) -> bool {
        let now = !self.calm.get() && self.chance.one_in(once_in);
        if now {
            self.fault(what);
        }
        now
    }

    pub fn fault(&self, what: &'static str) {
        self.tally.count("fault", what);
        self.say(|| format!("! {what}"));
    }

    pub fn number(&self) -> usize {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }

    pub fn object(&self, owner: &Owner) -> &Rc<Object> {
        self.objects.iter().find(|object| object.wallet().owner == *owner).unwrap()
    }

    /// The Room of a session. Like the platform's objects each is there as soon as it is called.
    pub fn room(&self, session: &SessionId) -> Rc<Object> {
        if let Some(number) = self.by_session.borrow().get(session) {
            return self.numbered(*number);
        }
        let number = self.objects.len() + self.rooms.borrow().len();
        let room = Rc::new(Object::of(number, Kind::Room(Box::new(Room::of(session)))));
        room.shift.set(self.chance.between(0, 2000));
        self.rooms.borrow_mut().push(room.clone());
        self.by_session.borrow_mut().insert(session.clone(), number);
        room
    }

    pub fn numbered(&self, number: usize) -> Rc<Object> {
        match number.checked_sub(self.objects.len()) {
            None => self.objects[number].clone(),
            Some(room) => self.rooms.borrow()[room].clone(),
        }
    }

    pub fn everybody(&self) -> Vec<Rc<Object>> {
        self.objects.iter().chain(self.rooms.borrow().iter()).cloned().collect()
    }

    /// The object's own time.
    pub fn time(&self, object: &Object) -> i64 {
        self.now.get() + object.shift.get()
    }

    pub fn later(&self, length: i64) {
        self.reach(self.now.get() + length);
    }

    /// It has become so late: whoever sleeps until then wakes.
    pub fn reach(&self, time: i64) {
        self.now.set(self.now.get().max(time));
        self.executor.reach(self.now.get());
        self.openai.talk(self);
    }

    /// What an object was doing is cut off, at an await or inside a transaction; what it kept stays.
    pub fn crash(&self, object: &Object) {
        self.say(|| format!("{} dies", object.name()));
        for point in self.executor.cut(|place| place.object == Some(object.number)) {
            self.tally.count("crash", point);
            object.spoilt.set(true);
        }
        object.dying.set(false);
        if let Kind::Room(room) = &object.kind {
            room.forget_all();
        }
    }

    /// One task goes on, and an object that dies of it is cut off.
    pub fn turn(&self) -> bool {
        let went = self.executor.turn(&self.chance);
        if let Some(number) = self.dies.take() {
            self.crash(&self.numbered(number));
        }
        went
    }
}

impl Object {
    fn of(number: usize, kind: Kind) -> Self {
        Self {
            number,
            disk: Disk::new(),
            changes: Cell::default(),
            shift: Cell::default(),
            ringing: Cell::default(),
            failed_rings: Cell::default(),
            deaf: Cell::default(),
            put_off: Cell::default(),
            spoilt: Cell::default(),
            dying: Cell::default(),
            kind,
        }
    }

    pub fn wallet(&self) -> &Wallet {
        let Kind::Wallet(wallet) = &self.kind else { panic!("{} is no Wallet", self.name()) };
        wallet
    }

    pub fn room(&self) -> &Room {
        let Kind::Room(room) = &self.kind else { panic!("{} is no Room", self.name()) };
        room
    }

    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Wallet(wallet) => wallet.owner.as_str(),
            Kind::Room(room) => room.session.as_str(),
        }
    }

    /// Whether it answers and rings at all.
    pub fn is_silent(&self) -> bool {
        matches!(&self.kind, Kind::Room(room) if room.silent.get())
    }
}

impl Wallet {
    fn of(owner: &str, direct: bool) -> Self {
        let owner = Owner::parse(owner).unwrap();
        let book = RefCell::new(Book::of(&owner, direct));
        Self { owner, book, checked: Cell::default(), copied: Cell::default(), refused: Cell::default() }
    }
}

impl Errand {
    pub fn of(ask: Asked, object: Option<usize>) -> Rc<Self> {
        Rc::new(Self {
            ask,
            place: Rc::new(Place { object, point: Cell::new("not begun") }),
            hurt: Cell::default(),
            transactions: Cell::default(),
            connect: Cell::new(1),
            named: RefCell::default(),
            next: RefCell::default(),
            told: RefCell::default(),
            word: RefCell::default(),
        })
    }

    pub fn command(&self) -> Option<&Command> {
        if let Asked::Command(command) = &self.ask { Some(command) } else { None }
    }

    pub fn letter(&self) -> Option<&Letter> {
        if let Asked::Letter(letter) = &self.ask { Some(letter) } else { None }
    }

    pub fn rings(&self) -> bool {
        matches!(self.ask, Asked::Ring)
    }
}
