//! From a row of the table to the function that performs it.

mod billing;
mod coach;
mod interview;
mod network;
mod resume;

use super::answer::{Answer, Body};
use super::document;
use super::guard::Caller;
use super::query;
use super::route::Verb;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{Owner, RequestId, SessionId, UserId};
use crate::interview::usage;
use crate::money::desk::Page;
use crate::money::{account, reconcile, statement};
use crate::ops::{admin, deletion, example, policy_report, readiness, settings, status};
use crate::people::events::{self, Taken};
use crate::port::World;
use crate::port::incoming::Incoming;
use crate::upstream::clerk::token::Session;
use crate::upstream::svix::Stamp;

/// How browsers label what they report; all of it is JSON.
const REPORT_TYPES: &[&str] = &["application/csp-report", "application/reports+json", "application/json"];
pub const JSON: &str = "application/json";

pub async fn perform<W: World>(
    world: &W,
    incoming: &impl Incoming,
    request: &RequestId,
    caller: &Caller,
    verb: Verb,
    id: &str,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Health => Answer::json(200, &status::HEALTH),
        Verb::Version => Answer::json(200, &status::version(world.config())),
        Verb::Config => Answer::json(200, &status::public(world.config())),
        Verb::OpenApi => Ok(Answer::file("/openapi.json")),
        Verb::PolicyReport => {
            let bytes = document::read(incoming, REPORT_TYPES, "application/csp-report").await?;
            policy_report::note(world, request, &bytes)?;
            Ok(Answer::empty(204))
        }
        Verb::Me => Answer::json(200, &account::account(world, session(caller)?).await?),
        Verb::DeleteMe => Answer::json(200, &deletion::own(world, &session(caller)?.user).await?),
        Verb::Statement => own_statement(world, incoming, &session(caller)?.user).await,
        Verb::Start => interview::start(world, incoming, &session(caller)?.user).await,
        Verb::Exchange => interview::exchange(world, incoming, caller).await,
        Verb::Sessions => interview::sessions(world, incoming, &session(caller)?.user).await,
        Verb::Session
        | Verb::DeleteSession
        | Verb::Transcript
        | Verb::Heartbeat
        | Verb::Relay
        | Verb::Patience
        | Verb::Pause
        | Verb::LiveTicket
        | Verb::Live
        | Verb::End
        | Verb::Feedback
        | Verb::ScoreAgain
        | Verb::Objection
        | Verb::Receipt => interview::visit(world, incoming, caller, verb, id).await,
        Verb::Progress => coach::progress(world, &session(caller)?.user).await,
        Verb::VerifyReceipt => coach::verify(world, incoming).await,
        Verb::Resume | Verb::KeepResume | Verb::DeleteResume | Verb::AnalyseResume => {
            resume::resume(world, incoming, &session(caller)?.user, verb).await
        }
        Verb::File => resume::file(world, id),
        Verb::ClerkEvent => clerk_event(world, incoming).await,
        Verb::Products | Verb::Checkout | Verb::Visit | Verb::Portal => {
            billing::billing(world, incoming, &session(caller)?.user, verb, id).await
        }
        Verb::StripeEvent => billing::event(world, incoming).await,
        Verb::Webhooks | Verb::Compare | Verb::Replay => billing::operate(world, incoming, caller.admin, verb).await,
        Verb::IceServers | Verb::EnhancedIceServers | Verb::KeepConnectionCheck => {
            network::network(world, incoming, &session(caller)?.user, verb).await
        }
        Verb::ConnectionTest => network::test(world, caller).await,
        Verb::ConnectionCheck => network::check(world, incoming).await,
        Verb::Settings => Answer::json(200, &settings::settings(world.config(), caller.admin)),
        Verb::Readiness => Answer::json(200, &readiness::readiness(world, caller.admin).await),
        Verb::Ledger => {
            let about = optional(incoming, "user", Owner::parse)?;
            Answer::json(200, &reconcile::ledger(world, caller.admin, about).await?)
        }
        Verb::Usage => {
            let before = optional(incoming, "before", SessionId::parse)?;
            let limit = limit(incoming, usage::USUAL, usage::MOST)?;
            let body = Body::Json(usage::usage(world, before.as_ref(), limit).await?);
            Ok(Answer { body, ..Answer::empty(200) })
        }
        Verb::Users => {
            let text = |name| query::value(incoming.query(), name).unwrap_or_default();
            let limit = limit(incoming, admin::USUAL, admin::MOST)?;
            Answer::json(200, &admin::users(world, text("q").trim(), &text("after"), limit).await?)
        }
        Verb::UserStatement => {
            let owner = optional(incoming, "user", Owner::parse)?.ok_or(Refusal::BadRequest { field: "user" })?;
            Answer::json(200, &statement::page(world, &owner, page(incoming, false)?).await?)
        }
        Verb::Adjust => {
            let body = document::read(incoming, &["application/json"], "application/json").await?;
            let key = incoming.header("idempotency-key");
            Answer::json(200, &admin::adjust(world, &session(caller)?.user, key, &body).await?)
        }
        Verb::Example => Err(example::fail(world, request, query::value(incoming.query(), "kind").as_deref())),
        Verb::Gone => Err(Refusal::Gone.into()),
        Verb::Page(file) => Ok(Answer::page(200, file)),
    }
}

