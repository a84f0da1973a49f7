//! The words of a text and what stands between them: what this room looks at text with.

use crate::domain::sorted::sorted;

/// A run of letters and digits. `don't` is two of them.
#[derive(Debug)]
pub struct Word<'a> {
    pub start: usize,
    pub end: usize,
    /// As it is written.
    pub text: &'a str,
    /// In lower case, without what is not seen.
    pub low: String,
}

#[derive(Debug)]
pub struct Words<'a> {
    text: &'a str,
    pub list: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    pub fn of(text: &'a str) -> Self {
        let mut list = Vec::new();
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match start {
                None if is_letter(c) => start = Some(at),
                Some(from) if !is_letter(c) && !is_unseen(c) => {
                    let word = text.get(from..at).unwrap_or_default();
                    let seen: String = word.chars().filter(|c| !is_unseen(*c)).collect();
                    list.push(Word { start: from, end: at, text: word, low: seen.to_lowercase() });
                    start = None;
                }
                _ => {}
            }
        }
        Self { text, list }
    }

    /// Empty behind the last.
    pub fn low(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| &word.low)
    }

    /// What stands between this word and the one before it, or the beginning, or the end.
    pub fn gap(&self, at: usize) -> &'a str {
        let from = at.checked_sub(1).and_then(|before| self.list.get(before)).map_or(0, |word| word.end);
        let to = self.list.get(at).map_or(self.text.len(), |word| word.start);
        self.text.get(from..to).unwrap_or_default()
    }

    /// The word goes on with the one before: there is nothing between them but space, a hyphen or an apostrophe.
    pub fn goes_on(&self, at: usize) -> bool {
        let joins = |c: char| c.is_whitespace() && !matches!(c, '\n' | '\r') || is_mark(c) || is_hyphen(c);
        at > 0 && at < self.list.len() && self.gap(at).chars().all(|c| joins(c) || is_unseen(c))
    }

    /// How many words a phrase takes from this one on, none where it does not stand. For its `#` a number is asked for.
    pub fn phrase(&self, at: usize, phrase: &str, number: &dyn Fn(&Self, usize) -> usize) -> usize {
        let mut here = at;
        for wanted in phrase.split([' ', '\'']) {
            let there = here < self.list.len() && (here == at || self.goes_on(here));
            let taken = match wanted {
                _ if !there => 0,
                "#" => number(self, here),
                word => usize::from(self.low(here) == word),
            };
            if taken == 0 {
                return 0;
            }
            here += taken;
        }
        here - at
    }

    /// As people count them: `don't` is one, `l'école` is two.
    pub fn count(&self) -> usize {
        (0..self.list.len()).filter(|at| !self.is_tail(*at)).count()
    }

    fn is_tail(&self, at: usize) -> bool {
        let mut gap = self.gap(at).chars();
        at > 0 && gap.next().is_some_and(is_mark) && gap.next().is_none() && TAILS.contains(&self.low(at))
    }
}

/// Phrases, found by their first words.
#[derive(Debug)]
pub struct Phrases(Vec<&'static str>);

impl Phrases {
    /// From lists with a comma and a space between the phrases, each in a line.
    pub fn of(lists: &'static str) -> Self {
        Self(sorted(lists.lines().flat_map(|list| list.split(", ")), |one, other| first(one) < first(other)))
    }

    /// How many words each takes that stands here.
    pub fn lengths(&self, words: &Words, at: usize) -> impl Iterator<Item = usize> {
        let word = words.low(at);
        let from = self.0.partition_point(|phrase| first(phrase) < word);
        let here = self.0.get(from..).unwrap_or_default().iter().take_while(move |phrase| first(phrase) == word);
        here.map(move |phrase| words.phrase(at, phrase, &|_, _| 0)).filter(|taken| *taken > 0)
    }

    /// How many words the longest takes, none where none stands.
    pub fn longest(&self, words: &Words, at: usize) -> usize {
        self.lengths(words, at).max().unwrap_or(0)
    }
}

/// The first word of a phrase.
pub fn first(phrase: &str) -> &str {
    phrase.split([' ', '\'']).next().unwrap_or_default()
}

/// What English puts behind an apostrophe is no word of its own.
const TAILS: [&str; 7] = ["s", "t", "m", "d", "re", "ve", "ll"];

/// Whether a word is cut in two between these characters of a text: `don't`, `well-known` and `1.5` are whole.
pub fn cuts(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return true };
    let (mut back, mut on) = (before.chars().rev(), after.chars());
    let (Some(left), Some(right)) = (back.next(), on.next()) else { return false };
    if is_unspaced(left) || is_unspaced(right) {
        return false;
    }
    if is_letter(left) {
        return is_letter(right) || on.next().is_some_and(|next| joins(left, right, next));
    }
    if !is_letter(right) || !back.next().is_some_and(|first| joins(first, left, right)) {
        return false;
    }
    // Behind an elision a word begins: that of `l'école`, but not that of `don't`.
    let word: String = after.chars().take_while(|c| is_letter(*c)).collect();
    !is_mark(left) || TAILS.contains(&word.to_lowercase().as_str())
}

fn joins(left: char, sign: char, right: char) -> bool {
    let digits = left.is_numeric() && right.is_numeric() && matches!(sign, '.' | ',' | ':');
    is_letter(left) && is_letter(right) && (digits || is_mark(sign) || is_hyphen(sign) || sign == '_')
}

/// Whether a word is one of a list that has spaces between its words.
pub fn is_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Letters, digits, and the signs upon them that are no letters themselves.
pub fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '\u{300}'..='\u{34e}'
                | '\u{350}'..='\u{36f}'
                | '\u{483}'..='\u{487}'
                | '\u{591}'..='\u{5bd}'
                | '\u{610}'..='\u{65f}'
                | '\u{6d6}'..='\u{6ed}'
                | '\u{93c}'
                | '\u{94d}'
                | '\u{9bc}'
                | '\u{9cd}'
                | '\u{a3c}'
                | '\u{a4d}'
                | '\u{abc}'
                | '\u{acd}'
                | '\u{bcd}'
                | '\u{c4d}'
                | '\u{ccd}'
                | '\u{d4d}'
                | '\u{e47}'..='\u{e4e}'
                | '\u{20d0}'..='\u{20ff}'
        )
}

/// Of a script that puts no space between words.
pub fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{e00}'..='\u{fff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{2e80}'..='\u{2fff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{312f}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

/// Quotation marks and apostrophes of all kinds.
pub fn is_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '`'
            | '´'
            | '«'
            | '»'
            | '\u{2b9}'..='\u{2bc}'
            | '\u{2018}'..='\u{201f}'
            | '\u{2032}'..='\u{2037}'
            | '\u{2039}'
            | '\u{203a}'
            | '\u{2057}'
            | '\u{275b}'..='\u{275e}'
            | '\u{300c}'..='\u{300f}'
            | '\u{301d}'..='\u{301f}'
            | '\u{ff02}'
            | '\u{ff07}'
            | '\u{ff62}'
            | '\u{ff63}'
    )
}

pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Characters that turn, join, hide or colour others without being seen.
pub fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests;
