//! Keys and tokens as Clerk makes them.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use rsa::pkcs1v15::SigningKey;
use rsa::signature::{SignatureEncoding, Signer};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, rand_core::OsRng, sha2::Sha256};
use serde_json::{Value, json};

pub const ISSUER: &str = "https://clerk.example.com";
/// The one in use, and the one before it.
pub const WEBHOOK_SECRET: &str =
    "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5, whsec_b2xkLWNhbmFyeS1vbGQtY2FuYXJ5LW9sZC1jYW5hcnk=";
pub const ORIGIN: &str = "https://app.example.com";

/// Two keys for the whole run: making one takes a second.
pub static KEYS: LazyLock<[RsaPrivateKey; 2]> =
    LazyLock::new(|| [0, 1].map(|_| RsaPrivateKey::new(&mut OsRng, 2048).expect("a key of 2048 bits")));

pub fn jwk(kid: &str, key: &RsaPrivateKey) -> Value {
    let part = |bytes: Vec<u8>| URL_SAFE_NO_PAD.encode(bytes);
    json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid,
        "n": part(key.n().to_bytes_be()), "e": part(key.e().to_bytes_be()) })
}

pub fn key_set(keys: &[(&str, &RsaPrivateKey)]) -> String {
    json!({ "keys": keys.iter().map(|(kid, key)| jwk(kid, key)).collect::<Vec<_>>() }).to_string()
}

pub fn claims(user: &str, now_seconds: i64) -> Value {
    json!({ "iss": ISSUER, "sub": user, "azp": ORIGIN, "v": 2, "sts": "active",
        "iat": now_seconds, "nbf": now_seconds - 10, "exp": now_seconds + 60 })
}

pub fn token(kid: &str, key: &RsaPrivateKey, claims: &Value) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT", "kid": kid, "cat": "cl_B7d4PD111AAA" });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(claims));
    let signature = SigningKey::<Sha256>::new(key.clone()).sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// The same token under another header, and so with a signature that is none.
pub fn under_header(token: &str, header: &Value) -> String {
    let (_, rest) = token.split_once('.').expect("a compact token");
    format!("{}.{rest}", URL_SAFE_NO_PAD.encode(header.to_string()))
}

/// The signature of a message as Svix makes it, with the secret of this number in [`WEBHOOK_SECRET`].
pub fn webhook(secret: usize, id: &str, sent: i64, body: &str) -> String {
    let secret = WEBHOOK_SECRET.split(", ").nth(secret).and_then(|text| text.strip_prefix("whsec_")).expect("a secret");
    let key = STANDARD.decode(secret).expect("base64");
    let mac = Hmac::<sha2::Sha256>::new_from_slice(&key).expect("a key");
    let made = mac.chain_update(format!("{id}.{sent}.{body}")).finalize().into_bytes();
    format!("v1,{}", STANDARD.encode(made))
}
