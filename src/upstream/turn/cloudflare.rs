//! Cloudflare's relays: each key of theirs has a token of its own, which makes names and passwords that end by
//! themselves. At that moment it ends the calls that use them, too.

use serde_json::Value;

use super::{LIMIT, MOST_BYTES, refused, some, tree};
use crate::domain::failure::Fault;
use crate::domain::form::{self, object};
use crate::domain::millis::Millis;
use crate::port::http::Ask;

pub const PROVIDER: &str = "cloudflare";

pub struct Account<'a> {
    /// Without a slash behind: `https://rtc.live.cloudflare.com`.
    pub base: &'a str,
    pub key: &'a str,
    pub token: &'a str,
}

/// A POST. Nothing in it says for whom it is.
pub fn ask(account: &Account, life: Millis) -> (Ask, Vec<u8>) {
    let url = format!("{}/v1/turn/keys/{}/credentials/generate-ice-servers", account.base, account.key);
    let headers =
        vec![("authorization", format!("Bearer {}", account.token)), ("content-type", "application/json".to_owned())];
    let body = form::text(&object!({ "ttl": life.count() / 1000 }));
    (Ask { url, headers, limit: LIMIT, max_bytes: MOST_BYTES }, body.into_bytes())
}

pub fn read(status: u16, body: &[u8]) -> Result<Vec<Value>, Fault> {
    match status {
        200 | 201 => some(PROVIDER, tree(body).get("iceServers")),
        _ => Err(refused(PROVIDER, status)),
    }
}
