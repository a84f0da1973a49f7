//! The way to somebody's Wallet. What is said there is the money room's language.

use crate::domain::failure::Fault;
use crate::domain::id::Owner;

pub trait Wallets {
    /// The time limit is the adapter's. Past it, or on any fault, the effect is unknown: ask again with the same key.
    fn ask(&self, owner: &Owner, question: String) -> impl Future<Output = Result<String, Fault>>;
}
