//! Port `Calls` on the platform: a post that is never aborted, and the socket of the sideband.

use std::pin::pin;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use worker::wasm_bindgen::JsValue;
use worker::web_sys::{AbortController, Headers, RequestInit, RequestRedirect, Response};
use worker::{WebSocket, WebsocketEvent};

use super::clock::PlatformClock;
use super::fetch::{all, asking, send, unreachable};
use crate::domain::millis::Millis;
use crate::port::calls::{Body, Calls, Head, Line, Post, Undialled};
use crate::port::clock::Clock;
use crate::port::http::HttpFailure;

/// A socket that is not there by now is dialled again.
const DIAL_LIMIT: Millis = Millis::of_seconds(10);

pub struct FetchCalls;

pub struct Unread(Response);

#[derive(Clone)]
pub struct Socket(WebSocket);

impl Calls for FetchCalls {
    type Body = Unread;
    type Line = Socket;

    async fn post(&self, post: Post) -> Result<(Head, Unread), HttpFailure> {
        let init = asking("POST", &post.headers, Some(&post.body)).map_err(unreachable)?;
        let response = send(&post.url, &init).await?;
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let (location, retry_after) = (header("location"), header("retry-after"));
        Ok((Head { status: response.status(), location, retry_after }, Unread(response)))
    }

    /// A dial that is given up is aborted: dropped alone, it would leave a socket that nobody knows of.
    async fn dial(&self, url: &str, headers: Vec<(&'static str, String)>) -> Result<Socket, Undialled> {
        let abort = AbortController::new().map_err(|_| Undialled::Unreachable)?;
        let init = upgrade(&headers).map_err(|_| Undialled::Unreachable)?;
        init.set_signal(Some(&abort.signal()));
        let answer = match select(pin!(send(url, &init)), pin!(PlatformClock.sleep(DIAL_LIMIT))).await {
            Either::Left((answer, _)) => answer.map_err(|_| Undialled::Unreachable)?,
            Either::Right(_) => {
                abort.abort();
                return Err(Undialled::Unreachable);
            }
        };
        let status = answer.status();
        worker::Response::from(answer).websocket().map(Socket).ok_or(Undialled::Refused(status))
    }
}

fn upgrade(headers: &[(&'static str, String)]) -> Result<RequestInit, JsValue> {
    let told = Headers::new()?;
    told.set("Upgrade", "websocket")?;
    for (name, value) in headers {
        told.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_headers(&told);
    init.set_redirect(RequestRedirect::Manual);
    Ok(init)
}

impl Body for Unread {
    async fn read(self, max: usize) -> Result<Vec<u8>, HttpFailure> {
        all(&self.0, max).await
    }
}

impl Line for Socket {
    fn say(&self, text: &str) -> bool {
        self.0.send_with_str(text).is_ok()
    }

    /// The events first, then the accept: what was said meanwhile is not lost.
    async fn listen(&self, mut heard: impl FnMut(&str)) {
        let Ok(mut events) = self.0.events() else { return };
        if self.0.accept().is_err() {
            return;
        }
        while let Some(event) = events.next().await {
            match event {
                Ok(WebsocketEvent::Message(message)) => {
                    if let Some(text) = message.text() {
                        heard(&text);
                    }
                }
                Ok(WebsocketEvent::Close(_)) => return,
                // An error is followed by the close.
                Err(_) => {}
            }
        }
    }

    fn close(&self) {
        let _ = self.0.close(Some(1000), Some("over"));
    }
}
