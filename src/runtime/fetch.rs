//! Port `Http` on the platform's `fetch`: `redirect: manual`, a time limit that aborts, a bound on what is read.
//! `reqwest` cannot say `redirect: manual` in the browser's `fetch`, so a redirect would carry our credentials along.

use futures_util::future::{Either, select};
use worker::js_sys::{self, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{AbortController, Headers, Request, RequestInit, RequestRedirect, Response, WorkerGlobalScope};

use super::clock::PlatformClock;
use super::stream::{Unread, read};
use crate::port::clock::Clock;
use crate::port::http::{Ask, Http, HttpFailure, Reply};

/// The platform sends none by itself, and some services refuse a request without.
const USER_AGENT: &str = concat!("vocahire/", env!("CARGO_PKG_VERSION"));

pub struct Fetch;

impl Http for Fetch {
    fn get(&self, ask: Ask) -> impl Future<Output = Result<Reply, HttpFailure>> {
        within(ask, "GET", None)
    }

    fn delete(&self, ask: Ask) -> impl Future<Output = Result<Reply, HttpFailure>> {
        within(ask, "DELETE", None)
    }

    async fn post(&self, ask: Ask, body: Vec<u8>) -> Result<Reply, HttpFailure> {
        within(ask, "POST", Some(&body)).await
    }

    fn put(&self, ask: Ask, body: &[u8]) -> impl Future<Output = Result<Reply, HttpFailure>> {
        within(ask, "PUT", Some(body))
    }
}

async fn within(ask: Ask, method: &'static str, body: Option<&[u8]>) -> Result<Reply, HttpFailure> {
    let abort = AbortController::new().map_err(unreachable)?;
    let answer = std::pin::pin!(exchange(&ask, method, body, &abort));
    match select(answer, std::pin::pin!(PlatformClock.sleep(ask.limit))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(HttpFailure::TimedOut)
        }
    }
}

async fn exchange(
    ask: &Ask,
    method: &'static str,
    body: Option<&[u8]>,
    abort: &AbortController,
) -> Result<Reply, HttpFailure> {
    let init = asking(method, &ask.headers, body).map_err(unreachable)?;
    init.set_signal(Some(&abort.signal()));
    let response = send(&ask.url, &init).await?;
    Ok(Reply { status: response.status(), body: all(&response, ask.max_bytes).await? })
}

/// A question that follows no redirect and names us.
pub fn asking(method: &str, headers: &[(&'static str, String)], body: Option<&[u8]>) -> Result<RequestInit, JsValue> {
    let told = Headers::new()?;
    told.set("user-agent", USER_AGENT)?;
    for (name, value) in headers {
        told.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&told);
    init.set_redirect(RequestRedirect::Manual);
    if let Some(body) = body {
        init.set_body(&Uint8Array::from(body));
    }
    Ok(init)
}

/// Up to the head of the answer.
pub async fn send(url: &str, init: &RequestInit) -> Result<Response, HttpFailure> {
    let request = Request::new_with_str_and_init(url, init).map_err(unreachable)?;
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Ok(JsFuture::from(scope.fetch_with_request(&request)).await.map_err(unreachable)?.unchecked_into())
}

pub async fn all(response: &Response, max_bytes: usize) -> Result<Vec<u8>, HttpFailure> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    read(&stream, max_bytes).await.map_err(|unread| match unread {
        Unread::TooLarge => HttpFailure::TooLarge,
        Unread::Broken(error) => unreachable(error),
    })
}

pub fn unreachable(error: JsValue) -> HttpFailure {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    HttpFailure::Unreachable(message.unwrap_or_else(|| "no answer".to_owned()))
}
