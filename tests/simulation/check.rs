//! What must hold after each step: the Wallet decides what the reference book decides, writes what it writes, and
//! answers what was decided and kept.

use rusqlite::{Connection, Row};
use vocahire::domain::credits::Credits;
use vocahire::domain::failure::Fault;
use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::money::book::Postings;
use vocahire::money::command::{Command, Held, Kind, Line, No, Reply, Report, Settled, State};
use vocahire::port::rooms::Word;

use super::book::{MINUTE, Start};
use super::letters::read;
use super::ports::Seat;
use super::sim::{Errand, Object, Sim};
use super::{clients, truths};

const COLUMNS: &str = "seq, at, kind, key, user, held, earned, granted, bought, refunded, owed,
    user_after, held_after, owed_after, reference, reason, actor, seconds";

fn line(row: &Row) -> rusqlite::Result<Line> {
    let credits = |n| row.get(n).map(Credits::milli);
    let kind: String = row.get(2)?;
    Ok(Line {
        seq: row.get(0)?,
        at: Millis::new(row.get(1)?),
        kind: Kind::parse(&kind).expect("a kind"),
        key: row.get(3)?,
        postings: Postings {
            user: credits(4)?,
            held: credits(5)?,
            earned: credits(6)?,
            granted: credits(7)?,
            bought: credits(8)?,
            refunded: credits(9)?,
            owed: credits(10)?,
        },
        user_after: credits(11)?,
        held_after: credits(12)?,
        owed_after: credits(13)?,
        reference: row.get(14)?,
        reason: row.get(15)?,
        actor: row.get(16)?,
        seconds: row.get(17)?,
    })
}

pub fn lines(database: &Connection, of: &str, after: usize) -> Vec<Line> {
    let sql = format!("select {COLUMNS} from entries where {of} and seq > ?1 order by seq");
    let mut prepared = database.prepare_cached(&sql).unwrap();
    let rows = prepared.query_map([i64::try_from(after).unwrap()], line).unwrap();
    rows.map(Result::unwrap).collect()
}

/// A transaction of an object has ended. What it decided is decided once more by the reference book, in this order.
pub fn decided(seat: &Seat, object: &Object, kept: bool, spoilt: bool) {
    let (sim, errand) = (&seat.sim, &seat.errand);
    assert!(!(kept && spoilt), "an error inside a transaction was swallowed: {:?}", errand.command());
    let now = sim.time(object);
    match errand.command() {
        _ if spoilt => {}
        Some(command) if *command != Command::Audit => {
            let next = errand.next.borrow_mut().pop_front();
            let command = next.as_ref().unwrap_or(command);
            let told = object.wallet().book.borrow_mut().apply(command, now);
            sim.say(|| format!("{} decides {command:?}: {told:?}", object.wallet().owner.as_str()));
            let refused = matches!(told, Reply::No(_));
            assert_eq!(
                kept,
                !refused,
                "{} on {command:?}: kept {kept}, must say {told:?}",
                object.wallet().owner.as_str()
            );
            if let (Command::Hold(wish), Reply::Held(held)) = (command, &told)
                && wish.session != held.session
            {
                sim.tally.count("duplicate", "told the first session");
            }
            errand.told.replace(Some(told));
        }
        _ if kept => woken(sim, object, errand, now),
        _ => {}
    }
    let changes = object.disk.database.total_changes();
    if kept || object.changes.replace(changes) != changes {
        object.changes.set(changes);
        as_written(sim, object);
    }
}

/// An alarm wrote something: was it time, and did the Room say so?
fn woken(sim: &Sim, object: &Object, errand: &Errand, now: i64) {
    let mut book = object.wallet().book.borrow_mut();
    if object.changes.get() == object.disk.database.total_changes() || !book.opened {
        return;
    }
    for line in lines(&object.disk.database, "true", book.lines.len()) {
        sim.say(|| format!("{} writes {line:?}", object.wallet().owner.as_str()));
        if line.seq <= i64::try_from(book.lines.len()).unwrap() {
            continue;
        }
        let closes = line.kind == Kind::Closed || line.reason.as_deref() == Some("account_closed");
        if closes && !book.closed {
            assert!(sim.clerk.has_deleted(object.number), "an alarm closes the book of somebody who is still there");
            sim.tally.count("closed", "by its alarm");
            book.close(now);
            continue;
        }
        if line.kind == Kind::WelcomeBack {
            assert!(
                sim.clerk.shares(object.number) && !book.closed,
                "a welcome is taken back from {:?}",
                object.wallet().owner
            );
            book.unwelcome(now);
            continue;
        }
        let reason = line.reason.as_deref().unwrap_or_default();
        let session = line.reference.as_deref().and_then(SessionId::parse).expect("an alarm ends interviews only");
        let Start { state, lapses_at, .. } = book.starts[&session];
        let lapsed = lapses_at <= now || (book.closed && state == State::Begun);
        let word = errand.word.borrow().as_ref().filter(|(of, _)| *of == session).map(|(_, word)| *word);
        let outcome = match (reason, state, word) {
            ("lapsed", State::Held, _) if lapsed => None,
            ("unknown", State::Begun, Some(Word::Unknown)) if lapsed && clients::is_by_hand(&session) => None,
            ("no_outcome", State::Begun, _) if now >= lapses_at + 15 * MINUTE => None,
            (_, State::Begun, Some(Word::Ended(outcome))) if lapsed => Some(outcome),
            _ => panic!("{} ends too early or without a word: {line:?}", session.as_str()),
        };
        book.end(&session, outcome.as_ref(), outcome.map_or(reason, |outcome| outcome.ending.word()), now);
    }
}

