//! Clerk: session tokens, the key set that signs them, the people they name.

pub mod jwks;
pub mod token;
pub mod user;
