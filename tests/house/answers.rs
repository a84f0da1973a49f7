//! What every answer has, whoever asks for whatever.

use proptest::prelude::*;
use vocahire::edge::route::{Guard, Method, ROUTES, Verb, allow};
use vocahire::edge::{Body, Kind};
use vocahire::port::incoming::BodyFailure;

use super::signing::{KEYS, key_set};
use super::world::{Call, House, code, header, json};

#[test]
fn every_guarded_route_refuses_a_stranger() {
    let house = House::new(&[
        ("STRIPE_SECRET_KEY", "sk_test_canarycanary"),
        ("STRIPE_WEBHOOK_SECRET", "whsec_canarycanarycanarycanary"),
    ]);
    for route in ROUTES {
        let method = ["GET", "POST", "DELETE"].into_iter().find(|method| route.takes(method)).unwrap();
        let answer = house.call(&Call::of(method, route.path));
        match route.guard {
            Guard::User | Guard::Admin | Guard::Room | Guard::Socket => {
                assert_eq!(code(&answer), "401 no_token", "{}", route.path);
            }
            Guard::Brief => assert_eq!(json(&answer).as_object().unwrap().len(), 1, "{}", route.path),
            Guard::Public => assert_ne!(answer.status, 401, "{}", route.path),
            Guard::Webhook => {
                let call = Call::of("POST", route.path).with("content-type", "application/json");
                assert_eq!(code(&house.call(&call)), "400 bad_signature", "{}", route.path);
            }
        }
    }
}

#[test]
fn wrong_methods_are_told_the_right_ones() {
    let house = House::new(&[]);
    for route in ROUTES.iter().filter(|route| route.method != Method::Any) {
        let wrong = ["GET", "POST", "DELETE", "PROPFIND", "get"]
            .into_iter()
            .filter(|method| !allow(route.path).split(", ").any(|one| one == *method));
        for method in wrong {
            let answer = house.call(&Call::of(method, route.path));
            assert_eq!(answer.status, 405, "{method} {}", route.path);
            assert_eq!(header(&answer, "allow"), Some(allow(route.path).as_str()));
        }
        let asked = house.call(&Call::of("OPTIONS", route.path));
        assert_eq!((asked.status, header(&asked, "allow")), (204, Some(allow(route.path).as_str())));
    }
}

#[test]
fn head_is_answered_as_get() {
    let house = House::new(&[]);
    for route in ROUTES.iter().filter(|route| route.method == Method::Get) {
        let (get, head) = (house.call(&Call::get(route.path)), house.call(&Call::of("HEAD", route.path)));
        assert_eq!((get.status, get.headers), (head.status, head.headers), "{}", route.path);
    }
}

#[test]
fn people_get_a_page_and_programs_get_data() {
    let house = House::new(&[]);
    let page = house.call(&Call::get("/nowhere"));
    assert_eq!((page.status, page.kind, page.body), (404, Kind::Page, Body::File("/404")));
    assert_eq!(code(&house.call(&Call::get("/api/nowhere"))), "404 not_found");
    assert!(house.lines.borrow().iter().all(|line| line.contains("unmatched") && !line.contains("nowhere")));
    for (slash, location) in [("/help/", "/help"), ("/sign-in/?redirect_url=%2Fx", "/sign-in?redirect_url=%2Fx")] {
        let moved = house.call(&Call::get(slash));
        assert_eq!((moved.status, header(&moved, "location")), (308, Some(location)));
    }
}

