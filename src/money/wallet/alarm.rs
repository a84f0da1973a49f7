//! What is due: the Wallet's alarm performs it, and puts off what fails, for as long as it takes.

use super::entry::Book;
use super::mirror::Parked;
use super::{credit, holds, mirror, store};
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::{Owner, SessionId, UserId};
use crate::domain::millis::Millis;
use crate::money::command::{State, Stop};
use crate::money::{plan, rules};
use crate::people::account::{self, Claim, Welcome};
use crate::port::clock::Clock;
use crate::port::due::{self, Task};
use crate::port::log::Log;
use crate::port::rooms::{Rooms, Word};
use crate::port::sql::Sql;
use crate::port::{Object, World};

/// D1 is not up to date: entries from the number in `about` on.
pub const MIRROR: &str = "mirror";
/// D1 did not take an entry; it is tried again.
pub const REFUSED: &str = "refused";
/// A hold's time is over.
pub const LAPSE: &str = "lapse";
/// Whether the welcome grant is this account's to keep is not known yet.
pub const CLAIM: &str = "claim";
/// The account is closed: the plan ends at Stripe. By its name it comes first, and a Stripe that is away keeps nothing
/// else from being cleared.
pub const CANCEL_PLAN: &str = "cancel_plan";
/// What stands about the person in D1 goes, and after that the account at Clerk.
pub const FORGET: &str = "forget";
pub const UNREGISTER: &str = "unregister";
/// Somebody paid for a book that was closed already: an operator must send the money back.
pub const LATE_PURCHASE: &str = "late_purchase";

/// Enough for one ring: what is left rings again at once.
const TASKS: usize = 50;

enum Done {
    Finished,
    /// Ask again then; this is no failure.
    Later(Millis),
}

/// 1. Whatever is due, one after the other.
/// 2. What fails is put off, for longer each time.
/// 3. Last of all the alarm is set anew.
pub async fn ring<O: Object>(object: &O) -> Result<(), Fault> {
    for _ in 0..TASKS {
        // 1
        let Some((owner, task)) = next(object)? else { break };
        match perform(object, &owner, &task).await {
            Ok(Done::Finished) => {}
            Ok(Done::Later(at)) => put_off(object, &task, at)?,
            // 2
            Err(fault) => {
                tell(object, "warn", &owner, &task.what, &fault.reason());
                put_off(object, &task, object.clock().now().plus(due::backoff(task.tries)))?;
            }
        }
    }
    // 3
    object.sql().transaction(|tx| if store::exists(tx)? { due::rearm(tx) } else { Ok(()) })
}

fn next<O: Object>(object: &O) -> Result<Option<(Owner, Task)>, Fault> {
    object.sql().transaction(|tx| {
        if !store::exists(tx)? {
            return Ok(None);
        }
        let task = due::first(tx, object.clock().now())?;
        let cover = store::cover(tx)?;
        Ok(task.zip(cover).map(|(task, cover)| (cover.owner, task)))
    })
}

fn put_off<O: Object>(object: &O, task: &Task, at: Millis) -> Result<(), Fault> {
    object.sql().transaction(|tx| due::put_off(tx, &task.what, &task.about, at))
}

fn cancel<O: Object>(object: &O, task: &Task) -> Result<Done, Fault> {
    object.sql().transaction(|tx| due::cancel(tx, &task.what, &task.about))?;
    Ok(Done::Finished)
}

async fn perform<O: Object>(object: &O, owner: &Owner, task: &Task) -> Result<Done, Fault> {
    match (task.what.as_str(), owner.user()) {
        (MIRROR, _) => mirror::tell(object, owner).await.map(|()| Done::Finished),
        (REFUSED, _) => match mirror::tell_again(object, owner, Parked::LeftAlone).await? {
            0 => cancel(object, task),
            _ => Ok(Done::Later(object.clock().now().plus(due::backoff(task.tries)))),
        },
        (LAPSE, _) => lapse(object, owner, task).await,
        (CLAIM, Some(user)) => claim(object, owner, &user, task).await,
        (CANCEL_PLAN, Some(user)) => {
            plan::cancel(object, &user).await?;
            cancel(object, task)
        }
        (FORGET, Some(user)) => forget(object, &user, task).await,
        (LATE_PURCHASE, _) => {
            tell(object, "alert", owner, LATE_PURCHASE, &format!("{} is to be refunded", task.about));
            cancel(object, task)
        }
        (UNREGISTER, Some(user)) => {
            account::unregister(object, &user).await?;
            cancel(object, task)
        }
        _ => cancel(object, task),
    }
}

