use proptest::prelude::*;
use serde_json::json;

use super::*;

const ACCOUNT: Account<'_> =
    Account { base: "https://api.stripe.com", key: "rk_test_canary", limit: Millis::of_seconds(8) };

fn header<'a>(ask: &'a Ask, name: &str) -> Vec<&'a str> {
    ask.headers.iter().filter(|(known, _)| *known == name).map(|(_, value)| value.as_str()).collect()
}

#[test]
fn a_question_says_who_asks_and_in_which_version() {
    let ask = question(&ACCOUNT, "prices/price_1");
    assert_eq!((ask.url.as_str(), ask.limit), ("https://api.stripe.com/v1/prices/price_1", Millis::of_seconds(8)));
    assert_eq!(header(&ask, "authorization"), ["Bearer rk_test_canary"]);
    assert_eq!(header(&ask, "stripe-version"), ["2026-10-28.endive"]);
    assert_eq!(ask.headers.len(), 2, "no form, no key: {:?}", ask.headers);
    assert_eq!(ask.max_bytes, 4 * 1024 * 1024);
}

#[test]
fn an_order_is_a_form_and_has_its_key() {
    let (ask, body) = order(&ACCOUNT, "checkout/sessions", Some("key:1"), &[("a[b]", "c d"), ("e", "{f}")]);
    assert_eq!(String::from_utf8(body).unwrap(), "a%5Bb%5D=c+d&e=%7Bf%7D");
    assert_eq!(header(&ask, "idempotency-key"), ["key:1"]);
    assert_eq!(header(&ask, "content-type"), ["application/x-www-form-urlencoded"]);
    assert_eq!(header(&ask, "stripe-version"), ["2026-10-28.endive"]);
    let (ask, body) = order(&ACCOUNT, "billing_portal/sessions", None, &[]);
    assert!(header(&ask, "idempotency-key").is_empty() && body.is_empty());
}

fn told(status: u16, body: &str) -> Result<Option<Value>, Fault> {
    answer(status, body.as_bytes())
}

fn refusal(kind: &str, code: &str, param: &str) -> String {
    let error =
        json!({ "type": kind, "code": code, "param": param, "message": "No such thing: 'canary@example.test'" });
    json!({ "error": error }).to_string()
}

#[test]
fn what_stands_there_is_told_and_what_does_not_is_none() {
    assert_eq!(told(200, r#"{"id":"cs_1"}"#), Ok(Some(json!({ "id": "cs_1" }))));
    assert_eq!(told(404, &refusal("invalid_request_error", "resource_missing", "id")), Ok(None));
    assert_eq!(told(404, "nothing"), Ok(None));
    for odd in ["", "<html>", r#"{"id":"#, r#"{"id":"a","id":"b"}"#, r#"{"id":"a"} x"#] {
        assert!(matches!(told(200, odd), Err(Fault::Provider { provider: "stripe", .. })), "{odd}");
    }
}

#[test]
fn only_what_is_read_is_kept_of_an_answer() {
    let body =
        r#"{"id":"cs_1","customer_details":{"email":"canary","email":"twice"},"metadata":{"user":"u","note":[{}]}}"#;
    let told = told(200, body).unwrap().unwrap().to_string();
    assert!(!told.contains("canary") && told.contains(r#""user":"u""#), "{told}");
}

#[test]
fn who_is_busy_is_asked_again() {
    let busy = Err(Fault::ProviderBusy { provider: "stripe", retry_after: Millis::of_seconds(2) });
    assert_eq!(told(409, &refusal("idempotency_error", "idempotency_key_in_use", "")), busy);
    assert_eq!(told(429, "slow down"), busy);
    assert_eq!(told(429, &refusal("invalid_request_error", "rate_limit", "")), busy);
    assert_eq!(told(400, &refusal("invalid_request_error", "rate_limit", "")), busy, "as the library treats it");
}

#[test]
fn a_refusal_is_told_in_stripes_own_words_and_in_no_others() {
    let why = |status, body: &str| match told(status, body) {
        Err(Fault::ProviderRefused { provider: "stripe", why }) => why,
        other => panic!("{other:?} to {status} {body}"),
    };
    for status in [400, 401, 402, 403, 422] {
        let whole = refusal("invalid_request_error", "parameter_missing", "line_items[0][price]");
        assert_eq!(
            why(status, &whole),
            format!("{status} invalid_request_error parameter_missing line_items[0][price]")
        );
    }
    assert_eq!(why(400, &refusal("idempotency_error", "", "")), "400 idempotency_error  ");
    assert_eq!(why(400, &refusal("card error", "a\nb", "canary@x")), "400", "what is no word of theirs is left out");
    for odd in ["", "[]", "{}", r#"{"error":"no"}"#, r#"{"error":{"type":7,"code":null}}"#, "<html>canary</html>"] {
        assert_eq!(why(400, odd), "400", "{odd}");
    }
}

#[test]
fn what_stripe_cannot_do_is_no_refusal() {
    for status in [500, 502, 503, 504, 599, 100, 201, 204, 302] {
        for body in ["", "<html>canary", &refusal("api_error", "oops", "")] {
            let Err(Fault::Provider { provider: "stripe", why }) = told(status, body) else { panic!("{status}") };
            assert!(why.starts_with(&status.to_string()) && !why.contains("canary"), "{why}");
        }
    }
}

/// As `URLSearchParams` writes it.
#[test]
fn forms_are_written_as_browsers_write_them() {
    let table: &[(&[(&str, &str)], &str)] = &[
        (&[], ""),
        (&[("", "")], "="),
        (&[("a", "")], "a="),
        (&[("a", "b"), ("a", "c")], "a=b&a=c"),
        (&[("a b", "c+d")], "a+b=c%2Bd"),
        (&[("a&b=c", "&=?#/")], "a%26b%3Dc=%26%3D%3F%23%2F"),
        (&[("metadata[user]", "user_1")], "metadata%5Buser%5D=user_1"),
        (&[("x", "*-._~!'()")], "x=*-._%7E%21%27%28%29"),
        (&[("x", "\r\n\t\0\u{7f}")], "x=%0D%0A%09%00%7F"),
        (&[("x", "é€𝄞")], "x=%C3%A9%E2%82%AC%F0%9D%84%9E"),
        (&[("x", "%41")], "x=%2541"),
        (&[("u", "https://a.example/b?checkout={C}")], "u=https%3A%2F%2Fa.example%2Fb%3Fcheckout%3D%7BC%7D"),
    ];
    for (pairs, wanted) in table {
        assert_eq!(form::encode(pairs), *wanted, "{pairs:?}");
    }
    assert_eq!(part("cs_1/../x?y"), "cs_1%2F..%2Fx%3Fy");
}

proptest! {
    #[test]
    fn a_form_reads_back_as_it_was_written(
        pairs in proptest::collection::vec(("\\PC{0,20}|[ -~]{0,20}", any::<String>()), 0..8),
    ) {
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let written = form::encode(&pairs);
        prop_assert!(written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-._+%&=".contains(&byte)));
        let mut theirs = form_urlencoded::Serializer::new(String::new());
        theirs.extend_pairs(&pairs);
        prop_assert_eq!(&written, &theirs.finish());
        let read: Vec<_> = form_urlencoded::parse(written.as_bytes()).collect();
        prop_assert_eq!(read, pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect::<Vec<_>>());
    }

    #[test]
    fn any_answer_is_one(status in 100u16..600, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let told = answer(status, &body);
        prop_assert!(told.is_err() || status == 200 || status == 404);
    }
}
