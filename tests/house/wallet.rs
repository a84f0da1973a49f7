//! The Wallet on the host: what each command does, what a repeat is told, and that an error takes everything back.

use vocahire::domain::credits::Credits;
use vocahire::domain::failure::Fault;
use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::command::{Command, Held, Hold, Kind, Line, No, Reply, Report, Settled, Standing, State};
use vocahire::port::rooms::Word;

use super::world::House;

pub const ONE: &str = "user_1";

pub fn session(n: usize) -> SessionId {
    SessionId::parse(&format!("ses_{n}")).unwrap()
}

pub fn wish(n: usize) -> Hold {
    Hold {
        key: format!("key-{n}"),
        fingerprint: "body".to_owned(),
        session: session(n),
        person: ONE.to_owned(),
        seconds: 1800,
        replace: None,
        credits: false,
    }
}

pub fn outcome(ending: Ending, seconds: i64) -> Outcome {
    Outcome { ending, heard: Millis::of_seconds(seconds) }
}

pub fn house() -> House {
    let house = House::new(&[]);
    touch(&house);
    house
}

pub fn say(house: &House, command: Command) -> Reply {
    house.tell(ONE, command).unwrap()
}

pub fn touch(house: &House) -> Standing {
    standing(say(house, Command::Touch))
}

pub fn standing(reply: Reply) -> Standing {
    match reply {
        Reply::Standing(standing) | Reply::Touched { standing, .. } => standing,
        other => panic!("{other:?}"),
    }
}

pub fn hold(house: &House, wish: Hold) -> Result<Held, No> {
    match say(house, Command::Hold(wish)) {
        Reply::Held(held) => Ok(held),
        Reply::No(no) => Err(no),
        other => panic!("{other:?}"),
    }
}

pub fn begin(house: &House, n: usize) -> Reply {
    say(house, Command::Begin { session: session(n) })
}

pub fn settle(house: &House, n: usize, outcome: Outcome) -> Settled {
    match say(house, Command::Settle { session: session(n), outcome }) {
        Reply::Settled(settled) => settled,
        other => panic!("{other:?}"),
    }
}

pub fn lines(house: &House) -> Vec<Line> {
    match say(house, Command::Lines { own: false, before: None, limit: 500 }) {
        Reply::Lines { lines, .. } => lines,
        other => panic!("{other:?}"),
    }
}

pub fn report(house: &House) -> Report {
    match say(house, Command::Audit) {
        Reply::Report(report) => report,
        other => panic!("{other:?}"),
    }
}

pub fn has(standing: &Standing, settled: i64, held: i64) {
    let told = (standing.settled.count(), standing.held.count(), standing.available.count(), standing.owed.count());
    assert_eq!(told, (settled, held, settled - held, 0));
}

pub fn adjust(key: &str, milli: i64) -> Command {
    let amount = Credits::milli(milli);
    Command::Adjust { key: key.to_owned(), amount, reason: "a reason".to_owned(), actor: "user_admin".to_owned() }
}

pub fn buy(key: &str, charge: &str, milli: i64) -> Command {
    let credits = Credits::milli(milli);
    Command::Purchase { key: key.to_owned(), credits, charge: charge.to_owned(), paid: 999 }
}

#[test]
fn the_welcome_grant_comes_once_and_never_again_at_zero() {
    let house = house();
    has(&touch(&house), 3000, 0);
    for n in 0..3 {
        hold(&house, wish(n)).unwrap();
        begin(&house, n);
        settle(&house, n, outcome(Ending::RanItsTime, 1800));
    }
    has(&touch(&house), 0, 0);
    let no = hold(&house, wish(9)).unwrap_err();
    assert_eq!(no, No::Insufficient { available: Credits::ZERO, given: false });
    assert_eq!(lines(&house).iter().filter(|line| line.kind == Kind::Welcome).count(), 1);
}

#[test]
fn a_repeat_is_told_what_the_first_one_got_and_another_wish_is_refused() {
    let house = house();
    let first = hold(&house, wish(1)).unwrap();
    has(&first.standing, 3000, 1000);
    assert_eq!((first.amount.count(), first.seconds, first.standing.number), (1000, 1800, 2));
    let again = hold(&house, Hold { session: session(77), ..wish(1) }).unwrap();
    assert_eq!(again, first, "the same session, number and balance");
    begin(&house, 1);
    settle(&house, 1, outcome(Ending::EndedByUser, 900));
    let late = hold(&house, wish(1)).unwrap();
    assert_eq!((late.standing, late.state), (first.standing, State::Posted));
    assert_eq!(hold(&house, Hold { seconds: 900, ..wish(1) }).unwrap_err(), No::Mismatch);
    assert_eq!(hold(&house, Hold { fingerprint: "other".to_owned(), ..wish(1) }).unwrap_err(), No::Mismatch);
    assert_eq!(lines(&house).len(), 3);
}

