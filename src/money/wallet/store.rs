//! The SQL inside a Wallet.

mod charges;
mod refused;

pub use charges::{Charged, bought, charge, given, sold, take_back};
pub use refused::{missing, park, parked, refused, taken_after_all, to_try_again};

use super::entry::Draft;
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::money::book::{Balances, Postings};
use crate::money::command::{Line, State};
use crate::money::rules::Covered;
use crate::port::db::{Cells, Row, Rows, Value, row};
use crate::port::sql::Tx;

/// The book's cover and its last entry.
#[derive(Clone, Debug)]
pub struct Cover {
    pub owner: Owner,
    pub closed_at: Option<Millis>,
    pub welcomed: i64,
    pub premium_until: Option<Millis>,
    pub premium_as_of: Option<Millis>,
    /// So far the chain was checked.
    pub audited: i64,
    pub audited_hash: String,
    pub seq: Option<i64>,
    pub hash: Option<String>,
    pub user_after: Option<Credits>,
    pub held_after: Option<Credits>,
    pub owed_after: Option<Credits>,
}

impl Cover {
    /// As the last entry left them.
    pub fn balances(&self) -> Balances {
        Balances {
            user: self.user_after.unwrap_or_default(),
            held: self.held_after.unwrap_or_default(),
            owed: self.owed_after.unwrap_or_default(),
        }
    }
}

row!(Cover {
    owner,
    closed_at,
    welcomed,
    premium_until,
    premium_as_of,
    audited,
    audited_hash,
    seq,
    hash,
    user_after,
    held_after,
    owed_after
});

#[derive(Clone, Debug)]
pub struct HoldRow {
    pub session: SessionId,
    pub person: String,
    pub amount: Credits,
    pub seconds: i64,
    pub state: State,
    pub held_at: Millis,
    pub lapses_at: Millis,
    pub end_seq: Option<i64>,
}

row!(HoldRow { session, person, amount, seconds, state, held_at, lapses_at, end_seq });

#[derive(Clone, Debug)]
pub struct Known {
    pub fingerprint: String,
    pub reference: Option<String>,
    pub seq: i64,
    pub earned: Credits,
    pub user_after: Credits,
    pub held_after: Credits,
    pub owed_after: Credits,
}

row!(Known { fingerprint, reference, seq, earned, user_after, held_after, owed_after });

/// What one entry's chain link is made of, and the link.
#[derive(Clone, Debug)]
pub struct Link {
    pub line: Line,
    pub fingerprint: String,
    pub hash: String,
}

impl Row for Link {
    fn read(cells: &mut Cells) -> Option<Self> {
        Some(Self { line: Line::read(cells)?, fingerprint: cells.take()?, hash: cells.take()? })
    }
}

/// The cells of a line, as every select of lines begins with them.
impl Row for Line {
    fn read(cells: &mut Cells) -> Option<Self> {
        Some(Self {
            seq: cells.take()?,
            at: cells.take()?,
            kind: cells.take()?,
            key: cells.take()?,
            postings: Postings {
                user: cells.take()?,
                held: cells.take()?,
                earned: cells.take()?,
                granted: cells.take()?,
                bought: cells.take()?,
                refunded: cells.take()?,
                owed: cells.take()?,
            },
            user_after: cells.take()?,
            held_after: cells.take()?,
            owed_after: cells.take()?,
            reference: cells.take()?,
            reason: cells.take()?,
            actor: cells.take()?,
            seconds: cells.take()?,
        })
    }
}

/// The tables of a new book. Entries are only ever added. The key of an entry is unique where it has one: a hold ends
/// by its state, so its end needs none.
pub fn create(tx: &impl Tx, owner: &Owner, now: Millis) -> Result<(), Fault> {
    for table in [
        "create table wallet (
            one integer primary key check (one = 1), version integer not null default 1, owner text not null,
            opened_at integer not null, closed_at integer, welcomed integer not null default 0,
            premium_until integer, premium_as_of integer,
            audited integer not null default 0, audited_hash text not null default '') strict",
        "create table entries (
            seq integer primary key, at integer not null, kind text not null, key text, fingerprint text not null,
            user integer not null, held integer not null, earned integer not null, granted integer not null,
            bought integer not null, refunded integer not null, owed integer not null,
            user_after integer not null check (user_after >= 0), held_after integer not null check (held_after >= 0),
            owed_after integer not null check (owed_after <= 0),
            reference text, reason text, actor text, seconds integer, hash text not null,
            check (user + held + earned + granted + bought + refunded + owed = 0)) strict",
        "create unique index once on entries (key) where key is not null",
        "create table holds (
            session text primary key, person text not null, amount integer not null, seconds integer not null,
            state text not null, held_at integer not null, lapses_at integer not null, ended_at integer,
            free_void integer not null default 0, excused integer not null default 0,
            end_seq integer) strict, without rowid",
        "create index recent on holds (person, held_at)",
        "create index let_go on holds (person, ended_at) where free_void = 1",
        "create table charges (
            charge text primary key, sold integer not null, paid integer not null, taken integer not null default 0,
            disputed integer not null default 0, refunded integer not null default 0) strict, without rowid",
        "create table refused (
            seq integer primary key, tries integer not null, why text not null, parked_at integer) strict",
    ] {
        tx.run(table, Vec::new())?;
    }
    let sql = "insert into wallet (one, owner, opened_at) values (1, ?, ?)";
    tx.run(sql, vec![owner.as_str().into(), now.count().into()]).map(drop)
}

