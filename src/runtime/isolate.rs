//! What an isolate keeps between requests: values only, never a binding, a body or a promise.

use std::cell::RefCell;
use std::rc::Rc;

use worker::Env;
use worker::js_sys::Reflect;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::{CryptoKey, Headers};

use crate::edge::{self, Kind};
use crate::port::config::{Config, Deployment};
use crate::port::keyring::Keyring;
use crate::port::shelf::Shelf;

pub struct Isolate {
    pub config: Config,
    pub keyring: RefCell<Keyring<CryptoKey>>,
    pub shelf: RefCell<Shelf>,
    /// The common headers of both kinds of answer, made once: the platform copies them faster than we could write them.
    pub api_headers: Headers,
    pub page_headers: Headers,
}

thread_local! {
    static ISOLATE: RefCell<Option<Rc<Isolate>>> = const { RefCell::new(None) };
}

/// The variables of a deployment do not change while an isolate lives, so they are read once.
pub fn isolate(env: &Env) -> Result<Rc<Isolate>, JsValue> {
    if let Some(isolate) = ISOLATE.with(|slot| slot.borrow().clone()) {
        return Ok(isolate);
    }
    let isolate = Rc::new(make(env)?);
    ISOLATE.with(|slot| slot.replace(Some(isolate.clone())));
    Ok(isolate)
}

fn make(env: &Env) -> Result<Isolate, JsValue> {
    let var = |name: &str| Reflect::get(env, &name.into()).ok()?.as_string();
    let config = Config::read(&var, deployment(env));
    let api_headers = template(Kind::Api, &config)?;
    let page_headers = template(Kind::Page, &config)?;
    Ok(Isolate { config, keyring: RefCell::default(), shelf: RefCell::default(), api_headers, page_headers })
}

fn deployment(env: &Env) -> Option<Deployment> {
    let metadata = Reflect::get(env, &"CF_VERSION_METADATA".into()).ok()?;
    let text = |name: &str| Reflect::get(&metadata, &name.into()).ok()?.as_string();
    Some(Deployment {
        id: text("id")?,
        tag: text("tag").unwrap_or_default(),
        timestamp: text("timestamp").unwrap_or_default(),
    })
}

fn template(kind: Kind, config: &Config) -> Result<Headers, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in edge::standard(kind, config) {
        headers.set(name, &value)?;
    }
    Ok(headers)
}
