//! People: who they are, as Clerk vouches for them, and what we keep of them.

pub mod account;
mod claim;
pub mod directory;
pub mod events;
pub mod me;
pub mod session;
mod store;
