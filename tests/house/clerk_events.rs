//! Clerk's events: late, twice, in any order, forged, and with a database that fails before or after it has written.

use serde_json::{Value as Json, json};
use vocahire::edge::Answer;

use super::signing;
use super::world::{Call, Failing, House, code};

const ADDRESS: &str = "/api/webhooks/clerk";

pub fn person(id: &str, name: &str, updated_at: i64) -> Json {
    let address =
        json!({ "id": "e", "email_address": format!("{name}@example.test"), "verification": { "status": "verified" } });
    json!({ "id": id, "first_name": name, "last_name": null, "image_url": null, "updated_at": updated_at,
        "primary_email_address_id": "e", "email_addresses": [address] })
}

fn organisation(name: &str, updated_at: i64) -> Json {
    json!({ "id": "org_1", "name": name, "slug": name.to_lowercase(), "updated_at": updated_at })
}

fn membership(role: &str, updated_at: i64) -> Json {
    json!({ "id": "orgmem_1", "role": role, "updated_at": updated_at, "organization": organisation("Any", 1),
        "public_user_data": { "user_id": "user_1" } })
}

pub fn gone(id: &str) -> Json {
    json!({ "id": id, "object": "any", "deleted": true })
}

pub fn event(kind: &str, data: Json) -> String {
    json!({ "object": "event", "type": kind, "data": data, "timestamp": 1, "instance_id": "ins_1" }).to_string()
}

fn sent(house: &House, id: &str, body: &str) -> Call {
    let now = house.seconds();
    Call::of("POST", ADDRESS)
        .with("content-type", "application/json")
        .with("svix-id", id)
        .with("svix-timestamp", &now.to_string())
        .with("svix-signature", &signing::webhook(0, id, now, body))
        .body(Ok(body.as_bytes()))
}

pub fn deliver(house: &House, id: &str, body: &str) -> Answer {
    house.call(&sent(house, id, body))
}

/// Every row of these tables, without what our own clock has written.
pub fn tables(house: &House) -> Vec<String> {
    let queries = [
        "select json_array(id, email, name, image_url, clerk_updated_at, claim_hmacs, deleted_at is null) from users",
        "select json_array(id, name, slug, updated_at, deleted_at is null) from organisations",
        "select json_array(id, organisation_id, user_id, role, updated_at, deleted_at is null) from memberships",
        "select json_array(provider, id, type, object_id, outcome) from webhook_events",
        "select json_array(hmac, owner) from welcome_claims",
    ];
    queries.iter().flat_map(|sql| texts(house, sql).into_iter().chain(["-".to_owned()])).collect()
}

