//! Port `Wallets` on the platform's objects: one for each owner, found by the owner's id.

use worker::Env;

use super::objects::{Objects, Silence};
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::port::wallets::Wallets;

pub struct WalletObjects(Objects);

impl WalletObjects {
    pub fn of(env: Env) -> Self {
        Self(Objects::of(env, "WALLET"))
    }
}

impl Wallets for WalletObjects {
    async fn ask(&self, owner: &Owner, question: String, limit: Millis) -> Result<String, Fault> {
        self.0.ask(owner.as_str(), &question, limit).await.map_err(|silence| match silence {
            Silence::Unknown(why) => Fault::Wallet { why },
            Silence::Bug(why) => Fault::Bug { why },
        })
    }
}
