//! `POST /api/webrtc-exchange`: the browser's offer goes to OpenAI through the interview's Room, and the answer comes
//! back as it was given.

use serde::Serialize;
use serde_json::Value;

use super::desk::{self, Answer};
use super::limits;
use super::room::command::{Again, Letter, Open};
use super::ticket::{self, RoomKey, Ticket};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::{SessionId, UserId};
use crate::port::World;
use crate::port::clock::Clock;
use crate::upstream::openai::{call, sdp};

/// The largest offer and the largest ticket.
pub const LIMIT: usize = 128 * 1024;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchanged {
    #[serde(flatten)]
    way: Way,
    room_key: String,
    /// When it ends, if they begin to talk now.
    deadline: String,
    /// The resume that the interviewer was to read: used, or missing.
    resume: Option<&'static str>,
    /// Which call of this interview it is.
    connect: i64,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Way {
    /// OpenAI's answer.
    Called { sdp: String },
    /// Where the browser takes its offer itself, and what it shows there.
    Direct { secret: String, url: String },
}

/// 1. Read the offer; it is passed on byte for byte or not at all.
/// 2. With a ticket an interview begins. Without one it is taken up again: by whoever it belongs to, as its Room knows.
/// 3. The Room has a call made of it.
/// 4. The answer, and the key by which the page speaks to the Room from now on.
pub async fn exchange<W: World>(world: &W, caller: &Caller<'_>, body: &[u8]) -> Result<Exchanged, Failure> {
    let (config, person) = (world.config(), caller.person);
    // 1
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::BadJson)?;
    let text = |field: &'static str| body.get(field).and_then(Value::as_str).ok_or(Refusal::BadRequest { field });
    let (token, sdp) = (body.get("token").filter(|token| !token.is_null()), text("sdp")?.to_owned());
    let session = SessionId::parse(text("sessionId")?).ok_or(Refusal::BadRequest { field: "sessionId" })?;
    let speaks = sdp::check(&sdp).map_err(|why| Refusal::BadSdp { why })?.sends_audio;
    // 2
    let letter = match token {
        Some(_) => Letter::Open(Box::new(open(world, person, &session, text("token")?, sdp, speaks)?)),
        None if caller.room.is_some_and(|room| *room != session) => return Err(Refusal::NotFound.into()),
        None => Letter::Again(Box::new(Again { person: person.as_str().to_owned(), sdp, speaks })),
    };
    if body.get("model").is_some_and(|model| model.as_str() != Some(&config.voice.model)) {
        world.trace().note("a page that names another model".to_owned());
    }
    // 3
    let Answer { sdp, direct, resume, connect, remaining } = desk::offer(world, &session, letter).await?;
    // 4
    let end = world.clock().now().plus(remaining);
    let expires = end.plus(limits::longest(config, 0)).plus(limits::KEY_SLACK);
    let key = RoomKey { session, person: person.clone(), expires };
    let resume = resume.map(|read| if read { "used" } else { "missing" });
    let room_key = ticket::key(config.ticket_secrets()?, &key)?;
    let way = if direct {
        Way::Direct { secret: sdp, url: call::address(&config.voice.base_url) }
    } else {
        Way::Called { sdp }
    };
    Ok(Exchanged { way, room_key, deadline: end.iso(), resume, connect })
}

/// Who makes an offer: the person, or the page that has the key of this room for them.
pub struct Caller<'a> {
    pub person: &'a UserId,
    pub room: Option<&'a SessionId>,
}

/// The ticket is ours, theirs, and for this session.
fn open<W: World>(
    world: &W,
    person: &UserId,
    session: &SessionId,
    token: &str,
    sdp: String,
    speaks: bool,
) -> Result<Open, Failure> {
    let ticket = ticket::open(world.config().ticket_secrets()?, token, world.clock().now())?;
    if ticket.session != *session || ticket.person != *person {
        return Err(Refusal::BadTicket { why: "another's, or another session's" }.into());
    }
    let Ticket { session, payer, seconds, free, direct, wish, .. } = ticket;
    Ok(Open { session, payer, person: person.as_str().to_owned(), seconds, free, direct, wish, sdp, speaks })
}
