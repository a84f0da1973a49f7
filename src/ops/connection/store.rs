//! The SQL of what the connection lab measured.

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, Value, nth, row};

pub struct Check<'a> {
    pub code: &'a str,
    pub person: &'a UserId,
    pub told: &'a str,
    pub now: Millis,
    /// Not more than `most` since then.
    pub since: Millis,
    pub most: i64,
}

pub struct Found {
    pub told: String,
    pub at: Millis,
}

row!(Found { told, at });

/// Whether it is kept, and whether the account has been closed.
pub async fn keep(db: &impl Db, check: &Check<'_>) -> Result<(bool, bool), Fault> {
    let sql = "insert into connection_checks select ?1, ?2, ?3, ?4
        where (select count(*) from connection_checks where person = ?2 and at > ?5) < ?6
            and not exists (select 1 from users where id = ?2 and deleted_at is not null)
        on conflict do nothing returning code";
    let values = vec![
        check.code.into(),
        check.person.as_str().into(),
        check.told.into(),
        check.now.count().into(),
        check.since.count().into(),
        check.most.into(),
    ];
    let closed = "select 1 from users where id = ?1 and deleted_at is not null";
    let closed = Statement { sql: closed, values: vec![check.person.as_str().into()] };
    let mut told = db.batch(vec![Statement { sql, values }, closed]).await?.into_iter();
    let mut any = || told.next().is_some_and(|rows| !rows.0.is_empty());
    Ok((any(), any()))
}

pub async fn find(db: &impl Db, code: &str, since: Millis) -> Result<Option<Found>, Fault> {
    let sql = "select told, at from connection_checks where code = ?1 and at > ?2";
    let values = vec![code.into(), since.count().into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).one()
}

pub async fn forget(db: &impl Db, person: &UserId) -> Result<(), Fault> {
    delete(db, "delete from connection_checks where person = ?1", person.as_str().into()).await
}

pub async fn sweep(db: &impl Db, before: Millis) -> Result<(), Fault> {
    delete(db, "delete from connection_checks where at <= ?1", before.count().into()).await
}

async fn delete(db: &impl Db, sql: &'static str, value: Value) -> Result<(), Fault> {
    db.batch(vec![Statement { sql, values: vec![value] }]).await.map(drop)
}
