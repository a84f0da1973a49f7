//! Filler words: where each of them fills, and where it is a word like others.

use crate::coach::Line;
use crate::coach::letters::{Words, is_of};
use crate::domain::form::words;
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;
use crate::interview::line::Speaker;
use crate::port::words::{Source, Words as List, part};

words! {
    /// Where a word is a filler. Where two phrases begin with the same word, the longer one is believed; what is a
    /// sentence of its own between two signs is an answer.
    Place {
        /// Wherever it stands.
        Any = "any",
        /// A sound: however long it is drawn, but not in capitals, which spell something else.
        Sound = "sound",
        /// Between signs, the ends of the line among them: "it was, like, late", not "I like it".
        Aside = "aside",
        /// In front of a sign: "she left, you know", but not "you know her".
        Before = "before",
        /// First in a sentence, with a comma behind it: "So, we began", but not "So did we".
        Opens = "opens",
        /// First in a sentence: "Pues yo creo", but not "pues no había otra".
        First = "first",
        /// In small letters: the German "halt", but not "Halt".
        Small = "small",
        /// Not behind a word that makes a noun of it: "I was sort of late", but not "this sort of work".
        Loose = "loose",
        /// Nowhere: it begins like a filler and is none.
        Never = "never",
    }
}

/// A phrase with where it is a filler and as what it is counted.
struct Filler {
    place: Place,
    phrase: &'static str,
    word: &'static str,
}

/// Those of a language.
#[derive(Default)]
pub struct Fillers {
    list: Vec<Filler>,
    /// Behind these nothing is [loose](Place::Loose).
    tied: &'static str,
}

impl Fillers {
    /// In each line of the list stands a place and what fills there; behind `=` the word as which it is counted.
    pub fn of(language: Language, lists: Source) -> Self {
        let words = lists(List::Fillers);
        let rows = part(words, language.word()).lines().filter_map(|row| {
            let (place, phrases) = row.split_once(' ')?;
            Some((Place::parse(place)?, phrases))
        });
        let fillers = rows.flat_map(|(place, phrases)| {
            phrases.split(", ").map(move |row| {
                let (phrase, word) = row.split_once('=').unwrap_or((row, row));
                Filler { place, phrase, word }
            })
        });
        Self { list: fillers.collect(), tied: part(words, "tied") }
    }

    /// How many words each takes from this one on, whether it is one here or not.
    pub fn lengths(&self, words: &Words, at: usize) -> impl Iterator<Item = usize> {
        self.list.iter().filter(|filler| filler.place != Place::Never).map(move |filler| filler.length(words, at))
    }

    /// Those of the person, most frequent first.
    pub fn count(&self, lines: &[Line]) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        for line in lines.iter().filter(|line| line.speaker == Speaker::Person) {
            let words = Words::of(&line.text);
            let mut at = 0;
            while at < words.list.len() {
                let here = self.list.iter().filter_map(|filler| Some((filler.takes(&words, at, self.tied)?, filler)));
                let Some((taken, filler)) = here.max_by_key(|(taken, filler)| (*taken, filler.place == Place::Never))
                else {
                    at += 1;
                    continue;
                };
                at += taken;
                if filler.place == Place::Never {
                    continue;
                }
                match found.iter_mut().find(|(word, _)| word == filler.word) {
                    Some((_, count)) => *count += 1,
                    None => found.push((filler.word.to_owned(), 1)),
                }
            }
        }
        sorted(found, |(one, times), (other, others)| (others, one) < (times, other))
    }
}

impl Filler {
    fn length(&self, words: &Words, at: usize) -> usize {
        match self.place {
            Place::Sound => usize::from(self.sounds(words, at)),
            _ => words.phrase(at, self.phrase, &|_, _| 0),
        }
    }

    /// The same, if it is a filler here.
    fn takes(&self, words: &Words, at: usize, tied: &str) -> Option<usize> {
        let taken = Some(self.length(words, at)).filter(|taken| *taken > 0)?;
        let behind = at + taken;
        let alone = begins(words, at) && (behind >= words.list.len() || begins(words, behind));
        let fills = match self.place {
            Place::Any | Place::Sound | Place::Never => true,
            Place::Aside => parts(words, at) && parts(words, behind) && !alone,
            Place::Before => parts(words, behind),
            Place::Opens => begins(words, at) && parts(words, behind) && !alone,
            Place::First => begins(words, at) && !alone,
            Place::Small => words.list.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase)),
            Place::Loose => {
                let before = at.checked_sub(1).map_or("", |before| words.low(before));
                !words.goes_on(at) || !is_of(tied, before)
            }
        };
        fills.then_some(taken)
    }

    fn sounds(&self, words: &Words, at: usize) -> bool {
        let Some(word) = words.list.get(at) else { return false };
        let capitals = word.text.chars().all(char::is_uppercase);
        word.low.chars().nth(1).is_some() && !capitals && drawn(&word.low).eq(drawn(self.phrase))
    }
}

/// Without the letters that only make it longer.
fn drawn(word: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    word.chars().filter(move |c| last.replace(*c) != Some(*c))
}

/// There is a sign in front of this word, or it is first or behind the last.
fn parts(words: &Words, at: usize) -> bool {
    at == 0 || at >= words.list.len() || !words.goes_on(at)
}

/// A sentence begins with this word.
fn begins(words: &Words, at: usize) -> bool {
    at == 0 || words.gap(at).contains(['.', '!', '?', '…', ';', '\n'])
}
