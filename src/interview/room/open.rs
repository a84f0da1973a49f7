//! An offer becomes a call: at OpenAI and in the Wallet at once, and the browser gets the answer when both said yes. A
//! later offer of the same interview becomes another call, in the place of the one before.

use std::pin::pin;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::future::{Either, join, select};
use sha2::{Digest, Sha256};

use super::command::{Again, No, Open, Reply};
use super::life::{Do, Happened, Life};
use super::state::{self, Room, Spent, change, happen};
use super::{Host, alarm, store};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::{UserId, hexadecimal};
use crate::domain::millis::Millis;
use crate::interview::choice::Pace;
use crate::interview::instructions::{Told, instructions};
use crate::interview::wish::Wish;
use crate::interview::{fuse, line};
use crate::money::desk;
use crate::port::calls::{Body, Calls, Head, Line, Post};
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::log::Log;
use crate::port::random::Random;
use crate::port::sql::Sql;
use crate::upstream::openai::call::{self, Account, CallId, Session};
use crate::upstream::openai::error;

/// OpenAI's answer is a page or two; what is larger is none.
const MOST: usize = 64 * 1024;
/// The offer waits so long for what is to be read first.
const READING_LIMIT: Millis = Millis::of_seconds(2);
/// And so long for the end of the call before it.
const HUNG_UP_WITHIN: Millis = Millis::of_seconds(2);
/// Between two tries to learn whether the Wallet said yes, and between two looks for an answer that another request
/// waits for.
const AGAIN: Millis = Millis::new(500);

/// 1. The ticket is burnt with this offer: the same one again gets the same answer, another one none.
/// 2. The Wallet is asked and the offer is posted, at once; with the resume, if the interviewer may read one.
pub async fn open<H: Host>(host: &H, open: Open, answer: impl FnOnce(Result<Reply, Fault>)) {
    // 1
    match admit(host, &open) {
        // 2
        Ok(Admitted::New(room, _)) => {
            let work = async {
                join(begin(host, &room), post(host, &room, &open.sdp)).await;
            };
            release(host, room.life.connect, work, answer).await;
        }
        Ok(Admitted::Waits(connect)) => answer(wait(host, connect).await),
        Ok(Admitted::Not(no)) => answer(Ok(Reply::No(no))),
        Err(fault) => answer(Err(fault)),
    }
}

/// The person is back, with a new offer, on the same hold.
///
/// 1. There may be another call of this interview.
/// 2. The call before is hung up, which is not waited for long.
/// 3. The offer is posted, with what was said so far.
pub async fn again<H: Host>(host: &H, again: Again, answer: impl FnOnce(Result<Reply, Fault>)) {
    // 1
    match readmit(host, &again) {
        Ok(Admitted::New(room, before)) => {
            let work = async {
                // 2
                if let Some(call) = before {
                    let hung_up = pin!(hang_up(host, &call));
                    select(hung_up, pin!(host.clock().sleep(HUNG_UP_WITHIN))).await;
                }
                // 3
                post(host, &room, &again.sdp).await;
            };
            release(host, room.life.connect, work, answer).await;
        }
        Ok(Admitted::Waits(connect)) => answer(wait(host, connect).await),
        Ok(Admitted::Not(no)) => answer(Ok(Reply::No(no))),
        Err(fault) => answer(Err(fault)),
    }
}

/// 1. All said yes in time: the answer goes out.
/// 2. Too late: what still comes is hung up. The post itself is never given up: its answer names the call.
async fn release<H: Host>(
    host: &H,
    connect: i64,
    work: impl Future<Output = ()>,
    answer: impl FnOnce(Result<Reply, Fault>),
) {
    match select(pin!(work), pin!(host.clock().sleep(host.config().voice.answer_timeout))).await {
        // 1
        Either::Left(_) => answer(released(host, connect).map(|reply| reply.unwrap_or(Reply::No(No::Ended)))),
        // 2
        Either::Right((_, work)) => {
            answer(give_up(host, connect));
            work.await;
        }
    }
}

