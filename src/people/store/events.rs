//! The SQL of what Clerk's events tell: organisations, memberships, goodbyes, and the log of them.

use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::Statement;
use crate::upstream::clerk::event::{Membership, Organisation};

/// A row of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub kind: String,
    pub object: Option<String>,
    pub outcome: &'static str,
}

pub fn log(entry: &Entry, now: Millis) -> Statement {
    let sql = "insert into webhook_events (provider, id, type, object_id, outcome, at)
        values ('clerk', ?1, ?2, ?3, ?4, ?5) on conflict (provider, id) do nothing";
    let values = vec![
        entry.id.as_str().into(),
        entry.kind.as_str().into(),
        entry.object.as_deref().into(),
        entry.outcome.into(),
        now.count().into(),
    ];
    Statement { sql, values }
}

pub fn sweep(before: Millis) -> Statement {
    Statement { sql: "delete from webhook_events where at < ?1", values: vec![before.count().into()] }
}

/// Of two that are equally old one wins, whichever came first.
pub fn organisation(told: &Organisation) -> Vec<Statement> {
    let sql = "insert into organisations (id, name, slug, updated_at) values (?1, ?2, ?3, ?4)
        on conflict (id) do update set name = excluded.name, slug = excluded.slug, updated_at = excluded.updated_at
        where organisations.deleted_at is null
            and (excluded.updated_at, excluded.name, coalesce(excluded.slug, ''))
            > (organisations.updated_at, organisations.name, coalesce(organisations.slug, ''))";
    let values =
        vec![told.id.as_str().into(), told.name.as_str().into(), told.slug.as_deref().into(), told.updated_at.into()];
    vec![Statement { sql, values }]
}

/// An organisation takes its memberships with it.
pub fn organisation_deleted(id: &str, now: Millis) -> Vec<Statement> {
    let bury = "insert into organisations (id, deleted_at) values (?1, ?2)
        on conflict (id) do update set name = null, slug = null, updated_at = null,
            deleted_at = coalesce(organisations.deleted_at, excluded.deleted_at)";
    let members = "update memberships set organisation_id = null, user_id = null, role = null, updated_at = null,
            deleted_at = ?2
        where organisation_id = ?1";
    [bury, members].map(|sql| Statement { sql, values: vec![id.into(), now.count().into()] }).into()
}

/// A membership of somebody who has left, or in what is no more, is a tombstone from the beginning: so it would be, had
/// it been told in time.
pub fn membership(told: &Membership, now: Millis) -> Vec<Statement> {
    let sql = "insert into memberships (id, organisation_id, user_id, role, updated_at) values (?1, ?2, ?3, ?4, ?5)
        on conflict (id) do update set organisation_id = excluded.organisation_id, user_id = excluded.user_id,
            role = excluded.role, updated_at = excluded.updated_at
        where memberships.deleted_at is null
            and (excluded.updated_at, excluded.role, excluded.organisation_id, excluded.user_id)
            > (memberships.updated_at, memberships.role, memberships.organisation_id, memberships.user_id)";
    let values = vec![
        told.id.as_str().into(),
        told.organisation.as_str().into(),
        told.user.as_str().into(),
        told.role.as_str().into(),
        told.updated_at.into(),
    ];
    let too_late = "update memberships set organisation_id = null, user_id = null, role = null, updated_at = null,
            deleted_at = ?2
        where id = ?1 and deleted_at is null and (
            exists (select 1 from users where id = ?3 and deleted_at is not null)
            or exists (select 1 from organisations where id = ?4 and deleted_at is not null))";
    let late =
        vec![told.id.as_str().into(), now.count().into(), told.user.as_str().into(), told.organisation.as_str().into()];
    vec![Statement { sql, values }, Statement { sql: too_late, values: late }]
}

pub fn membership_deleted(id: &str, now: Millis) -> Vec<Statement> {
    let sql = "insert into memberships (id, deleted_at) values (?1, ?2)
        on conflict (id) do update set organisation_id = null, user_id = null, role = null, updated_at = null,
            deleted_at = coalesce(memberships.deleted_at, excluded.deleted_at)";
    vec![Statement { sql, values: vec![id.into(), now.count().into()] }]
}

pub fn forget(id: &UserId, now: Millis) -> Vec<Statement> {
    let bury = "insert into users (id, created_at, asked_at, deleted_at) values (?1, ?2, ?2, ?2)
        on conflict (id) do update set email = null, name = null, image_url = null, clerk_updated_at = null,
            claim_hmacs = null, deleted_at = coalesce(users.deleted_at, excluded.deleted_at)";
    let members = "update memberships set organisation_id = null, user_id = null, role = null, updated_at = null,
            deleted_at = ?2
        where user_id = ?1";
    let values = || vec![id.as_str().into(), now.count().into()];
    vec![Statement { sql: bury, values: values() }, Statement { sql: members, values: values() }]
}
