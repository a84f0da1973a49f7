//! What is true of the shop in the end, reckoned once more from Stripe's things alone.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value as Json, json};
use vocahire::money::command::{Kind, Line};
use vocahire::money::{compare, reconcile, till};
use vocahire::port::clock::Clock;

use super::super::book::DAY;
use super::super::history;
use super::super::ports::Seat;
use super::super::sim::{OWNERS, Object, PEOPLE, Sim};
use super::id;

const GRACE: i64 = 3 * DAY;

/// 1. All that was acknowledged is in the log, and nothing failed for good.
/// 2. What the book sold is what was paid at Stripe, less what went back.
/// 3. What is covered is what the plans there cover.
/// 4. Compared with Stripe's own events nothing is missing.
/// 5. Of who is gone nothing is left in the end, and nothing of theirs goes on.
pub fn at_rest(sim: &Rc<Sim>) {
    // 1
    logged(sim);
    for object in &sim.objects[..PEOPLE] {
        // 2
        sold(sim, object);
        // 3
        if !object.wallet().book.borrow().closed {
            covered(sim, object);
        }
    }
    visits(sim);
    // 4
    compared(sim);
    // 5
    swept(sim);
    for object in sim.objects[..PEOPLE].iter().filter(|object| object.wallet().book.borrow().closed) {
        left(sim, object);
    }
}

fn count(sim: &Sim, sql: &str, about: &str) -> i64 {
    sim.d1.query_row(sql, [about], |row| row.get(0)).unwrap()
}

fn logged(sim: &Sim) {
    for event in sim.shops.acknowledged.borrow().iter() {
        let logged = count(sim, "select count(*) from webhook_events where provider = 'stripe' and id = ?1", event);
        assert_eq!(logged, 1, "truth 7: {event} is not in the log");
    }
    let failures = count(sim, "select count(*) from webhook_failures where provider = ?1", "stripe");
    assert_eq!(failures, 0, "a failure stays when everything was delivered");
}

fn of(sim: &Sim, object: &Object, kind: &str) -> Vec<Json> {
    let who = OWNERS[object.number];
    sim.shops.stripe.all(kind, |thing| thing["metadata"]["user"] == who)
}

fn is_paid(visit: &Json) -> bool {
    visit["status"] == "complete" && visit["payment_status"] != "unpaid"
}

/// Truths 1 and 2: each paid visit is in the book once, and nothing else that could be a visit.
fn sold(sim: &Sim, object: &Object) {
    let (book, who) = (object.wallet().book.borrow(), OWNERS[object.number]);
    let bought =
        |line: &&Line| line.kind == Kind::Purchase && line.key.as_ref().is_some_and(|key| key.contains("cs_test"));
    let visits = of(sim, object, "checkout.session");
    let paid: Vec<&Json> = visits.iter().filter(|visit| visit["mode"] == "payment" && is_paid(visit)).collect();
    let in_book: Vec<&Line> = book.lines.iter().filter(bought).collect();
    assert_eq!(in_book.len(), paid.len(), "truth 2: what {who} has paid and what was sold to them");
    for visit in paid {
        let key = format!("purchase:{}", id(visit));
        let line = in_book.iter().find(|line| line.key.as_ref() == Some(&key));
        let line = line.unwrap_or_else(|| panic!("truth 7: {key} of {who} is paid and not in the book"));
        let credits = if visit["metadata"]["product"] == "pack3" { 3000 } else { 5000 };
        assert_eq!(line.postings.bought.negative().count(), credits, "{key}");
        let Some(payment) = visit["payment_intent"].as_str() else { continue };
        let of_it = book.lines.iter().filter(|line| line.reference.as_deref() == Some(payment));
        let taken: i64 = of_it.map(|line| line.postings.refunded.count()).sum();
        let charge = &sim.shops.stripe.all("charge", |charge| charge["payment_intent"] == payment)[0];
        let (least, most) = gone(sim, charge, credits);
        assert!((least..=most).contains(&taken), "{taken} taken back of {key}, not {least} to {most}: {charge}");
    }
}

/// What must have been taken back: of a refund that failed, perhaps. In whole hundredths, for the buyer.
fn gone(sim: &Sim, charge: &Json, credits: i64) -> (i64, i64) {
    let number = |name: &str| charge[name].as_i64().unwrap();
    let part = |refunded: i64| credits * refunded / number("amount") / 10 * 10;
    let is_taken = |dispute: &Json| ["needs_response", "lost"].iter().any(|status| dispute["status"] == *status);
    let disputes = sim.shops.stripe.all("dispute", |dispute| dispute["charge"] == charge["id"]);
    if disputes.iter().any(is_taken) {
        return (credits, credits);
    }
    (part(number("amount_refunded")), part(number("most_refunded")))
}

