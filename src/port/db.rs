//! D1: the queryable copy of everything people search. Asynchronous, may be slow, may fail after it has written.

use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;

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

/// The rows of one statement: of each, its cells in the order of the select.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows(pub Vec<Vec<Value>>);

impl Rows {
    /// By a plain loop: there is one of it for each kind of row.
    pub fn read<T: Row>(self) -> Result<Vec<T>, Fault> {
        let mut rows = Vec::with_capacity(self.0.len());
        for cells in self.0 {
            rows.push(T::read(&mut Cells(cells.into_iter())).ok_or_else(unreadable)?);
        }
        Ok(rows)
    }

    pub fn one<T: Row>(self) -> Result<Option<T>, Fault> {
        let mut rows = self.read()?;
        Ok((!rows.is_empty()).then(|| rows.swap_remove(0)))
    }
}

fn unreadable() -> Fault {
    Fault::Database { why: "a row that is not what was asked for".to_owned() }
}

/// The rows of the nth statement of a batch.
pub fn nth(batch: Vec<Rows>, n: usize) -> Rows {
    batch.into_iter().nth(n).unwrap_or_default()
}

/// The cells of a row, taken one after the other.
pub struct Cells(std::vec::IntoIter<Value>);

impl Cells {
    pub fn take<T: Cell>(&mut self) -> Option<T> {
        T::of(self.0.next()?)
    }
}

pub trait Row: Sized {
    fn read(cells: &mut Cells) -> Option<Self>;
}

/// A row whose cells are the fields, in their order.
macro_rules! row {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::port::db::Row for $name {
            fn read(cells: &mut $crate::port::db::Cells) -> Option<Self> {
                Some(Self { $($field: cells.take()?),* })
            }
        }
    };
}

pub(crate) use row;

/// A row of one cell.
impl<T: Cell> Row for (T,) {
    fn read(cells: &mut Cells) -> Option<Self> {
        Some((cells.take()?,))
    }
}

pub trait Cell: Sized {
    fn of(value: Value) -> Option<Self>;
}

impl Cell for i64 {
    fn of(value: Value) -> Option<Self> {
        if let Value::Int(number) = value { Some(number) } else { None }
    }
}

impl Cell for String {
    fn of(value: Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text) } else { None }
    }
}

impl Cell for Millis {
    fn of(value: Value) -> Option<Self> {
        i64::of(value).map(Self::new)
    }
}

impl Cell for Credits {
    fn of(value: Value) -> Option<Self> {
        i64::of(value).map(Self::milli)
    }
}

impl Cell for Owner {
    fn of(value: Value) -> Option<Self> {
        Self::parse(&String::of(value)?)
    }
}

impl Cell for SessionId {
    fn of(value: Value) -> Option<Self> {
        Self::parse(&String::of(value)?)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn of(value: Value) -> Option<Self> {
        if value == Value::Null { Some(None) } else { T::of(value).map(Some) }
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
