//! Port `Http` on the platform's `fetch`: `redirect: manual`, a time limit that aborts, a bound on what is read.
//! `reqwest` cannot say `redirect: manual` in the browser's `fetch`, so a redirect would carry our credentials along.

use futures_util::future::{Either, select};
use worker::js_sys::{self, Promise};
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
    async fn get(&self, ask: Ask) -> Result<Reply, HttpFailure> {
        within(ask, "GET").await
    }

    async fn delete(&self, ask: Ask) -> Result<Reply, HttpFailure> {
        within(ask, "DELETE").await
    }
}

async fn within(ask: Ask, method: &'static str) -> Result<Reply, HttpFailure> {
    let abort = AbortController::new().map_err(unreachable)?;
    let answer = std::pin::pin!(exchange(&ask, method, &abort));
    match select(answer, std::pin::pin!(PlatformClock.sleep(ask.limit))).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(HttpFailure::TimedOut)
        }
    }
}

async fn exchange(ask: &Ask, method: &'static str, abort: &AbortController) -> Result<Reply, HttpFailure> {
    let response: Response =
        JsFuture::from(start(ask, method, abort).map_err(unreachable)?).await.map_err(unreachable)?.unchecked_into();
    let status = response.status();
    let body = match response.body() {
        Some(stream) => read(&stream, ask.max_bytes).await.map_err(|unread| match unread {
            Unread::TooLarge => HttpFailure::TooLarge,
            Unread::Broken(error) => unreachable(error),
        })?,
        None => Vec::new(),
    };
    Ok(Reply { status, body })
}

fn start(ask: &Ask, method: &'static str, abort: &AbortController) -> Result<Promise, JsValue> {
    let headers = Headers::new()?;
    headers.set("user-agent", USER_AGENT)?;
    for (name, value) in &ask.headers {
        headers.set(name, value)?;
    }
    let init = RequestInit::new();
    init.set_method(method);
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.signal()));
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    Ok(scope.fetch_with_request(&Request::new_with_str_and_init(&ask.url, &init)?))
}

fn unreachable(error: JsValue) -> HttpFailure {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    HttpFailure::Unreachable(message.unwrap_or_else(|| "no answer".to_owned()))
}
