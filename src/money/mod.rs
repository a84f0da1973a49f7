//! VocahireCredits: the rules of the ledger, the Wallet that keeps one owner's book, and D1's copy of all books.
//!
//! A request speaks to a Wallet through [`desk`]; the object's shell hands what arrives to [`wallet::receive`] and its
//! alarm to [`wallet::ring`]. The rules themselves are pure: [`rules`], [`book`], [`settlement`].

pub mod account;
mod bank;
pub mod book;
pub mod catalogue;
pub mod command;
pub mod compare;
pub mod copies;
pub mod desk;
pub mod plan;
pub mod reconcile;
pub mod rules;
pub mod settlement;
pub mod shop;
pub mod statement;
mod store;
pub mod till;
pub mod wallet;
pub mod words;
