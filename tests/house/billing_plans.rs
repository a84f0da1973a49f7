//! Plans: until when they cover interviews, whatever Stripe calls their state, and how they end.

use serde_json::{Value as Json, json};

use super::stripe::{Payment, Verdict};
use super::till::{call_as, covered, deliver, deliver_all, event, kinds, last, post_as, rows, shop, visit};
use super::world::{Call, Failing, House, START, code, json as body};

const DAY: i64 = 86_400;
const MONTH: i64 = 30 * DAY;
const GRACE: i64 = 3 * DAY;

/// `user_1` has bought a plan by the month, and we know of it.
fn planned() -> House {
    let house = shop();
    let visit = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&visit, Payment::Paid);
    deliver_all(&house);
    house.ring();
    house
}

/// The state that pages are told, and its moment in seconds from the beginning.
fn told(house: &House) -> (String, i64) {
    let row = rows(house, "select json_array(state, until) from plans").remove(0);
    let row: Json = serde_json::from_str(&row).unwrap();
    (row[0].as_str().unwrap().to_owned(), (row[1].as_i64().unwrap() - START) / 1000)
}

/// When the period ends, in seconds from the beginning.
fn covered_by_period(house: &House) -> i64 {
    let plan = house.till.stripe.get(&last(house, "subscription"));
    plan["items"]["data"][0]["current_period_end"].as_i64().unwrap() - START / 1000
}

/// News of the plan, whatever it is.
fn news(house: &House) {
    house.till.stripe.happens("customer.subscription.updated", &last(house, "subscription"));
    house.later(1);
    let answer = deliver(house, &event(house, "customer.subscription.updated"));
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn a_plan_covers_to_the_end_of_its_period_and_three_days_more() {
    let house = planned();
    let begin =
        house.till.stripe.get(&last(&house, "subscription"))["items"]["data"][0]["current_period_start"].clone();
    let begin = begin.as_i64().unwrap() - START / 1000;
    assert_eq!(covered(&house, "user_1"), Some(begin + MONTH + GRACE));
    assert_eq!(told(&house), ("renews".to_owned(), begin + MONTH));
    assert_eq!(kinds(&house, "user_1"), ["plan"], "told three times over, written once");
    let me = body(&house.get_as("user_1", "/api/user"));
    assert_eq!(me["isPremium"], true, "{me}");
}

/// Every state in which Stripe may have a subscription, however it says that it is to end, and in both homes of its
/// period.
#[test]
fn every_state_of_stripe_is_one_of_ours() {
    let table: &[(&str, bool, &str, i64, i64)] = &[
        ("active", false, "renews", MONTH, MONTH + GRACE),
        ("trialing", false, "renews", MONTH, MONTH + GRACE),
        ("active", true, "ends", MONTH, MONTH + GRACE),
        ("trialing", true, "ends", MONTH, MONTH + GRACE),
        ("past_due", false, "failed", GRACE, GRACE),
        ("past_due", true, "failed", GRACE, GRACE),
        ("canceled", false, "over", 100, 100),
        ("unpaid", false, "over", 100, 100),
        ("paused", false, "over", 100, 100),
        ("incomplete", false, "renews", MONTH, MONTH + GRACE),
        ("incomplete_expired", false, "renews", MONTH, MONTH + GRACE),
    ];
    for (status, ends, state, until, covers) in table {
        for (old_home, flag) in [(false, false), (false, true), (true, false), (true, true)] {
            let house = planned();
            let plan = last(&house, "subscription");
            let begin = house.till.stripe.get(&plan)["items"]["data"][0]["current_period_start"].as_i64().unwrap();
            house.now.set((begin + 100) * 1000 - 1000);
            house.till.stripe.change(&plan, |plan| {
                plan["status"] = json!(status);
                plan["cancel_at_period_end"] = json!(*ends && flag);
                plan["cancel_at"] = if *ends && !flag { json!(begin + MONTH) } else { json!(null) };
                if old_home {
                    let item = plan["items"]["data"][0].as_object_mut().unwrap();
                    let [begin, end] =
                        ["current_period_start", "current_period_end"].map(|name| item.remove(name).unwrap());
                    (plan["current_period_start"], plan["current_period_end"]) = (begin, end);
                    let payment = plan["latest_invoice"]["payments"]["data"][0]["payment"]["payment_intent"].clone();
                    plan["latest_invoice"] = json!({ "id": "in_1", "payment_intent": payment });
                }
            });
            news(&house);
            let begin = begin - START / 1000;
            let what = format!("{status}, ends {ends} by the flag {flag}, in the old home {old_home}");
            assert_eq!(told(&house), ((*state).to_owned(), begin + until), "{what}");
            assert_eq!(covered(&house, "user_1"), Some(begin + covers), "{what}");
        }
    }
}

#[test]
fn a_first_payment_that_is_not_made_covers_nothing() {
    let house = shop();
    let visit = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&visit, Payment::Paid);
    house.till.stripe.change(&last(&house, "subscription"), |plan| plan["status"] = json!("incomplete"));
    let created = event(&house, "customer.subscription.created");
    assert_eq!(body(&deliver(&house, &created))["done"], "ignored");
    assert_eq!((covered(&house, "user_1"), rows(&house, "select state from plans").len()), (None, 0));
}

