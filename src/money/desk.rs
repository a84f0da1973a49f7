//! How a request speaks to a Wallet.

use super::command::{Command, Held, Hold, Letter, Line, Opened, Reply, Report, Standing};
use super::rules::Left;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::id::{Owner, SessionId};
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;
use crate::port::World;
use crate::port::wallets::Wallets;

/// A person waits no longer. What became of the command is then not known: they are told so, never a zero.
const LIMIT: Millis = Millis::of_seconds(3);
/// An audit asks D1 twice, which may take five seconds each time, and follows the chain.
const AUDIT_LIMIT: Millis = Millis::of_seconds(15);

async fn ask<W: World>(world: &W, owner: &Owner, command: Command) -> Result<Reply, Failure> {
    let limit = if command == Command::Audit { AUDIT_LIMIT } else { LIMIT };
    let letter = Letter { owner: owner.clone(), command };
    let letter = serde_json::to_string(&letter).map_err(|error| Fault::Bug { why: error.to_string() })?;
    let reply = world.wallets().ask(owner, letter, limit).await?;
    world.mark("WALLET");
    match form::read(&reply).map_err(|why| Fault::Wallet { why: format!("an answer: {why}") })? {
        Reply::No(no) => Err(no.into()),
        reply => Ok(reply),
    }
}

fn unexpected() -> Failure {
    Fault::Wallet { why: "an answer to something else".to_owned() }.into()
}

/// The owner's own request. The first one opens the book. Gives what a plan still covers, too, and what may pay.
pub async fn touch<W: World>(world: &W, owner: &Owner) -> Result<(Standing, Option<Left>, Credits), Failure> {
    match ask(world, owner, Command::Touch).await? {
        Reply::Touched { standing, left, payable } => Ok((standing, left, payable.unwrap_or(standing.available))),
        _ => Err(unexpected()),
    }
}

/// Sets aside what an interview will cost at most.
pub async fn hold<W: World>(world: &W, payer: &Owner, wish: Hold) -> Result<Held, Failure> {
    match ask(world, payer, Command::Hold(wish)).await? {
        Reply::Held(held) => Ok(held),
        _ => Err(unexpected()),
    }
}

/// The call is being made. Refused, when the hold has lapsed or ended.
pub async fn begin<W: World>(world: &W, payer: &Owner, session: &SessionId) -> Result<(), Failure> {
    ask(world, payer, Command::Begin { session: session.clone() }).await.map(drop)
}

/// Tells how it ended. Gives what was charged, also when that was decided before.
pub async fn settle<W: World>(
    world: &W,
    payer: &Owner,
    session: &SessionId,
    outcome: Outcome,
) -> Result<Credits, Failure> {
    match ask(world, payer, Command::Settle { session: session.clone(), outcome }).await? {
        Reply::Settled(settled) => Ok(settled.charged),
        _ => Err(unexpected()),
    }
}

/// The person's interview that is open in this book, if any.
pub async fn open<W: World>(world: &W, payer: &Owner, person: &str) -> Result<Option<Opened>, Failure> {
    match ask(world, payer, Command::Open { person: person.to_owned() }).await? {
        Reply::Open(open) => Ok(open),
        _ => Err(unexpected()),
    }
}

/// What an operator gives, or, with a negative amount, takes.
#[derive(Clone, Debug)]
pub struct Adjustment {
    pub key: String,
    pub amount: Credits,
    pub reason: String,
    pub actor: String,
}

pub async fn adjust<W: World>(world: &W, owner: &Owner, wish: Adjustment) -> Result<Standing, Failure> {
    let Adjustment { key, amount, reason, actor } = wish;
    match ask(world, owner, Command::Adjust { key, amount, reason, actor }).await? {
        Reply::Standing(standing) => Ok(standing),
        _ => Err(unexpected()),
    }
}

/// Credits sold for `paid` of money, in its smallest unit.
pub struct Sale {
    pub key: String,
    pub credits: Credits,
    pub charge: String,
    pub paid: i64,
}

pub async fn purchase<W: World>(world: &W, owner: &Owner, sale: Sale) -> Result<(), Failure> {
    let Sale { key, credits, charge, paid } = sale;
    ask(world, owner, Command::Purchase { key, credits, charge, paid }).await.map(drop)
}

/// So much of a sale's money has gone back in all.
pub async fn clawback<W: World>(world: &W, owner: &Owner, charge: &str, refunded: i64) -> Result<(), Failure> {
    ask(world, owner, Command::Clawback { charge: charge.to_owned(), refunded }).await.map(drop)
}

/// All of a sale's money is away until the dispute is decided, or it was decided for us.
pub async fn dispute<W: World>(world: &W, owner: &Owner, charge: &str, taken: bool) -> Result<(), Failure> {
    let charge = charge.to_owned();
    let command = if taken { Command::Dispute { charge } } else { Command::Restore { charge } };
    ask(world, owner, command).await.map(drop)
}

/// Until when a plan covers interviews, as it was at `as_of`.
pub struct Entitlement {
    pub key: String,
    pub until: Millis,
    pub as_of: Millis,
}

pub async fn entitle<W: World>(world: &W, owner: &Owner, told: Entitlement) -> Result<(), Failure> {
    let Entitlement { key, until, as_of } = told;
    ask(world, owner, Command::Entitle { key, until, as_of }).await.map(drop)
}

/// A page of the statement: for the owner, or for an operator, who may also see a closed book.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    pub own: bool,
    pub before: Option<i64>,
    pub limit: i64,
}

/// Lines of the statement older than `before`, newest first; ahead of them how it stands, and what may pay.
pub async fn lines<W: World>(world: &W, owner: &Owner, page: Page) -> Result<(Standing, Credits, Vec<Line>), Failure> {
    let Page { own, before, limit } = page;
    match ask(world, owner, Command::Lines { own, before, limit }).await? {
        Reply::Lines { standing, payable, lines } => Ok((standing, payable.unwrap_or(standing.available), lines)),
        _ => Err(unexpected()),
    }
}

/// Closes the book. Gives what was forfeited.
pub async fn close<W: World>(world: &W, owner: &Owner, own: bool) -> Result<Credits, Failure> {
    match ask(world, owner, Command::Close { own }).await? {
        Reply::Closed { forfeited } => Ok(forfeited),
        _ => Err(unexpected()),
    }
}

pub async fn audit<W: World>(world: &W, owner: &Owner) -> Result<Report, Failure> {
    match ask(world, owner, Command::Audit).await? {
        Reply::Report(report) => Ok(report),
        _ => Err(unexpected()),
    }
}
