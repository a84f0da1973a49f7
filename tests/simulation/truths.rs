//! What must hold of every Room after each step, and of all of them at the end: one outcome, one answer to one offer,
//! nothing without the Wallet's yes, nothing for ever.

use std::rc::Rc;

use rusqlite::Connection;
use vocahire::domain::credits::Credits;
use vocahire::domain::failure::Fault;
use vocahire::domain::form;
use vocahire::domain::id::{Owner, SessionId};
use vocahire::domain::outcome::Outcome;
use vocahire::interview::room::Room as State;
use vocahire::interview::room::command::{Letter, No, Reply, Says};
use vocahire::interview::room::life::Stage;
use vocahire::money::command::{Kind as Entry, Line, State as HoldState};
use vocahire::port::clock::Clock;

use super::book::Start;
use super::openai::{Call, Over};
use super::ports::Seat;
use super::sim::{Asked, Object, Sim};
use super::{clients, direct, reckon};

/// From the offer to the interviewer's first words a Room waits so long at most.
const UNHEARD: i64 = (45 + 60) * 1000;
/// Without a sign of life it goes on so long.
const LIFE: i64 = (20 + 120) * 1000;

/// What a Room was seen to be.
#[derive(Default)]
pub struct Seen {
    pub opened: bool,
    /// As it keeps it now.
    pub state: Option<State>,
    pub outcome: Option<Outcome>,
    pub charged: Option<Credits>,
    /// So many lines it had when it ended.
    lines: i64,
    /// Its person wanted nothing of it kept, and was perhaps not told whether that is so.
    pub deleted: bool,
}

fn kept(object: &Object) -> Option<State> {
    let database = &object.disk.database;
    let sql = "select 1 from sqlite_schema where name = 'room'";
    let there = database.prepare_cached(sql).unwrap().exists([]).unwrap();
    there.then(|| {
        let mut state = database.prepare_cached("select state from room").unwrap();
        form::read(state.query_row([], |row| row.get::<_, String>(0)).unwrap()).unwrap()
    })
}

/// The Wallet's entry for the hold of a session.
fn start(sim: &Sim, payer: &Owner, session: &SessionId) -> Start {
    sim.object(payer).wallet().book.borrow().starts[session].clone()
}

/// A transaction of a Room has ended.
pub fn decided(seat: &Seat, object: &Object, done: bool, spoilt: bool) {
    assert!(!(done && spoilt), "an error inside a transaction was swallowed");
    seat.errand.transactions.set(seat.errand.transactions.get() + 1);
    let changes = object.disk.database.total_changes();
    let room = object.room();
    let mut seen = room.seen.borrow_mut();
    let unchanged = !done || (object.changes.replace(changes) == changes && !seat.errand.rings());
    let now = if unchanged { None } else { Some(kept(object)) };
    // Not each sign of life is written down.
    if let Some(before) = &seen.state
        && let Some(after) = now.as_ref().map_or(Some(before), Option::as_ref)
    {
        room.reckoning.borrow_mut().decided(seat, object, [before, after], done);
    }
    let there = now.as_ref().map_or(seen.state.as_ref(), Option::as_ref);
    if let (Some(call), Some(state)) = (seat.errand.named.take().filter(|_| done), there) {
        let current = state.life.call.as_ref().is_some_and(|current| current.as_str() == call.name);
        call.known.set(true);
        call.late.set(!current);
    }
    let Some(now) = now else { return };
    match (seen.state.take(), &now) {
        (None, Some(now)) => opened(seat, now),
        (Some(before), None) => emptied(&seat.sim, &before),
        (Some(before), Some(now)) => {
            direct::changed(&seat.sim, object, &before, now);
            let mut reckoning = room.reckoning.borrow_mut();
            changed(seat, &before, now, reckoning.again_at);
            let listens = matches!(seat.errand.ask, Asked::Listen) && now.life.path_at.is_some();
            if listens && before.life.is_deaf() && !now.life.is_deaf() {
                reckoning.again_at = seat.sim.time(object);
            }
        }
        (None, None) => assert_eq!(object.disk.alarm.get(), None, "an empty Room has an alarm"),
    }
    if let Some(state) = &now {
        loose_calls(&seat.sim, object, state);
        if seen.outcome.is_none()
            && let Some(outcome) = state.life.outcome
        {
            seat.sim.tally.count("ending", outcome.ending.word());
            seat.sim.say(|| format!("{} ends: {outcome:?}", room.session.as_str()));
            seen.lines = object.disk.database.query_row("select count(*) from lines", [], |row| row.get(0)).unwrap();
        }
        if state.archived && !state.deleted && !is_gone(&seat.sim, state) {
            let lines = count(&seat.sim.d1, "select count(*) from transcript_lines where session = ?1", object.name());
            assert!(lines >= seen.lines, "{}: {lines} lines in D1, not {}", object.name(), seen.lines);
        }
        (seen.opened, seen.outcome, seen.charged) = (true, state.life.outcome, state.charged);
        seen.deleted |= state.deleted;
    }
    seen.state = now;
}

