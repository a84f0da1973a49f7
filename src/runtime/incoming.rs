use std::pin::pin;

use futures_util::future::{Either, select};
use worker::wasm_bindgen::JsCast;
use worker::web_sys::{Headers, ReadableStreamDefaultReader, Request};

use super::clock::PlatformClock;
use super::fetch::next;
use crate::domain::millis::Millis;
use crate::port::clock::Clock;
use crate::port::incoming::{BodyFailure, Incoming};

/// The largest body of today takes a phone on a poor network a second.
const PATIENCE: Millis = Millis::of_seconds(10);

/// The platform's request. Its address comes serialised by the URL standard, so plain splitting is sound.
pub struct PlatformRequest<'a> {
    request: &'a Request,
    headers: Headers,
    method: String,
    url: String,
    path: std::ops::Range<usize>,
}

impl<'a> PlatformRequest<'a> {
    pub fn of(request: &'a Request) -> Self {
        let url = request.url();
        let host = url.find("://").map_or(0, |at| at.saturating_add(3));
        let path = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host.saturating_add(at));
        let end = url.find(['?', '#']).unwrap_or(url.len());
        Self { request, headers: request.headers(), method: request.method(), path: path..end, url }
    }
}

impl PlatformRequest<'_> {
    pub fn headers(&self) -> &Headers {
        &self.headers
    }
}

impl Incoming for PlatformRequest<'_> {
    fn method(&self) -> &str {
        &self.method
    }

    fn path(&self) -> &str {
        self.url.get(self.path.clone()).unwrap_or("/")
    }

    fn query(&self) -> &str {
        let behind = self.url.get(self.path.end..).and_then(|rest| rest.strip_prefix('?'));
        behind.and_then(|rest| rest.split('#').next()).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }

    /// An announced length is believed only to refuse; what arrives is counted, and a sender that dawdles is left.
    async fn body(&self, limit: usize) -> Result<Vec<u8>, BodyFailure> {
        let announced = self.header("content-length").and_then(|length| length.parse::<usize>().ok());
        if announced.is_some_and(|length| length > limit) {
            return Err(BodyFailure::TooLarge);
        }
        let Some(stream) = self.request.body() else { return Ok(Vec::new()) };
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        match select(pin!(read(&reader, limit)), pin!(PlatformClock.sleep(PATIENCE))).await {
            Either::Left((bytes, _)) => bytes,
            Either::Right(_) => {
                let _ = reader.cancel();
                Err(BodyFailure::Broken)
            }
        }
    }
}

async fn read(reader: &ReadableStreamDefaultReader, limit: usize) -> Result<Vec<u8>, BodyFailure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = next(reader).await.map_err(|_| BodyFailure::Broken)? {
        if bytes.len().saturating_add(chunk.length() as usize) > limit {
            let _ = reader.cancel();
            return Err(BodyFailure::TooLarge);
        }
        bytes.extend(chunk.to_vec());
    }
    Ok(bytes)
}
