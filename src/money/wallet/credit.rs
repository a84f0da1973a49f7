//! What changes a balance beside interviews: the welcome, operators, purchases and what is taken back of them, plans.

use super::entry::{Book, Draft};
use super::store::Charged;
use super::{alarm, digest, holds, store};
use crate::domain::credits::Credits;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::money::command::{Kind, No, Standing, State, Stop};
use crate::money::rules;
use crate::port::due;
use crate::port::sql::Tx;

/// The owner's own request: the first one brings the welcome grant, if the owner is a person.
pub fn touch<T: Tx>(book: &mut Book<T>, owner: &Owner) -> Result<Standing, Stop> {
    if book.cover.closed_at.is_some() {
        return Err(No::Closed.into());
    }
    if book.cover.welcomed == 1 || owner.user().is_none() {
        return Ok(book.standing());
    }
    store::welcome(book.tx)?;
    due::plan(book.tx, alarm::CLAIM, "", book.now)?;
    let draft = Draft::of(Kind::Welcome, book.balances.grant(rules::WELCOME)?);
    book.append(draft.keyed("welcome", ""))
}

/// The e-mail address had its welcome grant before, in another account. A closed book has given up all it had.
pub fn unwelcome<T: Tx>(book: &mut Book<T>) -> Result<(), Stop> {
    if book.cover.closed_at.is_none() && book.known("welcome_back", "")?.is_none() {
        let draft = Draft::of(Kind::WelcomeBack, book.balances.ungrant(rules::WELCOME)?);
        book.append(draft.keyed("welcome_back", ""))?;
    }
    Ok(())
}

pub struct Adjustment<'a> {
    pub key: &'a str,
    pub amount: Credits,
    pub reason: &'a str,
    pub actor: &'a str,
}

/// An operator takes no more than is available: nobody is put into debt by hand.
pub fn adjust<T: Tx>(book: &mut Book<T>, wish: &Adjustment) -> Result<Standing, Stop> {
    let key = format!("admin:{}", wish.key);
    let fingerprint = digest(&format!("{} {} {}", wish.amount.count(), wish.actor, wish.reason));
    if let Some(known) = book.known(&key, &fingerprint)? {
        return Ok(book.standing_at(&known));
    }
    let size = wish.amount.negative();
    let draft = match wish.amount.count() {
        1.. => Draft::of(Kind::Grant, book.balances.grant(wish.amount)?),
        ..=-1 if size <= book.balances.user => Draft::of(Kind::Take, book.balances.ungrant(size)?),
        _ => return Err(No::Impossible.into()),
    };
    let draft = draft.keyed(&key, &fingerprint).because(wish.reason);
    book.append(Draft { actor: Some(wish.actor.to_owned()), ..draft })
}

pub struct Sale<'a> {
    pub key: &'a str,
    pub credits: Credits,
    pub charge: &'a str,
    pub paid: i64,
}

/// Also into a closed book: the money has come, and an operator is told to send it back.
pub fn purchase<T: Tx>(book: &mut Book<T>, sale: &Sale) -> Result<Standing, Stop> {
    let key = format!("purchase:{}", sale.key);
    let fingerprint = digest(&format!("{} {} {}", sale.credits.count(), sale.charge, sale.paid));
    if let Some(known) = book.known(&key, &fingerprint)? {
        return Ok(book.standing_at(&known));
    }
    if store::charge(book.tx, sale.charge)?.is_some() {
        return Err(No::Mismatch.into());
    }
    store::sold(book.tx, sale.charge, sale.credits, sale.paid)?;
    if book.cover.closed_at.is_some() {
        due::plan(book.tx, alarm::LATE_PURCHASE, sale.charge, book.now)?;
    }
    let draft = Draft::of(Kind::Purchase, book.balances.purchase(sale.credits)?);
    book.append(draft.keyed(&key, &fingerprint).about(sale.charge))
}

/// The share of the credits whose money has gone back, less what was taken before, rounded for the owner. News of a
/// smaller sum than is known already is old.
pub fn clawback<T: Tx>(book: &mut Book<T>, charge: &str, refunded: i64) -> Result<Standing, Stop> {
    let mut sale = store::charge(book.tx, charge)?.ok_or(No::Impossible)?;
    sale.refunded = sale.refunded.max(refunded.min(sale.paid));
    let amount = missing(&sale)?.minus(sale.disputed).ok_or(No::Impossible)?.max(Credits::ZERO);
    sale.taken = sale.taken.plus(amount).ok_or(No::Impossible)?;
    store::take_back(book.tx, charge, &sale)?;
    if amount == Credits::ZERO {
        return Ok(book.standing());
    }
    let draft = Draft::of(Kind::Clawback, book.balances.refund(amount)?).about(charge).because("refunded");
    book.append(draft.keyed(&format!("clawback:{charge}:{}", sale.refunded), ""))
}

