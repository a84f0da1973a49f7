//! D1: the queryable copy of everything people search. Asynchronous, may be slow, may fail after it has written.

use serde::de::DeserializeOwned;

use crate::domain::failure::Fault;

#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(maybe: Option<T>) -> Self {
        maybe.map_or(Self::Null, Into::into)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    pub sql: &'static str,
    pub values: Vec<Value>,
}

/// The rows of one statement, as the JSON array the platform hands over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows(pub String);

impl Rows {
    pub fn read<T: DeserializeOwned>(&self) -> Result<Vec<T>, Fault> {
        serde_json::from_str(&self.0).map_err(|e| Fault::Database { why: format!("row: {e}") })
    }
}

pub trait Db {
    /// Runs the statements in one transaction: all of them or none. Gives one `Rows` for each.
    /// A time limit is the adapter's; past it, or on any error, the effect is unknown.
    fn batch(&self, statements: Vec<Statement>) -> impl Future<Output = Result<Vec<Rows>, Fault>>;

    /// What follows must have read at least up to here.
    fn read_from(&self, bookmark: String);

    /// Where the caller's next request must at least have read up to, once this one has used the database.
    fn bookmark(&self) -> Option<String>;
}
