//! What people write, so that it is what they see.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line: any white space inside is one space.
    Line,
    /// Line breaks are kept.
    Lines,
}

/// Trimmed, with nothing in it that is not seen.
pub fn clean(raw: &str, shape: Shape) -> String {
    let raw = raw.replace("\r\n", "\n");
    let seen = raw.chars().filter_map(|c| match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' if shape == Shape::Lines => Some('\n'),
        c if c.is_whitespace() => Some(' '),
        c if c.is_control() || is_unseen(c) => None,
        c => Some(c),
    });
    let text: String = seen.collect();
    match shape {
        Shape::Line => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Shape::Lines => text.trim().to_owned(),
    }
}

/// Characters that turn, join, hide or tag others without being seen: what a person reads is what we read.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}
