//! `GET /api/openapi.json`: the table of routes told as OpenAPI 3.1, each operation with every answer it may give.
//! What the table does not know of an operation stands in `operations.json`, by path; what stands around them all, in
//! `frame.json`.

use serde_json::{Map, Value, json};

use super::route::{Guard, Method, ROUTES, Route, Verb};

/// Every code a caller may meet, with its status.
pub const CODES: &[(&str, u16)] = &[
    ("bad_json", 400),
    ("bad_request", 400),
    ("bad_sdp", 400),
    ("bad_signature", 400),
    ("no_token", 401),
    ("bad_token", 401),
    ("token_expired", 401),
    ("account_closed", 401),
    ("insufficient_credits", 403),
    ("forbidden", 403),
    ("bad_ticket", 403),
    ("not_found", 404),
    ("method_not_allowed", 405),
    ("session_in_progress", 409),
    ("session_ended", 409),
    ("conflict", 409),
    ("idempotency_mismatch", 409),
    ("gone", 410),
    ("too_large", 413),
    ("unsupported_media_type", 415),
    ("unprocessable", 422),
    ("rate_limited", 429),
    ("internal_error", 500),
    ("provider_error", 502),
    ("provider_refused", 502),
    ("database_timeout", 503),
    ("database_error", 503),
    ("provider_busy", 503),
    ("wallet_unavailable", 503),
    ("room_unavailable", 503),
    ("files_unavailable", 503),
    ("not_configured", 503),
    ("provider_timeout", 504),
];

/// Our own bugs may happen anywhere, and strangers may be too many anywhere.
const ANYWHERE: &[&str] = &["internal_error", "rate_limited"];
/// What may go wrong with any token.
const TOKEN: &[&str] =
    &["bad_token", "token_expired", "provider_error", "provider_busy", "provider_timeout", "not_configured"];

pub fn document() -> Value {
    let operations: Value = serde_json::from_slice(include_bytes!("operations.json")).unwrap_or_default();
    let api = ROUTES.iter().filter(|route| !matches!(route.verb, Verb::Page(_)));
    let mut paths: Map<String, Value> = Map::new();
    for route in api {
        let known = paths.entry(route.path.replace(":id", "{id}")).or_insert_with(|| json!({}));
        if let Some(known) = known.as_object_mut() {
            known.extend(path(route, &operations));
        }
    }
    let mut all: Value = serde_json::from_slice(include_bytes!("frame.json")).unwrap_or_default();
    put(&mut all, "/info/version", env!("CARGO_PKG_VERSION").into());
    put(&mut all, "/paths", paths.into());
    let codes = CODES.iter().map(|(code, _)| *code).collect();
    put(&mut all, "/components/schemas/Error/properties/code/enum", codes);
    all
}

fn put(all: &mut Value, at: &str, value: Value) {
    if let Some(place) = all.pointer_mut(at) {
        *place = value;
    }
}

/// What stands in `operations.json` is found by the path, or by method and path where one path has several.
fn path(route: &Route, operations: &Value) -> Map<String, Value> {
    let methods = route.methods().iter().filter(|method| **method != "HEAD" || route.method == Method::Any);
    let known = operations.get(named(route)).or_else(|| operations.get(route.path)).unwrap_or(&Value::Null);
    let mut told = operation(route.guard, known);
    let parameters = told.get_mut("parameters").and_then(Value::as_array_mut).filter(|_| route.path.contains(":id"));
    if let Some(parameters) = parameters {
        parameters.push(json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }));
    }
    let mut all: Map<String, Value> = Map::new();
    for method in methods.filter(|method| **method != "HEAD") {
        all.insert(method.to_ascii_lowercase(), told.clone());
    }
    all
}

fn named(route: &Route) -> String {
    format!("{} {}", route.methods().first().copied().unwrap_or_default(), route.path)
}

/// Known are `summary`, `parameters`, `requestBody` and `codes`; under `gives` the schema of each status when all is
/// well, null for one without a body; under `also` the types of a status that may come in others than JSON.
fn operation(guard: Guard, known: &Value) -> Value {
    let session = json!({ "session": [] });
    let (security, guard_codes) = match guard {
        Guard::Public => (json!([]), Vec::new()),
        Guard::Webhook => (json!([]), vec!["bad_signature", "not_configured"]),
        Guard::Brief => (json!([{}, session]), TOKEN.to_vec()),
        Guard::User => (json!([session]), [&["no_token"], TOKEN].concat()),
        Guard::Room => (json!([session, { "room": [] }]), [&["no_token", "bad_ticket", "not_found"], TOKEN].concat()),
        Guard::Admin => (json!([session]), [&["no_token", "forbidden"], TOKEN].concat()),
    };
    let codes: Vec<&str> = texts(known.get("codes")).chain(guard_codes).chain(ANYWHERE.iter().copied()).collect();
    let mut told = json!({
        "summary": known.get("summary"),
        "security": security,
        "parameters": known.get("parameters").cloned().unwrap_or_else(|| json!([])),
        "responses": responses(known, &codes),
    });
    if let (Some(body), Some(members)) = (known.get("requestBody"), told.as_object_mut()) {
        members.insert("requestBody".to_owned(), body.clone());
    }
    told
}

