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

pub struct Isolate {
    pub config: Config,
    pub keyring: RefCell<Keyring<CryptoKey>>,
    /// The common headers of both kinds of answer, made once: the platform copies them faster than we could write them.
    pub api_headers: Option<Headers>,
    pub page_headers: Option<Headers>,
}

thread_local! {
    static ISOLATE: RefCell<Option<Rc<Isolate>>> = const { RefCell::new(None) };
}

/// The variables of a deployment do not change while an isolate lives, so they are read once.
pub fn isolate(env: &Env) -> Rc<Isolate> {
    ISOLATE.with(|slot| slot.borrow_mut().get_or_insert_with(|| Rc::new(make(env))).clone())
}

fn make(env: &Env) -> Isolate {
    let var = |name: &str| Reflect::get(env, &name.into()).ok()?.as_string();
    let config = Config::read(&var, deployment(env));
    let [api_headers, page_headers] = [Kind::Api, Kind::Page].map(|kind| template(kind, &config).ok());
    Isolate { config, keyring: RefCell::default(), api_headers, page_headers }
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
