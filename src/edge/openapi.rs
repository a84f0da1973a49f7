//! `GET /api/openapi.json`: the table of routes told as OpenAPI 3.1, each operation with every answer it may give.

use std::fmt::Write;

use super::route::{Guard, Method, ROUTES, Route, Verb};

/// Every code a caller may meet, with its status.
pub const CODES: &[(&str, u16)] = &[
    ("bad_json", 400),
    ("bad_request", 400),
    ("no_token", 401),
    ("bad_token", 401),
    ("token_expired", 401),
    ("forbidden", 403),
    ("not_found", 404),
    ("method_not_allowed", 405),
    ("gone", 410),
    ("too_large", 413),
    ("unsupported_media_type", 415),
    ("internal_error", 500),
    ("provider_error", 502),
    ("database_timeout", 503),
    ("database_error", 503),
    ("provider_busy", 503),
    ("not_configured", 503),
    ("provider_timeout", 504),
];

struct Operation {
    summary: &'static str,
    /// Members of the operation beside its answers: parameters, a request body.
    takes: &'static str,
    /// The status and schema when all is well; a route may have no such end.
    gives: Option<(u16, &'static str)>,
    codes: &'static [&'static str],
}

const TOKEN_CODES: &[&str] = &["bad_token", "token_expired", "provider_error", "provider_busy", "provider_timeout", "not_configured"];

const HEALTH: &str = r#"{"type":"object","additionalProperties":false,"required":["status"],"properties":{"status":{"const":"ok"}}}"#;
const VERSION: &str = r#"{"type":"object","additionalProperties":false,"required":["version","environment","deployment"],"properties":{
    "version":{"type":"string"},"environment":{"enum":["development","production"]},
    "deployment":{"type":["object","null"],"additionalProperties":false,"required":["id","tag","timestamp"],
        "properties":{"id":{"type":"string"},"tag":{"type":"string"},"timestamp":{"type":"string"}}}}}"#;
const CONFIG: &str = r#"{"type":"object","additionalProperties":false,"required":["environment","clerk"],"properties":{
    "environment":{"enum":["development","production"]},
    "clerk":{"type":["object","null"],"additionalProperties":false,
        "required":["publishableKey","frontendApi","signInUrl","signUpUrl","userUrl","afterSignInUrl"],
        "properties":{"publishableKey":{"type":"string"},"frontendApi":{"type":"string"},"signInUrl":{"type":"string"},
            "signUpUrl":{"type":"string"},"userUrl":{"type":["string","null"]},"afterSignInUrl":{"type":"string"}}}}}"#;
const USER: &str = r#"{"type":"object","additionalProperties":false,"required":["id","email","name","imageUrl","role"],"properties":{
    "id":{"type":"string"},"email":{"type":["string","null"]},"name":{"type":["string","null"]},
    "imageUrl":{"type":["string","null"]},"role":{"enum":["user","admin"]}}}"#;
const SETTINGS: &str = r#"{"type":"object","additionalProperties":false,"required":["ok"],"properties":{
    "ok":{"type":"boolean"},"environment":{"enum":["development","production"]},"notices":{"type":"array","items":{"type":"string"}},
    "settings":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["name","state"],
        "properties":{"name":{"type":"string"},"state":{"enum":["set","default","missing","invalid"]}}}}}}"#;
const REPORT: &str = r#""requestBody":{"required":true,"content":{
    "application/csp-report":{"schema":{"type":"object","required":["csp-report"],"properties":{"csp-report":{"type":"object"}}}},
    "application/reports+json":{"schema":{"type":"array","items":{"type":"object","required":["body"]}}},
    "application/json":{"schema":{"type":["object","array"]}}}},"#;

pub fn document() -> String {
    let mut paths = String::new();
    for route in ROUTES.iter().filter(|route| !matches!(route.verb, Verb::Page(_))) {
        let comma = if paths.is_empty() { "" } else { "," };
        let _ = write!(paths, r#"{comma}"{}":{}"#, route.path, path(route));
    }
    let codes: Vec<String> = CODES.iter().map(|(code, _)| format!(r#""{code}""#)).collect();
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"Vocahire","version":"{version}"}},"paths":{{{paths}}},"components":{{"securitySchemes":{{"session":{{"type":"http","scheme":"bearer","bearerFormat":"JWT"}}}},"schemas":{{"Error":{{"type":"object","additionalProperties":false,"required":["error","code","requestId"],"properties":{{"error":{{"type":"string"}},"code":{{"enum":[{codes}]}},"requestId":{{"type":"string"}},"retryAfterMs":{{"type":"integer"}},"see":{{"type":"string"}}}}}}}}}}}}"#,
        version = env!("CARGO_PKG_VERSION"),
        codes = codes.join(","),
    )
}

