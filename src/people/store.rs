//! The SQL of people.

mod claims;
mod events;

use super::directory::Found;
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, nth, row};
use crate::upstream::clerk::user::Person;

pub use claims::{Settled, claim as claim_welcome, settle};
pub use events::{Entry, forget, log, membership, membership_deleted, organisation, organisation_deleted, sweep};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub email: Option<String>,
    pub name: Option<String>,
    pub image_url: Option<String>,
    pub asked_at: i64,
    pub clerk_updated_at: Option<i64>,
    pub deleted_at: Option<i64>,
}

row!(Row { email, name, image_url, asked_at, clerk_updated_at, deleted_at });

pub async fn find(db: &impl Db, id: &UserId) -> Result<Option<Row>, Fault> {
    nth(db.batch(vec![select(id)]).await?, 0).one()
}

/// Makes the row, or takes the turn to ask Clerk for it. Of many who come at once one gets the turn.
pub async fn claim(db: &impl Db, id: &UserId, seen: Option<&Row>, now: Millis) -> Result<(bool, Option<Row>), Fault> {
    let sql = "insert into users (id, created_at, asked_at) values (?1, ?2, ?2)
        on conflict (id) do update set asked_at = excluded.asked_at where asked_at = ?3 and deleted_at is null
        returning email, name, image_url, asked_at, clerk_updated_at, deleted_at";
    let asked_at = seen.map(|row| row.asked_at);
    let claim = Statement { sql, values: vec![id.as_str().into(), now.count().into(), asked_at.into()] };
    let mut rows = db.batch(vec![claim, select(id)]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default().one::<Row>();
    Ok((next()?.is_some(), next()?))
}

/// Stores what Clerk said, unless something newer stands there already.
pub async fn tell(db: &impl Db, id: &UserId, facts: &Facts<'_>, now: Millis) -> Result<Option<Row>, Fault> {
    nth(db.batch(vec![told(id, facts, now), select(id)]).await?, 1).one()
}

/// What Clerk says of a person, and the claims that follow from it.
pub struct Facts<'a> {
    pub person: &'a Person,
    pub claims: &'a [String],
}

/// Of two that are equally old one wins, whichever came first: every order of events must end alike. Claims follow
/// from the other facts and the secrets in use, so that the later ones may stand.
pub fn told(id: &UserId, Facts { person, claims }: &Facts<'_>, now: Millis) -> Statement {
    let sql = "insert into users (id, email, name, image_url, clerk_updated_at, claim_hmacs, created_at, asked_at)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
        on conflict (id) do update set email = excluded.email, name = excluded.name, image_url = excluded.image_url,
            clerk_updated_at = excluded.clerk_updated_at, claim_hmacs = excluded.claim_hmacs
        where users.deleted_at is null
            and (excluded.clerk_updated_at, excluded.claim_hmacs is not null, coalesce(excluded.email, ''),
                coalesce(excluded.name, ''), coalesce(excluded.image_url, ''))
            >= (coalesce(users.clerk_updated_at, -1), users.claim_hmacs is not null, coalesce(users.email, ''),
                coalesce(users.name, ''), coalesce(users.image_url, ''))";
    let claims = (!claims.is_empty()).then(|| form::text(&serde_json::json!(claims)));
    let values = vec![
        id.as_str().into(),
        person.email.as_deref().into(),
        person.name.as_deref().into(),
        person.image_url.as_deref().into(),
        person.updated_at.into(),
        claims.as_deref().into(),
        now.count().into(),
    ];
    Statement { sql, values }
}

/// Whoever's id, e-mail address or name begins so, by id. Compared as text: the platform takes no long patterns.
pub async fn search(db: &impl Db, begins: &str, after: &str, limit: i64) -> Result<Vec<Found>, Fault> {
    let sql = "select id, email, name, created_at, deleted_at from users
        where id > ?2 and (substr(id, 1, length(?1)) = ?1 or lower(substr(email, 1, length(?1))) = lower(?1)
            or lower(substr(name, 1, length(?1))) = lower(?1))
        order by id limit ?3";
    let values = vec![begins.into(), after.into(), limit.into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).read()
}

fn select(id: &UserId) -> Statement {
    let sql = "select email, name, image_url, asked_at, clerk_updated_at, deleted_at from users where id = ?1";
    Statement { sql, values: vec![id.as_str().into()] }
}
