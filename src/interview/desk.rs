//! How a request speaks to a Room.

use super::limits;
use super::room::command::{Letter, No, Open, Reply, Says, Told};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::interview::line::Line;
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

/// Gives OpenAI's answer to the browser's offer, and whether the resume was read.
pub async fn open<W: World>(world: &W, open: Open) -> Result<(String, Option<bool>), Failure> {
    let session = open.session.clone();
    let limit = world.config().voice.answer_timeout.plus(limits::STUB_SLACK);
    match ask(world, &session, Letter::Open(Box::new(open)), limit).await? {
        Reply::Answer { sdp, resume } => Ok((sdp, resume)),
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
) -> Result<Option<(Told, Vec<Line>)>, Failure> {
    let letter = Letter::Person { person: person.as_str().to_owned(), says: Says::Lines };
    match ask(world, session, letter, LIMIT).await {
        Ok(Reply::Lines { told, lines }) => Ok(Some((*told, lines))),
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
