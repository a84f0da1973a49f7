use std::cell::RefCell;

use super::blobs::Blobs;
use super::clock::Clock;
use super::config::Config;
use super::db::Db;
use super::fence::Fence;
use super::http::Http;
use super::keyring::Keyring;
use super::log::{Log, Trace};
use super::random::Random;
use super::rooms::Rooms;
use super::rsa::Rsa;
use super::shelf::Shelf;
use super::sql::Sql;
use super::wallets::Wallets;
use super::words::Words;

/// Everything outside, as one request sees it. The only type parameter of the house.
pub trait World {
    type Clock: Clock;
    type Random: Random;
    type Http: Http;
    type Db: Db;
    type Rsa: Rsa;
    type Log: Log;
    type Wallets: Wallets;
    type Rooms: Rooms;
    type Fence: Fence;
    type Blobs: Blobs;

    fn clock(&self) -> &Self::Clock;
    fn random(&self) -> &Self::Random;
    fn http(&self) -> &Self::Http;
    fn db(&self) -> &Self::Db;
    fn rsa(&self) -> &Self::Rsa;
    fn log(&self) -> &Self::Log;
    fn wallets(&self) -> &Self::Wallets;
    fn rooms(&self) -> &Self::Rooms;
    fn fence(&self) -> &Self::Fence;
    fn blobs(&self) -> &Self::Blobs;
    fn config(&self) -> &Config;
    fn trace(&self) -> &Trace;
    /// Remembered by the isolate between requests. Never hold a borrow across an await.
    fn keyring(&self) -> &RefCell<Keyring<<Self::Rsa as Rsa>::Key>>;
    /// As is this.
    fn shelf(&self) -> &RefCell<Shelf>;

    /// The text as Unicode's form C writes it: the same letters are the same bytes.
    fn nfc(&self, text: &str) -> String;

    /// As its form KC writes it: letters that mean the same are the same bytes.
    fn nfkc(&self, text: &str) -> String;

    /// What stands in a list.
    fn words(&self, wanted: Words) -> &'static str;

    fn mark(&self, phase: &'static str) {
        self.trace().mark(phase, self.clock().now());
    }
}

/// The world as an object sees it: besides, it has storage of its own.
pub trait Object: World {
    type Sql: Sql;

    fn sql(&self) -> &Self::Sql;
}

/// Whoever has a world and something more has that world's ports.
pub trait Within {
    type World: World;

    fn world(&self) -> &Self::World;
}

impl<T: Within> World for T {
    type Clock = <T::World as World>::Clock;
    type Random = <T::World as World>::Random;
    type Http = <T::World as World>::Http;
    type Db = <T::World as World>::Db;
    type Rsa = <T::World as World>::Rsa;
    type Log = <T::World as World>::Log;
    type Wallets = <T::World as World>::Wallets;
    type Rooms = <T::World as World>::Rooms;
    type Fence = <T::World as World>::Fence;
    type Blobs = <T::World as World>::Blobs;

    fn clock(&self) -> &Self::Clock {
        self.world().clock()
    }

    fn random(&self) -> &Self::Random {
        self.world().random()
    }

    fn http(&self) -> &Self::Http {
        self.world().http()
    }

    fn db(&self) -> &Self::Db {
        self.world().db()
    }

    fn rsa(&self) -> &Self::Rsa {
        self.world().rsa()
    }

    fn log(&self) -> &Self::Log {
        self.world().log()
    }

    fn wallets(&self) -> &Self::Wallets {
        self.world().wallets()
    }

    fn rooms(&self) -> &Self::Rooms {
        self.world().rooms()
    }

    fn fence(&self) -> &Self::Fence {
        self.world().fence()
    }

    fn blobs(&self) -> &Self::Blobs {
        self.world().blobs()
    }

    fn config(&self) -> &Config {
        self.world().config()
    }

    fn trace(&self) -> &Trace {
        self.world().trace()
    }

    fn keyring(&self) -> &RefCell<Keyring<<Self::Rsa as Rsa>::Key>> {
        self.world().keyring()
    }

    fn shelf(&self) -> &RefCell<Shelf> {
        self.world().shelf()
    }

    fn nfc(&self, text: &str) -> String {
        self.world().nfc(text)
    }

    fn nfkc(&self, text: &str) -> String {
        self.world().nfkc(text)
    }

    fn words(&self, wanted: Words) -> &'static str {
        self.world().words(wanted)
    }
}
