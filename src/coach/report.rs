//! A report as its page asks for it: how far it is, what it says, and what the person says to it.

use serde_json::Value;

use super::member;
use super::score::{self, MOST_TRIES};
use super::store::{self, Objection, Standing, Which};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::object;
use crate::interview::record::{self, Stands};
use crate::interview::visit::Visit;
use crate::port::World;
use crate::port::clock::Clock;

/// In characters.
const WHY: std::ops::RangeInclusive<usize> = 3..=500;

fn which<'a>(visit: Visit<'a>) -> Which<'a> {
    Which { session: visit.session, person: visit.person }
}

/// `GET /api/sessions/:id/feedback`.
///
/// 1. As far as it is.
/// 2. Where nothing has begun yet, the interview itself says why. Of one whose Room is gone nothing begins by itself:
///    the person may have it tried.
pub async fn look<W: World>(world: &W, visit: Visit<'_>) -> Result<Value, Failure> {
    // 1
    let (standing, objections) = store::find(world.db(), which(visit)).await?;
    if let Some(standing) = standing {
        return told(world, &standing, &objections);
    }
    // 2
    let state = match record::stands(world, visit).await? {
        Stands::Open => "open",
        Stands::Ending | Stands::Kept => "waiting",
        Stands::Past => "failed",
    };
    Ok(object!({
        "state": state, "failure": Value::Null, "triesLeft": MOST_TRIES - score::BY_ITSELF, "counts": Value::Null,
        "report": Value::Null, "objections": Vec::<Value>::new(),
    }))
}

fn told<W: World>(world: &W, standing: &Standing, objections: &[Objection]) -> Result<Value, Failure> {
    // A try that was begun and never ended, because whoever made it is no more.
    let lost = standing.state == "scoring" && standing.busy(world.clock().now()).is_none();
    let (state, failure) = if lost { ("failed", Some("unreachable")) } else { (standing.state.as_str(), None) };
    Ok(object!({
        "state": state, "failure": failure.or(standing.failure.as_deref()).filter(|_| state == "failed"),
        "triesLeft": MOST_TRIES.saturating_sub(standing.tries.max(score::BY_ITSELF)),
        "counts": stored(&standing.counts)?, "report": standing.report.as_deref().map(stored).transpose()?,
        "objections": objections.iter().map(objection).collect::<Vec<_>>(),
    }))
}

/// What we have written ourselves.
fn stored(text: &str) -> Result<Value, Fault> {
    serde_json::from_slice(text.as_bytes()).map_err(|_| Fault::Database { why: "a report that is no JSON".to_owned() })
}

fn objection(objection: &Objection) -> Value {
    object!({ "criterion": objection.criterion.as_str(), "why": objection.why.as_str(), "at": objection.at.iso() })
}

/// `POST /api/sessions/:id/feedback`: once more, at no cost.
pub async fn again<W: World>(world: &W, visit: Visit<'_>) -> Result<Value, Failure> {
    let standing = look(world, visit).await?;
    let nothing = |why: &'static str| Failure::from(Refusal::Conflict { why });
    match member(&standing, "state").as_str() {
        Some("open") => return Err(nothing("the interview goes on")),
        Some("scored") => return Err(nothing("it is scored")),
        Some("scoring") => return Ok(standing),
        _ if *member(&standing, "triesLeft") == 0 => return Err(nothing("no tries are left")),
        _ => {}
    }
    // What is on its way to D1 may still change; its Room has it judged afterwards.
    if matches!(record::stands(world, visit).await?, Stands::Kept | Stands::Past) {
        score::attempt(world, visit, MOST_TRIES).await?;
        return look(world, visit).await;
    }
    Ok(standing)
}

/// `POST /api/sessions/:id/objection`: what the person says to a grade is kept beside it.
pub async fn object<W: World>(world: &W, visit: Visit<'_>, body: &[u8]) -> Result<Value, Failure> {
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::BadJson)?;
    let wrong = |field: &'static str| Refusal::BadRequest { field };
    let criterion = body.get("criterion").and_then(Value::as_str).ok_or(wrong("criterion"))?;
    let why = match body.get("why") {
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.trim()),
        _ => return Err(wrong("why").into()),
    };
    if why.is_some_and(|why| !WHY.contains(&why.chars().count()) || why.chars().any(|c| c.is_control() && c != '\n')) {
        return Err(wrong("why").into());
    }
    let now = world.clock().now();
    let objections = store::object(world.db(), which(visit), criterion, why, now).await?.ok_or(Refusal::NotFound)?;
    Ok(object!({ "objections": objections.iter().map(objection).collect::<Vec<_>>() }))
}
