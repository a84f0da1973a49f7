//! Scaffold by the wallet's author: being replaced by the builder of Clerk's events.

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::port::World;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    Mine,
    Anothers,
    Unknown,
}

pub async fn forget<W: World>(_world: &W, _user: &UserId) -> Result<(), Fault> {
    Ok(())
}

pub async fn settle_claim<W: World>(_world: &W, _user: &UserId) -> Result<Claim, Fault> {
    Ok(Claim::Unknown)
}

pub async fn learn<W: World>(_world: &W, _user: &UserId) -> Result<(), Fault> {
    Ok(())
}

pub async fn unregister<W: World>(_world: &W, _user: &UserId) -> Result<(), Fault> {
    Ok(())
}
