//! The SQL of welcome claims.

use crate::domain::failure::Fault;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, row};

/// A claim that one of the person's HMACs stands for.
#[derive(Debug)]
pub struct Claimed {
    pub owner: String,
}

row!(Claimed { owner });

/// Who owns what a person would claim (nobody: nothing is known to claim by), and whether the person is gone.
pub struct Settled {
    pub owners: Vec<Claimed>,
    pub gone: bool,
}

/// Claims what is still free.
pub async fn settle(db: &impl Db, id: &UserId, now: Millis) -> Result<Settled, Fault> {
    let sql = "select distinct owner from welcome_claims where hmac in
        (select value from users, json_each(users.claim_hmacs) where users.id = ?1)";
    let select = Statement { sql, values: vec![id.as_str().into()] };
    let gone = "select 1 from users where id = ?1 and deleted_at is not null";
    let gone = Statement { sql: gone, values: vec![id.as_str().into()] };
    let mut rows = db.batch(vec![claim(id, now), select, gone]).await?.into_iter().skip(1);
    let mut next = || rows.next().unwrap_or_default();
    Ok(Settled { owners: next().read()?, gone: next().one::<(i64,)>()?.is_some() })
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
