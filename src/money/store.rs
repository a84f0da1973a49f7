//! The SQL of money in D1: the copy that people search and operators reconcile. The Wallets are the authority.

use serde::Deserialize;

use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Rows, Statement};

/// A wallet as of its entry `seq`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    pub seq: i64,
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
    pub premium_until: Option<Millis>,
    pub closed_at: Option<Millis>,
}

/// Entries as they were written, and how the wallet stood after the last of them. Nothing older replaces anything.
pub async fn tell(db: &impl Db, owner: &Owner, rows: &Rows, copy: Option<&Copy>, now: Millis) -> Result<(), Fault> {
    let mut statements = vec![Statement { sql: INSERT, values: vec![owner.as_str().into(), rows.0.as_str().into()] }];
    if let Some(copy) = copy {
        let values = vec![
            owner.as_str().into(),
            copy.seq.into(),
            copy.user.count().into(),
            copy.held.count().into(),
            copy.owed.count().into(),
            copy.premium_until.map(Millis::count).into(),
            copy.closed_at.map(Millis::count).into(),
            now.count().into(),
        ];
        statements.push(Statement { sql: UPSERT, values });
    }
    db.batch(statements).await.map(drop)
}

const INSERT: &str = "insert into entries (owner, seq, at, kind, key, fingerprint, user, held, earned, granted, bought,
        refunded, owed, user_after, held_after, owed_after, reference, reason, actor, seconds, hash)
    select ?1, value ->> 'seq', value ->> 'at', value ->> 'kind', value ->> 'key', value ->> 'fingerprint',
        value ->> 'user', value ->> 'held', value ->> 'earned', value ->> 'granted', value ->> 'bought',
        value ->> 'refunded', value ->> 'owed', value ->> 'user_after', value ->> 'held_after', value ->> 'owed_after',
        value ->> 'reference', value ->> 'reason', value ->> 'actor', value ->> 'seconds', value ->> 'hash'
    from json_each(?2) where true on conflict (owner, seq) do nothing";

const UPSERT: &str = "insert into wallets (owner, seq, user, held, owed, premium_until, closed_at, told_at)
    values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
    on conflict (owner) do update set seq = excluded.seq, user = excluded.user, held = excluded.held,
        owed = excluded.owed, premium_until = excluded.premium_until, closed_at = excluded.closed_at,
        told_at = excluded.told_at
    where excluded.seq > wallets.seq";

/// What D1 knows of a wallet.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Mirrored {
    pub entries: i64,
    pub user_sum: Credits,
    pub held_sum: Credits,
    pub owed_sum: Credits,
    pub hash: Option<String>,
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
}

pub async fn mirrored(db: &impl Db, owner: &Owner) -> Result<Mirrored, Fault> {
    let sql = "select count(*) as entries, coalesce(sum(user), 0) as user_sum, coalesce(sum(held), 0) as held_sum,
            coalesce(sum(owed), 0) as owed_sum,
            (select hash from entries where owner = ?1 order by seq desc limit 1) as hash,
            coalesce((select user from wallets where owner = ?1), 0) as user,
            coalesce((select held from wallets where owner = ?1), 0) as held,
            coalesce((select owed from wallets where owner = ?1), 0) as owed
        from entries where owner = ?1";
    let rows = db.batch(vec![Statement { sql, values: vec![owner.as_str().into()] }]).await?;
    let found: Vec<Mirrored> = rows.first().map(Rows::read).transpose()?.unwrap_or_default();
    Ok(found.into_iter().next().unwrap_or_default())
}
