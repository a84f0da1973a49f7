//! An offer becomes a call: at OpenAI and in the Wallet at once, and the browser gets the answer when both said yes. A
//! later offer of the same interview becomes another call, in the place of the one before.

use std::pin::pin;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use futures_util::future::{Either, join, select};
use sha2::{Digest, Sha256};

use super::command::{Again, No, Open, Reply};
use super::life::{Happened, Life};
use super::post::post;
use super::state::{self, Room, Spent, change, happen};
use super::{Host, alarm, say, store};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::money::desk;
use crate::port::calls::Line;
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::sql::Sql;
use crate::upstream::openai::call::CallId;

/// An offer waits so long for the end of the call before it.
const HUNG_UP_WITHIN: Millis = Millis::of_seconds(2);
/// Between two tries to learn whether the Wallet said yes, and between two looks for an answer that another request
/// waits for.
const AGAIN: Millis = Millis::new(500);

/// 1. The ticket is burnt with this offer: the same one again gets the same answer, another one none.
/// 2. The Wallet is asked and the offer is posted, at once; with the resume, if the interviewer may read one. A secret
///    lives for ten seconds, so the Wallet comes first.
pub async fn open<H: Host>(host: &H, open: Open, answer: impl FnOnce(Result<Reply, Fault>)) {
    // 1
    match admit(host, &open) {
        // 2
        Ok(Admitted::New(room, _)) => {
            let work = async {
                if open.direct {
                    begin(host, &room).await;
                    if is_open(host) {
                        post(host, &room, &open.sdp).await;
                    }
                } else {
                    join(begin(host, &room), post(host, &room, &open.sdp)).await;
                }
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
            life: Life::opened(open.seconds, open.speaks, open.direct, host.clock().now()),
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
            say::forget(tx)?;
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

/// What became of an offer that another has taken the place of changes nothing.
pub(super) fn fail<H: Host>(host: &H, connect: i64, happened: &Happened, why: &No) -> Result<Option<Room>, Fault> {
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
                let (direct, remaining) = (room.life.is_direct(), room.life.remaining(now));
                Some(Reply::Answer { sdp, direct, resume: room.resume, connect, remaining })
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