pub fn exists(tx: &impl Tx) -> Result<bool, Fault> {
    let sql = "select count(*) from sqlite_master where type = 'table' and name = 'wallet'";
    Ok(number(tx.run(sql, Vec::new())?)? == 1)
}

pub fn cover(tx: &impl Tx) -> Result<Option<Cover>, Fault> {
    let sql = "select owner, closed_at, welcomed, premium_until, premium_as_of, audited, audited_hash,
            seq, hash, user_after, held_after, owed_after
        from wallet left join entries on seq = (select max(seq) from entries)";
    tx.run(sql, Vec::new())?.one()
}

pub fn welcome(tx: &impl Tx) -> Result<(), Fault> {
    tx.run("update wallet set welcomed = 1", Vec::new()).map(drop)
}

pub fn close(tx: &impl Tx, now: Millis) -> Result<(), Fault> {
    tx.run("update wallet set closed_at = ?", vec![now.count().into()]).map(drop)
}

pub fn entitle(tx: &impl Tx, until: Millis, as_of: Millis) -> Result<(), Fault> {
    let sql = "update wallet set premium_until = ?, premium_as_of = ?";
    tx.run(sql, vec![until.count().into(), as_of.count().into()]).map(drop)
}

pub fn heard_of_plan(tx: &impl Tx, as_of: Millis) -> Result<(), Fault> {
    tx.run("update wallet set premium_as_of = ?", vec![as_of.count().into()]).map(drop)
}

pub fn audited(tx: &impl Tx, seq: i64, hash: &str) -> Result<(), Fault> {
    tx.run("update wallet set audited = ?, audited_hash = ?", vec![seq.into(), hash.into()]).map(drop)
}

pub fn append(tx: &impl Tx, draft: &Draft, line: &Line, hash: &str) -> Result<(), Fault> {
    let sql =
        "insert into entries (seq, at, kind, key, fingerprint, user, held, earned, granted, bought, refunded, owed,
            user_after, held_after, owed_after, reference, reason, actor, seconds, hash)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let of = |credits: Credits| Value::Int(credits.count());
    let text = |text: &Option<String>| Value::from(text.as_deref());
    let moved = &line.postings;
    tx.run(
        sql,
        vec![
            line.seq.into(),
            line.at.count().into(),
            line.kind.word().into(),
            text(&line.key),
            draft.fingerprint.as_str().into(),
            of(moved.user),
            of(moved.held),
            of(moved.earned),
            of(moved.granted),
            of(moved.bought),
            of(moved.refunded),
            of(moved.owed),
            of(line.user_after),
            of(line.held_after),
            of(line.owed_after),
            text(&line.reference),
            text(&line.reason),
            text(&line.actor),
            line.seconds.into(),
            hash.into(),
        ],
    )
    .map(drop)
}

pub fn known(tx: &impl Tx, key: &str) -> Result<Option<Known>, Fault> {
    let sql = "select fingerprint, reference, seq, earned, user_after, held_after, owed_after
        from entries where key = ?";
    tx.run(sql, vec![key.into()])?.one()
}

pub fn lines_before(tx: &impl Tx, before: Option<i64>, limit: i64) -> Result<Vec<Line>, Fault> {
    let sql = "select seq, at, kind, key, user, held, earned, granted, bought, refunded, owed,
            user_after, held_after, owed_after, reference, reason, actor, seconds
        from entries where seq < ? order by seq desc limit ?";
    tx.run(sql, vec![before.unwrap_or(i64::from(u32::MAX)).into(), limit.into()])?.read()
}

pub fn links_after(tx: &impl Tx, after: i64, limit: i64) -> Result<Vec<Link>, Fault> {
    let sql = "select seq, at, kind, key, user, held, earned, granted, bought, refunded, owed,
            user_after, held_after, owed_after, reference, reason, actor, seconds, fingerprint, hash
        from entries where seq > ? order by seq limit ?";
    tx.run(sql, vec![after.into(), limit.into()])?.read()
}

/// Entries as D1 is told them.
#[derive(Clone, Debug)]
pub struct Written {
    /// A JSON array of them, each an array of its columns.
    pub json: String,
    pub last: i64,
}

/// None when nothing was written after that.
pub fn written_after(tx: &impl Tx, after: i64, limit: i64) -> Result<Option<Written>, Fault> {
    let sql = "select max(seq), json_group_array(json_array(seq, at, kind, key, fingerprint, user, held, earned,
            granted, bought, refunded, owed, user_after, held_after, owed_after, reference, reason, actor, seconds,
            hash))
        from (select * from entries where seq > ? order by seq limit ?)";
    let written: Option<Told> = tx.run(sql, vec![after.into(), limit.into()])?.one()?;
    Ok(written.and_then(|Told { last, json }| last.map(|last| Written { json, last })))
}

