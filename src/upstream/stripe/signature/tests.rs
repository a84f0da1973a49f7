use proptest::prelude::*;

use super::*;

/// A moment inside a second: the tolerance counts whole ones.
const NOW: Millis = Millis::new(1_800_000_000_999);
const SENT: i64 = 1_800_000_000;
const BODY: &[u8] = br#"{"id":"evt_1","object":"event"}"#;

fn secret(n: u8) -> String {
    format!("whsec_{}", "x".repeat(usize::from(n) + 20))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn made(secret: &str, sent: &str, body: &[u8]) -> String {
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    hex(&key.chain_update(sent).chain_update(".").chain_update(body).finalize().into_bytes())
}

/// Signed with the first secret, sent at `sent`.
fn signed(sent: i64) -> String {
    format!("t={sent},v1={}", made(&secret(1), &sent.to_string(), BODY))
}

fn check(header: &str, secrets: &[u8]) -> Result<(), &'static str> {
    let secrets: Vec<String> = secrets.iter().copied().map(secret).collect();
    verify(header, BODY, &secrets, NOW)
}

#[test]
fn the_clocks_may_differ_by_five_minutes_either_way() {
    for (age, told) in [
        (0, Ok(())),
        (299, Ok(())),
        (300, Ok(())),
        (301, Err("too old")),
        (100_000, Err("too old")),
        (-299, Ok(())),
        (-300, Ok(())),
        (-301, Err("from the future")),
    ] {
        assert_eq!(check(&signed(SENT - age), &[1]), told, "{age} seconds");
    }
}

#[test]
fn one_good_signature_with_one_good_secret_is_enough() {
    let [good, other] = [1, 2].map(|n| made(&secret(n), &SENT.to_string(), BODY));
    let is_good = |signatures: &str, secrets: &[u8]| check(&format!("t={SENT},{signatures}"), secrets).is_ok();
    assert!(is_good(&format!("v1={good}"), &[1]) && is_good(&format!("v1={good}"), &[2, 1]));
    assert!(is_good(&format!("v1={other},v1={good}"), &[1]) && is_good(&format!("v1={good},v1={other}"), &[1]));
    assert!(is_good(&format!("v0={other},v1={good},v2=x"), &[1]), "other versions are passed over");
    assert!(is_good(&format!(" v1={good}"), &[1]), "a space behind the comma");
    assert_eq!(check(&format!("v1={good},t={SENT}"), &[1]), Ok(()), "in any order");
    assert!(is_good(&format!("v1={}", good.to_uppercase()), &[1]), "digits are digits");
    assert!(!is_good(&format!("v1={other}"), &[1]) && !is_good(&format!("v1={other},v1={other}"), &[1, 3]));
    assert!(!is_good(&format!("v1={good}"), &[]), "no secret is no permission");
    assert!(!is_good(&format!("v0={good}"), &[1]), "the old scheme counts for nothing");
    let bare = secret(1).replace("whsec_", "");
    let with_bare_key = made(&bare, &SENT.to_string(), BODY);
    assert!(!is_good(&format!("v1={with_bare_key}"), &[1]), "the key is the secret as it is written, all of it");
}

#[test]
fn odd_headers_are_refused() {
    let good = made(&secret(1), &SENT.to_string(), BODY);
    for odd in [
        "".to_owned(),
        "v1=".to_owned(),
        "v1".to_owned(),
        good.clone(),
        format!("v1:{good}"),
        format!("V1={good}"),
        format!("v1={}", good.get(1..).unwrap()),
        format!("v1={}", good.get(..32).unwrap()),
        format!("v1={good}0"),
        format!("v1=0x{}", good.get(2..).unwrap()),
        format!("v1={}", "é".repeat(32)),
        format!("v1={}", good.replace(['a', 'b', 'c', 'd', 'e', 'f'], "g")),
    ] {
        assert_eq!(check(&format!("t={SENT},{odd}"), &[1]), Err("signature"), "{odd}");
    }
    for (odd, why) in [
        (format!("v1={good}"), "timestamp"),
        (format!("t,v1={good}"), "timestamp"),
        (format!("t={SENT},t={SENT},v1={good}"), "two timestamps"),
        (format!("t=1,v1={good},t={SENT}"), "two timestamps"),
        (format!("t=,v1={good}"), "timestamp"),
        (format!("t=+{SENT},v1={good}"), "timestamp"),
        (format!("t={SENT}.0,v1={good}"), "timestamp"),
        (format!("t=0{SENT}000,v1={good}"), "timestamp"),
        (format!("t={SENT},v1={good}{}", ",v1=x".repeat(2000)), "too many signatures"),
    ] {
        assert_eq!(check(&odd, &[1]), Err(why), "{odd:.60}");
    }
    let at = |time: &str| format!("t={time},v1={}", made(&secret(1), time, BODY));
    for odd in ["", "-1", "1.8e9", " 1800000000", "0x10", "1111111111111", "١٢"] {
        assert_eq!(check(&at(odd), &[1]), Err("timestamp"), "{odd}");
    }
}

#[test]
fn every_byte_counts() {
    let header = signed(SENT);
    for at in 0..BODY.len() {
        for bit in 0..8 {
            let mut changed = BODY.to_vec();
            changed[at] ^= 1 << bit;
            assert_eq!(verify(&header, &changed, &[secret(1)], NOW), Err("signature"), "byte {at}, bit {bit}");
        }
    }
    let begin = header.find("v1=").unwrap() + 3;
    for at in begin..header.len() {
        let mut changed = header.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        assert_eq!(check(std::str::from_utf8(&changed).unwrap(), &[1]), Err("signature"), "digit {at}");
    }
    for other in [&BODY[1..], &BODY[..BODY.len() - 1], &[BODY, b"\n"].concat(), b""] {
        assert_eq!(verify(&header, other, &[secret(1)], NOW), Err("signature"));
    }
}

proptest! {
    #[test]
    fn what_was_signed_is_verified_and_nothing_near_it(
        body in proptest::collection::vec(any::<u8>(), 0..300),
        key in "whsec_[!-~]{15,60}",
        age in -300i64..=300,
        more in 1i64..100,
    ) {
        let sent = (SENT - age).to_string();
        let good = made(&key, &sent, &body);
        let check = |sent: &str, body: &[u8], key: &str| {
            verify(&format!("t={sent},v1={good}"), body, &[key.to_owned()], NOW).is_ok()
        };
        prop_assert!(check(&sent, &body, &key));
        prop_assert!(!check(&sent, &[&body[..], b"\n"].concat(), &key));
        prop_assert!(!check(&sent, &body, &[key.as_str(), "x"].concat()));
        prop_assert!(!check(&(SENT - age + more).to_string(), &body, &key));
        prop_assert!(!check(&["0", &sent].concat(), &body, &key), "the same second in other letters");
    }

    #[test]
    fn any_header_is_answered(header in "\\PC{0,200}|(t=[0-9]{0,13},?|v[01]=[0-9a-f]{0,66},?){0,6}") {
        prop_assert!(verify(&header, BODY, &[secret(1)], NOW).is_err());
    }
}
