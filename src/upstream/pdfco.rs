//! PDF.co: a place to put a file, and the text of what lies there. What it says is told by `error` and `status` of its
//! answer, with whatever status of HTTP.

use serde_json::{Value, json};

use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::http::Ask;

pub const PROVIDER: &str = "pdfco";
/// For each step. It gives up a conversion of its own accord after some 25 seconds.
const LIMIT: Millis = Millis::of_seconds(20);
/// The text of a resume is some 10 KiB.
const MOST_BYTES: usize = 2 * 1024 * 1024;
const WAIT: Millis = Millis::of_seconds(5);
const BYTES: &str = "application/octet-stream";

pub struct Account<'a> {
    /// Without a slash behind: `https://api.pdf.co`.
    pub base: &'a str,
    pub key: &'a str,
}

/// Where a file may be put, and by what address it is found there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    put: String,
    url: String,
}

impl Place {
    /// Whoever has the address may write there: our key is not shown.
    pub fn ask(&self) -> Ask {
        let headers = vec![("content-type", BYTES.to_owned())];
        Ask { url: self.put.clone(), headers, limit: LIMIT, max_bytes: MOST_BYTES }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unconverted {
    /// It opens with a password only, or may not be read.
    Encrypted,
    /// It is damaged, or there is no text in it.
    Unreadable,
    Failed(Fault),
}

pub fn place(account: &Account) -> Ask {
    asking(account, &format!("/v1/file/upload/get-presigned-url?contenttype={BYTES}&name=resume.pdf"))
}

pub fn placed(status: u16, body: &[u8]) -> Result<Place, Fault> {
    let (told, status) = told(status, body)?;
    let address = |name: &str| told.get(name).and_then(Value::as_str).filter(|url| is_safe(url)).map(str::to_owned);
    match (status, address("presignedUrl"), address("url")) {
        (200, Some(put), Some(url)) => Ok(Place { put, url }),
        (200, ..) => Err(wrong("a place without an address")),
        _ => Err(refused(status)),
    }
}

/// Whether the file has been put there.
pub fn taken(status: u16) -> Result<(), Fault> {
    if status == 200 { Ok(()) } else { Err(wrong(&format!("the place answered {status}"))) }
}

pub fn convert(account: &Account, place: &Place) -> (Ask, Vec<u8>) {
    let mut ask = asking(account, "/v1/pdf/convert/to/text");
    ask.headers.push(("content-type", "application/json".to_owned()));
    let wish = json!({ "url": place.url, "inline": true, "pages": "0-", "async": false });
    (ask, form::text(&wish).into_bytes())
}

pub fn text(status: u16, body: &[u8]) -> Result<String, Unconverted> {
    let (told, status) = told(status, body).map_err(Unconverted::Failed)?;
    match status {
        200 => {
            let text = told.get("body").and_then(Value::as_str).ok_or_else(|| Unconverted::Failed(wrong("no text")))?;
            Some(text.to_owned()).filter(|text| !text.trim().is_empty()).ok_or(Unconverted::Unreadable)
        }
        441 | 443 => Err(Unconverted::Encrypted),
        415 | 442 => Err(Unconverted::Unreadable),
        status => Err(Unconverted::Failed(refused(status))),
    }
}

fn asking(account: &Account, path: &str) -> Ask {
    let headers = vec![("x-api-key", account.key.to_owned())];
    Ask { url: format!("{}{path}", account.base), headers, limit: LIMIT, max_bytes: MOST_BYTES }
}

/// The answer, and its own status: that of HTTP may be another.
fn told(status: u16, body: &[u8]) -> Result<(Value, i64), Fault> {
    let told: Value = serde_json::from_slice(body).unwrap_or_default();
    let own = told.get("status").and_then(Value::as_i64).filter(|own| *own != 200);
    let failed = status != 200 || told.get("error").and_then(Value::as_bool) != Some(false);
    match own.unwrap_or(i64::from(status)) {
        200 if failed => Err(wrong("an answer of no form")),
        status => Ok((told, status)),
    }
}

/// Its codes are its own beyond 440: 445 is a conversion that took too long.
fn refused(status: i64) -> Fault {
    match status {
        408 | 445 => Fault::ProviderTimeout { provider: PROVIDER },
        429 | 503 => Fault::ProviderBusy { provider: PROVIDER, retry_after: WAIT },
        400..=499 => Fault::ProviderRefused { provider: PROVIDER, why: status.to_string() },
        _ => wrong(&status.to_string()),
    }
}

fn wrong(why: &str) -> Fault {
    Fault::Provider { provider: PROVIDER, why: why.to_owned() }
}

/// Encrypted, unless it is on this machine.
fn is_safe(url: &str) -> bool {
    let near = url.strip_prefix("http://").and_then(|rest| rest.split('/').next()).map(|host| {
        let (name, port) = host.split_once(':').unwrap_or((host, "1"));
        matches!(name, "localhost" | "127.0.0.1") && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    url.starts_with("https://") || near == Some(true)
}

#[cfg(test)]
mod tests;
