//! An offer becomes a call: at OpenAI and in the Wallet at once, and the browser gets the answer when both said yes.

use std::pin::pin;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::future::{Either, join, select};
use sha2::{Digest, Sha256};

use super::command::{No, Open, Reply};
use super::life::{Happened, Life};
use super::state::{self, Room, Spent, change, happen};
use super::{Host, alarm, store};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::{UserId, hexadecimal};
use crate::domain::millis::Millis;
use crate::interview::instructions::instructions;
use crate::interview::wish::Wish;
use crate::money::desk;
use crate::port::calls::{Body, Calls, Head, Post};
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::port::random::Random;
use crate::port::sql::Sql;
use crate::upstream::openai::call::{self, Account, Patience, Session};
use crate::upstream::openai::error;

/// OpenAI's answer is a page or two; what is larger is none.
const MOST: usize = 64 * 1024;
/// The offer waits for it.
const RESUME_LIMIT: Millis = Millis::of_seconds(2);
/// Between two tries to learn whether the Wallet said yes, and between two looks for an answer that another request
/// waits for.
const AGAIN: Millis = Millis::new(500);

/// 1. The ticket is burnt with this offer: the same one again gets the same answer, another one none.
/// 2. The Wallet is asked and the offer is posted, at once; with the resume, if the interviewer may read one.
/// 3. Both said yes in time: the answer goes out.
/// 4. Too late: it is void, and what still comes is hung up. The post itself is never given up: its answer names the
///    call.
pub async fn open<H: Host>(host: &H, open: Open, answer: impl FnOnce(Result<Reply, Fault>)) {
    // 1
    match admit(host, &open) {
        Ok(Admitted::New) => {}
        Ok(Admitted::Again) => return answer(again(host).await),
        Ok(Admitted::Another) => return answer(Ok(Reply::No(No::OtherOffer))),
        Err(fault) => return answer(Err(fault)),
    }
    // 2
    let both = pin!(join(begin(host, &open), post(host, &open)));
    match select(both, pin!(host.clock().sleep(host.config().voice.answer_timeout))).await {
        // 3
        Either::Left(_) => answer(released(host).map(|reply| reply.unwrap_or(Reply::No(No::Ended)))),
        // 4
        Either::Right((_, both)) => {
            answer(give_up(host));
            both.await;
        }
    }
}

enum Admitted {
    New,
    Again,
    Another,
}

fn admit<H: Host>(host: &H, open: &Open) -> Result<Admitted, Fault> {
    let offer = STANDARD_NO_PAD.encode(Sha256::digest(open.sdp.as_bytes()));
    let known = host.sql().transaction(|tx| match store::find(tx)? {
        Some(room) => Ok::<_, Fault>(Some(if room.offer == offer { Admitted::Again } else { Admitted::Another })),
        None => {
            let life = Life::opened(open.seconds, open.speaks, host.clock().now());
            let room = Room {
                session: open.session.clone(),
                payer: open.payer.clone(),
                person: open.person.clone(),
                wish: open.wish.clone(),
                model: host.config().voice.model.clone(),
                transcribe_model: host.config().voice.transcribe_model.clone(),
                offer: offer.clone(),
                patience: Patience::Normal,
                life,
                spent: Spent::default(),
                charged: None,
                deleted: false,
                archived: false,
                withdrawn: None,
                resume: None,
            };
            state::move_in(host, tx, &room).map(|()| None)
        }
    })?;
    Ok(known.unwrap_or(Admitted::New))
}

/// Asks until it is known, or until nobody waits any more.
async fn begin<H: Host>(host: &H, open: &Open) {
    loop {
        let said = desk::begin(host, &open.payer, &open.session).await;
        let known = match said {
            Ok(_) => happen(host, &Happened::Begun),
            Err(Failure::Refused(_)) => fail(host, &Happened::Unbegun, &No::Ended),
            Err(Failure::Broken(_)) => Ok(None),
        };
        if matches!(known, Ok(Some(_))) || !is_open(host) {
            return;
        }
        host.clock().sleep(AGAIN).await;
    }
}

fn is_open<H: Host>(host: &H) -> bool {
    let room = host.sql().transaction(store::find);
    room.is_ok_and(|room| room.is_some_and(|room| room.life.is_open()))
}

/// The name of the call is written down before its answer is read.
async fn post<H: Host>(host: &H, open: &Open) {
    let resume = resume(host, open).await;
    let done = match offer(host, open, resume.as_deref()) {
        Ok(offer) => match host.calls().post(offer).await {
            Ok((head, body)) => take(host, head, body).await,
            Err(failure) => Err(failure.of("openai")),
        },
        Err(fault) => Err(fault),
    };
    if let Err(fault) = done {
        let line = form::object!({
            "level": if matches!(fault, Fault::ProviderRefused { .. }) { "alert" } else { "warn" },
            "event": "offer", "session": open.session.as_str(), "why": fault.reason(),
        });
        host.log().line(&form::text(&line));
        let _ = fail(host, &Happened::Failed, &No::from(fault));
    }
}

