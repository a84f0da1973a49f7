//! A world of doubles: a clock that moves when told, real SQL on rusqlite, real RSA, and a Clerk that answers from a
//! script.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures_executor::block_on;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::pkcs8::DecodePublicKey;
use rsa::signature::Verifier;
use rsa::{BigUint, RsaPublicKey, sha2::Sha256};
use unicode_normalization::UnicodeNormalization;
use vocahire::domain::failure::{Failure, Fault};
use vocahire::domain::form;
use vocahire::domain::id::Owner;
use vocahire::domain::millis::Millis;
use vocahire::edge::{self, Answer, Deliver};
use vocahire::money::command::{Command, Letter, Reply};
use vocahire::money::wallet;
use vocahire::port::clock::Clock;
use vocahire::port::config::Config;
use vocahire::port::db::{Db, Rows, Statement};
use vocahire::port::fence::Fence;
use vocahire::port::http::{Ask, HttpFailure, Reply as HttpReply};
use vocahire::port::keyring::Keyring;
use vocahire::port::log::{Log, Trace};
use vocahire::port::rooms::Word;
use vocahire::port::rsa::{PublicKey, Rsa};
use vocahire::port::shelf::Shelf;
use vocahire::port::wallets::Wallets;
use vocahire::port::words::Words;
use vocahire::port::world::{Object, World};

pub use super::call::{Call, code, header, json};
use super::files::Files;
use super::rooms::Interviews;
use super::shared::sqlite;
use super::shared::storage::{Disk, Storage};
use super::shared::words::words;
use super::signing;
use super::till::Till;

pub const START: i64 = 1_800_000_000_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Failing {
    #[default]
    No,
    /// From this batch on, counted from 1, before or after it has taken effect.
    Before(usize),
    After(usize),
}

pub struct House {
    pub now: Cell<i64>,
    config: Config,
    keyring: RefCell<Keyring<RsaPublicKey>>,
    shelf: RefCell<Shelf>,
    pub failing: Cell<Failing>,
    batches: Cell<usize>,
    /// So many milliseconds pass before the next batch takes effect.
    pub slow: Cell<Option<i64>>,
    pub read_from: RefCell<Option<String>>,
    /// SQL that somebody else runs just before this batch of the request.
    pub meanwhile: Cell<Option<(usize, &'static str)>>,
    /// What is wrong with the way back, once.
    pub undeliverable: Cell<bool>,
    pub database: rusqlite::Connection,
    pub wallets: RefCell<BTreeMap<String, Rc<Disk>>>,
    /// Wallets do what they are told, and their answers are lost.
    pub silent: Cell<bool>,
    /// Wallets are not even reached.
    pub absent: Cell<bool>,
    /// What Wallets were asked, and what D1 was told, since it was built.
    pub questions: Cell<usize>,
    pub statements: Cell<usize>,
    /// Who was counted at the first fence, and whether it is closed.
    pub counted: RefCell<Vec<String>>,
    pub fenced: Cell<bool>,
    pub interviews: Interviews,
    /// What every Room says, where there are no real ones.
    pub rooms: RefCell<Result<Word, Fault>>,
    pub files: Files,
    pub till: Till,
    pub replies: RefCell<VecDeque<Result<HttpReply, HttpFailure>>>,
    pub asked: RefCell<Vec<Ask>>,
    pub lines: RefCell<Vec<String>>,
}

impl House {
    pub fn new(more: &[(&str, &str)]) -> Self {
        // `clerk.example.com$`
        let base = [
            ("CLERK_PUBLISHABLE_KEY", "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k"),
            ("CLERK_SECRET_KEY", "sk_live_canary"),
            ("CLERK_AUTHORIZED_PARTIES", signing::ORIGIN),
            ("CLERK_WEBHOOK_SECRET", signing::WEBHOOK_SECRET),
            ("CLAIM_SECRET", "canary-claim-canary-claim-canary-claim"),
            ("ADMIN_USER_IDS", "user_admin"),
            ("OPENAI_API_KEY", "sk-canary"),
            ("TICKET_SECRET", "canary-ticket-canary-ticket-canary-ticket"),
        ];
        let vars: Vec<(&str, &str)> = more.iter().chain(&base).copied().collect();
        let var = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
        Self {
            now: Cell::new(START),
            config: Config::read(&var, None),
            keyring: RefCell::default(),
            shelf: RefCell::default(),
            failing: Cell::new(Failing::No),
            batches: Cell::default(),
            slow: Cell::default(),
            read_from: RefCell::default(),
            meanwhile: Cell::default(),
            undeliverable: Cell::default(),
            database: sqlite::migrated(),
            wallets: RefCell::default(),
            silent: Cell::default(),
            absent: Cell::default(),
            questions: Cell::default(),
            statements: Cell::default(),
            counted: RefCell::default(),
            fenced: Cell::default(),
            interviews: Interviews::default(),
            rooms: RefCell::new(Ok(Word::Unknown)),
            files: Files::default(),
            till: Till::default(),
            replies: RefCell::default(),
            asked: RefCell::default(),
            lines: RefCell::default(),
        }
    }

