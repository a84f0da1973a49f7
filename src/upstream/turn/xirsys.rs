//! Xirsys' relays. Whether it gave any is told by `s` of its answer, with whatever status of HTTP; a list has had three
//! forms over the years.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::{LIMIT, MOST_BYTES, refused, some, tree};
use crate::domain::failure::Fault;
use crate::domain::form::{self, object};
use crate::domain::millis::Millis;
use crate::port::http::Ask;

pub const PROVIDER: &str = "xirsys";

pub struct Account<'a> {
    /// Without a slash behind: `https://global.xirsys.net`.
    pub base: &'a str,
    pub ident: &'a str,
    pub secret: &'a str,
    pub channel: &'a str,
}

/// A PUT. Nothing in it says for whom it is.
pub fn ask(account: &Account, life: Millis) -> (Ask, Vec<u8>) {
    let url = format!("{}/_turn/{}", account.base, account.channel);
    let basic = STANDARD.encode(format!("{}:{}", account.ident, account.secret));
    let headers = vec![("authorization", format!("Basic {basic}")), ("content-type", "application/json".to_owned())];
    let wish = object!({ "format": "urls", "expire": (life.count() / 1000).to_string() });
    (Ask { url, headers, limit: LIMIT, max_bytes: MOST_BYTES }, form::text(&wish).into_bytes())
}

pub fn read(status: u16, body: &[u8]) -> Result<Vec<Value>, Fault> {
    let told = tree(body);
    match (status, told.get("s").and_then(Value::as_str)) {
        (200 | 201, Some("error")) => Err(Fault::ProviderRefused { provider: PROVIDER, why: reason(&told) }),
        (200 | 201, Some("ok")) => some(PROVIDER, told.get("v").and_then(|value| value.get("iceServers"))),
        (200 | 201, _) => Err(Fault::Provider { provider: PROVIDER, why: "an answer of no form".to_owned() }),
        _ => Err(refused(PROVIDER, status)),
    }
}

/// A word of its own; whatever else it says may repeat what was sent.
fn reason(told: &Value) -> String {
    let word = |text: &&str| text.len() <= 40 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    told.get("v").and_then(Value::as_str).filter(word).unwrap_or("no reason").to_owned()
}
