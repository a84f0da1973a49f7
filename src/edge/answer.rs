//! An answer as data; the platform's shell makes a response of it.

use serde::Serialize;

use crate::domain::failure::{Failure, Fault};
use crate::domain::id::{SessionId, UserId};

/// Which of the two standard sets of headers an answer carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Api,
    Page,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Empty,
    Json(String),
    /// Its type stands in the headers.
    Text(String),
    /// A file of `static/`, by the address under which the platform keeps it.
    File(&'static str),
    /// A file that somebody has given us, by its key. Its type stands in the headers.
    Blob(String),
    /// A socket to the Room of an interview, for whoever watches it from the line after that number on.
    Socket {
        session: SessionId,
        person: UserId,
        after: i64,
    },
}

/// To HEAD the answer is the same as to GET: the platform leaves the body away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub kind: Kind,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

impl Answer {
    pub fn json(status: u16, value: &impl Serialize) -> Result<Self, Failure> {
        Self::written(status, serde_json::to_string(value))
    }

    fn written(status: u16, text: serde_json::Result<String>) -> Result<Self, Failure> {
        let text = text.map_err(|error| Fault::Bug { why: error.to_string() })?;
        Ok(Self { body: Body::Json(text), ..Self::empty(status) })
    }

    pub fn text(status: u16, content_type: &'static str, text: String) -> Self {
        Self { body: Body::Text(text), ..Self::empty(status) }.with("content-type", content_type)
    }

    pub fn empty(status: u16) -> Self {
        Self { status, kind: Kind::Api, headers: Vec::new(), body: Body::Empty }
    }

    pub fn page(status: u16, file: &'static str) -> Self {
        Self { status, kind: Kind::Page, headers: Vec::new(), body: Body::File(file) }
    }

    /// A file of `static/` that is data.
    pub fn file(file: &'static str) -> Self {
        Self { kind: Kind::Api, ..Self::page(200, file) }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
