//! What people and operators see of credits, and how an account ends: through the front door of the house.

use serde_json::{Value as Json, json};
use vocahire::domain::credits::Credits;
use vocahire::edge::{Answer, Body};
use vocahire::money::command::{Command, Hold};
use vocahire::money::reconcile;
use vocahire::ops::night;

use super::signing::{KEYS, claims, key_set, token};
use super::world::{Call, House, code, header, json as body};

fn house() -> House {
    let house = House::new(&[]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house
}

fn call_as(house: &House, user: &str, call: Call) -> Answer {
    let token = token("k1", &KEYS[0], &claims(user, house.seconds()));
    house.call(&call.with("authorization", &format!("Bearer {token}")))
}

fn get(house: &House, user: &str, path: &str) -> Json {
    let answer = call_as(house, user, Call::get(path));
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    body(&answer)
}

fn adjust(house: &House, key: &str, amount: &str, reason: &str) -> Answer {
    let wish = json!({ "userId": "user_1", "amount": amount, "reason": reason }).to_string();
    let call = Call::of("POST", "/api/admin/credits").with("content-type", "application/json");
    call_as(house, "user_admin", call.with("idempotency-key", key).body(Ok(wish.as_bytes())))
}

#[test]
fn whoever_signs_in_has_three_credits() {
    let house = house();
    for _ in 0..2 {
        let me = get(&house, "user_1", "/api/user");
        let money = ["credits", "held", "available", "owed"].map(|name| me[name].as_str().unwrap().to_owned());
        assert_eq!(money, ["3.00", "0.00", "3.00", "0.00"]);
        assert_eq!((me["isPremium"].as_bool(), &me["premiumUntil"]), (Some(false), &Json::Null));
    }
}

#[test]
fn a_wallet_that_does_not_answer_is_never_a_zero() {
    let house = house();
    house.silent.set(true);
    for path in ["/api/user", "/api/credits/statement"] {
        let answer = call_as(&house, "user_1", Call::get(path));
        assert_eq!((code(&answer).as_str(), header(&answer, "retry-after")), ("503 wallet_unavailable", Some("2")));
    }
}

#[test]
fn the_statement_comes_in_pages_and_as_a_file() {
    let house = house();
    let empty = get(&house, "user_1", "/api/credits/statement");
    assert_eq!((empty["available"].as_str(), empty["lines"].as_array().unwrap().len()), (Some("0.00"), 0));
    get(&house, "user_1", "/api/user");
    for n in 0..6 {
        assert_eq!(adjust(&house, &format!("key-000{n}"), "0.10", "=a \"reason\"").status, 200);
    }
    let mut path = "/api/credits/statement?limit=3".to_owned();
    let mut numbers = Vec::new();
    loop {
        let page = get(&house, "user_1", &path);
        assert_eq!((page["settled"].as_str(), page["available"].as_str()), (Some("3.60"), Some("3.60")));
        numbers.extend(page["lines"].as_array().unwrap().iter().map(|line| line["number"].as_i64().unwrap()));
        let Some(next) = page["next"].as_str() else { break };
        path = format!("/api/credits/statement?limit=3&before={next}");
    }
    assert_eq!(numbers, [7, 6, 5, 4, 3, 2, 1]);
    let last = &get(&house, "user_1", "/api/credits/statement?limit=1")["lines"][0];
    assert_eq!((last["text"].as_str(), last["amount"].as_str()), (Some("Given by us: =a \"reason\""), Some("0.10")));
    assert_eq!((&last["key"], &last["by"]), (&Json::Null, &Json::Null), "whose hand it was is for operators");

    let file = call_as(&house, "user_1", Call::get("/api/credits/statement?format=csv"));
    assert_eq!(header(&file, "content-type"), Some("text/csv; charset=utf-8"));
    let Body::Text(text) = &file.body else { panic!("{file:?}") };
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines.len(), 8);
    assert!(
        lines[1].starts_with("1,") && lines[1].contains(",welcome,\"Welcome credits\",3.00,0.00,3.00,3.00,0.00,\"\"")
    );
    assert!(lines[7].contains("\"Given by us: =a \"\"reason\"\"\""));
}

#[test]
fn questions_about_a_statement_must_be_sound() {
    let house = house();
    for query in ["limit=0", "limit=201", "limit=x", "before=0", "before=-1", "before=x", "format=xml", "limit="] {
        let answer = call_as(&house, "user_1", Call::get(&format!("/api/credits/statement?{query}")));
        assert_eq!(code(&answer), "400 bad_request", "{query}");
    }
}

