//! What the cron does at each stroke. One part that fails keeps no other from its turn; the next stroke tries again.

use super::{connection, models, readiness};
use crate::coach::resume;
use crate::domain::failure::Failure;
use crate::domain::form;
use crate::interview::{fuse, past, wake};
use crate::money::{compare, reconcile, till};
use crate::people::events;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;

/// 1. A part of the night's reconciliations, with D1's copy and with Stripe.
/// 2. What the day's interviews have cost, for the fuse; what was settled and is not told is woken.
/// 3. How long our models will be there.
/// 4. What has been kept long enough goes: the log of webhooks, interviews, what was measured, and files that nobody
///    wants any more.
pub async fn strike<W: World>(world: &W) {
    note(world, "stroke", readiness::stroke(world).await.map_err(Failure::from));
    // 1
    note(world, "ledger round", reconcile::night(world).await);
    note(world, "payments", compare::night(world, &reconcile::day(world.clock().now())).await);
    // 2
    note(world, "fuse", fuse::weigh(world).await);
    note(world, "rooms", wake::wake(world).await);
    // 3
    note(world, "models", models::watch(world).await);
    // 4
    note(world, "sweep", events::sweep(world).await.map_err(Failure::from));
    note(world, "visits", till::sweep(world).await.map_err(Failure::from));
    note(world, "interviews", past::sweep(world).await.map_err(Failure::from));
    note(world, "connection checks", connection::sweep(world).await.map_err(Failure::from));
    note(world, "files", resume::sweep(world).await.map_err(Failure::from));
}

fn note<W: World>(world: &W, part: &str, done: Result<(), Failure>) {
    if let Err(failure) = done {
        let why = failure.reason().unwrap_or_default();
        let line = form::object!({ "level": "error", "event": format!("cron {part}"), "why": why });
        world.log().line(&form::text(&line));
    }
}
