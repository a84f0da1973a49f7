//! The book against Stripe's events, both ways; events done again; and accounts that end with a plan.

use futures_executor::block_on;
use serde_json::{Value as Json, json};
use vocahire::domain::credits::Credits;
use vocahire::money::command::Command;
use vocahire::ops::night;

use super::signing::{KEYS, key_set};
use super::stripe::Payment;
use super::till::{available, call_as, covered, deliver, deliver_all, event, last, post_as, rows, shop, visit};
use super::world::{Call, Failing, House, code, json as body};

fn compare(house: &House) -> Json {
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    let answer = post_as(house, "user_admin", "/api/admin/reconcile", &json!({}));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

fn found(told: &Json) -> Vec<String> {
    let differences = told["differences"].as_array().unwrap();
    let mut found: Vec<String> = differences
        .iter()
        .map(|one| {
            format!(
                "{} {} {}",
                one["id"].as_str().unwrap(),
                one["owner"].as_str().unwrap_or("-"),
                one["what"].as_str().unwrap()
            )
        })
        .collect();
    found.sort();
    found
}

/// Paid, told, copied, and half an hour ago.
fn sold() -> (House, String) {
    let house = shop();
    let visit = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&visit, Payment::Paid);
    (house, visit)
}

#[test]
fn where_all_is_well_nothing_is_found() {
    let (house, _) = sold();
    deliver_all(&house);
    house.ring();
    house.later(1800);
    let told = compare(&house);
    assert_eq!((told["ok"].as_bool(), found(&told)), (Some(true), vec![]));
    assert_eq!((&told["round"]["events"], &told["round"]["different"]), (&json!(1), &json!(0)));
    assert_eq!((&told["stripe"]["mode"], &told["stripe"]["secretSet"]), (&json!("test"), &json!(true)));
}

#[test]
fn what_stripe_says_and_the_book_does_not_is_found() {
    let (house, _) = sold();
    let completed = event(&house, "checkout.session.completed").id;
    assert_eq!(found(&compare(&house)), Vec::<String>::new(), "it may be on its way still");
    house.later(1800);
    let untold = [format!("{completed} user_1 paid for, and not in the book")];
    assert_eq!(found(&compare(&house)), untold);
    // The row of the log alone is not enough.
    let log = "insert into webhook_events (provider, id, type, outcome, at) values ('stripe', ?1, 'x', 'stored', 1)";
    house.database.execute(log, [&completed]).unwrap();
    assert_eq!(found(&compare(&house)), untold);
    let answer = post_as(&house, "user_admin", "/api/admin/replay", &json!({ "event": completed }));
    assert_eq!(body(&answer), json!({ "done": "stored" }));
    house.ring();
    assert_eq!((found(&compare(&house)), available(&house, "user_1")), (vec![], 8000));
}

#[test]
fn an_event_that_was_not_taken_is_found() {
    let house = shop();
    let visit = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&visit, Payment::Paid);
    house.later(1800);
    let found = found(&compare(&house));
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found.iter().all(|found| found.contains(" - ") && found.ends_with("was not taken")), "{found:?}");
    assert!(house.lines.borrow().iter().any(|line| line.contains("payments compared") && line.contains("alert")));
}

#[test]
fn what_the_book_says_and_stripe_does_not_is_found() {
    let (house, _) = sold();
    deliver_all(&house);
    let [key, charge] = ["cs_never", "pi_never"].map(str::to_owned);
    house.tell("user_1", Command::Purchase { key, credits: Credits::milli(5000), charge, paid: 1400 }).unwrap();
    house.ring();
    house.later(1800);
    assert_eq!(found(&compare(&house)), ["cs_never user_1 in the book, and not paid for"]);
}

