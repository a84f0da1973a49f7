//! The one line that a request leaves behind. No path, no header, no body: only what we made ourselves.

use serde::Serialize;

use super::guard::Caller;
use crate::domain::failure::Failure;
use crate::domain::id::RequestId;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;

use super::failure::Told;

#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    id: &'a str,
    method: &'a str,
    route: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    ms: i64,
    phases: Vec<(&'static str, i64)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    org: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    actor: Option<&'a str>,
}

/// What became of a request.
pub struct Outcome<'a> {
    pub request: &'a RequestId,
    pub method: &'a str,
    pub route: &'static str,
    pub status: u16,
    pub failure: Option<&'a Failure>,
    pub caller: &'a Caller,
}

pub fn write<W: World>(world: &W, outcome: &Outcome) {
    let session = outcome.caller.session.as_ref();
    let line = Line {
        level: level(outcome.status),
        id: outcome.request.as_str(),
        method: known_method(outcome.method),
        route: outcome.route,
        status: outcome.status,
        code: outcome.failure.map(|failure| Told::of(failure).code),
        why: outcome.failure.and_then(Failure::reason),
        ms: world.trace().elapsed(world.clock().now()).count(),
        phases: world.trace().phases().into_iter().map(|(phase, at)| (phase, Millis::count(at))).collect(),
        notes: world.trace().notes(),
        user: session.map(|session| session.user.as_str()),
        org: session.and_then(|session| session.organisation.as_deref()),
        actor: session.and_then(|session| session.actor.as_deref()),
    };
    if let Ok(text) = serde_json::to_string(&line) {
        world.log().line(&text);
    }
}

fn level(status: u16) -> &'static str {
    match status {
        500.. => "error",
        400.. => "warn",
        _ => "info",
    }
}

/// A method is the caller's text: only known ones are repeated.
fn known_method(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method,
        _ => "other",
    }
}
