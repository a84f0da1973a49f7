//! Two ways to say no. A [`Refusal`] is the caller's business. A [`Fault`] is ours: the caller learns its code, the log
//! its reason.

use super::millis::Millis;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    Refused(Refusal),
    Broken(Fault),
}

/// What the caller can do something about. `&'static str` reasons go to the log, never into an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    BadJson,
    BadRequest { field: &'static str },
    NoToken,
    BadToken { why: &'static str },
    TokenExpired,
    Forbidden,
    NotFound,
    MethodNotAllowed { allow: &'static str },
    Gone,
    TooLarge { limit: usize },
    UnsupportedMediaType { expected: &'static str },
}

/// What only we, or a service we depend on, can repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    NotConfigured { setting: &'static str },
    DatabaseTimeout,
    Database { why: String },
    ProviderTimeout { provider: &'static str },
    Provider { provider: &'static str, why: String },
    ProviderBusy { provider: &'static str, retry_after: Millis },
    Bug { why: String },
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Broken(fault)
    }
}
