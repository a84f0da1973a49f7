//! From what a model says of an interview to the report that a person sees. Whatever rests on words that the person has
//! not said is left out, and a grade without such words is empty, with its reason.

use serde_json::Value;

use super::evidence::{Quote, Why};
use super::member;
use super::rubric::{self, Criterion};
use crate::domain::form::object;

/// Of each kind of remark.
const REMARKS: usize = 3;
/// In characters; what is longer is cut.
const LONGEST: usize = 600;
const LONGEST_ANSWER: usize = 1500;
const QUOTES: usize = 3;
const NONE: Vec<Value> = Vec::new();

/// What a report needs to know of the talk.
pub struct Talk<'a> {
    /// The words of the person that a model means, if they said them.
    pub quote: &'a dyn Fn(i64, &str) -> Result<Quote, Why>,
    /// When a line was said, in milliseconds.
    pub at: &'a dyn Fn(i64) -> i64,
    /// Without quotation marks around what nobody said.
    pub plain: &'a dyn Fn(&str) -> String,
    /// What the interviewer said in a line.
    pub asked: &'a dyn Fn(i64) -> Option<String>,
}

/// The parts of a report that need a judgement.
#[derive(Debug, PartialEq)]
pub struct Judged {
    pub parts: Value,
    /// Of each criterion, in the order of the rubric.
    pub grades: Vec<(&'static str, Option<i64>)>,
}

/// None, when it is not what was asked for.
pub fn judge(said: &Value, criteria: &[&'static Criterion], talk: &Talk) -> Option<Judged> {
    let graded = said.get("scores")?.as_array()?;
    let mut grades = Vec::new();
    let mut scores = Vec::new();
    for criterion in criteria {
        let entry = graded.iter().find(|entry| text(entry, "criterion") == Some(criterion.word));
        let score = score(entry, talk);
        let grade = score.as_ref().ok().map(|(grade, _)| *grade);
        grades.push((criterion.word, grade));
        scores.push(told(criterion, entry, score, talk));
    }
    let improvements = remarks(said, "improvements", talk);
    let parts = object!({
        "nextStep": next_step(said, &improvements, talk),
        "scores": scores,
        "strengths": remarks(said, "strengths", talk).into_iter().filter(|remark| !member(remark, "quote").is_null())
            .collect::<Vec<_>>(),
        "improvements": improvements,
        "better": better(said, talk),
    });
    Some(Judged { parts, grades })
}

/// A report of an interview in which nothing was said that could be judged.
pub fn too_short(criteria: &[&'static Criterion]) -> Judged {
    let scores = criteria.iter().map(|criterion| empty(criterion, Some("too_short"), None)).collect::<Vec<_>>();
    Judged {
        parts: object!({
            "nextStep": Value::Null, "scores": scores, "strengths": NONE, "improvements": NONE, "better": Value::Null,
        }),
        grades: criteria.iter().map(|criterion| (criterion.word, None)).collect(),
    }
}

/// The grade and the words that it stands on, or why there is none.
fn score(entry: Option<&Value>, talk: &Talk) -> Result<(i64, Vec<Quote>), &'static str> {
    let entry = entry.ok_or("no_evidence")?;
    let grade = entry.get("grade").and_then(Value::as_i64).filter(|grade| (1..=rubric::BEST).contains(grade));
    let grade = grade.ok_or("no_evidence")?;
    let evidence = entry.get("evidence").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut quotes: Vec<Quote> = Vec::new();
    let mut wrong = None;
    for given in evidence {
        match quoted(given, talk) {
            Ok(quote) if quotes.len() < QUOTES && !quotes.contains(&quote) => quotes.push(quote),
            Ok(_) => {}
            Err(why) => wrong = wrong.or(Some(why)),
        }
    }
    if quotes.is_empty() { Err(wrong.map_or("no_evidence", reason)) } else { Ok((grade, quotes)) }
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::NotFound => "not_found",
        Why::NotYours => "not_yours",
        Why::TooShort => "too_short",
        Why::NoAnswer => "no_answer",
    }
}

fn told(
    criterion: &Criterion,
    entry: Option<&Value>,
    score: Result<(i64, Vec<Quote>), &'static str>,
    talk: &Talk,
) -> Value {
    // What a model says of a grade that does not stand is not shown either; why it gave none is.
    let why = || entry.and_then(|entry| text(entry, "why")).map(|why| short(&(talk.plain)(why), LONGEST));
    match score {
        Ok((grade, quotes)) => object!({
            "criterion": criterion.word, "name": criterion.name, "about": criterion.about, "grade": grade,
            "most": rubric::BEST, "anchor": criterion.anchor(grade), "reason": Value::Null, "why": why(),
            "quotes": quotes.iter().map(|quote| show(quote, talk)).collect::<Vec<_>>(),
        }),
        Err("no_evidence") => empty(criterion, Some("no_evidence"), why().filter(|_| is_ungraded(entry))),
        Err(reason) => empty(criterion, Some(reason), None),
    }
}

fn is_ungraded(entry: Option<&Value>) -> bool {
    entry.and_then(|entry| entry.get("grade")).is_some_and(Value::is_null)
}

fn empty(criterion: &Criterion, reason: Option<&str>, why: Option<String>) -> Value {
    object!({
        "criterion": criterion.word, "name": criterion.name, "about": criterion.about, "grade": Value::Null,
        "most": rubric::BEST, "anchor": Value::Null, "reason": reason, "why": why, "quotes": NONE,
    })
}

/// One that names words nobody said says nothing that could be trusted.
fn remarks(said: &Value, kind: &str, talk: &Talk) -> Vec<Value> {
    let given = said.get(kind).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    given.iter().filter_map(|given| remark(given, talk)).take(REMARKS).collect()
}

fn remark(given: &Value, talk: &Talk) -> Option<Value> {
    let words = text(given, "text")?;
    let quote = match text(given, "quote") {
        Some(_) => show(&quoted(given, talk).ok()?, talk),
        None => Value::Null,
    };
    Some(object!({ "text": short(&(talk.plain)(words), LONGEST), "quote": quote }))
}

/// Advice that rests on the person's own words, if there is any. Without them there is none.
fn next_step(said: &Value, improvements: &[Value], talk: &Talk) -> Value {
    let is_quoted = |remark: &Value| !member(remark, "quote").is_null();
    let own = said.get("next_step").and_then(|own| remark(own, talk)).filter(is_quoted);
    let other = || improvements.iter().find(|remark| is_quoted(remark)).cloned();
    own.or_else(other).unwrap_or_default()
}

fn better(said: &Value, talk: &Talk) -> Value {
    let told = || {
        let given = said.get("better_answer")?;
        let line = given.get("question_line")?.as_i64()?;
        let (question, answer) = ((talk.asked)(line)?, text(given, "answer")?);
        Some(object!({ "line": line, "question": question, "answer": short(&(talk.plain)(answer), LONGEST_ANSWER) }))
    };
    told().unwrap_or_default()
}

fn quoted(given: &Value, talk: &Talk) -> Result<Quote, Why> {
    let line = given.get("line").and_then(Value::as_i64).unwrap_or(-1);
    (talk.quote)(line, text(given, "quote").ok_or(Why::NotFound)?)
}

fn show(quote: &Quote, talk: &Talk) -> Value {
    object!({ "line": quote.line, "text": quote.text.as_str(), "atMs": (talk.at)(quote.line) })
}

fn text<'a>(of: &'a Value, name: &str) -> Option<&'a str> {
    of.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text.get(..end).map(|text| format!("{}…", text.trim_end())).unwrap_or_default(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
