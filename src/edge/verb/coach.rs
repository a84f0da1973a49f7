//! The verbs of feedback.

use super::JSON;
use crate::coach::{progress as curves, receipt, report};
use crate::domain::failure::Failure;
use crate::domain::id::UserId;
use crate::edge::answer::Answer;
use crate::edge::document;
use crate::edge::route::Verb;
use crate::interview::visit::Visit;
use crate::port::World;
use crate::port::incoming::Incoming;

/// Whatever is about the report on one interview.
pub async fn visit<W: World>(
    world: &W,
    incoming: &impl Incoming,
    visit: Visit<'_>,
    verb: Verb,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Feedback => Answer::json(200, &report::look(world, visit).await?),
        Verb::Receipt => Answer::json(200, &receipt::receipt(world, visit).await?),
        verb => {
            let body = document::read(incoming, &[JSON], JSON).await?;
            if verb == Verb::ScoreAgain {
                return Answer::json(200, &report::again(world, visit).await?);
            }
            Answer::json(200, &report::object(world, visit, &body).await?)
        }
    }
}

pub async fn progress<W: World>(world: &W, person: &UserId) -> Result<Answer, Failure> {
    Answer::json(200, &curves::progress(world, person).await?)
}

pub async fn verify<W: World>(world: &W, incoming: &impl Incoming) -> Result<Answer, Failure> {
    let body = document::read(incoming, &[JSON], JSON).await?;
    Answer::json(200, &receipt::verify(world, &body)?)
}
