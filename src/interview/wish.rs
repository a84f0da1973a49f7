//! What a person asks for when they start an interview: read once, cleaned once, trusted afterwards.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::Serialize;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::choice::{Focus, Language, Level, Pace};
use super::persona::Persona;
use crate::domain::failure::Refusal;
use crate::domain::form::form;
use crate::domain::id::{ResumeId, SessionId};
use crate::domain::text::{Shape, clean};
use crate::upstream::openai::call::Patience;

/// In characters, counted after cleaning.
const LONGEST_LINE: usize = 120;
const LONGEST_DESCRIPTION: usize = 4000;
const MINUTES: [i64; 2] = [15, 30];
const USUAL_MINUTES: i64 = 30;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wish {
    pub job_title: String,
    pub job_description: Option<String>,
    pub company: Option<String>,
    pub level: Level,
    pub focus: Focus,
    pub language: Language,
    pub persona: Persona,
    pub minutes: i64,
    /// How long the interviewer waits, and how fast it speaks: for the talk alone, and for nobody who judges it.
    pub patience: Patience,
    pub pace: Pace,
    /// That the interviewer may read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume: Option<ResumeId>,
}

form! {
    struct Wish {
        job_title = "jobTitle", job_description = "jobDescription", company, level, focus, language, persona, minutes,
        patience, pace, resume,
    }
}

impl Wish {
    /// What the person wrote is gone; what they chose from lists stays.
    pub fn forget(&mut self) {
        (self.job_title, self.job_description, self.company, self.resume) = (String::new(), None, None, None);
    }
}

/// The body of the request for a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    pub wish: Wish,
    /// The open interview that this one takes the place of.
    pub replace: Option<SessionId>,
    /// Credits may pay for what a plan does not cover any more today.
    pub credits: bool,
}

/// `nfc` brings text into the normal form C of Unicode; the platform has it, its tables need not be ours.
pub fn read(bytes: &[u8], nfc: &dyn Fn(&str) -> String) -> Result<Start, Refusal> {
    let body: Value = serde_json::from_slice(bytes).map_err(|_| Refusal::BadJson)?;
    let body = Body { fields: body.as_object().ok_or(Refusal::BadRequest { field: "body" })?, nfc };
    let job_title = body.text("jobTitle", Shape::Line)?.ok_or(Refusal::BadRequest { field: "jobTitle" })?;
    let wish = Wish {
        job_title,
        job_description: body.text("jobDescription", Shape::Lines)?,
        company: body.text("company", Shape::Line)?,
        level: body.word("level", Level::parse)?.unwrap_or(Level::Mid),
        focus: body.word("focus", Focus::parse)?.unwrap_or(Focus::General),
        language: body.word("language", Language::parse)?.unwrap_or(Language::English),
        persona: body.word("persona", Persona::parse)?.unwrap_or(Persona::Warm),
        minutes: body.minutes()?,
        patience: body.word("patience", Patience::parse)?.unwrap_or(Patience::Normal),
        pace: body.word("pace", Pace::parse)?.unwrap_or(Pace::Normal),
        resume: body.word("resumeId", ResumeId::parse)?,
    };
    Ok(Start { wish, replace: body.word("replace", SessionId::parse)?, credits: body.flag("payWithCredits")? })
}

/// Alike for two bodies that ask for the same, however they were written.
pub fn fingerprint(start: &Start) -> String {
    // Neither has a map or a float in it, so that writing them cannot fail and has one order.
    let mut canonical = serde_json::to_vec(&(&start.wish, &start.replace)).unwrap_or_default();
    canonical.extend(start.credits.then_some(b'+'));
    STANDARD_NO_PAD.encode(Sha256::digest(canonical))
}

struct Body<'a> {
    fields: &'a Map<String, Value>,
    nfc: &'a dyn Fn(&str) -> String,
}

impl Body<'_> {
    /// A member that is null is one that is not there.
    fn string(&self, field: &'static str) -> Result<Option<&str>, Refusal> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::BadRequest { field }),
        }
    }

    /// Nothing is left of some texts, and then there is none.
    fn text(&self, field: &'static str, shape: Shape) -> Result<Option<String>, Refusal> {
        let Some(raw) = self.string(field)? else { return Ok(None) };
        let text = (self.nfc)(&clean(raw, shape));
        let most = if shape == Shape::Line { LONGEST_LINE } else { LONGEST_DESCRIPTION };
        if text.chars().count() > most {
            return Err(Refusal::BadRequest { field });
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    fn word<T>(&self, field: &'static str, parse: fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        let Some(word) = self.string(field)? else { return Ok(None) };
        parse(word).map(Some).ok_or(Refusal::BadRequest { field })
    }

    fn flag(&self, field: &'static str) -> Result<bool, Refusal> {
        match self.fields.get(field) {
            None | Some(Value::Null) => Ok(false),
            Some(value) => value.as_bool().ok_or(Refusal::BadRequest { field }),
        }
    }

    fn minutes(&self) -> Result<i64, Refusal> {
        let Some(given) = self.fields.get("minutes").filter(|given| !given.is_null()) else { return Ok(USUAL_MINUTES) };
        let known = given.as_i64().filter(|minutes| MINUTES.contains(minutes));
        known.ok_or(Refusal::BadRequest { field: "minutes" })
    }
}

#[cfg(test)]
mod tests;
