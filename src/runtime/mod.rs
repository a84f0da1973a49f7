//! The platform, and nobody else names it. One adapter per port, and the event handler that puts them together.

mod clock;
mod d1;
mod fetch;
mod incoming;
mod isolate;
mod outgoing;
mod random;
mod rsa;
mod world;

use worker::{Context, Env, event, web_sys};

use crate::edge;

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: web_sys::Request, env: Env, _context: Context) -> worker::Result<web_sys::Response> {
    let isolate = isolate::isolate(&env);
    let incoming = incoming::PlatformRequest::of(&request);
    let world = world::PlatformWorld::of(&env, isolate.clone(), &incoming);
    let answer = edge::serve(&world, &incoming).await;
    let sent = outgoing::respond(&answer, &request, &isolate, &env).await;
    let Err(error) = sent else { return Ok(sent?) };
    let excuse = edge::undelivered(&world, &answer, &format!("{error:?}"));
    Ok(outgoing::respond(&excuse, &request, &isolate, &env).await?)
}
