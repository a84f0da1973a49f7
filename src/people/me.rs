//! `GET /api/user`: who I am here.

use serde::Serialize;

use super::claim::claims;
use super::store::{self, Facts, Row};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::http::{Ask, Http};
use crate::upstream::clerk::token::Session;
use crate::upstream::clerk::user::{self, Person};

/// While Clerk has not told us who somebody is, it is asked again this often at most: each ask may cost two seconds.
const ASK_AGAIN: Millis = Millis::of_seconds(60);
/// A name changed at Clerk is seen here after this long.
const RENEW: Millis = Millis::of_seconds(60 * 60);

#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    pub id: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub image_url: Option<String>,
    pub role: &'static str,
}

/// 1. Look the row up; a closed account is not looked behind.
/// 2. When it is new, empty or old, take the turn to ask.
/// 3. Ask Clerk; a Clerk that does not answer keeps nobody out.
/// 4. Store what came.
/// 5. Answer.
pub async fn me<W: World>(world: &W, session: &Session) -> Result<Me, Failure> {
    let (db, id, now) = (world.db(), &session.user, world.clock().now());
    // 1
    let mut row = open(store::find(db, id).await?)?;
    if row.as_ref().is_none_or(|row| is_due(row, now)) {
        // 2
        let question = user::question(world.config(), id)?;
        let secrets = world.config().claim_secrets()?;
        let (mine, latest) = store::claim(db, id, row.as_ref(), now).await?;
        row = open(latest)?;
        // 3
        if mine && let Some(person) = ask(world, session, question).await {
            // 4
            let facts = Facts { person: &person, claims: &claims(&person, secrets) };
            row = open(store::tell(db, id, &facts, now).await?)?;
        }
    }
    // 5
    let row = row.ok_or_else(|| Fault::Database { why: "a user's row is not there after it was made".to_owned() })?;
    Ok(answer(world, session, row))
}

fn is_due(row: &Row, now: Millis) -> bool {
    let wait = if row.clerk_updated_at.is_some() { RENEW } else { ASK_AGAIN };
    now.since(Millis::new(row.asked_at)) >= wait
}

fn open(row: Option<Row>) -> Result<Option<Row>, Refusal> {
    if row.as_ref().is_some_and(|row| row.deleted_at.is_some()) { Err(Refusal::AccountClosed) } else { Ok(row) }
}

async fn ask<W: World>(world: &W, session: &Session, question: Ask) -> Option<Person> {
    let told = world.http().get(question).await;
    let person = told.map_err(|failure| failure.of("clerk")).and_then(|reply| {
        world.mark("CLERK_USER");
        user::read(reply.status, &reply.body, &session.user)
    });
    person.inspect_err(|fault| world.trace().note(fault.reason())).ok()
}

fn answer<W: World>(world: &W, session: &Session, row: Row) -> Me {
    let id = session.user.as_str();
    let role = if world.config().is_admin(id) { "admin" } else { "user" };
    Me { id: id.to_owned(), email: row.email, name: row.name, image_url: row.image_url, role }
}
