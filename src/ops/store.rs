//! The SQL of what the cron knows of itself and of OpenAI's models.

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, nth, row};

/// When something was done last.
pub struct Mark {
    pub what: String,
    pub at: Millis,
}

row!(Mark { what, at });

pub async fn marks(db: &impl Db) -> Result<Vec<Mark>, Fault> {
    let sql = "select what, at from cron_marks";
    nth(db.batch(vec![Statement { sql, values: Vec::new() }]).await?, 0).read()
}

pub async fn mark(db: &impl Db, what: &str, at: Millis) -> Result<(), Fault> {
    db.batch(vec![marking(what, at)]).await.map(drop)
}

/// The first time counts.
pub async fn mark_once(db: &impl Db, what: &str, at: Millis) -> Result<(), Fault> {
    let sql = "insert into cron_marks (what, at) values (?1, ?2) on conflict do nothing";
    db.batch(vec![Statement { sql, values: vec![what.into(), at.count().into()] }]).await.map(drop)
}

fn marking(what: &str, at: Millis) -> Statement {
    let sql = "insert into cron_marks (what, at) values (?1, ?2) on conflict (what) do update set at = excluded.at";
    Statement { sql, values: vec![what.into(), at.count().into()] }
}

/// A model of ours, as the list told of it last.
#[derive(Clone, Debug)]
pub struct Listed {
    pub model: String,
    pub listed: i64,
    pub shutdown: Option<String>,
}

row!(Listed { model, listed, shutdown });

pub async fn models(db: &impl Db) -> Result<Vec<Listed>, Fault> {
    let sql = "select model, listed, shutdown from models";
    nth(db.batch(vec![Statement { sql, values: Vec::new() }]).await?, 0).read()
}

/// What the list told, and that it did: whatever silence there was is over.
pub async fn write_models(
    db: &impl Db,
    models: &[Listed],
    (told, silent): (&str, &str),
    now: Millis,
) -> Result<(), Fault> {
    let sql = "insert into models (model, listed, shutdown, told_at) values (?1, ?2, ?3, ?4) on conflict (model)
        do update set listed = excluded.listed, shutdown = excluded.shutdown, told_at = excluded.told_at";
    let write = |one: &Listed| {
        let values =
            vec![one.model.as_str().into(), one.listed.into(), one.shutdown.as_deref().into(), now.count().into()];
        Statement { sql, values }
    };
    let over = Statement { sql: "delete from cron_marks where what = ?1", values: vec![silent.into()] };
    db.batch(models.iter().map(write).chain([marking(told, now), over]).collect()).await.map(drop)
}

/// Whether nobody was warned of it so far.
pub async fn warn(db: &impl Db, model: &str, days: i64, shutdown: &str, now: Millis) -> Result<bool, Fault> {
    let sql = "insert into model_warnings (model, days, shutdown, at) values (?1, ?2, ?3, ?4)
        on conflict do nothing returning days";
    let values = vec![model.into(), days.into(), shutdown.into(), now.count().into()];
    Ok(!nth(db.batch(vec![Statement { sql, values }]).await?, 0).0.is_empty())
}
