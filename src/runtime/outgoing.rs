//! The way back: an answer becomes the platform's response.

use std::cell::RefCell;
use std::rc::Rc;

use worker::Env;
use worker::js_sys::{Function, Promise, Reflect};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Headers, ReadableStream, Request, RequestInit, Response, ResponseInit};

use super::blobs;
use super::isolate::Isolate;
use super::objects::Objects;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{SessionId, UserId};
use crate::edge::{Answer, Body, Deliver, Kind};

pub struct PlatformResponse<'a> {
    env: &'a Env,
    isolate: Rc<Isolate>,
    request: &'a Request,
    made: RefCell<Option<Response>>,
}

impl<'a> PlatformResponse<'a> {
    pub fn to(request: &'a Request, env: &'a Env, isolate: Rc<Isolate>) -> Self {
        Self { env, isolate, request, made: RefCell::default() }
    }

    pub fn take(self) -> Option<Response> {
        self.made.into_inner()
    }

    async fn make(&self, answer: &Answer, blob: Option<&ReadableStream>) -> Result<Response, JsValue> {
        let init = ResponseInit::new();
        init.set_status(answer.status);
        init.set_headers(match answer.kind {
            Kind::Api => &self.isolate.api_headers,
            Kind::Page => &self.isolate.page_headers,
        });
        let response = match &answer.body {
            Body::Empty | Body::Socket { .. } => Response::new_with_opt_str_and_init(None, &init)?,
            Body::Json(text) | Body::Text(text) => Response::new_with_opt_str_and_init(Some(text), &init)?,
            Body::File(path) => self.file(path, answer.status, &init).await?,
            Body::Blob(_) => Response::new_with_opt_readable_stream_and_init(blob, &init)?,
        };
        let headers = response.headers();
        if matches!(answer.body, Body::Json(_)) {
            headers.set("content-type", "application/json")?;
        }
        for (name, value) in &answer.headers {
            headers.set(name, value)?;
        }
        Ok(response)
    }

    /// The Room answers by itself, with a socket or with none.
    async fn socket(&self, session: &SessionId, person: &UserId, after: i64) -> Result<u16, Failure> {
        let url = format!("https://object/?person={}&after={after}", person.as_str());
        let opened = Objects::of(self.env.clone(), "ROOM").open(session.as_str(), &url).await;
        let response = opened.map_err(|_| Fault::Room { why: "no socket".to_owned() })?;
        if response.status() != 101 {
            return Err(Refusal::NotFound.into());
        }
        self.made.replace(Some(response));
        Ok(101)
    }

    /// A file of `static/`, its body handed on unread. A browser that has it already is told so by the platform.
    async fn file(&self, path: &str, status: u16, init: &ResponseInit) -> Result<Response, JsValue> {
        let question = RequestInit::new();
        question.set_method(if self.request.method() == "HEAD" { "HEAD" } else { "GET" });
        let headers = Headers::new()?;
        if let Some(etag) = self.request.headers().get("if-none-match")?.filter(|_| status == 200) {
            headers.set("if-none-match", &etag)?;
        }
        question.set_headers(&headers);
        let question = Request::new_with_str_and_init(&format!("https://assets.local{path}"), &question)?;
        let assets = Reflect::get(self.env, &"ASSETS".into())?;
        let fetch: Function = Reflect::get(&assets, &"fetch".into())?.dyn_into()?;
        let promise: Promise = fetch.call1(&assets, &question)?.unchecked_into();
        let found: Response = JsFuture::from(promise).await?.unchecked_into();
        if !matches!(found.status(), 200 | 304) {
            return Err(format!("no file {path}: {}", found.status()).into());
        }
        // 304 stays 304; the page shown for a wrong address keeps its 404.
        init.set_status(if status == 200 { found.status() } else { status });
        let response = Response::new_with_opt_readable_stream_and_init(found.body().as_ref(), init)?;
        for name in ["content-type", "etag"] {
            if let Some(value) = found.headers().get(name)? {
                response.headers().set(name, &value)?;
            }
        }
        Ok(response)
    }
}

impl Deliver for PlatformResponse<'_> {
    async fn deliver(&self, answer: &Answer) -> Result<u16, Failure> {
        if let Body::Socket { session, person, after } = &answer.body {
            return self.socket(session, person, *after).await;
        }
        let blob = match &answer.body {
            Body::Blob(key) => Some(blobs::open(self.env, key).await?.ok_or(Refusal::NotFound)?),
            _ => None,
        };
        let made = self.make(answer, blob.as_ref()).await;
        let response = made.map_err(|error| Fault::Bug { why: format!("{error:?}") })?;
        let status = response.status();
        self.made.replace(Some(response));
        Ok(status)
    }
}
