//! What a file is, by what stands in it, and what it may be called.

use std::fmt::Write;

use crate::domain::text::{Shape, clean};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pdf,
    Docx,
    Text,
}

const KINDS: [Kind; 3] = [Kind::Pdf, Kind::Docx, Kind::Text];

/// Where readers look for the mark of a PDF: some printers write a word of their own before it.
const PDF_WITHIN: usize = 1024;
/// Behind the list of an archive stands a comment of 64 KiB at most, before it the 22 bytes that tell of the list.
const ZIP_END: usize = 22 + 65_535;
/// In characters.
const LONGEST_NAME: usize = 120;

impl Kind {
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let start = bytes.get(..PDF_WITHIN).unwrap_or(bytes);
        if start.windows(5).any(|five| five == b"%PDF-") {
            return Some(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") && is_word(bytes).is_some() {
            return Some(Self::Docx);
        }
        let text = str::from_utf8(bytes).ok()?;
        (!text.chars().any(|c| c.is_control() && !"\t\n\r\u{c}".contains(c))).then_some(Self::Text)
    }

    pub fn parse(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|kind| kind.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Text => "text",
        }
    }

    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Pdf => ".pdf",
            Self::Docx => ".docx",
            Self::Text => ".txt",
        }
    }

    fn is_called(self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        name.ends_with(self.ending()) || (self == Self::Text && name.ends_with(".md"))
    }

    /// Whether its owner, or their browser, takes it for something else. What they do not say, or we do not know, is no
    /// contradiction.
    pub fn contradicts(self, name: &str, declared: &str) -> bool {
        let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let declared = essence(declared);
        KINDS.into_iter().any(|kind| kind != self && (kind.is_called(name) || essence(kind.content_type()) == declared))
    }

    /// What it is called here: one line, without what any system takes for a path or a command, with the ending that it
    /// deserves. None, when nothing is left of it.
    pub fn name(self, raw: &str) -> Option<String> {
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        let harmless = |c: char| if "\"<>|:*?%;`$".contains(c) { '_' } else { c };
        let name: String = clean(last, Shape::Line).chars().map(harmless).collect();
        let name = name.trim_start_matches(is_edge).trim_end_matches(is_edge);
        if name.is_empty() {
            return None;
        }
        let own = if self.is_called(name) { name.rfind('.') } else { None };
        let (stem, ending) = own.and_then(|at| name.split_at_checked(at)).unwrap_or((name, self.ending()));
        let most = LONGEST_NAME.saturating_sub(ending.len());
        Some(stem.chars().take(most).chain(ending.chars()).collect())
    }
}

/// Hidden files begin with a dot, and some systems do not see one at the end.
fn is_edge(c: char) -> bool {
    c == '.' || c == ' '
}

/// By the archive's own list of what is in it, which stands at its end.
fn is_word(bytes: &[u8]) -> Option<()> {
    let number = |at: usize| bytes.get(at..)?.first_chunk().map(|two| usize::from(u16::from_le_bytes(*two)));
    let from = bytes.len().saturating_sub(ZIP_END);
    let end = bytes.get(from..)?.windows(4).rposition(|four| four == b"PK\x05\x06")?.saturating_add(from);
    let list = bytes.get(end.saturating_add(16)..)?.first_chunk().map(|four| u32::from_le_bytes(*four))?;
    let mut at = usize::try_from(list).ok()?;
    while bytes.get(at..end)?.starts_with(b"PK\x01\x02") {
        let [name, extra, comment] = [28, 30, 32].map(|behind| number(at.saturating_add(behind)));
        let begin = at.saturating_add(46);
        let behind = begin.saturating_add(name?);
        if bytes.get(begin..behind)? == b"word/document.xml" {
            return Some(());
        }
        at = behind.saturating_add(extra?).saturating_add(comment?);
    }
    None
}

/// Handed over to be kept, never shown: by the name in plain letters, and as it is for whoever reads RFC 6266.
pub fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c == ' ' || c.is_ascii_graphic() { c } else { '_' }).collect();
    let mut told = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#&+-.^_`|~".contains(&byte) {
            told.push(char::from(byte));
        } else {
            // Writing into a string does not fail.
            let _ = write!(told, "%{byte:02X}");
        }
    }
    told
}

#[cfg(test)]
mod tests;
