//! What a person carries from one request to the next, signed by us: the ticket of a session that has been granted, and
//! the key of its room. `<payload>.<HMAC-SHA256>`, both in base64url; each purpose signs under its own label.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde::de::DeserializeOwned;
use sha2::Sha256;

use super::wish::Wish;
use crate::domain::failure::{Fault, Refusal};
use crate::domain::id::{Owner, SessionId, UserId};
use crate::domain::millis::Millis;

/// May open the room of this session, once, until it expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub session: SessionId,
    pub person: UserId,
    pub payer: Owner,
    /// How long the interview may last.
    pub seconds: i64,
    pub expires: Millis,
    pub wish: Wish,
}

/// May speak for this person in the room of this session, even while Clerk is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomKey {
    pub session: SessionId,
    pub person: UserId,
    pub expires: Millis,
}

/// What is signed for one end is worth nothing for another.
struct Purpose {
    label: &'static str,
    /// In bytes; what is longer is refused unread.
    most: usize,
}

/// A description of 4,000 characters of four bytes, the rest of the wish, and a third more for base64: some 24 KiB.
const TICKET: Purpose = Purpose { label: "vocahire ticket 1", most: 32 * 1024 };
/// Two ids of some 70 bytes and a time.
const ROOM_KEY: Purpose = Purpose { label: "vocahire room key 1", most: 1024 };

pub fn seal(secrets: &[String], ticket: &Ticket) -> Result<String, Fault> {
    let Ticket { session, person, payer, seconds, expires, wish } = ticket;
    let payload = serde_json::to_vec(&(session, person.as_str(), payer, seconds, expires, wish));
    sign(secrets, &TICKET, &payload.map_err(unwritable)?)
}

/// Judged only once the signature holds.
pub fn open(secrets: &[String], text: &str, now: Millis) -> Result<Ticket, Refusal> {
    let (session, person, payer, seconds, expires, wish) = check::<(_, String, _, _, _, _)>(secrets, &TICKET, text)?;
    let person = UserId::parse(&person).ok_or(bad("person"))?;
    let ticket = Ticket { session, person, payer, seconds, expires, wish };
    if ticket.expires <= now { Err(bad("expired")) } else { Ok(ticket) }
}

pub fn key(secrets: &[String], key: &RoomKey) -> Result<String, Fault> {
    let payload = serde_json::to_vec(&(&key.session, key.person.as_str(), key.expires));
    sign(secrets, &ROOM_KEY, &payload.map_err(unwritable)?)
}

pub fn read_key(secrets: &[String], text: &str, now: Millis) -> Result<RoomKey, Refusal> {
    let (session, person, expires) = check::<(_, String, _)>(secrets, &ROOM_KEY, text)?;
    let key = RoomKey { session, person: UserId::parse(&person).ok_or(bad("person"))?, expires };
    if key.expires <= now { Err(bad("expired")) } else { Ok(key) }
}

/// The first secret signs; those behind it are checked only, so that a new one can be put in front.
fn sign(secrets: &[String], purpose: &Purpose, payload: &[u8]) -> Result<String, Fault> {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let mac = secrets.first().and_then(|secret| mac(secret, purpose, &payload));
    let mac = mac.ok_or(Fault::NotConfigured { setting: "TICKET_SECRET" })?;
    Ok(format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

/// The decoder takes one spelling of each signature only, and the payload is signed as it is spelled: no byte of the
/// text can be another.
fn check<T: DeserializeOwned>(secrets: &[String], purpose: &Purpose, text: &str) -> Result<T, Refusal> {
    if text.len() > purpose.most {
        return Err(bad("too long"));
    }
    let (payload, signature) = text.split_once('.').ok_or(bad("not two parts"))?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| bad("not base64url"))?;
    // Compared by the crate, which takes as long for a near miss as for any other.
    let holds = |secret: &String| mac(secret, purpose, payload).is_some_and(|mac| mac.verify_slice(&signature).is_ok());
    if !secrets.iter().any(holds) {
        return Err(bad("signature"));
    }
    let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| bad("not base64url"))?;
    serde_json::from_slice(&payload).map_err(|_| bad("payload"))
}

fn mac(secret: &str, purpose: &Purpose, payload: &str) -> Option<Hmac<Sha256>> {
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    Some(key.chain_update(purpose.label).chain_update([0]).chain_update(payload))
}

fn bad(why: &'static str) -> Refusal {
    Refusal::BadTicket { why }
}

fn unwritable(error: serde_json::Error) -> Fault {
    Fault::Bug { why: error.to_string() }
}

#[cfg(test)]
mod tests;
