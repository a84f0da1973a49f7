//! Port `Blobs` on the platform's bucket, and the way of a file out of it.

use std::pin::pin;

use futures_util::future::{Either, select};
use worker::Env;
use worker::js_sys::{Array, Error, Object, Promise, Reflect, Uint8Array};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::ReadableStream;

use super::clock::PlatformClock;
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::port::blobs::Blobs;
use crate::port::clock::Clock;

/// A file of the largest size takes a second or two.
const LIMIT: Millis = Millis::of_seconds(15);

#[wasm_bindgen]
extern "C" {
    type Files;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Files, key: &str, bytes: &Uint8Array, options: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Files, keys: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Files, key: &str) -> Result<Promise, JsValue>;
}

pub struct Bucket {
    env: Env,
}

impl Bucket {
    pub fn of(env: Env) -> Self {
        Self { env }
    }
}

impl Blobs for Bucket {
    async fn put(&self, key: &str, bytes: &[u8], content_type: &'static str) -> Result<(), Fault> {
        let put = || {
            let [options, metadata] = [Object::new(), Object::new()];
            Reflect::set(&metadata, &"contentType".into(), &content_type.into())?;
            Reflect::set(&options, &"httpMetadata".into(), &metadata)?;
            files(&self.env)?.put(key, &Uint8Array::from(bytes), &options)
        };
        answer(put()).await.map(drop)
    }

    async fn delete(&self, keys: &[String]) -> Result<(), Fault> {
        let keys: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        answer(files(&self.env).and_then(|files| files.delete(&keys))).await.map(drop)
    }
}

/// The bytes as they lie there: they pass through the platform, never through our memory.
pub async fn open(env: &Env, key: &str) -> Result<Option<ReadableStream>, Fault> {
    let found = answer(files(env).and_then(|files| files.get(key))).await?;
    if found.is_null() {
        return Ok(None);
    }
    Ok(Some(Reflect::get(&found, &"body".into()).map_err(thrown)?.unchecked_into()))
}

fn files(env: &Env) -> Result<Files, JsValue> {
    Ok(Reflect::get(env, &"FILES".into())?.unchecked_into())
}

async fn answer(asked: Result<Promise, JsValue>) -> Result<JsValue, Fault> {
    let answer = JsFuture::from(asked.map_err(thrown)?);
    match select(answer, pin!(PlatformClock.sleep(LIMIT))).await {
        Either::Left((answer, _)) => answer.map_err(thrown),
        Either::Right(_) => Err(Fault::Files { why: "no answer in time".to_owned() }),
    }
}

fn thrown(error: JsValue) -> Fault {
    let message = error.dyn_ref::<Error>().map(|error| String::from(error.message()));
    Fault::Files { why: message.unwrap_or_else(|| "unreachable".to_owned()) }
}