/// What the object keeps is what the reference book says; truth 1.
fn as_written(sim: &Sim, object: &Object) {
    let (database, book) = (&object.disk.database, object.wallet().book.borrow());
    let who = object.wallet().owner.as_str();
    if !book.opened {
        let tables = database.query_row("select count(*) from sqlite_master", [], |row| row.get::<_, i64>(0));
        assert_eq!(tables, Ok(0), "{who}: something is written in a book that nobody opened");
        return;
    }
    let from = object.wallet().checked.get();
    let written = lines(database, "true", from);
    assert_eq!(written, book.lines[from..], "{who}: lines");
    for line in &written {
        truths::settled(sim, line);
        sim.tally.count("entry", line.kind.word());
        match line.kind {
            Kind::Void => sim.tally.count("void", line.reason.as_deref().unwrap_or("-")),
            Kind::Interview => sim.tally.count("interview", line.reason.as_deref().unwrap_or("-")),
            _ => {}
        }
        let Postings { user, held, earned, granted, bought, refunded, owed } = line.postings;
        let sum: i64 =
            [user, held, earned, granted, bought, refunded, owed].iter().map(|posting| posting.count()).sum();
        let [user, held, owed] = [line.user_after, line.held_after, line.owed_after].map(Credits::count);
        assert!(sum == 0 && user >= 0 && held >= 0 && (user == 0 || owed == 0), "truth 1: {line:?}");
    }
    let open: i64 = book.starts.values().filter(|start| start.state.is_open()).map(|start| start.amount).sum();
    assert_eq!(open, book.held, "{who}: what is held is what open interviews hold");
    let mut prepared = database
        .prepare_cached(
            "select session, person, amount, seconds, state, held_at, lapses_at from holds
            where state in ('held', 'begun') or end_seq > ?1 order by session",
        )
        .unwrap();
    let holds = prepared.query_map([i64::try_from(from).unwrap()], |row| {
        let numbers: (i64, i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(5)?, row.get(6)?);
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(4)?, numbers))
    });
    let holds: Vec<_> = holds.unwrap().map(Result::unwrap).collect();
    let fresh = book.starts.iter().filter(|(_, start)| start.end.is_none_or(|end| end >= from));
    let expected = fresh.map(|(session, start)| {
        let numbers = (start.amount, start.seconds, start.held_at, start.lapses_at);
        (session.as_str().to_owned(), start.person.clone(), start.state.word().to_owned(), numbers)
    });
    assert_eq!(holds, expected.collect::<Vec<_>>(), "{who}: holds");
    object.wallet().checked.set(book.lines.len());
}

/// D1's copy of a balance never goes back.
pub fn copied(sim: &Sim, object: &Object) {
    let mut copy = sim.d1.prepare_cached("select seq from wallets where owner = ?1").unwrap();
    let seq = copy.query_row([object.wallet().owner.as_str()], |row| row.get::<_, i64>(0)).unwrap_or(0);
    let before = object.wallet().copied.replace(seq);
    assert!(before <= seq, "truth 6: {:?} goes back from entry {before} to {seq} in D1", object.wallet().owner);
}

/// An object answers: what was decided and kept, or a fault that somebody put there.
pub fn told(seat: &Seat, told: &Result<String, Fault>) {
    let (sim, errand) = (&seat.sim, &seat.errand);
    let command = errand.command().unwrap();
    let reply = match told {
        Err(Fault::Bug { why }) => panic!("a bug on {command:?}: {why}"),
        Err(fault) => return assert!(errand.hurt.get(), "a fault out of nothing on {command:?}: {fault:?}"),
        Ok(text) => read(text),
    };
    sim.tally.count("command", word(command));
    if let Reply::No(no) = &reply {
        sim.tally.count("refusal", refusal(no));
    }
    match &reply {
        Reply::Report(report) => audited(seat, report),
        Reply::No(No::Untouched) if *command == Command::Audit => {}
        reply => {
            let decided = errand.told.take();
            assert_eq!(decided.as_ref(), Some(reply), "what is acknowledged on {command:?} is what was decided");
            acknowledged(seat.object.as_ref().unwrap(), reply);
        }
    }
}

