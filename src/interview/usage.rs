//! `GET /api/admin/usage`: what interviews have taken and cost, day by day and one by one. D1 writes the lists as they
//! are sent: they are for operators' eyes, and nothing is decided by them.

use super::store::{self, Told};
use crate::domain::failure::Failure;
use crate::domain::id::SessionId;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::db::Db;

pub const USUAL: i64 = 20;
pub const MOST: i64 = 100;
const DAY: i64 = 24 * 60 * 60 * 1000;
/// With today.
const DAYS: i64 = 30;

/// A page of single interviews, newest first; with the first one the days, in UTC, and what of their holds went back.
pub async fn usage<W: World>(world: &W, before: Option<&SessionId>, limit: i64) -> Result<String, Failure> {
    let today = world.clock().now().count().div_euclid(DAY);
    let since = Millis::new(today.saturating_sub(DAYS - 1).saturating_mul(DAY));
    let mut asked = vec![store::singles(before.map(SessionId::as_str), limit)];
    asked.extend(before.is_none().then(|| store::days(since)));
    let (mut singles, mut days) = (None, None);
    for rows in world.db().batch(asked).await? {
        let told = rows.one::<Told>()?;
        if singles.is_none() { singles = told } else { days = told }
    }
    let text = |told: Option<Told>| told.map_or_else(|| "null".to_owned(), |told| told.json);
    let next = singles.as_ref().map_or_else(|| "null".to_owned(), |told| told.next.clone());
    Ok(format!(r#"{{"days":{},"sessions":{},"next":{next}}}"#, text(days), text(singles)))
}
