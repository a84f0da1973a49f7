//! What can be counted of an interview, and is: no model is asked, and everybody can count it again.
//!
//! Whole numbers only. A half is rounded up, and of an even number of values the median is the mean of the middle two.

use serde_json::Value;

use super::Line;
use super::letters::Words;
use crate::domain::form::object;
use crate::domain::sorted::sorted;
use crate::interview::choice::Language;
use crate::interview::line::{Mark, Speaker};
use crate::port::words::Source;

pub(super) use words::Fillers;

mod words;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub your_words: usize,
    pub interviewers_words: usize,
    /// What the person said until the interviewer had the word again is one answer.
    pub answers: usize,
    pub answer_words: Option<Spread>,
    /// Of answers that were spoken, as far as somebody spoke.
    pub answer_seconds: Option<Spread>,
    /// Most frequent first, and by the alphabet where that is equal.
    pub fillers: Vec<(String, usize)>,
    /// Before spoken answers, in milliseconds, where it was measured.
    pub pauses: Option<Spread>,
    /// Lines of the interviewer that were cut off, and all of theirs.
    pub interruptions: (usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    pub known: usize,
    pub median: i64,
    pub longest: i64,
    /// The line with which the longest begins.
    pub line: i64,
}

/// Lines come in the order in which they were said.
pub fn count(lines: &[Line], language: Language, lists: Source) -> Counts {
    let mut counts = Counts::default();
    let mut answers: Vec<Answer> = Vec::new();
    let mut answering = false;
    for line in lines {
        let words = Words::of(&line.text).count();
        if line.speaker == Speaker::Interviewer {
            counts.interviewers_words += words;
            counts.interruptions.0 += usize::from(line.mark == Mark::Interrupted);
            counts.interruptions.1 += 1;
            // Where nothing was heard of the interviewer, the person went on.
            answering &= words == 0;
            continue;
        }
        counts.your_words += words;
        if !answering {
            answers.push(Answer::begun(line));
        }
        answering = true;
        if let Some(answer) = answers.last_mut() {
            answer.goes_on(line, words);
        }
    }
    // Of what could not be written down nobody knows whether it was an answer.
    answers.retain(|answer| answer.words > 0);
    counts.answers = answers.len();
    counts.answer_words = spread(answers.iter().map(|answer| (answer.words, answer.line)).collect());
    let spoken = answers.iter().filter(|answer| answer.spoke > 0);
    let seconds = |answer: &Answer| (answer.spoke.saturating_add(500) / 1000, answer.line);
    counts.answer_seconds = spread(spoken.map(seconds).collect());
    counts.pauses = spread(answers.iter().filter_map(|answer| Some((answer.waited?, answer.line))).collect());
    counts.fillers = Fillers::of(language, lists).count(lines);
    counts
}

struct Answer {
    line: i64,
    words: i64,
    /// In milliseconds, without the silence between its lines.
    spoke: i64,
    /// When the last word of it was spoken.
    until: i64,
    waited: Option<i64>,
}

impl Answer {
    fn begun(line: &Line) -> Self {
        let waited = line.waited.filter(|_| !line.typed).map(|waited| waited.count().max(0));
        Self { line: line.number, words: 0, spoke: 0, until: i64::MIN, waited }
    }

    /// Two lines that overlap were spoken in the time that both cover.
    fn goes_on(&mut self, line: &Line, words: usize) {
        self.words = self.words.saturating_add(i64::try_from(words).unwrap_or(i64::MAX));
        if !line.typed {
            let (from, to) = (line.at.count().max(self.until), line.end.count());
            self.spoke = self.spoke.saturating_add(to.saturating_sub(from).max(0));
            self.until = self.until.max(to);
        }
    }
}

/// Of values and the lines they belong to; nothing is told of none.
fn spread(values: Vec<(i64, i64)>) -> Option<Spread> {
    let values = sorted(values, |(one, _), (other, _)| one < other);
    let known = values.len();
    let (longest, _) = *values.last()?;
    let (_, line) = *values.iter().find(|(value, _)| *value == longest)?;
    let [low, high] = [known.saturating_sub(1) / 2, known / 2].map(|n| values.get(n).map_or(0, |(value, _)| *value));
    let median = low.saturating_add(high.saturating_sub(low).saturating_add(1) / 2);
    Some(Spread { known, median, longest, line })
}

impl Counts {
    pub fn json(&self) -> Value {
        let fillers: Vec<Value> =
            self.fillers.iter().map(|(word, count)| object!({ "word": word.as_str(), "count": *count })).collect();
        let count: usize = self.fillers.iter().map(|(_, count)| count).sum();
        let words = self
            .answer_words
            .map(|words| object!({ "median": words.median, "longest": words.longest, "longestLine": words.line }));
        let seconds = self.answer_seconds.map(|time| object!({ "median": time.median, "longest": time.longest }));
        let pauses = self.pauses.map(|pauses| {
            object!({
                "known": pauses.known, "medianMs": pauses.median, "longestMs": pauses.longest,
                "longestLine": pauses.line,
            })
        });
        object!({
            "words": object!({ "you": self.your_words, "interviewer": self.interviewers_words }),
            "answers": self.answers, "answerWords": words, "answerSeconds": seconds,
            "fillers": object!({ "count": count, "words": fillers }),
            "pauses": pauses,
            "interruptions": object!({ "byYou": self.interruptions.0, "of": self.interruptions.1 }),
        })
    }
}

#[cfg(test)]
mod tests;
