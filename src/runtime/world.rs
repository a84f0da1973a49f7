use std::cell::RefCell;
use std::rc::Rc;

use worker::Env;
use worker::js_sys::JsString;
use worker::web_sys::{CryptoKey, console};

use super::blobs::Bucket;
use super::clock::PlatformClock;
use super::d1::D1;
use super::fence::RateLimiter;
use super::fetch::Fetch;
use super::isolate::Isolate;
use super::random::PlatformRandom;
use super::rooms::RoomObjects;
use super::rsa::WebCrypto;
use super::wallets::WalletObjects;
use super::words;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Config;
use crate::port::keyring::Keyring;
use crate::port::log::{Log, Trace};
use crate::port::shelf::Shelf;
use crate::port::words::Words;

/// The platform as one request sees it.
pub struct PlatformWorld {
    isolate: Rc<Isolate>,
    trace: Rc<Trace>,
    db: D1,
    wallets: WalletObjects,
    rooms: RoomObjects,
    fence: RateLimiter,
    blobs: Bucket,
}

impl PlatformWorld {
    pub fn of(env: &Env, isolate: Rc<Isolate>) -> Self {
        let trace = Rc::new(Trace::starting(PlatformClock.now()));
        let db = D1::of(env.clone(), trace.clone(), isolate.config.db_timeout);
        let (wallets, rooms) = (WalletObjects::of(env.clone()), RoomObjects::of(env.clone()));
        let (fence, blobs) = (RateLimiter::of(env.clone()), Bucket::of(env.clone()));
        Self { isolate, trace, db, wallets, rooms, fence, blobs }
    }
}

pub struct Console;

impl Log for Console {
    fn line(&self, json: &str) {
        console::log_1(&json.into());
    }
}

impl World for PlatformWorld {
    type Clock = PlatformClock;
    type Random = PlatformRandom;
    type Http = Fetch;
    type Db = D1;
    type Rsa = WebCrypto;
    type Log = Console;
    type Wallets = WalletObjects;
    type Rooms = RoomObjects;
    type Fence = RateLimiter;
    type Blobs = Bucket;

    fn clock(&self) -> &PlatformClock {
        &PlatformClock
    }

    fn random(&self) -> &PlatformRandom {
        &PlatformRandom
    }

    fn http(&self) -> &Fetch {
        &Fetch
    }

    fn db(&self) -> &D1 {
        &self.db
    }

    fn rsa(&self) -> &WebCrypto {
        &WebCrypto
    }

    fn log(&self) -> &Console {
        &Console
    }

    fn wallets(&self) -> &WalletObjects {
        &self.wallets
    }

    fn rooms(&self) -> &RoomObjects {
        &self.rooms
    }

    fn fence(&self) -> &RateLimiter {
        &self.fence
    }

    fn blobs(&self) -> &Bucket {
        &self.blobs
    }

    fn config(&self) -> &Config {
        &self.isolate.config
    }

    fn trace(&self) -> &Trace {
        &self.trace
    }

    fn keyring(&self) -> &RefCell<Keyring<CryptoKey>> {
        &self.isolate.keyring
    }

    fn shelf(&self) -> &RefCell<Shelf> {
        &self.isolate.shelf
    }

    fn nfc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFC").into()
    }

    fn nfkc(&self, text: &str) -> String {
        JsString::from(text).normalize("NFKC").into()
    }

    fn words(&self, wanted: Words) -> &'static str {
        words::words(wanted)
    }
}
