//! Which values are sound.

/// Scheme, host and perhaps port, without a slash behind: compared whole, and safe inside a policy header.
pub fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'))
    })
}

/// An origin that secrets or keys come from: unencrypted on this machine only.
pub fn is_service(text: &str) -> bool {
    let local = |scheme: &str| text == scheme || text.starts_with(&format!("{scheme}:"));
    is_origin(text) && (text.starts_with("https://") || local("http://localhost") || local("http://127.0.0.1"))
}

/// Where a signed-in person may go: the two entry pages would send them on without end.
pub fn is_destination(text: &str) -> bool {
    is_own_path(text) && !text.starts_with("/sign-in") && !text.starts_with("/sign-up")
}

/// A path of this site. `//` and `\` would name another site.
pub fn is_own_path(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//") && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\')
}

/// As services name their models and voices.
pub fn is_model(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
}

pub fn is_link(text: &str) -> bool {
    let elsewhere = text.starts_with("https://") && text.bytes().all(|b| b.is_ascii_graphic());
    elsewhere || is_own_path(text)
}
