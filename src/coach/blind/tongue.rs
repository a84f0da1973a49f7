//! What is said in a language, whatever it is about.

use crate::coach::letters::is_of;
use crate::interview::choice::Language;
use crate::port::words::{Source, Words as List, part};

#[derive(Clone, Copy)]
pub struct Tongue {
    pub language: Language,
    common: &'static str,
    /// The numbers below ten, which nobody who is interviewed is old.
    pub small: &'static str,
    /// And the others.
    pub large: &'static str,
}

impl Tongue {
    /// In the list of a language stands each in a line.
    pub fn of(language: Language, lists: Source) -> Self {
        let mut lines = part(lists(List::Tongues), language.word()).lines();
        let mut line = || lines.next().unwrap_or_default();
        let (common, small, large) = (line(), line(), line());
        Self { language, common, small, large }
    }

    /// Whether it is one of the words of which sentences are made.
    pub fn is_common(self, low: &str) -> bool {
        is_of(self.common, low)
    }
}