/// Whoever is told a number and a balance finds them in the book.
fn acknowledged(object: &Object, reply: &Reply) {
    let standing = match reply {
        Reply::Standing(standing)
        | Reply::Touched { standing, .. }
        | Reply::Held(Held { standing, .. })
        | Reply::Settled(Settled { standing, .. }) => standing,
        _ => return,
    };
    if standing.number == 0 {
        // A plan that was over before it began opens a book and writes nothing into it.
        let empty = object.disk.database.query_row("select count(*) = 0 from entries", [], |row| row.get(0));
        return assert_eq!(empty, Ok(true), "a book that says it is empty");
    }
    let sql = "select count(*) from entries where seq = ?1 and user_after = ?2 and held_after = ?3";
    let mut entry = object.disk.database.prepare_cached(sql).unwrap();
    let told = (standing.number, standing.available.count(), standing.held.count());
    assert_eq!(
        entry.query_row(told, |row| row.get::<_, i64>(0)),
        Ok(1),
        "what is acknowledged is in the book: {told:?}"
    );
}

/// While things go wrong D1 may be behind; nothing else may be found.
fn audited(seat: &Seat, report: &Report) {
    let picky = seat.object.as_ref().unwrap().wallet().refused.get().is_some();
    let behind = seat.errand.hurt.get() && report.problems.iter().any(|problem| problem.starts_with("D1 is behind"));
    assert!(picky || behind || report.problems.is_empty(), "truth 6: {report:?}");
}

/// Once alarms have rung: truth 3, and no object sleeps with work before it.
pub fn punctual(sim: &Sim) {
    for object in &sim.objects {
        let alarm = object.disk.alarm.get();
        if !object.wallet().book.borrow().opened || object.ringing.get() {
            continue;
        }
        object.deaf.set(object.deaf.get() && alarm.is_none());
        if object.deaf.get() {
            continue;
        }
        let who = object.wallet().owner.as_str();
        let now = sim.time(object);
        let book = object.wallet().book.borrow();
        let late = |start: &Start| start.state.is_open() && now >= start.lapses_at + 15 * MINUTE;
        let late: Vec<_> = book.starts.iter().filter(|(_, start)| late(start)).collect();
        // A failing storage puts it off by a backoff, not for ever.
        let excused = object.put_off.get() && late.iter().all(|(session, _)| is_put_off(object, session, now));
        assert!(late.is_empty() || excused, "truth 3: {who} at {now} still holds {late:?}");
        let mut due = object.disk.database.prepare_cached("select min(at) from due").unwrap();
        let due: Option<i64> = due.query_row([], |row| row.get(0)).unwrap();
        let sleeps = due.is_some_and(|due| alarm.is_none_or(|alarm| alarm > due));
        assert!(!sleeps, "{who} sleeps until {alarm:?} although something is due at {due:?}");
    }
}

fn is_put_off(object: &Object, session: &SessionId, now: i64) -> bool {
    let sql = "select tries > 0 and at > ?2 and at <= ?2 + 600000 from due where what = 'lapse' and about = ?1";
    let mut due = object.disk.database.prepare_cached(sql).unwrap();
    due.query_row((session.as_str(), now), |row| row.get(0)).unwrap_or(false)
}

pub fn word(command: &Command) -> &'static str {
    match command {
        Command::Touch => "touch",
        Command::Look => "look",
        Command::Hold(_) => "hold",
        Command::Begin { .. } => "begin",
        Command::Settle { .. } => "settle",
        Command::Adjust { .. } => "adjust",
        Command::Purchase { .. } => "purchase",
        Command::Clawback { .. } => "clawback",
        Command::Dispute { .. } => "dispute",
        Command::Restore { .. } => "restore",
        Command::Entitle { .. } => "entitle",
        Command::Close { .. } => "close",
        Command::Lines { .. } => "lines",
        Command::Open { .. } => "open",
        Command::Audit => "audit",
    }
}

fn refusal(no: &No) -> &'static str {
    match no {
        No::Untouched => "untouched",
        No::Closed => "closed",
        No::Insufficient { given: true, .. } => "insufficient, given",
        No::Insufficient { .. } => "insufficient",
        No::InProgress { state: State::Held, .. } => "in progress, held",
        No::InProgress { .. } => "in progress, begun",
        No::Ended => "ended",
        No::RateLimited { .. } => "rate limited",
        No::UsedUp { .. } => "used up",
        No::Mismatch => "mismatch",
        No::Impossible => "impossible",
    }
}
