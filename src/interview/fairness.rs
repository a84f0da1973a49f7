//! The questions that nobody may ask: whether the interviewer has begun to ask the person one.
//!
//! It is asked at every word that is spoken. So it says yes as soon as a question can be told, and waits for the next
//! word where that may still turn it into one about work: "do you have children" may go on with "nodes".

use super::choice::Language;
use crate::domain::form::words;
use crate::port::words::Words;

words! {
    /// What nobody may be asked about.
    Ground {
        Family = "family",
        Age = "age",
        Religion = "religion",
        Health = "health",
        Origin = "origin",
        Gender = "gender",
        Politics = "politics",
        Union = "union",
        Money = "money",
        Crime = "crime",
    }
}

/// So much is looked at from the end of a text: some minutes of speech. What stands before was looked at already.
const MOST: usize = 4096;

/// The list of how one asks in this language.
pub fn words_of(language: Language) -> Words {
    match language {
        Language::English => Words::English,
        Language::German => Words::German,
        Language::Spanish => Words::Spanish,
        Language::French => Words::French,
    }
}

/// How one language asks: a list has a part behind each `# ` and the name of what stands here, or of a ground. A part
/// has a pattern in each line, and a pattern is words in a row:
///
/// - `plan*` is any word that begins so, `*self` any that ends so, `a|b` one of them
/// - a capital is one of the words of that kind, `@` one of the first line of its ground
/// - `3` is up to three words, whatever they are, `2a|b` up to two of these
/// - `-a|b` asks for a next word that is none of these, `<a|b` for one before that is none of them
/// - `^` is the beginning of a clause; commas and the signs around a sentence are words too
///
/// The word behind a pattern must be none of the [things](Tongue::things), unless the pattern ends with `!`.
#[derive(Default)]
struct Tongue<'a> {
    /// In each line a capital, and the words of that kind.
    kinds: &'a str,
    /// What makes a question of a sentence.
    asks: &'a str,
    /// What says that something is not asked.
    spares: &'a str,
    /// Where that ends: behind "but" all may be different.
    turns: &'a str,
    /// What else begins a clause.
    joins: &'a str,
    /// Before these a word is about work: a family account, a union type.
    things: &'a str,
    /// What a sentence about work has.
    work: &'a str,
    /// How one speaks to a person about themselves, as long as it is not about work.
    frames: &'a str,
    /// One of these a sentence to the person has. Where the verb says it, any end of a sentence will do.
    you: &'a str,
    /// In the first line the words of the ground that tell it within a frame, or anywhere in a question that is over
    /// and not about work. The others are patterns that suffice, those with a `~` only when such a question is over.
    grounds: Vec<(Ground, &'a str)>,
}

impl<'a> Tongue<'a> {
    fn of(words: &'a str) -> Self {
        let mut tongue = Self::default();
        for part in words.split("# ").skip(1) {
            let (name, lines) = part.split_once('\n').unwrap_or_default();
            let lines = lines.trim_end_matches('\n');
            let place = match name {
                "kinds" => &mut tongue.kinds,
                "asks" => &mut tongue.asks,
                "spares" => &mut tongue.spares,
                "turns" => &mut tongue.turns,
                "joins" => &mut tongue.joins,
                "things" => &mut tongue.things,
                "work" => &mut tongue.work,
                "frames" => &mut tongue.frames,
                "you" => &mut tongue.you,
                ground => {
                    tongue.grounds.extend(Ground::parse(ground).map(|ground| (ground, lines)));
                    continue;
                }
            };
            *place = lines;
        }
        tongue
    }
}

/// The ground on which a question of the interviewer is forbidden, as far as it has been said, by the list of their
/// language.
pub fn forbidden(words: &str, said: &str) -> Option<Ground> {
    let tongue = &Tongue::of(words);
    let level = level(said.get(said.ceil_char_boundary(said.len().saturating_sub(MOST))..).unwrap_or_default());
    let words: Vec<&str> = level.split_ascii_whitespace().collect();
    let (mut last, mut begin) = (Sentence::new(tongue, &[]), 0_usize);
    for part in words.split_inclusive(|word| ends(word)) {
        // What was told belongs to the question behind it: "I love your accent. Where does it come from?"
        let before = if last.first(tongue.spares).is_some() { 0 } else { last.words.len() };
        let pair = words.get(begin.saturating_sub(before)..begin.saturating_add(part.len())).unwrap_or_default();
        let sentence = Sentence::new(tongue, part);
        if let Some(ground) = sentence.begun().or_else(|| Sentence::new(tongue, pair).over()) {
            return Some(ground);
        }
        (last, begin) = (sentence, begin.saturating_add(part.len()));
    }
    None
}

fn ends(word: &str) -> bool {
    matches!(word, "." | "?")
}

