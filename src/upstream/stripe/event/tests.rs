use proptest::prelude::*;
use serde_json::json;

use super::*;

fn event(kind: &str, object: Value) -> Value {
    json!({ "id": "evt_1", "object": "event", "type": kind, "api_version": "2026-10-28.endive", "created": 1,
        "livemode": false, "pending_webhooks": 1, "request": { "id": null, "idempotency_key": null },
        "data": { "object": object } })
}

fn about_of(kind: &str, object: Value) -> About {
    read(event(kind, object).to_string().as_bytes()).unwrap_or_else(|refusal| panic!("{refusal:?} to {kind}")).about
}

#[test]
fn each_kind_is_about_its_thing() {
    let plans = || About::Plans("cus_1".to_owned());
    let session = json!({ "id": "cs_test_1", "object": "checkout.session", "payment_status": "paid" });
    for last in ["completed", "async_payment_succeeded", "async_payment_failed", "expired"] {
        let kind = format!("checkout.session.{last}");
        assert_eq!(about_of(&kind, session.clone()), About::Visit("cs_test_1".to_owned()), "{kind}");
    }
    for last in ["created", "updated", "deleted", "paused", "trial_will_end"] {
        let kind = format!("customer.subscription.{last}");
        assert_eq!(about_of(&kind, json!({ "id": "sub_1", "customer": "cus_1" })), plans(), "{kind}");
    }
    let old = json!({ "id": "in_1", "customer": "cus_1", "subscription": "sub_1" });
    let parent = json!({ "type": "subscription_details", "subscription_details": { "subscription": "sub_1" } });
    let new = json!({ "id": "in_1", "customer": "cus_1", "parent": parent });
    for last in ["paid", "payment_failed", "payment_succeeded"] {
        let kind = format!("invoice.{last}");
        for invoice in [&old, &new] {
            assert_eq!(about_of(&kind, invoice.clone()), plans(), "{kind} {invoice}");
        }
        let other = json!({ "id": "in_1", "customer": "cus_1", "subscription": null, "parent": null });
        assert_eq!(about_of(&kind, other), About::Nothing, "an invoice that is for no plan");
    }
    let charge = || About::Charge("ch_1".to_owned());
    assert_eq!(about_of("charge.refunded", json!({ "id": "ch_1", "amount_refunded": 5 })), charge());
    let refund = json!({ "id": "re_1", "object": "refund", "charge": "ch_1" });
    for kind in ["refund.created", "refund.updated", "refund.failed", "charge.refund.updated"] {
        assert_eq!(about_of(kind, refund.clone()), charge(), "{kind}");
    }
    for last in ["created", "updated", "closed", "funds_withdrawn", "funds_reinstated"] {
        let kind = format!("charge.dispute.{last}");
        let dispute = json!({ "id": "dp_1", "charge": "ch_1", "payment_intent": "pi_1" });
        assert_eq!(about_of(&kind, dispute), About::Dispute("dp_1".to_owned()), "{kind}");
    }
}

#[test]
fn what_is_nothing_of_ours_is_read_and_is_about_nothing() {
    for kind in
        ["charge.succeeded", "payment_intent.succeeded", "customer.created", "product.updated", "ping", "a.b.c.d"]
    {
        assert_eq!(about_of(kind, json!({ "id": "ch_1", "customer": "cus_1" })), About::Nothing, "{kind}");
    }
    for object in [json!(null), json!({}), json!([]), json!({ "id": null }), json!({ "id": "cs_/../x" }), json!("cs_1")]
    {
        assert_eq!(about_of("checkout.session.completed", object.clone()), About::Nothing, "{object}");
    }
    let expanded = json!({ "id": "sub_1", "customer": { "id": "cus_1" } });
    assert_eq!(about_of("customer.subscription.updated", expanded), About::Nothing, "events bring bare ids");
}

#[test]
fn a_thin_event_of_the_second_version_brings_no_thing() {
    let thin = json!({ "id": "evt_test_1", "object": "v2.core.event", "type": "v1.billing.meter.error_report_triggered",
        "livemode": false, "created": "2026-11-21T00:00:00Z", "related_object": { "id": "mtr_1", "url": "/v1/x" } });
    let read = read(thin.to_string().as_bytes()).unwrap();
    assert_eq!((read.id.as_str(), read.about), ("evt_test_1", About::Nothing));
    let mut disguised = event("charge.refunded", json!({ "id": "ch_1" }));
    disguised["object"] = json!("v2.core.event");
    assert_eq!(of(&disguised).unwrap().about, About::Nothing);
}

#[test]
fn the_mode_and_the_name_are_read() {
    let mut told = event("charge.refunded", json!({ "id": "ch_1" }));
    told["livemode"] = json!(true);
    let read = of(&told).unwrap();
    assert_eq!((read.id.as_str(), read.kind.as_str(), read.live), ("evt_1", "charge.refunded", true));
    assert_eq!(read.about.id(), Some("ch_1"));
    assert_eq!(About::Nothing.id(), None);
}

#[test]
fn what_is_no_event_is_refused() {
    let refused = |told: Value| read(told.to_string().as_bytes()).unwrap_err();
    let body = Refusal::BadRequest { field: "body" };
    for name in ["id", "type", "livemode"] {
        for value in [json!(null), json!(7), json!([]), json!({})] {
            let mut told = event("charge.refunded", json!({}));
            told[name] = value;
            assert_eq!(refused(told.clone()), body, "{told}");
        }
    }
    let long = "x".repeat(101);
    for kind in ["", "a b", "a\nb", "é", &long] {
        let told = event(kind, json!({}));
        assert_eq!(of(&told).is_some(), kind.is_empty(), "{kind}");
    }
    for id in ["", "evt/1", "evt 1", &"e".repeat(256)] {
        let mut told = event("charge.refunded", json!({}));
        told["id"] = json!(id);
        assert_eq!(refused(told), body, "{id:.10}");
    }
    for odd in [json!(null), json!([]), json!("event"), json!(1)] {
        assert_eq!(refused(odd), body);
    }
    for odd in ["", "{", "x", "{}x", "\u{feff}{}"] {
        assert_eq!(read(odd.as_bytes()), Err(Refusal::BadJson), "{odd}");
    }
    let twice = r#"{"id":"evt_1","id":"evt_2","object":"event","type":"a.b","livemode":false}"#;
    assert_eq!(read(twice.as_bytes()), Err(body), "one name, two values");
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
    }

    #[test]
    fn whatever_an_event_holds_its_ids_may_stand_in_a_path(
        id in "[a-z_]{0,5}[0-9A-Za-z_/.]{0,12}|\\PC{0,10}",
        kind in "((charge|refund|invoice|checkout\\.session|charge\\.dispute|customer\\.subscription)\\.[a-z_.]{0,12})\
            |\\PC{0,10}",
    ) {
        let object = json!({ "id": id, "customer": id, "charge": id, "subscription": "sub_1" });
        if let Some(told) = of(&event(&kind, object)) {
            prop_assert!(told.about.id().is_none_or(thing::is_id));
        }
    }
}
