//! What must not happen twice, and what must not get lost: two plans at once, a customer whom Stripe has forgotten.

use serde_json::{Value as Json, json};

use super::stripe::Payment;
use super::till::{call_as, checkout, covered, deliver_all, last, rows, shop, visit, wish};
use super::world::{Call, House, code, json as body};

fn status(house: &House, id: &str) -> String {
    house.till.stripe.get(id)["status"].as_str().unwrap().to_owned()
}

fn closed(house: &House, product: usize) -> Json {
    body(&call_as(house, "user_1", Call::get("/api/billing/products")))["products"][product]["closed"].clone()
}

#[test]
fn of_several_visits_to_plans_the_last_alone_can_be_paid() {
    let house = shop();
    let [month, credits, year] = ["monthly", "pack5", "annual"].map(|product| visit(&house, "user_1", product));
    assert_eq!([&month, &credits, &year].map(|id| status(&house, id)), ["expired", "open", "open"]);
    // The same click again closes nothing, itself least of all.
    let key = house.till.stripe.asked.borrow().len();
    let again = checkout(&house, "user_1", "click-again", &wish("annual"));
    let twice = checkout(&house, "user_1", "click-again", &wish("annual"));
    assert_eq!(body(&again)["id"], body(&twice)["id"]);
    assert_eq!(status(&house, body(&again)["id"].as_str().unwrap()), "open");
    assert!(house.till.stripe.asked.borrow().len() > key);
}

#[test]
fn a_plan_that_is_paid_and_not_told_yet_is_not_sold_again() {
    let house = shop();
    let month = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&month, Payment::Paid);
    house.later(1);
    assert_eq!(code(&checkout(&house, "user_1", "click-0002", &wish("annual"))), "409 conflict");
    assert!(covered(&house, "user_1").is_some(), "and it covers at once");
    assert_eq!(closed(&house, 2), "has_plan");
}

#[test]
fn two_plans_that_go_on_are_told_to_an_operator() {
    let house = shop();
    let visits = ["monthly", "annual"].map(|product| visit(&house, "user_1", product));
    house.till.stripe.change(&visits[0], |visit| visit["status"] = json!("open"));
    visits.iter().for_each(|visit| house.till.stripe.pay(visit, Payment::Paid));
    deliver_all(&house);
    assert!(house.lines.borrow().iter().any(|line| line.contains("several plans") && line.contains("alert")));
}

#[test]
fn whom_stripe_does_not_know_any_more_is_made_known_again() {
    let house = shop();
    visit(&house, "user_1", "monthly");
    for product in ["pack5", "monthly"] {
        let customer = last(&house, "customer");
        house.till.stripe.change(&customer, |customer| customer["object"] = json!("gone"));
        house.till.stripe.keys.borrow_mut().clear();
        visit(&house, "user_1", product);
        assert_ne!(last(&house, "customer"), customer, "{product}");
        assert_eq!(rows(&house, "select customer from customers"), [last(&house, "customer")]);
    }
    house.till.stripe.change(&last(&house, "customer"), |customer| customer["object"] = json!("gone"));
    assert_eq!(call_as(&house, "user_1", Call::of("DELETE", "/api/me")).status, 200);
    house.ring();
    assert!(rows(&house, "select person from customers").is_empty(), "of nobody no plan is to be ended");
}

#[test]
fn a_plan_names_its_person_where_d1_has_lost_who_it_is() {
    let house = shop();
    let month = visit(&house, "user_1", "monthly");
    house.till.stripe.pay(&month, Payment::Paid);
    house.database.execute("delete from customers", []).unwrap();
    deliver_all(&house);
    assert!(covered(&house, "user_1").is_some());
    assert_eq!(rows(&house, "select person from customers"), ["user_1"]);
}

#[test]
fn who_goes_to_stripe_again_and_again_has_to_wait() {
    let house = shop();
    for _ in 0..30 {
        visit(&house, "user_1", "pack5");
    }
    let answer = checkout(&house, "user_1", "click-more", &wish("pack5"));
    assert_eq!(code(&answer), "429 rate_limited");
    visit(&house, "user_2", "pack5");
    house.later(3600);
    visit(&house, "user_1", "pack5");
}