fn opened(seat: &Seat, now: &State) {
    let opens = matches!(seat.errand.letter(), Some(Letter::Open(open)) if open.session == now.session);
    assert!(opens, "something is written in a Room that nobody opened: {now:?}");
    if let (Some(Letter::Open(open)), Some(object)) = (seat.errand.letter(), &seat.object) {
        object.room().reckoning.borrow_mut().open(seat, &open.sdp, seat.sim.time(object));
    }
}

/// Of all calls of an interview one goes on; the others are being hung up.
fn loose_calls(sim: &Sim, object: &Object, state: &State) {
    let current = state.life.call.as_ref().filter(|_| state.life.is_open()).map(|call| call.as_str());
    for call in sim.openai.of_session(&state.session).iter().filter(|call| call.known.get() && call.is_alive()) {
        let due = "select count(*) from due where what = 'hang_up' and about = ?1";
        let ends = Some(call.name.as_str()) == current || count(&object.disk.database, due, &call.name) == 1;
        assert!(ends, "{} of {} goes on beside {current:?}", call.name, object.name());
    }
}

/// It goes when the Wallet and D1 have acknowledged, and not before.
fn emptied(sim: &Sim, before: &State) {
    let session = before.session.as_str();
    assert!(before.charged.is_some(), "{session} is emptied before its Wallet has acknowledged");
    let gone = before.deleted || is_gone(sim, before);
    assert!(gone || archived(sim, session) == 1, "{session} is emptied before D1 has acknowledged");
    sim.tally.count("room", "emptied");
}

fn is_gone(sim: &Sim, state: &State) -> bool {
    count(&sim.d1, "select count(*) from users where id = ?1 and deleted_at is not null", &state.person) == 1
}

fn archived(sim: &Sim, session: &str) -> i64 {
    count(&sim.d1, "select count(*) from sessions where id = ?1", session)
}

fn count(database: &Connection, sql: &str, about: &str) -> i64 {
    database.prepare_cached(sql).unwrap().query_row([about], |row| row.get(0)).unwrap()
}

