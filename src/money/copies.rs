//! What D1 knows of the books: for search, lists and counts, a moment behind the Wallets.

pub use super::store::{Copied, Ended};

use super::store;
use crate::domain::failure::{Failure, Fault};
use crate::domain::millis::Millis;
use crate::port::World;

pub async fn of<W: World>(world: &W, owners: &[&str]) -> Result<Vec<Copied>, Failure> {
    Ok(store::copies(world.db(), owners).await?)
}

/// Interviews that were settled by then, oldest first.
pub async fn ended<W: World>(world: &W, from: Millis, until: Millis, limit: i64) -> Result<Vec<Ended>, Fault> {
    store::ended(world.db(), from, until, limit).await
}