    pub fn later(&self, seconds: i64) {
        self.now.set(self.now.get() + seconds * 1000);
    }

    pub fn seconds(&self) -> i64 {
        self.now.get() / 1000
    }

    pub fn reply(&self, status: u16, body: &str) {
        self.replies.borrow_mut().push_back(Ok(HttpReply { status, body: body.as_bytes().to_vec() }));
    }

    pub fn refuse(&self, failure: HttpFailure) {
        self.replies.borrow_mut().push_back(Err(failure));
    }

    pub fn call(&self, call: &Call) -> Answer {
        let outgoing = Outgoing { house: self, answer: RefCell::default() };
        block_on(edge::serve(&self.visit(), call, &outgoing));
        outgoing.answer.into_inner().expect("every request is answered")
    }

    /// The world as one request sees it, for what no route performs.
    pub fn visit(&self) -> Visit<'_> {
        self.batches.set(0);
        Visit { house: self, trace: Trace::starting(self.now()) }
    }

    /// `GET path` with a token of `user`, signed by the first key under the id `k1`.
    pub fn get_as(&self, user: &str, path: &str) -> Answer {
        let token = signing::token("k1", &signing::KEYS[0], &signing::claims(user, self.seconds()));
        self.call(&Call::get(path).with("authorization", &format!("Bearer {token}")))
    }

    /// The alarms of all wallets whose time has come ring.
    pub fn ring(&self) {
        let owners: Vec<String> = self.wallets.borrow().keys().cloned().collect();
        for owner in owners {
            let disk = self.disk(&owner);
            if disk.alarm.get().is_some_and(|at| at <= self.now.get()) {
                disk.alarm.set(None);
                block_on(wallet::ring(&Inside::of(self, &disk))).expect("an alarm is answered");
            }
        }
    }

    /// What an owner's Wallet keeps.
    pub fn disk(&self, owner: &str) -> Rc<Disk> {
        self.wallets.borrow_mut().entry(owner.to_owned()).or_insert_with(Disk::new).clone()
    }

    /// Says something to a Wallet, past the Worker.
    pub fn tell(&self, owner: &str, command: Command) -> Result<Reply, Fault> {
        let letter = Letter { owner: Owner::parse(owner).expect("an owner"), command };
        let told = block_on(Wallets::ask(
            self,
            &letter.owner,
            serde_json::to_string(&letter).unwrap(),
            Millis::of_seconds(3),
        ))?;
        Ok(form::read(&told).expect("a reply"))
    }
}

impl Db for House {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, Fault> {
        let lost = || Fault::Database { why: "lost on purpose".to_owned() };
        self.statements.set(self.statements.get() + statements.len());
        if let Some(millis) = self.slow.take() {
            self.sleep(Millis::new(millis)).await;
        }
        let number = self.batches.get() + 1;
        self.batches.set(number);
        if let Some((_, sql)) = self.meanwhile.get().filter(|(before, _)| *before == number) {
            self.database.execute_batch(sql).expect("what happens meanwhile");
        }
        if matches!(self.failing.get(), Failing::Before(from) if number >= from) {
            return Err(lost());
        }
        self.database.execute_batch("savepoint batch").expect("a savepoint");
        let done: Result<Vec<Rows>, Fault> =
            statements.iter().map(|statement| sqlite::run(&self.database, statement.sql, &statement.values)).collect();
        let end = if done.is_ok() { "release batch" } else { "rollback to batch; release batch" };
        self.database.execute_batch(end).expect("the end of a batch");
        if matches!(self.failing.get(), Failing::After(from) if number >= from) {
            return Err(lost());
        }
        done
    }

    fn read_from(&self, bookmark: String) {
        self.read_from.replace(Some(bookmark));
    }

    fn bookmark(&self) -> Option<String> {
        (self.batches.get() > 0).then(|| "the-next-one".to_owned())
    }
}