struct Told {
    last: Option<i64>,
    json: String,
}

row!(Told { last, json });

/// The sum of every account, against which the last entry is held.
pub fn sums(tx: &impl Tx) -> Result<Balances, Fault> {
    let sql = "select coalesce(sum(user), 0), coalesce(sum(held), 0), coalesce(sum(owed), 0) from entries";
    Ok(tx.run(sql, Vec::new())?.one()?.unwrap_or_default())
}

row!(Balances { user, held, owed });

pub fn hold(tx: &impl Tx, row: &HoldRow) -> Result<(), Fault> {
    let sql = "insert into holds (session, person, amount, seconds, state, held_at, lapses_at)
        values (?, ?, ?, ?, 'held', ?, ?)";
    let values = vec![
        row.session.as_str().into(),
        row.person.as_str().into(),
        row.amount.count().into(),
        row.seconds.into(),
        row.held_at.count().into(),
        row.lapses_at.count().into(),
    ];
    tx.run(sql, values).map(drop)
}

pub fn find_hold(tx: &impl Tx, session: &SessionId) -> Result<Option<HoldRow>, Fault> {
    let sql = "select session, person, amount, seconds, state, held_at, lapses_at, end_seq
        from holds where session = ?";
    tx.run(sql, vec![session.as_str().into()])?.one()
}

/// When a person's holds since then were made, newest first, and which of them a fault of others ended.
pub fn starts(tx: &impl Tx, person: &str, since: Millis) -> Result<Vec<Started>, Fault> {
    let sql = "select held_at, excused from holds where person = ? and held_at > ? order by held_at desc";
    tx.run(sql, vec![person.into(), since.count().into()])?.read()
}

pub struct Started {
    pub held_at: Millis,
    pub excused: i64,
}

row!(Started { held_at, excused });

/// A person's interviews since then that a plan has covered, which hold nothing; oldest first.
pub fn covered(tx: &impl Tx, person: &str, since: Millis) -> Result<Vec<Covered>, Fault> {
    let sql = "select held_at, case state when 'posted' then min(holds.seconds, coalesce(entries.seconds, 0))
            when 'voided' then 0 else holds.seconds end
        from holds left join entries on seq = end_seq
        where person = ? and held_at > ? and amount = 0 order by held_at";
    tx.run(sql, vec![person.into(), since.count().into()])?.read()
}

row!(Covered { held_at, seconds });

/// How many of a person's interviews were let go since then although the person ended them.
pub fn free_voids(tx: &impl Tx, person: &str, since: Millis) -> Result<usize, Fault> {
    let sql = "select count(*) from holds where person = ? and free_void = 1 and ended_at > ?";
    Ok(usize::try_from(number(tx.run(sql, vec![person.into(), since.count().into()])?)?).unwrap_or(usize::MAX))
}

/// The person's open hold, however old: as long as it is open, its lapse is due.
pub fn open_hold(tx: &impl Tx, person: &str) -> Result<Option<HoldRow>, Fault> {
    let sql = "select session, person, amount, seconds, state, held_at, lapses_at, end_seq
        from due join holds on session = about where what = 'lapse' and person = ?";
    tx.run(sql, vec![person.into()])?.one()
}

pub fn open_holds(tx: &impl Tx) -> Result<Vec<HoldRow>, Fault> {
    let sql = "select session, person, amount, seconds, state, held_at, lapses_at, end_seq
        from holds where state in ('held', 'begun') order by session";
    tx.run(sql, Vec::new())?.read()
}

pub fn begin(tx: &impl Tx, session: &SessionId, lapses_at: Millis) -> Result<(), Fault> {
    let sql = "update holds set state = 'begun', lapses_at = ? where session = ?";
    tx.run(sql, vec![lapses_at.count().into(), session.as_str().into()]).map(drop)
}

/// What ended a hold, and the entry that tells it.
pub struct End {
    pub state: State,
    pub free: bool,
    pub excused: bool,
    pub seq: i64,
}

pub fn end_hold(tx: &impl Tx, session: &SessionId, end: &End, now: Millis) -> Result<(), Fault> {
    let sql = "update holds set state = ?, ended_at = ?, free_void = ?, excused = ?, end_seq = ? where session = ?";
    let (free, excused) = (i64::from(end.free), i64::from(end.excused));
    let values = vec![
        end.state.word().into(),
        now.count().into(),
        free.into(),
        excused.into(),
        end.seq.into(),
        session.as_str().into(),
    ];
    tx.run(sql, values).map(drop)
}

pub fn entry(tx: &impl Tx, seq: i64) -> Result<Option<Known>, Fault> {
    let sql = "select fingerprint, reference, seq, earned, user_after, held_after, owed_after
        from entries where seq = ?";
    tx.run(sql, vec![seq.into()])?.one()
}

fn number(rows: Rows) -> Result<i64, Fault> {
    Ok(rows.one()?.map_or(0, |(number,)| number))
}
