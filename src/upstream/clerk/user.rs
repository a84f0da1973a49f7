//! A person as Clerk tells them: by `GET /v1/users/:id` of its Backend API, and in the same shape in its events.

use crate::domain::failure::Fault;
use crate::domain::form::{self, Form, form};
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::config::Config;
use crate::port::http::Ask;

/// The first sight of one's own name is worth this wait, not more.
const LIMIT: Millis = Millis::of_seconds(2);
/// A user with all metadata filled to Clerk's limits is some 40 KiB.
const MAX_BYTES: usize = 128 * 1024;

/// The version whose shapes are read below: without it Clerk sends the newest.
const API_VERSION: &str = "2026-05-12";

/// What we keep of a person. Clerk's own time decides which of two is newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: Option<String>,
    /// Whether they have shown that the address is theirs.
    pub verified: bool,
    pub name: Option<String>,
    pub image_url: Option<String>,
    pub updated_at: i64,
}

pub struct User {
    id: String,
    first_name: Option<String>,
    last_name: Option<String>,
    image_url: Option<String>,
    primary_email_address_id: Option<String>,
    email_addresses: Option<Vec<Address>>,
    updated_at: i64,
}

/// What is read of a person. The rest may be their own, whatever it holds.
pub const MEMBERS: &[&str] = &[
    "id",
    "first_name",
    "last_name",
    "image_url",
    "primary_email_address_id",
    "email_addresses",
    "updated_at",
    "email_address",
    "verification",
    "status",
];

form! {
    struct User {
        id, first_name, last_name, image_url, primary_email_address_id, email_addresses, updated_at,
    }
}

struct Address {
    id: String,
    email_address: String,
    verification: Option<Verification>,
}

form! { struct Address { id, email_address, verification } }

struct Verification {
    status: Option<String>,
}

form! { struct Verification { status } }

impl User {
    /// None where the id or the time is none that Clerk would give.
    pub fn known(self) -> Option<(UserId, Person)> {
        let id = UserId::parse(&self.id)?;
        let primary = self.primary_email_address_id.as_deref();
        let address = self.email_addresses.into_iter().flatten().find(|address| Some(address.id.as_str()) == primary);
        let verified = address.as_ref().and_then(|address| address.verification.as_ref()?.status.as_deref());
        let verified = verified == Some("verified");
        let email = address.map(|address| address.email_address).filter(|email| !email.is_empty());
        let names: Vec<String> =
            [self.first_name, self.last_name].into_iter().flatten().filter(|name| !name.trim().is_empty()).collect();
        let name = (!names.is_empty()).then(|| names.join(" "));
        let image_url = self.image_url.filter(|url| url.starts_with("https://"));
        let updated_at = is_moment(self.updated_at).then_some(self.updated_at)?;
        Some((id, Person { email, verified, name, image_url, updated_at }))
    }
}

/// Milliseconds as JavaScript counts them: beyond, two different ones would be stored as one.
pub fn is_moment(ms: i64) -> bool {
    (0..1 << 53).contains(&ms)
}

pub fn question(config: &Config, user: &UserId) -> Result<Ask, Fault> {
    let clerk = config.clerk()?;
    let secret = clerk.secret_key.as_deref().ok_or(Fault::NotConfigured { setting: "CLERK_SECRET_KEY" })?;
    Ok(ask(&clerk.api_url, secret, user))
}

fn ask(api_url: &str, secret_key: &str, user: &UserId) -> Ask {
    Ask {
        url: format!("{api_url}/v1/users/{}", user.as_str()),
        headers: vec![("authorization", format!("Bearer {secret_key}")), ("clerk-api-version", API_VERSION.to_owned())],
        limit: LIMIT,
        max_bytes: MAX_BYTES,
    }
}

pub fn read(status: u16, body: &[u8], asked_for: &UserId) -> Result<Person, Fault> {
    let wrong = |why: &str| Fault::Provider { provider: "clerk", why: why.to_owned() };
    if status != 200 {
        return Err(wrong(&format!("user answered {status}")));
    }
    let told = form::only(MEMBERS, body).map_err(|_| wrong("user unreadable"))?;
    let user = User::of(&told).ok_or_else(|| wrong("user unreadable"))?;
    let (id, person) = user.known().ok_or_else(|| wrong("user of no form"))?;
    if id == *asked_for { Ok(person) } else { Err(wrong("another user")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alice() -> UserId {
        UserId::parse("user_alice").unwrap()
    }

    #[test]
    fn the_primary_address_and_the_whole_name_are_kept() {
        let body = br#"{"id":"user_alice","first_name":"Alice","last_name":"Example","updated_at":7,
            "image_url":"https://img.clerk.com/a","primary_email_address_id":"b",
            "email_addresses":[{"id":"a","email_address":"old@x.test"},{"id":"b","email_address":"new@x.test"}]}"#;
        let person = read(200, body, &alice()).unwrap();
        assert_eq!(person.email.as_deref(), Some("new@x.test"));
        assert_eq!(person.name.as_deref(), Some("Alice Example"));
        assert_eq!(person.image_url.as_deref(), Some("https://img.clerk.com/a"));
    }

    #[test]
    fn what_clerk_does_not_know_stays_empty() {
        let body = br#"{"id":"user_alice","first_name":null,"last_name":" ","image_url":"javascript:1","updated_at":7,
            "primary_email_address_id":null,"email_addresses":[{"id":"a","email_address":"a@x.test"}]}"#;
        let person = read(200, body, &alice()).unwrap();
        assert_eq!(person, Person { email: None, verified: false, name: None, image_url: None, updated_at: 7 });
    }

    #[test]
    fn only_clerks_word_makes_an_address_verified() {
        let verified = |verification: &str| {
            let body = format!(
                r#"{{"id":"user_alice","updated_at":7,"primary_email_address_id":"a","email_addresses":
                    [{{"id":"b","email_address":"b@x.test","verification":{{"status":"verified"}}}},
                     {{"id":"a","email_address":"a@x.test"{verification}}}]}}"#
            );
            read(200, body.as_bytes(), &alice()).unwrap().verified
        };
        assert!(verified(r#","verification":{"status":"verified","strategy":"email_code"}"#));
        for not in ["", r#","verification":null"#, r#","verification":{"status":null}"#] {
            assert!(!verified(not), "{not}");
        }
        for status in ["unverified", "transferable", "failed", "expired", "Verified", ""] {
            assert!(!verified(&format!(r#","verification":{{"status":"{status}"}}"#)), "{status}");
        }
    }

    #[test]
    fn another_person_or_no_person_is_clerks_fault() {
        let other = br#"{"id":"user_bob","updated_at":7}"#.as_slice();
        let timeless = br#"{"id":"user_alice","updated_at":-1}"#.as_slice();
        for (status, body) in
            [(200, other), (200, timeless), (404, b"{}".as_slice()), (200, b"<html>"), (200, b""), (302, b"")]
        {
            assert!(matches!(read(status, body, &alice()), Err(Fault::Provider { .. })), "{status}");
        }
    }

    #[test]
    fn the_secret_travels_in_a_header_only() {
        let ask = ask("https://api.clerk.com", "sk_live_x", &alice());
        assert_eq!(ask.url, "https://api.clerk.com/v1/users/user_alice");
        let version = ("clerk-api-version", "2026-05-12".to_owned());
        assert_eq!(ask.headers, [("authorization", "Bearer sk_live_x".to_owned()), version]);
    }
}
