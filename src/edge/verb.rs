//! From a row of the table to the function that performs it.

use super::answer::Answer;
use super::document;
use super::guard::Caller;
use super::openapi;
use super::query;
use super::route::Verb;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::RequestId;
use crate::ops::{example, policy_report, settings, status};
use crate::people::me;
use crate::port::World;
use crate::port::incoming::Incoming;

/// How browsers label what they report; all of it is JSON.
const REPORT_TYPES: &[&str] = &["application/csp-report", "application/reports+json", "application/json"];

pub async fn perform<W: World>(
    world: &W,
    incoming: &impl Incoming,
    request: &RequestId,
    caller: &Caller,
    verb: Verb,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Health => Answer::json(200, &status::HEALTH),
        Verb::Version => Answer::json(200, &status::version(world.config())),
        Verb::Config => Answer::json(200, &status::public(world.config())),
        Verb::OpenApi => Answer::json(200, &openapi::document()),
        Verb::PolicyReport => {
            let bytes = document::read(incoming, REPORT_TYPES, "application/csp-report").await?;
            policy_report::note(world, request, &bytes)?;
            Ok(Answer::empty(204))
        }
        Verb::Me => {
            let session =
                caller.session.as_ref().ok_or(Fault::Bug { why: "a user's route without its guard".to_owned() })?;
            Answer::json(200, &me::me(world, session).await?)
        }
        Verb::Settings => Answer::json(200, &settings::settings(world.config(), caller.admin)),
        Verb::Example => Err(example::fail(world, request, query::value(incoming.query(), "kind").as_deref())),
        Verb::Gone => Err(Refusal::Gone.into()),
        Verb::Page(file) => Ok(Answer::page(200, file)),
    }
}