#[test]
fn a_life_is_told_as_it_goes() {
    let house = planned();
    let plan = last(&house, "subscription");
    let states = |deed: &dyn Fn()| {
        house.later(DAY);
        house.till.stripe.now.set(house.seconds());
        deed();
        deliver_all(&house);
        told(&house).0
    };
    let stripe = &house.till.stripe;
    for flag in [true, false] {
        assert_eq!(states(&|| stripe.end_later(&plan, flag, true)), "ends");
        assert_eq!(states(&|| stripe.end_later(&plan, flag, false)), "renews");
    }
    house.later(MONTH);
    assert_eq!(states(&|| stripe.renew(&plan, false)), "failed");
    let (state, until) = told(&house);
    assert_eq!((state.as_str(), covered(&house, "user_1")), ("failed", Some(until)), "while the card is tried again");
    assert_eq!(states(&|| stripe.recover(&plan)), "renews");
    assert_eq!(states(&|| stripe.cancel(&plan)), "over");
}

#[test]
fn a_plan_whose_payment_went_back_covers_nothing() {
    for disputed in [false, true] {
        let house = planned();
        house.later(DAY);
        let charge = last(&house, "charge");
        if disputed {
            house.till.stripe.dispute(&charge, "needs_response");
        } else {
            house.till.stripe.refund(&charge, 2900);
        }
        let kind = if disputed { "charge.dispute.created" } else { "charge.refunded" };
        assert_eq!(body(&deliver(&house, &event(&house, kind)))["done"], "stored");
        let renews = covered_by_period(&house);
        assert_eq!(told(&house), ("back".to_owned(), renews), "it goes on at Stripe, and will be paid again");
        assert!(covered(&house, "user_1").unwrap() <= (house.now.get() - START) / 1000, "disputed {disputed}");
        assert_eq!(kinds(&house, "user_1"), ["plan", "plan"], "no credits are taken for a plan");
    }
    let house = planned();
    let dispute = house.till.stripe.dispute(&last(&house, "charge"), "needs_response");
    deliver_all(&house);
    house.till.stripe.decide(&dispute, Verdict::Won);
    deliver_all(&house);
    assert_eq!(told(&house).0, "renews", "a dispute that is won gives the plan back");
    house.till.stripe.refund(&last(&house, "charge"), 1000);
    deliver_all(&house);
    assert_eq!(told(&house).0, "renews", "a part of the price is a kindness");
}

#[test]
fn what_was_asked_first_never_overrules_what_was_asked_later() {
    let house = planned();
    let until = covered(&house, "user_1");
    house.till.stripe.cancel(&last(&house, "subscription"));
    house.later(10);
    deliver(&house, &event(&house, "customer.subscription.deleted"));
    let over = covered(&house, "user_1");
    assert!(over < until);
    // A Worker whose clock is behind has asked before: its answer comes when it comes.
    house.till.stripe.change(&last(&house, "subscription"), |plan| plan["status"] = json!("active"));
    house.now.set(house.now.get() - 5000);
    deliver(&house, &event(&house, "customer.subscription.created"));
    assert_eq!(covered(&house, "user_1"), over, "a plan that is over is not revived by old news");
    assert_eq!(told(&house).0, "over");
}

#[test]
fn of_several_plans_the_longest_covers() {
    let house = shop();
    let visits = ["annual", "monthly"].map(|product| visit(&house, "user_1", product));
    house.till.stripe.change(&visits[0], |visit| visit["status"] = json!("open"));
    visits.iter().for_each(|visit| house.till.stripe.pay(visit, Payment::Paid));
    deliver_all(&house);
    assert!(covered(&house, "user_1").unwrap() > 365 * DAY);
    house.till.stripe.cancel(house.till.stripe.all("subscription", |_| true)[0]["id"].as_str().unwrap());
    deliver_all(&house);
    let left = covered(&house, "user_1").unwrap();
    assert!((MONTH + GRACE..MONTH + GRACE + 100).contains(&left), "{left}");
}

#[test]
fn a_start_just_after_a_lapse_asks_stripe_once() {
    let house = planned();
    let take = json!({ "userId": "user_1", "amount": "-3.00", "reason": "all used" }).to_string();
    let call = Call::of("POST", "/api/admin/credits").with("content-type", "application/json");
    call_as(&house, "user_admin", call.with("idempotency-key", "key-0001").body(Ok(take.as_bytes())));
    let start = || {
        house.later(1);
        house.reply(200, &super::signing::key_set(&[("k1", &super::signing::KEYS[0])]));
        code(&post_as(&house, "user_1", "/api/realtime-session", &json!({ "jobTitle": "Baker" })))
    };
    house.later(MONTH + GRACE + 10);
    let asked = house.till.stripe.asked.borrow().len();
    assert_eq!(start(), "403 insufficient_credits", "it was not renewed");
    assert_eq!(house.till.stripe.asked.borrow().len() - asked, 1, "for the plans, and no longer than two seconds");
    house.till.stripe.now.set(house.seconds());
    house.till.stripe.renew(&last(&house, "subscription"), true);
    house.till.fail(Failing::Before(1));
    assert_eq!(start(), "403 insufficient_credits", "a Stripe that is away keeps nobody waiting");
    house.till.fail(Failing::No);
    assert_eq!(start(), "201 -", "Stripe's word is on its way, and was asked for");
    house.till.stripe.cancel(&last(&house, "subscription"));
    deliver_all(&house);
    let asked = house.till.stripe.asked.borrow().len();
    house.later(3600);
    start();
    assert_eq!(house.till.stripe.asked.borrow().len(), asked, "of one that is over nobody asks");
}
