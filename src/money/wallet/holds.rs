//! The life of a hold: held, begun, posted or voided.

use super::entry::{Book, Draft};
use super::store::{self, End, HoldRow};
use super::{alarm, digest};
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::SessionId;
use crate::domain::millis::Millis;
use crate::domain::outcome::{Ending, Outcome};
use crate::money::command::{Held, Hold, Kind, No, Settled, Standing, State, Stop};
use crate::money::rules::{self, Left};
use crate::money::settlement::{self, Charge};
use crate::port::due;
use crate::port::sql::Tx;

/// What the operator has said about interviews.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    pub interview_seconds: i64,
    pub pause: Millis,
    /// What a plan covers in a day.
    pub premium_seconds: i64,
    /// Nobody is there who could end a call: what was given pays for none.
    pub direct: bool,
}

/// 1. A repeat is told what the first one got.
/// 2. One open interview for each person; one that never began may be replaced.
/// 3. So many starts in an hour.
/// 4. What it costs, and whether it is there.
/// 5. Hold it.
pub fn hold<T: Tx>(book: &mut Book<T>, wish: &Hold, terms: &Terms) -> Result<Held, Stop> {
    // 1
    let key = format!("hold:{}", wish.key);
    let fingerprint = digest(&format!("{} {} {}", wish.person, wish.seconds, wish.fingerprint));
    if let Some(known) = book.known(&key, &fingerprint)? {
        let session = known.reference.as_deref().and_then(SessionId::parse).ok_or(No::Ended)?;
        let row = store::find_hold(book.tx, &session)?.ok_or(No::Ended)?;
        return held(book, &row, book.standing_at(&known));
    }
    // 2
    if let Some(open) = store::open_hold(book.tx, &wish.person)? {
        if open.state != State::Held || wish.replace.as_ref() != Some(&open.session) {
            return Err(No::InProgress { session: open.session, state: open.state }.into());
        }
        void(book, &open, "replaced")?;
    }
    // 3
    let starts = store::starts(book.tx, &wish.person, book.now.minus(rules::STARTS_WITHIN))?;
    // Newest first: the one whose end of the hour makes room for the next.
    let counted = starts.iter().filter(|start| start.excused == 0).nth(rules::STARTS.saturating_sub(1));
    let tried = starts.get(rules::TRIES.saturating_sub(1));
    // Where both limits are met, the later room is the one that helps.
    if let Some(full) = [counted, tried].into_iter().flatten().map(|start| start.held_at).max() {
        return Err(No::RateLimited { retry_after: full.plus(rules::STARTS_WITHIN).since(book.now) }.into());
    }
    // 4
    let price = price(book, wish, terms)?;
    // 5
    let row = HoldRow {
        session: wish.session.clone(),
        person: wish.person.clone(),
        amount: price.amount,
        seconds: price.seconds,
        state: State::Held,
        held_at: book.now,
        lapses_at: book.now.plus(rules::HELD_FOR),
        end_seq: None,
    };
    store::hold(book.tx, &row)?;
    due::plan(book.tx, alarm::LAPSE, row.session.as_str(), row.lapses_at)?;
    let draft = Draft::of(Kind::Hold, book.balances.hold(row.amount)?);
    let standing = book.append(draft.keyed(&key, &fingerprint).about(row.session.as_str()))?;
    held(book, &row, standing)
}

fn held<T: Tx>(book: &Book<T>, row: &HoldRow, standing: Standing) -> Result<Held, Stop> {
    let free = !book.is_premium() && !store::bought(book.tx)?;
    let HoldRow { session, amount, seconds, state, .. } = row.clone();
    Ok(Held { session, amount, seconds, state, free, standing })
}

/// A plan comes first, as far as it goes. What it does not cover is paid for only by who has said so.
fn price<T: Tx>(book: &Book<T>, wish: &Hold, terms: &Terms) -> Result<rules::Price, Stop> {
    match left(book, &wish.person, wish.seconds, terms)? {
        Some(Left { seconds, more_at: None }) => {
            Ok(rules::Price { amount: Credits::ZERO, seconds: wish.seconds.min(seconds) })
        }
        Some(Left { more_at: Some(at), .. }) if !wish.credits => {
            Err(No::UsedUp { retry_after: at.since(book.now) }.into())
        }
        _ => {
            let available = payable(book, terms)?;
            let price = rules::price(available, wish.seconds, terms.interview_seconds);
            price.ok_or_else(|| No::Insufficient { available, given: available < book.balances.user }.into())
        }
    }
}

