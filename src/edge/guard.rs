//! Who may pass.

use super::route::Guard;
use crate::domain::failure::{Failure, Refusal};
use crate::interview::ticket::{self, RoomKey};
use crate::people::session;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::incoming::Incoming;
use crate::upstream::clerk::token::Session;

pub const LIVE_PROTOCOL: &str = "vocahire.live.1";

/// The caller of a route: known by a verified token, or nobody in particular.
#[derive(Debug, Default)]
pub struct Caller {
    pub session: Option<Session>,
    pub admin: bool,
    /// Who holds the key of one interview's room, for as long as that goes on.
    pub room: Option<RoomKey>,
}

impl Caller {
    pub fn is_known(&self) -> bool {
        self.session.is_some() || self.room.is_some()
    }
}

/// Who is asking, as far as the guard of the route wants to know.
pub async fn caller<W: World>(world: &W, incoming: &impl Incoming, guard: Guard) -> Result<Caller, Failure> {
    match guard {
        Guard::Public | Guard::Webhook => Ok(Caller::default()),
        Guard::User | Guard::Admin => known(world, &bearer(incoming).ok_or(Refusal::NoToken)?).await,
        Guard::Room => {
            let token = bearer(incoming).ok_or(Refusal::NoToken)?;
            // Clerk's tokens have three parts, ours two.
            if token.matches('.').count() == 1 { keyed(world, &token) } else { known(world, &token).await }
        }
        Guard::Socket => {
            let ticket = live_ticket(incoming).ok_or(Refusal::NoToken)?;
            let key = ticket::read_live(world.config().ticket_secrets()?, &ticket, world.clock().now())?;
            Ok(Caller { room: Some(key), ..Caller::default() })
        }
        // Whoever shows a token wants the details, and is told when it is wrong.
        Guard::Brief => match bearer(incoming) {
            Some(token) => known(world, &token).await,
            None => Ok(Caller::default()),
        },
    }
}

/// Whether who is asking may.
pub fn pass(guard: Guard, caller: &Caller) -> Result<(), Refusal> {
    if guard == Guard::Admin && !caller.admin { Err(Refusal::Forbidden) } else { Ok(()) }
}

async fn known<W: World>(world: &W, token: &str) -> Result<Caller, Failure> {
    let session = session::check(world, token).await?;
    world.mark("AUTH");
    let admin = world.config().is_admin(session.user.as_str());
    Ok(Caller { session: Some(session), admin, room: None })
}

/// A slow Clerk ends nobody's interview: its page needs no token of Clerk's.
fn keyed<W: World>(world: &W, token: &str) -> Result<Caller, Failure> {
    let key = ticket::read_key(world.config().ticket_secrets()?, token, world.clock().now())?;
    Ok(Caller { room: Some(key), ..Caller::default() })
}

/// Behind the name of our protocol.
fn live_ticket(incoming: &impl Incoming) -> Option<String> {
    let offered = incoming.header("sec-websocket-protocol")?;
    let (protocol, ticket) = offered.split_once(',')?;
    (protocol.trim() == LIVE_PROTOCOL).then(|| ticket.trim().to_owned())
}

/// The scheme is case-insensitive, the rest is the token. No cookie is ever read.
fn bearer(incoming: &impl Incoming) -> Option<String> {
    let header = incoming.header("authorization")?;
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty()).then(|| token.trim().to_owned())
}
