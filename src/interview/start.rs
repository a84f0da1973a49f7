//! `POST /api/realtime-session`: one question to the Wallet, and a ticket. Nothing else is on the path.

use serde::Serialize;
use serde_json::Value;

use super::ice;
use super::limits;
use super::ticket::{self, Ticket};
use super::wish;
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::{IdempotencyKey, Owner, SessionId, UserId, hexadecimal};
use crate::money::command::{Hold, State};
use crate::money::{desk, plan};
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::random::Random;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Started {
    id: String,
    token: String,
    expires_at: String,
    mode: &'static str,
    model: String,
    ice_servers: Vec<Value>,
    allowance_seconds: i64,
    held: String,
}

/// 1. Read the wish, and be sure that the interview could take place.
/// 2. Hold what it costs: the same key gives the same session. A plan that ran out a moment ago may have been renewed.
/// 3. A session that is over is not started again.
/// 4. A fresh ticket.
pub async fn start<W: World>(world: &W, person: &UserId, key: Option<String>, body: &[u8]) -> Result<Started, Failure> {
    let (config, random) = (world.config(), || world.random().bytes());
    // 1
    let start = wish::read(body, &|text| world.nfc(text))?;
    let key = match key {
        Some(key) => {
            IdempotencyKey::parse(&key).ok_or(Refusal::BadRequest { field: "Idempotency-Key" })?.as_str().to_owned()
        }
        None => hexadecimal(random()) + &hexadecimal(random()),
    };
    config.openai_key()?;
    let secrets = config.ticket_secrets()?;
    // 2
    let payer = Owner::from(person);
    let hold = Hold {
        key,
        fingerprint: wish::fingerprint(&start),
        session: SessionId::from_random(random(), random()),
        person: person.as_str().to_owned(),
        seconds: limits::seconds(config, start.wish.minutes),
        replace: start.replace,
        credits: start.credits,
    };
    let mut held = desk::hold(world, &payer, hold.clone()).await;
    let short = |failure: &Failure| matches!(failure.refusal(), Some(Refusal::InsufficientCredits { .. }));
    if held.as_ref().is_err_and(short) && plan::renewed(world, person).await {
        held = desk::hold(world, &payer, hold).await;
    }
    let held = held?;
    // 3
    if !matches!(held.state, State::Held | State::Begun) {
        return Err(Refusal::SessionEnded.into());
    }
    // 4
    let expires = world.clock().now().plus(limits::TICKET);
    let (session, seconds, free) = (held.session, held.seconds, held.free);
    let direct = config.voice.direct;
    let ticket = Ticket { session, person: person.clone(), payer, seconds, free, direct, expires, wish: start.wish };
    Ok(Started {
        token: ticket::seal(secrets, &ticket)?,
        id: ticket.session.as_str().to_owned(),
        expires_at: expires.iso(),
        mode: config.voice.mode(),
        model: config.voice.model.clone(),
        ice_servers: ice::own(config),
        allowance_seconds: seconds,
        held: held.amount.to_string(),
    })
}