/// In small letters without accents, with the signs that matter as words of their own.
fn level(text: &str) -> String {
    let mut level = String::with_capacity(text.len().saturating_mul(2));
    let mut chars = text.chars().flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        match c {
            'a'..='z' | '0'..='9' => level.push(c),
            'à'..='å' => level.push('a'),
            'ç' => level.push('c'),
            'è'..='ë' => level.push('e'),
            'ì'..='ï' => level.push('i'),
            'ñ' => level.push('n'),
            'ò'..='ö' => level.push('o'),
            'ù'..='ü' => level.push('u'),
            'ß' => level.push_str("ss"),
            'æ' => level.push_str("ae"),
            'œ' => level.push_str("oe"),
            '\u{300}'..='\u{36f}' => {}
            '.' if chars.peek().is_some_and(|next| next.is_alphanumeric()) => {}
            '.' | '!' | ';' | ':' | '\n' => level.push_str(" . "),
            '?' => level.push_str(" ? "),
            '¿' => level.push_str(" ¿ "),
            ',' | '(' | ')' | '–' | '—' | '…' => level.push_str(" , "),
            c if c.is_alphanumeric() => level.push(c),
            _ => level.push(' '),
        }
    }
    level
}

struct Sentence<'a> {
    tongue: &'a Tongue<'a>,
    words: &'a [&'a str],
    /// One bit for each pair of letters with which a word begins: most patterns are ruled out by these.
    heads: [u64; 16],
    /// What `@` stands for.
    topic: &'a str,
}

/// The place of the bit for the first two letters, where these are known.
fn head(word: &[u8]) -> Option<(usize, u32)> {
    let [first @ b'0'..=b'z', second @ b'0'..=b'z', ..] = word else { return None };
    let pair = (u32::from(first & 31) << 5) | u32::from(second & 31);
    Some(((pair >> 6) as usize, pair & 63))
}

