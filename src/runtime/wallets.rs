//! Port `Wallets` on the platform's objects: one for each owner, found by the owner's id.

use std::pin::pin;

use futures_util::future::{Either, select};
use worker::Env;
use worker::js_sys::{Promise, Reflect};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{RequestInit, Response};

use super::clock::PlatformClock;
use super::stream::read;
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::port::clock::Clock;
use crate::port::wallets::Wallets;

/// A page of 500 lines is some 200 KiB.
const MAX_BYTES: usize = 1024 * 1024;

// The crate's own bindings unwrap what these catch.
#[wasm_bindgen]
extern "C" {
    type Namespace;
    #[wasm_bindgen(method, catch, js_name = idFromName)]
    fn id_from_name(this: &Namespace, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Namespace, id: &JsValue) -> Result<Stub, JsValue>;

    type Stub;
    #[wasm_bindgen(method, catch)]
    fn fetch(this: &Stub, url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}

pub struct WalletObjects {
    env: Env,
}

impl WalletObjects {
    pub fn of(env: Env) -> Self {
        Self { env }
    }

    async fn exchange(&self, owner: &Owner, question: &str) -> Result<String, Fault> {
        let response: Response =
            JsFuture::from(self.start(owner, question).map_err(unknown)?).await.map_err(unknown)?.unchecked_into();
        let status = response.status();
        let stream = response.body().ok_or_else(|| fault("an empty answer"))?;
        let bytes = read(&stream, MAX_BYTES).await.map_err(|_| fault("an answer that broke off"))?;
        let text = String::from_utf8(bytes).map_err(|_| fault("an answer that is no text"))?;
        match status {
            200 => Ok(text),
            500 => Err(Fault::Bug { why: text }),
            _ => Err(fault(&text)),
        }
    }

    fn start(&self, owner: &Owner, question: &str) -> Result<Promise, JsValue> {
        let namespace: Namespace = Reflect::get(&self.env, &"WALLET".into())?.unchecked_into();
        let stub = namespace.get(&namespace.id_from_name(owner.as_str())?)?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&question.into());
        stub.fetch("https://wallet/", &init)
    }
}

impl Wallets for WalletObjects {
    async fn ask(&self, owner: &Owner, question: String, limit: Millis) -> Result<String, Fault> {
        match select(pin!(self.exchange(owner, &question)), pin!(PlatformClock.sleep(limit))).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(fault("no answer in time")),
        }
    }
}

fn fault(why: &str) -> Fault {
    Fault::Wallet { why: why.to_owned() }
}

fn unknown(error: JsValue) -> Fault {
    let message = error.dyn_ref::<worker::js_sys::Error>().map(|error| String::from(error.message()));
    Fault::Wallet { why: message.unwrap_or_else(|| "unreachable".to_owned()) }
}
