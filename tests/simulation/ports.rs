//! The ports as a history plays them. Before and after each effect another task may go on, the effect may fail, and
//! whoever waits for it may be cut off.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use vocahire::domain::failure::Fault;
use vocahire::domain::millis::Millis;
use vocahire::port::blobs::Blobs;
use vocahire::port::clock::Clock;
use vocahire::port::config::Config;
use vocahire::port::db::{Db, Rows, Statement};
use vocahire::port::fence::Fence;
use vocahire::port::http::{Ask, Http, HttpFailure, Reply as HttpReply};
use vocahire::port::keyring::Keyring;
use vocahire::port::log::{Log, Trace};
use vocahire::port::random::Random;
use vocahire::port::rsa::{PublicKey, Rsa};
use vocahire::port::shelf::Shelf;
use vocahire::port::sql::Sql;
use vocahire::port::words::Words;
use vocahire::port::world::{Object as PortObject, World};

use super::shared::sqlite;
use super::shared::storage::{HostTx, Storage};
use super::shared::words::words;
use super::sim::{Asked, Errand, Kind, OWNERS, Object, Sim};
use super::{check, clerk, clients, doors, feedback, judge, pages, shops, truths};

/// The world as one errand sees it: of a client in the Worker, or of an object.
pub struct Seat {
    pub sim: Rc<Sim>,
    pub object: Option<Rc<Object>>,
    pub errand: Rc<Errand>,
    storage: Option<Storage>,
    trace: Trace,
    keyring: RefCell<Keyring<()>>,
    shelf: RefCell<Shelf>,
}

impl Seat {
    pub fn of_client(sim: &Rc<Sim>) -> Self {
        Self::of(sim, None, Errand::of(Asked::Nothing, None))
    }

    pub fn of_object(sim: &Rc<Sim>, object: &Rc<Object>, errand: &Rc<Errand>) -> Self {
        Self::of(sim, Some(object), errand.clone())
    }

    fn of(sim: &Rc<Sim>, object: Option<&Rc<Object>>, errand: Rc<Errand>) -> Self {
        Self {
            sim: sim.clone(),
            object: object.cloned(),
            errand,
            storage: object.map(|object| Storage::of(&object.disk)),
            trace: Trace::starting(Millis::new(sim.now.get())),
            keyring: RefCell::default(),
            shelf: RefCell::default(),
        }
    }

    /// Others may go on here, and this may be cut off.
    pub async fn point(&self, name: &'static str) {
        self.errand.place.point.set(name);
        self.sim.executor.step_aside().await;
    }

    pub fn mishap(&self, once_in: usize, what: &'static str) -> bool {
        let now = self.sim.mishap(once_in, what);
        if now {
            self.errand.hurt.set(true);
        }
        now
    }

    /// Some seconds pass.
    pub async fn nap(&self, least: i64, most: i64) {
        self.sleep(Millis::of_seconds(self.sim.chance.between(least, most))).await;
    }

    /// Much else may go on meanwhile.
    pub async fn dawdle(&self, once_in: usize, what: &'static str) -> bool {
        let slow = self.mishap(once_in, what);
        if slow {
            match self.object.as_ref().filter(|_| self.errand.rings()).map(|object| &object.kind) {
                Some(Kind::Wallet(wallet)) => clients::overtake(&self.sim, &wallet.owner),
                Some(Kind::Room(room)) => pages::overtake(&self.sim, &room.session),
                None => {}
            }
            for _ in 0..self.sim.chance.below(40) {
                self.sim.executor.step_aside().await;
            }
        }
        slow
    }

    pub async fn hang(&self, name: &'static str) {
        self.errand.place.point.set(name);
        self.sim.executor.hang().await;
    }
}

impl Clock for Seat {
    fn now(&self) -> Millis {
        let shift = self.object.as_ref().map_or(&self.sim.shift, |object| &object.shift);
        Millis::new(self.sim.now.get() + shift.get())
    }

    async fn sleep(&self, length: Millis) {
        self.sim.executor.sleep(&self.sim.now, self.sim.now.get() + length.count()).await;
    }
}

impl Random for Seat {
    fn bytes(&self) -> [u8; 8] {
        self.sim.chance.next().to_le_bytes()
    }
}

