//! D1's copy: every entry is told to it, once, in any number of tries. What D1 does not take is parked and reported,
//! and the rest goes on.

use super::alarm::{MIRROR, REFUSED, tell as say};
use super::store::{self, Written};
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::money::store::{self as copy, Copy};
use crate::port::Object;
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::sql::Sql;

/// Entries in one statement: some 100 KiB of JSON.
const AT_ONCE: i64 = 250;
/// Statements in one ring of the alarm; the next ring goes on.
const ROUNDS: usize = 40;
/// So often an entry that D1 refuses is tried before it is parked.
const TRIES: i64 = 10;

/// 1. Read what D1 has not acknowledged.
/// 2. Tell it, all together.
/// 3. If that is refused as data: one by one, the refused ones apart.
/// 4. Remember how far it came.
pub async fn tell<O: Object>(object: &O, owner: &Owner) -> Result<(), Fault> {
    for _ in 0..ROUNDS {
        // 1
        let Some(sending) = unsent(object)? else { return Ok(()) };
        let Sending { from, written: Some(written), copy } = sending else { return advance(object, i64::MAX) };
        // 2
        match copy::tell(object.db(), owner, &written.json, Some(&copy), object.clock().now()).await {
            Ok(()) => {}
            // 3
            Err(Fault::DatabaseRefused { .. }) => {
                for seq in from..=written.last {
                    tell_one(object, owner, seq).await?;
                }
                copy::tell(object.db(), owner, "[]", Some(&copy), object.clock().now()).await?;
            }
            Err(fault) => return Err(fault),
        }
        // 4
        advance(object, written.last)?;
    }
    Ok(())
}

struct Sending {
    from: i64,
    written: Option<Written>,
    /// How the wallet stood after the last of them.
    copy: Copy,
}

fn unsent<O: Object>(object: &O) -> Result<Option<Sending>, Fault> {
    object.sql().transaction(|tx| {
        let (Some(task), Some(cover)) = (due::find(tx, MIRROR)?, store::cover(tx)?) else { return Ok(None) };
        let from: i64 = task.about.parse().unwrap_or(1);
        let written = store::written_after(tx, from.saturating_sub(1), AT_ONCE)?;
        let last = written.as_ref().map(|written| store::entry(tx, written.last)).transpose()?.flatten();
        let copy = Copy {
            seq: last.as_ref().map_or(0, |last| last.seq),
            user: last.as_ref().map(|last| last.user_after).unwrap_or_default(),
            held: last.as_ref().map(|last| last.held_after).unwrap_or_default(),
            owed: last.as_ref().map(|last| last.owed_after).unwrap_or_default(),
            premium_until: cover.premium_until,
            closed_at: cover.closed_at,
        };
        Ok(Some(Sending { from, written, copy }))
    })
}

/// Entries written meanwhile stay due. An answer that came late does not undo what a later one brought.
fn advance<O: Object>(object: &O, told: i64) -> Result<(), Fault> {
    let now = object.clock().now();
    object.sql().transaction(|tx| {
        let Some(task) = due::find(tx, MIRROR)? else { return Ok(()) };
        if task.about.parse::<i64>().is_ok_and(|from| from > told) {
            return Ok(());
        }
        due::planning(tx, now, |tx| {
            due::cancel(tx, MIRROR, &task.about)?;
            match store::cover(tx)?.and_then(|cover| cover.seq) {
                Some(last) if last > told => due::plan(tx, MIRROR, &told.saturating_add(1).to_string(), now),
                _ => Ok(()),
            }
        })
    })
}

async fn tell_one<O: Object>(object: &O, owner: &Owner, seq: i64) -> Result<(), Fault> {
    let written = object.sql().transaction(|tx| store::written_after(tx, seq.saturating_sub(1), 1))?;
    let Some(Written { json, .. }) = written else { return Ok(()) };
    match copy::tell(object.db(), owner, &json, None, object.clock().now()).await {
        Ok(()) => object.sql().transaction(|tx| store::taken_after_all(tx, seq)),
        Err(Fault::DatabaseRefused { why }) => refuse(object, owner, seq, &why),
        Err(fault) => Err(fault),
    }
}

fn refuse<O: Object>(object: &O, owner: &Owner, seq: i64, why: &str) -> Result<(), Fault> {
    let now = object.clock().now();
    let tries = object.sql().transaction(|tx| {
        let tries = store::refused(tx, seq, why)?;
        if tries >= TRIES {
            store::park(tx, seq, now)?;
        }
        if due::find(tx, REFUSED)?.is_none() {
            due::planning(tx, now, |tx| due::plan(tx, REFUSED, "", now.plus(due::backoff(0))))?;
        }
        Ok::<_, Fault>(tries)
    })?;
    if tries >= TRIES {
        say(object, "alert", owner, REFUSED, &format!("entry {seq} is parked: {why}"));
    }
    Ok(())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parked {
    /// They are tried once more: an operator may have mended what stood in their way.
    Too,
    LeftAlone,
}

/// Tries what D1 has refused once more. Gives how many are still neither taken nor parked.
pub async fn tell_again<O: Object>(object: &O, owner: &Owner, parked: Parked) -> Result<usize, Fault> {
    let (mut after, mut left) = (0, 0_usize);
    while let Some(seq) = object.sql().transaction(|tx| store::to_try_again(tx, after, parked == Parked::Too))? {
        tell_one(object, owner, seq).await?;
        after = seq;
        let open = object.sql().transaction(|tx| store::to_try_again(tx, seq.saturating_sub(1), false))? == Some(seq);
        left = left.saturating_add(usize::from(open));
    }
    Ok(left)
}
