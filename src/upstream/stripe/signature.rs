//! `Stripe-Signature: t=<seconds>,v1=<hexadecimal>[,v1=…][,v0=…]`. HMAC-SHA256 over `t.body`, the body byte for byte as
//! it came; the key is the text of the secret, `whsec_` and all.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::domain::millis::Millis;
use crate::upstream::stamped::lately;

/// Some fifty signatures. While a secret is rolled there are two.
const MOST: usize = 4096;
/// Of a signature in bytes.
const LENGTH: usize = 32;

/// Whether one of the signatures was made with one of the secrets, lately, over exactly this. Else why not.
pub fn verify(header: &str, body: &[u8], secrets: &[String], now: Millis) -> Result<(), &'static str> {
    if header.len() > MOST {
        return Err("too many signatures");
    }
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let mut times = parts().filter(|(scheme, _)| *scheme == "t").map(|(_, time)| time);
    let (time, more) = (times.next().ok_or("timestamp")?, times.next());
    if more.is_some() {
        return Err("two timestamps");
    }
    lately(time, now)?;
    let given: Vec<Vec<u8>> = parts().filter(|(scheme, _)| *scheme == "v1").filter_map(|(_, hex)| bytes(hex)).collect();
    if secrets.iter().any(|secret| is_signed(time, body, secret, &given)) { Ok(()) } else { Err("signature") }
}

/// Compared by the crate, which takes as long for a near miss as for any other.
fn is_signed(time: &str, body: &[u8], secret: &str, given: &[Vec<u8>]) -> bool {
    let Ok(key) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    let made = [time.as_bytes(), b".", body].into_iter().fold(key, Mac::chain_update);
    given.iter().any(|signature| made.clone().verify_slice(signature).is_ok())
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = hex.as_bytes().as_chunks::<2>();
    (hex.len() == 2 * LENGTH)
        .then_some(pairs)?
        .0
        .iter()
        .map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?))
        .collect()
}

#[cfg(test)]
mod tests;
