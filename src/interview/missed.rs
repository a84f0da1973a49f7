//! What is missing from a transcript: parts in which the two could not talk, or nobody wrote down what they said.

use serde::Serialize;

use super::line::{Line, Source};
use crate::domain::form::{form, words};
use crate::domain::millis::Millis;

/// Each call is joined a second or two after it began.
const SHORTEST: Millis = Millis::of_seconds(3);
/// How a note of it begins.
const MISSED: &str = "missed ";

words! {
    Gap {
        /// Between two calls.
        Away = "away",
        Pause = "pause",
        /// Nobody listened on the sideband.
        Unheard = "unheard",
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Missed {
    pub gap: Gap,
    pub from: Millis,
    pub until: Millis,
}

form! { struct Missed { gap, from, until } }

impl Missed {
    /// As the Room notes it when it is over.
    pub fn note(&self) -> String {
        format!("{MISSED}{} {}", self.gap.word(), self.until.since(self.from).count())
    }

    pub fn read(note: &str, at: Millis) -> Option<Self> {
        let (gap, length) = note.strip_prefix(MISSED)?.split_once(' ')?;
        Some(Self { gap: Gap::parse(gap)?, from: at.minus(Millis::new(length.parse().ok()?)), until: at })
    }
}

/// Whether a reader has to know of it: not what the browser has told in our place, nor the moment in which a call
/// begins.
pub fn is_worth_telling(missed: &Missed, lines: &[Line]) -> bool {
    let within = |line: &Line| line.source == Source::Relay && line.at >= missed.from && line.at <= missed.until;
    let short = missed.until.since(missed.from) < SHORTEST;
    missed.gap != Gap::Unheard || !(short || lines.iter().any(within))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missed(gap: Gap, from: i64, until: i64) -> Missed {
        Missed { gap, from: Millis::of_seconds(from), until: Millis::of_seconds(until) }
    }

    #[test]
    fn a_note_is_read_as_what_it_was() {
        for gap in [Gap::Away, Gap::Pause, Gap::Unheard] {
            let missed = missed(gap, 100, 135);
            assert_eq!(Missed::read(&missed.note(), missed.until), Some(missed));
        }
        for odd in ["media path", "missed", "missed away", "missed sleep 3", "missed away x"] {
            assert_eq!(Missed::read(odd, Millis::default()), None, "{odd}");
        }
    }

    #[test]
    fn what_the_browser_has_told_is_not_missing() {
        let line = serde_json::json!({
            "item": "item_1", "speaker": "person", "text": "Bread.", "mark": "final", "at": 50_000, "end": 51_000,
            "source": "relay", "typed": false,
        });
        let line: Line = crate::domain::form::Form::of(&line).unwrap();
        let all = [
            missed(Gap::Unheard, 0, 2),
            missed(Gap::Unheard, 10, 20),
            missed(Gap::Unheard, 40, 60),
            missed(Gap::Away, 45, 55),
            missed(Gap::Pause, 70, 71),
        ];
        let left = [all[1], all[3], all[4]];
        let told: Vec<Missed> =
            all.into_iter().filter(|it| is_worth_telling(it, std::slice::from_ref(&line))).collect();
        assert_eq!(told, left);
    }
}
