//! `GET /api/diagnostic/readiness`: whether people can be interviewed here, today and in the days to come.

use serde_json::Value;

use super::models::{self, Known};
use super::settings;
use super::store::{self, Mark};
use crate::domain::failure::Fault;
use crate::domain::form::object;
use crate::domain::millis::Millis;
use crate::interview::fuse;
use crate::money::compare;
use crate::port::World;
use crate::port::clock::Clock;

/// The cron strikes every five minutes.
const LATE: Millis = Millis::of_seconds(15 * 60);
pub const STROKE: &str = "stroke";

pub async fn stroke<W: World>(world: &W) -> Result<(), Fault> {
    store::mark(world.db(), STROKE, world.clock().now()).await
}

/// What D1 knows. If it does not answer, that is an answer too.
struct Facts {
    marks: Vec<Mark>,
    models: Vec<Known>,
    fuse: Option<fuse::Weighed>,
    failures: i64,
}

async fn facts<W: World>(world: &W) -> Result<Facts, Fault> {
    Ok(Facts {
        marks: store::marks(world.db()).await?,
        models: models::known(world.config(), &store::models(world.db()).await?, world.clock().now()),
        fuse: fuse::standing(world).await?,
        failures: compare::failures(world).await?,
    })
}

/// Anybody learns whether all is well; an admin, what is not.
pub async fn readiness<W: World>(world: &W, admin: bool) -> Value {
    let (now, settings) = (world.clock().now(), settings::are_sound(world.config()));
    // Nobody supervises what browsers do by themselves.
    let mode = world.config().voice.mode();
    let Ok(Facts { marks, models, fuse, failures }) = facts(world).await else {
        let told = object!({ "ok": false, "settings": settings, "mode": mode, "database": false, "cron": (), "fuse": (),
            "models": (), "webhooks": () });
        return if admin { told } else { object!({ "ok": false }) };
    };
    let stroke = models::last(&marks, STROKE);
    let strikes = stroke.is_some_and(|at| now.since(at) < LATE);
    let whole = fuse.as_ref().is_none_or(|fuse| fuse.free_blown == 0 && fuse.spend_blown == 0);
    let silent = models::is_silent(&marks, now);
    let urgent = models.iter().any(Known::is_urgent);
    let ok = settings && strikes && whole && !silent && !urgent && failures == 0;
    if !admin {
        return object!({ "ok": ok });
    }
    let limits = &world.config().spend;
    object!({
        "ok": ok,
        "settings": settings,
        "mode": mode,
        "database": true,
        "cron": object!({ "ok": strikes, "lastStrokeAt": stroke.map(Millis::iso) }),
        "fuse": object!({ "ok": whole,
            "weighedAt": fuse.map(|fuse| fuse.weighed_at.iso()),
            "freeStarts": fuse.map(|fuse| fuse.free_starts),
            "freeStartsPerDay": limits.free_starts,
            "freeBlown": fuse.is_some_and(|fuse| fuse.free_blown == 1),
            "cost": fuse.map(|fuse| fuse::dollars(fuse.cost)),
            "spendPerDay": limits.dollars.map(fuse::dollars),
            "spendBlown": fuse.is_some_and(|fuse| fuse.spend_blown == 1) }),
        "models": object!({ "ok": !silent && !urgent, "silent": silent,
            "toldAt": models::last(&marks, models::TOLD).map(Millis::iso),
            "models": models.iter().map(model).collect::<Vec<Value>>() }),
        "webhooks": object!({ "ok": failures == 0, "failures": failures }),
    })
}

fn model(known: &Known) -> Value {
    object!({ "setting": known.setting, "model": known.model.as_str(), "listed": known.listed,
        "shutdown": known.shutdown.as_deref(), "days": known.days })
}
