//! The story of every request.

use super::answer::{Answer, Kind};
use super::failure::Told;
use super::guard::{self, Caller};
use super::log::{self, Outcome};
use super::route::{self, Found, Guard};
use super::{bookmark, fence, headers, verb};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::RequestId;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Environment;
use crate::port::db::Db;
use crate::port::incoming::Incoming;
use crate::port::random::Random;

/// The way back to the caller. Answers the status that is really sent: a page may turn out to be unchanged. What the
/// answer was to carry may turn out to be gone.
pub trait Deliver {
    fn deliver(&self, answer: &Answer) -> impl Future<Output = Result<u16, Failure>>;
}

/// 1. Give it a name.
/// 2. Find its route.
/// 3. See who asks, perform the verb.
/// 4. Make an answer, also of a failure, with the common headers.
/// 5. Deliver it; what cannot be delivered becomes an error.
/// 6. Leave one log line.
pub async fn serve<W: World>(world: &W, incoming: &impl Incoming, outgoing: &impl Deliver) {
    // 1
    let request = name(world, incoming);
    // 2
    let found = route::find(incoming.method(), incoming.path());
    // 3
    let mut caller = Caller::default();
    let done = handle(world, incoming, &request, found, &mut caller).await;
    // 4
    let mut failure = done.as_ref().err().cloned();
    let answer = done.unwrap_or_else(|failure| excuse(&failure, incoming.path(), &request));
    let answer = finish(world, incoming, answer, &request, caller.admin);
    // 5
    let status = match outgoing.deliver(&answer).await {
        Ok(status) => status,
        Err(undelivered) => {
            let answer = Told::of(failure.insert(undelivered)).answer(&request);
            outgoing.deliver(&finish(world, incoming, answer, &request, caller.admin)).await.unwrap_or(500)
        }
    };
    // 6
    let (method, route) = (incoming.method(), found.map_or("unmatched", |found| found.route.path));
    log::write(
        world,
        &Outcome { request: &request, method, route, status, failure: failure.as_ref(), caller: &caller },
    );
}

/// The caller's own name for the request when it has a harmless one.
fn name<W: World>(world: &W, incoming: &impl Incoming) -> RequestId {
    let given = incoming.header("x-request-id").and_then(|id| RequestId::parse(&id));
    given.unwrap_or_else(|| RequestId::from_random(world.random().bytes()))
}

async fn handle<W: World>(
    world: &W,
    incoming: &impl Incoming,
    request: &RequestId,
    found: Option<Found<'_>>,
    caller: &mut Caller,
) -> Result<Answer, Failure> {
    let Some(Found { route, id }) = found else {
        fence::pass(world, incoming).await?;
        let page = route::without_slash(incoming.path()).ok_or(Refusal::NotFound)?;
        return Ok(Answer::empty(308).with("location", with_query(page, incoming.query())));
    };
    if incoming.method() == "OPTIONS" {
        fence::pass(world, incoming).await?;
        let origin = headers::allowed_origin(world.config(), incoming);
        return Ok(headers::preflight(&route::allow(incoming.path()), origin.as_ref()));
    }
    if !route.takes(incoming.method()) {
        fence::pass(world, incoming).await?;
        return Err(Refusal::MethodNotAllowed { allow: route::allow(incoming.path()) }.into());
    }
    if !matches!(route.guard, Guard::Public | Guard::Webhook) {
        bookmark::take(world, incoming);
    }
    let known = guard::caller(world, incoming, route.guard).await;
    // Of a signed message only the verb can say whether it is; a sender of true ones is never too fast.
    if route.guard != Guard::Webhook && !known.as_ref().is_ok_and(Caller::is_known) {
        fence::pass(world, incoming).await?;
    }
    *caller = known?;
    guard::pass(route.guard, caller)?;
    let done = verb::perform(world, incoming, request, caller, route.verb, id).await;
    if route.guard == Guard::Webhook && matches!(done, Err(Failure::Refused(_))) {
        fence::pass(world, incoming).await?;
    }
    done
}

fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A person who took a wrong turn gets a page; everything else is data.
fn excuse(failure: &Failure, path: &str, request: &RequestId) -> Answer {
    let told = Told::of(failure);
    if told.status == 404 && path != "/api" && !path.starts_with("/api/") {
        return Answer::page(404, "/404");
    }
    told.answer(request)
}

fn finish<W: World>(world: &W, incoming: &impl Incoming, answer: Answer, request: &RequestId, admin: bool) -> Answer {
    let config = world.config();
    let mut answer = answer.with("x-request-id", request.as_str());
    if let Some(bookmark) = world.db().bookmark() {
        answer = answer.with(bookmark::HEADER, bookmark);
    }
    // Where the time went is for us to see, not for strangers in production.
    if admin || config.environment == Environment::Development {
        answer = answer.with("server-timing", timing(world));
    }
    match answer.kind {
        Kind::Api => headers::share(answer, config, headers::allowed_origin(config, incoming)),
        Kind::Page => answer,
    }
}

fn timing<W: World>(world: &W) -> String {
    let total = world.trace().elapsed(world.clock().now()).count();
    let phases = world.trace().phases().into_iter().map(|(phase, at)| format!("{phase};dur={}", at.count()));
    phases.chain([format!("total;dur={total}")]).collect::<Vec<_>>().join(", ")
}
