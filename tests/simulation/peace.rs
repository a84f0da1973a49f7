//! The end of a history: nothing goes wrong any more, and everything must come right. Truths 3 and 6.

use std::rc::Rc;

use vocahire::domain::millis::Millis;
use vocahire::money::command::{Command, Kind, Letter, Reply};
use vocahire::port::wallets::Wallets;

use super::book::MINUTE;
use super::history::{quiet, ring};
use super::letters::read;
use super::ports::Seat;
use super::sim::{Kind as Holder, Object, PEOPLE, Sim};
use super::{check, clerk, clients, feedback, rooms, shops, truths};

/// More than all backoffs, patience and parking take.
const ROUNDS: usize = 600;
/// Nothing that a Room has still to do is further away.
const LONGEST_WAIT: i64 = 11 * MINUTE;

/// 1. Whatever is going on is cut off; then nothing goes wrong any more.
/// 2. The nightly reconciliation wakes every Wallet, a heartbeat the Rooms whose alarms were lost.
/// 3. Alarm after alarm rings until nobody has anything left to do, also of what is told last.
/// 4. Every book is whole, no hold is open, and D1 says the same.
pub fn make(sim: &Rc<Sim>) {
    // 1
    sim.executor.cut(|place| place.object.is_none());
    for object in sim.everybody() {
        if let Holder::Room(room) = &object.kind {
            room.silent.set(false);
        }
        sim.crash(&object);
    }
    sim.calm.set(true);
    sim.d1_away_until.set(0);
    // 2
    tell_the_rest(sim);
    clients::audit_all(sim);
    sim.later(LONGEST_WAIT);
    sim.rooms.borrow().iter().filter(|object| object.deaf.get()).for_each(|room| rooms::touch(sim, room));
    quiet(sim);
    // 3
    come_to_rest(sim);
    tell_the_rest(sim);
    come_to_rest(sim);
    // 4
    one_welcome(sim);
    clerk::known_to_d1(sim);
    truths::at_rest(sim);
    feedback::at_rest(sim);
    shops::at_rest(sim);
    for object in sim.objects.iter().filter(|object| !object.wallet().book.borrow().lines.is_empty()) {
        whole(object);
        told_to_d1(sim, object);
        reported(sim, object);
    }
}

fn come_to_rest(sim: &Rc<Sim>) {
    let mut rounds = 0;
    while let Some(next) = next_alarm(sim) {
        rounds += 1;
        assert!(
            rounds < ROUNDS,
            "it never comes to rest: {:?}",
            sim.everybody().iter().map(|object| due(object)).collect::<Vec<_>>()
        );
        sim.reach(next);
        ring(sim);
        quiet(sim);
    }
}

/// Clerk and Stripe tell until they are told yes.
fn tell_the_rest(sim: &Rc<Sim>) {
    shops::time_passes(sim);
    for round in 0.. {
        assert!(round < 50, "nobody says yes to what is told again and again");
        let (clerk, stripe) = (clerk::tell_the_rest(sim), shops::tell_the_rest(sim));
        if !clerk && !stripe {
            return;
        }
        quiet(sim);
    }
}

