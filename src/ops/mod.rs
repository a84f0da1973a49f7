//! What operators, and the pages, ask of a running house.

pub mod admin;
pub mod connection;
pub mod deletion;
pub mod example;
pub mod models;
pub mod night;
pub mod policy_report;
pub mod readiness;
pub mod settings;
pub mod status;
mod store;