fn changed(seat: &Seat, before: &State, now: &State, again_at: i64) {
    let session = now.session.as_str();
    let same = (&before.session, &before.payer, &before.person) == (&now.session, &now.payer, &now.person);
    assert!(same, "{session} becomes another's");
    let taken_up = before.life.connect != now.life.connect;
    assert_eq!(before.offer != now.offer, taken_up, "{session} is of another offer");
    assert!(before.deleted <= now.deleted, "{session} is kept after all");
    if let Some(outcome) = before.life.outcome {
        assert_eq!(now.life.outcome, Some(outcome), "truth 3: {session} ends twice");
        assert_eq!(now.life.stage, Stage::Ended, "{session} goes on after its end");
    }
    if before.charged != now.charged {
        let book = seat.sim.object(&now.payer).wallet().book.borrow();
        let recorded = book.starts[&now.session].end.map(|line| book.lines[line].postings.earned);
        assert!(before.charged.is_none() && now.charged == recorded, "{session} costs {:?}: {recorded:?}", now.charged);
    }
    let has_gap = before.life.is_deaf() || seat.now().count() < again_at + reckon::GAP;
    let heard = |state: &State| (state.life.spoke_at, state.life.heard_at);
    if heard(before) != heard(now) {
        let by_browser = matches!(seat.errand.letter(), Some(Letter::Person { says: Says::Relay(_), .. }));
        let believed = matches!(seat.errand.ask, Asked::Listen) || (by_browser && has_gap);
        assert!(believed, "{session}: the browser is believed while the sideband listens");
        seat.sim.tally.count("room", if by_browser { "heard from the browser" } else { "heard at the sideband" });
    }
}

/// A Room answers.
pub fn told(seat: &Seat, told: &Result<String, Fault>) {
    let (sim, errand, object) = (&seat.sim, &seat.errand, seat.object.as_ref().unwrap());
    let letter = errand.letter().unwrap();
    sim.tally.count("letter", word(letter));
    let text = match told {
        Err(Fault::Bug { why }) => panic!("a bug on {letter:?}: {why}"),
        Err(fault) => return assert!(errand.hurt.get(), "a fault out of nothing on {letter:?}: {fault:?}"),
        Ok(text) => text,
    };
    let reply: Reply = form::read(text).unwrap();
    let (seen, who) = (object.room().seen.borrow(), object.name());
    if let Reply::No(no) = &reply {
        sim.tally.count("the Room's no", refusal(no));
        let none_left = |state: &State| {
            !state.life.is_direct() && state.life.is_open() && state.life.begun && state.life.again_left() == 0
        };
        if matches!((letter, no), (Letter::Again(_), No::Ended)) && seen.state.as_ref().is_some_and(none_left) {
            sim.tally.count("again", "refused after five");
        }
    }
    let offer = match letter {
        Letter::Open(open) => &open.sdp,
        Letter::Again(again) => &again.sdp,
        _ => return,
    };
    let Reply::Answer { sdp, connect, .. } = &reply else { return };
    let state = seen.state.as_ref().expect("an answer from an empty Room");
    assert_ne!(state.life.stage, Stage::Ended, "{who}: an answer after the end");
    let start = start(sim, &state.payer, &state.session);
    let paid = state.life.is_direct();
    assert_eq!(object.room().paid.get(), paid, "{who}: a secret goes out that nobody pays");
    let yes = start.state == HoldState::Begun || (paid && start.state == HoldState::Posted);
    assert!(yes, "{who}: an answer without the Wallet's yes: {start:?}");
    let calls = sim.openai.of_session(&state.session);
    let call = calls.iter().find(|call| call.answer == *sdp).expect("OpenAI's own answer");
    assert_eq!(call.connect, *connect, "{who}: the answer of another call");
    object.room().reckoning.borrow_mut().answered(who, offer, *connect, sdp);
    if paid {
        sim.tally.count("direct", "released");
    }
    if *connect > 1 {
        sim.tally.count("again", "answered");
    }
}

fn word(letter: &Letter) -> &'static str {
    match letter {
        Letter::Open(_) => "open",
        Letter::Again(_) => "again",
        Letter::Stop => "stop",
        Letter::Person { says, .. } => match says {
            Says::Beat { .. } => "beat",
            Says::Relay(_) => "relay",
            Says::Patience(_) => "patience",
            Says::Left => "left",
            Says::Dropped { .. } => "dropped",
            Says::Pause(_) => "pause",
            Says::Look => "look",
            Says::Lines => "lines",
            Says::Delete => "delete",
        },
    }
}

