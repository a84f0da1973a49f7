//! RS256, by the platform's own WebCrypto: a signature check in WebAssembly costs twenty times as much.

use crate::domain::failure::Fault;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// Modulus and exponent as a key set writes them: base64url.
    Jwk { n: String, e: String },
    /// SubjectPublicKeyInfo, the inside of a PEM file.
    Spki(Vec<u8>),
}

pub trait Rsa {
    type Key: Clone;

    fn import(&self, key: &PublicKey) -> impl Future<Output = Result<Self::Key, Fault>>;

    fn verify(&self, key: &Self::Key, message: &[u8], signature: &[u8]) -> impl Future<Output = Result<bool, Fault>>;
}
