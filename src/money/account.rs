//! `GET /api/user`: who I am here, and what I have.

use serde::Serialize;

use super::command::Standing;
use super::desk;
use crate::domain::failure::Failure;
use crate::domain::id::Owner;
use crate::people::me::{self, Me};
use crate::port::World;
use crate::port::clock::Clock;
use crate::upstream::clerk::token::Session;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    #[serde(flatten)]
    me: Me,
    credits: String,
    held: String,
    available: String,
    /// What of it may pay for an interview.
    payable: String,
    owed: String,
    is_premium: bool,
    premium_until: Option<String>,
    /// What a plan still covers of a day, and when there is more.
    premium_left_seconds: Option<i64>,
    premium_more_at: Option<String>,
}

/// 1. Who it is.
/// 2. What they have, by their Wallet and nobody else; the first time there is the welcome grant in it.
pub async fn account<W: World>(world: &W, session: &Session) -> Result<Account, Failure> {
    // 1
    let me = me::me(world, session).await?;
    // 2
    let (standing, left, payable) = desk::touch(world, &Owner::from(&session.user)).await?;
    let Standing { settled, held, available, owed, premium_until, .. } = standing;
    Ok(Account {
        me,
        credits: settled.to_string(),
        held: held.to_string(),
        available: available.to_string(),
        payable: payable.to_string(),
        owed: owed.to_string(),
        is_premium: premium_until.is_some_and(|until| until > world.clock().now()),
        premium_until: premium_until.map(|until| until.iso()),
        premium_left_seconds: left.map(|left| left.seconds),
        premium_more_at: left.and_then(|left| left.more_at).map(|at| at.iso()),
    })
}
