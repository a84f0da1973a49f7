//! Schools and universities, by the words they are called by and by name.

use super::names::is_capital;
use super::tongue::Tongue;
use super::{Kind, Span, span};
use crate::coach::letters::{Phrases, Words, is_of};
use crate::interview::choice::Language;
use crate::port::words::{Source, Words as List, part};

/// What schools are called, and how their names stand around it.
struct Called {
    words: &'static str,
    /// Written so and not otherwise: `TU`, but not the Spanish `tu`.
    exact: bool,
    /// How many words of a name can stand in front of it.
    before: usize,
    /// How many behind it, beside those that are joined to one.
    behind: usize,
    /// What is behind it begins with one of these; empty: or with the name itself.
    joints: &'static str,
}

const CALLED: [Called; 5] = [
    Called { words: "university college polytechnic", exact: false, before: 4, behind: 4, joints: "of" },
    Called { words: "School Institute Academy", exact: true, before: 4, behind: 4, joints: "of" },
    Called {
        words: "universität hochschule fachhochschule berufsakademie gymnasium",
        exact: false,
        before: 2,
        behind: 1,
        joints: "",
    },
    Called { words: "TU FH HTW HWR DHBW Uni", exact: true, before: 0, behind: 1, joints: "" },
    Called {
        words: "universidad politécnica instituto escuela colegio université école ecole lycée institut iut insa",
        exact: false,
        before: 0,
        behind: 4,
        joints: "",
    },
];

/// However many words join the words of a name.
const LONGEST: usize = 12;

/// Between the words of a name.
const JOINTS: &str = "of the de del la las los du des d l le les der für zu am e et y";

/// Between a degree and the name.
const ARTICLES: &str = "the der die das dem den la el l los las le les";

pub struct Schools {
    tongue: Tongue,
    /// By name, written exactly so.
    named: &'static str,
    /// And in small letters, where that is no word besides.
    phrases: Phrases,
    /// After these comes a school, wherever it begins with a capital.
    studied: Phrases,
    /// German puts them behind "an der Universität" and means what was studied there.
    subjects: &'static str,
}

impl Schools {
    pub fn of(tongue: Tongue, lists: Source) -> Self {
        let part = |name: &str| part(lists(List::Schools), name);
        let (phrases, studied) = (Phrases::of(part("phrases")), Phrases::of(part("studied")));
        Self { tongue, named: part("named"), phrases, studied, subjects: part("subjects") }
    }

    pub fn find(&self, words: &Words, found: &mut Vec<Span>) {
        let small = !words.list.iter().any(|word| word.text.contains(char::is_uppercase));
        let names = Names { words, tongue: self.tongue, subjects: self.subjects, small };
        for (at, word) in words.list.iter().enumerate() {
            let mut take = |from: usize, behind: usize| found.extend(span(words, from, behind - from, Kind::School));
            let exact = is_capital(words, at) && is_of(self.named, word.text);
            let named = self.phrases.longest(words, at).max(usize::from(exact));
            if named > 0 {
                take(at, at + named);
            }
            for called in CALLED.iter().filter(|called| called.is(word.text, &word.low)) {
                let (from, behind) =
                    (names.before(at, called.before), names.behind(at + 1, called.behind, called.joints));
                if from < at || behind > at + 1 {
                    take(from, behind);
                }
            }
            let studied = self.studied.longest(words, at);
            if studied > 0 {
                let article = usize::from(is_of(ARTICLES, words.low(at + studied)) && words.goes_on(at + studied));
                let from = at + studied + article;
                let most = if self.tongue.language == Language::German { 2 } else { 4 };
                let behind = names.behind(from, most, "");
                if behind > from {
                    take(from, behind);
                }
            }
        }
    }
}

impl Called {
    fn is(&self, text: &str, low: &str) -> bool {
        // "Wirtschaftsuniversität", "Musikhochschule".
        let compound = low.ends_with("universität") || low.ends_with("hochschule");
        is_of(self.words, if self.exact { text } else { low }) || compound && self.words.starts_with("universität")
    }
}

/// Finds how far names reach.
struct Names<'a> {
    words: &'a Words<'a>,
    tongue: Tongue,
    subjects: &'a str,
    /// There is no capital anywhere: one small word is taken for a name then.
    small: bool,
}

impl Names<'_> {
    fn is_name(&self, at: usize) -> bool {
        let low = self.words.low(at);
        let proper = is_capital(self.words, at) || low.chars().all(char::is_numeric) && !low.is_empty();
        proper && !self.tongue.is_common(low) && !is_of(self.subjects, low)
    }

    /// The word is part of the one before: `Paris-Saclay`, `St. Gallen`, `A&M`.
    fn is_joined(&self, at: usize) -> bool {
        let gap = self.words.gap(at);
        let sign = matches!(gap, "-" | "–" | "‐" | "'" | "’" | "&" | " & ");
        sign || gap == ". " && matches!(self.words.low(at.saturating_sub(1)), "st" | "ste")
    }

    fn before(&self, at: usize, most: usize) -> usize {
        let (mut first, mut left) = (at, most);
        while first > 0
            && left > 0
            && (self.is_name(first - 1) || self.is_joined(first) && is_capital(self.words, first - 1))
            && !self.words.low(first - 1).chars().all(char::is_numeric)
        {
            let joined = self.is_joined(first);
            if !(joined || self.words.goes_on(first)) {
                break;
            }
            left -= usize::from(!joined);
            first -= 1;
        }
        first
    }

    /// Which word is the first behind a name that begins here.
    fn behind(&self, from: usize, most: usize, joints: &str) -> usize {
        let (mut behind, mut left) = (from, most);
        if self.small {
            return if joints.is_empty() { from } else { self.small_behind(from) };
        }
        while behind < from + LONGEST
            && (joints.is_empty() || behind > from || is_of(joints, self.words.low(from)) && self.words.goes_on(from))
        {
            let free = |at: &usize| is_of(JOINTS, self.words.low(*at)) && self.words.goes_on(*at);
            let joined = (behind..behind + 3).take_while(free).count();
            let here = behind + joined;
            let costs = usize::from(joined == 0 && !self.is_joined(here));
            if !(self.is_joined(here) || self.words.goes_on(here)) || !self.is_name(here) || costs > left {
                break;
            }
            left -= costs;
            behind = here + 1;
        }
        behind
    }

    /// "university of leeds", typed so.
    fn small_behind(&self, from: usize) -> usize {
        let joined = self.words.low(from) == "of" && self.words.goes_on(from) && self.words.goes_on(from + 1);
        if joined && !self.tongue.is_common(self.words.low(from + 1)) { from + 2 } else { from }
    }
}