#[test]
fn a_refund_that_nobody_told_is_found() {
    let (house, _) = sold();
    deliver_all(&house);
    house.ring();
    house.till.stripe.refund(&last(&house, "charge"), 700);
    let refunded = event(&house, "charge.refunded");
    house.later(1800);
    let found_before = found(&compare(&house));
    assert!(
        found_before.contains(&format!("{} user_1 refunded, and not in the book", refunded.id)),
        "{found_before:?}"
    );
    deliver(&house, &refunded);
    house.ring();
    house.later(60);
    assert_eq!(found(&compare(&house)), Vec::<String>::new());
}

#[test]
fn the_night_compares_page_by_page_once_a_day() {
    let house = shop();
    house.till.stripe.now.set(house.seconds());
    for _ in 0..1150 {
        house.till.stripe.tell("charge.dispute.created", &json!({ "id": "dp_none" }));
    }
    let log =
        "insert into webhook_events (provider, id, type, outcome, at) select 'stripe', value ->> 0, 'x', 'ignored', ?2
        from json_each(?1)";
    let ids: Vec<[String; 1]> = house.till.stripe.events.borrow().iter().map(|event| [event.id.clone()]).collect();
    house.database.execute(log, (&serde_json::to_string(&ids).unwrap(), house.now.get())).unwrap();
    house.later(1800);
    let round = || rows(&house, "select json_array(events, different, finished_at is null) from payment_rounds");
    block_on(night::strike(&house.visit()));
    assert_eq!(round(), ["[1000,0,1]"], "ten pages at a stroke");
    house.till.fail(Failing::Before(1));
    block_on(night::strike(&house.visit()));
    assert_eq!(round(), ["[1000,0,1]"], "where Stripe is away it goes on later");
    house.till.fail(Failing::No);
    block_on(night::strike(&house.visit()));
    assert_eq!(round(), ["[1150,0,0]"]);
    let asked = house.till.stripe.asked.borrow().len();
    block_on(night::strike(&house.visit()));
    assert_eq!(house.till.stripe.asked.borrow().len(), asked, "once a day");
}

#[test]
fn an_event_is_done_again_safely() {
    let (house, _) = sold();
    let completed = event(&house, "checkout.session.completed").id;
    let replay = |user: &str, id: &str| post_as(&house, user, "/api/admin/replay", &json!({ "event": id }));
    for _ in 0..3 {
        assert_eq!(body(&replay("user_admin", &completed)), json!({ "done": "stored" }));
    }
    assert_eq!(available(&house, "user_1"), 8000);
    assert_eq!(code(&replay("user_admin", "evt_none")), "404 not_found");
    assert_eq!(code(&replay("user_admin", "../charges")), "404 not_found", "a name is no path");
    assert_eq!(code(&replay("user_1", &completed)), "403 forbidden");
    assert_eq!(code(&post_as(&house, "user_1", "/api/admin/reconcile", &json!({}))), "403 forbidden");
}

#[test]
fn strangers_learn_of_webhooks_only_whether_all_is_well() {
    let (house, _) = sold();
    let diagnostic = |user: &str| body(&call_as(&house, user, Call::get("/api/diagnostic/webhooks")));
    assert_eq!(diagnostic("user_1"), json!({ "ok": true }));
    house.till.fail(Failing::Before(1));
    deliver(&house, &event(&house, "checkout.session.completed"));
    assert_eq!(diagnostic("user_1"), json!({ "ok": false }));
    let told = diagnostic("user_admin");
    assert_eq!((&told["failures"][0]["provider"], &told["failures"][0]["tries"]), (&json!("stripe"), &json!(1)));
    assert_eq!(told["stripe"]["lastEventAt"], Json::Null);
    house.till.fail(Failing::No);
    deliver(&house, &event(&house, "checkout.session.completed"));
    house.later(7);
    assert_eq!(diagnostic("user_admin")["stripe"]["lastEventAgeSeconds"], 7);
}

/// `user_1` with a plan that is paid.
fn subscribed() -> House {
    let house = shop();
    let visit = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&visit, Payment::Paid);
    deliver_all(&house);
    house
}

