//! The shared words of the house. This room imports nothing.

pub mod credits;
pub mod failure;
pub mod form;
pub mod id;
pub mod millis;
pub mod outcome;
pub mod price;
pub mod seal;
pub mod sorted;
pub mod text;
