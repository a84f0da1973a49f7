//! `application/x-www-form-urlencoded`, as browsers write it.

/// Names and values in their order.
pub fn encode(pairs: &[(&str, &str)]) -> String {
    let mut all = String::new();
    for (name, value) in pairs {
        if !all.is_empty() {
            all.push('&');
        }
        all.push_str(&escape(name));
        all.push('=');
        all.push_str(&escape(value));
    }
    all
}

pub fn escape(text: &str) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).unwrap_or_default().to_ascii_uppercase();
    let mut all = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => all.push(char::from(byte)),
            b' ' => all.push('+'),
            _ => all.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    all
}