#[test]
fn what_cannot_be_delivered_is_an_error_of_ours_and_one_line() {
    let house = House::new(&[]);
    house.undeliverable.set(true);
    let answer = house.call(&Call::get("/help").with("x-request-id", "lost-page"));
    assert_eq!((code(&answer).as_str(), header(&answer, "x-request-id")), ("500 internal_error", Some("lost-page")));
    let lines = house.lines.borrow();
    assert!(lines.len() == 1 && lines[0].contains(r#""status":500"#) && lines[0].contains("the file is not there"));
}

#[test]
fn only_admins_get_what_is_for_admins() {
    let house = House::new(&[]);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    assert_eq!(code(&house.get_as("user_1", "/api/sentry-example-api")), "403 forbidden");
    assert!(house.lines.borrow()[0].contains("user_1"), "the log knows who was refused");
    assert_eq!(code(&house.get_as("user_admin", "/api/sentry-example-api")), "500 internal_error");
    assert_eq!(code(&house.get_as("user_admin", "/api/sentry-example-api?kind=x")), "400 bad_request");
    assert_eq!(code(&house.get_as("user_admin", "/api/sentry-example-api?kind=panic")), "403 forbidden", "production");
    assert_eq!(json(&house.get_as("user_1", "/api/diagnostic/env")).as_object().unwrap().len(), 1);
    assert_eq!(json(&house.get_as("user_admin", "/api/diagnostic/env"))["environment"], "production");
}

#[test]
fn time_spent_is_told_to_admins_and_in_development() {
    let timed = |house: &House, user: &str| {
        house.reply(200, &key_set(&[("k1", &KEYS[0])]));
        header(&house.get_as(user, "/api/diagnostic/env"), "server-timing").map(|text| text.contains("AUTH;dur="))
    };
    let house = House::new(&[]);
    assert_eq!((timed(&house, "user_1"), timed(&house, "user_admin")), (None, Some(true)));
    assert_eq!(timed(&House::new(&[("APP_ENV", "development")]), "user_1"), Some(true));
}

#[test]
fn what_is_gone_points_on() {
    let house = House::new(&[]);
    for route in ROUTES.iter().filter(|route| route.verb == Verb::Gone) {
        for method in ["GET", "POST", "DELETE"] {
            let answer = house.call(&Call::of(method, route.path));
            assert_eq!(
                (code(&answer).as_str(), json(&answer)["see"].as_str()),
                ("410 gone", Some("/api/diagnostic/webrtc-test"))
            );
        }
    }
}

#[test]
fn a_policy_report_is_read_as_what_it_says_it_is() {
    let house = House::new(&[]);
    let post = |kind: &str, body: Result<&[u8], BodyFailure>| {
        let answer = house.call(&Call::of("POST", "/api/csp-report").with("content-type", kind).body(body));
        if answer.status == 204 { "204".to_owned() } else { code(&answer) }
    };
    let old = br#"{"csp-report":{"violated-directive":"script-src","effective-directive":"script-src",
        "blocked-uri":"https://x.test/secret"}}"#;
    let new = br#"[{"type":"csp-violation","body":{"effectiveDirective":"img-src","blockedURL":"inline"}}]"#;
    assert_eq!(post("application/csp-report", Ok(old)), "204");
    assert_eq!(post("application/reports+json; charset=utf-8", Ok(new)), "204");
    let packed =
        Call::of("POST", "/api/csp-report").with("content-type", "application/json").with("content-encoding", "gzip");
    assert_eq!(code(&house.call(&packed.body(Ok(old)))), "415 unsupported_media_type");
    assert_eq!(post("text/plain", Ok(old)), "415 unsupported_media_type");
    assert_eq!(post("application/json", Ok(b"{\"csp-")), "400 bad_json");
    assert_eq!(post("application/json", Ok(b"\xff\xfe")), "400 bad_json");
    assert_eq!(post("application/json", Ok(b"7")), "400 bad_request");
    assert_eq!(post("application/json", Ok(&[b'['; 60_000])), "400 bad_json");
    assert_eq!(post("application/json", Ok(&[b' '; 65_537])), "413 too_large");
    assert_eq!(post("application/json", Err(BodyFailure::Broken)), "400 bad_request");
    let odd = br#"{"csp-report":{"effective-directive":"not a Directive"}}"#;
    assert_eq!(post("application/csp-report", Ok(odd)), "204");
    let lines: Vec<String> = house.lines.borrow().iter().filter(|line| line.contains("policy")).cloned().collect();
    assert!(lines[0].contains(r#""blocked":"https://x.test""#) && !lines[0].contains("secret"), "{lines:?}");
    assert!(lines[1].contains(r#""directive":"img-src""#) && lines[2].contains(r#""directive":null"#), "{lines:?}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn other_origins_are_served_when_named_exactly() {
    let house = House::new(&[("ALLOWED_ORIGINS", "https://partner.example")]);
    let shared = |origin: &str| {
        let answer = house.call(&Call::get("/api/health").with("origin", origin));
        assert_eq!(header(&answer, "vary"), Some("origin"));
        assert_eq!(header(&answer, "access-control-allow-credentials"), None);
        header(&answer, "access-control-allow-origin").map(str::to_owned)
    };
    assert_eq!(shared("https://partner.example").as_deref(), Some("https://partner.example"));
    for stranger in ["null", "https://partner.example.evil", "http://partner.example", "https://PARTNER.example", "*"] {
        assert_eq!(shared(stranger), None, "{stranger}");
    }
    let page = house.call(&Call::get("/help").with("origin", "https://partner.example"));
    assert_eq!(header(&page, "access-control-allow-origin"), None, "pages are not for other pages");
    let asked = house.call(&Call::of("OPTIONS", "/api/user").with("origin", "https://partner.example"));
    assert!(header(&asked, "access-control-allow-headers").is_some_and(|list| list.contains("authorization")));
}

proptest! {
    #[test]
    fn any_request_is_answered_with_an_id_and_never_a_500(
        method in "GET|HEAD|POST|PUT|OPTIONS|BREW|\\PC{0,8}",
        path in "/api/health|/api/user|/api/csp-report|/api/diagnostic/env|/help|(/[a-z%.]{0,9}){0,4}|\\PC{0,30}",
        query in "\\PC{0,30}",
        name in "authorization|content-type|x-request-id|origin|content-encoding",
        value in "Bearer \\PC{0,60}|application/json|\\PC{0,70}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        let house = House::new(&[]);
        let answer = house.call(&Call::of(&method, &format!("{path}?{query}")).with(&name, &value).body(Ok(&body)));
        prop_assert!(answer.status < 500, "{} {}", answer.status, path);
        let id = header(&answer, "x-request-id").unwrap_or_default();
        prop_assert!((8..=64).contains(&id.len()));
        if let Body::Json(text) = &answer.body && answer.status >= 400 {
            prop_assert!(text.contains("\"code\":") && text.contains(id));
        }
        prop_assert_eq!(house.lines.borrow().iter().filter(|line| line.contains("\"route\"")).count(), 1);
        prop_assert!(house.asked.borrow().is_empty() || value.starts_with("Bearer "));
    }
}