fn session(caller: &Caller) -> Result<&Session, Fault> {
    caller.session.as_ref().ok_or_else(|| Fault::Bug { why: "a user's route without its guard".to_owned() })
}

async fn own_statement<W: World>(world: &W, incoming: &impl Incoming, user: &UserId) -> Result<Answer, Failure> {
    let owner = Owner::from(user);
    match query::value(incoming.query(), "format").as_deref() {
        None | Some("json") => Answer::json(200, &statement::page(world, &owner, page(incoming, true)?).await?),
        Some("csv") => {
            let answer = Answer::text(200, "text/csv; charset=utf-8", statement::file(world, &owner).await?);
            Ok(answer.with("content-disposition", "attachment; filename=\"vocahire-credits.csv\""))
        }
        Some(_) => Err(Refusal::BadRequest { field: "format" }.into()),
    }
}

fn page(incoming: &impl Incoming, own: bool) -> Result<Page, Refusal> {
    let before = optional(incoming, "before", |text| text.parse().ok().filter(|seq: &i64| *seq > 0))?;
    Ok(Page { own, before, limit: limit(incoming, statement::USUAL, statement::MOST)? })
}

pub fn limit(incoming: &impl Incoming, usual: i64, most: i64) -> Result<i64, Refusal> {
    let given = optional(incoming, "limit", |text| text.parse().ok().filter(|n| (1..=most).contains(n)))?;
    Ok(given.unwrap_or(usual))
}

/// A part of the query that need not be there, but if it is, must be sound.
pub fn optional<T>(
    incoming: &impl Incoming,
    name: &'static str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Refusal> {
    match query::value(incoming.query(), name) {
        Some(text) => read(&text).map(Some).ok_or(Refusal::BadRequest { field: name }),
        None => Ok(None),
    }
}

/// The effect comes before the row of the log, and both before the answer: whoever was told yes need not send it again.
async fn clerk_event<W: World>(world: &W, incoming: &impl Incoming) -> Result<Answer, Failure> {
    let bytes = document::read_up_to(document::WEBHOOK_LIMIT, incoming, &[JSON], JSON).await?;
    let done = match events::take(world, Stamp::find(|name| incoming.header(name)).as_ref(), &bytes).await? {
        Taken::Stored => "stored",
        Taken::Ignored => "ignored",
        Taken::Deleted(wish) => {
            deletion::by_clerk(world, &wish.user).await?;
            events::deleted(world, &wish).await?;
            "deleted"
        }
    };
    Answer::json(200, &serde_json::json!({ "done": done }))
}
