//! What other subjects ask about a person's account: who claims its welcome, what Clerk knows of it, and its end.

use super::claim::claims;
use super::store::{self, Facts};
use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::db::Db;
use crate::port::http::Http;
use crate::upstream::clerk::user;

/// Whose the welcome is that somebody would claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Mine,
    /// Another account with the same address has had it, or still has.
    Anothers,
    /// No verified address is known yet.
    Unknown,
    /// The account is deleted.
    Gone,
}

/// Whether somebody who leaves has had the welcome credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Welcome {
    Had,
    NeverHad,
}

/// Claims the welcome for this person, if their address is known and nobody has claimed by it. Asked again it says the
/// same, however often.
pub async fn settle_claim<W: World>(world: &W, user: &UserId) -> Result<Claim, Fault> {
    let store::Settled { owners, gone } = store::settle(world.db(), user, world.clock().now()).await?;
    Ok(match owners.as_slice() {
        _ if gone => Claim::Gone,
        [] => Claim::Unknown,
        owners if owners.iter().all(|claimed| claimed.owner == user.as_str()) => Claim::Mine,
        _ => Claim::Anothers,
    })
}

/// Asks Clerk who this is, for when no event has told it. Of whom Clerk does not know there is nothing to learn.
pub async fn learn<W: World>(world: &W, user: &UserId) -> Result<(), Fault> {
    let question = user::question(world.config(), user)?;
    let secrets = world.config().claim_secrets()?;
    let reply = world.http().get(question).await.map_err(|failure| failure.of("clerk"))?;
    if reply.status == 404 {
        return Ok(());
    }
    let person = user::read(reply.status, &reply.body, user)?;
    let facts = Facts { person: &person, claims: &claims(&person, secrets) };
    store::tell(world.db(), user, &facts, world.clock().now()).await.map(drop)
}

/// Leaves of a person their id and that they are gone, for good: whatever is told of them later does not count. A
/// welcome they had stays claimed. Done twice it is done once.
pub async fn forget<W: World>(world: &W, user: &UserId, welcome: Welcome) -> Result<(), Fault> {
    let now = world.clock().now();
    let claim = (welcome == Welcome::Had).then(|| store::claim_welcome(user, now));
    world.db().batch(claim.into_iter().chain(store::forget(user, now)).collect()).await.map(drop)
}

/// Takes the person away at Clerk too. Whom Clerk does not know is gone already.
pub async fn unregister<W: World>(world: &W, user: &UserId) -> Result<(), Fault> {
    let question = user::question(world.config(), user)?;
    let reply = world.http().delete(question).await.map_err(|failure| failure.of("clerk"))?;
    match reply.status {
        200 | 404 => Ok(()),
        status => Err(Fault::Provider { provider: "clerk", why: format!("deletion answered {status}") }),
    }
}
