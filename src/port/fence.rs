//! The first fence: how often strangers at one network address may call. Approximate, and never in the way of anybody
//! when it fails.

use crate::domain::millis::Millis;

/// The length of one count, as `wrangler.toml` says it.
pub const PERIOD: Millis = Millis::of_seconds(60);

pub trait Fence {
    /// Counts one call from there. No, when there have been too many.
    fn pass(&self, address: &str) -> impl Future<Output = bool>;
}