/// What the interviewer may read. One that is not there in time is done without, and that is told.
async fn resume<H: Host>(host: &H, open: &Open) -> Option<String> {
    let (wanted, person) = (open.wish.resume.as_ref()?, UserId::parse(&open.person)?);
    let found = match select(pin!(host.resume(&person, wanted)), pin!(host.clock().sleep(RESUME_LIMIT))).await {
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

fn offer<H: Host>(host: &H, open: &Open, resume: Option<&str>) -> Result<Post, Fault> {
    let config = host.config();
    // What was held for may be less than what was chosen.
    let wish = Wish { minutes: (open.seconds / 60).max(1), ..open.wish.clone() };
    let random = || hexadecimal(host.random().bytes()) + &hexadecimal(host.random().bytes());
    let session = Session {
        model: &config.voice.model,
        voice: open.wish.persona.voice().unwrap_or(&config.voice.name),
        transcribe_model: &config.voice.transcribe_model,
        language: open.wish.language.word(),
        instructions: &instructions(&wish, open.speaks, resume, &random(), &|list| host.words(list)),
        patience: Patience::Normal,
        speaks: open.speaks,
    };
    let account = Account { base: &config.voice.base_url, key: config.openai_key()? };
    let name = call::name_of(&open.person);
    let call::Post { url, headers, body } = call::offer(&account, &open.sdp, &session, &random(), &name);
    Ok(Post { url, headers, body })
}

async fn take<H: Host>(host: &H, head: Head, body: <H::Calls as Calls>::Body) -> Result<(), Fault> {
    let provider = "openai";
    let named = head.location.as_deref().and_then(call::call_id).filter(|_| head.status == 201);
    if let Some(call) = &named {
        let known = happen(host, &Happened::Called(call.clone()));
        // A call that cannot be written down, or whose Room has emptied itself meanwhile, would be nobody's.
        if !matches!(known, Ok(Some(_))) {
            alarm::send_hang_up(host, call).await?;
            known?;
        }
    }
    let limit = pin!(host.clock().sleep(host.config().voice.timeout));
    let bytes = match select(pin!(body.read(MOST)), limit).await {
        Either::Left((bytes, _)) => bytes.map_err(|failure| failure.of(provider))?,
        Either::Right(_) => return Err(Fault::ProviderTimeout { provider }),
    };
    if head.status != 201 {
        return Err(error::refused(head.status, head.retry_after.as_deref(), &bytes));
    }
    let sdp = call::answer(&bytes).map_err(|why| Fault::Provider { provider, why: why.to_owned() })?;
    if named.is_none() {
        return Err(Fault::Provider { provider, why: "a call without a name".to_owned() });
    }
    host.sql().transaction(|tx| store::answer(tx, Some(&sdp)))
}

fn fail<H: Host>(host: &H, happened: &Happened, why: &No) -> Result<Option<Room>, Fault> {
    let why = serde_json::to_string(why).map_err(|error| Fault::Bug { why: error.to_string() })?;
    change(host, |room, tx, now| {
        store::fail(tx, &why)?;
        Ok(room.life.on(happened, now, &host.config().room))
    })
}

/// What the offer has brought, once it is known.
fn released<H: Host>(host: &H) -> Result<Option<Reply>, Fault> {
    host.sql().transaction(|tx| {
        let Some(room) = store::find(tx)? else { return Ok(Some(Reply::No(No::NotFound))) };
        let kept = store::answered(tx)?;
        let failure = kept.failure.and_then(|failure| form::read(&failure).ok());
        Ok(match (kept.answer, failure) {
            (Some(sdp), _) if room.life.may_answer() => Some(Reply::Answer { sdp, resume: room.resume }),
            (_, Some(no)) => Some(Reply::No(no)),
            _ if !room.life.is_open() => Some(Reply::No(No::Ended)),
            _ => None,
        })
    })
}

fn give_up<H: Host>(host: &H) -> Result<Reply, Fault> {
    let room = host.sql().transaction(store::find)?;
    let begun = room.is_some_and(|room| room.life.begun);
    let (happened, why) = if begun { (Happened::Failed, No::Timeout) } else { (Happened::Unanswered, No::Wallet) };
    fail(host, &happened, &why)?;
    Ok(released(host)?.unwrap_or(Reply::No(why)))
}

/// Another request has posted the same offer, and may still be waiting.
async fn again<H: Host>(host: &H) -> Result<Reply, Fault> {
    let until = host.clock().now().plus(host.config().voice.answer_timeout);
    loop {
        if let Some(reply) = released(host)? {
            return Ok(reply);
        }
        if host.clock().now() >= until {
            return Ok(Reply::No(No::Timeout));
        }
        host.clock().sleep(AGAIN).await;
    }
}
