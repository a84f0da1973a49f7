//! The SQL of people.

use serde::Deserialize;

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement};
use crate::upstream::clerk::user::Person;

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Row {
    pub email: Option<String>,
    pub name: Option<String>,
    pub image_url: Option<String>,
    pub asked_at: i64,
    pub clerk_updated_at: Option<i64>,
}

pub async fn find(db: &impl Db, id: &UserId) -> Result<Option<Row>, Fault> {
    let sql = "select email, name, image_url, asked_at, clerk_updated_at from users where id = ?1";
    one(db, Statement { sql, values: vec![id.as_str().into()] }).await
}

/// Makes the row or renews it. Facts from Clerk replace older ones only; without facts nothing is forgotten.
pub async fn keep(db: &impl Db, id: &UserId, person: Option<&Person>, now: Millis) -> Result<Option<Row>, Fault> {
    let sql = "insert into users (id, email, name, image_url, created_at, asked_at, clerk_updated_at)
        values (?1, ?2, ?3, ?4, ?5, ?5, ?6)
        on conflict (id) do update set
            asked_at = excluded.asked_at,
            email = case when excluded.clerk_updated_at >= coalesce(clerk_updated_at, 0) then excluded.email else email end,
            name = case when excluded.clerk_updated_at >= coalesce(clerk_updated_at, 0) then excluded.name else name end,
            image_url = case when excluded.clerk_updated_at >= coalesce(clerk_updated_at, 0) then excluded.image_url else image_url end,
            clerk_updated_at = nullif(max(coalesce(excluded.clerk_updated_at, 0), coalesce(clerk_updated_at, 0)), 0)
        returning email, name, image_url, asked_at, clerk_updated_at";
    let text = |field: fn(&Person) -> &Option<String>| person.and_then(|person| field(person).as_deref()).into();
    let values = vec![
        id.as_str().into(),
        text(|person| &person.email),
        text(|person| &person.name),
        text(|person| &person.image_url),
        now.count().into(),
        person.map(|person| person.updated_at).into(),
    ];
    one(db, Statement { sql, values }).await
}

async fn one(db: &impl Db, statement: Statement) -> Result<Option<Row>, Fault> {
    let rows = db.batch(vec![statement]).await?;
    Ok(rows.first().map(|rows| rows.read()).transpose()?.and_then(|rows: Vec<Row>| rows.into_iter().next()))
}
