//! The SQL of buying: who is who at Stripe, visits to the checkout, plans as pages show them.

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, nth, row};
use crate::upstream::stripe::event::Event;

/// What is known of somebody who may buy.
#[derive(Clone, Debug, Default)]
pub struct Buyer {
    pub customer: Option<String>,
    /// 1: to the terms of today.
    pub agreed: i64,
    /// 1: has had an interview, bought something or been given something.
    pub known: i64,
}

row!(Buyer { customer, agreed, known });

/// A plan as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub product: String,
    pub state: String,
    pub until: Millis,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub as_of: Millis,
}

row!(Plan { product, state, until, amount, currency, as_of });

pub async fn buyer(db: &impl Db, person: &UserId, terms: &str) -> Result<(Buyer, Option<Plan>), Fault> {
    let buyer = "select (select customer from customers where person = ?1),
        exists (select 1 from consents where person = ?1 and version = ?2),
        exists (select 1 from entries where owner = ?1 and kind in ('interview', 'purchase', 'grant', 'plan'))";
    let buyer = Statement { sql: buyer, values: vec![person.as_str().into(), terms.into()] };
    let mut rows = db.batch(vec![buyer, plan(person)]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    Ok((next().one()?.unwrap_or_default(), next().one()?))
}

fn plan(person: &UserId) -> Statement {
    let sql = "select product, state, until, amount, currency, as_of from plans where person = ?1";
    Statement { sql, values: vec![person.as_str().into()] }
}

/// The customer and the plan of a person, where there are any.
pub async fn planned(db: &impl Db, person: &UserId) -> Result<Option<(String, Option<Plan>)>, Fault> {
    let sql = "select customer from customers where person = ?1";
    let customer = Statement { sql, values: vec![person.as_str().into()] };
    let mut rows = db.batch(vec![customer, plan(person)]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    let customer: Option<(String,)> = next().one()?;
    let plan = next().one()?;
    Ok(customer.map(|(customer,)| (customer, plan)))
}

pub async fn agree(db: &impl Db, person: &UserId, version: &str, now: Millis) -> Result<(), Fault> {
    let sql = "insert into consents (person, version, at) values (?1, ?2, ?3) on conflict do nothing";
    let values = vec![person.as_str().into(), version.into(), now.count().into()];
    db.batch(vec![Statement { sql, values }]).await.map(drop)
}

/// The first customer stays, whoever else was made at the same time. Tells which it is.
pub async fn customer(db: &impl Db, person: &UserId, customer: &str, now: Millis) -> Result<String, Fault> {
    let sql = "insert into customers (person, customer, at) values (?1, ?2, ?3) on conflict do nothing";
    let values = vec![person.as_str().into(), customer.into(), now.count().into()];
    let stays =
        Statement { sql: "select customer from customers where person = ?1", values: vec![person.as_str().into()] };
    let stays: Option<(String,)> = nth(db.batch(vec![Statement { sql, values }, stays]).await?, 1).one()?;
    stays.map(|(customer,)| customer).ok_or_else(|| Fault::Database { why: "a customer of somebody else".to_owned() })
}

pub async fn person(db: &impl Db, customer: &str) -> Result<Option<String>, Fault> {
    let sql = "select person from customers where customer = ?1";
    let found: Option<(String,)> =
        nth(db.batch(vec![Statement { sql, values: vec![customer.into()] }]).await?, 0).one()?;
    Ok(found.map(|(person,)| person))
}

/// A visit to the checkout, of which nothing has come yet.
pub async fn visit(db: &impl Db, person: &UserId, id: &str, product: &str, now: Millis) -> Result<(), Fault> {
    let sql = "insert into checkouts (id, person, product, state, at) values (?1, ?2, ?3, 'waiting', ?4)
        on conflict (id) do nothing";
    let values = vec![id.into(), person.as_str().into(), product.into(), now.count().into()];
    db.batch(vec![Statement { sql, values }]).await.map(drop)
}

/// How many since then.
pub async fn visits(db: &impl Db, person: &UserId, since: Millis) -> Result<i64, Fault> {
    let sql = "select count(*) from checkouts where person = ?1 and at > ?2";
    let values = vec![person.as_str().into(), since.count().into()];
    let count: Option<(i64,)> = nth(db.batch(vec![Statement { sql, values }]).await?, 0).one()?;
    Ok(count.map_or(0, |(count,)| count))
}

/// The visits to a plan that were begun before this one, and of which nothing has come yet.
pub async fn open_plan_visits(db: &impl Db, person: &UserId, id: &str) -> Result<Vec<String>, Fault> {
    let sql = "select id from checkouts where person = ?1 and id <> ?2 and state = 'waiting'
        and product not in ('pack3', 'pack5') and at <= (select at from checkouts where id = ?2)";
    let values = vec![person.as_str().into(), id.into()];
    let found = nth(db.batch(vec![Statement { sql, values }]).await?, 0).read()?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// What came of it. One that is done stays done, and one that was forgotten with its person is not known again.
pub async fn visit_ended(db: &impl Db, id: &str, state: &str) -> Result<(), Fault> {
    let sql = "update checkouts set state = ?2 where id = ?1 and state <> 'done'";
    db.batch(vec![Statement { sql, values: vec![id.into(), state.into()] }]).await.map(drop)
}

/// The product and the state of a person's own visit.
pub async fn visited(db: &impl Db, person: &UserId, id: &str) -> Result<Option<Visited>, Fault> {
    let sql = "select product, state from checkouts where id = ?1 and person = ?2";
    let values = vec![id.into(), person.as_str().into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).one()
}

pub struct Visited {
    pub product: String,
    pub state: String,
}

row!(Visited { product, state });

/// Unless it stood so later already.
pub async fn write_plan(db: &impl Db, person: &UserId, plan: &Plan) -> Result<(), Fault> {
    let sql = "insert into plans (person, product, state, until, amount, currency, as_of)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7 where exists (select 1 from customers where person = ?1)
        on conflict (person) do update set product = excluded.product, state = excluded.state, until = excluded.until,
            amount = excluded.amount, currency = excluded.currency, as_of = excluded.as_of
        where excluded.as_of > plans.as_of";
    let values = vec![
        person.as_str().into(),
        plan.product.as_str().into(),
        plan.state.as_str().into(),
        plan.until.count().into(),
        plan.amount.into(),
        plan.currency.as_deref().into(),
        plan.as_of.count().into(),
    ];
    db.batch(vec![Statement { sql, values }]).await.map(drop)
}

/// Nothing at Stripe is known of them any more.
pub async fn stranger(db: &impl Db, person: &UserId) -> Result<(), Fault> {
    let statements = ["delete from customers where person = ?1", "delete from plans where person = ?1"];
    let statements = statements.map(|sql| Statement { sql, values: vec![person.as_str().into()] });
    db.batch(statements.into()).await.map(drop)
}

pub async fn forget(db: &impl Db, person: &UserId) -> Result<(), Fault> {
    let statements = [
        "delete from customers where person = ?1",
        "delete from consents where person = ?1",
        "delete from checkouts where person = ?1",
        "delete from plans where person = ?1",
    ];
    let statements = statements.map(|sql| Statement { sql, values: vec![person.as_str().into()] });
    db.batch(statements.into()).await.map(drop)
}

/// A row of the log, and nothing more is to be done about the event.
pub async fn taken(db: &impl Db, event: &Event, outcome: &str, now: Millis) -> Result<(), Fault> {
    let log = "insert into webhook_events (provider, id, type, object_id, outcome, at)
        values ('stripe', ?1, ?2, ?3, ?4, ?5) on conflict (provider, id) do update set outcome = excluded.outcome";
    let values = vec![
        event.id.as_str().into(),
        event.kind.as_str().into(),
        event.about.id().into(),
        outcome.into(),
        now.count().into(),
    ];
    let mended = "delete from webhook_failures where provider = 'stripe' and id = ?1";
    let mended = Statement { sql: mended, values: vec![event.id.as_str().into()] };
    let alike = "delete from payment_differences where id = ?1";
    let alike = Statement { sql: alike, values: vec![event.id.as_str().into()] };
    db.batch(vec![Statement { sql: log, values }, mended, alike]).await.map(drop)
}

/// Of one that has had its effect a further try may fail as it likes: nobody sends it again.
pub async fn failed(db: &impl Db, event: &Event, why: &str, now: Millis) -> Result<(), Fault> {
    let sql = "insert into webhook_failures (provider, id, type, at, tries, why) select 'stripe', ?1, ?2, ?3, 1, ?4
        where not exists (select 1 from webhook_events where provider = 'stripe' and id = ?1)
        on conflict (provider, id) do update set tries = tries + 1, why = excluded.why";
    let values = vec![event.id.as_str().into(), event.kind.as_str().into(), now.count().into(), why.into()];
    db.batch(vec![Statement { sql, values }]).await.map(drop)
}

/// Some of those who are gone for so long and have left something: they bought while they were leaving.
pub async fn left(db: &impl Db, before: Millis) -> Result<Vec<String>, Fault> {
    let sql = "select owner from wallets where closed_at < ?1 and (
            exists (select 1 from customers where person = owner)
            or exists (select 1 from consents where person = owner)
            or exists (select 1 from checkouts where person = owner)) limit 20";
    let found = nth(db.batch(vec![Statement { sql, values: vec![before.count().into()] }]).await?, 0).read()?;
    Ok(found.into_iter().map(|(owner,)| owner).collect())
}

pub async fn sweep_payments(db: &impl Db, before: Millis) -> Result<(), Fault> {
    let statements = ["delete from checkouts where at < ?1", "delete from webhook_failures where at < ?1"];
    let statements = statements.map(|sql| Statement { sql, values: vec![before.count().into()] });
    db.batch(statements.into()).await.map(drop)
}
