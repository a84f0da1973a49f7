use std::cell::RefCell;

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
use super::sql::Sql;
use super::wallets::Wallets;

/// Everything outside, as one request sees it. The only type parameter of the house.
pub trait World {
    type Clock: Clock;
    type Random: Random;
    type Http: Http;
    type Db: Db;
    type Rsa: Rsa;
    type Log: Log;
    type Wallets: Wallets;
    type Fence: Fence;

    fn clock(&self) -> &Self::Clock;
    fn random(&self) -> &Self::Random;
    fn http(&self) -> &Self::Http;
    fn db(&self) -> &Self::Db;
    fn rsa(&self) -> &Self::Rsa;
    fn log(&self) -> &Self::Log;
    fn wallets(&self) -> &Self::Wallets;
    fn fence(&self) -> &Self::Fence;
    fn config(&self) -> &Config;
    fn trace(&self) -> &Trace;
    /// Remembered by the isolate between requests. Never hold a borrow across an await.
    fn keyring(&self) -> &RefCell<Keyring<<Self::Rsa as Rsa>::Key>>;

    fn mark(&self, phase: &'static str) {
        self.trace().mark(phase, self.clock().now());
    }
}

/// The world as an object sees it: besides, it has storage of its own and knows its neighbours.
pub trait Object: World {
    type Sql: Sql;
    type Rooms: Rooms;

    fn sql(&self) -> &Self::Sql;
    fn rooms(&self) -> &Self::Rooms;
}
