//! What an object has still to do and when: rows beside its other rows, and one alarm at the earliest of them.
//! The alarm never gives up: what fails is put off, for longer each time, and stays.

mod store;

use super::sql::Tx;
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;

pub use store::{Task, all, at, cancel, earliest, find, first, plan, prepare, put_off};

const SHORTEST: Millis = Millis::of_seconds(2);
const LONGEST: Millis = Millis::of_seconds(10 * 60);

/// How long to wait after so many failures: 2 s, 4 s, 8 s and so on to ten minutes.
pub fn backoff(tries: u32) -> Millis {
    let doubled = 1_i64.checked_shl(tries.min(30)).unwrap_or(i64::MAX);
    LONGEST.min(Millis::new(SHORTEST.count().saturating_mul(doubled)))
}

/// Sets the alarm when the earliest task became earlier than it was `before` this transaction. One whose time has come
/// sets it too: its alarm may have been lost with the process that should have heard it.
pub fn arm(tx: &impl Tx, before: Option<Millis>, now: Millis) -> Result<(), Fault> {
    match store::earliest(tx)? {
        Some(next) if before.is_none_or(|before| next < before) || next <= now => tx.arm(next),
        _ => Ok(()),
    }
}

/// Work that may plan something, and the alarm for it. What is planned by the alarm's own handler needs none: the
/// handler sets it anew in the end, or rings again.
pub fn planning<T: Tx, R, E: From<Fault>>(tx: &T, now: Millis, work: impl FnOnce(&T) -> Result<R, E>) -> Result<R, E> {
    let before = store::earliest(tx)?;
    let done = work(tx)?;
    arm(tx, before, now)?;
    Ok(done)
}

/// The alarm has rung, so none is set. The last thing that its handler does.
pub fn rearm(tx: &impl Tx) -> Result<(), Fault> {
    store::earliest(tx)?.map_or(Ok(()), |next| tx.arm(next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_stops_growing_at_ten_minutes() {
        let waits: Vec<i64> = [0, 1, 2, 8, 9, 30, u32::MAX].into_iter().map(|n| backoff(n).count() / 1000).collect();
        assert_eq!(waits, [2, 4, 8, 512, 600, 600, 600]);
    }
}
