//! Clerk's key set, and the PEM that an operator may give instead.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::form::{self, Form, form};
use crate::port::http::Ask;
use crate::port::keyring::ASK_LIMIT;
use crate::port::rsa::PublicKey;

/// A Clerk instance has one or two keys; a set with more than this is read no further.
const MAX_KEYS: usize = 8;
/// Eight keys of 4096 bits with their certificates are some 20 KiB.
const MAX_BYTES: usize = 64 * 1024;
/// Below 2048 bits an RSA signature proves nothing.
const MIN_MODULUS_BYTES: usize = 256;

struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    usage: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

form! { struct Jwk { kty, kid, alg, usage = "use", n, e } }

pub fn ask(frontend_api: &str) -> Ask {
    Ask {
        url: format!("{frontend_api}/.well-known/jwks.json"),
        headers: Vec::new(),
        limit: ASK_LIMIT,
        max_bytes: MAX_BYTES,
    }
}

/// The RS256 keys of a set by their ids. Of two with one id the later counts, as in Clerk's own library.
pub fn read(status: u16, body: &[u8]) -> Result<Vec<(String, PublicKey)>, Fault> {
    let wrong = |why: &str| Fault::Provider { provider: "clerk", why: why.to_owned() };
    if status != 200 {
        return Err(wrong(&format!("key set answered {status}")));
    }
    let set = form::only(&["keys", "kty", "kid", "alg", "use", "n", "e"], body).unwrap_or_default();
    let members = set.get("keys").and_then(Value::as_array).ok_or_else(|| wrong("key set unreadable"))?;
    let mut keys: Vec<(String, PublicKey)> = Vec::new();
    for (kid, key) in members.iter().filter_map(usable).take(MAX_KEYS) {
        keys.retain(|(id, _)| *id != kid);
        keys.push((kid, key));
    }
    if keys.is_empty() {
        return Err(wrong("key set without a usable key"));
    }
    Ok(keys)
}

/// What is no signing key of ours is passed over: Clerk may publish others some day.
fn usable(member: &Value) -> Option<(String, PublicKey)> {
    let jwk = Jwk::of(member)?;
    let signs =
        jwk.kty == "RSA" && jwk.alg.is_none_or(|alg| alg == "RS256") && jwk.usage.is_none_or(|usage| usage == "sig");
    let (kid, n, e) = (jwk.kid?, jwk.n?, jwk.e?);
    let long = URL_SAFE_NO_PAD.decode(&n).is_ok_and(|modulus| modulus.len() >= MIN_MODULUS_BYTES);
    (signs && long).then_some((kid, PublicKey::Jwk { n, e }))
}

/// The key of `CLERK_JWT_KEY`. Secrets are often pasted in one line, so `\n` may stand for a line's end.
pub fn from_pem(pem: &str) -> Result<PublicKey, Fault> {
    let text = pem.replace("\\n", "\n");
    let inside =
        text.split("-----BEGIN PUBLIC KEY-----").nth(1).and_then(|rest| rest.split("-----END PUBLIC KEY-----").next());
    let compact: String = inside.unwrap_or_default().split_whitespace().collect();
    match STANDARD.decode(compact) {
        Ok(der) if !der.is_empty() => Ok(PublicKey::Spki(der)),
        _ => Err(Fault::NotConfigured { setting: "CLERK_JWT_KEY" }),
    }
}

#[cfg(test)]
mod tests;
