//! Where somebody lives: a street with its number, a postcode with its town. What has no number tells no house.

use super::names::is_capital;
use super::tongue::Tongue;
use super::{Kind, Span, span};
use crate::coach::letters::{Words, is_of};

/// Behind the name, and the number before it: `12 Baker Street`.
const BEHIND: &str = "street st road rd avenue ave lane ln drive boulevard blvd terrace";
/// Before the name, and the number on either side: `12 rue de la Paix`, `Calle Mayor 3`.
const BEFORE: &str = "rue avenue av boulevard bd place allée chemin impasse quai route calle avenida avda plaza paseo \
    carrer camino carretera";
/// Between that and the name, and within it.
const JOINTS: &str = "de la del el los las le les du des d l";
/// Before a number, or behind it.
const SIGNS: &str = "nº n no num número bis ter";
/// How a German street ends, and the number behind it: `Hauptstraße 5`. The last ones are words besides.
const ENDS: [&str; 6] = ["straße", "strasse", "str", "gasse", "weg", "platz"];
const SURE: usize = 3;
/// Words of the name of a street or a town.
const LONGEST: usize = 4;
/// And with those that join them.
const JOINED: usize = 8;

pub fn find(words: &Words, tongue: Tongue, found: &mut Vec<Span>) {
    let place = Place { words, tongue };
    let mut at = 0;
    while at < words.list.len() {
        let street = [place.english(at), place.french(at), place.spanish(at), place.german(at)].into_iter().max();
        let street = street.unwrap_or(0);
        // Behind a street any postcode is one; `50000 Users` alone are none.
        let town = place.town(at + street, street > 0);
        found.extend(span(words, at, street + town, Kind::Address).filter(|_| street + town > 0));
        at += (street + town).max(1);
    }
}

struct Place<'a> {
    words: &'a Words<'a>,
    tongue: Tongue,
}

impl Place<'_> {
    fn english(&self, at: usize) -> usize {
        let name = self.names(at + 1, "");
        // The street's own word has a capital too.
        let ends = |taken: &usize| *taken > 1 && is_of(BEHIND, self.words.low(at + taken));
        let street = (1..=name).rev().find(ends).filter(|_| self.is_number(at));
        street.map_or(0, |taken| taken + 1)
    }

    fn french(&self, at: usize) -> usize {
        let first = at + 1 + usize::from(is_of(SIGNS, self.words.low(at + 1)));
        let named = self.named(first);
        if self.is_number(at) && self.is_near(first) && named > 0 { first + named - at } else { 0 }
    }

    fn spanish(&self, at: usize) -> usize {
        let behind = at + self.named(at);
        let number = behind + usize::from(is_of(SIGNS, self.words.low(behind)));
        if behind > at && self.is_near(number) && self.is_number(number) { number + 1 - at } else { 0 }
    }

    /// `Hauptstraße 5`, `Berliner Str. 12a`.
    fn german(&self, at: usize) -> usize {
        let apart = ENDS.contains(&self.words.low(at + 1)) && is_capital(self.words, at) && self.words.goes_on(at + 1);
        let last = at + usize::from(apart);
        let low = self.words.low(last);
        let Some(end) = ENDS.iter().position(|end| low.ends_with(end) && (apart || low.len() > end.len() + 2)) else {
            return 0;
        };
        let next = self.words.low(last + 2);
        let sure = end < SURE || !self.words.goes_on(last + 2) || next == "in";
        let close = matches!(self.words.gap(last + 1), " " | ". " | ".");
        if close && sure && self.is_number(last + 1) { last + 2 - at } else { 0 }
    }

    /// How many words a street takes that begins with its own word: `rue de la Paix`.
    fn named(&self, at: usize) -> usize {
        let names = self.names(at + 1, JOINTS);
        if is_of(BEFORE, self.words.low(at)) && names > 0 { names + 1 } else { 0 }
    }

    /// `10115 Berlin`, `SW1A 1AA`, `, IL 62704`.
    fn town(&self, at: usize, street: bool) -> usize {
        let words = self.words;
        let (low, next) = (words.low(at), words.low(at + 1));
        let digits = |low: &str| low.len() == 5 && low.bytes().all(|byte| byte.is_ascii_digit());
        let led = !words.goes_on(at) || words.gap(at) == "-" || is_of("in à en aus", words.low(at - 1));
        if !words.goes_on(at + 1) || street && !self.is_near(at) {
            return 0;
        }
        if digits(low) && (street || led && !low.ends_with("000")) {
            let name = self.names(at + 1, "");
            return if name > 0 { name + 1 } else { 0 };
        }
        let english = matches!(next.as_bytes(), [b'0'..=b'9', b'a'..=b'z', b'a'..=b'z'])
            && matches!(low.as_bytes(), [b'a'..=b'z', .., b'0'..=b'9'] | [b'a'..=b'z', .., b'0'..=b'9', b'a'..=b'z']);
        let state = words.list.get(at).is_some_and(|word| matches!(word.text.as_bytes(), [b'A'..=b'Z', b'A'..=b'Z']));
        let american = state && words.gap(at).starts_with(',') && digits(next);
        if english && low.len() < 5 && is_capital(words, at) || american { 2 } else { 0 }
    }

    /// How many words from here on are a name.
    fn names(&self, from: usize, joints: &str) -> usize {
        let (mut behind, mut left, mut here) = (from, LONGEST, from);
        while here < from + JOINED && left > 0 && self.words.goes_on(here) {
            let low = self.words.low(here);
            if is_capital(self.words, here) && !low.starts_with(char::is_numeric) && !self.tongue.is_common(low) {
                behind = here + 1;
                left -= 1;
            } else if !is_of(joints, low) {
                break;
            }
            here += 1;
        }
        behind - from
    }

    fn is_near(&self, at: usize) -> bool {
        self.words.goes_on(at) || matches!(self.words.gap(at), ", " | "," | ". " | "\n" | ",\n")
    }

    /// Of a house, with the letter of its door: neither a year nor a large number.
    fn is_number(&self, at: usize) -> bool {
        let low = self.words.low(at);
        let digits = low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        let house = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        house && !year && low.len() - digits.len() < 2
    }
}
