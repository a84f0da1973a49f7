//! The whole house on the host: the same rules and the same SQL as on the platform, with ports that can be told to
//! fail.

#![expect(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test says no by panicking"
)]

mod accounts;
mod answers;
mod call;
mod clerk_events;
mod contract;
mod credits;
mod late;
#[path = "../shared/mod.rs"]
mod shared;
mod sign_in;
mod signing;
mod user;
mod wallet;
mod wallet_edges;
mod world;
