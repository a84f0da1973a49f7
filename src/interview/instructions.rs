//! What the interviewer is told: one pure function of what the person asked for.

use super::choice::{Language, Pace};
use super::line::{Line, Mark, Speaker};
use super::wish::Wish;
use crate::port::words::{Source, Words, part};

const FENCE: char = '=';
/// So many in a row make a fence.
const FENCE_LENGTH: usize = 5;
/// In bytes: 6,000 tokens of three letters each.
const LONGEST_TALK: usize = 18_000;

/// What the wish does not say.
#[derive(Clone, Copy, Default)]
pub struct Told<'a> {
    /// A person who does not speak types, and reads the answers.
    pub speaks: bool,
    /// The text that the person lets the interviewer read.
    pub resume: Option<&'a str>,
    /// They have begun, and the line was lost.
    pub again: bool,
    /// In order, what was said before that, as far as it is known.
    pub said: &'a [Line],
    /// They were told to wrap up.
    pub parting: bool,
}

/// `tag` is random and made for this one text: what the person has written or said cannot name it, and so cannot end
/// the part in which it stands. The minutes of the wish are those that are left.
pub fn instructions(wish: &Wish, told: &Told, tag: &str, lists: Source) -> String {
    let list = lists(Words::Instructions);
    let part = |name| part(list, name).to_owned();
    let minutes = |name| part(name).replace("{minutes}", &wish.minutes.to_string());
    let new = !told.again;
    let parts = [
        part(if new { "begin" } else { "again" }),
        format!("Your name is {}. {}", wish.persona.name(), wish.persona.style()),
        part("language").replace("{language}", wish.language.name()),
        part(if told.speaks { "spoken" } else { "written" }),
        part(if wish.pace == Pace::Slow { "slow" } else { "" }),
        subject(wish, list),
        minutes(if new { "whole" } else { "rest" }),
        part("conduct"),
        part("fairness"),
        part("ending"),
        part(if told.parting { "wrap_up en" } else { "" }),
        given(wish, told, tag, list),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// A note or a task for the interviewer, in the language that is spoken.
pub fn said(name: &str, language: Language, lists: Source) -> &'static str {
    part(lists(Words::Instructions), &format!("{name} {}", language.word()))
}

fn subject(wish: &Wish, list: &'static str) -> String {
    let (level, focus) = (part(list, wish.level.word()), part(list, wish.focus.word()));
    format!("The person {level}. The interview is {focus}. Fit your questions to the job described below.")
}

/// The last part, so that nothing stands behind what the person has written but its own end.
fn given(wish: &Wish, told: &Told, tag: &str, list: &'static str) -> String {
    let fence = FENCE.to_string().repeat(FENCE_LENGTH);
    let mut given = format!("Job title: {}", unfenced(&wish.job_title, tag));
    for (name, text) in [("Company", &wish.company), ("Description", &wish.job_description)] {
        if let Some(text) = text {
            given.push_str(&format!("\n{name}: {}", unfenced(text, tag)));
        }
    }
    let mut lead = String::new();
    if let Some(resume) = told.resume {
        given.push_str(&format!("\nResume of the person:\n{}", unfenced(resume, tag)));
        lead = format!("{} ", part(list, "resume"));
    }
    if !told.said.is_empty() {
        given.push_str("\nWhat was said so far:");
        given.push_str(&unfenced(&talk(told.said), tag));
    }
    format!("{lead}{}\n{fence} begin {tag} {fence}\n{given}\n{fence} end {tag} {fence}", part(list, "given"))
}

/// The last of it, as much as fits.
fn talk(said: &[Line]) -> String {
    let mut lines = Vec::new();
    let mut left = LONGEST_TALK;
    for line in said.iter().rev().filter(|line| !line.text.is_empty() && line.mark != Mark::Withdrawn) {
        let who = if line.speaker == Speaker::Interviewer { "Interviewer" } else { "Person" };
        let told = format!("\n{who}: {}", line.text.replace('\n', " "));
        let Some(rest) = left.checked_sub(told.len()) else { break };
        left = rest;
        lines.push(told);
    }
    lines.into_iter().rev().collect()
}

/// Without the tag, and without anything that could be taken for a fence. A space stands where the tag was, so that
/// what was around it does not become a new one.
fn unfenced(text: &str, tag: &str) -> String {
    let (mut free, mut from) = (String::with_capacity(text.len()), 0);
    for (at, found) in text.to_ascii_lowercase().match_indices(&tag.to_ascii_lowercase()) {
        free.push_str(text.get(from..at).unwrap_or_default());
        free.push(' ');
        from = at.saturating_add(found.len());
    }
    free.push_str(text.get(from..).unwrap_or_default());
    let mut run = 0_usize;
    free.retain(|c| {
        run = if c == FENCE { run.saturating_add(1) } else { 0 };
        run < FENCE_LENGTH
    });
    free
}

#[cfg(test)]
mod tests;