#[test]
fn one_open_interview_for_each_person() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    let open = |state| No::InProgress { session: session(1), state };
    assert_eq!(hold(&house, wish(2)).unwrap_err(), open(State::Held));
    assert_eq!(hold(&house, Hold { replace: Some(session(9)), ..wish(2) }).unwrap_err(), open(State::Held));
    let second = hold(&house, Hold { replace: Some(session(1)), ..wish(2) }).unwrap();
    has(&second.standing, 3000, 1000);
    begin(&house, 2);
    let third = Hold { replace: Some(session(2)), ..wish(3) };
    let _ = house.rooms.replace(Err(Fault::Room { why: "silence".to_owned() }));
    let no = hold(&house, third.clone()).unwrap_err();
    assert_eq!(no, No::InProgress { session: session(2), state: State::Begun });
    let _ = house.rooms.replace(Ok(Word::Ended(outcome(Ending::EndedByUser, 900))));
    has(&hold(&house, third).unwrap().standing, 2500, 1000);
}

#[test]
fn settlement_posts_the_heard_part_and_the_first_outcome_wins() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    assert!(matches!(begin(&house, 1), Reply::Standing(_)));
    assert!(matches!(begin(&house, 1), Reply::Standing(_)), "a repeat is yes");
    let first = settle(&house, 1, outcome(Ending::EndedByUser, 1134));
    assert_eq!((first.charged.count(), first.state), (630, State::Posted));
    has(&first.standing, 2370, 0);
    assert_eq!(settle(&house, 1, outcome(Ending::NoMediaPath, 0)), first);
    assert_eq!(begin(&house, 1), Reply::No(No::Ended));
    assert_eq!(
        say(&house, Command::Settle { session: session(5), outcome: outcome(Ending::NoOutput, 0) }),
        Reply::No(No::Ended)
    );
}

#[test]
fn what_never_began_costs_nothing_whatever_is_said() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    let end = settle(&house, 1, outcome(Ending::RanItsTime, 1800));
    assert_eq!((end.state, end.charged), (State::Voided, Credits::ZERO));
    has(&touch(&house), 3000, 0);
}

#[test]
fn three_early_endings_a_day_are_free() {
    let house = house();
    let early = |n| {
        hold(&house, wish(n)).unwrap();
        begin(&house, n);
        settle(&house, n, outcome(Ending::EndedEarly, 20)).charged.count()
    };
    assert_eq!((0..4).map(early).collect::<Vec<_>>(), [0, 0, 0, 100]);
    house.later(24 * 3600);
    assert_eq!(early(9), 0, "a day later they are free again");
}

#[test]
fn ten_starts_an_hour() {
    let house = house();
    for n in 0..10 {
        hold(&house, wish(n)).unwrap();
        settle(&house, n, outcome(Ending::NoMediaPath, 0));
        house.later(60);
    }
    let wait = Millis::of_seconds(50 * 60);
    assert_eq!(hold(&house, wish(10)).unwrap_err(), No::RateLimited { retry_after: wait });
    house.later(50 * 60);
    hold(&house, wish(10)).unwrap();
}

#[test]
fn a_hold_lapses_by_itself() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    house.later(149);
    house.ring();
    has(&touch(&house), 3000, 1000);
    house.later(1);
    assert_eq!(begin(&house, 1), Reply::No(No::Ended), "its time is over, alarm or not");
    house.ring();
    has(&touch(&house), 3000, 0);
    assert_eq!(lines(&house)[0].reason.as_deref(), Some("lapsed"));
}

#[test]
fn a_begun_hold_that_lapses_asks_its_room() {
    const LAPSES: i64 = 1800 + 120 + 180 + 300;
    let cases: [(Result<Word, Fault>, i64, &str); 3] = [
        (Ok(Word::Ended(outcome(Ending::EndedByUser, 900))), 2500, "ended_by_user"),
        (Ok(Word::Unknown), 3000, "unknown"),
        (Err(Fault::Wallet { why: "silence".to_owned() }), 3000, "no_outcome"),
    ];
    for (word, left, reason) in cases {
        let house = house();
        hold(&house, wish(1)).unwrap();
        begin(&house, 1);
        house.later(150);
        house.ring();
        has(&touch(&house), 3000, 1000);
        let _ = house.rooms.replace(Err(Fault::Room { why: "silence".to_owned() }));
        house.later(LAPSES - 150);
        house.ring();
        has(&touch(&house), 3000, 1000);
        let _ = house.rooms.replace(word.clone());
        house.later(59);
        house.ring();
        has(&touch(&house), 3000, 1000);
        for _ in 0..15 {
            house.later(60);
            house.ring();
        }
        has(&touch(&house), left, 0);
        assert_eq!(lines(&house)[0].reason.as_deref(), Some(reason));
        let alerts = house.lines.borrow().iter().filter(|line| line.contains("alert")).count();
        assert_eq!(alerts, usize::from(word.is_err()), "{word:?}");
    }
}

