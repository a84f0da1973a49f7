//! The SQL of welcome claims.

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, nth, row};

/// A claim that one of the person's HMACs stands for.
#[derive(Debug)]
pub struct Claimed {
    pub owner: String,
}

row!(Claimed { owner });

/// Claims what is still free, and tells who owns what the person would claim. Empty: nothing is known to claim by.
pub async fn settle(db: &impl Db, id: &UserId, now: Millis) -> Result<Vec<Claimed>, Fault> {
    let sql = "select distinct owner from welcome_claims where hmac in
        (select value from users, json_each(users.claim_hmacs) where users.id = ?1)";
    let select = Statement { sql, values: vec![id.as_str().into()] };
    let rows = db.batch(vec![claim(id, now), select]).await?;
    nth(rows, 1).read()
}

/// Whoever claimed first keeps it. Where one of several HMACs is another's, the others are not taken either.
pub fn claim(id: &UserId, now: Millis) -> Statement {
    let sql = "insert into welcome_claims (hmac, owner, claimed_at)
        select value, users.id, ?2 from users, json_each(users.claim_hmacs)
        where users.id = ?1 and not exists (
            select 1 from welcome_claims as taken, json_each(users.claim_hmacs) as mine
            where taken.hmac = mine.value and taken.owner <> users.id)
        on conflict (hmac) do nothing";
    Statement { sql, values: vec![id.as_str().into(), now.count().into()] }
}
