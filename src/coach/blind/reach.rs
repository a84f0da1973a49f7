//! Ways to reach somebody: mail addresses, links, names on platforms and telephone numbers, written or spoken.

use super::names::is_capital;
use super::tongue::Tongue;
use super::{Kind, Span, numbers, span};
use crate::coach::letters::{Words, is_letter, is_mark, is_of, is_unspaced};
use crate::interview::choice::Language;

/// So many digits make a number that can be called.
const DIGITS: usize = 7;
/// What has more digits is an amount only if something says so.
const AMOUNT: usize = 8;
/// So many numbers in words, one after the other.
const SPOKEN: usize = 6;
/// Between two digits of one number: ` - `, `) `.
const SIGNS: usize = 3;

pub fn find(text: &str, words: &Words, tongue: Tongue, found: &mut Vec<Span>) {
    mails(text, found);
    links(text, found);
    spelled(words, tongue, found);
    phones(text, found);
    told(words, tongue, found);
}

/// Everything around an `@`; without anything in front of it, it is somebody's name on a platform.
fn mails(text: &str, found: &mut Vec<Span>) {
    for (at, sign) in text.match_indices('@') {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + sign.len()..).unwrap_or_default());
        let addresses = |c: char| is_letter(c) || matches!(c, '.' | '_' | '-' | '+' | '%');
        let spaced = after.strip_prefix(' ').unwrap_or(after);
        let server = |text: &str| text.find(|c| !addresses(c)).unwrap_or(text.len());
        // `ann @ example.com`: only what looks like a server makes an address of it.
        let apart = spaced.get(..server(spaced)).is_some_and(|name| name.trim_end_matches('.').contains('.'));
        let (near, far) = if apart { (before.trim_end_matches(' '), spaced) } else { (before, after) };
        let local = near.trim_end_matches(addresses).len();
        let behind = text.len() - far.len() + far.get(..server(far)).map_or(0, |name| name.trim_end_matches('.').len());
        let kind = if local < near.len() { Kind::Mail } else { Kind::Link };
        if behind > at + sign.len() {
            let start = if local < near.len() { local } else { at };
            found.push(Span { start, end: behind, kind });
        }
    }
}

fn links(text: &str, found: &mut Vec<Span>) {
    let mut at = 0;
    for chunk in text.split_inclusive(char::is_whitespace) {
        let link = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let start = at + chunk.find(link).unwrap_or(0);
        if is_link(link) {
            found.push(Span { start, end: start + link.len(), kind: Kind::Link });
        }
        at += chunk.len();
    }
}

fn is_link(text: &str) -> bool {
    let low = text.to_lowercase();
    if low.contains("://") || low.starts_with("www.") {
        return true;
    }
    let name = text.split(['/', ':', '?', '#', '\'', '’']).next().unwrap_or_default();
    let Some((rest, end)) = name.rsplit_once('.') else { return false };
    let sound = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    let known = is_of(ENDINGS, end) || is_of(COUNTRIES, end);
    // Two sentences that were written without a space between them are none.
    let several = rest.chars().nth(1).is_some() && rest.split('.').all(sound);
    known && several && !is_of(THINGS, &low)
}

const ENDINGS: &str = "com org net edu gov io dev app info eu";
const COUNTRIES: &str = "de fr uk ch at us co ai me";
/// They look like addresses and are names of software.
const THINGS: &str = "socket.io asp.net draw.io ado.net vb.net";

const DOTS: &str = "dot punkt punto point";
const ATS: &str = "at arroba arobase arrobase klammeraffe ät";
const JOINTS: &str =
    "dot punkt punto point dash hyphen minus underscore unterstrich bindestrich guion guión tiret plus";
/// "I worked at example dot com" tells of an address, but no mail goes there.
const DOING: &str = "work worked works working am is was are were been be job team look looked looking engineer \
    developer manager internship role position years interned started employed here there";

