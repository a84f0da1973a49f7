//! Clerk: session tokens, the key set that signs them, the people they name, and what it tells by itself.

pub mod event;
pub mod jwks;
pub mod token;
pub mod user;
