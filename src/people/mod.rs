//! People: who they are, as Clerk vouches for them, and what we keep of them.

pub mod account;
pub mod directory;
pub mod me;
pub mod session;
mod store;
