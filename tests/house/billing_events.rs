//! Stripe's events: forged, of the other mode, twice, too early, and with Stripe, the Wallet or D1 away meanwhile.

use serde_json::json;

use super::stripe::{Payment, Verdict, WEBHOOK_SECRET, signed};
use super::till::{
    available, book, call_as, checkout, deliver, deliver_all, event, kinds, last, rows, sent, shop, shop_with, visit,
    wish,
};
use super::world::{Call, Failing, House, code, json as body};

const COMPLETED: &str = "checkout.session.completed";
const LOG: &str = "select json_array(id, type, object_id, outcome) from webhook_events where provider = 'stripe'";
const FAILURES: &str = "select json_array(id, tries, why) from webhook_failures";

/// A house in which `user_1` has paid for five credits, and nobody has told us.
fn paid() -> (House, String) {
    let house = shop();
    let visit = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&visit, Payment::Paid);
    (house, visit)
}

#[test]
fn what_is_not_signed_has_no_effect() {
    let (house, _) = paid();
    let told = event(&house, COMPLETED).body;
    let now = house.seconds();
    let good = signed(WEBHOOK_SECRET, now, &told);
    let rolled = "whsec_oldoldoldoldoldoldold";
    for (body, header) in [
        (told.clone(), signed(WEBHOOK_SECRET, now - 301, &told)),
        (told.clone(), signed(WEBHOOK_SECRET, now + 301, &told)),
        (told.clone(), signed(rolled, now, &told)),
        (told.replace("cs_test", "cs_tesu"), good.clone()),
        (format!("{told} "), good.clone()),
        (told.clone(), good.replace("v1=", "v2=")),
        (told.clone(), good.replace(&format!("t={now}"), &format!("t={}", now - 1))),
        (told.clone(), String::new()),
    ] {
        assert_eq!(code(&house.call(&sent(&body, &header))), "400 bad_signature", "{header}");
    }
    let bare = Call::of("POST", "/api/webhooks/stripe").with("content-type", "application/json");
    assert_eq!(code(&house.call(&bare.body(Ok(told.as_bytes())))), "400 bad_signature");
    assert_eq!((available(&house, "user_1"), rows(&house, LOG).len()), (3000, 0));
    assert!(house.lines.borrow().iter().any(|line| line.contains(r#""why":"too old""#)), "the log knows why");
    for at in [now - 300, now + 300] {
        assert_eq!(house.call(&sent(&told, &signed(WEBHOOK_SECRET, at, &told))).status, 200);
    }
    let both = shop_with(&[("STRIPE_WEBHOOK_SECRET", "whsec_canarycanarycanarycanary,whsec_oldoldoldoldoldoldold")]);
    assert_eq!(both.call(&sent(&told, &signed(rolled, both.seconds(), &told))).status, 200, "while it is rolled");
}

#[test]
fn what_is_signed_and_no_event_is_not_acknowledged() {
    let house = shop();
    for (text, wanted) in [("{", "400 bad_json"), ("[]", "400 bad_request"), ("{}", "400 bad_request")] {
        let answer = house.call(&sent(text, &signed(WEBHOOK_SECRET, house.seconds(), text)));
        assert_eq!(code(&answer), wanted, "{text}");
    }
    assert!(rows(&house, LOG).is_empty());
    let closed = shop_with(&[("STRIPE_WEBHOOK_SECRET", "")]);
    let answer = closed.call(&sent("{}", &signed(WEBHOOK_SECRET, closed.seconds(), "{}")));
    assert_eq!(code(&answer), "503 not_configured");
}

#[test]
fn credits_come_once_however_often_and_under_whatever_name_it_is_told() {
    let (house, visit) = paid();
    let told = event(&house, COMPLETED);
    let twin = house.till.stripe.twin(&told);
    for event in [&told, &told, &twin, &told, &twin] {
        assert_eq!(body(&deliver(&house, event))["done"], "stored");
        assert_eq!(available(&house, "user_1"), 8000);
    }
    let sold: Vec<_> = book(&house, "user_1").into_iter().filter(|line| line.key.is_some()).collect();
    assert_eq!(sold.last().unwrap().key, Some(format!("purchase:{visit}")));
    assert_eq!(kinds(&house, "user_1"), ["purchase"]);
    let wanted = [&told, &twin].map(|event| json!([event.id, COMPLETED, visit, "stored"]).to_string());
    let mut wanted = wanted.to_vec();
    wanted.sort();
    assert_eq!(rows(&house, LOG), wanted, "a name, a kind, a thing, an outcome, and nothing else");
}

#[test]
fn an_event_whose_row_of_the_log_was_lost_has_had_its_effect() {
    let (house, _) = paid();
    let told = event(&house, COMPLETED);
    house.failing.set(Failing::Before(2));
    assert_eq!(code(&deliver(&house, &told)), "503 database_error");
    house.failing.set(Failing::No);
    assert_eq!((available(&house, "user_1"), rows(&house, LOG).len()), (8000, 0), "the effect, and then the row");
    assert_eq!(deliver(&house, &told).status, 200);
    assert_eq!((available(&house, "user_1"), rows(&house, LOG).len()), (8000, 1));
}

#[test]
fn a_row_of_the_log_is_no_effect() {
    let (house, _) = paid();
    let told = event(&house, COMPLETED);
    let log = "insert into webhook_events (provider, id, type, outcome, at) values ('stripe', ?1, 'x', 'waiting', 1)";
    house.database.execute(log, [&told.id]).unwrap();
    assert_eq!(deliver(&house, &told).status, 200);
    assert_eq!(available(&house, "user_1"), 8000, "the Wallet knows what was sold, the log does not");
}

#[test]
fn whatever_is_away_nothing_is_acknowledged_and_the_next_delivery_heals() {
    type Trouble = fn(&House);
    let troubles: [(&str, Trouble, &str); 6] = [
        ("Stripe away", |house| house.till.fail(Failing::Before(1)), "503 provider_busy"),
        ("Stripe silent", |house| house.till.fail(Failing::After(1)), "503 provider_busy"),
        ("Stripe busy", |house| *house.till.says.borrow_mut() = Some((429, "{}".to_owned())), "503 provider_busy"),
        ("the Wallet away", |house| house.absent.set(true), "503 wallet_unavailable"),
        ("the Wallet silent", |house| house.silent.set(true), "503 wallet_unavailable"),
        ("D1 away", |house| house.failing.set(Failing::Before(1)), "503 database_error"),
    ];
    for (what, trouble, wanted) in troubles {
        let (house, visit) = paid();
        let told = event(&house, COMPLETED);
        for tries in 1..=3 {
            trouble(&house);
            assert_eq!(code(&deliver(&house, &told)), wanted, "{what}");
            assert!(rows(&house, LOG).is_empty(), "{what}: not in the log");
            if what != "D1 away" {
                let failures = rows(&house, FAILURES);
                assert!(failures[0].starts_with(&format!(r#"["{}",{tries},"#, told.id)), "{what}: {failures:?}");
            }
        }
        house.till.fail(Failing::No);
        *house.till.says.borrow_mut() = None;
        house.absent.set(false);
        house.silent.set(false);
        house.failing.set(Failing::No);
        assert_eq!(deliver(&house, &told).status, 200, "{what}");
        assert_eq!((available(&house, "user_1"), rows(&house, FAILURES).len()), (8000, 0), "{what}");
        let state = call_as(&house, "user_1", Call::get(&format!("/api/billing/checkouts/{visit}")));
        assert_eq!(body(&state)["state"], "done", "{what}");
    }
}

#[test]
fn a_try_that_fails_after_the_effect_leaves_no_failure() {
    let (house, _) = paid();
    let told = event(&house, COMPLETED);
    assert_eq!(deliver(&house, &told).status, 200);
    house.till.fail(Failing::Before(1));
    assert_eq!(deliver(&house, &told).status, 503);
    assert!(rows(&house, FAILURES).is_empty(), "nobody will send it again");
}

#[test]
fn real_money_that_this_house_cannot_take_is_not_acknowledged_and_play_money_counts_for_nothing() {
    let (house, _) = paid();
    let mut told = event(&house, COMPLETED);
    told.body = told.body.replace(r#""livemode":false,"object":"event""#, r#""livemode":true,"object":"event""#);
    assert_eq!(code(&deliver(&house, &told)), "503 not_configured");
    assert!(rows(&house, LOG).is_empty());
    let keyless = shop_with(&[("STRIPE_SECRET_KEY", "")]);
    assert_eq!(code(&deliver(&keyless, &told)), "503 not_configured");
    let live = shop_with(&[("STRIPE_SECRET_KEY", "sk_live_canarycanary")]);
    assert_eq!(body(&deliver(&live, &event(&house, COMPLETED)))["done"], "ignored");
    assert_eq!(
        (
            available(&house, "user_1"),
            house.till.stripe.asked.borrow().iter().filter(|ask| ask.starts_with("GET checkout")).count()
        ),
        (3000, 0)
    );
}

#[test]
fn money_that_comes_later_brings_credits_later() {
    let house = shop();
    let first = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&first, Payment::Delayed);
    assert_eq!(deliver_all(&house), ["checkout.session.completed waiting"]);
    assert_eq!(available(&house, "user_1"), 3000);
    house.till.stripe.settle(&first, true);
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), 8000);
    let second = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&second, Payment::Delayed);
    house.till.stripe.settle(&second, false);
    let third = visit(&house, "user_1", "pack5");
    house.till.stripe.expire(&third);
    let fourth = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&fourth, Payment::Free);
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), 13_000);
    let state = |id: &str| {
        body(&call_as(&house, "user_1", Call::get(&format!("/api/billing/checkouts/{id}"))))["state"].clone()
    };
    assert_eq!([state(&first), state(&second), state(&third), state(&fourth)], ["done", "failed", "expired", "done"]);
}

