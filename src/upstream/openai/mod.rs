//! OpenAI's Realtime API: the offer that starts a call, what a call tells, and what it is told.

pub mod call;
pub mod client;
pub mod error;
pub mod event;
pub mod models;
pub mod responses;
pub mod sdp;