fn leave(house: &House) {
    assert_eq!(call_as(house, "user_1", Call::of("DELETE", "/api/me")).status, 200);
}

fn status(house: &House) -> String {
    house.till.stripe.get(&last(house, "subscription"))["status"].as_str().unwrap().to_owned()
}

const LEFT: &str = "select person from customers union all select person from plans union all select person from
    consents union all select person from checkouts";

#[test]
fn who_leaves_pays_no_longer() {
    let house = subscribed();
    assert!(!rows(&house, LEFT).is_empty());
    leave(&house);
    house.reply(404, "");
    house.reply(404, "");
    house.ring();
    assert_eq!((status(&house).as_str(), rows(&house, LEFT).len()), ("canceled", 0));
    assert!(rows(&house, "select id from users where deleted_at is not null").contains(&"user_1".to_owned()));
    assert_eq!(deliver_all(&house).last().unwrap(), "customer.subscription.deleted stored");
}

#[test]
fn a_plan_ends_at_stripe_however_long_stripe_is_away() {
    let house = subscribed();
    leave(&house);
    house.till.fail(Failing::Before(1));
    for _ in 0..4 {
        (0..4).for_each(|_| house.reply(404, ""));
        house.ring();
        house.later(600);
    }
    assert_eq!(status(&house), "active");
    assert!(!rows(&house, "select person from customers").is_empty(), "it is still known whose it is");
    assert!(
        rows(&house, "select id from users where deleted_at is not null").contains(&"user_1".to_owned()),
        "the rest goes"
    );
    house.till.fail(Failing::After(2));
    house.later(3600);
    house.ring();
    assert_eq!(status(&house), "canceled", "done, and not known to be");
    house.till.fail(Failing::No);
    house.later(3600);
    house.ring();
    assert!(rows(&house, LEFT).is_empty());
}

#[test]
fn what_is_paid_after_the_end_is_booked_and_told_or_ended_at_once() {
    let house = shop();
    let [credits, plan] = ["pack5", "monthly"].map(|product| visit(&house, "user_1", product));
    leave(&house);
    (0..4).for_each(|_| house.reply(404, ""));
    house.ring();
    [&credits, &plan].iter().for_each(|visit| house.till.stripe.pay(visit, Payment::Paid));
    let told = deliver_all(&house);
    assert!(told.contains(&"checkout.session.completed stored".to_owned()), "{told:?}");
    house.ring();
    assert_eq!(status(&house), "canceled", "a plan of nobody goes on taking money");
    assert_eq!(covered(&house, "user_1"), None);
    let lines = house.lines.borrow();
    for alert in ["late_purchase", "late plan"] {
        assert!(
            lines.iter().any(|line| line.contains(alert) && line.contains("alert")),
            "an operator is told of {alert}"
        );
    }
}

#[test]
fn a_plan_that_was_paid_by_somebody_who_bought_while_leaving_is_ended_too() {
    let house = shop();
    let plan = visit(&house, "user_1", "monthly");
    let known = "select customer from customers where person = 'user_1'";
    let customer = house.database.query_row(known, [], |row| row.get::<_, String>(0)).unwrap();
    leave(&house);
    (0..4).for_each(|_| house.reply(404, ""));
    house.ring();
    assert!(rows(&house, LEFT).is_empty());
    // What a checkout wrote that was still under way.
    let written = "insert into customers (person, customer, at) values ('user_1', ?1, 1)";
    house.database.execute(written, [customer]).unwrap();
    house.till.stripe.pay(&plan, Payment::Paid);
    deliver_all(&house);
    assert_eq!((status(&house).as_str(), covered(&house, "user_1")), ("canceled", None));
    let told = house.lines.borrow().iter().filter(|line| line.contains("late plan")).count();
    assert_eq!(told, 1, "an operator is told once");
    house.later(91 * 86_400);
    block_on(vocahire::money::till::sweep(&house.visit())).unwrap();
    assert!(rows(&house, LEFT).is_empty());
}
