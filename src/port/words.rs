//! Long lists of words. They stand beside the program, not in it: few requests need any, and what is compiled into it
//! has to be loaded before the first answer.

/// What stands in a list.
pub type Source<'a> = &'a dyn Fn(Words) -> &'static str;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// How one asks in a language.
    English,
    German,
    Spanish,
    French,
    /// What the interviewer is told.
    Instructions,
    /// What answers nothing.
    Nothing,
    Fillers,
    /// By which words somebody can be told to be of a gender, an age or a family.
    Persons,
    Schools,
    /// By what a name is told.
    Names,
    /// What is said in each language, whatever it is about.
    Tongues,
}

/// What stands in a list below the line `# name`, up to the next such line.
pub fn part(list: &'static str, name: &str) -> &'static str {
    let named = |part: &'static str| part.strip_prefix(name)?.strip_prefix('\n');
    list.split("\n# ").find_map(named).unwrap_or_default().trim_end()
}

#[cfg(test)]
#[path = "../../tests/shared/words.rs"]
pub mod tests;
