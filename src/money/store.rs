//! The SQL of money in D1: the copy that people search and operators reconcile. The Wallets are the authority.

mod compared;
mod payments;

use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::port::db::{Cells, Db, Row, Statement, nth, row};

pub use compared::*;
pub use payments::*;

/// A wallet as of its entry `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub seq: i64,
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
    pub premium_until: Option<Millis>,
    pub closed_at: Option<Millis>,
}

/// Entries as the Wallet wrote them, in JSON, and how it stood after the last of them. Nothing older replaces anything.
pub async fn tell(db: &impl Db, owner: &Owner, entries: &str, copy: Option<&Copy>, now: Millis) -> Result<(), Fault> {
    let mut statements = vec![Statement { sql: INSERT, values: vec![owner.as_str().into(), entries.into()] }];
    if let Some(copy) = copy {
        let values = vec![
            owner.as_str().into(),
            copy.seq.into(),
            copy.user.count().into(),
            copy.held.count().into(),
            copy.owed.count().into(),
            copy.premium_until.map(Millis::count).into(),
            copy.closed_at.map(Millis::count).into(),
            now.count().into(),
        ];
        statements.push(Statement { sql: UPSERT, values });
    }
    db.batch(statements).await.map(drop)
}

const INSERT: &str = "insert into entries (owner, seq, at, kind, key, fingerprint, user, held, earned, granted, bought,
        refunded, owed, user_after, held_after, owed_after, reference, reason, actor, seconds, hash)
    select ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
        value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13,
        value ->> 14, value ->> 15, value ->> 16, value ->> 17, value ->> 18, value ->> 19
    from json_each(?2) where true on conflict (owner, seq) do nothing";

const UPSERT: &str = "insert into wallets (owner, seq, user, held, owed, premium_until, closed_at, told_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    on conflict (owner) do update set seq = excluded.seq, user = excluded.user, held = excluded.held,
        owed = excluded.owed, premium_until = excluded.premium_until, closed_at = excluded.closed_at,
        told_at = excluded.told_at
    where excluded.seq > wallets.seq";

/// What D1 knows of a wallet.
#[derive(Clone, Debug, Default)]
pub struct Mirrored {
    pub entries: i64,
    pub user_sum: Credits,
    pub held_sum: Credits,
    pub owed_sum: Credits,
    pub hash: Option<String>,
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
}

row!(Mirrored { entries, user_sum, held_sum, owed_sum, hash, user, held, owed });

pub async fn mirrored(db: &impl Db, owner: &Owner) -> Result<Mirrored, Fault> {
    let sql = "select count(*) as entries, coalesce(sum(user), 0) as user_sum, coalesce(sum(held), 0) as held_sum,
            coalesce(sum(owed), 0) as owed_sum,
            (select hash from entries where owner = ?1 order by seq desc limit 1) as hash,
            coalesce((select user from wallets where owner = ?1), 0) as user,
            coalesce((select held from wallets where owner = ?1), 0) as held,
            coalesce((select owed from wallets where owner = ?1), 0) as owed
        from entries where owner = ?1";
    let rows = db.batch(vec![Statement { sql, values: vec![owner.as_str().into()] }]).await?;
    Ok(nth(rows, 0).one()?.unwrap_or_default())
}

/// A wallet's row of the copy.
#[derive(Clone, Debug)]
pub struct Copied {
    pub owner: String,
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
    pub premium_until: Option<Millis>,
}

row!(Copied { owner, user, held, owed, premium_until });

pub async fn copies(db: &impl Db, owners: &[&str]) -> Result<Vec<Copied>, Fault> {
    let sql = "select owner, user, held, owed, premium_until from wallets
        where owner in (select value from json_each(?1))";
    let ids = serde_json::to_string(owners).map_err(|error| Fault::Bug { why: error.to_string() })?;
    nth(db.batch(vec![Statement { sql, values: vec![ids.as_str().into()] }]).await?, 0).read()
}

pub async fn owners_after(db: &impl Db, after: &str, limit: i64) -> Result<Vec<String>, Fault> {
    let sql = "select owner from wallets where owner > ?1 order by owner limit ?2";
    let rows = db.batch(vec![Statement { sql, values: vec![after.into(), limit.into()] }]).await?;
    Ok(nth(rows, 0).read()?.into_iter().map(|(owner,)| owner).collect())
}

