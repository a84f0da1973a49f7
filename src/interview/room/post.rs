//! An offer at OpenAI: what goes with it, and what comes back. Where the browser takes its offer there itself, a secret
//! for it is asked for in the offer's place.

use std::pin::pin;

use futures_util::future::{Either, join, select};

use super::command::No;
use super::life::{Do, Happened};
use super::open::fail;
use super::state::{Room, change};
use super::{Host, alarm, store};
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::{UserId, hexadecimal};
use crate::domain::millis::Millis;
use crate::interview::choice::Pace;
use crate::interview::instructions::{Told, instructions};
use crate::interview::wish::Wish;
use crate::interview::{fuse, line};
use crate::port::calls::{Body, Calls, Head, Post};
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::port::random::Random;
use crate::port::sql::Sql;
use crate::upstream::openai::call::{self, Account, CallId, Session};
use crate::upstream::openai::error;

/// OpenAI's answer is a page or two; what is larger is none. What it says of a secret repeats all that it was told.
const MOST: usize = 64 * 1024;
const MOST_TOLD: usize = 256 * 1024;
/// What is left of a secret must do for the way to the browser and on to OpenAI.
const LEAST_LIFE: Millis = Millis::of_seconds(4);
/// The offer waits so long for what is to be read first.
const READING_LIMIT: Millis = Millis::of_seconds(2);
const PROVIDER: &str = "openai";

/// The name of the call is written down before its answer is read.
pub async fn post<H: Host>(host: &H, room: &Room, sdp: &str) {
    let (resume, shut) = join(resume(host, room), is_shut(host, room)).await;
    if let Some(why) = shut {
        let _ = fail(host, room.life.connect, &Happened::Shut, &why);
        return;
    }
    let done = match offer(host, room, sdp, resume.as_deref()) {
        Ok(offer) => match host.calls().post(offer).await {
            Ok((head, body)) => take(host, room, head, body).await,
            Err(failure) => Err(failure.of(PROVIDER)),
        },
        Err(fault) => Err(fault),
    };
    if let Err(fault) = done {
        let line = form::object!({
            "level": if matches!(fault, Fault::ProviderRefused { .. }) { "alert" } else { "warn" },
            "event": "offer", "session": room.session.as_str(), "why": fault.reason(),
        });
        host.log().line(&form::text(&line));
        let _ = fail(host, room.life.connect, &Happened::Failed, &No::from(fault));
    }
}

/// Whether the fuse keeps it from beginning. What D1 does not say in time keeps nobody, and what has begun goes on.
async fn is_shut<H: Host>(host: &H, room: &Room) -> Option<No> {
    let free = room.free.filter(|_| room.life.connect == 1)?;
    match select(pin!(fuse::blown(host, free)), pin!(host.clock().sleep(READING_LIMIT))).await {
        Either::Left((blown, _)) => blown.map(|free| No::NotOpen { free }),
        Either::Right(_) => None,
    }
}

/// What the interviewer may read. One that is not there in time is done without, and that is told.
async fn resume<H: Host>(host: &H, room: &Room) -> Option<String> {
    let (wanted, person) = (room.wish.resume.as_ref()?, UserId::parse(&room.person)?);
    let found = match select(pin!(host.resume(&person, wanted)), pin!(host.clock().sleep(READING_LIMIT))).await {
        Either::Left((found, _)) => found.ok().flatten(),
        Either::Right(_) => None,
    };
    let read = found.is_some();
    let _ = change(host, |room, tx, now| {
        room.resume = Some(read);
        if !read {
            store::note(tx, "resume missing", now)?;
        }
        Ok(room.life.on(&Happened::Tick, now, &host.config().room))
    });
    found
}

