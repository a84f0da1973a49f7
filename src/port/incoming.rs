//! The request as it arrives: nothing is read before somebody asks for it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyFailure {
    /// More than the limit has arrived; the rest was not read.
    TooLarge,
    /// The sender stopped, dawdled, or sent less than it had announced.
    Broken,
}

pub trait Incoming {
    fn method(&self) -> &str;
    fn path(&self) -> &str;
    /// What stands behind the question mark, undecoded; empty when nothing does.
    fn query(&self) -> &str;
    fn header(&self, name: &str) -> Option<String>;
    fn body(&self, limit: usize) -> impl Future<Output = Result<Vec<u8>, BodyFailure>>;
}
