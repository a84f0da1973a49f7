//! The storage of an object: SQL without waiting, and one alarm. There is one way in.

use super::db::{Rows, Value};
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;

pub trait Sql {
    type Tx: Tx;

    /// All that `work` does takes effect, its alarm included, or, when it answers an error, nothing does.
    fn transaction<T, E: From<Fault>>(&self, work: impl FnOnce(&Self::Tx) -> Result<T, E>) -> Result<T, E>;
}

/// What can be done inside a transaction. Numbers are whole and below 2^53: the platform counts in doubles.
pub trait Tx {
    fn run(&self, sql: &'static str, values: Vec<Value>) -> Result<Rows, Fault>;

    /// The object's one alarm rings at `at`, whatever it was set to before.
    fn arm(&self, at: Millis) -> Result<(), Fault>;
}
