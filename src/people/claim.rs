//! Who has had the welcome credits, told apart by e-mail address without keeping it.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::upstream::clerk::user::Person;

/// One for each secret, in hexadecimal digits. Empty where the address is not known or not shown to be theirs.
pub fn claims(person: &Person, secrets: &[String]) -> Vec<String> {
    let address = person.email.as_deref().filter(|_| person.verified).and_then(normal);
    address.map(|address| secrets.iter().filter_map(|secret| hmac(secret, &address)).collect()).unwrap_or_default()
}

/// The same for every way to write to the same mailbox that is free to invent.
fn normal(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    let (local, domain) = email.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty())?;
    let domain = if domain == "googlemail.com" { "gmail.com" } else { domain };
    let name = local.split('+').next().filter(|name| !name.is_empty()).unwrap_or(local);
    // Only Gmail is known to deliver with and without dots alike.
    let dotless = if domain == "gmail.com" { name.replace('.', "") } else { name.to_owned() };
    let name = if dotless.is_empty() { name } else { &dotless };
    Some(format!("{name}@{domain}"))
}

fn hmac(secret: &str, address: &str) -> Option<String> {
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    let made = key.chain_update(address).finalize().into_bytes();
    Some(made.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn person(email: Option<&str>, verified: bool) -> Person {
        Person { email: email.map(str::to_owned), verified, name: None, image_url: None, updated_at: 1 }
    }

    fn of(email: &str) -> Vec<String> {
        claims(&person(Some(email), true), &["s".repeat(32)])
    }

    #[test]
    fn the_claim_of_an_address_is_pinned() {
        // printf ann@example.test | openssl dgst -sha256 -hmac ssssssssssssssssssssssssssssssss
        let pinned = "d2717edf196f0df126098780b477f492314ca149dca0c2363d4580167936c332";
        assert_eq!(of("ann@example.test"), [pinned]);
    }

    #[test]
    fn the_same_mailbox_makes_the_same_claim() {
        for (one, other) in [
            ("ann@example.test", " Ann@Example.TEST "),
            ("ann@example.test", "ann+1@example.test"),
            ("ann@example.test", "ann+a+b@example.test"),
            ("annlee@gmail.com", "a.n.n.l.e.e@gmail.com"),
            ("annlee@gmail.com", "Ann.Lee+x@GoogleMail.com"),
        ] {
            assert_eq!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn another_mailbox_makes_another_claim() {
        for (one, other) in [
            ("ann@example.test", "bob@example.test"),
            ("ann@example.test", "ann@example.org"),
            ("annlee@example.test", "ann.lee@example.test"),
            ("+a@example.test", "+b@example.test"),
            ("ann@gmail.com", "ann@gmail.com.example.test"),
        ] {
            assert_ne!(of(one), of(other), "{one} {other}");
        }
    }

    #[test]
    fn only_a_verified_address_claims() {
        let secrets = ["s".repeat(32)];
        assert!(claims(&person(Some("ann@example.test"), false), &secrets).is_empty());
        assert!(claims(&person(None, true), &secrets).is_empty());
        for odd in ["", "@", "ann", "ann@", "@example.test"] {
            assert!(of(odd).is_empty(), "{odd}");
        }
    }

    #[test]
    fn each_secret_makes_its_own() {
        let secrets = ["n".repeat(32), "o".repeat(32)];
        let both = claims(&person(Some("ann@example.test"), true), &secrets);
        let old = claims(&person(Some("ann@example.test"), true), &secrets[1..]);
        assert!(both.len() == 2 && both[0] != both[1] && both[1..] == old);
    }

    proptest! {
        #[test]
        fn what_is_normal_stays(email in "[ A-Za-z.+é@]{0,12}@[A-Za-z.]{0,8}|g@[gG]mail.com|\\PC{0,20}") {
            if let Some(once) = normal(&email) {
                prop_assert_eq!(normal(&once), Some(once.clone()));
            }
        }
    }
}