#[test]
fn what_counts_is_what_was_sold_and_not_what_the_event_says() {
    let (house, visit) = paid();
    let mut told = event(&house, COMPLETED);
    told.body = told
        .body
        .replace("1400", "999999")
        .replace(r#""product":"pack5""#, r#""product":"pack3""#)
        .replace("user_1", "user_2");
    assert_eq!(deliver(&house, &told).status, 200);
    assert_eq!((available(&house, "user_1"), kinds(&house, "user_1")), (8000, vec!["purchase"]));
    // Another quantity, another price, nothing at all: not what was sold, so nothing is given and somebody is told.
    for odd in [
        json!([]),
        json!([{ "price": { "id": "price_pack5" }, "quantity": 3 }]),
        json!([{ "price": { "id": "price_pack3" }, "quantity": 1 }]),
        json!(vec![json!({ "price": { "id": "price_pack5" }, "quantity": 1 }); 2]),
    ] {
        let (house, visit) = paid();
        house.till.stripe.change(&visit, |visit| visit["line_items"]["data"] = odd.clone());
        assert_eq!(code(&deliver(&house, &event(&house, COMPLETED))), "500 internal_error", "{odd}");
        assert_eq!((available(&house, "user_1"), rows(&house, FAILURES).len()), (3000, 1), "{odd}");
    }
    house.till.stripe.change(&visit, |visit| visit["metadata"] = json!({}));
    assert_eq!(body(&deliver(&house, &event(&house, COMPLETED)))["done"], "ignored", "a visit that is none of ours");
}

#[test]
fn what_goes_back_takes_its_share_once_even_if_told_before_the_sale() {
    let (house, _) = paid();
    let charge = last(&house, "charge");
    house.till.stripe.refund(&charge, 700);
    let refunded = event(&house, "charge.refunded");
    assert_eq!(deliver(&house, &refunded).status, 200);
    assert_eq!((available(&house, "user_1"), kinds(&house, "user_1")), (5500, vec!["purchase", "clawback"]));
    deliver_all(&house);
    house.till.stripe.refund(&charge, 233);
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), 8000 - 3330, "933 of 1400, in whole hundredths for the buyer");
    house.till.stripe.refund(&charge, 467);
    deliver_all(&house);
    deliver(&house, &refunded);
    assert_eq!(available(&house, "user_1"), 3000);
    house.till.stripe.fail_refund(&last(&house, "refund"));
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), 3000, "whether it comes back an operator decides");
    assert!(house.lines.borrow().iter().any(|line| line.contains("refund failed")), "and is told");
}

