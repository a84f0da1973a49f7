//! JSON bodies: the right type, within the limit, read once as bytes.

use crate::domain::failure::Refusal;
use crate::port::incoming::{BodyFailure, Incoming};

pub const JSON_LIMIT: usize = 64 * 1024;
/// A person at Clerk with all metadata filled is some 40 KiB; an event of theirs is that and an envelope.
pub const WEBHOOK_LIMIT: usize = 256 * 1024;

/// Reads the body of a request whose content type is one of `types`.
pub async fn read(incoming: &impl Incoming, types: &[&str], expected: &'static str) -> Result<Vec<u8>, Refusal> {
    read_up_to(JSON_LIMIT, incoming, types, expected).await
}

pub async fn read_up_to(
    limit: usize,
    incoming: &impl Incoming,
    types: &[&str],
    expected: &'static str,
) -> Result<Vec<u8>, Refusal> {
    let content_type = incoming.header("content-type").unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let encoded =
        incoming.header("content-encoding").is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity"));
    if encoded || !types.iter().any(|known| essence.eq_ignore_ascii_case(known)) {
        return Err(Refusal::UnsupportedMediaType { expected });
    }
    incoming.body(limit).await.map_err(|failure| match failure {
        BodyFailure::TooLarge => Refusal::TooLarge { limit },
        BodyFailure::Broken => Refusal::BadRequest { field: "body" },
    })
}
