//! The words by which a person can be told to be of a gender, an age or a family.
//!
//! Rows without a kind stand here to be left alone. They begin like one that has a kind and mean something else.

use super::Kind;
use crate::coach::letters::{first, is_of};
use crate::domain::form::words;
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;
use crate::port::words::{Source, Words as List, part};

words! {
    /// Where a row says what it says.
    Place {
        Any = "any",
        /// In small letters.
        Small = "small",
        /// In front of a name, both with a capital.
        Title = "title",
        /// Its number can be the age of somebody who works, and the sentence does not go on with what it counts.
        Age = "age",
    }
}

/// One phrase; `#` is a number in it.
#[derive(Debug)]
pub struct Row {
    pub phrase: &'static str,
    pub kind: Option<Kind>,
    pub place: Place,
}

impl Row {
    pub fn first(&self) -> &'static str {
        first(self.phrase)
    }
}

/// Sorted by their first words. In each line of the list stands what is told, where, and the phrases.
pub fn rows(language: Language, lists: Source) -> Vec<Row> {
    let list = lists(List::Persons);
    let lines = part(list, "all").lines().chain(part(list, language.word()).lines());
    let rows = lines.filter_map(|line| {
        let mut words = line.splitn(3, ' ');
        let kind = match words.next()? {
            "they" => Some(Kind::They),
            "person" => Some(Kind::Person),
            "age" => Some(Kind::Age),
            "family" => Some(Kind::Family),
            _ => None,
        };
        Some((kind, Place::parse(words.next()?)?, words.next()?))
    });
    let rows =
        rows.flat_map(|(kind, place, phrases)| phrases.split(", ").map(move |phrase| Row { phrase, kind, place }));
    sorted(rows, |one, other| one.first() < other.first())
}

/// Behind "I am 52": what follows is not what is counted.
pub fn goes_on_otherwise(low: &str) -> bool {
    matches!(low, "and" | "but" | "now" | "so" | "und" | "aber" | "jetzt")
}

/// Pronouns that people put beside their names, whatever language they speak.
pub fn is_stated(low: &str) -> bool {
    const STATED: &str = "she her hers he him his they them theirs er ihm ihn sie ihr él ella elle il lui iel";
    is_of(STATED, low)
}
