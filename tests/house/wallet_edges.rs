//! The Wallet at its edges: D1 away or refusing, a broken chain, closed books, organisations.

use vocahire::domain::credits::Credits;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::Ending;
use vocahire::money::command::{Command, Hold, Kind, No, Reply};

use super::wallet::{
    ONE, adjust, begin, buy, has, hold, house, lines, outcome, report, say, settle, standing, touch, wish,
};
use super::world::{Failing, House};

#[test]
fn the_copy_in_d1_says_the_same_and_an_outage_loses_nothing() {
    let house = house();
    house.failing.set(Failing::Before(1));
    hold(&house, wish(1)).unwrap();
    for _ in 0..20 {
        house.ring();
        house.later(300);
    }
    let count = || house.database.query_row("select count(*) from entries", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count(), 0);
    house.failing.set(Failing::No);
    house.later(600);
    house.ring();
    assert_eq!(count(), 3, "welcome, hold, lapsed");
    let report = report(&house);
    assert_eq!((report.entries, report.mirrored, report.problems), (3, 3, vec![]));
}

#[test]
fn an_entry_that_d1_refuses_is_parked_and_the_rest_goes_on() {
    let house = house();
    house
        .database
        .execute_batch(
            "create trigger picky before insert on entries when new.seq = 2 begin select raise(abort, 'no'); end",
        )
        .unwrap();
    say(&house, adjust("a", 10));
    say(&house, adjust("b", 10));
    for _ in 0..14 {
        house.ring();
        house.later(600);
    }
    let count = |sql: &str| house.database.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((count("select count(*) from entries"), count("select user from wallets")), (2, 3020));
    assert_eq!(house.lines.borrow().iter().filter(|line| line.contains("parked")).count(), 1);
    let report = report(&house);
    assert_eq!((report.parked, report.problems.len()), (1, 1), "{report:?}");
}

#[test]
fn a_changed_entry_breaks_the_chain() {
    let house = house();
    say(&house, adjust("a", 10));
    house.disk(ONE).database.execute_batch("update entries set reason = 'another' where seq = 2").unwrap();
    assert!(report(&house).problems.iter().any(|problem| problem == "entry 2 is not what was written"));
}

#[test]
fn a_closed_wallet_takes_part_in_nothing() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    let closed = Reply::Closed { forfeited: Credits::milli(3000) };
    assert_eq!(say(&house, Command::Close { own: true }), closed);
    assert_eq!(say(&house, Command::Close { own: false }), closed, "a repeat is told the same");
    for command in [Command::Touch, Command::Hold(wish(2)), adjust("a", 1)] {
        assert_eq!(say(&house, command), Reply::No(No::Closed));
    }
    assert_eq!(begin(&house, 1), Reply::No(No::Ended));
    has(&standing(say(&house, buy("cs", "ch", 5000))), 5000, 0);
    house.ring();
    let alerts = house.lines.borrow().iter().filter(|line| line.contains("ch is to be refunded")).count();
    assert_eq!(alerts, 1, "an operator is told of the late purchase");
    assert_eq!(house.tell("user_2", Command::Close { own: false }).unwrap(), Reply::No(No::Untouched));
    assert!(
        house
            .disk("user_2")
            .database
            .query_row("select count(*) from sqlite_master", [], |r| r.get::<_, i64>(0))
            .unwrap()
            == 0
    );
}

#[test]
fn what_comes_back_into_a_closed_wallet_is_given_up_too() {
    let house = house();
    hold(&house, wish(1)).unwrap();
    begin(&house, 1);
    assert_eq!(say(&house, Command::Close { own: true }), Reply::Closed { forfeited: Credits::milli(2000) });
    let end = settle(&house, 1, outcome(Ending::EndedByUser, 900));
    assert_eq!(end.charged.count(), 500);
    has(&standing(say(&house, Command::Look)), 0, 0);
    assert_eq!(lines(&house)[0].kind, Kind::Closed);
}

#[test]
fn starts_that_a_fault_of_others_ended_count_only_among_thirty() {
    let house = house();
    for n in 0..30 {
        hold(&house, wish(n)).unwrap();
        begin(&house, n);
        settle(&house, n, outcome([Ending::ProviderFault, Ending::OurFault, Ending::NoOutput][n % 3], 5));
    }
    has(&touch(&house), 3000, 0);
    house.later(600);
    let retry_after = Millis::of_seconds(3000);
    assert_eq!(hold(&house, wish(30)).unwrap_err(), No::RateLimited { retry_after }, "whosever fault they were");
    house.later(3000);
    hold(&house, wish(30)).unwrap();
}

#[test]
fn an_amount_beyond_counting_is_refused_and_not_tried_again() {
    let house = house();
    say(&house, adjust("a", 999_999_999_990));
    assert_eq!(say(&house, adjust("b", 999_999_999_990)), Reply::No(No::Impossible));
}

#[test]
fn an_organisations_book_is_opened_by_a_purchase_and_holds_many() {
    let house = House::new(&[]);
    let tell = |command| house.tell("org_1", command).unwrap();
    assert_eq!(tell(Command::Touch), Reply::No(No::Untouched), "no welcome, no book");
    assert_eq!(tell(Command::Look), Reply::No(No::Untouched));
    tell(buy("cs", "ch", 5000));
    for n in 0..3 {
        let reply = tell(Command::Hold(Hold { person: format!("user_{n}"), ..wish(n) }));
        assert!(matches!(reply, Reply::Held(_)), "{reply:?}");
    }
    assert!(matches!(
        tell(Command::Hold(Hold { person: "user_0".to_owned(), ..wish(9) })),
        Reply::No(No::InProgress { .. })
    ));
    has(&standing(tell(Command::Look)), 5000, 3000);
}
