//! `POST /api/csp-report`: a browser tells that a page tried what its policy forbids. One log line, nothing stored.

use serde::Deserialize;
use serde_json::json;

use crate::domain::failure::Refusal;
use crate::domain::id::RequestId;
use crate::port::World;
use crate::port::log::Log;

/// The two shapes browsers send: `report-uri` one object, the Reporting API a list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Old {
        #[serde(rename = "csp-report")]
        report: Report,
    },
    New(Vec<Envelope>),
}

#[derive(Deserialize)]
struct Envelope {
    body: Report,
}

/// Each member under its two spellings; browsers also send the old name of the directive beside the new one.
#[derive(Deserialize)]
struct Report {
    #[serde(alias = "effectiveDirective", rename = "effective-directive")]
    effective: Option<String>,
    #[serde(rename = "violated-directive")]
    violated: Option<String>,
    #[serde(alias = "blockedURL", rename = "blocked-uri")]
    blocked: Option<String>,
}

pub fn note<W: World>(world: &W, request: &RequestId, bytes: &[u8]) -> Result<(), Refusal> {
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(|_| Refusal::BadJson)?;
    let body = Body::deserialize(value).map_err(|_| Refusal::BadRequest { field: "csp-report" })?;
    let reports = match body {
        Body::Old { report } => vec![report],
        Body::New(list) => list.into_iter().map(|envelope| envelope.body).collect(),
    };
    let first = reports.first();
    let directive = first.and_then(|report| report.effective.as_deref().or(report.violated.as_deref()));
    let line = json!({
        "level": "warn",
        "id": request.as_str(),
        "event": "policy",
        "directive": directive.filter(|name| is_directive(name)),
        "blocked": first.and_then(|report| report.blocked.as_deref()).map(origin),
        "count": reports.len(),
    });
    world.log().line(&line.to_string());
    Ok(())
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