impl<'a> Sentence<'a> {
    fn new(tongue: &'a Tongue<'a>, words: &'a [&'a str]) -> Self {
        let mut heads = [0_u64; 16];
        for (slot, bit) in words.iter().filter_map(|word| head(word.as_bytes())) {
            if let Some(slot) = heads.get_mut(slot) {
                *slot |= 1 << bit;
            }
        }
        Self { tongue, words, heads, topic: "" }
    }

    /// The ground that can be told from what has been said of the sentence. It stays the same however much more of it
    /// is said: each place is judged by what was said up to there.
    fn begun(&self) -> Option<Ground> {
        let asked = |from, to| self.asked_by(to).is_some_and(|by| !self.spared(from, by));
        let private = |to| self.asked_by(to) < Some(self.first(self.tongue.work).unwrap_or(usize::MAX));
        self.ground(|topic, lines| {
            let mut own = lines.lines().skip(1).filter(|line| !line.starts_with('~'));
            let mut frames = self.tongue.frames.lines();
            own.any(|line| topic.found(line, asked))
                || topic.possible("@")
                    && frames.any(|line| topic.found(line, |from, to| private(to) && asked(from, to)))
        })
    }

    /// By where what ends here is asked: what was told before a "but" is not.
    fn asked_by(&self, to: usize) -> Option<usize> {
        let asks = self.first(self.tongue.asks)?;
        let between = self.words.get(to..asks).unwrap_or_default();
        let turned = between.iter().any(|word| self.any(self.tongue.turns, word));
        (!turned).then_some(asks.max(to.saturating_add(1)))
    }

    /// The ground that can be told when the sentence is over.
    fn over(&self) -> Option<Ground> {
        let over = self.words.last().is_some_and(|word| ends(word));
        let has = |lines| self.first(lines).is_some();
        if !over || !has(self.tongue.asks) || !has(self.tongue.you) || has(self.tongue.work) {
            return None;
        }
        self.ground(|topic, lines| {
            let mut own = lines.lines().skip(1).map(|line| line.trim_start_matches('~')).chain(["@"]);
            own.any(|line| topic.found(line, |from, _| !self.spared(from, usize::MAX)))
        })
    }

    fn ground(&self, told: impl Fn(&Self, &str) -> bool) -> Option<Ground> {
        let about = |lines: &'a str| Self { topic: lines.lines().next().unwrap_or_default(), ..*self };
        self.tongue.grounds.iter().find(|(_, lines)| told(&about(lines), lines)).map(|(ground, _)| *ground)
    }

    /// Whether a pattern is found at a place that will do, and about a person by what comes behind it.
    fn found(&self, line: &str, will_do: impl Fn(usize, usize) -> bool) -> bool {
        let (pattern, surely) = line.strip_suffix(" !").map_or((line, false), |pattern| (pattern, true));
        self.finds(pattern).any(|(from, to)| (surely || self.personal(to)) && will_do(from, to))
    }

    fn personal(&self, to: usize) -> bool {
        let last = to.checked_sub(1).and_then(|last| self.words.get(last));
        last.is_some_and(|last| ends(last)) || self.other(to, self.tongue.things)
    }

    /// Whether it was said in the same breath that this is not asked.
    fn spared(&self, from: usize, by: usize) -> bool {
        let before = self.words.get(..from).unwrap_or_default();
        let turn = before.iter().rposition(|word| self.any(self.tongue.turns, word)).unwrap_or_default();
        self.tongue.spares.lines().any(|line| self.finds(line).any(|(at, to)| at >= turn && to <= by))
    }

    /// Where the first of some patterns ends.
    fn first(&self, lines: &str) -> Option<usize> {
        lines.lines().flat_map(|line| self.finds(line).map(|(_, to)| to)).min()
    }

    /// From where to where a pattern is found.
    fn finds<'p>(&'p self, pattern: &'p str) -> impl Iterator<Item = (usize, usize)> + 'p {
        let possible = pattern.split(' ').all(|token| self.possible(token));
        let places = if possible { self.words.len() } else { 0 };
        (0..places).filter_map(move |from| self.end(pattern, from).map(|to| (from, to)))
    }

    /// Whether a token can be found at all. Most patterns are ruled out here.
    fn possible(&self, token: &str) -> bool {
        let known = |one: &[u8]| match head(one) {
            Some((slot, bit)) => self.heads.get(slot).is_some_and(|slot| (slot >> bit) & 1 == 1),
            None => true,
        };
        let said = |one: &[u8]| known(one) && self.words.iter().any(|word| fits(one, word.as_bytes()));
        match token.as_bytes() {
            b"@" => self.possible(self.topic),
            [b'^' | b'-' | b'<' | b'0'..=b'9', ..] => true,
            _ => each(token).any(|one| matches!(one, [b'A'..=b'Z' | b'@']) || said(one)),
        }
    }

    /// Where a pattern ends that begins here.
    fn end(&self, pattern: &str, at: usize) -> Option<usize> {
        if pattern.is_empty() {
            return Some(at);
        }
        let (token, rest) = pattern.split_once(' ').unwrap_or((pattern, ""));
        let next = self.words.get(at).copied();
        if token == "^" {
            let before = at.checked_sub(1).and_then(|at| self.words.get(at));
            let begins = |word: &&str| self.any(self.tongue.turns, word) || self.any(self.tongue.joins, word);
            return before.is_none_or(|word| *word == "," || begins(word)).then(|| self.end(rest, at)).flatten();
        }
        if let Some(others) = token.strip_prefix('<') {
            let before = at.checked_sub(1).and_then(|at| self.words.get(at));
            return before.is_none_or(|word| !self.any(others, word)).then(|| self.end(rest, at)).flatten();
        }
        if let Some(others) = token.strip_prefix('-') {
            return self.other(at, others).then(|| self.end(rest, at)).flatten();
        }
        if let Some(most) = token.chars().next().and_then(|c| c.to_digit(10)) {
            let sort = token.get(1..).unwrap_or_default();
            return self.skip(sort, rest, at, most);
        }
        let fits = self.told(at) && next.is_some_and(|next| self.any(token, next));
        fits.then(|| self.end(rest, at.saturating_add(1))).flatten()
    }

    /// The same behind no word of a sort, or one, or as many as may be.
    fn skip(&self, sort: &str, rest: &str, at: usize, most: u32) -> Option<usize> {
        let here = self.end(rest, at);
        if here.is_some() || most == 0 {
            return here;
        }
        let next = self.words.get(at).filter(|next| sort.is_empty() || self.any(sort, next));
        next.and_then(|_| self.skip(sort, rest, at.saturating_add(1), most.saturating_sub(1)))
    }

    /// Whether a word has been said to its end.
    fn told(&self, at: usize) -> bool {
        at.saturating_add(1) < self.words.len() || self.words.get(at).is_some_and(|word| ends(word) || *word == ",")
    }

    /// Whether there is a word that is none of these, and will not become one.
    fn other(&self, at: usize, these: &str) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        !self.any(these, word) && (self.told(at) || !self.grows(these, word))
    }

    fn grows(&self, these: &str, word: &str) -> bool {
        each(these).any(|one| match one {
            [b'A'..=b'Z'] => self.grows(self.kind(one), word),
            _ => one.starts_with(word.as_bytes()),
        })
    }

    /// Whether a word is one of these.
    fn any(&self, these: &str, word: &str) -> bool {
        each(these).any(|one| match one {
            b"@" => self.any(self.topic, word),
            [b'A'..=b'Z'] => self.any(self.kind(one), word),
            _ => fits(one, word.as_bytes()),
        })
    }

    fn kind(&self, name: &[u8]) -> &'a str {
        let mut kinds = self.tongue.kinds.lines().filter_map(|line| line.split_once(' '));
        kinds.find(|(kind, _)| kind.as_bytes() == name).map(|(_, these)| these).unwrap_or_default()
    }
}

fn each(these: &str) -> impl Iterator<Item = &[u8]> {
    these.as_bytes().split(|c| *c == b'|')
}

/// Whether a word is meant by one that may stand for all that begin or end so.
fn fits(one: &[u8], word: &[u8]) -> bool {
    match one {
        [b'*'] => true,
        [b'*', part @ .., b'*'] => word.windows(part.len().max(1)).any(|window| window == part),
        [b'*', end @ ..] => word.ends_with(end),
        [start @ .., b'*'] => word.starts_with(start),
        _ => word == one,
    }
}

#[cfg(test)]
mod tests;
