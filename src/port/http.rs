//! Asking other services. A time limit and a size limit belong to every question; redirects are never followed,
//! because credentials would travel along; the adapter names us as `User-Agent`.

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub limit: Millis,
    pub max_bytes: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HttpFailure {
    TimedOut,
    TooLarge,
    Unreachable(String),
}

impl HttpFailure {
    pub fn of(self, provider: &'static str) -> Fault {
        match self {
            Self::TimedOut => Fault::ProviderTimeout { provider },
            Self::TooLarge => Fault::Provider { provider, why: "answer too large".to_owned() },
            Self::Unreachable(why) => Fault::Provider { provider, why },
        }
    }
}

pub trait Http {
    fn get(&self, ask: Ask) -> impl Future<Output = Result<Reply, HttpFailure>>;

    fn post(&self, ask: Ask, body: Vec<u8>) -> impl Future<Output = Result<Reply, HttpFailure>>;

    fn put(&self, ask: Ask, body: &[u8]) -> impl Future<Output = Result<Reply, HttpFailure>>;

    fn delete(&self, ask: Ask) -> impl Future<Output = Result<Reply, HttpFailure>>;
}
