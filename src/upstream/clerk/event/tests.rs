use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn told(kind: &str, data: &Value) -> Result<Event, Refusal> {
    let envelope = json!({ "object": "event", "type": kind, "data": data, "timestamp": 1, "instance_id": "ins_1" });
    read(envelope.to_string().as_bytes()).map(|(_, event)| event)
}

fn alice() -> Value {
    json!({
        "id": "user_alice", "object": "user", "first_name": "Alice", "last_name": "Example", "updated_at": 7,
        "image_url": "https://img.clerk.com/a", "primary_email_address_id": "idn_1",
        "email_addresses": [{ "id": "idn_1", "email_address": "a@x.test", "verification": { "status": "verified" } }],
    })
}

fn acme() -> Value {
    json!({ "id": "org_acme", "object": "organization", "name": "Acme", "slug": "acme", "updated_at": 8 })
}

fn member() -> Value {
    json!({
        "id": "orgmem_1", "role": "org:admin", "organization": acme(), "updated_at": 9, "permissions": [],
        "public_user_data": { "user_id": "user_alice", "identifier": "a@x.test", "first_name": null },
    })
}

#[test]
fn each_type_we_handle_is_read_whole() {
    let alice_id = || UserId::parse("user_alice").unwrap();
    let [email, name, image_url] =
        ["a@x.test", "Alice Example", "https://img.clerk.com/a"].map(|text| Some(text.to_owned()));
    let person = Person { email, verified: true, name, image_url, updated_at: 7 };
    let organisation = Organisation {
        id: "org_acme".to_owned(),
        name: "Acme".to_owned(),
        slug: Some("acme".to_owned()),
        updated_at: 8,
    };
    let membership = Membership {
        id: "orgmem_1".to_owned(),
        organisation: "org_acme".to_owned(),
        user: alice_id(),
        role: "org:admin".to_owned(),
        updated_at: 9,
    };
    for kind in ["user.created", "user.updated"] {
        assert_eq!(told(kind, &alice()), Ok(Event::User { id: alice_id(), person: person.clone() }));
    }
    for kind in ["organization.created", "organization.updated"] {
        assert_eq!(told(kind, &acme()), Ok(Event::Organisation(organisation.clone())));
    }
    for kind in ["organizationMembership.created", "organizationMembership.updated"] {
        assert_eq!(told(kind, &member()), Ok(Event::Membership(membership.clone())));
    }
    let gone = |id: &str| json!({ "id": id, "object": "x", "deleted": true });
    assert_eq!(told("user.deleted", &gone("user_alice")), Ok(Event::UserDeleted { id: alice_id() }));
    assert_eq!(told("organization.deleted", &gone("org_a")), Ok(Event::OrganisationDeleted { id: "org_a".to_owned() }));
    let deleted = Event::MembershipDeleted { id: "orgmem_1".to_owned() };
    assert_eq!(told("organizationMembership.deleted", &member()), Ok(deleted));
}

#[test]
fn what_we_do_not_handle_is_passed_over_whatever_it_holds() {
    for kind in ["session.created", "email.created", "organizationDomain.created", "user.createdAtLast", "role.created"]
    {
        assert_eq!(told(kind, &json!(null)), Ok(Event::Other), "{kind}");
        assert_eq!(told(kind, &json!([1])), Ok(Event::Other), "{kind}");
    }
    assert_eq!(read(br#"{"type":"waitlistEntry.created"}"#), Ok(("waitlistEntry.created".to_owned(), Event::Other)));
}

#[test]
fn what_we_handle_but_cannot_read_is_refused() {
    let without = |mut data: Value, name: &str| {
        data.as_object_mut().unwrap().remove(name);
        data
    };
    let with = |mut data: Value, name: &str, value: Value| {
        data[name] = value;
        data
    };
    let unreadable = [
        ("user.created", without(alice(), "id")),
        ("user.created", without(alice(), "updated_at")),
        ("user.updated", with(alice(), "id", json!("org_1"))),
        ("user.updated", with(alice(), "id", json!("user_a/../b"))),
        ("user.updated", with(alice(), "updated_at", json!(-1))),
        ("user.updated", with(alice(), "updated_at", json!(1i64 << 53))),
        ("user.updated", with(alice(), "updated_at", json!("7"))),
        ("user.updated", with(alice(), "email_addresses", json!([{ "id": 1 }]))),
        ("user.deleted", json!({ "object": "user", "deleted": true })),
        ("user.deleted", json!({ "id": null })),
        ("organization.created", without(acme(), "name")),
        ("organization.updated", with(acme(), "id", json!("user_1"))),
        ("organization.deleted", json!({ "deleted": true })),
        ("organizationMembership.created", without(member(), "role")),
        ("organizationMembership.updated", without(member(), "organization")),
        ("organizationMembership.updated", without(member(), "public_user_data")),
        ("organizationMembership.deleted", json!({ "id": "org_1" })),
    ];
    for (kind, data) in unreadable {
        assert_eq!(told(kind, &data), Err(Refusal::BadRequest { field: "data" }), "{kind} {data}");
    }
    for kind in ["user.created", "user.deleted", "organization.updated", "organizationMembership.deleted"] {
        for data in [json!(null), json!(1), json!("x"), json!([])] {
            assert_eq!(told(kind, &data), Err(Refusal::BadRequest { field: "data" }), "{kind} {data}");
        }
        let bare = format!(r#"{{"type":"{kind}"}}"#);
        assert_eq!(read(bare.as_bytes()), Err(Refusal::BadRequest { field: "data" }), "{kind}");
    }
}

#[test]
fn what_is_no_event_is_refused() {
    for body in ["", "{", "<html>", "{\"type\":\"user.created\",", "\u{feff}{}", "{\"type\":\"x\"}}"] {
        assert_eq!(read(body.as_bytes()), Err(Refusal::BadJson), "{body}");
    }
    let deep = format!(r#"{{"type":"x.y","data":{}{}}}"#, "[".repeat(20_000), "]".repeat(20_000));
    assert!(read(deep.as_bytes()).is_ok_and(|(_, event)| event == Event::Other));
    let twice = r#"{"type":"x.y","type":"user.deleted","data":{"id":"user_1"}}"#;
    let long = format!(r#"{{"type":"{}"}}"#, "x".repeat(65));
    let bodies = ["{}", "7", "[]", "null", r#"{"type":null}"#, r#"{"type":7}"#, r#"{"type":""}"#, r#"{"type":"a b"}"#];
    for body in bodies.into_iter().chain([twice, &long]) {
        assert_eq!(read(body.as_bytes()), Err(Refusal::BadRequest { field: "type" }), "{body}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn a_cut_event_is_none(at in any::<proptest::sample::Index>()) {
        let whole = json!({ "type": "user.created", "data": alice() }).to_string();
        let cut = &whole.as_bytes()[..at.index(whole.len())];
        prop_assert_eq!(read(cut), Err(Refusal::BadJson));
    }
}
