//! Text without who somebody is: names, ways to reach them, where they live, schools, age, gender and family are taken
//! out, and a word in brackets stands where each was.
//!
//! What only grammar tells stays, or nothing could be read any more: the endings that go with a gender, `su`, `son`,
//! `lo`, `la`, the French `il` that stands for nobody, the German `Sie` that speaks to somebody, and `sein`, which is a
//! verb as well. So do others whom somebody calls by a name: nobody told us that it is one.

use super::counts::Fillers;
use super::letters::Words;
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;
use crate::port::words::{Source, Words as List};
use schools::Schools;
use tongue::Tongue;
use words::{Place, Row};

mod listen;
mod names;
mod numbers;
mod reach;
mod schools;
mod streets;
mod tongue;
mod words;

/// What was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Name,
    Mail,
    Phone,
    /// The address of a page, or a name on a platform.
    Link,
    /// A street with its number, a postcode with its town.
    Address,
    School,
    /// Who is spoken of by a pronoun, or addressed by a title.
    They,
    /// A word for people of one gender.
    Person,
    Age,
    Family,
}

const KINDS: [Kind; 10] = [
    Kind::Name,
    Kind::Mail,
    Kind::Phone,
    Kind::Link,
    Kind::Address,
    Kind::School,
    Kind::They,
    Kind::Person,
    Kind::Age,
    Kind::Family,
];

impl Kind {
    /// What stands in its place.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "[name]",
            Self::Mail => "[e-mail]",
            Self::Phone => "[phone]",
            Self::Link => "[link]",
            Self::Address => "[address]",
            Self::School => "[school]",
            Self::They => "[they]",
            Self::Person => "[person]",
            Self::Age => "[age]",
            Self::Family => "[family]",
        }
    }
}

/// A part of a text and what it tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    kind: Kind,
}

/// A text with parts of it taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blinded {
    pub text: String,
    /// What was taken out, in order, each with the place of its word in the text.
    swaps: Vec<(usize, Span)>,
}

impl Blinded {
    fn of(original: &str, spans: &[Span]) -> Self {
        let (mut text, mut swaps, mut from) = (String::with_capacity(original.len()), Vec::new(), 0);
        for span in spans {
            text.push_str(original.get(from..span.start).unwrap_or_default());
            swaps.push((text.len(), *span));
            text.push_str(span.kind.word());
            from = span.end;
        }
        text.push_str(original.get(from..).unwrap_or_default());
        Self { text, swaps }
    }

    /// The bytes of the original from which these of the text are. A word that stands for something is all of it.
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        (self.place(start, false), self.place(end.max(start), true))
    }

    fn place(&self, of: usize, end: bool) -> usize {
        let of = of.min(self.text.len());
        let before = self.swaps.partition_point(|(at, _)| *at < of || *at == of && !end);
        let Some((at, span)) = before.checked_sub(1).and_then(|last| self.swaps.get(last)) else { return of };
        let behind = at.saturating_add(span.kind.word().len());
        if of >= behind {
            return span.end.saturating_add(of.saturating_sub(behind));
        }
        if end { span.end } else { span.start }
    }
}

/// Who is not to be recognised.
pub struct Blind {
    tongue: Tongue,
    /// By what a name is told.
    told: &'static str,
    /// Words of names, in small letters without accents.
    names: Vec<String>,
    fillers: Fillers,
    rows: Vec<Row>,
    schools: Option<Schools>,
}

impl Blind {
    /// `known` is what their account tells: name, mail and the like, in the normal form KC of Unicode.
    pub fn of(language: Language, lists: Source, known: &[&str]) -> Self {
        let (fillers, rows) = (Fillers::of(language, lists), words::rows(language, lists));
        let schools = Some(Schools::of(Tongue::of(language, lists), lists));
        Self { fillers, rows, schools, ..Self::empty(language, lists) }.knowing(known)
    }

    /// For a text that is about schools, years and the like: names go, and ways to reach somebody.
    pub fn of_contacts(lists: Source, known: &[&str]) -> Self {
        Self::empty(Language::English, lists).knowing(known)
    }

    fn empty(language: Language, lists: Source) -> Self {
        let (tongue, told) = (Tongue::of(language, lists), lists(List::Names));
        Self { tongue, told, names: Vec::new(), fillers: Fillers::default(), rows: Vec::new(), schools: None }
    }

    fn knowing(mut self, known: &[&str]) -> Self {
        known.iter().for_each(|known| self.know(known));
        self
    }

