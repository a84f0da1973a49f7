//! Long lists of words, one for each language. They stand beside the program, not in it: few requests need any, and
//! what is compiled into it has to be loaded before the first answer.

/// How one asks in a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    English,
    German,
    Spanish,
    French,
}
