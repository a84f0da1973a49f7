//! What a model quotes, held against what was said: a quotation that is in no line of the person is none.

use super::Line;
use super::blind::{Blind, Blinded};
use super::letters::{Words, is_mark};
use crate::interview::choice::Language;
use crate::interview::line::Speaker;
use crate::port::words::Source;
use level::Level;
use nothing::Nothing;

mod level;
mod nothing;
mod unquote;

/// A quotation has one of both at least, after levelling.
const WORDS: usize = 4;
const CHARACTERS: usize = 20;

/// In so many of their lines people may say who they are.
const FIRST: usize = 2;

/// Whatever dots stand for what was left out.
const ELLIPSES: [&str; 5] = ["[...]", "[…]", "(...)", "...", "…"];

/// What the person said in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub line: i64,
    /// In their own writing, and with what a model did not get to see.
    pub text: String,
}

/// Why a quotation is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    NotFound,
    /// The interviewer said it.
    NotYours,
    /// The quotation, not the answer.
    TooShort,
    /// It answers nothing.
    NoAnswer,
}

/// A whole interview, as a model sees it.
pub struct Talk<'a> {
    nothing: Nothing,
    nfkc: &'a dyn Fn(&str) -> String,
    blind: Blind,
    lines: Vec<Kept>,
}

struct Kept {
    number: i64,
    speaker: Speaker,
    /// Before anything was taken away.
    whole: String,
    seen: Blinded,
    level: Level,
}

impl<'a> Talk<'a> {
    /// `nfkc` brings text into the normal form KC of Unicode; the platform has it. What the person says of their name
    /// is taken away everywhere, so all lines are heard before the first is blinded.
    pub fn of(
        lines: &[Line],
        language: Language,
        lists: Source,
        mut blind: Blind,
        nfkc: &'a dyn Fn(&str) -> String,
    ) -> Self {
        let whole: Vec<String> = lines.iter().map(|line| nfkc(&line.text)).collect();
        let (mut asked, mut answers) = ("", 0);
        for (line, text) in lines.iter().zip(&whole) {
            if line.speaker == Speaker::Person {
                answers += 1;
                blind.listen(text, answers <= FIRST);
                blind.answered(asked, text);
            } else {
                asked = text;
            }
        }
        let kept = lines.iter().zip(whole).map(|(line, whole)| {
            let seen = blind.blind(&whole);
            Kept { number: line.number, speaker: line.speaker, level: Level::of(&seen.text), whole, seen }
        });
        let lines = kept.collect();
        Self { nothing: Nothing::of(language, lists), nfkc, blind, lines }
    }

    /// What else a model is to see, without who this is.
    pub fn blinded(&self, text: &str) -> String {
        self.blind.blind(&(self.nfkc)(text)).text
    }

    /// Each line with its number, its speaker and what a model may see of it.
    pub fn seen(&self) -> impl Iterator<Item = (i64, Speaker, &str)> {
        self.lines.iter().map(|line| (line.number, line.speaker, line.seen.text.as_str()))
    }

    /// Whether any line of the person could be quoted. Otherwise all of it is too short to judge.
    pub fn can_quote(&self) -> bool {
        self.of_speaker(Speaker::Person).any(|line| self.check(bare(&line.level.text)).is_none())
    }

    /// The quotation in the line of that number, or in the nearest line of the person that has it.
    pub fn find(&self, number: i64, quote: &str) -> Result<Quote, Why> {
        let level = Level::of(&(self.nfkc)(quote)).text;
        let quote = bare(&level);
        if let Some(why) = self.check(quote) {
            return Err(why);
        }
        match self.quote(number, quote) {
            // A word that stands for a name can be longer than the name.
            Some(found) if is_long(&Level::of(&found.text).text) => Ok(found),
            Some(_) => Err(Why::TooShort),
            None if self.of_speaker(Speaker::Interviewer).any(|line| place(line, quote).is_some()) => {
                Err(Why::NotYours)
            }
            None => Err(Why::NotFound),
        }
    }

    fn of_speaker(&self, speaker: Speaker) -> impl Iterator<Item = &Kept> {
        self.lines.iter().filter(move |line| line.speaker == speaker)
    }

    fn quote(&self, number: i64, quote: &str) -> Option<Quote> {
        let found = self.of_speaker(Speaker::Person).filter_map(|line| Some((line, place(line, quote)?)));
        let (line, (start, end)) = found.min_by_key(|(line, _)| line.number.abs_diff(number))?;
        let (start, end) = line.seen.original(start, end);
        Some(Quote { line: line.number, text: line.whole.get(start..end)?.to_owned() })
    }

    /// Why a levelled text can be no quotation, whoever said it.
    fn check(&self, quote: &str) -> Option<Why> {
        if self.nothing.is_all(&Words::of(quote)) {
            return Some(Why::NoAnswer);
        }
        (!is_long(quote)).then_some(Why::TooShort)
    }
}

fn is_long(quote: &str) -> bool {
    let words = Words::of(quote);
    words.count() >= WORDS || !words.list.is_empty() && quote.chars().count() >= CHARACTERS
}

/// Where it stands in what is seen of the line. Models put a full stop behind what goes on with a comma: where the
/// quotation is not found as it is, it is sought without the signs around it.
fn place(line: &Kept, quote: &str) -> Option<(usize, usize)> {
    let found = line.level.find(quote).or_else(|| {
        let plain = quote.trim_matches(|c| is_sign(c) || c == ' ' || is_mark(c));
        line.level.find(Some(plain).filter(|plain| is_long(plain))?)
    });
    found.map(|(start, end)| line.level.source(start, end))
}

fn is_sign(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '-' | '–' | '—' | '¿' | '¡' | '。' | '、' | '؟' | '،')
}

/// A levelled text without the quotation marks, ellipses and spaces at its ends.
fn bare(mut text: &str) -> &str {
    loop {
        let before = text.len();
        text = text.trim_matches(|c| c == ' ' || is_mark(c));
        for ellipsis in ELLIPSES {
            text = text.strip_prefix(ellipsis).unwrap_or(text);
            text = text.strip_suffix(ellipsis).unwrap_or(text);
        }
        if text.len() == before {
            return text;
        }
    }
}

#[cfg(test)]
mod tests;
