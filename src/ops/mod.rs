//! What operators, and the pages, ask of a running house.

pub mod admin;
pub mod deletion;
pub mod example;
pub mod night;
pub mod policy_report;
pub mod settings;
pub mod status;
