//! The storage of one object: SQLite with savepoints, and an alarm that is part of the transaction.

use std::cell::Cell;
use std::rc::Rc;

use rusqlite::Connection;
use vocahire::domain::failure::Fault;
use vocahire::domain::millis::Millis;
use vocahire::port::db::{Rows, Value};
use vocahire::port::sql::{Sql, Tx};

use super::sqlite;

/// What stays when the object's memory goes.
pub struct Disk {
    pub database: Connection,
    pub alarm: Cell<Option<i64>>,
    /// How often it was set.
    pub armed: Cell<usize>,
    /// The statement of a transaction, counted from 1, that fails after it has been done; once.
    pub failing: Cell<Option<usize>>,
    pub transactions: Cell<usize>,
}

impl Disk {
    pub fn new() -> Rc<Self> {
        let database = sqlite::empty();
        database.set_prepared_statement_cache_capacity(200);
        let (armed, transactions) = (Cell::default(), Cell::default());
        Rc::new(Self { database, alarm: Cell::default(), armed, failing: Cell::default(), transactions })
    }
}

#[derive(Clone)]
pub struct Storage {
    disk: Rc<Disk>,
    tx: Rc<HostTx>,
}

pub struct HostTx {
    disk: Rc<Disk>,
    open: Cell<bool>,
    statements: Cell<usize>,
}

impl Storage {
    pub fn of(disk: &Rc<Disk>) -> Self {
        let tx = HostTx { disk: disk.clone(), open: Cell::new(false), statements: Cell::default() };
        Self { disk: disk.clone(), tx: Rc::new(tx) }
    }
}

impl Sql for Storage {
    type Tx = HostTx;

    fn transaction<T, E: From<Fault>>(&self, work: impl FnOnce(&HostTx) -> Result<T, E>) -> Result<T, E> {
        assert!(!self.tx.open.replace(true), "a transaction inside a transaction");
        let (database, alarm) = (&self.disk.database, self.disk.alarm.get());
        self.disk.transactions.set(self.disk.transactions.get() + 1);
        self.tx.statements.set(0);
        sqlite::say(database, "savepoint work");
        let done = work(&self.tx);
        if done.is_ok() {
            sqlite::say(database, "release work");
        } else {
            database.execute_batch("rollback to work; release work").expect("a rollback");
            self.disk.alarm.set(alarm);
        }
        self.tx.open.set(false);
        done
    }
}

impl Tx for HostTx {
    fn run(&self, sql: &'static str, values: Vec<Value>) -> Result<Rows, Fault> {
        assert!(self.open.get(), "a statement outside of a transaction: {sql}");
        let done = sqlite::run(&self.disk.database, sql, &values);
        self.statements.set(self.statements.get() + 1);
        if self.disk.failing.get() == Some(self.statements.get()) {
            self.disk.failing.set(None);
            return Err(Fault::Database { why: "failed on purpose".to_owned() });
        }
        done
    }

    fn arm(&self, at: Millis) -> Result<(), Fault> {
        assert!(self.open.get(), "an alarm outside of a transaction");
        self.disk.alarm.set(Some(at.count()));
        self.disk.armed.set(self.disk.armed.get() + 1);
        Ok(())
    }
}
