//! Free text of a model that does not look as if it quoted.

use super::{Level, Talk, bare, is_long};
use crate::coach::letters::{is_letter, is_mark, is_unspaced};
use crate::domain::sorted::sorted;

/// A run of quotation marks that is no apostrophe.
struct Sign {
    start: usize,
    end: usize,
    /// `"` and its kin, or `'` and its kin: a pair is of one kind.
    double: bool,
    opens: bool,
    closes: bool,
}

impl Talk<'_> {
    /// The text without the quotation marks around what would count as a quotation and is in no line of the person. All
    /// words stay, and so do apostrophes. Some marks find another one when those between them are gone.
    pub fn unquote(&self, text: &str) -> String {
        let mut text = text.to_owned();
        loop {
            let signs = signs(&text);
            let gone = self.gone(&text, &signs);
            if gone.is_empty() {
                return text;
            }
            text = without(&text, &gone);
        }
    }

    fn gone<'s>(&self, text: &str, signs: &'s [Sign]) -> Vec<&'s Sign> {
        let mut gone: Vec<&Sign> = Vec::new();
        for double in [true, false] {
            let mut open: Option<&Sign> = None;
            for sign in signs.iter().filter(|sign| sign.double == double) {
                match open {
                    Some(first) if sign.closes => {
                        if self.is_invented(text.get(first.end..sign.start).unwrap_or_default()) {
                            gone.extend([first, sign]);
                        }
                        open = None;
                    }
                    _ if sign.opens => {
                        gone.extend(open.filter(|_| double));
                        open = Some(sign);
                    }
                    // It closes what was never opened.
                    _ => gone.extend(Some(sign).filter(|_| double)),
                }
            }
            // A single one that is not closed is an apostrophe: `'90s`.
            gone.extend(open.filter(|_| double));
        }
        sorted(gone, |one, other| one.start < other.start)
    }

    fn is_invented(&self, span: &str) -> bool {
        let level = Level::of(&(self.nfkc)(span)).text;
        let quote = bare(&level);
        is_long(quote) && self.quote(0, quote).is_none()
    }
}

fn signs(text: &str) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !is_mark(first) {
            before = first;
            continue;
        }
        let (mut last, mut end) = (first, start.saturating_add(first.len_utf8()));
        while let Some((at, c)) = chars.next_if(|(_, c)| is_mark(*c)) {
            (last, end) = (c, at.saturating_add(c.len_utf8()));
        }
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let double = first != last || end > start.saturating_add(first.len_utf8()) || is_double(first);
        if double || !(spells(before) && spells(after)) {
            let opens = matches!(first, '«' | '「' | '『' | '〝') || !after.is_whitespace() && !spells(before);
            let closes = matches!(first, '»' | '」' | '』' | '〞' | '〟') || !before.is_whitespace() && !spells(after);
            signs.push(Sign { start, end, double, opens, closes });
        }
    }
    signs
}

/// Where it stands beside a quotation mark, there is more of the word on the other side or nothing but the mark.
fn spells(c: char) -> bool {
    is_letter(c) && !is_unspaced(c)
}

fn is_double(mark: char) -> bool {
    let single = |c| matches!(c, '\'' | '`' | '´' | '\u{2b9}'..='\u{2bc}' | '\u{2018}'..='\u{201b}' | '‹' | '›');
    !single(mark) && !matches!(mark, '\u{2032}' | '\u{2035}' | '\u{275b}' | '\u{275c}' | '『' | '』' | '\u{ff07}')
}

/// A space that stood inside of the marks goes with them.
fn without(text: &str, gone: &[&Sign]) -> String {
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    for sign in gone {
        kept.push_str(text.get(from..sign.start).unwrap_or_default());
        from = sign.end;
        let rest = text.get(from..).unwrap_or_default();
        if kept.is_empty() || kept.ends_with(char::is_whitespace) {
            from = text.len().saturating_sub(rest.trim_start().len());
        }
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}