enum Admitted {
    /// And the call that was before it.
    New(Box<Room>, Option<CallId>),
    /// Another request has posted this one.
    Waits(i64),
    Not(No),
}

fn hash(sdp: &str) -> String {
    STANDARD_NO_PAD.encode(Sha256::digest(sdp.as_bytes()))
}

fn admit<H: Host>(host: &H, open: &Open) -> Result<Admitted, Fault> {
    let offer = hash(&open.sdp);
    host.sql().transaction(|tx| {
        if let Some(room) = store::find(tx)? {
            let same = room.offer == offer;
            return Ok(if same { Admitted::Waits(room.life.connect) } else { Admitted::Not(No::OtherOffer) });
        }
        let room = Room {
            session: open.session.clone(),
            payer: open.payer.clone(),
            person: open.person.clone(),
            patience: open.wish.patience,
            wish: open.wish.clone(),
            model: host.config().voice.model.clone(),
            transcribe_model: host.config().voice.transcribe_model.clone(),
            offer: offer.clone(),
            older: Vec::new(),
            life: Life::opened(open.seconds, open.speaks, host.clock().now()),
            spent: Spent::default(),
            charged: None,
            deleted: false,
            archived: false,
            withdrawn: None,
            resume: None,
            free: Some(open.free),
        };
        state::move_in(host, tx, &room)?;
        Ok(Admitted::New(Box::new(room), None))
    })
}

/// Of a Room that has begun, and whose person it is. The socket beside the call before is closed: what is still on its
/// way there is not said in this one.
fn readmit<H: Host>(host: &H, again: &Again) -> Result<Admitted, Fault> {
    let offer = hash(&again.sdp);
    let mut no = No::NotFound;
    let (mut fresh, mut before) = (false, None);
    let room = change(host, |room, tx, now| {
        let mut todo = room.life.on(&Happened::Tick, now, &host.config().room);
        if room.person != again.person || room.deleted {
            return Ok(todo);
        }
        let older = room.older.contains(&offer);
        no = if older && room.life.is_open() { No::Replaced } else { No::Ended };
        let may = room.life.is_open() && room.life.begun && room.life.again_left() > 0;
        if room.offer != offer && !older && may {
            (fresh, before) = (true, room.life.call.clone());
            room.older.push(std::mem::replace(&mut room.offer, offer.clone()));
            store::forget_answer(tx)?;
            // The next interviewer is told what this one was to hear.
            for what in alarm::SAYINGS {
                due::cancel(tx, alarm::SAY, what)?;
            }
            state::write_partial(host, tx)?;
            todo.extend(room.life.on(&Happened::Again { speaks: again.speaks }, now, &host.config().room));
        }
        Ok(todo)
    })?;
    let Some(room) = room else { return Ok(Admitted::Not(no)) };
    if fresh {
        let mut memory = host.memory().borrow_mut();
        memory.partial.clear();
        if let Some(line) = memory.line.take() {
            line.close();
        }
        drop(memory);
        return Ok(Admitted::New(Box::new(room), before));
    }
    let known = no == No::Ended && room.offer == offer;
    Ok(if known { Admitted::Waits(room.life.connect) } else { Admitted::Not(no) })
}

/// What is not acknowledged in time the alarm repeats.
async fn hang_up<H: Host>(host: &H, call: &CallId) {
    if alarm::send_hang_up(host, call).await == Ok(true) {
        let _ = host.sql().transaction(|tx| due::cancel(tx, alarm::HANG_UP, call.as_str()));
    }
}