/// What may pay for an interview.
pub fn payable<T: Tx>(book: &Book<T>, terms: &Terms) -> Result<Credits, Fault> {
    let given = if terms.direct { store::given(book.tx)? } else { Credits::ZERO };
    Ok(rules::without(book.balances.user, given))
}

/// What a plan still covers of a day, where there is one.
pub fn left<T: Tx>(book: &Book<T>, person: &str, wanted: i64, terms: &Terms) -> Result<Option<Left>, Fault> {
    if !book.is_premium() {
        return Ok(None);
    }
    let had = store::covered(book.tx, person, book.now.minus(rules::FAIR_USE_WITHIN))?;
    Ok(Some(rules::left(&had, terms.premium_seconds, wanted)))
}

/// The call is being made: yes, once and again; no, when the hold has lapsed or ended.
pub fn begin<T: Tx>(book: &Book<T>, session: &SessionId, terms: &Terms) -> Result<Standing, Stop> {
    let row = store::find_hold(book.tx, session)?.ok_or(No::Ended)?;
    match row.state {
        State::Begun => Ok(book.standing()),
        State::Held if row.lapses_at > book.now => {
            let lapses_at = book.now.plus(rules::begun_for(row.seconds, terms.pause));
            store::begin(book.tx, session, lapses_at)?;
            due::plan(book.tx, alarm::LAPSE, session.as_str(), lapses_at)?;
            Ok(book.standing())
        }
        _ => Err(No::Ended.into()),
    }
}

/// The first outcome counts; a repeat is told what was recorded. What never began costs nothing.
pub fn settle<T: Tx>(book: &mut Book<T>, session: &SessionId, outcome: &Outcome) -> Result<Settled, Stop> {
    let row = store::find_hold(book.tx, session)?.ok_or(No::Ended)?;
    if !row.state.is_open() {
        return recorded(book, &row);
    }
    let used = store::free_voids(book.tx, &row.person, book.now.minus(rules::FREE_VOIDS_WITHIN))?;
    let charge = match row.state {
        State::Begun => settlement::charge(row.amount, row.seconds, outcome, used),
        _ => Charge::Void { free: false },
    };
    let seconds = Some(outcome.heard.count().checked_div(1000).unwrap_or(0));
    let excused = matches!(outcome.ending, Ending::NoOutput | Ending::ProviderFault | Ending::OurFault);
    end(book, &row, charge, Why { reason: outcome.ending.word(), seconds, excused })
}

pub fn void<T: Tx>(book: &mut Book<T>, row: &HoldRow, reason: &str) -> Result<Settled, Stop> {
    end(book, row, Charge::Void { free: false }, Why { reason, ..Why::default() })
}

/// What is told of an end beside what it costs.
#[derive(Clone, Copy, Default)]
struct Why<'a> {
    reason: &'a str,
    seconds: Option<i64>,
    /// A fault of others: the start counts for nothing.
    excused: bool,
}

/// The one way in which a hold ends. What comes back into a closed book is given up like the rest of it.
fn end<T: Tx>(book: &mut Book<T>, row: &HoldRow, charge: Charge, why: Why) -> Result<Settled, Stop> {
    let (kind, state, charged, free) = match charge {
        Charge::Post(amount) => (Kind::Interview, State::Posted, amount, false),
        Charge::Void { free } => (Kind::Void, State::Voided, Credits::ZERO, free),
    };
    let postings = book.balances.post(row.amount, charged)?;
    let draft = Draft::of(kind, postings).about(row.session.as_str()).because(why.reason);
    let standing = book.append(Draft { seconds: why.seconds, ..draft })?;
    let end = End { state, free, excused: why.excused, seq: standing.number };
    store::end_hold(book.tx, &row.session, &end, book.now)?;
    due::cancel(book.tx, alarm::LAPSE, row.session.as_str())?;
    if book.cover.closed_at.is_some() && postings.user > Credits::ZERO {
        book.append(Draft::of(Kind::Closed, book.balances.forfeit(postings.user)?))?;
    }
    Ok(Settled { state, charged, standing })
}

fn recorded<T: Tx>(book: &Book<T>, row: &HoldRow) -> Result<Settled, Stop> {
    let entry = row.end_seq.map(|seq| store::entry(book.tx, seq)).transpose()?.flatten().ok_or(No::Ended)?;
    Ok(Settled { state: row.state, charged: entry.earned, standing: book.standing_at(&entry) })
}
