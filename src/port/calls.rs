//! The two ways to OpenAI that outlive a question: an offer, whose answer must never be lost, and the sideband, a
//! socket that stays open for a whole interview.

use super::http::HttpFailure;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// The beginning of an answer: what comes before its body has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub status: u16,
    pub location: Option<String>,
    pub retry_after: Option<String>,
}

pub trait Calls {
    type Body: Body;
    type Line: Line;

    /// Never aborted and without a time limit: whoever does not want to wait goes on without the answer.
    fn post(&self, post: Post) -> impl Future<Output = Result<(Head, Self::Body), HttpFailure>>;

    /// Opens a socket. The status tells why there is none.
    fn dial(
        &self,
        url: &str,
        headers: Vec<(&'static str, String)>,
    ) -> impl Future<Output = Result<Self::Line, Undialled>>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undialled {
    /// The other side answered, with this status.
    Refused(u16),
    Unreachable,
}

pub trait Body {
    fn read(self, max: usize) -> impl Future<Output = Result<Vec<u8>, HttpFailure>>;
}

/// An open socket. However often it is cloned, it is one.
pub trait Line: Clone {
    /// Whether it could be handed over. Nobody says whether it arrived.
    fn say(&self, text: &str) -> bool;

    /// Hands over each thing that is said there, until it is closed.
    fn listen(&self, heard: impl FnMut(&str)) -> impl Future<Output = ()>;

    fn close(&self);
}
