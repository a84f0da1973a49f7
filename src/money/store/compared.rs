//! The SQL of comparing the book with Stripe's events.

use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::db::{Cells, Db, Row, Rows, Statement, nth, row};

pub async fn count_failures(db: &impl Db) -> Result<i64, Fault> {
    let sql = "select count(*) from webhook_failures";
    let rows = db.batch(vec![Statement { sql, values: Vec::new() }]).await?;
    Ok(nth(rows, 0).one()?.map_or(0, |(count,)| count))
}

/// An interview that was settled.
pub struct Ended {
    pub at: Millis,
    pub session: String,
}

row!(Ended { at, session });

/// Those whose Room said how they ended, or should have; what never began has none.
pub async fn ended(db: &impl Db, from: Millis, until: Millis, limit: i64) -> Result<Vec<Ended>, Fault> {
    let sql = "select at, reference from entries where kind in ('interview', 'void') and at >= ?1 and at <= ?2
        and reference is not null and (seconds is not null or reason = 'no_outcome') order by at limit ?3";
    let values = vec![from.count().into(), until.count().into(), limit.into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).read()
}

/// How far a comparison has come.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    pub upto: Option<String>,
    pub events: i64,
    pub different: i64,
    pub finished_at: Option<Millis>,
}

row!(Compared { upto, events, different, finished_at });

/// What is not alike.
pub struct Found {
    pub id: String,
    pub owner: Option<String>,
    pub what: String,
}

/// What the book should say, because an event did.
pub struct Claimed {
    pub id: String,
    pub owner: String,
    /// How the key of the entry begins.
    pub key: String,
    /// The whole key of another that says as much.
    pub or: String,
    pub what: &'static str,
}

fn bare(sql: &'static str) -> Statement {
    Statement { sql, values: Vec::new() }
}

pub async fn compared(db: &impl Db, day: &str) -> Result<Compared, Fault> {
    let sql = "select upto, events, different, finished_at from payment_rounds where day = ?1";
    let found = nth(db.batch(vec![Statement { sql, values: vec![day.into()] }]).await?, 0).one()?;
    match found {
        Some(round) => Ok(round),
        None => compare_anew(db, day).await.map(|()| Compared::default()),
    }
}

pub async fn compare_anew(db: &impl Db, day: &str) -> Result<(), Fault> {
    let sql = "insert into payment_rounds (day, events, different) values (?1, 0, 0)
        on conflict (day) do update set upto = null, events = 0, different = 0, finished_at = null";
    db.batch(vec![Statement { sql, values: vec![day.into()] }]).await.map(drop)
}

/// With the `first` page, what the last comparison found is done with.
pub async fn write_compared(
    db: &impl Db,
    day: &str,
    round: &Compared,
    found: &[Found],
    first: bool,
    now: Millis,
) -> Result<(), Fault> {
    let sql = "update payment_rounds set upto = ?2, events = ?3, different = ?4, finished_at = ?5 where day = ?1";
    let values = vec![
        day.into(),
        round.upto.as_deref().into(),
        round.events.into(),
        round.different.into(),
        round.finished_at.map(Millis::count).into(),
    ];
    let rows = found.iter().map(|found| vec![Some(found.id.as_str()), found.owner.as_deref(), Some(&found.what)]);
    let differences = "insert into payment_differences (id, owner, what, found_at)
        select value ->> 0, value ->> 1, value ->> 2, ?2 from json_each(?1) where true
        on conflict (id) do update set what = excluded.what, found_at = excluded.found_at";
    let differences = Statement { sql: differences, values: vec![table(rows).as_str().into(), now.count().into()] };
    let known = first.then(|| bare("delete from payment_differences"));
    db.batch(known.into_iter().chain([Statement { sql, values }, differences]).collect()).await.map(drop)
}

/// Rows as `json_each` takes them.
fn table<'a>(rows: impl Iterator<Item = Vec<Option<&'a str>>>) -> String {
    form::text(&rows.map(serde_json::Value::from).collect())
}

