//! The SQL of what D1 has not taken.

use super::number;
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::port::sql::Tx;

/// D1 did not take this entry. Gives how often it has not.
pub fn refused(tx: &impl Tx, seq: i64, why: &str) -> Result<i64, Fault> {
    let sql = "insert into refused (seq, tries, why) values (?, 1, ?)
        on conflict (seq) do update set tries = tries + 1, why = excluded.why returning tries";
    number(tx.run(sql, vec![seq.into(), why.into()])?)
}

pub fn park(tx: &impl Tx, seq: i64, now: Millis) -> Result<(), Fault> {
    tx.run("update refused set parked_at = ? where seq = ?", vec![now.count().into(), seq.into()]).map(drop)
}

pub fn taken_after_all(tx: &impl Tx, seq: i64) -> Result<(), Fault> {
    tx.run("delete from refused where seq = ?", vec![seq.into()]).map(drop)
}

/// The first entry that was refused and is not parked yet, or `parked` too.
pub fn to_try_again(tx: &impl Tx, after: i64, parked: bool) -> Result<Option<i64>, Fault> {
    let sql = "select seq from refused where (parked_at is null or ? = 1) and seq > ? order by seq limit 1";
    Ok(tx.run(sql, vec![i64::from(parked).into(), after.into()])?.one()?.map(|(seq,)| seq))
}

pub fn parked(tx: &impl Tx) -> Result<i64, Fault> {
    number(tx.run("select count(*) from refused where parked_at is not null", Vec::new())?)
}

/// Refused entries up to here are not in D1, whether they are parked or tried again.
pub fn missing(tx: &impl Tx) -> Result<i64, Fault> {
    number(tx.run("select count(*) from refused", Vec::new())?)
}
