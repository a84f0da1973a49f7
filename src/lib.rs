//! Vocahire: AI voice interviews on one Cloudflare Worker.
//!
//! The rooms of the house. Arrows point down this list only; rooms of one floor do not see each other.
//!
//! - [`runtime`]: wasm32 only, the one place that names the platform: the event handler and one adapter per port.
//! - [`edge`]: what HTTP means: the route table, guards, body limits, the one map from refusal to answer.
//! - [`ops`]: what operators ask of a running house: health, version, settings, reports.
//! - [`coach`]: what a person learns from an interview: the report that quotes them, their progress, their resume.
//! - [`interview`]: one interview, from the click to the transcript: the Room object that holds its call, D1's record.
//! - [`money`]: VocahireCredits: the rules of the ledger, the Wallet object that keeps one owner's book, D1's copy.
//! - [`people`]: users and their Clerk sessions. Its SQL is in its `store`, nowhere else.
//! - [`upstream`]: codecs without transport, one folder per service: build a request, read an answer.
//! - [`port`]: the traits through which the above reach the world, and the typed configuration.
//! - [`domain`]: the shared words: ids, time, refusals. Imports nothing.
//!
//! To find a behaviour: its address is a row of `edge::route`, the row names a verb, `edge::verb` names the
//! function that performs it. `tests/tidy.rs` keeps these sentences true.

// Public on the host so that tests reach them, private on wasm32 so that the compiler finds what nobody calls.
#[cfg(not(target_arch = "wasm32"))]
pub mod coach;
#[cfg(not(target_arch = "wasm32"))]
pub mod domain;
#[cfg(not(target_arch = "wasm32"))]
pub mod edge;
#[cfg(not(target_arch = "wasm32"))]
pub mod interview;
#[cfg(not(target_arch = "wasm32"))]
pub mod money;
#[cfg(not(target_arch = "wasm32"))]
pub mod ops;
#[cfg(not(target_arch = "wasm32"))]
pub mod people;
#[cfg(not(target_arch = "wasm32"))]
pub mod port;
#[cfg(not(target_arch = "wasm32"))]
pub mod upstream;

#[cfg(target_arch = "wasm32")]
mod coach;
#[cfg(target_arch = "wasm32")]
mod domain;
#[cfg(target_arch = "wasm32")]
mod edge;
#[cfg(target_arch = "wasm32")]
mod interview;
#[cfg(target_arch = "wasm32")]
mod money;
#[cfg(target_arch = "wasm32")]
mod ops;
#[cfg(target_arch = "wasm32")]
mod people;
#[cfg(target_arch = "wasm32")]
mod port;
#[cfg(target_arch = "wasm32")]
mod runtime;
#[cfg(target_arch = "wasm32")]
mod upstream;