fn due(object: &Object) -> Vec<String> {
    let Ok(mut due) = object.disk.database.prepare("select what || ' ' || about from due") else { return Vec::new() };
    let rows = due.query_map([], |row| row.get::<_, String>(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// When the world's clock shows that somebody's alarm rings, or that whoever is at it goes on.
fn next_alarm(sim: &Sim) -> Option<i64> {
    let everybody = sim.everybody();
    let (ringing, resting): (Vec<_>, Vec<_>) = everybody.iter().partition(|object| object.ringing.get());
    let busy = resting.into_iter().filter(|object| !due(object).is_empty());
    let rings = |object: &Rc<Object>| {
        let alarm = object.disk.alarm.get();
        alarm.unwrap_or_else(|| panic!("{} has work and no alarm: {:?}", object.name(), due(object)))
            - object.shift.get()
    };
    let wakes = sim.executor.next().filter(|_| !ringing.is_empty());
    busy.map(rings).chain(wakes).min()
}

/// Of those who share a mailbox one keeps the welcome, unless they are gone.
fn one_welcome(sim: &Sim) {
    let keeps = |object: &&Rc<Object>| {
        let book = object.wallet().book.borrow();
        let has = |kind| book.lines.iter().any(|line| line.kind == kind);
        has(Kind::Welcome) && !has(Kind::WelcomeBack) && !book.closed && !sim.clerk.has_deleted(object.number)
    };
    let shares = |object: &&Rc<Object>| object.number < PEOPLE && sim.clerk.shares(object.number);
    let keep: Vec<_> =
        sim.objects.iter().filter(shares).filter(keeps).map(|object| object.wallet().owner.as_str()).collect();
    assert!(keep.len() < 2, "one mailbox, two welcomes: {keep:?}");
    for owner in sim.objects.iter().filter(keeps).map(|object| object.wallet().owner.as_str()) {
        let sql = "select count(*) from welcome_claims where owner = ?1";
        let claimed = sim.d1.query_row(sql, [owner], |row| row.get::<_, i64>(0));
        assert_eq!(claimed, Ok(1), "{owner} keeps a welcome that nobody has claimed");
    }
}

fn whole(object: &Object) {
    let (book, database, who) = (object.wallet().book.borrow(), &object.disk.database, object.wallet().owner.as_str());
    assert_eq!(check::lines(database, "true", 0), book.lines, "{who}: the whole statement");
    let open: Vec<_> = book.starts.iter().filter(|(_, start)| start.state.is_open()).collect();
    assert!(open.is_empty() && book.held == 0, "truth 3: {who} still holds {open:?}");
    let sums = database.query_row("select sum(user), sum(held), -sum(owed) from entries", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
    });
    assert_eq!(sums.unwrap(), (book.user, book.held, book.owed), "truth 1: {who}");
}

fn told_to_d1(sim: &Sim, object: &Object) {
    let (book, who) = (object.wallet().book.borrow(), object.wallet().owner.as_str());
    let picky: Option<i64> =
        sim.d1.query_row("select max(seq) from picky where owner = ?1", [who], |row| row.get(0)).unwrap();
    let expected: Vec<_> = book.lines.iter().filter(|line| Some(line.seq) != picky).cloned().collect();
    let parked: Vec<i64> = numbers(object, "select seq from refused where parked_at is not null order by seq");
    let missing: Vec<i64> = numbers(object, "select seq from refused order by seq");
    assert_eq!(parked, missing, "{who}: what is refused is parked in the end");
    let copied = check::lines(&sim.d1, &format!("owner = '{who}'"), 0);
    let parked_too_soon = parked.iter().filter(|seq| Some(**seq) != picky).count();
    if parked_too_soon == 0 {
        assert_eq!(copied, expected, "truth 6: {who} in D1");
    } else {
        assert!(copied.iter().all(|line| expected.contains(line)), "truth 6: {who} in D1");
        assert_eq!(copied.len() + parked.len(), book.lines.len(), "truth 6: {who} in D1");
    }
    let copy = sim.d1.query_row(
        "select seq, user, held, -owed, closed_at is not null from wallets where owner = ?1",
        [who],
        |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
                row.get(4)?,
            ))
        },
    );
    assert_eq!(
        copy.unwrap(),
        (i64::try_from(book.lines.len()).unwrap(), book.user, book.held, book.owed, book.closed),
        "truth 6: {who} in D1"
    );
}

fn numbers(object: &Object, sql: &str) -> Vec<i64> {
    let mut found = object.disk.database.prepare(sql).unwrap();
    let rows = found.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn reported(sim: &Rc<Sim>, object: &Rc<Object>) {
    let parked = numbers(object, "select seq from refused").len();
    let lines = object.wallet().book.borrow().lines.len();
    let letter = Letter { owner: object.wallet().owner.clone(), command: Command::Audit };
    let seat = Seat::of_client(sim);
    let (owner, letter) = (object.wallet().owner.clone(), serde_json::to_string(&letter).unwrap());
    let answer: Rc<std::cell::RefCell<Option<Reply>>> = Rc::default();
    let heard = answer.clone();
    sim.executor.spawn(seat.errand.place.clone(), async move {
        heard.replace(Some(read(&seat.ask(&owner, letter, Millis::of_seconds(3)).await.unwrap())));
    });
    quiet(sim);
    let Some(Reply::Report(report)) = answer.take() else { panic!("no report") };
    let numbers = (report.entries, report.mirrored, report.parked);
    let count = |n: usize| i64::try_from(n).unwrap();
    assert_eq!(numbers, (count(lines), count(lines - parked), count(parked)), "{report:?}");
    assert_eq!(report.problems.len(), usize::from(parked > 0), "truth 6: {report:?}");
}
