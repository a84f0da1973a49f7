//! The SQL of what was sold, and what of it was taken back.

use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::port::db::row;
use crate::port::sql::Tx;

#[derive(Clone, Debug)]
pub struct Charged {
    pub sold: Credits,
    pub paid: i64,
    pub taken: Credits,
    pub disputed: Credits,
    /// Of the money, so much has gone back in all.
    pub refunded: i64,
}

row!(Charged { sold, paid, taken, disputed, refunded });

pub fn sold(tx: &impl Tx, charge: &str, credits: Credits, paid: i64) -> Result<(), Fault> {
    let sql = "insert into charges (charge, sold, paid) values (?, ?, ?)";
    tx.run(sql, vec![charge.into(), credits.count().into(), paid.into()]).map(drop)
}

/// Whether credits were ever bought here.
pub fn bought(tx: &impl Tx) -> Result<bool, Fault> {
    Ok(super::number(tx.run("select exists (select 1 from charges)", Vec::new())?)? == 1)
}

/// What is left of all that was given, if supervised interviews were paid of that first. Others never were.
pub fn given(tx: &impl Tx) -> Result<Credits, Fault> {
    let sql = "select coalesce(-sum(granted) - sum(iif(reason = 'paid_ahead', 0, earned)), 0) from entries";
    super::number(tx.run(sql, Vec::new())?).map(Credits::milli)
}

pub fn charge(tx: &impl Tx, charge: &str) -> Result<Option<Charged>, Fault> {
    let sql = "select sold, paid, taken, disputed, refunded from charges where charge = ?";
    tx.run(sql, vec![charge.into()])?.one()
}

pub fn take_back(tx: &impl Tx, charge: &str, now: &Charged) -> Result<(), Fault> {
    let sql = "update charges set taken = ?, disputed = ?, refunded = ? where charge = ?";
    let values = vec![now.taken.count().into(), now.disputed.count().into(), now.refunded.into(), charge.into()];
    tx.run(sql, values).map(drop)
}
