//! `POST /api/webhooks/clerk`: what Clerk tells by itself, late, twice and in any order.

use super::claim::claims;
use super::store::{self, Entry, Facts};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::db::{Db, Statement};
use crate::upstream::clerk::event::{self, Event};
use crate::upstream::svix::Stamp;

/// What became of an event.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    Stored,
    /// Nothing that this house keeps; the log knows that it came.
    Ignored,
    /// Somebody is gone, and more than this room knows of them. Nothing is done yet: see to it, then say [`deleted`].
    Deleted(Deletion),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Deletion {
    pub user: UserId,
    entry: Entry,
}

/// 1. Know the secrets.
/// 2. Verify the signature over the bytes as they came.
/// 3. Read what it says.
/// 4. Store the effect and the row of the log, both or none.
/// 5. Answer; a deletion is answered as a wish.
pub async fn take<W: World>(world: &W, stamp: Option<&Stamp>, body: &[u8]) -> Result<Taken, Failure> {
    let (config, now) = (world.config(), world.clock().now());
    // 1
    let (secrets, claim_secrets) = (config.webhook_secrets()?, config.claim_secrets()?);
    // 2
    let stamp = stamp.ok_or(Refusal::BadSignature { why: "a header is missing" })?;
    stamp.verify(body, secrets, now).map_err(|why| Refusal::BadSignature { why })?;
    world.mark("SIGNATURE");
    // 3
    let (kind, event) = event::read(body)?;
    let outcome = match event {
        Event::UserDeleted { .. } => "deleted",
        Event::Other => "ignored",
        _ => "stored",
    };
    let entry = Entry { id: stamp.id().to_owned(), kind, object: event.object().map(str::to_owned), outcome };
    // 4
    let effect: Vec<Statement> = match event {
        Event::User { id, person } => {
            let facts = Facts { person: &person, claims: &claims(&person, claim_secrets) };
            vec![store::told(&id, &facts, now)]
        }
        Event::UserDeleted { id: user } => return Ok(Taken::Deleted(Deletion { user, entry })),
        Event::Organisation(organisation) => store::organisation(&organisation),
        Event::OrganisationDeleted { id } => store::organisation_deleted(&id, now),
        Event::Membership(membership) => store::membership(&membership, now),
        Event::MembershipDeleted { id } => store::membership_deleted(&id, now),
        Event::Other => {
            world.trace().note(format!("clerk told {}", entry.kind));
            Vec::new()
        }
    };
    let ignored = effect.is_empty();
    world.db().batch(effect.into_iter().chain([store::log(&entry, now)]).collect()).await?;
    // 5
    Ok(if ignored { Taken::Ignored } else { Taken::Stored })
}

/// How long the log of events is kept.
const KEPT: Millis = Millis::of_seconds(90 * 24 * 60 * 60);

/// What is older than that goes.
pub async fn sweep<W: World>(world: &W) -> Result<(), Fault> {
    let before = world.clock().now().minus(KEPT);
    world.db().batch(vec![store::sweep(before)]).await.map(drop)
}

/// The deletion has been seen to: only now does the log say so.
pub async fn deleted<W: World>(world: &W, deletion: &Deletion) -> Result<(), Fault> {
    world.db().batch(vec![store::log(&deletion.entry, world.clock().now())]).await.map(drop)
}
