//! The one map from what went wrong to what the caller is told.

use serde::Serialize;
use serde_json::{Map, Value};

use super::answer::Answer;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::{RequestId, SessionId};
use crate::domain::millis::Millis;

/// The public side of a failure. The inner reason is the log's.
pub struct Told {
    pub status: u16,
    pub code: &'static str,
    sentence: String,
    retry_after: Option<Millis>,
    headers: Vec<(&'static str, String)>,
    see: Option<&'static str>,
    more: Map<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ErrorBody<'a> {
    error: &'a str,
    code: &'static str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    see: Option<&'static str>,
    #[serde(flatten)]
    more: &'a Map<String, Value>,
}

/// A database that was slow or away is worth another try soon.
const DATABASE_RETRY: Millis = Millis::of_seconds(2);
const PROVIDER_RETRY: Millis = Millis::of_seconds(5);

impl Told {
    fn new(status: u16, code: &'static str, sentence: impl Into<String>) -> Self {
        Self {
            status,
            code,
            sentence: sentence.into(),
            retry_after: None,
            headers: Vec::new(),
            see: None,
            more: Map::new(),
        }
    }

    fn after(mut self, wait: Millis) -> Self {
        self.retry_after = Some(wait);
        // Rounded up: a caller that waits the seconds must not come too early.
        let seconds = wait.count().saturating_add(999) / 1000;
        self.headers.push(("retry-after", seconds.max(1).to_string()));
        self
    }

    fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// What a program may want to know beside the sentence.
    fn telling(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refused(refusal),
            Failure::Broken(fault) => broken(fault),
        }
    }

    pub fn answer(self, request: &RequestId) -> Answer {
        let retry_after_ms = self.retry_after.map(Millis::count);
        let body = ErrorBody {
            error: &self.sentence,
            code: self.code,
            request_id: request.as_str(),
            retry_after_ms,
            see: self.see,
            more: &self.more,
        };
        let answer = Answer::json(self.status, &body).unwrap_or_else(|_| Answer::empty(self.status));
        self.headers.into_iter().fold(answer, |answer, (name, value)| answer.with(name, value))
    }
}

fn refused(refusal: &Refusal) -> Told {
    match refusal {
        Refusal::BadJson => Told::new(400, "bad_json", "The body is not JSON."),
        Refusal::BadRequest { field } => {
            Told::new(400, "bad_request", format!("`{field}` is missing or has a wrong form."))
        }
        Refusal::BadSignature { .. } => {
            Told::new(400, "bad_signature", "The signature of this message is not valid here.")
        }
        Refusal::BadSdp { why } => {
            Told::new(400, "bad_sdp", format!("This browser's offer cannot be passed on: {why}."))
        }
        Refusal::BadTicket { .. } => Told::new(403, "bad_ticket", "This ticket is not valid here; please start anew."),
        Refusal::NoToken => unauthorized("no_token", "Please sign in: this needs a session token."),
        Refusal::BadToken { .. } => unauthorized("bad_token", "This session token is not valid here."),
        Refusal::TokenExpired => {
            unauthorized("token_expired", "This session token has expired; a fresh one is needed.")
        }
        Refusal::AccountClosed => unauthorized("account_closed", "This account has been closed."),
        Refusal::InsufficientCredits { available, minimum, given } => {
            let sentence =
                format!("Insufficient VocahireCredits: you have {available}, and at least {minimum} starts one.");
            let told = Told::new(403, "insufficient_credits", sentence)
                .telling("currentCredits", available.to_string())
                .telling("minimumRequired", minimum.to_string());
            if *given { told.telling("reason", "granted") } else { told }
        }
        Refusal::Forbidden => Told::new(403, "forbidden", "This is not open to you."),
        Refusal::NotFound => Told::new(404, "not_found", "There is nothing at this address."),
        Refusal::MethodNotAllowed { allow } => {
            Told::new(405, "method_not_allowed", "This address does not take that method.")
                .with("allow", allow.as_str())
        }
        Refusal::SessionInProgress { session, state, resumable } => in_progress(session, state, *resumable),
        Refusal::SessionEnded => Told::new(409, "session_ended", "This interview has ended."),
        Refusal::Conflict { why } => Told::new(409, "conflict", format!("This cannot be done now: {why}.")),
        Refusal::IdempotencyMismatch => {
            Told::new(409, "idempotency_mismatch", "This key was used before, for something else.")
        }
        Refusal::Gone => {
            let told = Told::new(410, "gone", "This address is gone for good; see what took its place.");
            Told { see: Some("/api/diagnostic/webrtc-test"), ..told }
        }
        Refusal::TooLarge { limit } => Told::new(413, "too_large", format!("The body is larger than {limit} bytes.")),
        Refusal::UnsupportedMediaType { expected } => {
            Told::new(415, "unsupported_media_type", format!("The body must be {expected}.")).with("accept", *expected)
        }
        Refusal::Unprocessable { why } => Told::new(422, "unprocessable", format!("This cannot be done: {why}.")),
        Refusal::BadResume { reason } => {
            Told::new(422, "unprocessable", "This cannot be kept as a resume.").telling("reason", *reason)
        }
        Refusal::RateLimited { retry_after } => too_much("Too many of these in a short time.", *retry_after),
        Refusal::FairUse { retry_after } => {
            too_much("Your plan has covered all the talk of a day.", *retry_after).telling("reason", "fair_use")
        }
    }
}

