//! Identifiers, parsed once at the edge and trusted afterwards.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::form::Form;

/// A person, by the id Clerk gave them. Comes from a verified token or a signed event only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserId(String);

impl UserId {
    /// `user_` and 1 to 64 letters, digits, `_` or `-`: what Clerk makes, and safe in any path or log line.
    pub fn parse(text: &str) -> Option<Self> {
        named(text, "user_").then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whose book it is: a person's, or an organisation's that pays for its candidates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct Owner(String);

impl Owner {
    pub fn parse(text: &str) -> Option<Self> {
        (UserId::parse(text).is_some() || named(text, "org_")).then(|| Self(text.to_owned()))
    }

    /// The person, when it is one.
    pub fn user(&self) -> Option<UserId> {
        UserId::parse(&self.0)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&UserId> for Owner {
    fn from(user: &UserId) -> Self {
        Self(user.0.clone())
    }
}

impl Form for Owner {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> Self {
        owner.0
    }
}

/// One interview.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct SessionId(String);

impl SessionId {
    pub fn parse(text: &str) -> Option<Self> {
        named(text, "ses_").then(|| Self(text.to_owned()))
    }

    /// 128 random bits: nobody guesses one.
    pub fn from_random(first: [u8; 8], second: [u8; 8]) -> Self {
        Self(format!("ses_{}{}", hexadecimal(first), hexadecimal(second)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Form for SessionId {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl From<SessionId> for String {
    fn from(session: SessionId) -> Self {
        session.0
    }
}

/// What a person has told of their work so far.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "String")]
pub struct ResumeId(String);

impl ResumeId {
    pub fn parse(text: &str) -> Option<Self> {
        named(text, "res_").then(|| Self(text.to_owned()))
    }

    /// 128 random bits: nobody guesses one.
    pub fn from_random(first: [u8; 8], second: [u8; 8]) -> Self {
        Self(format!("res_{}{}", hexadecimal(first), hexadecimal(second)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Form for ResumeId {
    fn of(value: &Value) -> Option<Self> {
        value.as_str().and_then(Self::parse)
    }
}

impl From<ResumeId> for String {
    fn from(resume: ResumeId) -> Self {
        resume.0
    }
}

/// Two digits for each byte.
pub fn in_hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sixteen digits.
pub fn hexadecimal(bytes: [u8; 8]) -> String {
    format!("{:016x}", u64::from_be_bytes(bytes))
}

/// What a caller names a request by that it may have to repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    pub fn parse(text: &str) -> Option<Self> {
        harmless(text).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 8 to 64 letters, digits, `_`, `.` or `-`: long enough not to be met by accident, harmless in any header or log line.
fn harmless(text: &str) -> bool {
    (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'))
}

/// A prefix and 1 to 64 letters, digits, `_` or `-`.
pub fn named(text: &str, prefix: &str) -> bool {
    let rest = text.strip_prefix(prefix).unwrap_or_default();
    (1..=64).contains(&rest.len()) && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// The name of one request, in the answer, the log line and every error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A caller's own id is kept when it is harmless in a header and in a log line.
    pub fn parse(text: &str) -> Option<Self> {
        harmless(text).then(|| Self(text.to_owned()))
    }

    /// `req_` and sixteen hexadecimal digits.
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(format!("req_{}", hexadecimal(bytes)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{IdempotencyKey, Owner, RequestId, SessionId, UserId};

    #[test]
    fn user_ids_are_clerks_and_nothing_else() {
        for good in ["user_1", "user_2abcDEF", "user_a-b_c", &format!("user_{}", "x".repeat(64))] {
            assert_eq!(UserId::parse(good).map(|id| id.as_str().to_owned()).as_deref(), Some(good));
        }
        for bad in
            ["", "user_", "org_1", "user_a/b", "user_a b", "user_é", "USER_1", &format!("user_{}", "x".repeat(65))]
        {
            assert_eq!(UserId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn owners_and_sessions_are_told_by_their_prefix() {
        for (text, owner, person, session) in [
            ("user_1", true, true, false),
            ("org_1", true, false, false),
            ("ses_1", false, false, true),
            ("ses_", false, false, false),
            ("org_a b", false, false, false),
            ("", false, false, false),
        ] {
            assert_eq!(Owner::parse(text).is_some(), owner, "{text}");
            assert_eq!(Owner::parse(text).and_then(|owner| owner.user()).is_some(), person, "{text}");
            assert_eq!(SessionId::parse(text).is_some(), session, "{text}");
        }
    }

    #[test]
    fn idempotency_keys_are_long_enough_and_harmless() {
        assert!(IdempotencyKey::parse("4b0f3f7e-5f0a-4c55-8a53-7a1f5a0c2d11").is_some());
        for bad in ["", "1234567", "with space", "12345678\n", "äöüäöüäö", &"a".repeat(65)] {
            assert!(IdempotencyKey::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn request_ids_are_kept_when_harmless() {
        for good in ["12345678", "trace-1.2_3", &"a".repeat(64)] {
            assert!(RequestId::parse(good).is_some(), "{good}");
        }
        for bad in ["", "1234567", "with space", "new\nline1", "\"quoted\"", &"a".repeat(65)] {
            assert!(RequestId::parse(bad).is_none(), "{bad}");
        }
        assert_eq!(RequestId::from_random([0, 0, 0, 0, 0, 0, 0, 255]).as_str(), "req_00000000000000ff");
    }
}
