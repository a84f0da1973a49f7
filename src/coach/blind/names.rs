//! Names: what is known of an account, and where a name stands.

use super::{Blind, Kind, Span, span};
use crate::coach::letters::{Words, is_letter, is_mark, is_of, is_unspaced};
use crate::interview::choice::Language;
use crate::port::words::part;

/// As in `de la`, `van der`.
const JOINING: usize = 3;

impl Blind {
    /// One string of an account. Of a mail address the part that people choose for themselves.
    pub(super) fn know(&mut self, known: &str) {
        let local = known.split_once('@').map(|(local, _)| local);
        let shared = part(self.told, "shared");
        for part in local.unwrap_or(known).split(|c| !is_letter(c)) {
            let low = part.to_lowercase();
            // Many share such an address, and everybody says such a word.
            if !(local.is_some() && is_of(shared, &low) || part == low && is_of(PARTICLES, &low)) {
                self.name(&low);
                // A number is put behind a name that somebody else has taken.
                low.split(char::is_numeric).filter(|letters| letters.chars().count() > 2).for_each(|it| self.name(it));
            }
        }
        // Some scripts write a whole name without a space.
        if local.is_none() && known.chars().any(is_unspaced) {
            self.name(&known.split_whitespace().collect::<String>().to_lowercase());
        }
    }

    pub(super) fn name(&mut self, low: &str) {
        let several = low.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
        for name in [plain(low), plain(&low.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue"))] {
            if several && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
    }

    /// Names that stand together are one.
    pub(super) fn find_names(&self, words: &Words, found: &mut Vec<Span>) {
        let mut at = 0;
        while let Some(first) = words.list.get(at) {
            let mut behind = at + 1;
            if self.is_name(words, at) {
                let next = |behind| behind + joining(words, behind);
                let goes_on = |at| self.is_name(words, at) || self.is_surname(words, at);
                while is_near(words, next(behind)) && goes_on(next(behind)) {
                    behind = next(behind) + 1;
                }
                let name = span(words, at, behind - at, Kind::Name);
                found.extend(name.map(|name| Span { start: beginning(words, at), ..name }));
            } else {
                self.find_inside(first.start, first.text, found);
            }
            at = behind;
        }
    }

    /// Of a script without spaces a name is a part of what looks like one word.
    fn find_inside(&self, from: usize, text: &str, found: &mut Vec<Span>) {
        if text.chars().any(is_unspaced) {
            for name in self.names.iter().filter(|name| name.chars().any(is_unspaced)) {
                let inside = text.match_indices(name.as_str());
                found.extend(inside.map(|(at, _)| Span {
                    start: from + at,
                    end: from + at + name.len(),
                    kind: Kind::Name,
                }));
            }
        }
    }

    /// A capital behind a name, where not every noun has one.
    fn is_surname(&self, words: &Words, at: usize) -> bool {
        self.tongue.language != Language::German && is_capital(words, at) && !self.tongue.is_common(words.low(at))
    }

    /// A name that is a word besides is one only with a capital.
    fn is_name(&self, words: &Words, at: usize) -> bool {
        let low = words.low(at);
        let name = plain(low);
        let genitive =
            || name.strip_suffix('s').filter(|name| self.tongue.language == Language::German && name.len() > 3);
        let known = self.names.contains(&name) || genitive().is_some_and(|name| self.names.iter().any(|it| it == name));
        let word =
            || [part(self.told, "words"), PARTICLES].iter().any(|list| is_of(list, low)) || self.tongue.is_common(low);
        known && (is_capital(words, at) || !word())
    }
}

fn is_near(words: &Words, at: usize) -> bool {
    words.goes_on(at) || matches!(words.gap(at), ". " | ".")
}

/// `O'Brien` begins with its `O`.
fn beginning(words: &Words, at: usize) -> usize {
    let before = at.checked_sub(1).filter(|before| is_initial(words, *before) && !words.gap(at).contains(' '));
    words.list.get(before.unwrap_or(at)).map_or(0, |word| word.start)
}

/// How many words stand here that join names: `de la`, an initial, the `O` of `O'Brien`.
pub fn joining(words: &Words, at: usize) -> usize {
    let joins = |at: usize| is_near(words, at) && (is_of(PARTICLES, words.low(at)) || is_initial(words, at));
    (at..at + JOINING).take_while(|at| joins(*at)).count()
}

fn is_initial(words: &Words, at: usize) -> bool {
    let short = words.gap(at + 1).starts_with(|c| c == '.' || is_mark(c));
    short && is_capital(words, at) && words.low(at).chars().nth(1).is_none()
}

/// With a capital, or of a script that has none.
pub fn is_capital(words: &Words, at: usize) -> bool {
    let first = words.list.get(at).and_then(|word| word.text.chars().next());
    first.is_some_and(|c| c.is_uppercase() || c.is_alphabetic() && !c.is_lowercase())
}

pub const PARTICLES: &str = "de del della der den di da do dos das du la las le les los van von vom zu zur af al \
    el bin ben ibn bint mac mc st y e i";

/// In letters that carry nothing: people leave the accents of their names away, and addresses always do.
pub fn plain(low: &str) -> String {
    let mut plain = String::with_capacity(low.len());
    for c in low.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            c if c.is_ascii() => plain.push(c),
            c => plain.push(BASES.iter().find(|(_, letters)| letters.contains(c)).map_or(c, |(base, _)| *base)),
        }
    }
    plain
}

const BASES: [(char, &str); 19] = [
    ('a', "àáâãäåāăąǎ"),
    ('c', "çćĉċč"),
    ('d', "ďđð"),
    ('e', "èéêëēĕėęě"),
    ('g', "ĝğġģ"),
    ('h', "ĥħ"),
    ('i', "ìíîïĩīĭįı"),
    ('j', "ĵ"),
    ('k', "ķ"),
    ('l', "ĺļľŀł"),
    ('n', "ñńņňŉ"),
    ('o', "òóôõöøōŏő"),
    ('r', "ŕŗř"),
    ('s', "śŝşšș"),
    ('t', "ţťŧț"),
    ('u', "ùúûüũūŭůűų"),
    ('w', "ŵ"),
    ('y', "ýÿŷ"),
    ('z', "źżž"),
];
