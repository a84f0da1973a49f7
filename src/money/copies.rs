//! Balances as D1 knows them: for search and lists, a moment behind the Wallets.

pub use super::store::Copied;

use super::store;
use crate::domain::failure::Failure;
use crate::port::World;

pub async fn of<W: World>(world: &W, owners: &[&str]) -> Result<Vec<Copied>, Failure> {
    Ok(store::copies(world.db(), owners).await?)
}
