//! The SQL of a Room.

use super::state::Room;
use crate::domain::failure::Fault;
use crate::domain::form::{self, Form};
use crate::domain::millis::Millis;
use crate::interview::line::Line;
use crate::port::db::row;
use crate::port::due;
use crate::port::sql::Tx;

/// No call has as many.
const BATCHES: i64 = 1_000_000;

pub fn exists(tx: &impl Tx) -> Result<bool, Fault> {
    let found: Option<(i64,)> = tx.run("select 1 from sqlite_schema where name = 'room'", Vec::new())?.one()?;
    Ok(found.is_some())
}

pub fn create(tx: &impl Tx, room: &Room) -> Result<(), Fault> {
    for table in [
        "create table room (
            one integer primary key check (one = 1), state text not null, answer text, failure text,
            instructions text) strict",
        "create table lines (
            item text primary key not null, number integer not null, line text not null) strict, without rowid",
        "create table notes (number integer primary key, at integer not null, what text not null) strict",
        "create table batches (number integer primary key) strict",
    ] {
        tx.run(table, Vec::new())?;
    }
    due::prepare(tx)?;
    tx.run("insert into room (one, state) values (1, ?)", vec![text(room)?.as_str().into()]).map(drop)
}

/// Nothing remains, as if nobody had ever been here.
pub fn empty(tx: &impl Tx) -> Result<(), Fault> {
    for table in ["drop table room", "drop table lines", "drop table notes", "drop table batches", "drop table due"] {
        tx.run(table, Vec::new())?;
    }
    Ok(())
}

pub fn find(tx: &impl Tx) -> Result<Option<Room>, Fault> {
    if !exists(tx)? {
        return Ok(None);
    }
    let found: Option<(String,)> = tx.run("select state from room", Vec::new())?.one()?;
    found.map(|(state,)| read(&state)).transpose()
}

pub fn keep(tx: &impl Tx, room: &Room) -> Result<(), Fault> {
    tx.run("update room set state = ?", vec![text(room)?.as_str().into()]).map(drop)
}

/// The answer to the offer, or why there is none: whichever was first stays.
pub struct Answered {
    pub answer: Option<String>,
    pub failure: Option<String>,
}

row!(Answered { answer, failure });

pub fn answered(tx: &impl Tx) -> Result<Answered, Fault> {
    let found = tx.run("select answer, failure from room", Vec::new())?.one()?;
    found.ok_or_else(|| Fault::Bug { why: "a room without its row".to_owned() })
}

pub fn answer(tx: &impl Tx, sdp: Option<&str>) -> Result<(), Fault> {
    tx.run("update room set answer = ?", vec![sdp.into()]).map(drop)
}

pub fn fail(tx: &impl Tx, failure: &str) -> Result<(), Fault> {
    tx.run("update room set failure = ? where failure is null", vec![failure.into()]).map(drop)
}

/// Of an offer before this one nothing is told any more.
pub fn forget_answer(tx: &impl Tx) -> Result<(), Fault> {
    tx.run("update room set answer = null, failure = null", Vec::new()).map(drop)
}

/// What the interviewer was told for this call.
pub fn instruct(tx: &impl Tx, instructions: &str) -> Result<(), Fault> {
    tx.run("update room set instructions = ?", vec![instructions.into()]).map(drop)
}

pub fn instructions(tx: &impl Tx) -> Result<Option<String>, Fault> {
    let found: Option<(Option<String>,)> = tx.run("select instructions from room", Vec::new())?.one()?;
    Ok(found.and_then(|(instructions,)| instructions))
}

pub fn line(tx: &impl Tx, item: &str) -> Result<Option<Line>, Fault> {
    let found: Option<(String,)> = tx.run("select line from lines where item = ?", vec![item.into()])?.one()?;
    found.map(|(line,)| read(&line)).transpose()
}

/// Each change has the next number.
pub fn write(tx: &impl Tx, line: &Line) -> Result<(), Fault> {
    let sql = "insert into lines (item, number, line)
        values (?, (select coalesce(max(number), 0) + 1 from lines), ?)
        on conflict (item) do update set number = excluded.number, line = excluded.line";
    tx.run(sql, vec![line.item.as_str().into(), text(line)?.as_str().into()]).map(drop)
}

pub fn lines(tx: &impl Tx) -> Result<Vec<Line>, Fault> {
    let found: Vec<(String,)> = tx.run("select line from lines", Vec::new())?.read()?;
    found.iter().map(|(line,)| read(line)).collect()
}

/// In the order in which they changed.
pub fn lines_after(tx: &impl Tx, number: i64) -> Result<Vec<(i64, Line)>, Fault> {
    let sql = "select number, line from lines where number > ? order by number";
    let found: Vec<Changed> = tx.run(sql, vec![number.into()])?.read()?;
    found.iter().map(|changed| Ok((changed.number, read(&changed.line)?))).collect()
}

struct Changed {
    number: i64,
    line: String,
}

row!(Changed { number, line });

pub fn count_lines(tx: &impl Tx) -> Result<i64, Fault> {
    let found: Option<(i64,)> = tx.run("select count(*) from lines", Vec::new())?.one()?;
    Ok(found.map_or(0, |(count,)| count))
}

pub fn forget_lines(tx: &impl Tx) -> Result<(), Fault> {
    tx.run("delete from lines", Vec::new())?;
    tx.run("update room set instructions = null", Vec::new())?;
    tx.run("delete from notes", Vec::new()).map(drop)
}

/// Something that happened in this interview.
pub struct Noted {
    pub at: Millis,
    pub what: String,
}

row!(Noted { at, what });

pub fn note(tx: &impl Tx, what: &str, at: Millis) -> Result<(), Fault> {
    tx.run("insert into notes (at, what) values (?, ?)", vec![at.count().into(), what.into()]).map(drop)
}

pub fn notes(tx: &impl Tx) -> Result<Vec<Noted>, Fault> {
    tx.run("select at, what from notes order by number", Vec::new())?.read()
}

/// Whether this batch is a new one. Each call counts its own.
pub fn batch(tx: &impl Tx, connect: i64, number: i64) -> Result<bool, Fault> {
    let number = connect.saturating_mul(BATCHES).saturating_add(number);
    let sql = "insert into batches (number) values (?) on conflict do nothing returning number";
    Ok(tx.run(sql, vec![number.into()])?.one::<(i64,)>()?.is_some())
}

fn text(of: &impl serde::Serialize) -> Result<String, Fault> {
    serde_json::to_string(of).map_err(|error| Fault::Bug { why: error.to_string() })
}

fn read<T: Form>(text: &str) -> Result<T, Fault> {
    form::read(text).map_err(|why| Fault::Bug { why: format!("a room's own row: {why}") })
}
