//! VocahireCredits: the rules of the ledger, the Wallet that keeps one owner's book, and D1's copy of all books.
//!
//! A request speaks to a Wallet through [`desk`]; the object's shell hands what arrives to [`wallet::receive`] and its
//! alarm to [`wallet::ring`]. The rules themselves are pure: [`rules`], [`book`], [`settlement`].

pub mod account;
pub mod book;
pub mod command;
pub mod copies;
pub mod desk;
pub mod reconcile;
pub mod rules;
pub mod settlement;
pub mod statement;
mod store;
pub mod wallet;
pub mod words;
