//! What the rooms above need of the world, as traits, behind one [`World`].

pub mod blobs;
pub mod calls;
pub mod clock;
pub mod config;
pub mod db;
pub mod due;
pub mod fence;
pub mod http;
pub mod incoming;
pub mod keyring;
pub mod log;
pub mod random;
pub mod rooms;
pub mod rsa;
pub mod shelf;
pub mod sql;
pub mod wallets;
pub mod words;
pub mod world;

pub use world::{Object, Within, World};
