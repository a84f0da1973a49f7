//! The verbs of interviews.

use super::{JSON, limit, optional};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{SessionId, UserId};
use crate::edge::answer::{Answer, Body};
use crate::edge::document;
use crate::edge::guard::Caller;
use crate::edge::query;
use crate::edge::route::Verb;
use crate::interview::visit::{self, Visit};
use crate::interview::{exchange as exchanges, past, start as starts};
use crate::port::World;
use crate::port::incoming::Incoming;

pub async fn start<W: World>(world: &W, incoming: &impl Incoming, person: &UserId) -> Result<Answer, Failure> {
    let body = document::read(incoming, &[JSON], JSON).await?;
    let key = incoming.header("idempotency-key");
    Answer::json(201, &starts::start(world, person, key, &body).await?)
}

pub async fn exchange<W: World>(world: &W, incoming: &impl Incoming, caller: &Caller) -> Result<Answer, Failure> {
    let body = document::read_up_to(exchanges::LIMIT, incoming, &[JSON], JSON).await?;
    let person = person(caller)?;
    let room = caller.room.as_ref().map(|key| &key.session);
    Answer::json(200, &exchanges::exchange(world, &exchanges::Caller { person, room }, &body).await?)
}

/// By their token, or by the key of their interview's room.
fn person(caller: &Caller) -> Result<&UserId, Fault> {
    let signed_in = caller.session.as_ref().map(|session| &session.user);
    let person = signed_in.or(caller.room.as_ref().map(|key| &key.person));
    person.ok_or_else(|| Fault::Bug { why: "a room's route without its guard".to_owned() })
}

pub async fn sessions<W: World>(world: &W, incoming: &impl Incoming, person: &UserId) -> Result<Answer, Failure> {
    let before = optional(incoming, "before", SessionId::parse)?;
    let limit = limit(incoming, past::USUAL, past::MOST)?;
    Answer::json(200, &past::list(world, person, before.as_ref(), limit).await?)
}

/// Whatever is about one interview. A key of another one's room opens nothing, and what is no id names nothing.
pub async fn visit<W: World>(
    world: &W,
    incoming: &impl Incoming,
    caller: &Caller,
    verb: Verb,
    id: &str,
) -> Result<Answer, Failure> {
    let session = SessionId::parse(id).ok_or(Refusal::NotFound)?;
    if caller.room.as_ref().is_some_and(|key| key.session != session) {
        return Err(Refusal::NotFound.into());
    }
    let visit = Visit { session: &session, person: person(caller)? };
    match verb {
        Verb::Session => Answer::json(200, &past::one(world, visit).await?),
        Verb::Live => live(incoming, visit),
        Verb::LiveTicket => Answer::json(200, &visit::live_ticket(world, visit).await?),
        Verb::DeleteSession => Answer::json(200, &past::delete(world, visit).await?),
        Verb::Transcript => transcript(world, incoming, visit).await,
        Verb::Feedback | Verb::ScoreAgain | Verb::Objection | Verb::Receipt => {
            super::coach::visit(world, incoming, visit, verb).await
        }
        verb => room(world, incoming, visit, verb).await,
    }
}

/// The answer is the socket itself.
fn live(incoming: &impl Incoming, Visit { session, person }: Visit<'_>) -> Result<Answer, Failure> {
    if !incoming.header("upgrade").is_some_and(|to| to.eq_ignore_ascii_case("websocket")) {
        return Err(Refusal::BadRequest { field: "upgrade" }.into());
    }
    let after = optional(incoming, "after", |text| text.parse().ok().filter(|number: &i64| *number >= 0))?;
    let (session, person) = (session.clone(), person.clone());
    let body = Body::Socket { session, person, after: after.unwrap_or(0) };
    Ok(Answer { body, ..Answer::empty(101) })
}

async fn room<W: World>(world: &W, incoming: &impl Incoming, visit: Visit<'_>, verb: Verb) -> Result<Answer, Failure> {
    let body = document::read(incoming, &[JSON], JSON).await?;
    match verb {
        Verb::Heartbeat => Answer::json(200, &visit::heartbeat(world, visit, &body).await?),
        Verb::Relay => Answer::json(200, &visit::hand_on(world, visit, &body).await?),
        Verb::Pause => Answer::json(200, &visit::pause(world, visit, &body).await?),
        Verb::Patience => Answer::json(200, &visit::patience(world, visit, &body).await?),
        _ => Answer::json(200, &visit::end(world, visit, &body).await?),
    }
}

async fn transcript<W: World>(world: &W, incoming: &impl Incoming, visit: Visit<'_>) -> Result<Answer, Failure> {
    let file = |ending: &str| format!("attachment; filename=\"interview-{}.{ending}\"", visit.session.as_str());
    match query::value(incoming.query(), "format").as_deref() {
        None | Some("json") => {
            let after = optional(incoming, "after", |text| text.parse().ok().filter(|number: &i64| *number >= 0))?;
            let limit = limit(incoming, past::USUAL_LINES, past::MOST_LINES)?;
            Answer::json(200, &past::lines(world, visit, after, limit).await?)
        }
        Some("text") => {
            let text = past::text(world, visit).await?;
            Ok(Answer::text(200, "text/plain; charset=utf-8", text).with("content-disposition", file("txt")))
        }
        Some("vtt") => {
            let text = past::captions(world, visit).await?;
            Ok(Answer::text(200, "text/vtt; charset=utf-8", text).with("content-disposition", file("vtt")))
        }
        Some(_) => Err(Refusal::BadRequest { field: "format" }.into()),
    }
}
