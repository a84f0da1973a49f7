//! The way to somebody's Wallet. What is said there is the money room's language.

use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;

pub trait Wallets {
    /// Past the limit, or on any fault, the effect is unknown: ask again with the same key.
    fn ask(&self, owner: &Owner, question: String, limit: Millis) -> impl Future<Output = Result<String, Fault>>;
}