impl Rsa for House {
    type Key = RsaPublicKey;

    async fn import(&self, key: &PublicKey) -> Result<RsaPublicKey, Fault> {
        use base64::Engine;
        let number = |text: &str| {
            let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).expect("base64url");
            BigUint::from_bytes_be(&bytes)
        };
        let made = match key {
            PublicKey::Jwk { n, e } => RsaPublicKey::new(number(n), number(e)).ok(),
            PublicKey::Spki(der) => RsaPublicKey::from_public_key_der(der).ok(),
        };
        made.ok_or(Fault::Bug { why: "not a key".to_owned() })
    }

    async fn verify(&self, key: &RsaPublicKey, message: &[u8], signature: &[u8]) -> Result<bool, Fault> {
        let signature = Signature::try_from(signature);
        Ok(signature
            .is_ok_and(|signature| VerifyingKey::<Sha256>::new(key.clone()).verify(message, &signature).is_ok()))
    }
}

impl Wallets for House {
    async fn ask(&self, owner: &Owner, question: String, _limit: Millis) -> Result<String, Fault> {
        self.questions.set(self.questions.get() + 1);
        if self.absent.get() {
            return Err(Fault::Wallet { why: "not reached".to_owned() });
        }
        let told = wallet::receive(&Inside::of(self, &self.disk(owner.as_str())), &question).await;
        if self.silent.get() { Err(Fault::Wallet { why: "no answer in time".to_owned() }) } else { told }
    }
}

impl Fence for House {
    async fn pass(&self, address: &str) -> bool {
        self.counted.borrow_mut().push(address.to_owned());
        !self.fenced.get()
    }
}

impl Log for House {
    fn line(&self, json: &str) {
        self.lines.borrow_mut().push(json.to_owned());
    }
}

/// The house as one request sees it.
pub struct Visit<'a> {
    house: &'a House,
    trace: Trace,
}

/// The house as one Wallet sees it.
pub struct Inside<'a> {
    house: &'a House,
    trace: Trace,
    storage: Storage,
}

impl<'a> Inside<'a> {
    pub fn of(house: &'a House, disk: &Rc<Disk>) -> Self {
        Self { house, trace: Trace::starting(house.now()), storage: Storage::of(disk) }
    }
}

/// Both see the same world.
macro_rules! world {
    ($of:ident) => {
        impl World for $of<'_> {
            type Clock = House;
            type Random = House;
            type Http = House;
            type Db = House;
            type Rsa = House;
            type Log = House;
            type Wallets = House;
            type Rooms = House;
            type Fence = House;
            type Blobs = House;

            fn clock(&self) -> &House {
                self.house
            }
            fn random(&self) -> &House {
                self.house
            }
            fn http(&self) -> &House {
                self.house
            }
            fn db(&self) -> &House {
                self.house
            }
            fn rsa(&self) -> &House {
                self.house
            }
            fn log(&self) -> &House {
                self.house
            }
            fn wallets(&self) -> &House {
                self.house
            }
            fn rooms(&self) -> &House {
                self.house
            }
            fn fence(&self) -> &House {
                self.house
            }
            fn blobs(&self) -> &House {
                self.house
            }
            fn nfc(&self, text: &str) -> String {
                text.nfc().collect()
            }
            fn nfkc(&self, text: &str) -> String {
                text.nfkc().collect()
            }
            fn words(&self, wanted: Words) -> &'static str {
                words(wanted)
            }
            fn config(&self) -> &Config {
                &self.house.config
            }
            fn trace(&self) -> &Trace {
                &self.trace
            }
            fn shelf(&self) -> &RefCell<Shelf> {
                &self.house.shelf
            }
            fn keyring(&self) -> &RefCell<Keyring<RsaPublicKey>> {
                &self.house.keyring
            }
        }
    };
}

world!(Visit);
world!(Inside);

impl Object for Inside<'_> {
    type Sql = Storage;

    fn sql(&self) -> &Storage {
        &self.storage
    }
}

pub struct Outgoing<'a> {
    pub house: &'a House,
    pub answer: RefCell<Option<Answer>>,
}

impl Deliver for Outgoing<'_> {
    async fn deliver(&self, answer: &Answer) -> Result<u16, Failure> {
        if self.house.undeliverable.take() {
            return Err(Fault::Bug { why: "the file is not there".to_owned() }.into());
        }
        self.house.files.hand_over(answer)?;
        self.answer.replace(Some(answer.clone()));
        Ok(answer.status)
    }
}
