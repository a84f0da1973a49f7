//! What HTTP means here. [`route`] is the whole table; [`serve`] the story of every request.

mod answer;
mod bookmark;
mod document;
mod failure;
mod fence;
mod guard;
mod headers;
mod log;
pub mod multipart;
#[cfg(test)]
#[path = "openapi/tests.rs"]
mod openapi;
pub mod query;
pub mod route;
mod serve;
mod verb;

pub use answer::{Answer, Body, Kind};
pub use guard::LIVE_PROTOCOL;
pub use headers::standard;
pub use serve::{Deliver, serve};
