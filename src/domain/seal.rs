//! Texts that we sign and others carry: `<payload>.<HMAC-SHA256>`, both in base64url.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// What is signed for one end is worth nothing for another.
pub struct Purpose {
    pub label: &'static str,
    /// In bytes; what is longer is refused unread.
    pub most: usize,
}

/// The first secret signs; those behind it are checked only, so that a new one can be put in front. None without any.
pub fn sign(secrets: &[String], purpose: &Purpose, payload: &[u8]) -> Option<String> {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let mac = mac(secrets.first()?, purpose, &payload)?;
    Some(format!("{payload}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

/// The payload, or why it is none of ours. The decoder takes one spelling of each signature only, and the payload is
/// signed as it is spelled: no byte of the text can be another.
pub fn check(secrets: &[String], purpose: &Purpose, text: &str) -> Result<Vec<u8>, &'static str> {
    if text.len() > purpose.most {
        return Err("too long");
    }
    let (payload, signature) = text.split_once('.').ok_or("not two parts")?;
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "not base64url")?;
    // Compared by the crate, which takes as long for a near miss as for any other.
    let holds = |secret: &String| mac(secret, purpose, payload).is_some_and(|mac| mac.verify_slice(&signature).is_ok());
    if !secrets.iter().any(holds) {
        return Err("signature");
    }
    URL_SAFE_NO_PAD.decode(payload).map_err(|_| "not base64url")
}

fn mac(secret: &str, purpose: &Purpose, payload: &str) -> Option<Hmac<Sha256>> {
    let key = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    Some(key.chain_update(purpose.label).chain_update([0]).chain_update(payload))
}