pub fn texts(house: &House, sql: &str) -> Vec<String> {
    let mut prepared = house.database.prepare(&format!("{sql} order by 1")).unwrap();
    let rows = prepared.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// All orders of so many things, by Heap's way.
fn orders(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(of - 1);
    shorter.iter().flat_map(|order| (0..of).map(|at| [&order[..at], &[of - 1], &order[at..]].concat())).collect()
}

/// In every order, and each told a second time at once or at the end, the tables end as they do in the true order.
fn all_orders_end_alike(events: &[String]) {
    let told = |order: &[usize]| {
        let house = House::new(&[]);
        for n in order {
            assert_eq!(code(&deliver(&house, &format!("msg_{n}"), &events[*n])), "200 -", "{}", events[*n]);
            house.later(1);
        }
        tables(&house)
    };
    let straight: Vec<usize> = (0..events.len()).collect();
    let wanted = told(&straight);
    for order in orders(events.len()) {
        assert_eq!(told(&order), wanted, "{order:?}");
        assert_eq!(told(&[&order[..], &order].concat()), wanted, "{order:?} and once more");
        let doubled: Vec<usize> = order.iter().flat_map(|n| [*n, *n]).collect();
        assert_eq!(told(&doubled), wanted, "{doubled:?}");
    }
}

#[test]
fn a_life_told_in_any_order_ends_alike() {
    all_orders_end_alike(&[
        event("user.created", person("user_1", "Ann", 10)),
        event("organization.created", organisation("Acme", 11)),
        event("organizationMembership.created", membership("org:member", 12)),
        event("organizationMembership.updated", membership("org:admin", 13)),
        event("user.updated", person("user_1", "Anna", 14)),
    ]);
}

#[test]
fn a_life_that_ended_is_not_revived_by_what_comes_late() {
    let birth = event("user.created", person("user_1", "Ann", 10));
    let change = event("user.updated", person("user_1", "Ann", 14));
    let joined = event("organizationMembership.created", membership("org:member", 12));
    let promoted = event("organizationMembership.updated", membership("org:admin", 13));
    let founded = event("organization.created", organisation("Acme", 11));
    let left = event("organizationMembership.deleted", membership("org:admin", 13));
    all_orders_end_alike(&[joined.clone(), promoted.clone(), founded.clone(), left, birth.clone()]);
    all_orders_end_alike(&[
        founded.clone(),
        joined.clone(),
        event("organization.deleted", gone("org_1")),
        promoted.clone(),
    ]);
    // The claim of somebody who left depends on what was known of them before: without an address, none.
    let nameless = event("user.created", json!({ "id": "user_1", "updated_at": 10 }));
    let ended = event("user.deleted", gone("user_1"));
    all_orders_end_alike(&[nameless, joined.clone(), promoted, founded, ended.clone()]);

    let house = House::new(&[]);
    for (n, body) in [&joined, &ended, &birth, &change, &joined].into_iter().enumerate() {
        assert_eq!(code(&deliver(&house, &format!("msg_{n}"), body)), "200 -");
    }
    assert_eq!(
        texts(&house, "select json_array(id, email, name, claim_hmacs) from users"),
        [r#"["user_1",null,null,null]"#]
    );
    assert_eq!(texts(&house, "select json_array(id, user_id, role) from memberships"), [r#"["orgmem_1",null,null]"#]);
}

#[test]
fn facts_of_the_same_time_have_one_winner() {
    let unverified = {
        let mut person = person("user_1", "Ann", 10);
        person["email_addresses"][0]["verification"] = json!(null);
        person
    };
    all_orders_end_alike(&[
        event("user.created", person("user_1", "Ann", 10)),
        event("user.updated", person("user_1", "Bea", 10)),
        event("user.updated", unverified),
        event("user.updated", json!({ "id": "user_1", "updated_at": 10 })),
    ]);
    all_orders_end_alike(&[
        event("organization.created", organisation("Acme", 11)),
        event("organization.updated", organisation("Bcme", 11)),
        event("organizationMembership.created", membership("org:admin", 12)),
        event("organizationMembership.updated", membership("org:member", 12)),
    ]);
}

#[test]
fn the_role_keeps_clerks_word_and_the_log_keeps_no_payload() {
    let house = House::new(&[]);
    deliver(&house, "msg_1", &event("organizationMembership.created", membership("org:admin", 12)));
    deliver(&house, "msg_2", &event("session.created", json!({ "id": "sess_1", "secret": "Canary" })));
    let role = r#"["orgmem_1","org_1","user_1","org:admin",12]"#;
    assert_eq!(
        texts(&house, "select json_array(id, organisation_id, user_id, role, updated_at) from memberships"),
        [role]
    );
    let log = texts(
        &house,
        "select json_array(provider, id, type, object_id, outcome, at > 1800000000000 - 1) from webhook_events",
    );
    assert_eq!(
        log,
        [
            r#"["clerk","msg_1","organizationMembership.created","orgmem_1","stored",1]"#,
            r#"["clerk","msg_2","session.created",null,"ignored",1]"#
        ]
    );
    let lines = house.lines.borrow();
    assert!(lines[1].contains("clerk told session.created") && !lines[1].contains("Canary"), "{lines:?}");
}

#[test]
fn what_is_not_signed_has_no_effect() {
    let house = House::new(&[]);
    let body = event("user.created", person("user_1", "Ann", 10));
    let now = house.seconds();
    let call = |id: &str, at: i64, signature: &str, body: &str| {
        Call::of("POST", ADDRESS)
            .with("content-type", "application/json")
            .with("webhook-id", id)
            .with("webhook-timestamp", &at.to_string())
            .with("webhook-signature", signature)
            .body(Ok(body.as_bytes()))
    };
    let good = signing::webhook(1, "msg_1", now, &body);
    let old = signing::webhook(1, "msg_1", now - 301, &body);
    let early = signing::webhook(1, "msg_1", now + 301, &body);
    for (id, at, signature, body) in [
        ("msg_2", now, &good, body.clone()),
        ("msg_1", now + 1, &good, body.clone()),
        ("msg_1", now, &good, body.replace("Ann", "Bea")),
        ("msg_1", now, &good, format!("{body}\n")),
        ("msg_1", now, &good.replace("v1,", "v2,"), body.clone()),
        ("msg_1", now - 301, &old, body.clone()),
        ("msg_1", now + 301, &early, body.clone()),
    ] {
        assert_eq!(code(&house.call(&call(id, at, signature, &body))), "400 bad_signature", "{id} {at}");
    }
    let bare = Call::of("POST", ADDRESS).with("content-type", "application/json").body(Ok(body.as_bytes()));
    assert_eq!(code(&house.call(&bare)), "400 bad_signature");
    assert!(tables(&house).iter().all(|row| row == "-"));
    assert!(house.lines.borrow().iter().any(|line| line.contains(r#""why":"too old""#)), "the log knows why");
    assert_eq!(
        code(&house.call(&call("msg_1", now, &good, &body))),
        "200 -",
        "the old secret counts during a rotation"
    );
}

#[test]
fn what_is_signed_but_cannot_be_read_is_not_acknowledged() {
    let house = House::new(&[]);
    for (body, wanted) in [
        ("{".to_owned(), "400 bad_json"),
        ("[]".to_owned(), "400 bad_request"),
        (event("user.created", json!({ "id": "user_1" })), "400 bad_request"),
        (event("user.deleted", json!({ "deleted": true })), "400 bad_request"),
    ] {
        assert_eq!(code(&deliver(&house, "msg_1", &body)), wanted, "{body}");
    }
    let wide = format!(r#"{{"type":"x.y","data":"{}"}}"#, "x".repeat(256 * 1024 - 24));
    assert_eq!(code(&deliver(&house, "msg_1", &format!("{wide} "))), "413 too_large");
    assert!(tables(&house).iter().all(|row| row == "-"));
    assert_eq!((wide.len(), code(&deliver(&house, "msg_1", &wide)).as_str()), (256 * 1024, "200 -"));
}

#[test]
fn without_its_secrets_the_address_is_closed() {
    for missing in ["CLERK_WEBHOOK_SECRET", "CLAIM_SECRET"] {
        let house = House::new(&[(missing, "")]);
        let body = event("user.created", person("user_1", "Ann", 10));
        assert_eq!(code(&deliver(&house, "msg_1", &body)), "503 not_configured", "{missing}");
        assert!(tables(&house).iter().all(|row| row == "-"));
    }
}

#[test]
fn a_database_that_fails_is_not_acknowledged_and_the_next_delivery_heals() {
    let life = [
        event("user.created", person("user_1", "Ann", 10)),
        event("organization.created", organisation("Acme", 11)),
        event("organizationMembership.created", membership("org:admin", 12)),
        event("organizationMembership.deleted", membership("org:admin", 12)),
        event("organization.deleted", gone("org_1")),
        event("user.deleted", gone("user_1")),
        event("session.ended", json!({})),
    ];
    for (n, last) in life.iter().enumerate() {
        let told = |failing: &[Failing]| {
            let house = House::new(&[]);
            for (n, body) in life[..n].iter().enumerate() {
                deliver(&house, &format!("msg_{n}"), body);
            }
            for failing in failing {
                house.failing.set(*failing);
                assert_eq!(code(&deliver(&house, "msg_last", last)), "503 database_error", "{failing:?} {last}");
                let logged = texts(&house, "select id from webhook_events where id = 'msg_last'").len();
                let deletion = last.contains("user.deleted");
                let wanted = *failing == if deletion { Failing::After(4) } else { Failing::After(1) };
                assert_eq!(logged == 1, wanted, "the log is written with or after the effect: {failing:?} {last}");
            }
            house.failing.set(Failing::No);
            assert_eq!(code(&deliver(&house, "msg_last", last)), "200 -");
            tables(&house)
        };
        let wanted = told(&[]);
        assert_eq!(told(&[Failing::Before(1)]), wanted, "{last}");
        assert_eq!(told(&[Failing::Before(1), Failing::After(1)]), wanted, "{last}");
        if last.contains("user.deleted") {
            let each = (2..=4).flat_map(|n| [Failing::Before(n), Failing::After(n)]);
            assert_eq!(told(&each.collect::<Vec<_>>()), wanted);
        }
    }
}

#[test]
fn only_forged_messages_are_counted_at_the_fence() {
    let house = House::new(&[]);
    house.fenced.set(true);
    let body = event("user.created", person("user_1", "Ann", 10));
    let true_one = sent(&house, "msg_1", &body).with("cf-connecting-ip", "203.0.113.7");
    assert_eq!(code(&house.call(&true_one)), "200 -");
    let forged =
        Call::of("POST", ADDRESS).with("content-type", "application/json").with("cf-connecting-ip", "203.0.113.7");
    assert_eq!(code(&house.call(&forged)), "429 rate_limited");
    assert_eq!(*house.counted.borrow(), ["203.0.113.7"]);
}
