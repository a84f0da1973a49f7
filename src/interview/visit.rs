//! What the page of an interview says to its Room while it goes on.

use serde::Serialize;
use serde_json::Value;

use super::desk;
use super::limits;
use super::relay;
use super::room::Withdrawn;
use super::room::command::{Saying, Says, Told};
use super::room::life::Stage;
use super::ticket::{self, RoomKey};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::form::{self, object};
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::money::words;
use crate::port::World;
use crate::port::clock::Clock;
use crate::upstream::openai::call::Patience;

/// More at once was never to be said.
const SAID: usize = 20;

/// Who speaks, and of which interview.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    pub session: &'a SessionId,
    pub person: &'a UserId,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    state: Stage,
    remaining_ms: i64,
    /// The page is to hand on what it hears.
    relay: bool,
    /// And to say this to the interviewer.
    say: Vec<Value>,
    wrap_up: bool,
    /// Questions of the interviewer that were stopped.
    withdrawn: Option<Withdrawn>,
    ended: Option<Ended>,
    /// Which call is the newest, and how often there may be another.
    connect: i64,
    reconnects_left: i64,
    paused: bool,
    pause_left_ms: i64,
    away_left_ms: i64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ended {
    pub ending: &'static str,
    pub heard_seconds: i64,
    /// Null until the Wallet has said so.
    pub charged: Option<String>,
    pub rule: Option<String>,
}

pub fn ended(told: &Told) -> Option<Ended> {
    let outcome = told.outcome?;
    Some(Ended {
        ending: outcome.ending.word(),
        heard_seconds: outcome.heard.count() / 1000,
        charged: told.charged.map(|charged| charged.to_string()),
        rule: told.charged.map(|charged| words::of_interview(outcome.ending, outcome.heard, charged)),
    })
}

pub(super) fn standing(told: &Told) -> Standing {
    Standing {
        state: told.stage,
        remaining_ms: told.remaining.max(Millis::default()).count(),
        relay: told.gap,
        say: told.say.iter().map(saying).collect(),
        wrap_up: told.wrapped,
        withdrawn: told.withdrawn,
        ended: ended(told),
        connect: told.connect,
        reconnects_left: told.again_left,
        paused: told.paused,
        pause_left_ms: told.pause_left.count(),
        away_left_ms: told.away_left.count(),
    }
}

fn saying(saying: &Saying) -> Value {
    let events: Vec<Value> = saying.events.iter().filter_map(|event| form::tree(event.as_bytes()).ok()).collect();
    object!({ "id": saying.id.as_str(), "events": events })
}

async fn say<W: World>(world: &W, visit: Visit<'_>, says: Says) -> Result<Standing, Failure> {
    desk::say(world, visit.session, visit.person, says).await.map(|told| standing(&told))
}

/// `POST /api/sessions/:id/heartbeat`: I am there, and so much has come in.
pub async fn heartbeat<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Standing, Failure> {
    let body = read(body)?;
    let packets = body.get("packets").and_then(Value::as_i64).filter(|packets| *packets >= 0);
    let packets = packets.ok_or(Refusal::BadRequest { field: "packets" })?;
    let away = body.get("away").and_then(Value::as_bool);
    let said = body.get("said").and_then(Value::as_array).into_iter().flatten();
    let said = said.filter_map(Value::as_str).take(SAID).map(str::to_owned).collect();
    say(world, visit, Says::Beat { packets, said, connect: connect(&body), away }).await
}

/// Which call the page speaks of.
fn connect(body: &Value) -> Option<i64> {
    body.get("connect").and_then(Value::as_i64)
}

/// `POST /api/sessions/:id/pause`: the clock and the interviewer stop, or go on.
pub async fn pause<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Standing, Failure> {
    let paused = read(body)?.get("paused").and_then(Value::as_bool);
    say(world, visit, Says::Pause(paused.ok_or(Refusal::BadRequest { field: "paused" })?)).await
}

#[derive(Debug, Serialize)]
pub struct Taken {
    batch: i64,
}

/// `POST /api/sessions/:id/transcript`: what the browser heard while nobody listened for us. A repeat does nothing.
pub async fn hand_on<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Taken, Failure> {
    let batch = relay::read(body)?.number;
    let text = std::str::from_utf8(body).map_err(|_| Refusal::BadJson)?;
    say(world, visit, Says::Relay(text.to_owned())).await?;
    Ok(Taken { batch })
}

#[derive(Debug, Serialize)]
pub struct Waiting {
    patience: Patience,
}

/// `POST /api/sessions/:id/patience`: how long the interviewer waits before it takes its turn.
pub async fn patience<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Waiting, Failure> {
    let patience = read(body)?.get("patience").and_then(Value::as_str).and_then(Patience::parse);
    let patience = patience.ok_or(Refusal::BadRequest { field: "patience" })?;
    say(world, visit, Says::Patience(patience)).await?;
    Ok(Waiting { patience })
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LiveTicket {
    ticket: String,
    expires_at: String,
}

/// `POST /api/sessions/:id/live-ticket`: for a second screen, while it goes on.
pub async fn live_ticket<W: World>(world: &W, Visit { session, person }: Visit<'_>) -> Result<LiveTicket, Failure> {
    let told = desk::look(world, session, person).await?.ok_or(Refusal::NotFound)?;
    if told.outcome.is_some() {
        return Err(Refusal::SessionEnded.into());
    }
    let expires = world.clock().now().plus(limits::TICKET);
    let key = RoomKey { session: session.clone(), person: person.clone(), expires };
    Ok(LiveTicket { ticket: ticket::live(world.config().ticket_secrets()?, &key)?, expires_at: expires.iso() })
}

/// `POST /api/sessions/:id/end`, by the person, or by their page because its line broke.
pub async fn end<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Standing, Failure> {
    let body = if body.is_empty() { Value::Null } else { read(body)? };
    let dropped = body.get("dropped").and_then(Value::as_bool) == Some(true);
    say(world, visit, if dropped { Says::Dropped { connect: connect(&body) } } else { Says::Left }).await
}

fn read(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body).map_err(|_| Refusal::BadJson)
}