/// 1. What never began is void.
/// 2. The Room of what did is asked: its outcome counts; what it does not know never was.
/// 3. Still talking, or silent: asked again, for so long; then it is void, and somebody is told.
async fn lapse<O: Object>(object: &O, owner: &Owner, task: &Task) -> Result<Done, Fault> {
    let Some(session) = SessionId::parse(&task.about) else { return cancel(object, task) };
    // 1
    let Some(lapses_at) = void_unbegun(object, owner, &session)? else { return cancel(object, task) };
    // 2
    let word = object.rooms().end(&session).await;
    let now = object.clock().now();
    let given_up = lapses_at.plus(rules::PATIENCE);
    match word {
        Ok(Word::Ended(outcome)) => write(object, owner, |book| holds::settle(book, &session, &outcome).map(drop))?,
        Ok(Word::Unknown) => void(object, owner, &session, "unknown")?,
        // 3
        _ if now < given_up => return Ok(Done::Later(given_up.min(now.plus(rules::ASK_AGAIN)))),
        _ => {
            void(object, owner, &session, "no_outcome")?;
            tell(object, "alert", owner, LAPSE, &format!("no outcome of {}: void", session.as_str()));
        }
    }
    Ok(Done::Finished)
}

/// Gives when a begun hold lapses; one that never began is void now, and one that has ended is left alone.
fn void_unbegun<O: Object>(object: &O, owner: &Owner, session: &SessionId) -> Result<Option<Millis>, Fault> {
    let mut begun = None;
    write(object, owner, |book| {
        match store::find_hold(book.tx, session)? {
            Some(row) if row.state == State::Begun => begun = Some(row.lapses_at),
            Some(row) if row.state == State::Held => holds::void(book, &row, "lapsed").map(drop)?,
            _ => {}
        }
        Ok(())
    })?;
    Ok(begun)
}

/// Unless it was settled while its Room was asked.
fn void<O: Object>(object: &O, owner: &Owner, session: &SessionId, reason: &str) -> Result<(), Fault> {
    write(object, owner, |book| match store::find_hold(book.tx, session)?.filter(|row| row.state.is_open()) {
        Some(row) => holds::void(book, &row, reason).map(drop),
        None => Ok(()),
    })
}

/// 1. Whose e-mail address is it?
/// 2. Not known: Clerk's event may be on its way; after a while Clerk is asked.
/// 3. Another account's: that one had the welcome grant, so this one gives it back.
/// 4. Nobody's any more: the account was deleted while its book was being opened, so the book closes too.
async fn claim<O: Object>(object: &O, owner: &Owner, user: &UserId, task: &Task) -> Result<Done, Fault> {
    // 1
    let mut claim = account::settle_claim(object, user).await?;
    // 2
    if claim == Claim::Unknown && task.tries > 0 {
        account::learn(object, user).await?;
        claim = account::settle_claim(object, user).await?;
    }
    let now = object.clock().now();
    match claim {
        Claim::Unknown => return Ok(Done::Later(now.plus(next_ask(task.tries)))),
        Claim::Mine => {}
        // 3
        Claim::Anothers => write(object, owner, credit::unwelcome)?,
        // 4
        Claim::Gone => write(object, owner, |book| credit::close(book).map(drop))?,
    }
    cancel(object, task)
}

/// Somebody may never have an address: after some hours a day is soon enough.
fn next_ask(tries: u32) -> Millis {
    match tries {
        0 => rules::CLERK_TELLS_WITHIN,
        1..40 => due::backoff(tries.saturating_add(4)),
        _ => rules::CLERK_SELDOM,
    }
}

/// 1. The welcome is claimed while it can still be known by whom: a new account does not earn it again.
/// 2. The name goes, and the interviews.
/// 3. Then the account at Clerk, which could have told it.
async fn forget<O: Object>(object: &O, user: &UserId, task: &Task) -> Result<Done, Fault> {
    // 1
    if account::settle_claim(object, user).await? == Claim::Unknown {
        match account::learn(object, user).await {
            Ok(()) | Err(Fault::NotConfigured { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    // 2
    account::forget(object, user, Welcome::Had).await?;
    object.rooms().forget(user).await?;
    // 3
    let now = object.clock().now();
    object.sql().transaction(|tx| {
        due::cancel(tx, CLAIM, "")?;
        due::cancel(tx, &task.what, &task.about)?;
        due::plan(tx, UNREGISTER, "", now)
    })?;
    Ok(Done::Finished)
}

/// One transaction on the book; a refusal in it is nothing that an alarm could tell anybody.
pub fn write<O: Object>(
    object: &O,
    owner: &Owner,
    work: impl FnOnce(&mut Book<'_, <O::Sql as Sql>::Tx>) -> Result<(), Stop>,
) -> Result<(), Fault> {
    let now = object.clock().now();
    let done = object.sql().transaction(|tx| {
        let Some(mut book) = Book::find(tx, owner, now)? else { return Ok(()) };
        work(&mut book)
    });
    match done {
        Ok(()) | Err(Stop::No(_)) => Ok(()),
        Err(Stop::Broken(fault)) => Err(fault),
    }
}

pub fn tell<O: World>(object: &O, level: &'static str, owner: &Owner, event: &str, why: &str) {
    let line =
        form::object!({ "level": level, "event": format!("wallet {event}"), "owner": owner.as_str(), "why": why });
    object.log().line(&form::text(&line));
}