fn refusal(no: &No) -> &'static str {
    match no {
        No::NotFound => "not found",
        No::Ended => "ended",
        No::OtherOffer => "another offer",
        No::NotOpen { .. } => "not open",
        No::Replaced => "replaced",
        No::Wallet => "the Wallet says nothing",
        No::Timeout => "too late",
        No::Provider(_) => "broken",
        No::Refused(_) => "refused",
        No::Busy(_) => "busy",
    }
}

/// A Wallet has written a line about an interview.
pub fn settled(sim: &Sim, line: &Line) {
    let Some(session) = line.reference.as_deref().and_then(SessionId::parse) else { return };
    if !matches!(line.kind, Entry::Interview | Entry::Void) || clients::is_by_hand(&session) {
        return;
    }
    let (who, reason) = (session.as_str(), line.reason.as_deref().unwrap_or_default());
    let object = sim.room(&session);
    let seen = object.room().seen.borrow();
    if let Some(outcome) = vocahire::domain::outcome::Ending::parse(reason) {
        let judged = seen.outcome.map(|outcome| (outcome.ending, outcome.heard.count() / 1000));
        let said = if object.room().paid.get() { direct::owed(sim, &session) } else { judged };
        assert_eq!(said, Some((outcome, line.seconds.unwrap())), "{who}: the Room and the Wallet tell different ends");
    }
    if line.postings.earned > Credits::ZERO {
        let heard = sim.openai.of_session(&session).iter().any(|call| call.spoke_at.get().is_some());
        let excused = object.room().lied.get() || object.room().paid.get();
        assert!(heard || excused, "truth 5: {who} costs {line:?} and nobody was ever heard");
    }
}

/// Once alarms have rung: no Room sleeps with work before it, none lives on without a sign of life, and truth 4.
pub fn punctual(sim: &Sim) {
    for object in sim.rooms.borrow().iter() {
        let alarm = object.disk.alarm.get();
        if object.ringing.get() || object.is_silent() {
            continue;
        }
        object.deaf.set(object.deaf.get() && alarm.is_none());
        let seen = object.room().seen.borrow();
        let Some(state) = seen.state.as_ref().filter(|_| !object.deaf.get()) else { continue };
        let (who, now, sign) = (object.name(), sim.time(object), object.room().reckoning.borrow().last_sign());
        let mut due = object.disk.database.prepare_cached("select min(at) from due").unwrap();
        let due: Option<i64> = due.query_row([], |row| row.get(0)).unwrap();
        let sleeps = due.is_some_and(|due| alarm.is_none_or(|alarm| alarm > due));
        assert!(!sleeps, "{who} sleeps until {alarm:?} although something is due at {due:?}");
        let excused = object.put_off.get() && is_put_off(object, "tick", now);
        let lives_on = match state.life.stage {
            Stage::Ended => false,
            Stage::Connecting => now >= state.life.opened_at.count() + 45_000,
            _ => now >= sign.max(state.life.path_at.unwrap().count()) + LIFE,
        };
        assert!(!lives_on || excused, "{who} lives on at {now} without a sign of life since {sign}: {:?}", state.life);
        for call in sim.openai.of_session(&state.session).iter().filter(|call| call.known.get() && call.is_alive()) {
            let late = sim.now.get() > latest_end(sim, object, state, call);
            let excused = excused || is_put_off(object, "hang_up", now);
            assert!(!late || excused, "truth 4: {} of {who} goes on at {now}: {:?}", call.name, state.life);
        }
    }
}

/// By then a call is over, and so is each that came after it: as long as was held for, and what nobody could talk in
/// between. Whatever its Room did not hear, it has heard enough to know. Of a page that says it heard
/// the interviewer it may believe it.
fn latest_end(sim: &Sim, object: &Object, state: &State, call: &Call) -> i64 {
    let allowed = start(sim, &state.payer, &state.session).seconds * 1000;
    let calls = sim.openai.of_session(&state.session);
    let spoke = calls.iter().filter_map(|call| call.spoke_at.get()).min();
    let made = calls.iter().map(|call| call.made_at).min();
    let (at, slept) = spoke.or(made.map(|at| (at, 0))).unwrap_or((call.made_at, 0));
    let stood = object.room().reckoning.borrow().stood(sim.time(object));
    let talk = spoke.is_some() || object.room().lied.get();
    at + UNHEARD + stood + if talk { allowed } else { 0 } + sim.slept.get() - slept
}

