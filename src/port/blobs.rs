//! Files that people have given us, by keys that we make.

use crate::domain::failure::Fault;

/// A time limit is the adapter's; past it, or on any fault, the effect is unknown.
pub trait Blobs {
    fn put(&self, key: &str, bytes: &[u8], content_type: &'static str) -> impl Future<Output = Result<(), Fault>>;

    /// All of them. What is not there is gone already.
    fn delete(&self, keys: &[String]) -> impl Future<Output = Result<(), Fault>>;
}