fn path(route: &Route) -> String {
    let told = operation(route);
    match route.method {
        Method::Get => format!(r#"{{"get":{told}}}"#),
        Method::Post => format!(r#"{{"post":{told}}}"#),
        Method::Any => format!(r#"{{"get":{told},"post":{told}}}"#),
    }
}

fn operation(route: &Route) -> String {
    let operation = describe(route.verb);
    let security = match route.guard {
        Guard::Public => "[]",
        Guard::User | Guard::Admin => r#"[{"session":[]}]"#,
        Guard::Brief => r#"[{},{"session":[]}]"#,
    };
    let mut codes = vec!["internal_error"];
    codes.extend(operation.codes);
    codes.extend(guard_codes(route.guard));
    let answers = answers(&operation, &codes);
    format!(r#"{{"summary":"{}","security":{security},{}"responses":{{{answers}}}}}"#, operation.summary, operation.takes)
}

fn guard_codes(guard: Guard) -> Vec<&'static str> {
    let own: &[&str] = match guard {
        Guard::Public => return Vec::new(),
        Guard::User => &["no_token"],
        Guard::Admin => &["no_token", "forbidden"],
        Guard::Brief => &[],
    };
    [own, TOKEN_CODES].concat()
}

/// One response for each status; of an error status, the codes that may stand in it.
fn answers(operation: &Operation, codes: &[&str]) -> String {
    let mut told: Vec<String> = Vec::new();
    match operation.gives {
        Some((status, "")) => told.push(format!(r#""{status}":{{"description":"Done."}}"#)),
        Some((status, schema)) => {
            told.push(format!(r#""{status}":{{"description":"Done.","content":{{"application/json":{{"schema":{schema}}}}}}}"#));
        }
        None => {}
    }
    let mut known: Vec<u16> = CODES.iter().map(|(_, status)| *status).collect();
    known.dedup();
    for status in known {
        let here: Vec<String> =
            CODES.iter().filter(|(code, s)| *s == status && codes.contains(code)).map(|(code, _)| format!(r#""{code}""#)).collect();
        if !here.is_empty() {
            let list = here.join(",");
            told.push(format!(
                r##""{status}":{{"description":"Refused or failed.","content":{{"application/json":{{"schema":{{"allOf":[{{"$ref":"#/components/schemas/Error"}},{{"properties":{{"code":{{"enum":[{list}]}}}}}}]}}}}}}}}"##
            ));
        }
    }
    told.join(",")
}

fn describe(verb: Verb) -> Operation {
    match verb {
        Verb::Health => Operation { summary: "Whether the service is alive", takes: "", gives: Some((200, HEALTH)), codes: &[] },
        Verb::Version => Operation { summary: "What is running", takes: "", gives: Some((200, VERSION)), codes: &[] },
        Verb::Config => Operation { summary: "What the pages need to know", takes: "", gives: Some((200, CONFIG)), codes: &[] },
        Verb::OpenApi => Operation { summary: "This document", takes: "", gives: Some((200, r#"{"type":"object"}"#)), codes: &[] },
        Verb::PolicyReport => Operation {
            summary: "A browser reports a violation of the page policy",
            takes: REPORT,
            gives: Some((204, "")),
            codes: &["bad_json", "bad_request", "too_large", "unsupported_media_type"],
        },
        Verb::Me => Operation {
            summary: "Who I am here",
            takes: "",
            gives: Some((200, USER)),
            codes: &["database_timeout", "database_error"],
        },
        Verb::Settings => Operation { summary: "Which settings are there, never their values", takes: "", gives: Some((200, SETTINGS)), codes: &[] },
        Verb::Example => Operation {
            summary: "An error on purpose",
            takes: r#""parameters":[{"name":"kind","in":"query","schema":{"enum":["error","panic"]}}],"#,
            gives: None,
            codes: &["bad_request"],
        },
        Verb::Gone => Operation { summary: "Gone for good", takes: "", gives: None, codes: &["gone"] },
        Verb::Page(_) => Operation { summary: "", takes: "", gives: None, codes: &[] },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::{Failure, Fault, Refusal};
    use crate::domain::millis::Millis;
    use crate::edge::failure::Told;

    #[test]
    fn the_document_is_json_and_knows_every_api_route() {
        let document: serde_json::Value = serde_json::from_str(&document()).unwrap();
        let told: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
        let routes = ROUTES.iter().filter(|route| route.path.starts_with("/api/"));
        assert!(routes.clone().all(|route| told.iter().any(|path| *path == route.path)));
        assert_eq!(told.len(), routes.count());
    }

    #[test]
    fn the_codes_are_those_of_the_error_map() {
        let provider = "clerk";
        let why = String::new;
        let all: Vec<Failure> = vec![
            Refusal::BadJson.into(),
            Refusal::BadRequest { field: "x" }.into(),
            Refusal::NoToken.into(),
            Refusal::BadToken { why: "x" }.into(),
            Refusal::TokenExpired.into(),
            Refusal::Forbidden.into(),
            Refusal::NotFound.into(),
            Refusal::MethodNotAllowed { allow: why() }.into(),
            Refusal::Gone.into(),
            Refusal::TooLarge { limit: 1 }.into(),
            Refusal::UnsupportedMediaType { expected: "x" }.into(),
            Fault::Bug { why: why() }.into(),
            Fault::Provider { provider, why: why() }.into(),
            Fault::DatabaseTimeout.into(),
            Fault::Database { why: why() }.into(),
            Fault::ProviderBusy { provider, retry_after: Millis::new(1) }.into(),
            Fault::NotConfigured { setting: "x" }.into(),
            Fault::ProviderTimeout { provider }.into(),
        ];
        let told: Vec<(&str, u16)> = all.iter().map(Told::of).map(|told| (told.code, told.status)).collect();
        assert_eq!(told, CODES);
    }
}
