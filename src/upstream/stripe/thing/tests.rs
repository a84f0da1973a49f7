use serde_json::json;

use super::*;

const BEGIN: i64 = 1_800_000_000;
const END: i64 = 1_802_592_000;

fn seconds(count: i64) -> Millis {
    Millis::of_seconds(count)
}

/// As it is told since basil: the period within the item, the payment within the invoice's list.
fn new() -> Value {
    json!({ "id": "sub_1", "object": "subscription", "status": "active", "customer": "cus_1", "cancel_at": null,
        "cancel_at_period_end": false, "ended_at": null,
        "items": { "data": [{ "current_period_start": BEGIN, "current_period_end": END,
            "price": { "id": "price_1", "unit_amount": 2900, "currency": "usd" } }] },
        "latest_invoice": { "id": "in_1", "payments": { "data": [{ "payment": { "payment_intent": "pi_1" } }] } } })
}

/// As it was told before.
fn old() -> Value {
    json!({ "id": "sub_1", "object": "subscription", "status": "active", "customer": "cus_1", "cancel_at": null,
        "cancel_at_period_end": false, "ended_at": null, "current_period_start": BEGIN, "current_period_end": END,
        "items": { "data": [{ "price": { "id": "price_1", "unit_amount": 2900, "currency": "usd" } }] },
        "latest_invoice": { "id": "in_1", "payment_intent": "pi_1" } })
}

#[test]
fn a_subscription_is_read_in_its_old_and_its_new_homes() {
    let wanted = Subscription {
        id: "sub_1".to_owned(),
        status: Status::Active,
        period: Some((seconds(BEGIN), seconds(END))),
        ends_at: None,
        ended_at: None,
        payment: Some("pi_1".to_owned()),
        price: Some(Price { id: "price_1".to_owned(), amount: 2900, currency: "usd".to_owned(), every: None }),
    };
    assert_eq!(subscription(&new()), Some(wanted.clone()));
    assert_eq!(subscription(&old()), Some(wanted));
    let mut both = old();
    both["items"] = new()["items"].clone();
    both["current_period_end"] = json!(1);
    assert_eq!(subscription(&both).unwrap().period, Some((seconds(BEGIN), seconds(END))), "the new home counts");
    let bare = json!({ "id": "sub_1", "status": "incomplete" });
    let bare = subscription(&bare).unwrap();
    assert_eq!((bare.period, bare.payment, bare.price), (None, None, None));
}

#[test]
fn each_of_stripes_states_is_known_and_no_other() {
    let all = ["active", "trialing", "past_due", "unpaid", "incomplete", "incomplete_expired", "canceled", "paused"];
    for status in all {
        let mut told = new();
        told["status"] = json!(status);
        assert_eq!(subscription(&told).unwrap().status.word(), status);
    }
    for (name, value) in [("status", json!("ended")), ("status", json!(null)), ("id", json!("sub/1")), ("id", json!(7))]
    {
        let mut told = new();
        told[name] = value;
        assert_eq!(subscription(&told), None, "{told}");
    }
}

#[test]
fn an_end_is_asked_for_in_either_of_two_ways() {
    for (cancel_at, at_period_end, ends_at) in [
        (json!(null), false, None),
        (json!(null), true, Some(END)),
        (json!(END), false, Some(END)),
        (json!(BEGIN + 5), true, Some(BEGIN + 5)),
    ] {
        for mut told in [new(), old()] {
            told["cancel_at"] = cancel_at.clone();
            told["cancel_at_period_end"] = json!(at_period_end);
            assert_eq!(subscription(&told).unwrap().ends_at, ends_at.map(seconds), "{cancel_at} {at_period_end}");
        }
    }
    let mut ended = new();
    ended["ended_at"] = json!(BEGIN + 7);
    assert_eq!(subscription(&ended).unwrap().ended_at, Some(seconds(BEGIN + 7)));
}

#[test]
fn an_invoice_says_for_which_subscription_it_is() {
    let parent_of = |parent: Value| parent_text(&json!({ "parent": parent }));
    assert_eq!(parent_of(json!({ "subscription_details": { "subscription": "sub_1" } })).as_deref(), Some("sub_1"));
    for odd in [json!(null), json!({}), json!({ "subscription_details": null }), json!({ "quote_details": {} })] {
        assert_eq!(parent_of(odd), None);
    }
}

fn parent_text(invoice: &Value) -> Option<String> {
    parent(invoice).map(str::to_owned)
}

#[test]
fn a_price_is_a_number_paid_once_or_every_so_often() {
    let one = json!({ "id": "price_1", "unit_amount": 900, "currency": "usd", "recurring": null });
    let every = |unit: &str, count: i64| json!({ "interval": unit, "interval_count": count });
    let told = |recurring: Value| {
        let mut told = one.clone();
        told["recurring"] = recurring;
        price(&told)
    };
    let wanted = |every: Option<(&str, i64)>| {
        let every = every.map(|(unit, count)| (unit.to_owned(), count));
        Some(Price { id: "price_1".to_owned(), amount: 900, currency: "usd".to_owned(), every })
    };
    assert_eq!(told(json!(null)), wanted(None));
    assert_eq!(told(every("month", 3)), wanted(Some(("month", 3))));
    assert_eq!(told(every("year", 1)), wanted(Some(("year", 1))));
    assert_eq!(told(json!({ "interval": "month" })), None, "how often is not said");
    let mut bare = one.clone();
    bare.as_object_mut().unwrap().remove("recurring");
    assert_eq!(price(&bare), wanted(None));
    // Tiers, fractions of a cent, ids expanded or not: none of it is a price that a number says.
    for (name, value) in [
        ("unit_amount", json!(null)),
        ("unit_amount", json!("900")),
        ("unit_amount", json!(9.5)),
        ("currency", json!(null)),
        ("id", json!("price/1")),
    ] {
        let mut odd = one.clone();
        odd[name] = value;
        assert_eq!(price(&odd), None, "{odd}");
    }
    assert_eq!(price(&json!("price_1")), None);
    assert_eq!(price(&json!(null)), None);
}

#[test]
fn ids_stand_safely_in_a_path() {
    for good in ["cs_test_a1B2", "x", &"x".repeat(255)] {
        assert!(is_id(good), "{good:.9}");
    }
    for bad in ["", "a/b", "a?b", "a b", "a%2F", "é", "..", &"x".repeat(256)] {
        assert!(!is_id(bad), "{bad:.9}");
    }
}

#[test]
fn lists_and_notes_are_empty_where_there_are_none() {
    assert!(
        list(None).is_empty() && list(Some(&json!({ "data": {} }))).is_empty() && list(Some(&json!([1]))).is_empty()
    );
    assert_eq!(list(Some(&json!({ "data": [1, 2] }))).len(), 2);
    assert_eq!(note(&json!({ "metadata": { "user": "user_1" } }), "user"), Some("user_1"));
    assert_eq!(note(&json!({ "metadata": null }), "user"), None);
    assert_eq!(moment(&json!({ "created": 5 }), "created"), Some(seconds(5)));
    assert_eq!(moment(&json!({ "created": "5" }), "created"), None);
}
