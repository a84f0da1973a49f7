//! The headers that every answer carries, made once per isolate, and the origins that may read across.

use super::answer::{Answer, Kind};
use crate::port::config::Config;
use crate::port::incoming::Incoming;

/// An API answer is data: it may load nothing and be framed nowhere. Pages get the policy of the page.
pub fn standard(kind: Kind, config: &Config) -> Vec<(&'static str, String)> {
    let mut headers = vec![
        ("x-content-type-options", "nosniff".to_owned()),
        ("referrer-policy", "strict-origin-when-cross-origin".to_owned()),
        ("strict-transport-security", "max-age=63072000; includeSubDomains".to_owned()),
        ("x-frame-options", "DENY".to_owned()),
    ];
    match kind {
        Kind::Api => headers.extend([
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'".to_owned()),
            ("cache-control", "no-store".to_owned()),
        ]),
        Kind::Page => headers.extend([
            ("content-security-policy", page_policy(config)),
            ("permissions-policy", "microphone=(self), camera=(), geolocation=(), payment=()".to_owned()),
            ("cross-origin-opener-policy", "same-origin-allow-popups".to_owned()),
            ("cache-control", "no-cache".to_owned()),
        ]),
    }
    headers
}

/// Beside its own host Clerk's interface needs these, for its proof that a person is there.
const CLERK_HELPERS: &str = "https://challenges.cloudflare.com https://*.protect.clerk.com";

/// OpenAI is reached from a page only where browsers call it themselves. Clerk's hosts are the ones its documents name;
/// its interface writes inline styles, never inline scripts.
fn page_policy(config: &Config) -> String {
    let clerk = config.clerk.as_ref().map(|clerk| clerk.frontend_api.as_str()).unwrap_or_default();
    let with_clerk = |own: &str, more: &str| match clerk {
        "" => own.to_owned(),
        host => format!("{own} {host} {more}"),
    };
    let own = config.voice.called().map_or("'self'".to_owned(), |openai| format!("'self' {openai}"));
    let frames = if clerk.is_empty() { "'none'" } else { CLERK_HELPERS };
    [
        "default-src 'none'".to_owned(),
        format!("script-src {}", with_clerk("'self'", CLERK_HELPERS)),
        format!("connect-src {}", with_clerk(&own, "https://*.protect.clerk.com:*")),
        "img-src 'self' data: https://img.clerk.com".to_owned(),
        "style-src 'self' 'unsafe-inline'".to_owned(),
        "font-src 'self'".to_owned(),
        format!("frame-src {frames}"),
        "worker-src 'self' blob:".to_owned(),
        "manifest-src 'self'".to_owned(),
        "form-action 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "frame-ancestors 'none'".to_owned(),
        "report-uri /api/csp-report".to_owned(),
    ]
    .join("; ")
}

/// The caller's origin, when the operator has named it. Exact text, never a pattern, never with credentials.
pub fn allowed_origin(config: &Config, incoming: &impl Incoming) -> Option<String> {
    if config.allowed_origins.is_empty() {
        return None;
    }
    incoming.header("origin").filter(|origin| config.allowed_origins.contains(origin))
}

pub fn share(answer: Answer, config: &Config, origin: Option<String>) -> Answer {
    if config.allowed_origins.is_empty() {
        return answer;
    }
    let answer = answer.with("vary", "origin");
    match origin {
        Some(origin) => answer
            .with("access-control-allow-origin", origin)
            .with("access-control-expose-headers", "x-request-id, x-d1-bookmark, retry-after, server-timing"),
        None => answer,
    }
}

/// What a browser asks before it sends a request across origins.
pub fn preflight(allow: &str, origin: Option<&String>) -> Answer {
    let answer = Answer::empty(204).with("allow", allow);
    match origin {
        Some(_) => answer
            .with("access-control-allow-methods", allow)
            .with(
                "access-control-allow-headers",
                "authorization, content-type, idempotency-key, x-request-id, x-d1-bookmark",
            )
            .with("access-control-max-age", "600"),
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(vars: &[(&str, &str)]) -> Config {
        Config::read(&|name| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()), None)
    }

    fn policy(vars: &[(&str, &str)]) -> String {
        page_policy(&config(vars))
    }

    #[test]
    fn the_policy_of_a_production_page_is_pinned() {
        let clerk = "https://clerk.vocahire.com";
        let foreign = "https://challenges.cloudflare.com https://*.protect.clerk.com";
        let wanted = format!(
            "default-src 'none'; \
             script-src 'self' {clerk} {foreign}; \
             connect-src 'self' {clerk} https://*.protect.clerk.com:*; \
             img-src 'self' data: https://img.clerk.com; \
             style-src 'self' 'unsafe-inline'; \
             font-src 'self'; \
             frame-src {foreign}; \
             worker-src 'self' blob:; \
             manifest-src 'self'; \
             form-action 'self'; \
             base-uri 'none'; \
             frame-ancestors 'none'; \
             report-uri /api/csp-report"
        );
        assert_eq!(policy(&[("CLERK_PUBLISHABLE_KEY", "pk_live_Y2xlcmsudm9jYWhpcmUuY29tJA")]), wanted);
    }

    #[test]
    fn openai_stands_in_it_only_where_browsers_call_it_themselves() {
        let told = |vars: &[_]| policy(vars).split("; ").nth(2).unwrap().to_owned();
        let base = ("OPENAI_BASE_URL", "http://localhost:8790/openai/v1");
        assert_eq!(told(&[("REALTIME_MODE", "direct")]), "connect-src 'self' https://api.openai.com");
        assert_eq!(told(&[("REALTIME_MODE", "direct"), base]), "connect-src 'self' http://localhost:8790");
        assert_eq!(told(&[("REALTIME_MODE", "supervised"), base]), "connect-src 'self'");
        assert_eq!(told(&[("REALTIME_MODE", "Direct")]), "connect-src 'self'", "an invalid one counts for none");
    }

    #[test]
    fn the_other_headers_are_pinned() {
        let lines = |kind| {
            let all = standard(kind, &config(&[]));
            let but_policy =
                all.into_iter().filter(|(name, _)| *name != "content-security-policy" || kind == Kind::Api);
            but_policy.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>()
        };
        let both = [
            "x-content-type-options: nosniff",
            "referrer-policy: strict-origin-when-cross-origin",
            "strict-transport-security: max-age=63072000; includeSubDomains",
            "x-frame-options: DENY",
        ];
        let api = ["content-security-policy: default-src 'none'; frame-ancestors 'none'", "cache-control: no-store"];
        let page = [
            "permissions-policy: microphone=(self), camera=(), geolocation=(), payment=()",
            "cross-origin-opener-policy: same-origin-allow-popups",
            "cache-control: no-cache",
        ];
        assert_eq!(lines(Kind::Api), [&both[..], &api].concat());
        assert_eq!(lines(Kind::Page), [&both[..], &page].concat());
    }

    #[test]
    fn without_sign_in_nothing_foreign_is_allowed_to_run() {
        let told = policy(&[]);
        assert!(
            told.contains("script-src 'self';")
                && told.contains("connect-src 'self';")
                && told.contains("frame-src 'none'"),
            "{told}"
        );
    }
}