/// What refunds so far ask for and have not got.
fn missing(sale: &Charged) -> Result<Credits, No> {
    let share = sale.sold.share(sale.refunded, sale.paid).ok_or(No::Impossible)?;
    Ok(share.minus(sale.taken).ok_or(No::Impossible)?.max(Credits::ZERO))
}

/// One that was decided before it was heard of takes nothing.
pub fn dispute<T: Tx>(book: &mut Book<T>, charge: &str) -> Result<Standing, Stop> {
    let key = format!("dispute:{charge}");
    if let Some(known) = book.known(&key, "")? {
        return Ok(book.standing_at(&known));
    }
    if let Some(known) = book.known(&format!("restored:{charge}"), "")? {
        return Ok(book.standing_at(&known));
    }
    let mut sale = store::charge(book.tx, charge)?.ok_or(No::Impossible)?;
    sale.disputed = sale.sold.minus(sale.taken).ok_or(No::Impossible)?;
    store::take_back(book.tx, charge, &sale)?;
    let draft = Draft::of(Kind::Clawback, book.balances.refund(sale.disputed)?).about(charge).because("disputed");
    book.append(draft.keyed(&key, ""))
}

/// What the dispute took comes back, less what refunds have asked for meanwhile.
pub fn restore<T: Tx>(book: &mut Book<T>, charge: &str) -> Result<Standing, Stop> {
    let key = format!("restored:{charge}");
    if let Some(known) = book.known(&key, "")? {
        return Ok(book.standing_at(&known));
    }
    let mut sale = store::charge(book.tx, charge)?.ok_or(No::Impossible)?;
    let kept = missing(&sale)?.min(sale.disputed);
    let amount = sale.disputed.minus(kept).ok_or(No::Impossible)?;
    sale.taken = sale.taken.plus(kept).ok_or(No::Impossible)?;
    sale.disputed = Credits::ZERO;
    store::take_back(book.tx, charge, &sale)?;
    let draft = Draft::of(Kind::Restored, book.balances.restore(amount)?).about(charge);
    book.append(draft.keyed(&key, ""))
}

/// The plan as Stripe told it at `as_of`: older news changes nothing, and what stays as it was is no entry.
pub fn entitle<T: Tx>(book: &mut Book<T>, key: &str, until: Millis, as_of: Millis) -> Result<Standing, Stop> {
    if book.cover.closed_at.is_some() {
        return Err(No::Closed.into());
    }
    let key = format!("plan:{key}");
    let fingerprint = digest(&format!("{} {}", until.count(), as_of.count()));
    if let Some(known) = book.known(&key, &fingerprint)? {
        return Ok(book.standing_at(&known));
    }
    if book.cover.premium_as_of.is_some_and(|known| known >= as_of) {
        return Ok(book.standing());
    }
    let over = |until: Option<Millis>| until.is_none_or(|until| until <= as_of);
    let known = book.cover.premium_until;
    if known == Some(until) || (over(known) && over(Some(until))) {
        store::heard_of_plan(book.tx, as_of)?;
        return Ok(book.standing());
    }
    store::entitle(book.tx, until, as_of)?;
    book.cover.premium_until = Some(until);
    let draft = Draft::of(Kind::Plan, Default::default()).because(&until.count().to_string());
    book.append(draft.keyed(&key, &fingerprint))
}

/// 1. A repeat is told what the first one was.
/// 2. What never began is let go; what did is ended by its Room, asked at once.
/// 3. What is left is given up.
/// 4. What stands elsewhere is cleared: the plan at Stripe, the name here, the account at Clerk.
pub fn close<T: Tx>(book: &mut Book<T>) -> Result<Credits, Stop> {
    // 1
    if let Some(known) = book.known("closed", "")? {
        return Ok(known.earned);
    }
    // 2
    for row in store::open_holds(book.tx)? {
        if row.state == State::Held {
            holds::void(book, &row, "account_closed")?;
        } else {
            due::plan(book.tx, alarm::LAPSE, row.session.as_str(), book.now)?;
        }
    }
    // 3
    store::close(book.tx, book.now)?;
    let left = book.balances.user;
    let postings = book.balances.forfeit(left)?;
    book.append(Draft::of(Kind::Closed, postings).keyed("closed", ""))?;
    // 4
    due::plan(book.tx, alarm::CANCEL_PLAN, "", book.now)?;
    due::plan(book.tx, alarm::FORGET, "", book.now)?;
    Ok(left)
}