/// With all that was said, where it goes on. What the interviewer is told is kept: a page may have it changed.
fn offer<H: Host>(host: &H, room: &Room, sdp: &str, resume: Option<&str>) -> Result<Post, Fault> {
    let (config, life) = (host.config(), &room.life);
    // What was held for may be less than what was chosen, and some of it may be over.
    let left = life.remaining(host.clock().now()).count() / 60_000;
    let wish = Wish { minutes: left.max(1), ..room.wish.clone() };
    let said = if life.spoke_at.is_some() { host.sql().transaction(store::lines)? } else { Vec::new() };
    let random = || hexadecimal(host.random().bytes()) + &hexadecimal(host.random().bytes());
    let again = life.spoke_at.is_some();
    let told = Told { speaks: life.speaks, resume, again, said: &line::order(said), parting: life.wrapped };
    let instructions = instructions(&wish, &told, &random(), &|list| host.words(list));
    change(host, |room, tx, now| {
        // A newer offer has instructions of its own.
        if room.life.connect == life.connect {
            store::instruct(tx, &instructions)?;
        }
        Ok(room.life.on(&Happened::Tick, now, &config.room))
    })?;
    let session = Session {
        model: &room.model,
        voice: wish.persona.voice().unwrap_or(&config.voice.name),
        slow: wish.pace == Pace::Slow,
        transcribe_model: &room.transcribe_model,
        language: wish.language.word(),
        instructions: &instructions,
        patience: room.patience,
        speaks: life.speaks,
    };
    let account = Account { base: &config.voice.base_url, key: config.openai_key()? };
    let name = call::name_of(&room.person);
    let call::Post { url, headers, body } = if life.is_direct() {
        call::secret(&account, &session, &name)
    } else {
        call::offer(&account, sdp, &session, &random(), &name)
    };
    Ok(Post { url, headers, body })
}

async fn take<H: Host>(host: &H, room: &Room, head: Head, body: <H::Calls as Calls>::Body) -> Result<(), Fault> {
    if room.life.is_direct() {
        return mint(host, &head, body).await;
    }
    let connect = room.life.connect;
    let named = head.location.as_deref().and_then(call::call_id).filter(|_| head.status == 201);
    if let Some(call) = &named {
        let known = name(host, connect, call);
        // A call that cannot be written down, or whose Room has emptied itself meanwhile, would be nobody's.
        if !matches!(known, Ok(Some(_))) {
            alarm::send_hang_up(host, call).await?;
            known?;
        }
    }
    let bytes = read::<H>(host, body, MOST).await?;
    if head.status != 201 {
        return Err(error::refused(head.status, head.retry_after.as_deref(), &bytes));
    }
    let sdp = call::answer(&bytes).map_err(|why| Fault::Provider { provider: PROVIDER, why: why.to_owned() })?;
    if named.is_none() {
        return Err(Fault::Provider { provider: PROVIDER, why: "a call without a name".to_owned() });
    }
    change(host, |room, tx, now| {
        if room.life.connect == connect {
            store::answer(tx, Some(&sdp))?;
        }
        Ok(room.life.on(&Happened::Tick, now, &host.config().room))
    })
    .map(drop)
}

/// What the browser does with it nobody sees: it counts as having cost the most that one interview may.
async fn mint<H: Host>(host: &H, head: &Head, body: <H::Calls as Calls>::Body) -> Result<(), Fault> {
    let bytes = read::<H>(host, body, MOST_TOLD).await?;
    if head.status != 200 {
        return Err(error::refused(head.status, head.retry_after.as_deref(), &bytes));
    }
    let broken = |why: &str| Fault::Provider { provider: PROVIDER, why: why.to_owned() };
    let (secret, expires) = call::secret_of(&bytes).ok_or(broken("no secret"))?;
    if expires.is_none_or(|at| Millis::of_seconds(at) < host.clock().now().plus(LEAST_LIFE)) {
        return Err(broken("a secret that is too old"));
    }
    change(host, |room, tx, now| {
        let todo = room.life.on(&Happened::Minted, now, &host.config().room);
        if room.life.is_paid() {
            store::answer(tx, Some(&secret))?;
            room.spent.cost = host.config().voice.ceiling;
        }
        Ok(todo)
    })
    .map(drop)
}

async fn read<H: Host>(host: &H, body: <H::Calls as Calls>::Body, most: usize) -> Result<Vec<u8>, Fault> {
    let limit = pin!(host.clock().sleep(host.config().voice.timeout));
    match select(pin!(body.read(most)), limit).await {
        Either::Left((bytes, _)) => bytes.map_err(|failure| failure.of(PROVIDER)),
        Either::Right(_) => Err(Fault::ProviderTimeout { provider: PROVIDER }),
    }
}

/// A call of an offer that another has taken the place of belongs to nobody.
fn name<H: Host>(host: &H, connect: i64, call: &CallId) -> Result<Option<Room>, Fault> {
    change(host, |room, _, now| {
        let late = room.life.connect != connect;
        let happened = if late { Happened::Tick } else { Happened::Called(call.clone()) };
        let mut todo = room.life.on(&happened, now, &host.config().room);
        todo.extend(late.then(|| Do::HangUp(call.clone())));
        Ok(todo)
    })
}