fn names(rows: Rows) -> Result<Vec<String>, Fault> {
    Ok(rows.read()?.into_iter().map(|(name,)| name).collect())
}

/// Those of these events that are not in the log.
pub async fn untaken(db: &impl Db, ids: &[&str]) -> Result<Vec<String>, Fault> {
    let sql = "select value ->> 0 from json_each(?1) where not exists
        (select 1 from webhook_events where provider = 'stripe' and id = value ->> 0)";
    let ids = table(ids.iter().map(|id| vec![Some(*id)]));
    names(nth(db.batch(vec![Statement { sql, values: vec![ids.as_str().into()] }]).await?, 0))
}

/// Those of these events of which the book says nothing.
pub async fn unbooked(db: &impl Db, claimed: &[Claimed]) -> Result<Vec<String>, Fault> {
    let sql = "select value ->> 0 from json_each(?1) where not exists
        (select 1 from entries where owner = value ->> 1
            and (substr(key, 1, length(value ->> 2)) = value ->> 2 or key = value ->> 3))";
    let rows = claimed.iter().map(|claim| [&claim.id, &claim.owner, &claim.key, &claim.or]);
    let claimed = table(rows.map(|row| row.map(|text| Some(text.as_str())).to_vec()));
    names(nth(db.batch(vec![Statement { sql, values: vec![claimed.as_str().into()] }]).await?, 0))
}

/// Purchases of that time of which no event has told: whose, and by which visit.
pub async fn untold(db: &impl Db, from: Millis, to: Millis, limit: i64) -> Result<Vec<(String, String)>, Fault> {
    let sql = "select owner, substr(key, 10) from entries where kind = 'purchase' and at between ?1 and ?2
        and not exists (select 1 from webhook_events where provider = 'stripe' and object_id = substr(key, 10)
            and outcome = 'stored')
        order by at desc limit ?3";
    let values = vec![from.count().into(), to.count().into(), limit.into()];
    let found: Vec<Purchase> = nth(db.batch(vec![Statement { sql, values }]).await?, 0).read()?;
    Ok(found.into_iter().map(|found| (found.owner, found.visit)).collect())
}

struct Purchase {
    owner: String,
    visit: String,
}

row!(Purchase { owner, visit });

/// What operators see.
pub struct Webhooks {
    pub last: Vec<Last>,
    pub failures: Vec<Failed>,
    pub round: Option<(String, Compared)>,
    pub differences: Vec<Difference>,
}

/// When a sender was heard last.
pub struct Last {
    pub provider: String,
    pub at: Millis,
}

row!(Last { provider, at });

pub struct Failed {
    pub provider: String,
    pub id: String,
    pub kind: String,
    pub at: Millis,
    pub tries: i64,
    pub why: String,
}

row!(Failed { provider, id, kind, at, tries, why });

pub struct Difference {
    pub id: String,
    pub owner: Option<String>,
    pub what: String,
    pub found_at: Millis,
}

row!(Difference { id, owner, what, found_at });

struct Round {
    day: String,
    round: Compared,
}

impl Row for Round {
    fn read(cells: &mut Cells) -> Option<Self> {
        Some(Self { day: cells.take()?, round: Compared::read(cells)? })
    }
}

pub async fn webhooks(db: &impl Db) -> Result<Webhooks, Fault> {
    let last = "select 'stripe', max(at) from webhook_events where provider = 'stripe' having max(at) is not null
        union all select 'clerk', max(at) from webhook_events where provider = 'clerk' having max(at) is not null";
    let failures = "select provider, id, type, at, tries, why from webhook_failures order by at desc limit 100";
    let round = "select day, upto, events, different, finished_at from payment_rounds order by day desc limit 1";
    let differences = "select id, owner, what, found_at from payment_differences order by found_at desc, id limit 100";
    let mut rows = db.batch([last, failures, round, differences].map(bare).into()).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    let (last, failures) = (next().read()?, next().read()?);
    let round: Option<Round> = next().one()?;
    Ok(Webhooks { last, failures, round: round.map(|found| (found.day, found.round)), differences: next().read()? })
}