#[test]
fn a_dispute_takes_all_and_gives_it_back_when_it_is_won() {
    let outcome = |early: bool, status: &str, verdict: Option<Verdict>| {
        let (house, _) = paid();
        let dispute = house.till.stripe.dispute(&last(&house, "charge"), status);
        if early {
            deliver(&house, &event(&house, "charge.dispute.created"));
        }
        if let Some(verdict) = verdict {
            house.till.stripe.decide(&dispute, verdict);
        }
        // The last first: that a dispute is over may be told before that there is one.
        let events = house.till.stripe.events.borrow().clone();
        for event in events.iter().rev().chain(&events) {
            assert_eq!(deliver(&house, event).status, 200, "{event:?}");
        }
        available(&house, "user_1")
    };
    for early in [true, false] {
        assert_eq!(outcome(early, "needs_response", None), 3000);
        assert_eq!(outcome(early, "needs_response", Some(Verdict::Lost)), 3000);
        assert_eq!(outcome(early, "needs_response", Some(Verdict::Won)), 8000);
        assert_eq!(outcome(early, "warning_needs_response", None), 8000, "an inquiry takes no money");
        assert_eq!(outcome(early, "warning_needs_response", Some(Verdict::Lost)), 8000);
    }
}

#[test]
fn whoever_has_used_what_goes_back_owes_it() {
    let (house, _) = paid();
    deliver_all(&house);
    let take = json!({ "userId": "user_1", "amount": "-7.00", "reason": "all used" }).to_string();
    let call = Call::of("POST", "/api/admin/credits").with("content-type", "application/json");
    let call = call.with("idempotency-key", "key-0001").body(Ok(take.as_bytes()));
    assert_eq!(call_as(&house, "user_admin", call).status, 200);
    house.till.stripe.refund(&last(&house, "charge"), 1400);
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), -4000);
    house.later(1);
    let again = checkout(&house, "user_1", "click-0002", &wish("pack5"));
    house.till.stripe.pay(body(&again)["id"].as_str().unwrap(), Payment::Paid);
    deliver_all(&house);
    assert_eq!(available(&house, "user_1"), 1000, "what comes in pays the debt first");
}
