//! The verbs of interviews.

use super::{JSON, limit, optional};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{SessionId, UserId};
use crate::edge::answer::Answer;
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

pub async fn exchange<W: World>(world: &W, incoming: &impl Incoming, person: &UserId) -> Result<Answer, Failure> {
    let body = document::read_up_to(exchanges::LIMIT, incoming, &[JSON], JSON).await?;
    Answer::json(200, &exchanges::exchange(world, person, &body).await?)
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
    let person = match (&caller.session, &caller.room) {
        (Some(signed_in), _) => &signed_in.user,
        (None, Some(key)) if key.session == session => &key.person,
        (None, Some(_)) => return Err(Refusal::NotFound.into()),
        (None, None) => return Err(Fault::Bug { why: "a room's route without its guard".to_owned() }.into()),
    };
    let visit = Visit { session: &session, person };
    match verb {
        Verb::Session => Answer::json(200, &past::one(world, visit).await?),
        Verb::DeleteSession => Answer::json(200, &past::delete(world, visit).await?),
        Verb::Transcript => transcript(world, incoming, visit).await,
        Verb::Feedback | Verb::ScoreAgain | Verb::Objection | Verb::Receipt => {
            super::coach::visit(world, incoming, visit, verb).await
        }
        verb => room(world, incoming, visit, verb).await,
    }
}

async fn room<W: World>(world: &W, incoming: &impl Incoming, visit: Visit<'_>, verb: Verb) -> Result<Answer, Failure> {
    let body = document::read(incoming, &[JSON], JSON).await?;
    match verb {
        Verb::Heartbeat => Answer::json(200, &visit::heartbeat(world, visit, &body).await?),
        Verb::Relay => Answer::json(200, &visit::hand_on(world, visit, &body).await?),
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
