//! SQLite with the platform's manners: numbers go in as doubles and come out as doubles, and what the platform refuses
//! is refused.

use std::cell::RefCell;
use std::collections::HashSet;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::{Value as Cell, ValueRef};
use vocahire::domain::failure::Fault;
use vocahire::port::db::{Rows, Value};

const MOST_VALUES: usize = 100;
const LARGEST_ROW: usize = 2 * 1024 * 1024;
/// What the platform's SQLite is built and set up with.
const LIMITS: &[(Limit, i32)] = &[
    (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (Limit::SQLITE_LIMIT_COLUMN, 100),
    (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
    (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
    (Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50),
    (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10),
];
const REFUSED_STARTS: &[&str] = &["begin", "commit", "rollback", "savepoint", "release", "pragma", "attach", "vacuum"];
const REFUSED_WORDS: &[&str] = &[
    "random(",
    "sqlite_version(",
    "randomblob(",
    "'now'",
    "current_timestamp",
    "current_time",
    "current_date",
    "unixepoch()",
    "strftime('%s')",
];

/// An empty database with the platform's limits.
pub fn empty() -> Connection {
    let connection = Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch("pragma foreign_keys = on").expect("foreign keys");
    // Or each new value has a statement planned anew, which takes longer than to run it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).expect("a setting");
    for (limit, value) in LIMITS {
        connection.set_limit(*limit, *value).expect("a limit");
    }
    connection
}

/// Every migration of D1, in order.
pub fn migrated() -> Connection {
    let connection = empty();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).expect("migrations").map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        connection.execute_batch(&std::fs::read_to_string(&file).unwrap()).expect("migrations apply");
    }
    connection
}

/// What the platform itself says around our statements.
pub fn say(connection: &Connection, sql: &'static str) {
    connection.prepare_cached(sql).and_then(|mut said| said.execute([])).expect("what the platform says");
}

pub fn run(connection: &Connection, sql: &'static str, values: &[Value]) -> Result<Rows, Fault> {
    allowed(sql)?;
    fits(values)?;
    let mut prepared = connection.prepare_cached(sql).map_err(broken)?;
    let width = prepared.column_count();
    let cells = values.iter().map(|value| match value {
        Value::Null => Cell::Null,
        Value::Int(number) => Cell::Real(*number as f64),
        Value::Text(text) => Cell::Text(text.clone()),
    });
    let mut rows = prepared.query(rusqlite::params_from_iter(cells)).map_err(broken)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(broken)? {
        found.push((0..width).map(|n| told(row.get_ref(n).unwrap())).collect::<Result<_, _>>()?);
    }
    Ok(Rows(found))
}

fn refuse(why: &str) -> Result<(), Fault> {
    Err(Fault::Database { why: format!("{why}: SQLITE_ERROR") })
}

thread_local! {
    /// Statements that were looked at and may run: simulations run the same few millions of times.
    static LOOKED_AT: RefCell<HashSet<*const u8>> = RefCell::default();
}

fn allowed(sql: &'static str) -> Result<(), Fault> {
    if LOOKED_AT.with_borrow(|known| known.contains(&sql.as_ptr())) {
        return Ok(());
    }
    let text = sql.trim_start().to_lowercase();
    if REFUSED_STARTS.iter().any(|start| text.starts_with(start))
        || REFUSED_WORDS.iter().any(|word| text.contains(word))
    {
        return refuse("not authorized");
    }
    LOOKED_AT.with_borrow_mut(|known| known.insert(sql.as_ptr()));
    Ok(())
}

fn fits(values: &[Value]) -> Result<(), Fault> {
    if values.len() > MOST_VALUES {
        return refuse("too many SQL variables");
    }
    let size: usize = values.iter().map(|value| if let Value::Text(text) = value { text.len() } else { 8 }).sum();
    if size > LARGEST_ROW {
        return Err(Fault::DatabaseRefused { why: "string or blob too big: SQLITE_TOOBIG".to_owned() });
    }
    Ok(())
}

/// Whole numbers pass through a double, as JavaScript's do, which knows one kind of number: 2.0 is written as 2.
fn told(cell: ValueRef<'_>) -> Result<Value, Fault> {
    Ok(match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int((number as f64) as i64),
        ValueRef::Real(number) if !number.is_finite() => Value::Null,
        ValueRef::Real(number) if number.fract() == 0.0 && number.abs() < 1e15 => Value::Int(number as i64),
        ValueRef::Real(_) => return Err(Fault::Database { why: "a number that is not whole".to_owned() }),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into()),
        ValueRef::Blob(_) => panic!("no blobs"),
    })
}

/// The platform's own words for what a table does not take.
pub fn broken(error: rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode::{ConstraintViolation, TooBig, TypeMismatch};
    match error.sqlite_error_code() {
        Some(ConstraintViolation | TypeMismatch | TooBig) => {
            Fault::DatabaseRefused { why: format!("{error}: SQLITE_CONSTRAINT") }
        }
        _ => Fault::Database { why: error.to_string() },
    }
}
