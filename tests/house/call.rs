//! A request as the house sees it come, and what one reads of an answer.

use serde_json::Value as Json;
use vocahire::edge::{Answer, Body};
use vocahire::port::incoming::{BodyFailure, Incoming};

pub struct Call {
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: Result<Vec<u8>, BodyFailure>,
}

impl Call {
    pub fn of(method: &str, address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let [method, path, query] = [method, path, query].map(str::to_owned);
        Self { method, path, query, headers: Vec::new(), body: Ok(Vec::new()) }
    }

    pub fn get(address: &str) -> Self {
        Self::of("GET", address)
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: Result<&[u8], BodyFailure>) -> Self {
        self.body = body.map(<[u8]>::to_vec);
        self
    }
}

impl Incoming for Call {
    fn method(&self) -> &str {
        &self.method
    }
    fn path(&self) -> &str {
        &self.path
    }
    fn query(&self) -> &str {
        &self.query
    }
    fn header(&self, name: &str) -> Option<String> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone())
    }
    async fn body(&self, limit: usize) -> Result<Vec<u8>, BodyFailure> {
        self.body.clone().and_then(|body| if body.len() > limit { Err(BodyFailure::TooLarge) } else { Ok(body) })
    }
}

pub fn json(answer: &Answer) -> Json {
    match &answer.body {
        Body::Json(text) => serde_json::from_str(text).expect("an answer is JSON"),
        other => panic!("{other:?} is no JSON"),
    }
}

pub fn code(answer: &Answer) -> String {
    format!("{} {}", answer.status, json(answer)["code"].as_str().unwrap_or("-"))
}

pub fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.headers.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_str())
}