/// Until when a plan covers; None for one that covers nothing now.
fn covers(sim: &Sim, plan: &Json) -> Option<i64> {
    let item = &plan["items"]["data"][0];
    let at = |name: &str| item[name].as_i64().unwrap() * 1000;
    let payment = &plan["latest_invoice"]["payments"]["data"][0]["payment"]["payment_intent"];
    let charges = sim.shops.stripe.all("charge", |charge| !payment.is_null() && charge["payment_intent"] == *payment);
    let is_back = |charge: &Json| charge["amount"] == charge["amount_refunded"] || gone(sim, charge, 1000).0 == 1000;
    if charges.iter().any(is_back) {
        return None;
    }
    match plan["status"].as_str().unwrap() {
        "active" => {
            let end = at("current_period_end");
            Some(plan["cancel_at"].as_i64().map_or(end, |asked| end.min(asked * 1000)) + GRACE)
        }
        "past_due" => Some(at("current_period_start") + GRACE),
        _ => None,
    }
}

/// Truth 7: the cover is what Stripe's plans say, whatever way it was told.
fn covered(sim: &Sim, object: &Object) {
    let now = sim.now.get() + sim.shift.get();
    let plans = of(sim, object, "subscription");
    let wanted = plans.iter().filter_map(|plan| covers(sim, plan)).max().filter(|until| *until > now);
    let known = object.wallet().book.borrow().plan.map(|(until, _)| until).filter(|until| *until > now);
    assert_eq!(known, wanted, "truth 7: {} is covered otherwise than by {plans:?}", OWNERS[object.number]);
    if wanted.is_some() {
        sim.tally.count("shop", "covered in the end");
    }
}

/// What was written of somebody while they were leaving goes with the log.
fn swept(sim: &Rc<Sim>) {
    sim.later(91 * DAY);
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move { till::sweep(&seat).await.unwrap() });
    history::quiet(sim);
}

fn left(sim: &Sim, object: &Object) {
    let who = OWNERS[object.number];
    for plan in of(sim, object, "subscription") {
        assert_eq!(plan["status"], "canceled", "{who} is gone, and {} goes on", id(&plan));
    }
    for table in ["customers", "plans", "consents", "checkouts"] {
        let rows = count(sim, &format!("select count(*) from {table} where person = ?1"), who);
        assert_eq!(rows, 0, "{who} is gone, and stands in {table}");
    }
}

/// A plan of somebody who is gone.
fn is_late(sim: &Sim, visit: &Json) -> bool {
    let who = sim.objects.iter().find(|object| visit["metadata"]["user"] == object.name());
    visit["mode"] == "subscription" && who.is_some_and(|object| object.wallet().book.borrow().closed)
}

/// What pages are told of a visit that they know of.
fn visits(sim: &Sim) {
    for visit in sim.shops.stripe.all("checkout.session", |visit| visit["status"] != "open") {
        let told = sim.d1.query_row("select state from checkouts where id = ?1", [id(&visit)], |row| row.get(0));
        let told: String = match told {
            Ok(told) => told,
            Err(_) => continue,
        };
        let wanted = match visit["status"].as_str().unwrap() {
            "expired" => "expired",
            // Whoever left before it was told has got nothing.
            _ if is_paid(&visit) && told == "failed" && is_late(sim, &visit) => "failed",
            _ if is_paid(&visit) => "done",
            _ if visit["given_up"] == true => "failed",
            _ => "waiting",
        };
        assert_eq!(told, wanted, "{visit}");
        sim.tally.count("at rest", if wanted == "done" { "a visit done" } else { "a visit not done" });
    }
}

fn compared(sim: &Rc<Sim>) {
    sim.later(11 * 60 * 1000);
    let (seat, told) = (Seat::of_client(sim), Rc::new(RefCell::new(Json::Null)));
    let heard = told.clone();
    sim.executor.spawn(seat.errand.place.clone(), async move {
        compare::now(&seat, &reconcile::day(seat.now())).await.unwrap();
        heard.replace(compare::standing(&seat, true).await.unwrap());
    });
    history::quiet(sim);
    let told = told.take();
    assert_eq!(told["failures"], json!([]), "{told}");
    assert!(!told["round"]["finishedAt"].is_null(), "{told}");
    sim.tally.count("at rest", "compared");
    for difference in told["differences"].as_array().unwrap() {
        let what = difference["what"].as_str().unwrap();
        // What a client has sold by hand no visit at Stripe has paid for.
        let by_hand = what == "in the book, and not paid for" && !id(difference).contains("cs_test");
        let never = what.starts_with("refunded") && has_come_back(sim, id(difference));
        assert!(never || by_hand || is_parked(sim, difference), "{difference}");
        sim.tally.count("difference", if by_hand { "sold by hand" } else { "else" });
    }
}

/// A refund that failed before anybody heard of it.
fn has_come_back(sim: &Sim, event: &str) -> bool {
    let events = sim.shops.stripe.events.borrow();
    let told = events.iter().find(|told| told.id == event).unwrap();
    let told: Json = serde_json::from_str(&told.body).unwrap();
    let charge = sim.shops.stripe.get(id(&told["data"]["object"]));
    charge["most_refunded"].as_i64() > charge["amount_refunded"].as_i64()
}

fn is_parked(sim: &Sim, difference: &Json) -> bool {
    let owner = difference["owner"].as_str();
    sim.objects.iter().any(|object| owner == Some(object.name()) && object.wallet().refused.get().is_some())
}
