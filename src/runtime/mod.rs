//! The platform, and nobody else names it. One adapter per port, and the event handler that puts them together.

mod blobs;
mod calls;
mod clock;
mod d1;
mod fence;
mod fetch;
mod incoming;
mod isolate;
mod objects;
mod outgoing;
mod random;
mod room;
mod rooms;
mod rsa;
mod storage;
mod stream;
mod wallet;
mod wallets;
mod watchers;
mod words;
mod world;

use worker::{Context, Env, ScheduleContext, ScheduledEvent, event, web_sys};

use world::PlatformWorld;

use crate::edge;
use crate::ops::night;

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _context: Context) -> worker::Result<web_sys::Response> {
    let isolate = isolate::isolate(&env)?;
    let incoming = incoming::PlatformRequest::of(&request);
    let outgoing = outgoing::PlatformResponse::to(&request, &env, isolate.clone());
    let world = PlatformWorld::of(&env, isolate);
    edge::serve(&world, &incoming, &outgoing).await;
    outgoing.take().ok_or_else(|| "no response could be made".into())
}

/// The cron: whatever is due by the clock, a part at each stroke.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let Ok(isolate) = isolate::isolate(&env) else { return };
    night::strike(&PlatformWorld::of(&env, isolate)).await;
}
