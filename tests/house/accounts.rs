//! Accounts: their end, and whose the welcome is.

use futures_executor::block_on;
use serde_json::json;
use vocahire::domain::failure::Fault;
use vocahire::domain::id::UserId;
use vocahire::people::account::{self, Claim};
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
    block_on(account::forget(&house.visit(), &user("user_1"))).unwrap();
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
    deliver(&house, "msg_end", &event("user.deleted", gone("user_3")));
    tell("user_4", "cid");
    assert_eq!(settle("user_4"), Claim::Anothers);
    assert_eq!(settle("user_3"), Claim::Unknown, "a closed account claims nothing more");
    deliver(&house, "msg_end1", &event("user.deleted", gone("user_1")));
    assert_eq!((settle("user_2"), count(&house, "welcome_claims")), (Claim::Anothers, 2));
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
