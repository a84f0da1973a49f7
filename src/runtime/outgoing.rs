//! From an answer to the platform's response.

use worker::Env;
use worker::js_sys::{Function, Promise, Reflect};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Headers, Request, RequestInit, Response, ResponseInit};

use super::isolate::Isolate;
use crate::edge::{Answer, Body, Kind};

pub async fn respond(answer: &Answer, request: &Request, isolate: &Isolate, env: &Env) -> Result<Response, JsValue> {
    let template = match answer.kind {
        Kind::Api => &isolate.api_headers,
        Kind::Page => &isolate.page_headers,
    };
    let init = ResponseInit::new();
    init.set_status(answer.status);
    if let Some(template) = template {
        init.set_headers(template);
    }
    let response = match &answer.body {
        Body::Empty => Response::new_with_opt_str_and_init(None, &init)?,
        Body::Json(text) => Response::new_with_opt_str_and_init(Some(text), &init)?,
        Body::File(path) => file(path, answer.status, request, env, &init).await?,
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

/// A file of `static/`, its body handed on unread. A browser that has it already is told so by the platform.
async fn file(path: &str, status: u16, request: &Request, env: &Env, init: &ResponseInit) -> Result<Response, JsValue> {
    let assets = Reflect::get(env, &"ASSETS".into())?;
    let fetch: Function = Reflect::get(&assets, &"fetch".into())?.unchecked_into();
    let question = RequestInit::new();
    question.set_method(&request.method());
    let headers = Headers::new()?;
    if let Some(etag) = request.headers().get("if-none-match")?.filter(|_| status == 200) {
        headers.set("if-none-match", &etag)?;
    }
    question.set_headers(&headers);
    let question = Request::new_with_str_and_init(&format!("https://assets.local{path}"), &question)?;
    let promise: Promise = fetch.call1(&assets, &question)?.unchecked_into();
    let found: Response = JsFuture::from(promise).await?.unchecked_into();
    // 304 stays 304; a page shown for a wrong address keeps its 404.
    init.set_status(if status == 200 { found.status() } else { status });
    let response = Response::new_with_opt_readable_stream_and_init(found.body().as_ref(), init)?;
    for name in ["content-type", "etag"] {
        if let Some(value) = found.headers().get(name)? {
            response.headers().set(name, &value)?;
        }
    }
    Ok(response)
}
