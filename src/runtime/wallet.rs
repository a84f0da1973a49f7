//! The shell of the Wallet object: what arrives goes to the money room, with the platform around it.

use worker::{DurableObject, Env, Request, Response, ResponseBody, State, durable_object, wasm_bindgen};

use super::isolate;
use super::storage::Storage;
use super::world::PlatformWorld;
use crate::domain::failure::Fault;
use crate::money::wallet;
use crate::port::{Object, Within};

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

impl Object for WalletWorld<'_> {
    type Sql = Storage;

    fn sql(&self) -> &Storage {
        self.storage
    }
}

impl Within for WalletWorld<'_> {
    type World = PlatformWorld;

    fn world(&self) -> &PlatformWorld {
        &self.world
    }
}