impl Log for Seat {
    fn line(&self, json: &str) {
        self.sim.say(|| format!("log {json}"));
        if json.contains("is parked") {
            self.sim.fault("parked");
        }
        if json.contains("late_purchase") {
            self.sim.fault("paid too late");
        }
    }
}

impl Fence for Seat {
    async fn pass(&self, _address: &str) -> bool {
        true
    }
}

impl Rsa for Seat {
    type Key = ();

    async fn import(&self, _key: &PublicKey) -> Result<(), Fault> {
        Ok(())
    }

    async fn verify(&self, (): &(), _message: &[u8], _signature: &[u8]) -> Result<bool, Fault> {
        Ok(false)
    }
}

impl Http for Seat {
    async fn get(&self, ask: Ask) -> Result<HttpReply, HttpFailure> {
        self.asked("GET", &ask, &[]).await
    }

    async fn delete(&self, ask: Ask) -> Result<HttpReply, HttpFailure> {
        self.asked("DELETE", &ask, &[]).await
    }

    async fn post(&self, ask: Ask, body: Vec<u8>) -> Result<HttpReply, HttpFailure> {
        if ask.url.ends_with("/responses") {
            return judge::answer(self, &ask, &body).await;
        }
        if let Some(told) = shops::answer(self, "POST", &ask, &body).await {
            return told;
        }
        doors::hang_up(self, &ask.url, &ask.headers).await
    }

    async fn put(&self, _ask: Ask, _body: &[u8]) -> Result<HttpReply, HttpFailure> {
        panic!("nobody has a file to put anywhere")
    }
}

impl Blobs for Seat {
    async fn put(&self, _key: &str, _bytes: &[u8], _content_type: &'static str) -> Result<(), Fault> {
        panic!("nobody has given us a file")
    }

    async fn delete(&self, _keys: &[String]) -> Result<(), Fault> {
        panic!("nobody has given us a file")
    }
}

impl Seat {
    async fn asked(&self, method: &str, ask: &Ask, body: &[u8]) -> Result<HttpReply, HttpFailure> {
        match shops::answer(self, method, ask, body).await {
            Some(told) => told,
            None => self.clerk(method, &ask.url).await,
        }
    }

    async fn clerk(&self, method: &str, url: &str) -> Result<HttpReply, HttpFailure> {
        self.point("before Clerk").await;
        if self.mishap(8, "Clerk before") {
            return Err(HttpFailure::Unreachable("nobody there".to_owned()));
        }
        self.dawdle(3, "Clerk is slow").await;
        if self.mishap(40, "Clerk hangs") {
            self.hang("Clerk hangs").await;
        }
        let answer = clerk::answer(&self.sim, method, url);
        if matches!(answer, Ok(HttpReply { status: 404, .. })) {
            self.sim.fault("Clerk knows nobody");
            // Who asks for a person that is gone fails, and asks again.
            self.errand.hurt.set(true);
        }
        self.point("after Clerk").await;
        self.dawdle(3, "Clerk is slow").await;
        if self.mishap(8, "Clerk after") {
            return Err(HttpFailure::TimedOut);
        }
        answer
    }
}

impl Db for Seat {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, Fault> {
        let lost = |why: &str| Err(Fault::Database { why: why.to_owned() });
        let step = feedback::step(&statements);
        let [before, after] = step.unwrap_or(["before D1", "after D1"]);
        self.point(before).await;
        if step.is_some() {
            feedback::stumble(self, before).await;
        }
        if self.sim.now.get() < self.sim.d1_away_until.get() {
            self.errand.hurt.set(true);
            return Err(Fault::DatabaseTimeout);
        }
        if self.mishap(60, "D1 before") {
            return lost("before its effect");
        }
        if self.mishap(300, "D1 hangs") {
            self.hang("D1 hangs").await;
        }
        let slow = self.dawdle(12, "D1 is slow").await;
        let d1 = &self.sim.d1;
        let changes = d1.total_changes();
        sqlite::say(d1, "savepoint batch");
        let done: Result<Vec<Rows>, Fault> =
            statements.iter().map(|statement| sqlite::run(d1, statement.sql, &statement.values)).collect();
        if done.is_err() {
            sqlite::say(d1, "rollback to batch");
        }
        sqlite::say(d1, "release batch");
        if d1.total_changes() != changes {
            feedback::written(&self.sim, &statements);
        }
        if let Some(object) = self.object.as_ref().filter(|object| object.number < OWNERS.len()) {
            check::copied(&self.sim, object);
        }
        if matches!(done, Err(Fault::DatabaseRefused { .. })) {
            self.errand.hurt.set(true);
            self.sim.fault("D1 refuses a row");
        }
        self.point(after).await;
        if step.is_some() {
            feedback::stumble(self, after).await;
        }
        if self.mishap(if slow { 8 } else { 60 }, "D1 after") {
            return lost("after its effect");
        }
        done
    }

