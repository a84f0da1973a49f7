//! People as operators look for them.

use super::store;
use crate::domain::failure::{Failure, Fault};
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::db::row;

#[derive(Clone, Debug)]
pub struct Found {
    pub id: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub created_at: Millis,
    pub deleted_at: Option<Millis>,
}

row!(Found { id, email, name, created_at, deleted_at });

/// Everybody whose id, e-mail address or name begins so, by id.
pub async fn search<W: World>(world: &W, begins: &str, after: &str, limit: i64) -> Result<Vec<Found>, Failure> {
    Ok(store::search(world.db(), begins, after, limit).await?)
}

/// What a person is called, as far as we know: the name, the address.
pub async fn names<W: World>(world: &W, person: &UserId) -> Result<Vec<String>, Fault> {
    let known = store::find(world.db(), person).await?;
    Ok(known.into_iter().flat_map(|row| [row.name, row.email]).flatten().collect())
}

/// Where mail reaches a person, if Clerk has told us.
pub async fn address<W: World>(world: &W, person: &UserId) -> Result<Option<String>, Fault> {
    Ok(store::find(world.db(), person).await?.and_then(|row| row.email))
}

/// The ids of people behind this one, whether or not they have a wallet.
pub async fn ids_after<W: World>(world: &W, after: &str, limit: i64) -> Result<Vec<String>, Failure> {
    Ok(store::search(world.db(), "", after, limit).await?.into_iter().map(|found| found.id).collect())
}
