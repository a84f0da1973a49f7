//! The world of one history: its time, its objects, what goes on and what goes wrong.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use rusqlite::Connection;
use vocahire::domain::id::{Owner, SessionId};
use vocahire::domain::outcome::Outcome;
use vocahire::money::command::{Command, Reply};
use vocahire::port::config::Config;
use vocahire::port::rooms::Word;

use super::book::Book;
use super::chance::Chance;
use super::clerk::Clerk;
use super::executor::{Executor, Place};
use super::shared::sqlite;
use super::shared::storage::Disk;
use super::tally::Tally;

pub const BEGINNING: i64 = 1_800_000_000_000;
/// Five people and two who pay for others.
pub const OWNERS: [&str; 7] = ["user_1", "user_2", "user_3", "user_4", "user_5", "org_1", "org_2"];
pub const PEOPLE: usize = 5;

/// One Wallet: what stays of it, what it should hold, and the state of its alarm.
pub struct Object {
    pub number: usize,
    pub owner: Owner,
    pub disk: Rc<Disk>,
    pub book: RefCell<Book>,
    /// So many lines were found to be as they should be, at so many changes of the disk.
    pub checked: Cell<usize>,
    pub changes: Cell<u64>,
    /// The entry up to which D1 knows its balance.
    pub copied: Cell<i64>,
    /// Its clock, ahead of the world's.
    pub shift: Cell<i64>,
    pub ringing: Cell<bool>,
    pub failed_rings: Cell<u32>,
    /// Its alarm was lost: only a touch or an audit sets one.
    pub deaf: Cell<bool>,
    /// Its storage failed while its alarm rang: what was due was put off.
    pub put_off: Cell<bool>,
    /// It dies at the end of this turn; nothing of it is written any more.
    pub dying: Cell<bool>,
    /// An entry of it that D1 refuses, as long as it does.
    pub refused: Cell<Option<i64>>,
}

/// What an object has been asked to do, and what it should answer.
pub struct Errand {
    /// None: its alarm rings.
    pub command: Option<Command>,
    pub place: Rc<Place>,
    /// A fault was put into it: it may fail.
    pub hurt: Cell<bool>,
    /// What is decided after the Room has spoken.
    pub next: RefCell<VecDeque<Command>>,
    pub told: RefCell<Option<Reply>>,
    pub word: RefCell<Option<(SessionId, Word)>>,
}

#[derive(Clone, Default)]
pub struct Room {
    pub payer: usize,
    pub outcome: Option<Outcome>,
    pub silent: bool,
    /// Its Wallet knows the outcome.
    pub settled: bool,
    pub settling: bool,
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
    pub objects: Vec<Rc<Object>>,
    pub clerk: Clerk,
    pub rooms: RefCell<BTreeMap<SessionId, Room>>,
    /// What was sent, to be sent again.
    pub sent: RefCell<Vec<(usize, Command)>>,
    pub serial: Cell<usize>,
    /// Every step in words, when somebody wants to read it.
    pub trace: Option<RefCell<Vec<String>>>,
}

impl Sim {
    pub fn new(seed: u64, traced: bool) -> Rc<Self> {
        let d1 = sqlite::migrated();
        d1.set_prepared_statement_cache_capacity(100);
        d1.execute_batch(
            "create table picky (owner text, seq integer);
            create trigger picks before insert on entries
                when exists (select 1 from picky where owner = new.owner and seq = new.seq)
                begin select raise(abort, 'not this one'); end",
        )
        .unwrap();
        let objects = OWNERS.iter().enumerate().map(|(number, owner)| Rc::new(Object::new(number, owner)));
        let var = |name: &str| super::settings(name);
        let chance = Chance::of(seed);
        let clerk = Clerk::new(chance.one_in(2));
        Rc::new(Self {
            chance,
            clerk,
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
            sent: RefCell::default(),
            serial: Cell::new(0),
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
        self.objects.iter().find(|object| object.owner == *owner).unwrap()
    }

    /// The object's own time.
    pub fn time(&self, object: &Object) -> i64 {
        self.now.get() + object.shift.get()
    }

    /// What an object was doing is cut off, at an await or inside a transaction; what it kept stays.
    pub fn crash(&self, object: &Object) {
        self.say(|| format!("{} dies", object.owner.as_str()));
        for point in self.executor.cut(|place| place.object == Some(object.number)) {
            self.tally.count("crash", point);
        }
        object.dying.set(false);
    }

    /// One task goes on, and an object that dies of it is cut off.
    pub fn turn(&self) -> bool {
        let went = self.executor.turn(&self.chance);
        for object in self.objects.iter().filter(|object| object.dying.get()) {
            self.crash(object);
        }
        went
    }
}

impl Object {
    fn new(number: usize, owner: &str) -> Self {
        let owner = Owner::parse(owner).unwrap();
        let book = Book::of(owner.user().is_some());
        Self {
            number,
            disk: Disk::new(),
            book: RefCell::new(book),
            checked: Cell::default(),
            changes: Cell::default(),
            copied: Cell::default(),
            shift: Cell::default(),
            ringing: Cell::default(),
            failed_rings: Cell::default(),
            deaf: Cell::default(),
            put_off: Cell::default(),
            dying: Cell::default(),
            refused: Cell::default(),
            owner,
        }
    }
}

impl Errand {
    pub fn of(command: Option<Command>, object: Option<usize>) -> Rc<Self> {
        Rc::new(Self {
            command,
            place: Rc::new(Place { object, point: Cell::new("not begun") }),
            hurt: Cell::default(),
            next: RefCell::default(),
            told: RefCell::default(),
            word: RefCell::default(),
        })
    }
}
