//! Reading a body with a bound.

use worker::js_sys::{Reflect, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{ReadableStream, ReadableStreamDefaultReader};

pub enum Unread {
    TooLarge,
    Broken(JsValue),
}

/// To the end, or until there is more than `max`: the rest is then not wanted, and its sender is told.
pub async fn read(stream: &ReadableStream, max: usize) -> Result<Vec<u8>, Unread> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    while let Some(chunk) = next(&reader).await.map_err(Unread::Broken)? {
        if bytes.len().saturating_add(chunk.length() as usize) > max {
            let _ = reader.cancel();
            return Err(Unread::TooLarge);
        }
        bytes.extend(chunk.to_vec());
    }
    Ok(bytes)
}

async fn next(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, JsValue> {
    let step = JsFuture::from(reader.read()).await?;
    if Reflect::get(&step, &"done".into())?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(Reflect::get(&step, &"value".into())?.unchecked_into()))
}
