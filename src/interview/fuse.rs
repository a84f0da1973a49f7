//! The spend fuse: what all interviews of a day come to, weighed by the cron. Too much, and no more begin, or none that
//! nobody pays for. It knows interviews that are over; only the payer's own limits are exact.

use super::store;
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;

pub use super::store::Weighed;

const DAY: Millis = Millis::of_seconds(24 * 60 * 60);
/// The cron weighs every five minutes.
const TRUSTED: Millis = Millis::of_seconds(60 * 60);

/// 1. Weigh what ended in the last 24 hours.
/// 2. Whoever has to know is told when the fuse blows, and when it is whole again.
pub async fn weigh<W: World>(world: &W) -> Result<(), Failure> {
    let (now, spend) = (world.clock().now(), &world.config().spend);
    // 1
    let (before, after) = store::weigh(world.db(), now.minus(DAY), now, spend.free_starts, spend.dollars).await?;
    // 2
    let blown = |weighed: &Weighed| (weighed.free_blown == 1, weighed.spend_blown == 1);
    let was = before.as_ref().map(blown).unwrap_or_default();
    let Some(after) = after.filter(|after| blown(after) != was) else { return Ok(()) };
    let (free, all) = blown(&after);
    let level = if (free && !was.0) || (all && !was.1) { "alert" } else { "info" };
    let line = form::object!({ "level": level, "event": "fuse", "freeStartsBlown": free, "spendBlown": all,
        "freeStarts": after.free_starts, "cost": after.cost });
    world.log().line(&form::text(&line));
    Ok(())
}

/// Whether one may not begin now: true, because nobody pays for it; false, because none may. Where no limit is set
/// nobody is asked, and whoever does not answer keeps nobody from talking.
pub async fn blown<W: World>(world: &W, free: bool) -> Option<bool> {
    let spend = &world.config().spend;
    if spend.dollars.is_none() && (spend.free_starts.is_none() || !free) {
        return None;
    }
    let weighed = standing(world).await.ok().flatten()?;
    match (weighed.spend_blown, weighed.free_blown) {
        (1, _) => Some(false),
        (_, 1) if free => Some(true),
        _ => None,
    }
}

/// As it was weighed last; what was weighed an hour ago, by a cron that has stopped since, keeps nobody.
pub async fn standing<W: World>(world: &W) -> Result<Option<Weighed>, Fault> {
    store::weighed(world.db(), world.clock().now().minus(TRUSTED)).await
}

/// As a page shows it: four decimals.
pub fn dollars(millionths: i64) -> String {
    let hundredths = millionths.saturating_add(50) / 100;
    format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000)
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn dollars_have_four_decimals() {
        let told = [0, 49, 50, 99_950, 1_234_567, 12_000_000].map(dollars);
        assert_eq!(told, ["0.0000", "0.0000", "0.0001", "0.1000", "1.2346", "12.0000"]);
    }
}
