//! What a person learns from an interview.
//!
//! [`score`] has it judged by a model and lets nothing through that the person has not said: [`prompt`] is what is
//! asked, by the criteria of [`rubric`]; [`blind`] takes away who somebody is before a model reads it; [`evidence`]
//! holds what the model quotes against what was said, and [`judge`] makes the report of what holds. [`counts`] is what
//! we count without any model. [`report`], [`progress`] and [`receipt`] are what people see of it. [`resume`] is what
//! they bring along. [`letters`] is what the others look at text with.

pub mod blind;
pub mod counts;
pub mod evidence;
pub mod judge;
mod letters;
pub mod progress;
pub mod prompt;
pub mod receipt;
pub mod report;
pub mod resume;
pub mod rubric;
pub mod score;
mod store;

use serde_json::Value;

use crate::domain::millis::Millis;
use crate::interview::line::{Mark, Speaker};

/// A line of the transcript, as far as this room looks at it. The text is in the normal form KC of Unicode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As the transcript counts.
    pub number: i64,
    pub speaker: Speaker,
    pub text: String,
    pub mark: Mark,
    pub at: Millis,
    pub end: Millis,
    pub typed: bool,
    /// How long the person was silent before it, where that was measured.
    pub waited: Option<Millis>,
}

/// A member of an object; null where it is not there.
fn member<'a>(of: &'a Value, name: &str) -> &'a Value {
    of.get(name).unwrap_or(&Value::Null)
}
