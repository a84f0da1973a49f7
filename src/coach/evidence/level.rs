//! Text without what does not matter to a quotation: case, space, and the kind of its quotation marks.

use crate::coach::letters::{cuts, is_mark, is_unseen};

/// Stands for every quotation mark and every apostrophe, however many stand together.
const MARK: char = '\'';

/// A levelled text and where each of its characters was.
#[derive(Debug, Default)]
pub struct Level {
    pub text: String,
    spots: Vec<Spot>,
}

#[derive(Debug)]
struct Spot {
    /// In the levelled text.
    at: usize,
    start: usize,
    end: usize,
}

impl Level {
    pub fn of(text: &str) -> Self {
        let mut level = Self::default();
        let mut space = None;
        for (start, c) in text.char_indices() {
            let end = start.saturating_add(c.len_utf8());
            if is_unseen(c) {
                continue;
            }
            if c.is_whitespace() || c.is_control() {
                space = space.or(Some(start));
                continue;
            }
            // An acute accent that stands alone is an apostrophe to many; the normal form puts a space under it.
            let accent = c == '\u{301}' && space.is_some();
            let before = space.take().filter(|_| !level.text.is_empty());
            if accent || is_mark(c) {
                if !accent {
                    level.space(before, start);
                }
                level.mark(before.filter(|_| accent).unwrap_or(start), end);
                continue;
            }
            level.space(before, start);
            for low in c.to_lowercase() {
                // At the end of a word this letter is another one, in capitals it is not.
                level.push(if low == 'ς' { 'σ' } else { low }, start, end);
            }
        }
        level
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.spots.push(Spot { at: self.text.len(), start, end });
        self.text.push(c);
    }

    fn space(&mut self, from: Option<usize>, to: usize) {
        if let Some(from) = from {
            self.push(' ', from, to);
        }
    }

    fn mark(&mut self, start: usize, end: usize) {
        match self.spots.last_mut().filter(|_| self.text.ends_with(MARK)) {
            Some(last) => last.end = end,
            None => self.push(MARK, start, end),
        }
    }

    /// Where a levelled text stands in this one, with no word cut in two.
    pub fn find(&self, wanted: &str) -> Option<(usize, usize)> {
        let step = wanted.chars().next()?.len_utf8();
        let mut from = 0_usize;
        while let Some(found) = self.text.get(from..)?.find(wanted) {
            let start = from.saturating_add(found);
            let end = start.saturating_add(wanted.len());
            if !cuts(&self.text, start) && !cuts(&self.text, end) {
                return Some((start, end));
            }
            from = start.saturating_add(step);
        }
        None
    }

    /// The bytes of the text that were levelled to these.
    pub fn source(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.spots.partition_point(|spot| spot.at < start);
        let behind = self.spots.partition_point(|spot| spot.at < end);
        let start = self.spots.get(first).map_or(0, |spot| spot.start);
        let end = behind.checked_sub(1).and_then(|last| self.spots.get(last)).map_or(start, |spot| spot.end);
        (start, end.max(start))
    }
}