#[test]
fn an_operator_finds_people_and_gives_once() {
    let house = house();
    assert_eq!(code(&adjust(&house, "key-0001", "1.00", "sorry")), "409 conflict", "nobody opened that wallet");
    get(&house, "user_1", "/api/user");
    let done = adjust(&house, "key-0001", "1.50", "sorry");
    assert_eq!(
        body(&done),
        json!({ "number": 2, "settled": "4.50", "held": "0.00", "available": "4.50", "owed": "0.00" })
    );
    assert_eq!(adjust(&house, "key-0001", "1.50", "sorry").body, done.body, "a repeat is told the same");
    assert_eq!(code(&adjust(&house, "key-0001", "1.60", "sorry")), "409 idempotency_mismatch");
    assert_eq!(code(&adjust(&house, "key-0002", "-4.51", "a mistake")), "422 unprocessable");
    assert_eq!(adjust(&house, "key-0003", "-0.5", "a mistake").status, 200);
    for (amount, reason) in [("0", "zero"), ("1.005", "too fine"), ("1e3", "no"), ("1.00", "no"), ("1.00", "a\u{7}b c")]
    {
        assert_eq!(code(&adjust(&house, "key-0004", amount, reason)), "400 bad_request", "{amount} {reason}");
    }
    assert_eq!(code(&adjust(&house, "short", "1.00", "sorry")), "400 bad_request");
    let statement = get(&house, "user_admin", "/api/admin/statement?user=user_1&limit=2");
    let line = &statement["lines"][1];
    assert_eq!((line["key"].as_str(), line["by"].as_str()), (Some("admin:key-0001"), Some("user_admin")));
    assert_eq!(code(&call_as(&house, "user_admin", Call::get("/api/admin/statement?user=user_9"))), "409 conflict");
    assert_eq!(code(&call_as(&house, "user_admin", Call::get("/api/admin/statement"))), "400 bad_request");
    house.ring();
    let found = get(&house, "user_admin", "/api/admin/users?q=user_1");
    let user = &found["users"][0];
    assert_eq!((user["id"].as_str(), user["available"].as_str()), (Some("user_1"), Some("4.00")));
    let names = |query: &str| {
        get(&house, "user_admin", &format!("/api/admin/users?q={query}"))["users"].as_array().unwrap().len()
    };
    assert_eq!((names("user_"), names("%25"), names("user_2"), names("")), (1, 0, 0, 1));
    assert_eq!(code(&call_as(&house, "user_1", Call::get("/api/admin/users"))), "403 forbidden");
}

