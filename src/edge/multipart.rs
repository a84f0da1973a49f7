//! `multipart/form-data` as the browsers' `FormData` writes it, and nothing else.

const MOST_PARTS: usize = 8;
/// In bytes: a file name of 255 characters of four, and what stands around it.
const LONGEST_HEAD: usize = 2048;
/// In characters, by RFC 2046.
const LONGEST_BOUNDARY: usize = 70;

#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub name: String,
    /// What its owner calls it, where it is a file.
    pub file_name: Option<String>,
    /// Of what type it says it is; empty when it says nothing.
    pub kind: &'a str,
    pub content: &'a [u8],
}

/// In their order, from the header and the bytes. None, when it is not quite of that form.
pub fn read<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let mark = format!("\r\n--{}", boundary(content_type)?);
    let mut rest = body.strip_prefix(mark.get(2..)?.as_bytes())?;
    let mut parts = Vec::new();
    loop {
        if let Some(end) = rest.strip_prefix(b"--") {
            return (end.is_empty() || end == b"\r\n").then_some(parts);
        }
        if parts.len() == MOST_PARTS {
            return None;
        }
        let (head, behind) = split(rest.strip_prefix(b"\r\n")?, b"\r\n\r\n")?;
        let (content, behind) = split(behind, mark.as_bytes())?;
        parts.push(part(head, content)?);
        rest = behind;
    }
}

/// It stands there once, in quotes or not, and has no character that a semicolon could be taken for.
fn boundary(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    let mut named = parameters.filter(|(name, _)| name.eq_ignore_ascii_case("boundary"));
    let (_, text) = named.next().filter(|_| named.next().is_none())?;
    let text = text.strip_prefix('"').map_or(Some(text), |text| text.strip_suffix('"'))?;
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let whole = (1..=LONGEST_BOUNDARY).contains(&text.len()) && !text.ends_with(' ');
    (whole && text.bytes().all(sound)).then_some(text)
}

fn part<'a>(head: &'a [u8], content: &'a [u8]) -> Option<Part<'a>> {
    let head = str::from_utf8(head).ok().filter(|head| head.len() <= LONGEST_HEAD)?;
    let (mut named, mut kind) = (None, None);
    for line in head.split("\r\n") {
        let (name, value) = line.split_once(':').filter(|_| !line.chars().any(char::is_control))?;
        match name.to_ascii_lowercase().as_str() {
            "content-disposition" if named.is_none() => named = Some(names(value)?),
            // Parts in parts, nobody needs.
            "content-type" if kind.is_none() && !value.contains("multipart") => kind = Some(value.trim()),
            _ => return None,
        }
    }
    let (name, file_name) = named?;
    Some(Part { name, file_name, kind: kind.unwrap_or_default(), content })
}

/// `form-data; name="…"; filename="…"`, each at most once.
fn names(value: &str) -> Option<(String, Option<String>)> {
    let mut rest = value.trim_start().strip_prefix("form-data")?;
    let (mut name, mut file_name) = (None, None);
    while !rest.is_empty() {
        let (word, text) = rest.strip_prefix(';')?.trim_start().split_once("=\"")?;
        let (text, behind) = text.split_once('"')?;
        let place = match word {
            "name" => &mut name,
            "filename" => &mut file_name,
            _ => return None,
        };
        if place.replace(plain(text)).is_some() {
            return None;
        }
        rest = behind;
    }
    Some((name?, file_name))
}

/// The three characters that cannot stand in quotes are the only ones that are spelled.
fn plain(text: &str) -> String {
    text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// What stands before the first mark, and what behind it. By its first byte: most of ten million bytes are none.
fn split<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let first = mark.first()?;
    let mut from = 0_usize;
    loop {
        let at = bytes.get(from..)?.iter().position(|byte| byte == first)?.saturating_add(from);
        let (before, found) = bytes.split_at_checked(at)?;
        if let Some(behind) = found.strip_prefix(mark) {
            return Some((before, behind));
        }
        from = at.saturating_add(1);
    }
}

#[cfg(test)]
mod tests;
