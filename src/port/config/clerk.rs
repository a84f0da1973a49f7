//! The settings of Clerk.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

use super::{FORMER_KEY, Reader, is_destination, is_link, is_origin, is_service};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clerk {
    pub publishable_key: String,
    /// Where the browser scripts, the key set and `iss` come from.
    pub frontend_api: String,
    pub sign_in_url: String,
    pub sign_up_url: String,
    pub user_url: Option<String>,
    pub after_sign_in_url: String,
    pub secret_key: Option<String>,
    pub api_url: String,
    pub authorized_parties: Vec<String>,
    pub jwt_key: Option<String>,
}

/// `whsec_` and base64 of the key. The bounds are those of Standard Webhooks; above all, no key is not a key.
pub fn webhook_key(text: &str) -> Option<Vec<u8>> {
    let key = STANDARD.decode(text.strip_prefix("whsec_")?).ok()?;
    (24..=64).contains(&key.len()).then_some(key)
}

pub fn clerk(reader: &mut Reader) -> Option<Clerk> {
    let publishable_key = reader.text("CLERK_PUBLISHABLE_KEY").or_else(|| reader.text(FORMER_KEY));
    let host = publishable_key.as_deref().and_then(publishable_host);
    if publishable_key.is_some() && host.is_none() {
        reader.invalid.push("CLERK_PUBLISHABLE_KEY");
    }
    // Read whether or not the key is sound, so that each wrong one is told at once.
    let frontend_api = reader.checked("CLERK_FRONTEND_API_URL", is_service);
    let api_url = reader.checked("CLERK_API_URL", is_service);
    let sign_in_url = reader.checked("CLERK_SIGN_IN_URL", is_link);
    let sign_up_url = reader.checked("CLERK_SIGN_UP_URL", is_link);
    let user_url = reader.checked("CLERK_USER_URL", is_link);
    let after_sign_in_url = reader.checked("AFTER_SIGN_IN_URL", is_destination);
    let secret_key = reader.checked("CLERK_SECRET_KEY", |key| key.starts_with("sk_"));
    let authorized_parties = reader.list("CLERK_AUTHORIZED_PARTIES", is_origin);
    let jwt_key = reader.checked("CLERK_JWT_KEY", |pem| pem.contains("BEGIN PUBLIC KEY"));
    Some(Clerk {
        publishable_key: publishable_key?,
        frontend_api: frontend_api.unwrap_or(format!("https://{}", host?)),
        sign_in_url: sign_in_url.unwrap_or_else(|| "/sign-in".to_owned()),
        sign_up_url: sign_up_url.unwrap_or_else(|| "/sign-up".to_owned()),
        user_url,
        after_sign_in_url: after_sign_in_url.unwrap_or_else(|| "/interview".to_owned()),
        secret_key,
        api_url: api_url.unwrap_or_else(|| "https://api.clerk.com".to_owned()),
        authorized_parties,
        jwt_key,
    })
}

/// `pk_test_` or `pk_live_`, then base64 of the Frontend API's host and a `$`; Clerk leaves the padding away.
fn publishable_host(key: &str) -> Option<String> {
    let body = key.strip_prefix("pk_test_").or_else(|| key.strip_prefix("pk_live_"))?;
    let text = String::from_utf8(STANDARD_NO_PAD.decode(body.trim_end_matches('=')).ok()?).ok()?;
    let host = text.strip_suffix('$')?;
    let sound = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    sound.then(|| host.to_owned())
}
