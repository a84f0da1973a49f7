//! `GET /api/user`: who I am here.

use serde::Serialize;

use super::store::{self, Row};
use crate::domain::failure::{Failure, Fault};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::http::Http;
use crate::upstream::clerk::token::Session;
use crate::upstream::clerk::user::{self, Person};

/// While Clerk has not told us who somebody is, it is asked again this often at most: each ask may cost two seconds.
const ASK_AGAIN: Millis = Millis::of_seconds(60);

#[derive(Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Me {
    pub id: String,
    pub email: Option<String>,
    pub name: Option<String>,
    pub image_url: Option<String>,
    pub role: &'static str,
}

/// 1. Look the row up. 2. When it is new or still empty, ask Clerk; a Clerk that does not answer keeps nobody out.
/// 3. Store what came. 4. Answer.
pub async fn me<W: World>(world: &W, session: &Session) -> Result<Me, Failure> {
    let now = world.clock().now();
    // 1
    let found = store::find(world.db(), &session.user).await?;
    let row = match found {
        Some(row) if row.clerk_updated_at.is_some() || now.since(Millis::new(row.asked_at)) < ASK_AGAIN => row,
        _ => {
            // 2
            let person = ask(world, session).await?;
            // 3
            let kept = store::keep(world.db(), &session.user, person.as_ref(), now).await?;
            kept.ok_or_else(|| Fault::Database { why: "the user's row is not there after it was written".to_owned() })?
        }
    };
    // 4
    Ok(answer(world, session, row))
}

async fn ask<W: World>(world: &W, session: &Session) -> Result<Option<Person>, Fault> {
    let clerk = world.config().clerk()?;
    let secret = clerk.secret_key.as_deref().ok_or(Fault::NotConfigured { setting: "CLERK_SECRET_KEY" })?;
    let told = world.http().get(user::ask(&clerk.api_url, secret, &session.user)).await.map_err(|failure| failure.of("clerk"));
    let person = told.and_then(|reply| user::read(reply.status, &reply.body, &session.user));
    world.mark(if person.is_ok() { "CLERK_USER" } else { "CLERK_USER_UNKNOWN" });
    Ok(person.ok())
}

fn answer<W: World>(world: &W, session: &Session, row: Row) -> Me {
    let id = session.user.as_str();
    let role = if world.config().is_admin(id) { "admin" } else { "user" };
    Me { id: id.to_owned(), email: row.email, name: row.name, image_url: row.image_url, role }
}
