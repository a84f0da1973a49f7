//! `GET /api/progress`: what the curves of a person are drawn from.

use serde_json::Value;

use super::rubric;
use super::store::{self, Point};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form::object;
use crate::domain::id::UserId;
use crate::port::World;

/// Four interviews a week for a year.
const MOST: i64 = 200;

pub async fn progress<W: World>(world: &W, person: &UserId) -> Result<Value, Failure> {
    let criteria = rubric::ALL
        .iter()
        .map(|criterion| object!({ "criterion": criterion.word, "name": criterion.name, "about": criterion.about }));
    let points = store::points(world.db(), person, MOST).await?;
    let sessions = points.iter().rev().map(told).collect::<Result<Vec<_>, _>>()?;
    Ok(object!({ "criteria": criteria.collect::<Vec<_>>(), "sessions": sessions }))
}

fn told(point: &Point) -> Result<Value, Fault> {
    let unreadable = |_| Fault::Database { why: "a report that is no JSON".to_owned() };
    let stored = |text: &Option<String>| match text {
        Some(text) => serde_json::from_slice::<Value>(text.as_bytes()).map_err(unreadable),
        None => Ok(Value::Null),
    };
    let grades = stored(&point.grades)?;
    let scores = grades.as_object().into_iter().flatten();
    let scores = scores.map(|(criterion, grade)| object!({ "criterion": criterion.as_str(), "grade": grade.clone() }));
    Ok(object!({
        "id": point.id.as_str(), "jobTitle": point.job_title.as_str(), "focus": point.focus.as_str(),
        "level": point.level.as_str(), "language": point.language.as_str(),
        "startedAt": point.opened_at.iso(), "heardSeconds": point.heard_ms / 1000,
        "rubric": point.rubric.as_deref(), "counts": stored(&point.counts)?,
        "scores": scores.collect::<Vec<_>>(),
    }))
}
