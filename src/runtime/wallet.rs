//! The shell of the Wallet object: what arrives goes to the money room, with the platform around it.

use std::cell::RefCell;

use worker::web_sys::CryptoKey;
use worker::{DurableObject, Env, Request, Response, ResponseBody, State, durable_object, wasm_bindgen};

use super::clock::PlatformClock;
use super::d1::D1;
use super::fence::RateLimiter;
use super::fetch::Fetch;
use super::isolate;
use super::random::PlatformRandom;
use super::rsa::WebCrypto;
use super::storage::Storage;
use super::wallets::WalletObjects;
use super::world::{Console, PlatformWorld};
use crate::domain::failure::Fault;
use crate::domain::id::SessionId;
use crate::money::wallet;
use crate::port::config::Config;
use crate::port::keyring::Keyring;
use crate::port::log::Trace;
use crate::port::rooms::{Rooms, Word};
use crate::port::{Object, World};

#[durable_object(alarm)]
pub struct Wallet {
    storage: Storage,
    env: Env,
}

impl DurableObject for Wallet {
    fn new(state: State, env: Env) -> Self {
        Self { storage: Storage::of(&state), env }
    }

    /// A fault is told by its status: the caller learns no more than that it does not know.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let letter = request.text().await?;
        match wallet::receive(&self.object()?, &letter).await {
            // Without a content type: only ours read it, and a header costs more than a statement.
            Ok(reply) => Response::from_body(ResponseBody::Body(reply.into_bytes())),
            // A bug of ours is told apart from what may work another time.
            Err(fault @ Fault::Bug { .. }) => Response::error(fault.reason(), 500),
            Err(fault) => Response::error(fault.reason(), 503),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        match wallet::ring(&self.object()?).await {
            Ok(()) => Response::empty(),
            // Only when the storage itself fails: then the platform rings again.
            Err(fault) => Err(worker::Error::RustError(fault.reason())),
        }
    }
}

impl Wallet {
    fn object(&self) -> worker::Result<WalletWorld<'_>> {
        let isolate = isolate::isolate(&self.env)?;
        Ok(WalletWorld { world: PlatformWorld::of(&self.env, isolate), storage: &self.storage })
    }
}

/// The world around one command.
struct WalletWorld<'a> {
    world: PlatformWorld,
    storage: &'a Storage,
}

/// In this version no interview can begin, so no Room knows of any.
pub struct NoRooms;

impl Rooms for NoRooms {
    async fn end(&self, _session: &SessionId) -> Result<Word, Fault> {
        Ok(Word::Unknown)
    }
}

impl Object for WalletWorld<'_> {
    type Sql = Storage;
    type Rooms = NoRooms;

    fn sql(&self) -> &Storage {
        self.storage
    }

    fn rooms(&self) -> &NoRooms {
        &NoRooms
    }
}

impl World for WalletWorld<'_> {
    type Clock = PlatformClock;
    type Random = PlatformRandom;
    type Http = Fetch;
    type Db = D1;
    type Rsa = WebCrypto;
    type Log = Console;
    type Wallets = WalletObjects;
    type Fence = RateLimiter;

    fn clock(&self) -> &PlatformClock {
        self.world.clock()
    }

    fn random(&self) -> &PlatformRandom {
        self.world.random()
    }

    fn http(&self) -> &Fetch {
        self.world.http()
    }

    fn db(&self) -> &D1 {
        self.world.db()
    }

    fn rsa(&self) -> &WebCrypto {
        self.world.rsa()
    }

    fn log(&self) -> &Console {
        self.world.log()
    }

    fn wallets(&self) -> &WalletObjects {
        self.world.wallets()
    }

    fn fence(&self) -> &RateLimiter {
        self.world.fence()
    }

    fn config(&self) -> &Config {
        self.world.config()
    }

    fn trace(&self) -> &Trace {
        self.world.trace()
    }

    fn keyring(&self) -> &RefCell<Keyring<CryptoKey>> {
        self.world.keyring()
    }
}
