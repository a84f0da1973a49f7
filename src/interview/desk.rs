//! How a request speaks to a Room.

use super::limits;
use super::room::command::{Letter, No, Reply, Says, Told};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::interview::line::Line;
use crate::interview::missed::Missed;
use crate::port::World;
use crate::port::rooms::Rooms;

/// A person waits no longer. What became of it is then not known.
const LIMIT: Millis = Millis::of_seconds(5);

async fn ask<W: World>(world: &W, session: &SessionId, letter: Letter, limit: Millis) -> Result<Reply, Failure> {
    let letter = serde_json::to_string(&letter).map_err(|error| Fault::Bug { why: error.to_string() })?;
    let reply = world.rooms().ask(session, letter, limit).await?;
    world.mark("ROOM");
    match form::read(&reply).map_err(|why| Fault::Room { why: format!("an answer: {why}") })? {
        Reply::No(no) => Err(no.into()),
        reply => Ok(reply),
    }
}

fn unexpected() -> Failure {
    Fault::Room { why: "an answer to something else".to_owned() }.into()
}

/// OpenAI's answer to the browser's offer, and what belongs to it.
pub struct Answer {
    /// The secret, where the browser takes its offer to OpenAI itself.
    pub sdp: String,
    pub direct: bool,
    pub resume: Option<bool>,
    pub connect: i64,
    pub remaining: Millis,
}

/// An offer, the first one or another.
pub async fn offer<W: World>(world: &W, session: &SessionId, letter: Letter) -> Result<Answer, Failure> {
    let limit = world.config().voice.answer_timeout.plus(limits::STUB_SLACK);
    match ask(world, session, letter, limit).await? {
        Reply::Answer { sdp, direct, resume, connect, remaining } => {
            Ok(Answer { sdp, direct, resume, connect, remaining })
        }
        _ => Err(unexpected()),
    }
}

/// What a person says to their interview.
pub async fn say<W: World>(world: &W, session: &SessionId, person: &UserId, says: Says) -> Result<Told, Failure> {
    match ask(world, session, Letter::Person { person: person.as_str().to_owned(), says }, LIMIT).await? {
        Reply::Told(told) => Ok(*told),
        _ => Err(unexpected()),
    }
}

/// What has been said in it, as long as its Room has it.
pub async fn lines<W: World>(
    world: &W,
    session: &SessionId,
    person: &UserId,
) -> Result<Option<(Told, Vec<Line>, Vec<Missed>)>, Failure> {
    let letter = Letter::Person { person: person.as_str().to_owned(), says: Says::Lines };
    match ask(world, session, letter, LIMIT).await {
        Ok(Reply::Lines { told, lines, missed }) => Ok(Some((*told, lines, missed))),
        Ok(_) => Err(unexpected()),
        Err(failure) if failure == Failure::from(No::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// How it stands, as long as its Room knows.
pub async fn look<W: World>(world: &W, session: &SessionId, person: &UserId) -> Result<Option<Told>, Failure> {
    match say(world, session, person, Says::Look).await {
        Ok(told) => Ok(Some(told)),
        Err(failure) if failure == Failure::from(No::NotFound) => Ok(None),
        Err(failure) => Err(failure),
    }
}
