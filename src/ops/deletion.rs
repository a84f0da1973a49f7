//! The end of an account, by the person's own wish or by Clerk's event.

use serde::Serialize;

use super::connection;
use crate::coach::resume;
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::{Owner, UserId};
use crate::money::desk;
use crate::people::account::{self, Welcome};
use crate::port::World;

#[derive(Debug, Serialize)]
pub struct Deleted {
    closed: bool,
    /// The credits that were left.
    forfeited: String,
}

/// `DELETE /api/me`. The Wallet closes first, for good; the rest it does itself and repeats until it is done: the name
/// here, the account at Clerk. A repeat is told the same.
pub async fn own<W: World>(world: &W, user: &UserId) -> Result<Deleted, Failure> {
    let forfeited = desk::close(world, &Owner::from(user), true).await?;
    Ok(Deleted { closed: true, forfeited: forfeited.to_string() })
}

/// 1. The Wallet closes, if anybody ever opened it.
/// 2. The name, what was measured and the resume go; done here too, so that Clerk is told yes only when they have gone.
pub async fn by_clerk<W: World>(world: &W, user: &UserId) -> Result<(), Failure> {
    // 1
    let welcome = match desk::close(world, &Owner::from(user), false).await {
        Ok(_) => Welcome::Had,
        Err(failure) if matches!(failure.refusal(), Some(Refusal::Conflict { .. })) => Welcome::NeverHad,
        Err(failure) => return Err(failure),
    };
    // 2
    account::forget(world, user, welcome).await?;
    connection::forget(world, user).await?;
    Ok(resume::forget(world, user).await?)
}
