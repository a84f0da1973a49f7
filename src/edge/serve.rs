//! The story of every request.

use serde_json::json;

use super::answer::Answer;
use super::failure::Told;
use super::guard::{self, Caller};
use super::log::{self, Outcome};
use super::route::{self, Route};
use super::{headers, verb};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::RequestId;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Environment;
use crate::port::db::Db;
use crate::port::incoming::Incoming;
use crate::port::log::Log;
use crate::port::random::Random;

/// 1. Give it a name. 2. Find its route. 3. See who asks, perform the verb. 4. Make an answer, also of a failure.
/// 5. Put the common headers on. 6. Leave one line in the log.
pub async fn serve<W: World>(world: &W, incoming: &impl Incoming) -> Answer {
    // 1
    let request = name(world, incoming);
    // 2
    let route = route::find(incoming.path());
    // 3
    let mut caller = Caller::default();
    let done = handle(world, incoming, &request, route, &mut caller).await;
    // 4
    let failure = done.as_ref().err().cloned();
    let told = failure.as_ref().map(|failure| (Told::of(failure).code, failure));
    let answer = done.unwrap_or_else(|failure| fail(&failure, incoming.path(), &request));
    // 5
    let answer = finish(world, incoming, answer, &request, caller.admin);
    // 6
    let route = route.map_or("unmatched", |route| route.path);
    let (method, status) = (incoming.method(), answer.status);
    log::write(world, &Outcome { request: &request, method, route, status, failure: told, caller: &caller });
    answer
}

/// The answer was made but its page could not be fetched: the same request ends with an error of ours.
pub fn undelivered<W: World>(world: &W, answer: &Answer, why: &str) -> Answer {
    let request = answer.headers.iter().find(|(name, _)| *name == "x-request-id").and_then(|(_, id)| RequestId::parse(id));
    let request = request.unwrap_or_else(|| RequestId::from_random(world.random().bytes()));
    let line = json!({ "level": "error", "id": request.as_str(), "event": "undelivered", "why": why });
    world.log().line(&line.to_string());
    let fault = Fault::Bug { why: why.to_owned() };
    Told::of(&fault.into()).answer(&request).with("x-request-id", request.as_str())
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
    route: Option<&'static Route>,
    caller: &mut Caller,
) -> Result<Answer, Failure> {
    let Some(route) = route else {
        return match route::without_slash(incoming.path()) {
            Some(page) => Ok(Answer::empty(308).with("location", page.path)),
            None => Err(Refusal::NotFound.into()),
        };
    };
    if incoming.method() == "OPTIONS" {
        return Ok(headers::preflight(route.allow(), headers::allowed_origin(world.config(), incoming).as_ref()));
    }
    if !route.takes(incoming.method()) {
        return Err(Refusal::MethodNotAllowed { allow: route.allow().to_owned() }.into());
    }
    *caller = guard::caller(world, incoming, route.guard).await?;
    guard::pass(route.guard, caller)?;
    verb::perform(world, incoming, request, caller, route.verb).await
}

/// A person who took a wrong turn gets a page; everything else is data.
fn fail(failure: &Failure, path: &str, request: &RequestId) -> Answer {
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
        answer = answer.with("x-d1-bookmark", bookmark);
    }
    // Where the time went is for us to see, not for strangers in production.
    if admin || config.environment == Environment::Development {
        answer = answer.with("server-timing", timing(world));
    }
    headers::share(answer, config, headers::allowed_origin(config, incoming))
}

fn timing<W: World>(world: &W) -> String {
    let total = world.trace().elapsed(world.clock().now()).count();
    let phases = world.trace().phases().into_iter().map(|(phase, at)| format!("{phase};dur={}", at.count()));
    phases.chain([format!("total;dur={total}")]).collect::<Vec<_>>().join(", ")
}
