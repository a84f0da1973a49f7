//! The Wallet: one object for each owner, the only writer of that owner's money.
//!
//! A command is decided inside one transaction that writes the entry, what is due because of it, and the alarm; or
//! nothing of it. What must be done outside is a row in `due`, performed by [`ring`] and repeated until it is done.
//! Memory holds nothing: between any two commands the object may vanish.

mod alarm;
mod audit;
mod credit;
mod entry;
mod holds;
mod mirror;
mod store;

pub use alarm::ring;
use entry::{Book, digest};
use holds::Terms;

use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::Owner;
use crate::money::command::{Command, Letter, No, Opened, Reply, Stop};
use crate::port::Object;
use crate::port::clock::Clock;
use crate::port::rooms::{Rooms, Word};
use crate::port::sql::{Sql, Tx};

/// A page of the statement.
const MOST_LINES: i64 = 500;

/// 1. Read what it is told.
/// 2. Decide and write, in one transaction.
/// 3. An interview that is to be replaced and has begun is ended by its Room first; then decide once more.
/// 4. Answer in JSON; a refusal is an answer too.
pub async fn receive<O: Object>(object: &O, letter: &str) -> Result<String, Fault> {
    // 1
    let Letter { owner, command } = form::read(letter).map_err(|why| Fault::Bug { why: format!("a letter: {why}") })?;
    if command == Command::Audit {
        return write(&audit::audit(object, &owner).await);
    }
    // 2
    let mut reply = decide(object, &owner, &command);
    // 3
    if let (Command::Hold(hold), Err(Stop::No(No::InProgress { session, .. }))) = (&command, &reply)
        && hold.replace.as_ref() == Some(session)
        && let Ok(Word::Ended(outcome)) = object.rooms().end(session).await
    {
        decide(object, &owner, &Command::Settle { session: session.clone(), outcome }).or_else(refusal)?;
        reply = decide(object, &owner, &command);
    }
    // 4
    write(&reply)
}

fn write(reply: &Result<Reply, Stop>) -> Result<String, Fault> {
    let told = match reply {
        Ok(reply) => reply,
        Err(Stop::No(no)) => &Reply::No(no.clone()),
        Err(Stop::Broken(fault)) => return Err(fault.clone()),
    };
    serde_json::to_string(told).map_err(|error| Fault::Bug { why: error.to_string() })
}

fn refusal(stop: Stop) -> Result<Reply, Fault> {
    match stop {
        Stop::No(no) => Ok(Reply::No(no)),
        Stop::Broken(fault) => Err(fault),
    }
}

fn decide<O: Object>(object: &O, owner: &Owner, command: &Command) -> Result<Reply, Stop> {
    let now = object.clock().now();
    let config = object.config();
    let terms = Terms {
        interview_seconds: config.interview_seconds,
        pause: config.room.pause,
        premium_seconds: config.spend.premium_seconds,
        direct: config.voice.direct,
    };
    object.sql().transaction(|tx| {
        let mut book = match command {
            Command::Touch if owner.user().is_some() => Book::find_or_open(tx, owner, now)?,
            Command::Purchase { .. } | Command::Entitle { .. } | Command::Close { own: true } => {
                Book::find_or_open(tx, owner, now)?
            }
            Command::Hold(_) | Command::Adjust { .. } | Command::Lines { own: true, .. } => {
                Book::find_open(tx, owner, now)?
            }
            _ => Book::find(tx, owner, now)?.ok_or(No::Untouched)?,
        };
        let reply = perform(&mut book, owner, command, &terms)?;
        book.arm()?;
        Ok(reply)
    })
}

fn perform<T: Tx>(book: &mut Book<T>, owner: &Owner, command: &Command, terms: &Terms) -> Result<Reply, Stop> {
    let standing = match command {
        Command::Touch => {
            let standing = credit::touch(book, owner)?;
            let left = holds::left(book, owner.as_str(), i64::MAX, terms)?;
            return Ok(Reply::Touched { standing, left, payable: Some(holds::payable(book, terms)?) });
        }
        Command::Look | Command::Audit => book.standing(),
        Command::Hold(wish) => return Ok(Reply::Held(holds::hold(book, wish, terms)?)),
        Command::Begin { session } => holds::begin(book, session, terms)?,
        Command::Settle { session, outcome } => return Ok(Reply::Settled(holds::settle(book, session, outcome)?)),
        Command::Adjust { key, amount, reason, actor } => {
            credit::adjust(book, &credit::Adjustment { key, amount: *amount, reason, actor })?
        }
        Command::Purchase { key, credits, charge, paid } => {
            credit::purchase(book, &credit::Sale { key, credits: *credits, charge, paid: *paid })?
        }
        Command::Clawback { charge, refunded } => credit::clawback(book, charge, *refunded)?,
        Command::Dispute { charge } => credit::dispute(book, charge)?,
        Command::Restore { charge } => credit::restore(book, charge)?,
        Command::Entitle { key, until, as_of } => credit::entitle(book, key, *until, *as_of)?,
        Command::Close { .. } => return Ok(Reply::Closed { forfeited: credit::close(book)? }),
        Command::Open { person } => {
            let open = store::open_hold(book.tx, person)?;
            return Ok(Reply::Open(open.map(|row| Opened { session: row.session, state: row.state })));
        }
        Command::Lines { before, limit, .. } => {
            let lines = store::lines_before(book.tx, *before, (*limit).clamp(1, MOST_LINES))?;
            let payable = Some(holds::payable(book, terms)?);
            return Ok(Reply::Lines { standing: book.standing(), payable, lines });
        }
    };
    Ok(Reply::Standing(standing))
}
