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
/// 2. One that is new, empty or old is renewed. Whoever is known stays known while something is not set up.
/// 3. Answer.
pub async fn me<W: World>(world: &W, session: &Session) -> Result<Me, Failure> {
    let config = world.config();
    // 1
    let found = open(store::find(world.db(), &session.user).await?)?;
    // 2
    let asking = user::question(config, &session.user).and_then(|ask| Ok((ask, config.claim_secrets()?)));
    let row = match (found, asking) {
        (Some(row), _) if !is_due(&row, world.clock().now()) => row,
        (Some(row), Err(fault)) => {
            world.trace().note(fault.reason());
            row
        }
        (None, Err(fault)) => return Err(fault.into()),
        (found, Ok((question, secrets))) => renewed(world, session, found, question, secrets).await?,
    };
    // 3
    Ok(answer(world, session, row))
}

/// 1. Take the turn to ask; somebody else may have it.
/// 2. Ask Clerk; a Clerk that does not answer keeps nobody out.
/// 3. Store what came.
async fn renewed<W: World>(
    world: &W,
    session: &Session,
    found: Option<Row>,
    question: Ask,
    secrets: &[String],
) -> Result<Row, Failure> {
    let (db, id, now) = (world.db(), &session.user, world.clock().now());
    // 1
    let (mine, latest) = store::claim(db, id, found.as_ref(), now).await?;
    let mut row = open(latest)?;
    // 2
    if mine && let Some(person) = ask(world, session, question).await {
        // 3
        let facts = Facts { person: &person, claims: &claims(&person, secrets) };
        row = open(store::tell(db, id, &facts, now).await?)?;
    }
    row.ok_or_else(|| Fault::Database { why: "a user's row is not there after it was made".to_owned() }.into())
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
