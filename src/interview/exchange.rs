//! `POST /api/webrtc-exchange`: the browser's offer goes to OpenAI through the interview's Room, and the answer comes
//! back as it was given.

use serde::Serialize;
use serde_json::Value;

use super::room::command::Open;
use super::ticket::{self, RoomKey};
use super::{desk, limits};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::{SessionId, UserId};
use crate::port::World;
use crate::port::clock::Clock;
use crate::upstream::openai::sdp;

/// The largest offer and the largest ticket.
pub const LIMIT: usize = 128 * 1024;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exchanged {
    sdp: String,
    room_key: String,
    /// When it ends, if they begin to talk now.
    deadline: String,
    /// The resume that the interviewer was to read: used, or missing.
    resume: Option<&'static str>,
}

/// 1. Read the offer; it is passed on byte for byte or not at all.
/// 2. The ticket is ours, theirs, and for this session.
/// 3. The Room has a call made of it.
/// 4. The answer, and the key by which the page speaks to the Room from now on.
pub async fn exchange<W: World>(world: &W, person: &UserId, body: &[u8]) -> Result<Exchanged, Failure> {
    let (config, now) = (world.config(), world.clock().now());
    // 1
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::BadJson)?;
    let text = |field: &'static str| body.get(field).and_then(Value::as_str).ok_or(Refusal::BadRequest { field });
    let (token, offer) = (text("token")?, text("sdp")?);
    let session = SessionId::parse(text("sessionId")?).ok_or(Refusal::BadRequest { field: "sessionId" })?;
    let speaks = sdp::check(offer).map_err(|why| Refusal::BadSdp { why })?.sends_audio;
    // 2
    let secrets = config.ticket_secrets()?;
    let ticket = ticket::open(secrets, token, now)?;
    if ticket.session != session || ticket.person != *person {
        return Err(Refusal::BadTicket { why: "another's, or another session's" }.into());
    }
    if body.get("model").is_some_and(|model| model.as_str() != Some(&config.voice.model)) {
        world.trace().note("a page that names another model".to_owned());
    }
    // 3
    let seconds = ticket.seconds;
    let open = Open {
        session: session.clone(),
        payer: ticket.payer,
        person: person.as_str().to_owned(),
        seconds,
        wish: ticket.wish,
        sdp: offer.to_owned(),
        speaks,
    };
    let (sdp, read) = desk::open(world, open).await?;
    // 4
    let now = world.clock().now();
    let end = now.plus(limits::longest(config, seconds));
    let key = RoomKey { session, person: person.clone(), expires: end.plus(limits::KEY_SLACK) };
    let deadline = now.plus(crate::domain::millis::Millis::of_seconds(seconds)).iso();
    let resume = read.map(|read| if read { "used" } else { "missing" });
    Ok(Exchanged { sdp, room_key: ticket::key(secrets, &key)?, deadline, resume })
}
