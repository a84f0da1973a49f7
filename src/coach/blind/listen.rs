//! By which names people call themselves, and what they say when they are asked for it.

use super::Blind;
use super::names::{PARTICLES, is_capital, joining};
use crate::coach::letters::{Phrases, Words, is_mark, is_of, is_unspaced};
use crate::interview::choice::Language;
use crate::port::words::part;

/// Of one person, in one go.
const MOST: usize = 3;
/// Whoever begins to talk says within so many words who they are.
const START: usize = 12;
/// An answer that is nothing but a name, and the one or other word beside it.
const BARE: usize = 4;
/// Lines at the head of a resume: of the first the name stands in one, of the others where they say so.
const FIRST: usize = 3;
const HEAD: usize = 12;

impl Blind {
    /// Notes by which name somebody calls themselves, so that it can be taken out wherever it is said. At the start of
    /// a talk "I'm" may come before a name without a greeting.
    pub fn listen(&mut self, text: &str, start: bool) {
        let words = Words::of(text);
        let small = !text.chars().any(char::is_uppercase);
        let phrases = |name: &str| Phrases::of(part(self.told, name));
        let (named, called, greeted) = (phrases("named"), phrases("called"), phrases("greeted"));
        let hellos = part(self.told, "hello");
        // German has a capital on every noun: behind "ich bin" comes what somebody does.
        let start = start && self.tongue.language != Language::German;
        for at in 0..words.list.len() {
            let hello = greeted.longest(&words, at + 1);
            let (taken, sure) = match (named.longest(&words, at), called.longest(&words, at)) {
                (0, _) if small => continue,
                (0, _) if hello > 0 && is_of(hellos, words.low(at)) => (hello + 1, true),
                (0, 0) if start && at < START => (greeted.longest(&words, at), false),
                (0, called) => (called, true),
                (named, _) => (named, true),
            };
            let told = if taken > 0 { self.told(&words, at + taken, small) } else { Vec::new() };
            let behind = told.last().map_or(at, |last| last + 1);
            if sure || !words.goes_on(behind) || is_of(BEHIND, words.low(behind)) {
                told.iter().for_each(|at| self.name(words.low(*at)));
            }
        }
    }

    /// Notes a name that somebody tells bare, because they were asked for it.
    pub fn answered(&mut self, asked: &str, text: &str) {
        let (asked, words, asks) = (Words::of(asked), Words::of(text), Phrases::of(part(self.told, "asked")));
        let (hellos, agreed) = (part(self.told, "hello"), part(self.told, "agreed"));
        let small = !text.chars().any(char::is_uppercase);
        let most = if small { 2 } else { BARE };
        if words.list.len() > most || (0..asked.list.len()).all(|at| asks.longest(&asked, at) == 0) {
            return;
        }
        for at in 0..words.list.len() {
            let (low, capital) = (words.low(at), is_capital(&words, at));
            let opens = at == 0 && words.list.len() > 1 && self.fillers.lengths(&words, at).next().is_some();
            let other = self.tongue.is_common(low) || is_of(hellos, low) || is_of(agreed, low);
            if (small || capital) && !opens && !other && self.filling(&words, at) == 0 {
                self.name(low);
            }
        }
    }

    /// Notes whose resume this is. What stands first in it is a name, if it looks like one.
    pub fn head(&mut self, text: &str) {
        let (headings, jobs) = (part(self.told, "headings"), part(self.told, "jobs"));
        let mut known = 0;
        for (n, line) in text.lines().filter(|line| !line.trim().is_empty()).take(HEAD).enumerate() {
            let (label, rest) = line.split_once(':').map_or((None, line), |(label, rest)| (Some(label), rest));
            let labelled = label.is_some_and(|label| is_of(LABELS, &label.trim().to_lowercase()));
            let part = rest.trim().split([',', '|', '•', '·', '(', '/', '\t', '–', '—']).next().unwrap_or_default();
            let words = Words::of(part.split("  ").next().unwrap_or_default());
            let all = 0..words.list.len();
            let named: Vec<usize> = all.clone().filter(|at| !is_of(headings, words.low(*at))).collect();
            let sound = |at: usize| {
                let low = words.low(at);
                (is_capital(&words, at) || is_of(PARTICLES, low))
                    && !is_of(jobs, low)
                    && !low.contains(char::is_numeric)
            };
            let fits = label.is_none() && n < FIRST && known < 2 && named.len() <= BARE;
            if labelled || fits && all.clone().all(sound) {
                // Some scripts write a whole name as one word.
                known += named.len().max(usize::from(part.chars().any(is_unspaced)) * 2);
                named.iter().filter(|at| is_capital(&words, **at)).for_each(|at| self.name(words.low(*at)));
            }
        }
    }

    /// Where the words of a name stand that is told from here on.
    fn told(&self, words: &Words, from: usize, small: bool) -> Vec<usize> {
        let (mut told, mut here) = (Vec::new(), from);
        for n in 0..if small { MOST - 1 } else { MOST } {
            here += self.filling(words, here);
            if !self.is_told(words, here, n == 0, small) {
                break;
            }
            told.push(here);
            here += 1 + joining(words, here + 1);
        }
        told
    }

    /// How many words stand here that only fill: "my name is, um, well, Alex". Some are names besides, with a capital.
    fn filling(&self, words: &Words, at: usize) -> usize {
        let mut here = at;
        loop {
            let taken = self.fillers.lengths(words, here).max().unwrap_or(0);
            if taken == 0 || is_capital(words, here) && !is_of(SOUNDS, words.low(here)) {
                return here - at;
            }
            here += taken;
        }
    }

    /// A word that can be the name of somebody who has just said that their name comes now.
    fn is_told(&self, words: &Words, at: usize, first: bool, small: bool) -> bool {
        let gap = words.gap(at).trim_start_matches("...");
        let begins = first && gap.chars().all(|c| c.is_whitespace() || is_mark(c) || matches!(c, ':' | ',' | '…'));
        let close = begins || words.goes_on(at) || words.gap(at) == ". " && words.low(at - 1).chars().count() == 1;
        close && (small || is_capital(words, at)) && !self.tongue.is_common(words.low(at))
    }
}

/// Behind a name, where nothing but "I'm" stood before it.
const BEHIND: &str = "and from y de e et und";
const SOUNDS: &str = "um uh er erm uhm ehm hm mm äh ähm öh öhm eh euh heu hum";

/// In front of a name in a resume.
const LABELS: &str = "name nombre nom vorname nachname apellido apellidos prénom surname";