/// Addresses in words: `ann dot lee at example dot com`.
fn spelled(words: &Words, tongue: Tongue, found: &mut Vec<Span>) {
    let mut at = 0;
    while at < words.list.len() {
        let mailed = at > 1 && is_of(ATS, words.low(at - 1)) && words.goes_on(at) && words.goes_on(at - 1);
        // "At this point in time" names no server.
        let server = mailed && !tongue.is_common(words.low(at));
        let ends = |here: usize| {
            let low = words.low(here);
            is_of(ENDINGS, low) || mailed && is_of(COUNTRIES, low) || server && is_end(words, here, tongue)
        };
        let (mut here, mut last) = (at, at);
        while let Some(next) = dotted(words, here, mailed) {
            here = next;
            last = if ends(here) { here } else { last };
        }
        if last > at {
            let mail = mailed && !is_of(DOING, words.low(at - 2));
            let (first, kind) = if mail { (local(words, at - 2), Kind::Mail) } else { (at, Kind::Link) };
            found.extend(span(words, first, last + 1 - first, kind));
        }
        at = last + 1;
    }
}

/// Of the hundreds of last parts of addresses each may be meant. A written dot may also be that of a sentence.
fn is_end(words: &Words, at: usize, tongue: Tongue) -> bool {
    let (dot, low) = (words.low(at - 1), words.low(at));
    let told =
        if is_of(DOTS, dot) { tongue.language != Language::English || dot != "point" } else { !is_capital(words, at) };
    told && (2..=10).contains(&low.len()) && low.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The part of an address that follows this one. What is written with a dot is another one's business, unless an `at`
/// was spoken before it.
fn dotted(words: &Words, at: usize, mailed: bool) -> Option<usize> {
    let spoken = is_of(DOTS, words.low(at + 1)) && words.goes_on(at + 1) && words.goes_on(at + 2);
    let written = mailed && words.gap(at + 1) == "." && at + 1 < words.list.len();
    if spoken { Some(at + 2) } else { written.then_some(at + 1) }
}

/// With which word the part in front of the `at` begins: others are joined to it, or letters are spelled.
fn local(words: &Words, last: usize) -> usize {
    let single = |at: usize| words.low(at).chars().nth(1).is_none() && !words.gap(at).ends_with(is_mark);
    let mut first = last;
    while let Some(before) = first.checked_sub(1) {
        if matches!(words.gap(first), "." | "-" | "_" | "+") || words.goes_on(first) && single(first) && single(before)
        {
            first = before;
        } else if before > 0 && is_of(JOINTS, words.low(before)) && words.goes_on(first) && words.goes_on(before) {
            first = before - 1;
        } else {
            break;
        }
    }
    first
}

/// Runs of digits with the usual signs between them.
fn phones(text: &str, found: &mut Vec<Span>) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(char::is_numeric)).map(|at| from + at) {
        let number = Number::at(text, at);
        from = number.end;
        if number.can_be_called(text) {
            let before = text.get(..at).unwrap_or_default();
            let signs = before.len() - before.trim_end_matches(['+', '(']).len();
            found.push(Span { start: at - signs, end: number.end, kind: Kind::Phone });
        }
    }
}

struct Number<'a> {
    start: usize,
    end: usize,
    groups: Vec<&'a str>,
}

