//! What a person carries from one request to the next, signed by us: the ticket of a session that has been granted, and
//! the key of its room. `<payload>.<HMAC-SHA256>`, both in base64url; each purpose signs under its own label.

use super::wish::Wish;
use crate::domain::failure::{Fault, Refusal};
use crate::domain::form::{self, Form};
use crate::domain::id::{Owner, SessionId, UserId};
use crate::domain::millis::Millis;
use crate::domain::seal::{self, Purpose};

/// May open the room of this session, once, until it expires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub session: SessionId,
    pub person: UserId,
    pub payer: Owner,
    /// How long the interview may last.
    pub seconds: i64,
    /// Nobody pays for it.
    pub free: bool,
    /// The browser is to call OpenAI itself.
    pub direct: bool,
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

/// A description of 4,000 characters of four bytes, the rest of the wish, and a third more for base64: some 24 KiB.
const TICKET: Purpose = Purpose { label: "vocahire ticket 1", most: 32 * 1024 };
/// Two ids of some 70 bytes and a time.
const ROOM_KEY: Purpose = Purpose { label: "vocahire room key 1", most: 1024 };
/// Of the same form, for whoever only watches.
const LIVE: Purpose = Purpose { label: "vocahire live 1", most: 1024 };

pub fn seal(secrets: &[String], ticket: &Ticket) -> Result<String, Fault> {
    let Ticket { session, person, payer, seconds, free, direct, expires, wish } = ticket;
    let payload = serde_json::to_vec(&(session, person.as_str(), payer, seconds, (free, direct), expires, wish));
    sign(secrets, &TICKET, &payload.map_err(unwritable)?)
}

/// Judged only once the signature holds.
pub fn open(secrets: &[String], text: &str, now: Millis) -> Result<Ticket, Refusal> {
    let parts = check::<(_, String, _, _, _, _, _)>(secrets, &TICKET, text)?;
    let (session, person, payer, seconds, (free, direct), expires, wish) = parts;
    let person = UserId::parse(&person).ok_or(bad("person"))?;
    let ticket = Ticket { session, person, payer, seconds, free, direct, expires, wish };
    if ticket.expires <= now { Err(bad("expired")) } else { Ok(ticket) }
}

pub fn key(secrets: &[String], key: &RoomKey) -> Result<String, Fault> {
    key_for(secrets, &ROOM_KEY, key)
}

pub fn read_key(secrets: &[String], text: &str, now: Millis) -> Result<RoomKey, Refusal> {
    read_key_for(secrets, &ROOM_KEY, text, now)
}

/// For a minute: a socket takes no header of ours, so this travels in the name of its protocol.
pub fn live(secrets: &[String], key: &RoomKey) -> Result<String, Fault> {
    key_for(secrets, &LIVE, key)
}

pub fn read_live(secrets: &[String], text: &str, now: Millis) -> Result<RoomKey, Refusal> {
    read_key_for(secrets, &LIVE, text, now)
}

fn key_for(secrets: &[String], purpose: &Purpose, key: &RoomKey) -> Result<String, Fault> {
    let payload = serde_json::to_vec(&(&key.session, key.person.as_str(), key.expires));
    sign(secrets, purpose, &payload.map_err(unwritable)?)
}

fn read_key_for(secrets: &[String], purpose: &Purpose, text: &str, now: Millis) -> Result<RoomKey, Refusal> {
    let (session, person, expires) = check::<(_, String, _)>(secrets, purpose, text)?;
    let key = RoomKey { session, person: UserId::parse(&person).ok_or(bad("person"))?, expires };
    if key.expires <= now { Err(bad("expired")) } else { Ok(key) }
}

fn sign(secrets: &[String], purpose: &Purpose, payload: &[u8]) -> Result<String, Fault> {
    seal::sign(secrets, purpose, payload).ok_or(Fault::NotConfigured { setting: "TICKET_SECRET" })
}

fn check<T: Form>(secrets: &[String], purpose: &Purpose, text: &str) -> Result<T, Refusal> {
    let payload = seal::check(secrets, purpose, text).map_err(bad)?;
    form::read(payload).map_err(|_| bad("payload"))
}

fn bad(why: &'static str) -> Refusal {
    Refusal::BadTicket { why }
}

fn unwritable(error: serde_json::Error) -> Fault {
    Fault::Bug { why: error.to_string() }
}

#[cfg(test)]
mod tests;
