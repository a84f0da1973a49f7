//! Two ways to say no. A [`Refusal`] is the caller's business. A [`Fault`] is ours: the caller learns its code, the log
//! its reason.

use super::credits::Credits;
use super::id::SessionId;
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
    BadRequest {
        field: &'static str,
    },
    BadSignature {
        why: &'static str,
    },
    /// What the browser offers is no call that we would pass on.
    BadSdp {
        why: &'static str,
    },
    /// A ticket or a room key that is not ours, not for this, or too old.
    BadTicket {
        why: &'static str,
    },
    NoToken,
    BadToken {
        why: &'static str,
    },
    TokenExpired,
    AccountClosed,
    /// The credits that are free to use do not start anything.
    InsufficientCredits {
        available: Credits,
        minimum: Credits,
        /// Others are there, but were given, and pay for nothing here.
        given: bool,
    },
    Forbidden,
    NotFound,
    MethodNotAllowed {
        allow: String,
    },
    SessionInProgress {
        session: SessionId,
        state: &'static str,
        resumable: bool,
    },
    SessionEnded,
    Conflict {
        why: &'static str,
    },
    /// The key was used before, for something else.
    IdempotencyMismatch,
    Gone,
    TooLarge {
        limit: usize,
    },
    UnsupportedMediaType {
        expected: &'static str,
    },
    Unprocessable {
        why: &'static str,
    },
    /// What was sent is no resume, for a reason that a program may want to know.
    BadResume {
        reason: &'static str,
    },
    RateLimited {
        retry_after: Millis,
    },
    /// Their plan covers no more talk for so long.
    FairUse {
        retry_after: Millis,
    },
}

/// What only we, or a service we depend on, can repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    NotConfigured {
        setting: &'static str,
    },
    /// So much was spent that nobody is taken just now, or nobody who does not pay.
    NotOpen {
        free: bool,
    },
    DatabaseTimeout,
    Database {
        why: String,
    },
    /// It was told something that its tables do not take: asking again will not help.
    DatabaseRefused {
        why: String,
    },
    /// Whether the wallet has done it is not known.
    Wallet {
        why: String,
    },
    ProviderTimeout {
        provider: &'static str,
    },
    Provider {
        provider: &'static str,
        why: String,
    },
    /// It does not take what we send, or not from us: asking again will not help.
    ProviderRefused {
        provider: &'static str,
        why: String,
    },
    /// The interview's own object did not answer.
    Room {
        why: String,
    },
    /// Whether a file is there, or still there, is not known.
    Files {
        why: String,
    },
    ProviderBusy {
        provider: &'static str,
        retry_after: Millis,
    },
    Bug {
        why: String,
    },
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

impl Failure {
    pub fn refusal(&self) -> Option<&Refusal> {
        if let Self::Refused(refusal) = self { Some(refusal) } else { None }
    }

    /// The inner reason, for the log only.
    pub fn reason(&self) -> Option<String> {
        let refusal = match self {
            Self::Refused(refusal) => refusal,
            Self::Broken(fault) => return Some(fault.reason()),
        };
        match *refusal {
            Refusal::BadToken { why }
            | Refusal::BadSignature { why }
            | Refusal::BadSdp { why }
            | Refusal::BadTicket { why }
            | Refusal::Conflict { why }
            | Refusal::Unprocessable { why }
            | Refusal::BadRequest { field: why }
            | Refusal::BadResume { reason: why } => Some(why.to_owned()),
            _ => None,
        }
    }
}

/// Where a text is not what it should be. Never what stands there: that may be somebody's words.
pub fn misread(error: &serde_json::Error) -> String {
    format!("{:?} at {}:{}", error.classify(), error.line(), error.column())
}

impl Fault {
    pub fn reason(&self) -> String {
        match self {
            Self::NotConfigured { setting } => format!("{setting} is not set"),
            Self::NotOpen { free } => format!("the fuse is blown for {}", if *free { "free starts" } else { "all" }),
            Self::DatabaseTimeout => "the database took too long".to_owned(),
            Self::ProviderTimeout { provider } => format!("{provider} took too long"),
            Self::ProviderBusy { provider, .. } => format!("{provider} failed a moment ago"),
            Self::Provider { provider, why } | Self::ProviderRefused { provider, why } => format!("{provider}: {why}"),
            Self::Database { why }
            | Self::DatabaseRefused { why }
            | Self::Wallet { why }
            | Self::Room { why }
            | Self::Files { why }
            | Self::Bug { why } => why.clone(),
        }
    }
}