/// Asks until it is known, or until nobody waits any more.
async fn begin<H: Host>(host: &H, room: &Room) {
    loop {
        let said = desk::begin(host, &room.payer, &room.session).await;
        let known = match said {
            Ok(_) => happen(host, &Happened::Begun),
            Err(Failure::Refused(_)) => fail(host, room.life.connect, &Happened::Unbegun, &No::Ended),
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
async fn post<H: Host>(host: &H, room: &Room, sdp: &str) {
    let (resume, shut) = join(resume(host, room), is_shut(host, room)).await;
    if let Some(why) = shut {
        let _ = fail(host, room.life.connect, &Happened::Shut, &why);
        return;
    }
    let done = match offer(host, room, sdp, resume.as_deref()) {
        Ok(offer) => match host.calls().post(offer).await {
            Ok((head, body)) => take(host, room.life.connect, head, body).await,
            Err(failure) => Err(failure.of("openai")),
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
    let call::Post { url, headers, body } = call::offer(&account, sdp, &session, &random(), &name);
    Ok(Post { url, headers, body })
}

async fn take<H: Host>(host: &H, connect: i64, head: Head, body: <H::Calls as Calls>::Body) -> Result<(), Fault> {
    let provider = "openai";
    let named = head.location.as_deref().and_then(call::call_id).filter(|_| head.status == 201);
    if let Some(call) = &named {
        let known = name(host, connect, call);
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
    change(host, |room, tx, now| {
        if room.life.connect == connect {
            store::answer(tx, Some(&sdp))?;
        }
        Ok(room.life.on(&Happened::Tick, now, &host.config().room))
    })
    .map(drop)
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

/// What became of an offer that another has taken the place of changes nothing.
fn fail<H: Host>(host: &H, connect: i64, happened: &Happened, why: &No) -> Result<Option<Room>, Fault> {
    let why = serde_json::to_string(why).map_err(|error| Fault::Bug { why: error.to_string() })?;
    change(host, |room, tx, now| {
        let late = room.life.connect != connect;
        if !late {
            store::fail(tx, &why)?;
        }
        Ok(room.life.on(if late { &Happened::Tick } else { happened }, now, &host.config().room))
    })
}

/// What the offer has brought, once it is known.
fn released<H: Host>(host: &H, connect: i64) -> Result<Option<Reply>, Fault> {
    let now = host.clock().now();
    host.sql().transaction(|tx| {
        let Some(room) = store::find(tx)? else { return Ok(Some(Reply::No(No::NotFound))) };
        if room.life.connect != connect {
            return Ok(Some(Reply::No(No::Replaced)));
        }
        let kept = store::answered(tx)?;
        let failure = kept.failure.and_then(|failure| form::read(&failure).ok());
        Ok(match (kept.answer, failure) {
            (Some(sdp), _) if room.life.may_answer() => {
                let remaining = room.life.remaining(now);
                Some(Reply::Answer { sdp, resume: room.resume, connect, remaining })
            }
            (_, Some(no)) => Some(Reply::No(no)),
            _ if !room.life.is_open() => Some(Reply::No(No::Ended)),
            _ => None,
        })
    })
}

fn give_up<H: Host>(host: &H, connect: i64) -> Result<Reply, Fault> {
    let room = host.sql().transaction(store::find)?;
    let begun = room.is_some_and(|room| room.life.begun);
    let (happened, why) = if begun { (Happened::Failed, No::Timeout) } else { (Happened::Unanswered, No::Wallet) };
    fail(host, connect, &happened, &why)?;
    Ok(released(host, connect)?.unwrap_or(Reply::No(why)))
}

/// Another request has posted the same offer, and may still be waiting.
async fn wait<H: Host>(host: &H, connect: i64) -> Result<Reply, Fault> {
    let until = host.clock().now().plus(host.config().voice.answer_timeout);
    loop {
        if let Some(reply) = released(host, connect)? {
            return Ok(reply);
        }
        if host.clock().now() >= until {
            return Ok(Reply::No(No::Timeout));
        }
        host.clock().sleep(AGAIN).await;
    }
}
