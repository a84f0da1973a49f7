//! The platform gives an alarm up after some failures. Until its money is settled the Wallet asks for a Room; after
//! that the cron does: an interview that was settled and that D1 has not been told of is touched, and any touch sets
//! its Room's alarm anew.

use super::store::{self, Round};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::SessionId;
use crate::domain::millis::Millis;
use crate::money::copies::{self, Ended};
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::port::rooms::Rooms;

/// A Room archives some seconds after its end, and is forgotten when it has.
const YOUNG: Millis = Millis::of_seconds(15 * 60);
/// Looked through again and again, with a rest after each time.
const SPAN: Millis = Millis::of_seconds(3 * 24 * 60 * 60);
const REST: Millis = Millis::of_seconds(60 * 60);
/// Of the book, at one stroke; Rooms of these, each a question; and how long a stroke may take.
const PAGE: i64 = 250;
const ASKED: usize = 40;
const STROKE: Millis = Millis::of_seconds(20);

/// 1. A page of what was settled, from where the last stroke came to. After the newest one there is a rest.
/// 2. Those of them that D1 does not have: deleted by their person, never begun, or never told.
/// 3. Each is touched. A Room that is empty stays empty.
/// 4. How far it came: to the last one that was touched, where there were too many.
pub async fn wake<W: World>(world: &W) -> Result<(), Failure> {
    let now = world.clock().now();
    // 1
    let round = store::round(world.db()).await?.unwrap_or_default();
    if round.upto == Millis::default() && now.since(round.rested) < REST {
        return Ok(());
    }
    let page = copies::ended(world, round.upto.max(now.minus(SPAN)), now.minus(YOUNG), PAGE).await?;
    // 2
    let ids: Vec<&str> = page.iter().map(|ended| ended.session.as_str()).collect();
    let missing = store::missing(world.db(), &form::text(&ids.into())).await?;
    // 3
    let mut asked = Vec::new();
    for Ended { at, session } in page.iter().filter(|ended| missing.contains(&ended.session)).take(ASKED) {
        let Some(id) = SessionId::parse(session) else { continue };
        if world.clock().now().since(now) > STROKE {
            break;
        }
        if let Err(fault) = world.rooms().end(&id).await {
            tell(world, &id, &fault);
        }
        asked.push(*at);
    }
    // 4
    let whole = i64::try_from(page.len()).is_ok_and(|count| count == PAGE);
    let left = missing.len() > asked.len();
    let upto = if left { asked.last().copied() } else { page.last().filter(|_| whole).map(|last| last.at) };
    let rested = if upto.is_none() { now } else { round.rested };
    Ok(store::write_round(world.db(), &Round { upto: upto.unwrap_or_default(), rested }).await?)
}

fn tell<W: World>(world: &W, session: &SessionId, fault: &Fault) {
    let line = form::object!({ "level": "warn", "event": "room woken", "session": session.as_str(),
        "why": fault.reason() });
    world.log().line(&form::text(&line));
}