#[test]
fn wishes_that_say_more_than_they_should_are_refused() {
    let house = house();
    for wish in
        [r#"{"userId":"user_1","amount":"1","reason":"why","role":"admin"}"#, r#"{"userId":"user_1"}"#, "[]", "1"]
    {
        let call = Call::of("POST", "/api/admin/credits").with("content-type", "application/json");
        let answer = call_as(&house, "user_admin", call.with("idempotency-key", "key-0001").body(Ok(wish.as_bytes())));
        assert_eq!(code(&answer), "400 bad_request", "{wish}");
    }
}

#[test]
fn a_deleted_account_is_gone_and_a_repeat_is_told_the_same() {
    let house = house();
    get(&house, "user_1", "/api/user");
    for _ in 0..2 {
        let answer = call_as(&house, "user_1", Call::of("DELETE", "/api/me"));
        assert_eq!(body(&answer), json!({ "closed": true, "forfeited": "3.00" }));
    }
    for path in ["/api/user", "/api/credits/statement"] {
        assert_eq!(code(&call_as(&house, "user_1", Call::get(path))), "401 account_closed", "{path}");
    }
    assert_eq!(code(&adjust(&house, "key-0001", "1.00", "sorry")), "409 conflict");
    let seen = get(&house, "user_admin", "/api/admin/statement?user=user_1");
    assert_eq!(seen["lines"][0]["kind"], "closed");
    let never = call_as(&house, "user_2", Call::of("DELETE", "/api/me"));
    assert_eq!(body(&never), json!({ "closed": true, "forfeited": "0.00" }));
}

#[test]
fn the_night_finds_what_differs_and_asks_everybody() {
    let house = house();
    for n in 0..90 {
        let owner = format!("user_{n:03}");
        house.tell(&owner, Command::Touch).unwrap();
    }
    house.ring();
    house.database.execute_batch("update wallets set user = 1 where owner = 'user_007'").unwrap();
    house.database.execute_batch("delete from entries where owner = 'user_050'").unwrap();
    house.later(24 * 3600);
    futures_executor::block_on(reconcile::night(&house.visit())).unwrap();
    let told = r#""checked":90,"different":2,"event":"ledger round","level":"alert""#;
    assert_eq!(house.lines.borrow().iter().filter(|line| line.contains(told)).count(), 1, "somebody is told");
    let ledger = get(&house, "user_admin", "/api/diagnostic/ledger");
    assert_eq!((ledger["ok"].as_bool(), ledger["parked"].as_i64()), (Some(false), Some(0)));
    let round = &ledger["round"];
    assert_eq!((round["checked"].as_i64(), round["different"].as_i64()), (Some(90), Some(2)));
    assert!(round["finishedAt"].is_string());
    let mut owners: Vec<&str> =
        ledger["differences"].as_array().unwrap().iter().map(|one| one["owner"].as_str().unwrap()).collect();
    owners.sort_unstable();
    assert_eq!(owners, ["user_007", "user_050"]);
    assert_eq!(body(&house.call(&Call::get("/api/diagnostic/ledger"))), json!({ "ok": false }));

    house.database.execute_batch("update wallets set user = 3000 where owner = 'user_007'").unwrap();
    let one = get(&house, "user_admin", "/api/diagnostic/ledger?user=user_007");
    assert_eq!((one["user"]["entries"].as_i64(), one["user"]["problems"].as_array().unwrap().len()), (Some(1), 0));
    assert_eq!(one["differences"].as_array().unwrap().len(), 1, "what was mended is no difference any more");
}

#[test]
fn a_night_that_is_too_long_for_one_stroke_goes_on_where_it_stopped_even_the_next_day() {
    let house = house();
    for n in 0..450 {
        house.tell(&format!("user_{n:03}"), Command::Touch).unwrap();
    }
    house.ring();
    let round = |house: &House| {
        let sql = "select day, upto, checked, finished_at is not null from ledger_rounds order by day";
        let mut rows = house.database.prepare(sql).unwrap();
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let rows: Vec<(String, String, i64, bool)> = rows.query_map([], row).unwrap().map(Result::unwrap).collect();
        rows
    };
    let strike = || futures_executor::block_on(reconcile::night(&house.visit())).unwrap();
    strike();
    let [(day, upto, 400, false)] = &round(&house)[..] else { panic!("{:?}", round(&house)) };
    assert_eq!(upto, "user_399");
    house.later(24 * 3600);
    strike();
    assert_eq!(round(&house), [(day.clone(), "user_449".to_owned(), 450, true)], "yesterday's is finished first");
    strike();
    assert_eq!(round(&house).len(), 2);
}

#[test]
fn an_entry_that_was_parked_is_taken_when_what_stood_in_its_way_is_mended() {
    let house = house();
    get(&house, "user_1", "/api/user");
    let picky = "create trigger picky before insert on entries begin select raise(abort, 'no'); end";
    house.database.execute_batch(picky).unwrap();
    for _ in 0..14 {
        house.ring();
        house.later(600);
    }
    let one = get(&house, "user_admin", "/api/diagnostic/ledger?user=user_1");
    assert_eq!((one["user"]["parked"].as_i64(), one["parked"].as_i64()), (Some(1), Some(1)));
    house.database.execute_batch("drop trigger picky").unwrap();
    let one = get(&house, "user_admin", "/api/diagnostic/ledger?user=user_1");
    assert_eq!((one["user"]["parked"].as_i64(), one["ok"].as_bool()), (Some(0), Some(true)));
}

#[test]
fn people_are_found_by_long_beginnings_too() {
    let house = house();
    let (name, email) = ("N".repeat(70), format!("{}@example.test", "a".repeat(60)));
    let sql = "insert into users (id, email, name, created_at, asked_at) values ('user_1', ?1, ?2, 1, 1)";
    house.database.execute(sql, [&email, &name]).unwrap();
    for begins in [email.to_uppercase(), "n".repeat(65), "user_1".to_owned()] {
        let found = get(&house, "user_admin", &format!("/api/admin/users?q={begins}"));
        assert_eq!(found["users"].as_array().unwrap().len(), 1, "{begins}");
    }
}

#[test]
fn a_wallet_whose_alarm_was_lost_is_found_by_the_night() {
    let house = house();
    get(&house, "user_1", "/api/user");
    house.disk("user_1").alarm.set(None);
    house.later(24 * 3600);
    futures_executor::block_on(night::strike(&house.visit()));
    let count = house.database.query_row("select count(*) from wallets", [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count, 1, "D1 was told");
    assert!(house.disk("user_1").alarm.get().is_some(), "and what else is due rings again");
}

#[test]
fn the_log_of_events_is_kept_for_ninety_days_and_a_broken_round_keeps_nobody_from_sweeping() {
    let house = house();
    let sql = "insert into webhook_events (provider, id, type, outcome, at)
        values ('clerk', ?1, 'user.created', 'stored', ?2)";
    for (id, age) in [("old", 90 * 86_400 + 1), ("kept", 90 * 86_400 - 1)] {
        house.database.execute(sql, rusqlite::params![id, (house.seconds() - age) * 1000]).unwrap();
    }
    house.database.execute_batch("drop table ledger_rounds").unwrap();
    futures_executor::block_on(night::strike(&house.visit()));
    let kept: String =
        house.database.query_row("select group_concat(id) from webhook_events", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "kept");
    assert!(house.lines.borrow().iter().any(|line| line.contains("cron ledger round")));
}

#[test]
fn strangers_are_counted_and_the_known_are_not() {
    let house = house();
    let from = |path: &str| Call::get(path).with("cf-connecting-ip", "203.0.113.7");
    for call in [from("/api/health"), from("/"), from("/api/user"), from("/nowhere"), from("/api/diagnostic/env")] {
        house.call(&call);
    }
    house.call(&Call::of("OPTIONS", "/api/user").with("cf-connecting-ip", "203.0.113.7"));
    house.call(&Call::of("PUT", "/api/user").with("cf-connecting-ip", "203.0.113.7"));
    house.call(&from("/api/user").with("authorization", "Bearer forged"));
    assert_eq!(house.counted.borrow().len(), 8);
    house.fenced.set(true);
    let answer = house.call(&from("/api/health"));
    assert_eq!((code(&answer).as_str(), header(&answer, "retry-after")), ("429 rate_limited", Some("60")));
    assert_eq!(code(&house.call(&from("/api/user").with("authorization", "Bearer forged"))), "429 rate_limited");
    assert_eq!(call_as(&house, "user_1", from("/api/user")).status, 200, "who is known passes");
    assert_eq!(house.counted.borrow().len(), 10);
    assert_eq!(house.call(&Call::get("/api/health").with("cf-connecting-ip", "127.0.0.1")).status, 200);
}

#[test]
fn held_and_owed_are_told_apart() {
    let house = house();
    get(&house, "user_1", "/api/user");
    let hold = Hold {
        key: "one".to_owned(),
        fingerprint: String::new(),
        session: vocahire::domain::id::SessionId::parse("ses_1").unwrap(),
        person: "user_1".to_owned(),
        seconds: 1800,
        replace: None,
        credits: false,
    };
    house.tell("user_1", Command::Hold(hold)).unwrap();
    let buy = |credits| Command::Purchase {
        key: "cs".to_owned(),
        credits: Credits::milli(credits),
        charge: "ch".to_owned(),
        paid: 500,
    };
    house.tell("user_1", buy(5000)).unwrap();
    house
        .tell(
            "user_1",
            Command::Adjust {
                key: "spent".to_owned(),
                amount: Credits::milli(-6000),
                reason: "spent".to_owned(),
                actor: "user_admin".to_owned(),
            },
        )
        .unwrap();
    house.tell("user_1", Command::Clawback { charge: "ch".to_owned(), refunded: 500 }).unwrap();
    let me = get(&house, "user_1", "/api/user");
    let money = ["credits", "held", "available", "owed"].map(|name| me[name].as_str().unwrap().to_owned());
    assert_eq!(money, ["1.00", "1.00", "0.00", "4.00"]);
    let page = get(&house, "user_1", "/api/credits/statement?limit=1");
    let line = &page["lines"][0];
    assert_eq!(line["text"], "Payment refunded: its credits are taken back; 4.00 of it is owed");
    assert_eq!((line["amount"].as_str(), line["owed"].as_str()), (Some("-5.00"), Some("4.00")));
}