    fn read_from(&self, _bookmark: String) {}

    fn bookmark(&self) -> Option<String> {
        None
    }
}

impl Sql for Seat {
    type Tx = HostTx;

    /// A statement may fail, which takes all back; the platform may refuse to keep it; the object may die of either.
    fn transaction<T, E: From<Fault>>(&self, work: impl FnOnce(&HostTx) -> Result<T, E>) -> Result<T, E> {
        let (storage, object) = (self.storage.as_ref().unwrap(), self.object.as_ref().unwrap());
        let lost = |why: &str| Fault::Database { why: why.to_owned() };
        if object.dying.get() {
            self.errand.hurt.set(true);
            return Err(lost("it is dead").into());
        }
        let calm = self.sim.calm.get();
        let failing = (!calm && self.sim.chance.one_in(60)).then(|| 1 + self.sim.chance.below(16));
        object.disk.failing.set(failing);
        let refused = Cell::new(false);
        let done = storage.transaction(|tx| {
            let value = work(tx)?;
            if self.mishap(100, "a commit is refused") {
                refused.set(true);
                return Err(lost("the commit is refused").into());
            }
            Ok(value)
        });
        let failed = failing.is_some() && object.disk.failing.take().is_none();
        if failed {
            self.errand.hurt.set(true);
            self.sim.fault("a statement fails");
        }
        let spoilt = failed || refused.get();
        object.spoilt.set(object.spoilt.get() || spoilt);
        object.put_off.set(object.put_off.get() || (spoilt && self.errand.rings()));
        if spoilt && self.sim.chance.one_in(2) {
            self.errand.place.point.set(if failed { "in a transaction" } else { "at the commit" });
            self.sim.tally.count("crash", self.errand.place.point.get());
            object.dying.set(true);
            self.sim.dies.set(Some(object.number));
        }
        match &object.kind {
            Kind::Wallet(_) => check::decided(self, object, done.is_ok(), spoilt),
            Kind::Room(_) => truths::decided(self, object, done.is_ok(), spoilt),
        }
        done
    }
}

impl World for Seat {
    type Clock = Self;
    type Random = Self;
    type Http = Self;
    type Blobs = Self;
    type Db = Self;
    type Rsa = Self;
    type Log = Self;
    type Wallets = Self;
    type Rooms = Self;
    type Fence = Self;

    fn clock(&self) -> &Self {
        self
    }
    fn random(&self) -> &Self {
        self
    }
    fn http(&self) -> &Self {
        self
    }
    fn blobs(&self) -> &Self {
        self
    }
    fn db(&self) -> &Self {
        self
    }
    fn rsa(&self) -> &Self {
        self
    }
    fn log(&self) -> &Self {
        self
    }
    fn wallets(&self) -> &Self {
        self
    }
    fn rooms(&self) -> &Self {
        self
    }
    fn fence(&self) -> &Self {
        self
    }
    fn nfc(&self, text: &str) -> String {
        text.to_owned()
    }
    fn nfkc(&self, text: &str) -> String {
        text.to_owned()
    }
    fn words(&self, wanted: Words) -> &'static str {
        words(wanted)
    }
    fn config(&self) -> &Config {
        &self.sim.config
    }
    fn trace(&self) -> &Trace {
        &self.trace
    }
    fn shelf(&self) -> &RefCell<Shelf> {
        &self.shelf
    }

    fn keyring(&self) -> &RefCell<Keyring<()>> {
        &self.keyring
    }
}

impl PortObject for Seat {
    type Sql = Self;

    fn sql(&self) -> &Self {
        self
    }
}
