//! The SQL of what is due.

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::port::db::{Cells, Row};
use crate::port::sql::Tx;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    pub what: String,
    pub about: String,
    pub at: Millis,
    pub tries: u32,
}

impl Row for Task {
    fn read(cells: &mut Cells) -> Option<Self> {
        let (what, about, at) = (cells.take()?, cells.take()?, cells.take()?);
        Some(Self { what, about, at, tries: u32::try_from(cells.take::<i64>()?).unwrap_or(u32::MAX) })
    }
}

pub fn prepare(tx: &impl Tx) -> Result<(), Fault> {
    let due = "create table due (
        what text not null, about text not null, at integer not null, tries integer not null default 0,
        primary key (what, about)) strict, without rowid";
    tx.run(due, Vec::new()).map(drop)
}

/// A new task, or a new time for one that stands there already.
pub fn plan(tx: &impl Tx, what: &'static str, about: &str, at: Millis) -> Result<(), Fault> {
    let sql = "insert into due (what, about, at) values (?, ?, ?)
        on conflict (what, about) do update set at = excluded.at, tries = 0";
    tx.run(sql, vec![what.into(), about.into(), at.count().into()]).map(drop)
}

pub fn cancel(tx: &impl Tx, what: &str, about: &str) -> Result<(), Fault> {
    tx.run("delete from due where what = ? and about = ?", vec![what.into(), about.into()]).map(drop)
}

pub fn put_off(tx: &impl Tx, what: &str, about: &str, at: Millis) -> Result<(), Fault> {
    let sql = "update due set at = ?, tries = tries + 1 where what = ? and about = ?";
    tx.run(sql, vec![at.count().into(), what.into(), about.into()]).map(drop)
}

pub fn all(tx: &impl Tx, what: &str) -> Result<Vec<Task>, Fault> {
    tx.run("select what, about, at, tries from due where what = ? order by at, about", vec![what.into()])?.read()
}

/// A task of this kind, whatever it is about.
pub fn find(tx: &impl Tx, what: &str) -> Result<Option<Task>, Fault> {
    let sql = "select what, about, at, tries from due where what = ? order by about limit 1";
    tx.run(sql, vec![what.into()])?.one()
}

/// The task that has waited longest, of those whose time has come.
pub fn first(tx: &impl Tx, now: Millis) -> Result<Option<Task>, Fault> {
    let sql = "select what, about, at, tries from due where at <= ? order by at, what, about limit 1";
    tx.run(sql, vec![now.count().into()])?.one()
}

pub fn earliest(tx: &impl Tx) -> Result<Option<Millis>, Fault> {
    let least: Option<(Option<Millis>,)> = tx.run("select min(at) from due", Vec::new())?.one()?;
    Ok(least.and_then(|(at,)| at))
}

/// When this task is due.
pub fn at(tx: &impl Tx, what: &str, about: &str) -> Result<Option<Millis>, Fault> {
    let found = tx.run("select at from due where what = ? and about = ?", vec![what.into(), about.into()])?;
    Ok(found.one()?.map(|(at,)| at))
}
