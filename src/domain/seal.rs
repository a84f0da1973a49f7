//! Texts that we sign and others carry: `<payload>.<HMAC-SHA256>`, both in base64url.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is signed for one end is worth nothing for another.
pub struct Purpose {
    pub label: &'static str,
    /// In bytes; what is longer is refused unread.
    pub most: usize,
}

/// The first secret signs; those behind it are checked only, so that a new one can be put in front. None without any.
pub fn sign(secrets: &[String], purpose: &Purpose, payload: &[u8]) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let mac = mac(secrets.first()?, purpose, &payload)?;
    Some(format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

/// The payload, or why it is none of ours. The decoder takes one spelling of each signature only, and the payload is
/// signed as it is spelled: no byte of the text can be another.
pub fn check(secrets: &[String], purpose: &Purpose, text: &str) -> Result<Vec<u8>, &'static str> {
    if text.len() > purpose.most {
        return Err("too long");
    }
    let (payload, signature) = text.split_once('.').ok_or("not two parts")?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "not base64url")?;
    // Compared by the crate, which takes as long for a near miss as for any other.
    let holds = |secret: &String| mac(secret, purpose, payload).is_some_and(|mac| mac.verify_slice(&signature).is_ok());
    if !secrets.iter().any(holds) {
        return Err("signature");
    }
    URL_SAFE_NO_PAD.decode(payload).map_err(|_| "not base64url")
}

fn mac(secret: &str, purpose: &Purpose, payload: &str) -> Option<Hmac<Sha256>> {
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    Some(key.chain_update(purpose.label).chain_update([0]).chain_update(payload))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ONE: Purpose = Purpose { label: "one", most: 1000 };
    const OTHER: Purpose = Purpose { label: "other", most: 1000 };

    fn secrets(all: &[&str]) -> Vec<String> {
        all.iter().map(|secret| secret.repeat(32)).collect()
    }

    #[test]
    fn the_text_is_pinned() {
        let sealed = sign(&secrets(&["s"]), &ONE, b"payload").unwrap();
        assert_eq!(sealed, "cGF5bG9hZA.dgl8TN8PTHG3vIlGgbhReuGwCJocLmK56M5NAQ3swcg");
    }

    #[test]
    fn a_new_secret_in_front_leaves_the_old_one_good() {
        let sealed = sign(&secrets(&["a", "b"]), &ONE, b"x").unwrap();
        for (all, good) in [(["a", "b"], true), (["n", "a"], true), (["b", "n"], false)] {
            assert_eq!(check(&secrets(&all), &ONE, &sealed).is_ok(), good, "{all:?}");
        }
        assert_eq!(sign(&[], &ONE, b"x"), None);
        assert_eq!(check(&[], &ONE, &sealed), Err("signature"));
    }

    proptest! {
        #[test]
        fn what_was_signed_comes_back_for_its_purpose_alone(payload in any::<Vec<u8>>()) {
            let sealed = sign(&secrets(&["s"]), &ONE, &payload).unwrap();
            prop_assert_eq!(check(&secrets(&["s"]), &ONE, &sealed), Ok(payload));
            prop_assert_eq!(check(&secrets(&["s"]), &OTHER, &sealed), Err("signature"));
            let short = Purpose { most: sealed.len() - 1, ..ONE };
            prop_assert_eq!(check(&secrets(&["s"]), &short, &sealed), Err("too long"));
        }

        #[test]
        fn a_changed_byte_is_noticed(payload in any::<[u8; 20]>(), at in 0_usize..70, with in "[A-Za-z0-9_.=-]") {
            let sealed = sign(&secrets(&["s"]), &ONE, &payload).unwrap();
            prop_assume!(sealed.get(at..=at) != Some(&with));
            let mut bytes = sealed.into_bytes();
            bytes[at] = with.as_bytes()[0];
            prop_assert!(check(&secrets(&["s"]), &ONE, std::str::from_utf8(&bytes).unwrap()).is_err());
        }
    }
}