/// One response for each status; of an error status, the codes that may stand in it.
fn responses(known: &Value, codes: &[&str]) -> Map<String, Value> {
    let mut all: Map<String, Value> = Map::new();
    for (status, schema) in known.get("gives").and_then(Value::as_object).into_iter().flatten() {
        let mut told = response("Done.", schema.clone());
        let others = texts(known.get("also").and_then(|also| also.get(status)));
        if let Some(content) = told.get_mut("content").and_then(Value::as_object_mut) {
            content.extend(others.map(|other| (other.to_owned(), json!({ "schema": { "type": "string" } }))));
        }
        all.insert(status.clone(), told);
    }
    for (_, status) in CODES {
        let here: Vec<&str> =
            CODES.iter().filter(|(code, s)| s == status && codes.contains(code)).map(|(code, _)| *code).collect();
        if !here.is_empty() {
            let schema = json!({
                "allOf": [{ "$ref": "#/components/schemas/Error" }, { "properties": { "code": { "enum": here } } }],
            });
            all.insert(status.to_string(), response("Refused or failed.", schema));
        }
    }
    all
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = &str> {
    list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn response(description: &str, schema: Value) -> Value {
    match schema {
        Value::Null => json!({ "description": description }),
        schema => json!({ "description": description, "content": { "application/json": { "schema": schema } } }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::credits::Credits;
    use crate::domain::failure::{Failure, Fault, Refusal};
    use crate::domain::id::SessionId;
    use crate::domain::millis::Millis;
    use crate::edge::failure::Told;

    #[test]
    fn every_api_route_is_described_and_nothing_else() {
        let operations: Map<String, Value> = serde_json::from_str(include_str!("operations.json")).unwrap();
        let mut described: Vec<&str> = operations.keys().map(String::as_str).collect();
        let api: Vec<&Route> = ROUTES.iter().filter(|route| route.path.starts_with("/api/")).collect();
        let alone = |path| api.iter().filter(|route| route.path == path).count() == 1;
        let mut routes: Vec<String> =
            api.iter().map(|route| if alone(route.path) { route.path.to_owned() } else { named(route) }).collect();
        described.sort_unstable();
        routes.sort_unstable();
        assert_eq!(described, routes);
        for (path, value) in operations {
            let known = ["summary", "parameters", "requestBody", "gives", "also", "codes"];
            assert!(value.as_object().unwrap().keys().all(|name| known.contains(&name.as_str())), "{path}");
            assert!(value["summary"].as_str().is_some_and(|summary| !summary.is_empty()), "{path}");
            assert!(texts(value.get("codes")).all(|code| CODES.iter().any(|(known, _)| *known == code)), "{path}");
        }
    }

    #[test]
    fn an_operation_tells_its_guard_and_its_codes() {
        let document = document();
        let user = &document["paths"]["/api/user"]["get"];
        assert_eq!(user["security"], json!([{ "session": [] }]));
        let enums = |status: &str| {
            let schema = &user["responses"][status]["content"]["application/json"]["schema"];
            schema["allOf"][1]["properties"]["code"]["enum"].clone()
        };
        assert_eq!(enums("401"), json!(["no_token", "bad_token", "token_expired", "account_closed"]));
        assert_eq!(
            enums("503"),
            json!(["database_timeout", "database_error", "provider_busy", "wallet_unavailable", "not_configured"])
        );
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
            Refusal::InsufficientCredits { available: Credits::ZERO, minimum: Credits::ZERO }.into(),
            Refusal::SessionInProgress { session: SessionId::parse("ses_1").unwrap(), state: "held", resumable: false }
                .into(),
            Refusal::SessionEnded.into(),
            Refusal::Conflict { why: "x" }.into(),
            Refusal::IdempotencyMismatch.into(),
            Refusal::Unprocessable { why: "x" }.into(),
            Refusal::BadResume { reason: "x" }.into(),
            Refusal::RateLimited { retry_after: Millis::new(1) }.into(),
            Fault::Wallet { why: why() }.into(),
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
        let mut codes = CODES.to_vec();
        told.sort_unstable();
        told.dedup();
        codes.sort_unstable();
        assert_eq!(told, codes);
    }
}
