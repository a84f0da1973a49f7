//! Long lists of words, one for each language. They stand beside the program, not in it: few requests need any, and what
//! is compiled into it has to be loaded before the first answer.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    EnglishAsks,
    GermanAsks,
    SpanishAsks,
    FrenchAsks,
}
