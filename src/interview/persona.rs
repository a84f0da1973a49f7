//! The interviewers one may choose. They differ in how they talk, never in what they ask for.

use super::choice::words;

words! {
    /// Who leads the interview.
    Persona { Warm = "warm", Direct = "direct", Curious = "curious", Formal = "formal" }
}

impl Persona {
    /// How the interviewer is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Warm => "Mara",
            Self::Direct => "Jonas",
            Self::Curious => "Noor",
            Self::Formal => "Henrik",
        }
    }

    /// One sentence of style for the instructions.
    pub fn style(self) -> &'static str {
        match self {
            Self::Warm => "You are warm and patient: you thank for an answer in a few words before you go on.",
            Self::Direct => "You are direct and brisk: short questions, no small talk, always polite.",
            Self::Curious => "You are curious and informal: you sound as if you would love to hear how it went on.",
            Self::Formal => "You are formal and calm: complete sentences, measured words, the polite form of address.",
        }
    }

    /// The voice of this one. None where the operator's own choice fits.
    pub fn voice(self) -> Option<&'static str> {
        match self {
            Self::Warm => None,
            Self::Direct => Some("cedar"),
            Self::Curious => Some("coral"),
            Self::Formal => Some("sage"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Persona;

    const ALL: [Persona; 4] = [Persona::Warm, Persona::Direct, Persona::Curious, Persona::Formal];

    #[test]
    fn each_has_a_word_a_name_and_a_style_of_its_own() {
        for (n, one) in ALL.iter().enumerate() {
            assert_eq!(Persona::parse(one.word()), Some(*one));
            for other in ALL.iter().skip(n + 1) {
                assert!(one.name() != other.name() && one.style() != other.style());
            }
        }
    }

    #[test]
    fn a_voice_is_one_that_openai_has() {
        let voices = ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"];
        assert!(ALL.iter().filter_map(|persona| persona.voice()).all(|voice| voices.contains(&voice)));
    }

    #[test]
    fn a_style_says_nothing_about_judging() {
        for persona in ALL {
            let style = persona.style().to_lowercase();
            for word in ["score", "grade", "judge", "criteri", "strict", "lenient", "easy", "hard", "difficult"] {
                assert!(!style.contains(word), "{persona:?}: {word}");
            }
        }
    }
}