impl<'a> Number<'a> {
    fn at(text: &'a str, start: usize) -> Self {
        let mut number = Self { start, end: start, groups: Vec::new() };
        let mut here = start;
        loop {
            let rest = text.get(here..).unwrap_or_default();
            let digits = rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len());
            let after = rest.get(digits..).unwrap_or_default();
            // `5GB` is no part of a number that is called.
            if digits == 0 || after.starts_with(|c: char| c.is_alphabetic() && !is_unspaced(c)) {
                number.end = if number.groups.is_empty() { here + digits } else { number.end };
                return number;
            }
            number.groups.push(rest.get(..digits).unwrap_or_default());
            number.end = here + digits;
            let signs = after.find(|c| !matches!(c, ' ' | '-' | '.' | '/' | '(' | ')')).unwrap_or(after.len());
            if signs == 0 || signs > SIGNS {
                return number;
            }
            here = number.end + signs;
        }
    }

    /// Neither years nor a date, no address of a machine and no amount.
    fn can_be_called(&self, text: &str) -> bool {
        let before = text.get(..self.start).unwrap_or_default();
        let plus = before.trim_end_matches('(').ends_with('+');
        let long = self.groups.iter().map(|group| group.chars().count()).sum::<usize>() >= DIGITS;
        let part = before.ends_with(|c: char| is_letter(c) && !is_unspaced(c) || c == '_')
            || before.strip_suffix([',', '.', ':']).is_some_and(|before| before.ends_with(char::is_numeric));
        long && !part && (plus || !(self.is_date() || self.is_machine(text) || self.is_amount(text)))
    }

    fn is_date(&self) -> bool {
        let year = |group: &str| group.len() == 4 && (group.starts_with("19") || group.starts_with("20"));
        let short = |group: &str| group.len() < 3;
        self.groups.iter().any(|group| year(group)) && self.groups.iter().all(|group| year(group) || short(group))
    }

    fn is_machine(&self, text: &str) -> bool {
        self.is_dotted(text) && self.groups.len() == 4 && self.groups.iter().all(|group| group.parse::<u8>().is_ok())
    }

    fn is_dotted(&self, text: &str) -> bool {
        text.get(self.start..self.end).is_some_and(|number| !number.contains([' ', '-', '/', '(', ')']))
    }

    fn is_amount(&self, text: &str) -> bool {
        let (before, after) = (text.get(..self.start).unwrap_or_default(), text.get(self.end..).unwrap_or_default());
        let after = after.trim_start_matches(' ');
        let unit = after.split(|c: char| !is_letter(c)).next().unwrap_or_default().to_lowercase();
        if before.trim_end_matches(' ').ends_with(SIGNS_OF_MONEY)
            || after.starts_with(SIGNS_OF_MONEY)
            || !unit.is_empty() && is_of(UNITS, &unit)
        {
            return true;
        }
        let Some((first, others)) = self.groups.split_first() else { return false };
        let long = |group: &str| group.chars().count() > AMOUNT;
        // From one amount to another: "100000-150000".
        let range = others.len() == 1 && others.iter().all(|other| other.len() == first.len() && first.len() > 4);
        if !range && long(&self.groups.concat()) {
            return false;
        }
        let thousands = first.len() < 4 && others.iter().all(|group| group.len() == 3) && !others.is_empty();
        let round = self.groups.iter().skip(usize::from(thousands)).all(|group| group.ends_with("00"));
        !first.starts_with('0') && (thousands && self.is_dotted(text) || round)
    }
}

const SIGNS_OF_MONEY: [char; 5] = ['$', '€', '£', '¥', '%'];
/// Behind an amount.
const UNITS: &str = "euro euros dollar dollars pounds francs million millions millionen millones users user nutzer \
    usuarios utilisateurs eur usd chf gbp pesos dólares downloads rows zeilen requests records people customers \
    kunden clientes clients";

/// Numbers in words, told one after the other.
fn told(words: &Words, tongue: Tongue, found: &mut Vec<Span>) {
    let mut at = 0;
    while at < words.list.len() {
        let counts = |at: usize| numbers::is_word(words.low(at), tongue);
        let digits = |at: usize| (1..3).contains(&words.low(at).len()) && words.low(at).chars().all(char::is_numeric);
        let near = |at: usize| words.gap(at).chars().all(|c| c.is_whitespace() || matches!(c, ',' | '-' | '.'));
        let mut behind = at;
        while behind < words.list.len() && (behind == at || near(behind)) && (counts(behind) || digits(behind)) {
            behind += 1;
        }
        if behind - at >= SPOKEN && (at..behind).any(counts) {
            found.extend(span(words, at, behind - at, Kind::Phone));
        }
        at = behind.max(at + 1);
    }
}
