use proptest::prelude::*;

use super::*;

fn told(status: u16, kind: &str, code: &str) -> Fault {
    let body =
        serde_json::json!({ "error": { "message": "sk-secret v=0", "type": kind, "param": null, "code": code } });
    refused(status, None, body.to_string().as_bytes())
}

fn no(why: &str) -> Fault {
    Fault::ProviderRefused { provider: "openai", why: why.to_owned() }
}

fn broken(why: &str) -> Fault {
    Fault::Provider { provider: "openai", why: why.to_owned() }
}

fn busy(seconds: i64) -> Fault {
    Fault::ProviderBusy { provider: "openai", retry_after: Millis::of_seconds(seconds) }
}

#[test]
fn each_no_has_its_kind() {
    for (status, kind, code, fault) in [
        (400, "invalid_request_error", "invalid_offer", no("400 invalid_offer invalid_request_error")),
        (401, "invalid_request_error", "invalid_api_key", no("401 invalid_api_key invalid_request_error")),
        (403, "", "unsupported_country", no("403 unsupported_country")),
        (404, "invalid_request_error", "", no("404 invalid_request_error")),
        (429, "rate_limit_error", "rate_limit_exceeded", busy(2)),
        (429, "", "", busy(2)),
        (429, "insufficient_quota", "insufficient_quota", no("429 insufficient_quota insufficient_quota")),
        (429, "insufficient_quota", "", no("429 insufficient_quota")),
        (429, "billing", "credit_balance_exhausted", no("429 credit_balance_exhausted billing")),
        (400, "", "slow_down", busy(2)),
        (503, "service_unavailable_error", "server_is_overloaded", busy(2)),
        (500, "", "server_is_overloaded", busy(2)),
        (500, "server_error", "", broken("500 server_error")),
        (502, "", "", broken("502")),
        (302, "", "", broken("302")),
        (200, "", "", broken("200")),
    ] {
        assert_eq!(told(status, kind, code), fault, "{status} {kind} {code}");
    }
}

#[test]
fn the_code_goes_before_the_type() {
    assert_eq!(told(500, "insufficient_quota", "slow_down"), busy(2));
    assert_eq!(told(500, "slow_down", "insufficient_quota"), no("500 insufficient_quota slow_down"));
}

#[test]
fn the_wait_is_its_own_within_bounds() {
    for (header, seconds) in
        [("7", 7), (" 7 ", 7), ("0", 1), ("61", 60), ("4294967295", 60), ("-1", 2), ("", 2), ("Sat, 21 Nov 2026", 2)]
    {
        assert_eq!(refused(429, Some(header), b""), busy(seconds), "{header}");
    }
}

#[test]
fn a_body_of_another_form_leaves_the_status() {
    for body in ["", "<html>", "null", "[1]", r#"{"error":"x"}"#, r#"{"error":{"code":7,"type":["x"]}}"#] {
        assert_eq!(refused(403, None, body.as_bytes()), no("403"), "{body}");
    }
}

proptest! {
    #[test]
    fn nothing_that_was_written_gets_into_the_reason(status: u16, kind in any::<String>(), code in any::<String>()) {
        let reason = told(status, &kind, &code).reason();
        prop_assert!(!reason.contains("secret") && reason.len() < 160);
        prop_assert!(reason.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
    }

    #[test]
    fn any_bytes_are_answered(status: u16, body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = refused(status, Some(&String::from_utf8_lossy(&body)), &body);
    }
}
