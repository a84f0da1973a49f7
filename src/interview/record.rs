//! An interview that is over, as a whole: for whoever reads it to judge it.

use super::choice::{Focus, Language, Level};
use super::line::Line;
use super::visit::Visit;
use super::{desk, past, store};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::port::World;

pub struct Record {
    pub job_title: String,
    pub job_description: Option<String>,
    pub level: Level,
    pub focus: Focus,
    pub language: Language,
    /// In order, each under its number, which is its place.
    pub lines: Vec<Line>,
}

/// None, where D1 has none of this person.
pub async fn read<W: World>(world: &W, visit: Visit<'_>) -> Result<Option<Record>, Fault> {
    let (about, said) = store::record(world.db(), visit.person, visit.session, past::ALL_LINES).await?;
    let Some(about) = about else { return Ok(None) };
    let read = || {
        Some(Record {
            level: Level::parse(&about.level)?,
            focus: Focus::parse(&about.focus)?,
            language: Language::parse(&about.language)?,
            lines: said.into_iter().map(past::line).collect::<Option<_>>()?,
            job_title: about.job_title,
            job_description: about.job_description,
        })
    };
    read().map(Some).ok_or_else(|| Fault::Database { why: "an interview with a word that is none".to_owned() })
}

/// How far an interview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Open,
    /// Over, and on its way to D1: what was said may still change.
    Ending,
    Kept,
    /// D1 alone knows it any more: nothing happens by itself.
    Past,
}

pub async fn stands<W: World>(world: &W, visit: Visit<'_>) -> Result<Stands, Failure> {
    match desk::look(world, visit.session, visit.person).await? {
        Some(told) if told.outcome.is_none() => Ok(Stands::Open),
        Some(told) if !told.archived => Ok(Stands::Ending),
        Some(_) => Ok(Stands::Kept),
        None => {
            let found = store::find(world.db(), visit.person, visit.session).await?;
            found.map(|_| Stands::Past).ok_or(Refusal::NotFound.into())
        }
    }
}