    /// The text without all that tells who somebody is. What comes to light when something is taken out goes too, so
    /// that doing it twice changes nothing: each time round a word less is left.
    pub fn blind(&self, text: &str) -> Blinded {
        let mut spans: Vec<Span> = Vec::new();
        loop {
            let blinded = Blinded::of(text, &spans);
            let found = self.spans(&blinded.text);
            if found.is_empty() {
                return blinded;
            }
            spans.extend(found.into_iter().map(|span| {
                let (start, end) = blinded.original(span.start, span.end);
                Span { start, end, kind: span.kind }
            }));
            spans = merged(spans);
        }
    }

    fn spans(&self, text: &str) -> Vec<Span> {
        let mut words = Words::of(text);
        let walls = walls(text);
        words.list.retain(|word| !walls.iter().any(|(start, end)| *start < word.start && word.end < *end));
        let mut found = Vec::new();
        reach::find(text, &words, self.tongue, &mut found);
        streets::find(&words, self.tongue, &mut found);
        if let Some(schools) = &self.schools {
            schools.find(&words, &mut found);
        }
        self.find_names(&words, &mut found);
        self.find_words(&words, &mut found);
        found
    }

    /// Of rows that begin with the same word the longest is believed.
    fn find_words(&self, words: &Words, found: &mut Vec<Span>) {
        let mut at = 0;
        while at < words.list.len() {
            let stated = stated(words, at);
            if stated > 1 {
                found.extend(span(words, at, stated, Kind::They));
                at += stated;
                continue;
            }
            let number = numbers::length(words, at, self.tongue) > 0;
            let beginning = [words.low(at), if number { "#" } else { "" }];
            let rows = beginning.into_iter().flat_map(|first| self.rows_of(first));
            let taken = rows.filter_map(|row| Some((self.takes(row, words, at)?, row)));
            let Some((taken, row)) = taken.max_by_key(|(taken, row)| (*taken, row.kind.is_none())) else {
                at += 1;
                continue;
            };
            found.extend(row.kind.and_then(|kind| span(words, at, taken, kind)));
            at += taken;
        }
    }

    fn rows_of(&self, first: &str) -> impl Iterator<Item = &Row> {
        let from = self.rows.partition_point(|row| row.first() < first);
        self.rows.get(from..).unwrap_or_default().iter().take_while(move |row| row.first() == first)
    }

    /// How many words a row takes from this one on, if it says here what it says.
    fn takes(&self, row: &Row, words: &Words, at: usize) -> Option<usize> {
        let number = |words: &Words, at: usize| match row.place {
            Place::Age => numbers::age(words, at, self.tongue),
            _ => numbers::length(words, at, self.tongue),
        };
        let taken = Some(words.phrase(at, row.phrase, &number)).filter(|taken| *taken > 0)?;
        let behind = at + taken;
        let first = words.list.get(at)?;
        let says = match row.place {
            Place::Any => true,
            Place::Small => first.text.starts_with(char::is_lowercase),
            Place::Title => {
                let close = matches!(words.gap(behind).trim_end(), "" | ".");
                names::is_capital(words, at) && names::is_capital(words, behind) && close
            }
            Place::Age => !words.goes_on(behind) || words::goes_on_otherwise(words.low(behind)),
        };
        says.then_some(taken)
    }
}

/// So many words from this one on.
fn span(words: &Words, at: usize, taken: usize, kind: Kind) -> Option<Span> {
    let (first, last) = (words.list.get(at)?, words.list.get((at + taken).checked_sub(1)?)?);
    Some(Span { start: first.start, end: last.end, kind })
}

/// How many pronouns stand here as people state them: `she/her`.
fn stated(words: &Words, at: usize) -> usize {
    let states = |at: &usize| words::is_stated(words.low(*at));
    let behind = (at + 1..words.list.len()).take_while(|at| words.gap(*at) == "/" && states(at)).count();
    if states(&at) { behind + 1 } else { 1 }
}

/// Where words stand that were put there when something was taken out: they tell nothing.
fn walls(text: &str) -> Vec<(usize, usize)> {
    let found = KINDS.iter().flat_map(|kind| text.match_indices(kind.word()));
    found.map(|(at, word)| (at, at.saturating_add(word.len()))).collect()
}

/// In order, and those that overlap as one: of the kind that begins first, the longer where two begin alike.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::new();
    for span in sorted(spans, |one, other| (one.start, other.end) < (other.start, one.end)) {
        match merged.last_mut().filter(|last| span.start < last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => merged.push(span),
        }
    }
    merged
}

#[cfg(test)]
mod tests;
