//! Filler words: where each of them fills, and where it is a word like others.

use crate::coach::Line;
use crate::coach::letters::{Words, is_of};
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;
use crate::interview::line::Speaker;

/// Where a word is a filler. Where two phrases begin with the same word, the longer one is believed; what is a sentence
/// of its own between two signs is an answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Wherever it stands.
    Any,
    /// A sound: however long it is drawn, but not in capitals, which spell something else.
    Sound,
    /// Between signs, the ends of the line among them: "it was, like, late", not "I like it".
    Aside,
    /// In front of a sign: "she left, you know", but not "you know her".
    Before,
    /// First in a sentence, with a comma behind it: "So, we began", but not "So did we".
    Opens,
    /// First in a sentence: "Pues yo creo", but not "pues no había otra".
    First,
    /// In small letters: the German "halt", but not "Halt".
    Small,
    /// Not behind a word that makes a noun of it: "I was sort of late", but not "this sort of work".
    Loose,
    /// Nowhere: it begins like a filler and is none.
    Never,
}

type Rows = &'static [(Place, &'static str)];

/// Behind `=` stands the word as which it is counted.
const ENGLISH: Rows = &[
    (Place::Sound, "um, uh, er, erm, uhm, ehm, hm, mm"),
    (Place::Any, "i mean, basically, literally, or something like that, and stuff like that, and things like that"),
    (Place::Any, "or whatever, was like=like, were like=like, i'm like=like"),
    (Place::Aside, "like, you know, actually, anyway, anyways, right, you see, honestly, obviously"),
    (Place::Before, "and you know=you know, but you know=you know, because you know=you know, is you know=you know"),
    (Place::Before, "was you know=you know, you know what i mean, and stuff, or something, if that makes sense"),
    (Place::Opens, "so, well"),
    (Place::First, "okay so, yeah so, so yeah"),
    (Place::Loose, "sort of, kind of"),
    (Place::Never, "uh huh, mm hm, mm hmm, what i mean, i mean it, i mean by"),
    (Place::Never, "was like a, was like an, was like the, was like this, was like that, was like my, was like when"),
    (Place::Never, "were like a, were like the, were like this, were like that, i'm like a, i'm like the"),
];
const NOUNS: &str = "a an the this that these those what which some any every each one another new same different \
    right only best worst certain particular other all no my your his her our their special typical specific";

const GERMAN: Rows = &[
    (Place::Sound, "äh, ähm, öh, öhm, ehm, hm, mm, tja"),
    (Place::Any, "sozusagen, quasi, irgendwie, gewissermaßen, na ja, naja=na ja, im prinzip, im grunde genommen"),
    (Place::Any, "sag ich mal, sage ich mal=sag ich mal, ich sag mal=sag ich mal, ich sage mal=sag ich mal"),
    (Place::Any, "sagen wir mal, oder so, oder so was=oder so, oder sowas=oder so, und so weiter und so fort"),
    (Place::Small, "halt"),
    (Place::Before, "und so"),
    (Place::Aside, "genau, ne, gell, also, eigentlich, an sich, weißt du, wissen sie, verstehen sie, sagen wir"),
    (Place::First, "also"),
    (Place::Never, "oder so viele, oder so viel, oder so lange, oder so ein, oder so eine, halt machen, halt machte"),
];

const SPANISH: Rows = &[
    (Place::Sound, "eh, em, ehm, hm, mm"),
    (Place::Any, "o sea, digamos, básicamente, literalmente, por así decirlo, en plan, lo que pasa es que"),
    (Place::Aside, "este, esto, pues, bueno, vale, sabes, tipo, a ver, verdad, claro, entonces, no sé, es que"),
    (Place::First, "pues, bueno, a ver, es que"),
    (Place::Before, "y tal, y eso, y cosas así, y todo eso"),
    (Place::Never, "en plan de, bueno es, bueno sería"),
];

const FRENCH: Rows = &[
    (Place::Sound, "euh, heu=euh, hum, hm, mm, ben, bah, beh=ben"),
    (Place::Any, "du coup, hein, en gros, on va dire, comment dire, j'ai envie de dire, et tout ça"),
    (Place::Loose, "en fait, disons"),
    (Place::Aside, "genre, voilà, quoi, bon, enfin, bref, alors, donc, tu sais, vous savez, tu vois, vous voyez"),
    (Place::Before, "et tout"),
    (Place::Opens, "alors, donc, bon, enfin, bref"),
    (Place::Never, "en fait partie, en fait un, en fait une, du coup de"),
];
const SUBJECTS: &str = "on il elle qui nous y j n l";

fn rows(language: Language) -> Rows {
    match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
        Language::Spanish => SPANISH,
        Language::French => FRENCH,
    }
}

/// A phrase with where it is a filler and as what it is counted.
struct Filler {
    place: Place,
    phrase: &'static str,
    word: &'static str,
}

fn table(language: Language) -> impl Iterator<Item = Filler> + Clone {
    rows(language).iter().flat_map(|(place, list)| {
        list.split(", ").map(|row| {
            let (phrase, word) = row.split_once('=').unwrap_or((row, row));
            Filler { place: *place, phrase, word }
        })
    })
}

/// How many words each filler takes from this one on, whether it is one here or not.
pub fn lengths(words: &Words, at: usize, language: Language) -> impl Iterator<Item = usize> {
    table(language).filter(|filler| filler.place != Place::Never).map(move |filler| filler.length(words, at))
}

/// Those of the person, most frequent first.
pub fn count(lines: &[Line], language: Language) -> Vec<(String, usize)> {
    let table: Vec<Filler> = table(language).collect();
    let mut found: Vec<(String, usize)> = Vec::new();
    for line in lines.iter().filter(|line| line.speaker == Speaker::Person) {
        let words = Words::of(&line.text);
        let mut at = 0;
        while at < words.list.len() {
            let here = table.iter().filter_map(|filler| Some((filler.takes(&words, at)?, filler)));
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

impl Filler {
    fn length(&self, words: &Words, at: usize) -> usize {
        match self.place {
            Place::Sound => usize::from(self.sounds(words, at)),
            _ => words.phrase(at, self.phrase, &|_, _| 0),
        }
    }

    /// The same, if it is a filler here.
    fn takes(&self, words: &Words, at: usize) -> Option<usize> {
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
                !words.goes_on(at) || !(is_of(NOUNS, before) || is_of(SUBJECTS, before))
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