fn in_progress(session: &SessionId, state: &str, resumable: bool) -> Told {
    Told::new(409, "session_in_progress", "There is an interview going on already.")
        .telling("sessionId", session.as_str())
        .telling("state", state)
        .telling("resumable", resumable)
}

fn too_much(what: &str, wait: Millis) -> Told {
    Told::new(429, "rate_limited", format!("{what} Please wait.")).after(wait)
}

fn unauthorized(code: &'static str, sentence: &str) -> Told {
    Told::new(401, code, sentence).with("www-authenticate", "Bearer")
}

fn broken(fault: &Fault) -> Told {
    match fault {
        Fault::NotConfigured { .. } => Told::new(503, "not_configured", "This part of the service is not set up here."),
        Fault::NotOpen { free } => {
            let (who, reason) = if *free { ("new free", "free_starts") } else { ("new", "spend") };
            Told::new(503, "not_open_now", format!("No {who} interviews can begin just now.")).telling("reason", reason)
        }
        Fault::DatabaseTimeout => {
            Told::new(503, "database_timeout", "The database took too long. Please try again.").after(DATABASE_RETRY)
        }
        Fault::Database { .. } | Fault::DatabaseRefused { .. } => {
            Told::new(503, "database_error", "The database did not answer. Please try again.").after(DATABASE_RETRY)
        }
        Fault::Wallet { .. } => {
            Told::new(503, "wallet_unavailable", "Your credits could not be reached. Please try again.")
                .after(DATABASE_RETRY)
        }
        Fault::ProviderTimeout { .. } => {
            Told::new(504, "provider_timeout", "A service we depend on took too long. Please try again.")
                .after(PROVIDER_RETRY)
        }
        Fault::Provider { .. } => {
            Told::new(502, "provider_error", "A service we depend on did not answer properly. Please try again.")
                .after(PROVIDER_RETRY)
        }
        Fault::ProviderRefused { .. } => {
            Told::new(502, "provider_refused", "A service we depend on refused our request. We are told of it.")
        }
        Fault::Room { .. } => {
            Told::new(503, "room_unavailable", "The interview's room did not answer. Please try again.")
                .after(DATABASE_RETRY)
        }
        Fault::Files { .. } => {
            Told::new(503, "files_unavailable", "The stored files could not be reached. Please try again.")
                .after(DATABASE_RETRY)
        }
        Fault::ProviderBusy { retry_after, .. } => {
            Told::new(503, "provider_busy", "A service we depend on cannot be reached just now. Please try again.")
                .after(*retry_after)
        }
        Fault::Bug { .. } => Told::new(500, "internal_error", "This is a mistake of ours. Nothing you did caused it."),
    }
}
