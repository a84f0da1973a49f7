//! What an alarm that was lost for more than a day must not change, and what an audit that is cut off must not forget.
//! Found by the simulation.

use vocahire::domain::credits::Credits;
use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::command::{Command, Hold, No, Reply, Settled, State};

use super::world::{Failing, House};

const ONE: &str = "user_1";
const LATE: i64 = 26 * 3600;

fn session(n: usize) -> SessionId {
    SessionId::parse(&format!("ses_{n}")).unwrap()
}

fn start(house: &House, n: usize) -> Reply {
    let wish = Hold {
        key: format!("key-{n}"),
        fingerprint: "body".to_owned(),
        session: session(n),
        person: ONE.to_owned(),
        seconds: 1800,
        replace: None,
        credits: false,
    };
    let held = house.tell(ONE, Command::Hold(wish)).unwrap();
    house.tell(ONE, Command::Begin { session: session(n) }).unwrap();
    held
}

fn end_early(house: &House, n: usize) -> i64 {
    let outcome = Outcome { ending: Ending::EndedEarly, heard: Millis::of_seconds(20) };
    match house.tell(ONE, Command::Settle { session: session(n), outcome }).unwrap() {
        Reply::Settled(Settled { charged, .. }) => charged.count(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_interview_open_for_more_than_a_day_is_still_the_one_open_interview() {
    let house = House::new(&[]);
    house.tell(ONE, Command::Touch).unwrap();
    start(&house, 1);
    house.later(LATE);
    assert_eq!(start(&house, 2), Reply::No(No::InProgress { session: session(1), state: State::Begun }));
}

#[test]
fn a_free_void_counts_from_its_end_however_long_ago_it_was_held() {
    let house = House::new(&[]);
    house.tell(ONE, Command::Touch).unwrap();
    start(&house, 1);
    house.later(LATE);
    assert_eq!(end_early(&house, 1), 0);
    let costs = [2, 3, 4].map(|n| {
        start(&house, n);
        end_early(&house, n)
    });
    assert_eq!(costs, [0, 0, 100]);
}

#[test]
fn what_d1_refuses_is_tried_again_though_the_audit_that_found_it_was_cut_off() {
    let house = House::new(&[]);
    let picky = "create trigger picky before insert on entries begin select raise(abort, 'no'); end";
    house.database.execute_batch(picky).unwrap();
    let credits = Credits::milli(3000);
    let buy = Command::Purchase { key: "cs".to_owned(), credits, charge: "ch".to_owned(), paid: 999 };
    house.tell(ONE, buy).unwrap();
    // Its alarm is ringing just now, and hangs.
    let disk = house.disk(ONE);
    disk.alarm.set(None);
    // Refused together, refused alone, the balance told; then D1 is gone.
    house.failing.set(Failing::Before(4));
    assert!(house.tell(ONE, Command::Audit).is_err());
    let due = disk.database.query_row("select min(at) from due", [], |row| row.get::<_, Option<i64>>(0)).unwrap();
    assert!(
        due.is_some() && disk.alarm.get().is_some_and(|alarm| Some(alarm) <= due),
        "{:?} {due:?}",
        disk.alarm.get()
    );
}
