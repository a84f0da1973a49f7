use std::pin::pin;

use futures_util::future::{Either, select};
use worker::web_sys::{Headers, Request};

use super::clock::PlatformClock;
use super::stream::{Unread, read};
use crate::domain::millis::Millis;
use crate::port::clock::Clock;
use crate::port::incoming::{BodyFailure, Incoming};

/// What is small takes a phone on a poor network a second.
const PATIENCE: Millis = Millis::of_seconds(10);
/// And what may be large, as long as such a network takes: a megabit a second. For 10 MiB that is some 80 seconds.
const BYTES_PER_MS: usize = 128;

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
        let patience = PATIENCE.plus(Millis::new(i64::try_from(limit / BYTES_PER_MS).unwrap_or(0)));
        match select(pin!(read(&stream, limit)), pin!(PlatformClock.sleep(patience))).await {
            Either::Left((Ok(bytes), _)) => Ok(bytes),
            Either::Left((Err(Unread::TooLarge), _)) => Err(BodyFailure::TooLarge),
            Either::Left((Err(Unread::Broken(_)), _)) | Either::Right(_) => Err(BodyFailure::Broken),
        }
    }
}
