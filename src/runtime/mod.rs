//! The platform, and nobody else names it. One adapter per port, and the event handler that puts them together.

mod clock;
mod d1;
mod fetch;
mod incoming;
mod isolate;
mod outgoing;
mod random;
mod rsa;
mod storage;
mod stream;
mod wallet;
mod wallets;
mod world;

use worker::{Context, Env, event, web_sys};

use crate::edge;

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _context: Context) -> worker::Result<web_sys::Response> {
    let isolate = isolate::isolate(&env)?;
    let incoming = incoming::PlatformRequest::of(&request);
    let outgoing = outgoing::PlatformResponse::to(&request, &env, isolate.clone());
    let world = world::PlatformWorld::of(&env, isolate);
    edge::serve(&world, &incoming, &outgoing).await;
    outgoing.take().ok_or_else(|| "no response could be made".into())
}
