//! Accounts: their end, and whose the welcome is.

use futures_executor::block_on;
use serde_json::json;
use vocahire::domain::failure::Fault;
use vocahire::domain::id::UserId;
use vocahire::money::command::{Command, Kind, No, Reply};
use vocahire::people::account::{self, Claim, Welcome};
use vocahire::port::http::HttpFailure;

use super::clerk_events::{deliver, event, gone, person, tables, texts};
use super::signing::{KEYS, key_set};
use super::world::{Failing, House, code};

fn count(house: &House, table: &str) -> i64 {
    house.database.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

fn user(id: &str) -> UserId {
    UserId::parse(id).unwrap()
}

#[test]
fn a_closed_account_is_told_so_and_stays_closed() {
    let house = House::new(&[]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house.reply(200, &person("user_1", "Ann", 10).to_string());
    assert_eq!(house.get_as("user_1", "/api/user").status, 200);
    block_on(account::forget(&house.visit(), &user("user_1"), Welcome::Had)).unwrap();
    let before = tables(&house);
    house.later(3600);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    assert_eq!(code(&house.get_as("user_1", "/api/user")), "401 account_closed");
    house.reply(200, &person("user_1", "Ann", 99).to_string());
    assert_eq!(block_on(account::learn(&house.visit(), &user("user_1"))), Ok(()));
    assert_eq!(code(&house.get_as("user_1", "/api/user")), "401 account_closed");
    assert_eq!(tables(&house), before);
    // Gone between any two steps of the request: what was found before does not count.
    for step in 1..=3 {
        let house = House::new(&[]);
        house.reply(200, &key_set(&[("k1", &KEYS[0])]));
        house.reply(200, &person("user_1", "Ann", 10).to_string());
        let end = "insert into users (id, created_at, asked_at, deleted_at) values ('user_1', 1, 1, 1)
            on conflict (id) do update set deleted_at = 1";
        house.meanwhile.set(Some((step, end)));
        assert_eq!(code(&house.get_as("user_1", "/api/user")), "401 account_closed", "{step}");
        assert_eq!(texts(&house, "select json_array(email, name) from users"), ["[null,null]"], "{step}");
    }
}

#[test]
fn whoever_clerk_does_not_know_is_gone_there() {
    let house = House::new(&[]);
    let unregister = |status| {
        house.reply(status, "{}");
        block_on(account::unregister(&house.visit(), &user("user_1")))
    };
    assert_eq!([unregister(200), unregister(404)], [Ok(()), Ok(())]);
    for status in [302, 401, 429, 500] {
        assert!(matches!(unregister(status), Err(Fault::Provider { .. })), "{status}");
    }
    house.refuse(HttpFailure::TimedOut);
    let late = block_on(account::unregister(&house.visit(), &user("user_1")));
    assert_eq!(late, Err(Fault::ProviderTimeout { provider: "clerk" }));
    assert!(house.asked.borrow().iter().all(|ask| ask.url.ends_with("/v1/users/user_1")));
}

#[test]
fn the_welcome_is_claimed_once_by_address_and_stays_claimed() {
    let house = House::new(&[]);
    let settle = |id: &str| block_on(account::settle_claim(&house.visit(), &user(id))).unwrap();
    let tell = |id: &str, name: &str| {
        deliver(&house, &format!("msg_{id}"), &event("user.created", person(id, name, 10)));
    };
    assert_eq!(settle("user_1"), Claim::Unknown, "nobody has told us of them");
    deliver(&house, "msg_0", &event("user.created", json!({ "id": "user_1", "updated_at": 1 })));
    assert_eq!(settle("user_1"), Claim::Unknown, "no address is known");
    tell("user_1", "Ann");
    assert_eq!([settle("user_1"), settle("user_1")], [Claim::Mine, Claim::Mine]);
    tell("user_2", "ANN+more");
    assert_eq!([settle("user_2"), settle("user_1")], [Claim::Anothers, Claim::Mine]);
    // Somebody leaves before their claim was settled: the address has been used all the same.
    tell("user_3", "Cid");
    house.tell("user_3", Command::Touch).unwrap();
    deliver(&house, "msg_end", &event("user.deleted", gone("user_3")));
    tell("user_4", "cid");
    assert_eq!(settle("user_4"), Claim::Anothers);
    assert_eq!(settle("user_3"), Claim::Gone, "a closed account claims nothing more");
    // Who never had it has not used it up.
    tell("user_5", "Eve");
    deliver(&house, "msg_never", &event("user.deleted", gone("user_5")));
    tell("user_6", "eve");
    assert_eq!(settle("user_6"), Claim::Mine);
    deliver(&house, "msg_end1", &event("user.deleted", gone("user_1")));
    assert_eq!((settle("user_2"), count(&house, "welcome_claims")), (Claim::Anothers, 3));
}

fn wallet(house: &House, id: &str) -> Vec<Kind> {
    let lines = Command::Lines { own: false, before: None, limit: 50 };
    match house.tell(id, lines).unwrap() {
        Reply::Lines { lines, .. } => lines.iter().rev().map(|line| line.kind).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_account_gives_the_welcome_back() {
    let house = House::new(&[]);
    for id in ["user_1", "user_2"] {
        deliver(&house, &format!("msg_{id}"), &event("user.created", person(id, "Ann", 10)));
        house.tell(id, Command::Touch).unwrap();
        house.ring();
    }
    assert_eq!(wallet(&house, "user_1"), [Kind::Welcome]);
    assert_eq!(wallet(&house, "user_2"), [Kind::Welcome, Kind::WelcomeBack]);
}

#[test]
fn a_book_that_was_opened_while_its_person_was_deleted_closes_by_itself() {
    let house = House::new(&[]);
    deliver(&house, "msg_1", &event("user.created", person("user_1", "Ann", 10)));
    deliver(&house, "msg_2", &event("user.deleted", gone("user_1")));
    house.tell("user_1", Command::Touch).unwrap();
    house.ring();
    assert_eq!(wallet(&house, "user_1"), [Kind::Welcome, Kind::Closed]);
    assert_eq!(house.tell("user_1", Command::Touch).unwrap(), Reply::No(No::Closed));
}

/// Clerk was slow and its event late, and the person leaves at once: the address is learned before the account that
/// could tell it is deleted, so that a new account does not earn the welcome again.
#[test]
fn who_leaves_before_the_address_is_known_has_had_the_welcome_all_the_same() {
    let house = House::new(&[]);
    house.tell("user_1", Command::Touch).unwrap();
    house.tell("user_1", Command::Close { own: true }).unwrap();
    house.refuse(HttpFailure::TimedOut);
    house.ring();
    assert_eq!(count(&house, "welcome_claims"), 0);
    house.reply(200, &person("user_1", "Ann", 10).to_string());
    house.reply(200, "{}");
    house.later(5);
    house.ring();
    assert_eq!(
        (count(&house, "welcome_claims"), house.asked.borrow().len()),
        (1, 3),
        "asked twice, then deleted there"
    );
    assert_eq!(texts(&house, "select json_array(email, deleted_at is not null) from users"), ["[null,1]"]);
    deliver(&house, "msg_2", &event("user.created", person("user_2", "Ann", 20)));
    assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_2"))), Ok(Claim::Anothers));
}

#[test]
fn a_new_claim_secret_keeps_the_old_claims() {
    let (old, new) = ("o".repeat(32), "n".repeat(32));
    let house = House::new(&[("CLAIM_SECRET", &old)]);
    deliver(&house, "msg_1", &event("user.created", person("user_1", "Ann", 10)));
    assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_1"))), Ok(Claim::Mine));
    let mut rotated = House::new(&[("CLAIM_SECRET", &format!("{new},{old}"))]);
    rotated.database = house.database;
    let house = rotated;
    deliver(&house, "msg_2", &event("user.created", person("user_2", "Ann", 10)));
    assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_2"))), Ok(Claim::Anothers));
    deliver(&house, "msg_3", &event("user.updated", person("user_1", "Ann", 10)));
    assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_1"))), Ok(Claim::Mine));
    assert_eq!(count(&house, "welcome_claims"), 2, "one under each secret");
}

#[test]
fn clerk_is_asked_for_a_claim_when_no_event_came() {
    let house = House::new(&[]);
    assert!(matches!(block_on(account::learn(&house.visit(), &user("user_1"))), Err(Fault::Provider { .. })));
    house.reply(200, &person("user_1", "Ann", 10).to_string());
    assert_eq!(block_on(account::learn(&house.visit(), &user("user_1"))), Ok(()));
    assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_1"))), Ok(Claim::Mine));
    for (failing, claimed) in [(Failing::Before(1), 0), (Failing::After(1), 1)] {
        let house = House::new(&[]);
        deliver(&house, "msg_1", &event("user.created", person("user_1", "Ann", 10)));
        house.failing.set(failing);
        assert!(block_on(account::settle_claim(&house.visit(), &user("user_1"))).is_err());
        assert_eq!(count(&house, "welcome_claims"), claimed);
        house.failing.set(Failing::No);
        assert_eq!(block_on(account::settle_claim(&house.visit(), &user("user_1"))), Ok(Claim::Mine));
    }
}
