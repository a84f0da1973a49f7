//! Answers that answer nothing, as each language gives them.

use crate::coach::counts::Fillers;
use crate::coach::letters::{Phrases, Words};
use crate::interview::choice::Language;
use crate::port::words::{Source, Words as List, part};

/// What answers nothing in a language, and what people put around it.
pub struct Nothing {
    phrases: Phrases,
    fillers: Fillers,
}

impl Nothing {
    pub fn of(language: Language, lists: Source) -> Self {
        let phrases = Phrases::of(part(lists(List::Nothing), language.word()));
        Self { phrases, fillers: Fillers::of(language, lists) }
    }

    /// Whether a text is made of that alone, and of fillers.
    pub fn is_all(&self, words: &Words) -> bool {
        let mut reached = vec![true];
        reached.resize(words.list.len().saturating_add(1), false);
        for at in 0..words.list.len() {
            if reached.get(at) == Some(&true) {
                let fillers = self.fillers.lengths(words, at);
                for taken in self.phrases.lengths(words, at).chain(fillers) {
                    if let Some(behind) = reached.get_mut(at + taken) {
                        *behind = true;
                    }
                }
            }
        }
        !words.list.is_empty() && reached.last() == Some(&true)
    }
}
