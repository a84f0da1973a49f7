//! `POST /api/csp-report`: a browser tells that a page tried what its policy forbids. One log line, nothing stored.

use serde_json::{Value, json};

use crate::domain::failure::Refusal;
use crate::domain::form;
use crate::domain::id::RequestId;
use crate::port::World;
use crate::port::log::Log;

pub fn note<W: World>(world: &W, request: &RequestId, bytes: &[u8]) -> Result<(), Refusal> {
    let value: Value = serde_json::from_slice(bytes).map_err(|_| Refusal::BadJson)?;
    let reports = reports(&value).ok_or(Refusal::BadRequest { field: "csp-report" })?;
    let first = reports.first();
    let line = json!({
        "level": "warn",
        "id": request.as_str(),
        "event": "policy",
        "directive": first.and_then(|report| report.directive).filter(|name| is_directive(name)),
        "blocked": first.and_then(|report| report.blocked).map(origin),
        "count": reports.len(),
    });
    world.log().line(&form::text(&line));
    Ok(())
}

/// The two shapes browsers send: `report-uri` one object, the Reporting API a list.
fn reports(body: &Value) -> Option<Vec<Report<'_>>> {
    match body {
        Value::Array(list) => list.iter().map(|envelope| report(envelope.get("body")?)).collect(),
        body => Some(vec![report(body.get("csp-report")?)?]),
    }
}

/// Each member under its two spellings; browsers also send the old name of the directive beside the new one.
fn report(told: &Value) -> Option<Report<'_>> {
    let told = told.as_object()?;
    let names = ["effective-directive", "effectiveDirective", "violated-directive", "blocked-uri", "blockedURL"];
    let members = names.map(|name| told.get(name).filter(|member| !member.is_null()));
    if members.iter().flatten().any(|member| !member.is_string()) {
        return None;
    }
    let [effective, effective_too, violated, blocked, blocked_too] =
        members.map(|member| member.and_then(Value::as_str));
    Some(Report { directive: effective.or(effective_too).or(violated), blocked: blocked.or(blocked_too) })
}

struct Report<'a> {
    directive: Option<&'a str>,
    blocked: Option<&'a str>,
}

/// A sender may be anybody: only what can be the name of a directive is repeated.
fn is_directive(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// Of an address only scheme and host are told: a path or query may hold what is nobody's business.
fn origin(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or(("", address));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    short(&if scheme.is_empty() { host.to_owned() } else { format!("{scheme}://{host}") })
}

fn short(text: &str) -> String {
    text.chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn only_the_origin_of_an_address_is_told() {
        for (address, told) in [
            ("https://evil.example/path?token=secret#x", "https://evil.example"),
            ("https://user:secret@evil.example:8443/", "https://evil.example:8443"),
            ("inline", "inline"),
            ("data:text/plain,secret/x", "data:text"),
            ("", ""),
        ] {
            assert_eq!(origin(address), told, "{address}");
        }
    }
}
