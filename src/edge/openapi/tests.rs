//! What `GET /api/openapi.json` tells is made of the files beside this one by `scripts/openapi.mjs`. Here they are held
//! against the table of routes and the map of errors.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::route::{Method, ROUTES};
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::SessionId;
use crate::domain::millis::Millis;
use crate::edge::failure::Told;

fn operations() -> Map<String, Value> {
    serde_json::from_str(include_str!("operations.json")).unwrap()
}

/// Every code a caller may meet, with its status.
fn codes() -> BTreeMap<String, u16> {
    serde_json::from_str(include_str!("codes.json")).unwrap()
}

#[test]
fn every_api_route_is_described_and_nothing_else() {
    let mut described: Vec<(String, String)> =
        operations().into_iter().map(|(name, known)| (name, known["guard"].as_str().unwrap().to_owned())).collect();
    let api = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
    let method = |method: Method| format!("{method:?}").to_uppercase();
    let guard = |guard| format!("{guard:?}").to_lowercase();
    let mut routes: Vec<(String, String)> =
        api.map(|route| (format!("{} {}", method(route.method), route.path), guard(route.guard))).collect();
    described.sort_unstable();
    routes.sort_unstable();
    assert_eq!(described, routes);
}

#[test]
fn an_operation_is_told_in_known_members() {
    for (name, value) in operations() {
        let known = ["guard", "summary", "parameters", "requestBody", "gives", "also", "codes"];
        assert!(value.as_object().unwrap().keys().all(|name| known.contains(&name.as_str())), "{name}");
        assert!(value["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{name}");
        let told = value.get("codes").and_then(Value::as_array).into_iter().flatten();
        assert!(told.into_iter().all(|code| codes().contains_key(code.as_str().unwrap())), "{name}");
    }
}

#[test]
fn the_codes_are_those_of_the_error_map() {
    let provider = "clerk";
    let why = String::new;
    let all: Vec<Failure> = vec![
        Refusal::BadJson.into(),
        Refusal::BadRequest { field: "x" }.into(),
        Refusal::BadSignature { why: "x" }.into(),
        Refusal::BadSdp { why: "x" }.into(),
        Refusal::BadTicket { why: "x" }.into(),
        Refusal::NoToken.into(),
        Refusal::BadToken { why: "x" }.into(),
        Refusal::TokenExpired.into(),
        Refusal::Forbidden.into(),
        Refusal::NotFound.into(),
        Refusal::MethodNotAllowed { allow: String::new() }.into(),
        Refusal::Gone.into(),
        Refusal::AccountClosed.into(),
        Refusal::InsufficientCredits { available: Credits::ZERO, minimum: Credits::ZERO, given: true }.into(),
        Refusal::SessionInProgress { session: SessionId::parse("ses_1").unwrap(), state: "held", resumable: false }
            .into(),
        Refusal::SessionEnded.into(),
        Refusal::Conflict { why: "x" }.into(),
        Refusal::IdempotencyMismatch.into(),
        Refusal::Unprocessable { why: "x" }.into(),
        Refusal::BadResume { reason: "x" }.into(),
        Refusal::RateLimited { retry_after: Millis::new(1) }.into(),
        Fault::Wallet { why: why() }.into(),
        Fault::NotOpen { free: true }.into(),
        Fault::DatabaseRefused { why: why() }.into(),
        Refusal::TooLarge { limit: 1 }.into(),
        Refusal::UnsupportedMediaType { expected: "x" }.into(),
        Fault::Bug { why: why() }.into(),
        Fault::Provider { provider, why: why() }.into(),
        Fault::ProviderRefused { provider, why: why() }.into(),
        Fault::Room { why: why() }.into(),
        Fault::Files { why: why() }.into(),
        Fault::DatabaseTimeout.into(),
        Fault::Database { why: why() }.into(),
        Fault::ProviderBusy { provider, retry_after: Millis::new(1) }.into(),
        Fault::NotConfigured { setting: "x" }.into(),
        Fault::ProviderTimeout { provider }.into(),
    ];
    let mut told: Vec<(&str, u16)> = all.iter().map(Told::of).map(|told| (told.code, told.status)).collect();
    told.sort_unstable();
    told.dedup();
    let codes = codes();
    let codes: Vec<(&str, u16)> = codes.iter().map(|(code, status)| (code.as_str(), *status)).collect();
    assert_eq!(told, codes);
}