/// How far a night's reconciliation has come.
#[derive(Clone, Debug)]
pub struct Round {
    pub upto: String,
    pub checked: i64,
    pub different: i64,
    pub finished_at: Option<Millis>,
}

row!(Round { upto, checked, different, finished_at });

#[derive(Clone, Debug)]
pub struct Checked {
    pub owner: String,
    pub parked: i64,
    pub problem: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Difference {
    pub owner: String,
    pub checked_at: Millis,
    pub problem: String,
}

row!(Difference { owner, checked_at, problem });

/// The round that is not finished, else the day's, begun if it was not.
pub async fn open_round(db: &impl Db, day: &str, now: Millis) -> Result<Dated, Fault> {
    let begin = "insert into ledger_rounds (day, started_at, upto, checked, different)
        select ?1, ?2, '', 0, 0 where not exists (select 1 from ledger_rounds where finished_at is null)
        on conflict (day) do nothing";
    let find = "select day, upto, checked, different, finished_at from ledger_rounds
        where finished_at is null or day = ?1 order by finished_at is not null, day limit 1";
    let begin = Statement { sql: begin, values: vec![day.into(), now.count().into()] };
    let rows = db.batch(vec![begin, Statement { sql: find, values: vec![day.into()] }]).await?;
    nth(rows, 1).one()?.ok_or_else(|| Fault::Database { why: "a round that was not begun".to_owned() })
}

/// What a page found and how far the round has come, together.
pub async fn write_round(
    db: &impl Db,
    day: &str,
    round: &Round,
    checked: &[Checked],
    now: Millis,
) -> Result<(), Fault> {
    let sql = "update ledger_rounds set upto = ?2, checked = ?3, different = ?4, finished_at = ?5 where day = ?1";
    let values = vec![
        day.into(),
        round.upto.as_str().into(),
        round.checked.into(),
        round.different.into(),
        round.finished_at.map(Millis::count).into(),
    ];
    db.batch(vec![checks(checked, now)?, Statement { sql, values }]).await.map(drop)
}

pub async fn write_checks(db: &impl Db, checked: &[Checked], now: Millis) -> Result<(), Fault> {
    db.batch(vec![checks(checked, now)?]).await.map(drop)
}

fn checks(checked: &[Checked], now: Millis) -> Result<Statement, Fault> {
    let sql = "insert into ledger_checks (owner, checked_at, parked, problem)
        select value ->> 0, ?2, value ->> 1, value ->> 2 from json_each(?1) where true
        on conflict (owner) do update set checked_at = excluded.checked_at, parked = excluded.parked,
            problem = excluded.problem";
    let rows: Vec<(&str, i64, Option<&str>)> =
        checked.iter().map(|one| (one.owner.as_str(), one.parked, one.problem.as_deref())).collect();
    let rows = serde_json::to_string(&rows).map_err(|error| Fault::Bug { why: error.to_string() })?;
    Ok(Statement { sql, values: vec![rows.as_str().into(), now.count().into()] })
}

/// The last round with its day, and what stands open.
#[derive(Clone, Debug)]
pub struct Findings {
    pub round: Option<Dated>,
    pub differences: Vec<Difference>,
    pub parked: i64,
}

#[derive(Clone, Debug)]
pub struct Dated {
    pub day: String,
    pub round: Round,
}

impl Row for Dated {
    fn read(cells: &mut Cells) -> Option<Self> {
        Some(Self { day: cells.take()?, round: Round::read(cells)? })
    }
}

pub async fn findings(db: &impl Db, limit: i64) -> Result<Findings, Fault> {
    let last = "select day, upto, checked, different, finished_at from ledger_rounds order by day desc limit 1";
    let open = "select owner, checked_at, problem from ledger_checks where problem is not null
        order by checked_at desc limit ?1";
    let open = Statement { sql: open, values: vec![limit.into()] };
    let parked = "select coalesce(sum(parked), 0) as parked from ledger_checks where parked > 0";
    let bare = |sql| Statement { sql, values: Vec::new() };
    let mut rows = db.batch(vec![bare(last), open, bare(parked)]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    let (round, differences) = (next().one()?, next().read()?);
    Ok(Findings { round, differences, parked: next().one()?.map_or(0, |(parked,)| parked) })
}
