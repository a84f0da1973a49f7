//! Signatures of webhooks as Svix makes them, through which Clerk sends; Standard Webhooks has the same under other
//! names. HMAC-SHA256 over `id.timestamp.body`, the body byte for byte as it came.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::stamped::lately;
use crate::domain::millis::Millis;

/// What Svix names a message is some thirty characters.
const MAX_ID: usize = 128;
/// Some eighty signatures. During a rotation there are two.
const MAX_SIGNATURES: usize = 4096;

/// The three headers, as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    id: String,
    timestamp: String,
    signatures: String,
}

impl Stamp {
    /// All three of one family: those of another may be somebody else's.
    pub fn find(header: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let family = |id, timestamp, signatures| {
            Some(Self { id: header(id)?, timestamp: header(timestamp)?, signatures: header(signatures)? })
        };
        family("svix-id", "svix-timestamp", "svix-signature")
            .or_else(|| family("webhook-id", "webhook-timestamp", "webhook-signature"))
    }

    /// The sender's name of this message, alike in each delivery of it. True only after [`Stamp::verify`].
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether one of the signatures was made with one of the secrets, lately, over exactly this. Else why not.
    pub fn verify(&self, body: &[u8], secrets: &[Vec<u8>], now: Millis) -> Result<(), &'static str> {
        // A dot in the id would let two messages look alike where they are signed.
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
        if !(1..=MAX_ID).contains(&self.id.len()) || !self.id.bytes().all(plain) {
            return Err("message id");
        }
        lately(&self.timestamp, now)?;
        if self.signatures.len() > MAX_SIGNATURES {
            return Err("too many signatures");
        }
        let given: Vec<Vec<u8>> = self.signatures.split(' ').filter_map(signature).collect();
        if secrets.iter().any(|secret| self.is_signed(body, secret, &given)) { Ok(()) } else { Err("signature") }
    }

    /// Compared by the crate, which takes as long for a near miss as for any other.
    fn is_signed(&self, body: &[u8], secret: &[u8], given: &[Vec<u8>]) -> bool {
        let Ok(key) = Hmac::<Sha256>::new_from_slice(secret) else { return false };
        let message = [self.id.as_bytes(), b".", self.timestamp.as_bytes(), b".", body];
        let made = message.into_iter().fold(key, Mac::chain_update);
        given.iter().any(|signature| made.clone().verify_slice(signature).is_ok())
    }
}

/// `v1,` and base64. Other versions may stand beside it and count for nothing.
fn signature(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.strip_prefix("v1,")?).ok()
}

#[cfg(test)]
mod tests;
