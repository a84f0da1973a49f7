//! The verbs of the way between a browser and the interviewer.

use super::JSON;
use crate::domain::failure::Failure;
use crate::domain::id::UserId;
use crate::edge::answer::Answer;
use crate::edge::guard::Caller;
use crate::edge::route::Verb;
use crate::edge::{document, query};
use crate::interview::ice;
use crate::ops::connection;
use crate::port::World;
use crate::port::incoming::Incoming;

/// What somebody who is signed in asks for, or tells.
pub async fn network<W: World>(
    world: &W,
    incoming: &impl Incoming,
    person: &UserId,
    verb: Verb,
) -> Result<Answer, Failure> {
    match verb {
        Verb::IceServers | Verb::EnhancedIceServers => {
            Answer::json(200, &ice::list(world, person, verb == Verb::EnhancedIceServers).await)
        }
        _ => {
            let body = document::read(incoming, &[JSON], JSON).await?;
            Answer::json(201, &connection::keep(world, person, &body).await?)
        }
    }
}

pub async fn test<W: World>(world: &W, caller: &Caller) -> Result<Answer, Failure> {
    Answer::json(200, &connection::test(world, caller.is_known(), caller.admin).await)
}

pub async fn check<W: World>(world: &W, incoming: &impl Incoming) -> Result<Answer, Failure> {
    let code = query::value(incoming.query(), "code").unwrap_or_default();
    Answer::json(200, &connection::find(world, &code).await?)
}
