//! What may be chosen from a list before an interview. A word stands for each, alike in JSON, in rows and in addresses.

pub(super) use crate::domain::form::words;

words! {
    /// How far along the person is.
    Level { Entry = "entry", Mid = "mid", Senior = "senior", Lead = "lead" }
}

words! {
    /// What the interview is about.
    Focus {
        General = "general",
        Behavioural = "behavioural",
        Technical = "technical",
        Case = "case",
        Leadership = "leadership",
    }
}

words! {
    /// What is spoken. The words are those of ISO 639-1, which OpenAI takes for its transcription too.
    Language { English = "en", German = "de", Spanish = "es", French = "fr" }
}

words! {
    /// How fast the interviewer speaks.
    Pace { Normal = "normal", Slow = "slow" }
}

impl Language {
    /// As an English sentence names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::Spanish => "Spanish",
            Self::French => "French",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Focus, Language, Level};
    use crate::domain::form::Form;

    #[test]
    fn each_word_is_read_as_what_it_stands_for_and_nothing_else_is() {
        for word in ["entry", "mid", "senior", "lead"] {
            assert_eq!(Level::parse(word).map(Level::word), Some(word));
        }
        for word in ["general", "behavioural", "technical", "case", "leadership"] {
            assert_eq!(Focus::parse(word).map(Focus::word), Some(word));
        }
        for word in ["en", "de", "es", "fr"] {
            assert_eq!(Language::parse(word).map(Language::word), Some(word));
        }
        for odd in ["", "Mid", "mid ", "it", "EN"] {
            assert_eq!((Level::parse(odd), Focus::parse(odd), Language::parse(odd)), (None, None, None), "{odd}");
        }
    }

    #[test]
    fn in_json_they_are_their_words() {
        assert_eq!(serde_json::to_string(&Focus::Case).unwrap(), "\"case\"");
        assert_eq!(Focus::of(&json!("case")), Some(Focus::Case));
        assert_eq!(Focus::of(&json!("cases")), None);
        assert_eq!(Focus::of(&json!(4)), None);
    }
}
