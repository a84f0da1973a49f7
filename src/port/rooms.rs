//! The way to the Room of one interview.

use crate::domain::failure::Fault;
use crate::domain::id::SessionId;
use crate::domain::outcome::Outcome;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "no Room exists before interviews open; the host's tests play them")
)]
pub enum Word {
    /// No such interview has ever begun there.
    Unknown,
    /// It was still going on; it ends now, and will know its outcome soon.
    Ending,
    Ended(Outcome),
}

pub trait Rooms {
    /// Asks what became of an interview, and ends it when it is still going on.
    fn end(&self, session: &SessionId) -> impl Future<Output = Result<Word, Fault>>;
}