fn is_put_off(object: &Object, what: &str, now: i64) -> bool {
    let sql = "select count(*) from due where what = ?1 and tries > 0 and at > ?2 and at <= ?2 + 600000";
    let mut due = object.disk.database.prepare_cached(sql).unwrap();
    due.query_row((what, now), |row| row.get::<_, i64>(0)).unwrap() > 0
}

/// At the end of a history: every call is over, every Room is empty, and D1 knows what there was to know.
pub fn at_rest(sim: &Sim) {
    for call in sim.openai.calls.borrow().iter() {
        if call.late.get() && call.over.get() == Some(Over::HungUp) {
            sim.tally.count("again", "a late call hung up");
        }
        assert!(!call.is_alive() || !call.known.get(), "{} of {} was never hung up", call.name, call.session.as_str());
        assert!(
            call.known.get() || !call.used.get() || call.until.is_some(),
            "{} is used and its Room does not know it",
            call.name
        );
    }
    for object in sim.rooms.borrow().iter() {
        let who = object.name();
        let sql = "select count(*) from sqlite_schema";
        let tables = object.disk.database.query_row(sql, [], |row| row.get::<_, i64>(0));
        assert_eq!((tables, object.disk.alarm.get()), (Ok(0), None), "{who} does not empty itself");
        remembered(sim, object);
        direct::at_rest(sim, object);
    }
    let orphans =
        "select count(*) from (select session from transcript_lines union all select session from session_events)
        where session not in (select id from sessions)";
    assert_eq!(sim.d1.query_row(orphans, [], |row| row.get::<_, i64>(0)), Ok(0), "lines without their interview");
    let twice = "select count(*) from (select 1 from transcript_lines group by session, item having count(*) > 1)";
    assert_eq!(sim.d1.query_row(twice, [], |row| row.get::<_, i64>(0)), Ok(0), "a line stands twice");
}

/// D1 has an interview once, as its Room and its Wallet have it, or nothing of it.
fn remembered(sim: &Sim, object: &Rc<Object>) {
    let (who, seen) = (object.name(), object.room().seen.borrow());
    let found = archived(sim, who);
    if !seen.opened {
        return assert_eq!(found, 0, "{who} was never opened");
    }
    let sql = "select person, ending, heard_ms, charged from sessions where id = ?1";
    let row = sim.d1.query_row(sql, [who], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?, row.get::<_, i64>(3)?))
    });
    let holder =
        sim.objects.iter().find(|payer| payer.wallet().book.borrow().starts.contains_key(&object.room().session));
    let payer = holder.unwrap_or_else(|| panic!("{who} was never held"));
    let forgotten = payer.wallet().book.borrow().closed || sim.deleted.borrow().contains(&object.room().session);
    if forgotten {
        sim.tally.count("room", "nothing kept");
        return assert_eq!(found, 0, "{who} is still in D1");
    }
    let Ok((_, ending, heard, charged)) = row else {
        // Who left before their book was opened, and was seen once more, leaves nothing either.
        let left = "select 1 from users where id = ?1 and deleted_at is not null";
        let left = sim.d1.prepare(left).unwrap().exists([payer.name()]).unwrap();
        return assert!(seen.deleted || left, "{who} is not in D1");
    };
    let outcome = seen.outcome.unwrap();
    let expected = (outcome.ending.word().to_owned(), outcome.heard.count(), seen.charged.unwrap().count());
    assert_eq!((ending, heard, charged), expected, "{who} in D1");
    sim.tally.count("room", "archived");
}
