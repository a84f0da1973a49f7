use super::*;
use crate::domain::millis::Millis;

fn modulus(bytes: usize) -> String {
    URL_SAFE_NO_PAD.encode(vec![0xC3; bytes])
}

fn ids(body: &str) -> Vec<String> {
    read(200, body.as_bytes()).map(|keys| keys.into_iter().map(|(kid, _)| kid).collect()).unwrap_or_default()
}

#[test]
fn only_long_rsa_signing_keys_are_taken() {
    let n = modulus(256);
    let row = |extra: &str| format!(r#"{{"keys":[{{"kty":"RSA","kid":"a","n":"{n}","e":"AQAB"{extra}}}]}}"#);
    assert_eq!(ids(&row("")), ["a"]);
    assert_eq!(ids(&row(r#","alg":"RS256","use":"sig""#)), ["a"]);
    assert_eq!(ids(&row(r#","use":"enc""#)), [""; 0]);
    assert_eq!(ids(&row(r#","alg":"RS512""#)), [""; 0]);
    assert_eq!(ids(&row("").replace("RSA", "oct")), [""; 0]);
    assert_eq!(ids(&row("").replace(&n, &modulus(255))), [""; 0]);
    assert_eq!(ids(&row("").replace(&n, "%%%")), [""; 0]);
}

#[test]
fn of_two_with_one_id_the_later_counts() {
    let (first, second) = (modulus(256), modulus(257));
    let row = |n: &str| format!(r#"{{"kty":"RSA","kid":"a","n":"{n}","e":"AQAB"}}"#);
    let body = format!(r#"{{"keys":[{},{}]}}"#, row(&first), row(&second));
    let keys = read(200, body.as_bytes()).unwrap();
    assert_eq!(keys, [("a".to_owned(), PublicKey::Jwk { n: second, e: "AQAB".to_owned() })]);
}

#[test]
fn what_is_no_key_set_is_clerks_fault() {
    for (status, body) in
        [(500, "{}"), (200, ""), (200, "<html>"), (200, r#"{"keys":{}}"#), (200, r#"{"keys":[]}"#), (302, "")]
    {
        assert!(
            matches!(read(status, body.as_bytes()), Err(Fault::Provider { provider: "clerk", .. })),
            "{status} {body}"
        );
    }
}

#[test]
fn a_pem_may_stand_in_one_line() {
    let lines = "-----BEGIN PUBLIC KEY-----\nAQID\nBAUG\n-----END PUBLIC KEY-----\n";
    let key = PublicKey::Spki(vec![1, 2, 3, 4, 5, 6]);
    assert_eq!(from_pem(lines), Ok(key.clone()));
    assert_eq!(from_pem(&lines.replace('\n', "\\n")), Ok(key));
    for bad in ["", "AQID", "-----BEGIN PUBLIC KEY-----", "-----BEGIN PUBLIC KEY-----\n?\n-----END PUBLIC KEY-----"] {
        assert_eq!(from_pem(bad), Err(Fault::NotConfigured { setting: "CLERK_JWT_KEY" }), "{bad}");
    }
}

#[test]
fn the_question_has_its_limits() {
    let ask = ask("https://clerk.example.com");
    assert_eq!(ask.url, "https://clerk.example.com/.well-known/jwks.json");
    assert_eq!((ask.limit, ask.max_bytes), (Millis::of_seconds(5), 65_536));
}

#[test]
fn what_is_no_key_of_ours_is_passed_over_and_a_set_has_an_end() {
    let n = modulus(256);
    let sound = |kid: usize| format!(r#"{{"kty":"RSA","kid":"{kid}","n":"{n}","e":"AQAB"}}"#);
    let odd = r#"{"kid":7},{"kty":"EC","crv":"P-256"},null,"key""#;
    let many: Vec<String> = (0..20).map(sound).collect();
    assert_eq!(ids(&format!(r#"{{"keys":[{odd},{}]}}"#, many.join(","))), ["0", "1", "2", "3", "4", "5", "6", "7"]);
}
