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
mod again;
mod answers;
mod billing;
mod billing_compare;
mod billing_events;
mod billing_orders;
mod billing_plans;
mod billing_twice;
mod budget;
mod call;
mod canaries;
mod clerk_events;
mod connection;
mod contract;
mod credits;
mod deletion;
mod direct;
mod exchange;
mod fair_use;
mod feedback;
mod feedback_later;
mod feedback_people;
mod feedback_tries;
mod feedback_words;
mod files;
mod fuse;
mod hall;
mod judge;
mod keys;
mod late;
mod live;
mod lost;
mod openai;
mod past;
mod pauses;
mod readiness;
mod receipts;
mod relays;
mod resume;
mod resume_questions;
mod room;
mod rooms;
mod said;
#[path = "../shared/mod.rs"]
mod shared;
mod sign_in;
mod signing;
mod start;
mod stored;
#[path = "../simulation/stripe/mod.rs"]
mod stripe;
mod stumbles;
mod talk;
mod till;
mod transcript;
mod usage;
mod user;
mod wallet;
mod wallet_edges;
mod withdrawn;
mod world;
