//! Buying through the front door: what is offered, consent, the way to Stripe and back.

use serde_json::{Value as Json, json};
use vocahire::edge::Answer;

use super::stripe::Payment;
use super::till::{call_as, checkout, deliver_all, last, post_as, rows, shop, shop_with, visit, wish};
use super::world::{Call, Failing, House, code, json as body};

fn products(house: &House, user: &str) -> Json {
    let answer = call_as(house, user, Call::get("/api/billing/products"));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

/// Why each of the five cannot be bought.
fn closed(house: &House, user: &str) -> Vec<String> {
    let told = products(house, user);
    let offers = told["products"].as_array().unwrap();
    offers.iter().map(|offer| offer["closed"].as_str().unwrap_or("-").to_owned()).collect()
}

/// Refused for one member of what was sent.
fn is_wrong(answer: &Answer, field: &str) -> bool {
    code(answer) == "400 bad_request" && body(answer).to_string().contains(&format!("`{field}`"))
}

#[test]
fn five_goods_are_offered_at_the_prices_that_stand_at_stripe() {
    let house = shop();
    let told = products(&house, "user_1");
    let offer = |n: usize| {
        let offer = &told["products"][n];
        ["id", "credits", "perMonth", "saves", "closed"].map(|name| offer[name].clone())
    };
    assert_eq!(offer(0), [json!("pack3"), json!("3.00"), json!(null), json!(null), json!("top_up")]);
    assert_eq!(offer(1), [json!("pack5"), json!("5.00"), json!(null), json!(null), json!(null)]);
    assert_eq!(offer(2), [json!("monthly"), json!(null), json!(2900), json!(null), json!(null)]);
    assert_eq!(offer(3), [json!("quarterly"), json!(null), json!(2433), json!(16), json!(null)]);
    assert_eq!(offer(4), [json!("annual"), json!(null), json!(1825), json!(37), json!(null)]);
    assert_eq!(told["products"][1]["price"], json!({ "amount": 1400, "currency": "usd" }), "a product's default price");
    assert_eq!((&told["plan"], &told["customer"]), (&json!(null), &json!(false)));
    assert_eq!(told["terms"], json!({ "version": "2026-11-21", "accepted": false }));
    let asked = house.till.stripe.asked.borrow().len();
    products(&house, "user_1");
    house.later(599);
    products(&house, "user_1");
    assert_eq!(house.till.stripe.asked.borrow().len(), asked, "prices are remembered for ten minutes");
    house.later(2);
    products(&house, "user_1");
    assert_eq!(house.till.stripe.asked.borrow().len(), asked + 5);
}

#[test]
fn what_has_no_price_or_a_wrong_one_is_closed_and_told() {
    let list = "price_monthly,prod_none,price_pack3,price_quarterly,price_gone";
    let house = shop_with(&[("STRIPE_PRICE_ID", list)]);
    assert_eq!(closed(&house, "user_1"), ["wrong_price", "no_price", "wrong_price", "-", "no_price"]);
    let alerts = house.lines.borrow().iter().filter(|line| line.contains(r#""event":"no price""#)).count();
    assert_eq!(alerts, 2, "an operator is told by name");
    for product in ["pack3", "pack5", "monthly", "annual"] {
        assert_eq!(code(&checkout(&house, "user_1", "click-0001", &wish(product))), "409 conflict", "{product}");
    }
    assert!(house.till.stripe.all("checkout.session", |_| true).is_empty());
    let house = shop();
    house.till.stripe.change("prod_pack5", |product| product["default_price"] = json!(null));
    assert_eq!(closed(&house, "user_1")[1], "no_price", "a product without a default price");
}

#[test]
fn the_first_purchase_asks_for_consent_to_these_terms() {
    let house = shop();
    let with = |terms: Json| json!({ "product": "pack5", "returnTo": "/credits", "terms": terms });
    for terms in [json!(null), json!("2025-01-01"), json!(""), json!(true)] {
        assert!(is_wrong(&checkout(&house, "user_1", "click-0001", &with(terms.clone())), "terms"), "{terms}");
    }
    assert!(rows(&house, "select person from consents").is_empty());
    assert_eq!(checkout(&house, "user_1", "click-0001", &with(json!("2026-11-21"))).status, 201);
    assert_eq!(rows(&house, "select json_array(person, version) from consents"), [r#"["user_1","2026-11-21"]"#]);
    assert_eq!(checkout(&house, "user_1", "click-0002", &with(json!(null))).status, 201, "asked once");
    assert_eq!(products(&house, "user_1")["terms"]["accepted"], true);
    assert_eq!(
        code(&checkout(&house, "user_2", "click-0001", &with(json!(null)))),
        "400 bad_request",
        "each their own"
    );
}

#[test]
fn the_same_click_is_the_same_visit() {
    let house = shop();
    let id = |key: &str, product: &str| {
        let answer = checkout(&house, "user_1", key, &wish(product));
        assert_eq!(answer.status, 201, "{answer:?}");
        body(&answer)["id"].clone()
    };
    let first = id("click-0001", "pack5");
    assert_eq!(id("click-0001", "pack5"), first);
    assert_ne!(id("click-0002", "pack5"), first);
    assert_ne!(id("click-0001", "monthly"), first, "what is asked for otherwise is something else");
    assert_eq!(house.till.stripe.all("customer", |_| true).len(), 1, "once a customer, always that one");
    for key in ["", "short", "with a space in it"] {
        assert!(is_wrong(&checkout(&house, "user_1", key, &wish("pack5")), "Idempotency-Key"), "{key}");
    }
}

#[test]
fn a_visit_is_the_same_however_its_answer_was_lost() {
    for question in 1..=7 {
        for failing in [Failing::Before(question), Failing::After(question)] {
            let house = shop();
            house.till.fail(failing);
            let answer = checkout(&house, "user_1", "click-0001", &wish("pack5"));
            let wanted =
                if failing == Failing::Before(question) { "502 provider_error" } else { "504 provider_timeout" };
            assert_eq!(code(&answer), wanted, "{failing:?}");
            house.till.fail(Failing::No);
            assert_eq!(checkout(&house, "user_1", "click-0001", &wish("pack5")).status, 201);
            assert_eq!(checkout(&house, "user_1", "click-0001", &wish("pack5")).status, 201);
            let [visits, customers] =
                ["checkout.session", "customer"].map(|kind| house.till.stripe.all(kind, |_| true).len());
            assert_eq!((visits, customers), (1, 1), "{failing:?}");
        }
    }
}

#[test]
fn what_was_sold_is_written_on_the_visit_and_on_what_comes_of_it() {
    let house = shop();
    for (product, price, mode) in [("pack5", "price_pack5", "payment"), ("annual", "price_annual", "subscription")] {
        visit(&house, "user_1", product);
        let session = house.till.stripe.get(&last(&house, "checkout.session"));
        let notes = json!({ "user": "user_1", "product": product, "price": price });
        assert_eq!((&session["metadata"], &session["notes"], &session["mode"]), (&notes, &notes, &json!(mode)));
        assert_eq!(session["client_reference_id"], "user_1");
    }
    let asked = house.till.stripe.asked.borrow();
    assert!(asked.iter().any(|asked| asked.contains("allow_promotion_codes=true")), "{asked:?}");
}

#[test]
fn stripe_sends_people_back_to_this_house_only() {
    let house = shop_with(&[("CLERK_AUTHORIZED_PARTIES", "https://app.example.com,https://www.example.com")]);
    let back = |origin: Option<&str>, to: &str| {
        house.later(1);
        let wish = json!({ "product": "pack5", "returnTo": to, "terms": "2026-11-21" }).to_string();
        let call = Call::of("POST", "/api/billing/checkout").with("content-type", "application/json");
        let call = call.with("idempotency-key", &format!("click-{}", house.now.get())).body(Ok(wish.as_bytes()));
        let answer = call_as(
            &house,
            "user_1",
            match origin {
                Some(origin) => call.with("origin", origin),
                None => call,
            },
        );
        assert_eq!(answer.status, 201, "{answer:?}");
        let session = house.till.stripe.get(body(&answer)["id"].as_str().unwrap());
        ["success_url", "cancel_url"].map(|name| session[name].as_str().unwrap().to_owned())
    };
    let of = |home: &str| [format!("{home}?checkout={{CHECKOUT_SESSION_ID}}"), format!("{home}?checkout=left")];
    assert_eq!(back(None, "/interview"), of("https://app.example.com/interview"));
    assert_eq!(back(Some("https://www.example.com"), "/credits"), of("https://www.example.com/credits"));
    for to in ["", "//evil.example", "https://evil.example", "/admin", "/credits?x", "/Credits"] {
        let wish = json!({ "product": "pack5", "returnTo": to, "terms": null });
        assert!(is_wrong(&checkout(&house, "user_1", "click-0001", &wish), "returnTo"), "{to}");
    }
}

#[test]
fn odd_wishes_are_refused() {
    let house = shop();
    for (odd, field) in [
        (json!({ "product": "pack4", "returnTo": "/credits" }), "product"),
        (json!({ "product": 5, "returnTo": "/credits" }), "product"),
        (json!({ "returnTo": "/credits" }), "product"),
        (json!({ "product": "pack5", "returnTo": "/credits", "price": "price_1" }), "body"),
        (json!([]), "body"),
    ] {
        assert!(is_wrong(&checkout(&house, "user_1", "click-0001", &odd), field), "{odd}");
    }
    assert!(house.till.stripe.asked.borrow().is_empty());
}

#[test]
fn the_small_pack_is_for_those_who_know_what_they_top_up() {
    let house = shop();
    assert_eq!(code(&checkout(&house, "user_1", "click-0001", &wish("pack3"))), "409 conflict");
    let bought = visit(&house, "user_1", "pack5");
    house.till.stripe.pay(&bought, Payment::Paid);
    deliver_all(&house);
    house.ring();
    assert_eq!(closed(&house, "user_1"), ["-", "-", "-", "-", "-"], "somebody who has bought before");
    assert_eq!(closed(&house, "user_2")[0], "top_up");
    visit(&house, "user_1", "pack3");
}

#[test]
fn a_second_plan_is_not_sold_while_one_goes_on() {
    let house = shop();
    let bought = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&bought, Payment::Paid);
    deliver_all(&house);
    house.ring();
    assert_eq!(closed(&house, "user_1"), ["-", "-", "has_plan", "has_plan", "has_plan"]);
    assert_eq!(code(&checkout(&house, "user_1", "click-0009", &wish("annual"))), "409 conflict");
    let plan = &products(&house, "user_1")["plan"];
    assert_eq!(
        (&plan["product"], &plan["state"], &plan["amount"]),
        (&json!("monthly"), &json!("renews"), &json!(2900))
    );
    house.till.stripe.cancel(&last(&house, "subscription"));
    deliver_all(&house);
    assert_eq!(closed(&house, "user_1")[2..], ["-", "-", "-"], "once it is over another can be bought");
    assert_eq!(products(&house, "user_1")["plan"]["state"], "over");
}

#[test]
fn nobody_looks_into_anothers_visit() {
    let house = shop();
    let id = visit(&house, "user_1", "pack5");
    let look = |user: &str, id: &str| call_as(&house, user, Call::get(&format!("/api/billing/checkouts/{id}")));
    let wanted = json!({ "id": id, "product": "pack5", "state": "waiting", "credits": "5.00" });
    assert_eq!(body(&look("user_1", &id)), wanted);
    house.get_as("user_2", "/api/user");
    let (foreign, none) = (look("user_2", &id), look("user_2", "cs_none"));
    assert_eq!(code(&foreign), "404 not_found");
    let bare = |answer| {
        let mut told = body(answer);
        told.as_object_mut().unwrap().remove("requestId");
        told
    };
    assert_eq!(bare(&foreign), bare(&none), "alike to what is nowhere");
    house.till.stripe.pay(&id, Payment::Paid);
    assert_eq!(body(&look("user_1", &id))["state"], "waiting", "Stripe's word counts, not the time");
    deliver_all(&house);
    assert_eq!(body(&look("user_1", &id))["state"], "done");
}

#[test]
fn the_portal_is_for_those_who_have_bought() {
    let house = shop();
    let portal = |user: &str| post_as(&house, user, "/api/billing/portal", &json!({ "returnTo": "/credits" }));
    assert_eq!(code(&portal("user_1")), "409 conflict");
    visit(&house, "user_1", "pack5");
    let customer = last(&house, "customer");
    assert_eq!(body(&portal("user_1"))["url"], format!("https://billing.stripe.com/p/{customer}"));
    let asked = house.till.stripe.asked.borrow().last().unwrap().clone();
    assert!(asked.ends_with("return_url=https%3A%2F%2Fapp.example.com%2Fcredits"), "{asked}");
    assert_eq!(code(&portal("user_2")), "409 conflict");
    assert_eq!(
        code(&post_as(&house, "user_1", "/api/billing/portal", &json!({ "returnTo": "/x" }))),
        "400 bad_request"
    );
}

#[test]
fn a_shop_that_is_not_set_up_says_so() {
    // One that would not be told of a payment is not.
    for missing in ["STRIPE_WEBHOOK_SECRET", "STRIPE_SECRET_KEY"] {
        let house = shop_with(&[(missing, "")]);
        let products = call_as(&house, "user_1", Call::get("/api/billing/products"));
        assert_eq!(code(&products), "503 not_configured", "{missing}");
        let checkout = checkout(&house, "user_1", "click-0001", &wish("pack5"));
        assert_eq!(code(&checkout), "503 not_configured", "{missing}");
    }
    let house = shop_with(&[("STRIPE_SECRET_KEY", "")]);
    assert_eq!(
        code(&post_as(&house, "user_1", "/api/billing/portal", &json!({ "returnTo": "/credits" }))),
        "503 not_configured"
    );
}

#[test]
fn a_stripe_that_is_busy_or_broken_is_told_as_it_is() {
    let house = shop();
    for (status, says, wanted) in [
        (429, "{}", "503 provider_busy"),
        (409, "{}", "503 provider_busy"),
        (500, "<html>", "502 provider_error"),
        (401, r#"{"error":{"type":"invalid_request_error"}}"#, "502 provider_refused"),
        (200, "no JSON", "502 provider_error"),
    ] {
        *house.till.says.borrow_mut() = Some((status, says.to_owned()));
        assert_eq!(code(&checkout(&house, "user_1", "click-0001", &wish("pack5"))), wanted, "{status}");
        assert_eq!(code(&call_as(&house, "user_1", Call::get("/api/billing/products"))), wanted, "{status}");
    }
}

#[test]
fn whoever_has_left_buys_nothing_and_agrees_to_nothing() {
    let house = shop();
    house.reply(404, "");
    assert_eq!(call_as(&house, "user_1", Call::of("DELETE", "/api/me")).status, 200);
    house.ring();
    assert_eq!(code(&checkout(&house, "user_1", "click-0001", &wish("pack5"))), "401 account_closed");
    assert!(rows(&house, "select person from consents").is_empty(), "of who has left nothing more is written");
    assert!(house.till.stripe.all("customer", |_| true).is_empty());
}