#[test]
fn an_operator_gives_and_takes_once() {
    let house = house();
    has(&standing(say(&house, adjust("a", 1500))), 4500, 0);
    has(&standing(say(&house, adjust("a", 1500))), 4500, 0);
    assert_eq!(say(&house, adjust("a", 1600)), Reply::No(No::Mismatch));
    has(&standing(say(&house, adjust("b", -4500))), 0, 0);
    assert_eq!(say(&house, adjust("c", -1)), Reply::No(No::Impossible));
    assert_eq!(say(&house, adjust("d", 0)), Reply::No(No::Impossible));
    assert_eq!(house.tell("user_2", adjust("a", 1)).unwrap(), Reply::No(No::Untouched));
    assert!(lines(&house).iter().any(|line| line.actor.as_deref() == Some("user_admin")));
}

#[test]
fn purchases_refunds_and_disputes() {
    let house = house();
    say(&house, adjust("all", -3000));
    has(&standing(say(&house, buy("cs_1", "ch_1", 5000))), 5000, 0);
    has(&standing(say(&house, buy("cs_1", "ch_1", 5000))), 5000, 0);
    assert_eq!(say(&house, buy("cs_2", "ch_1", 5000)), Reply::No(No::Mismatch), "a charge is sold once");
    let back = |refunded| standing(say(&house, Command::Clawback { charge: "ch_1".to_owned(), refunded }));
    has(&back(333), 3340, 0);
    has(&back(333), 3340, 0);
    has(&back(100), 3340, 0);
    say(&house, adjust("spent", -3000));
    let dispute = || standing(say(&house, Command::Dispute { charge: "ch_1".to_owned() }));
    let (first, again) = (dispute(), dispute());
    assert_eq!((first, first.owed.count(), first.available.count()), (again, 3000, 0));
    assert_eq!(back(666), first, "the dispute has taken all that is left");
    let won = standing(say(&house, Command::Restore { charge: "ch_1".to_owned() }));
    assert_eq!((won.owed.count(), won.available.count()), (1330, 0), "but for what was refunded meanwhile");
    let paid = standing(say(&house, buy("cs_3", "ch_3", 3000)));
    has(&paid, 1670, 0);
    let nobody = Command::Clawback { charge: "ch_9".to_owned(), refunded: 1 };
    assert_eq!(say(&house, nobody), Reply::No(No::Impossible));
}

#[test]
fn a_plan_covers_interviews_and_the_newest_news_counts() {
    let house = house();
    let until = |house: &House, seconds: i64| Millis::of_seconds(house.seconds() + seconds);
    let plan = |key: &str, until, as_of: i64| {
        standing(say(&house, Command::Entitle { key: key.to_owned(), until, as_of: Millis::new(as_of) }))
    };
    let month = until(&house, 30 * 86_400);
    assert_eq!(plan("a", month, 5).premium_until, Some(month));
    assert_eq!(plan("b", until(&house, 1), 4).premium_until, Some(month), "older news");
    let held = hold(&house, wish(1)).unwrap();
    assert_eq!((held.amount, held.seconds), (Credits::ZERO, 1800));
    begin(&house, 1);
    let end = settle(&house, 1, outcome(Ending::RanItsTime, 1800));
    assert_eq!((end.state, end.charged), (State::Posted, Credits::ZERO));
    plan("c", until(&house, -1), 6);
    assert_eq!(hold(&house, wish(2)).unwrap().amount.count(), 1000);
}

#[test]
fn an_error_anywhere_takes_everything_back_alarm_included() {
    let commands: Vec<Command> = vec![
        Command::Touch,
        Command::Hold(wish(1)),
        Command::Begin { session: session(1) },
        Command::Settle { session: session(1), outcome: outcome(Ending::EndedByUser, 900) },
        adjust("a", 10),
        buy("cs", "ch", 5000),
        Command::Clawback { charge: "ch".to_owned(), refunded: 500 },
        Command::Dispute { charge: "ch".to_owned() },
        Command::Restore { charge: "ch".to_owned() },
        Command::Entitle { key: "p".to_owned(), until: Millis::new(9), as_of: Millis::new(9) },
        Command::Close { own: true },
    ];
    let house = House::new(&[]);
    let disk = house.disk(ONE);
    for command in commands {
        let before = dump(&disk.database);
        let alarm = disk.alarm.get();
        for n in 1.. {
            disk.failing.set(Some(n));
            let done = house.tell(ONE, command.clone());
            if disk.failing.take().is_some() {
                assert!(n > 3 && done.is_ok(), "{command:?}: {done:?}");
                break;
            }
            assert!(matches!(done, Err(Fault::Database { .. })), "{command:?}, statement {n}: {done:?}");
            assert_eq!((dump(&disk.database), disk.alarm.get()), (before.clone(), alarm), "{command:?}, statement {n}");
        }
    }
}

/// Every row of every table.
fn dump(database: &rusqlite::Connection) -> Vec<String> {
    let mut names = database.prepare("select name from sqlite_master where type = 'table' order by name").unwrap();
    let tables: Vec<String> = names.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect();
    let mut all = tables.clone();
    for table in &tables {
        let mut rows = database.prepare(&format!("select * from {table}")).unwrap();
        let width = rows.column_count();
        let cells = rows.query_map([], |row| {
            Ok((0..width).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect::<Vec<_>>().join(","))
        });
        all.extend(cells.unwrap().map(Result::unwrap));
    }
    all
}
