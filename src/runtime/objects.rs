//! How the Worker speaks to an object of ours: a letter there, a reply back, within a time limit.

use std::pin::pin;

use futures_util::future::{Either, select};
use worker::Env;
use worker::js_sys::{Promise, Reflect};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Headers, RequestInit, Response};

use super::clock::PlatformClock;
use super::stream::read;
use crate::domain::millis::Millis;
use crate::port::clock::Clock;

/// A page of 500 lines of a statement is some 200 KiB, the lines of a long interview some 500.
const MAX_BYTES: usize = 20 * 1024 * 1024;

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

/// The objects of one kind, by the name of their binding.
pub struct Objects {
    env: Env,
    binding: &'static str,
}

pub enum Silence {
    /// Whether it has done it is not known.
    Unknown(String),
    /// It says that this is a bug of ours.
    Bug(String),
}

impl Objects {
    pub fn of(env: Env, binding: &'static str) -> Self {
        Self { env, binding }
    }

    pub async fn ask(&self, name: &str, question: &str, limit: Millis) -> Result<String, Silence> {
        match select(pin!(self.exchange(name, question)), pin!(PlatformClock.sleep(limit))).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(unknown("no answer in time")),
        }
    }

    async fn exchange(&self, name: &str, question: &str) -> Result<String, Silence> {
        let started = self.start(name, question).map_err(thrown)?;
        let response: Response = JsFuture::from(started).await.map_err(thrown)?.unchecked_into();
        let status = response.status();
        let stream = response.body().ok_or_else(|| unknown("an empty answer"))?;
        let bytes = read(&stream, MAX_BYTES).await.map_err(|_| unknown("an answer that broke off"))?;
        let text = String::from_utf8(bytes).map_err(|_| unknown("an answer that is no text"))?;
        match status {
            200 => Ok(text),
            500 => Err(Silence::Bug(text)),
            _ => Err(Silence::Unknown(text)),
        }
    }

    /// The object's own answer, with the socket in it.
    pub async fn open(&self, name: &str, url: &str) -> Result<Response, JsValue> {
        let headers = Headers::new()?;
        headers.set("upgrade", "websocket")?;
        let init = RequestInit::new();
        init.set_headers(&headers);
        Ok(JsFuture::from(self.stub(name)?.fetch(url, &init)?).await?.unchecked_into())
    }

    fn stub(&self, name: &str) -> Result<Stub, JsValue> {
        let namespace: Namespace = Reflect::get(&self.env, &self.binding.into())?.unchecked_into();
        namespace.get(&namespace.id_from_name(name)?)
    }

    fn start(&self, name: &str, question: &str) -> Result<Promise, JsValue> {
        let stub = self.stub(name)?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(&question.into());
        stub.fetch("https://object/", &init)
    }
}

fn unknown(why: &str) -> Silence {
    Silence::Unknown(why.to_owned())
}

fn thrown(error: JsValue) -> Silence {
    let message = error.dyn_ref::<worker::js_sys::Error>().map(|error| String::from(error.message()));
    Silence::Unknown(message.unwrap_or_else(|| "unreachable".to_owned()))
}
