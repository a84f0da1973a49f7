//! By what an interview is judged: criteria with an anchor for each grade. Data, under a version that changes with it.

use sha2::{Digest, Sha256};

use crate::domain::id::in_hexadecimal;
use crate::interview::choice::{Focus, Level};

/// Curves join grades of one version only.
pub const VERSION: &str = "coach-1";

/// How many criteria an interview has.
pub const CRITERIA: usize = 5;

pub const BEST: i64 = 5;

#[derive(Debug, PartialEq, Eq)]
pub struct Criterion {
    pub word: &'static str,
    pub name: &'static str,
    /// What is looked at, in one sentence.
    pub about: &'static str,
    /// What each grade means, from 1 on.
    anchors: [&'static str; 5],
}

impl Criterion {
    pub fn anchors(&self) -> &[&'static str] {
        &self.anchors
    }

    /// What the grade means. None, when it is no grade.
    pub fn anchor(&self, grade: i64) -> Option<&'static str> {
        let place = usize::try_from(grade).ok()?.checked_sub(1)?;
        self.anchors.get(place).copied()
    }
}

/// The criteria of an interview, by what it is about.
pub fn of(focus: Focus) -> [&'static Criterion; CRITERIA] {
    match focus {
        Focus::General => [&RELEVANCE, &STRUCTURE, &SPECIFICS, &MOTIVATION, &REFLECTION],
        Focus::Behavioural => [&STRUCTURE, &SPECIFICS, &OWNERSHIP, &REFLECTION, &RELEVANCE],
        Focus::Technical => [&DEPTH, &REASONING, &TRADEOFFS, &SPECIFICS, &RELEVANCE],
        Focus::Case => [&FRAMING, &REASONING, &STRUCTURE, &RECOMMENDATION, &RELEVANCE],
        Focus::Leadership => [&DIRECTION, &PEOPLE, &DECISIONS, &OWNERSHIP, &REFLECTION],
    }
}

/// Every criterion once, as a page that compares interviews lists them.
pub static ALL: [&Criterion; 14] = [
    &RELEVANCE,
    &STRUCTURE,
    &SPECIFICS,
    &MOTIVATION,
    &REFLECTION,
    &OWNERSHIP,
    &DEPTH,
    &REASONING,
    &TRADEOFFS,
    &FRAMING,
    &RECOMMENDATION,
    &DIRECTION,
    &PEOPLE,
    &DECISIONS,
];

/// How the anchors are to be read at this level.
pub fn expectation(level: Level) -> &'static str {
    match level {
        Level::Entry => {
            "The person is at the beginning of a career. Studies, projects, internships and side jobs count in full; \
             nobody expects that they decided alone or knew the numbers of a company."
        }
        Level::Mid => {
            "The person has some years of experience. Work that they did themselves counts; what their team did \
             counts only as far as their own part in it is told."
        }
        Level::Senior => {
            "The person has long experience. The highest grades need decisions of their own, the reasons for them, and \
             what came of them, seen from more than one side."
        }
        Level::Lead => {
            "The person leads others. The highest grades need direction that they gave, what it did for people and for \
             the result, and what they would answer for."
        }
    }
}

/// Whoever has the rubric can prove that it was this one.
pub fn hash(focus: Focus, level: Level) -> String {
    let mut sum = Sha256::new();
    for text in [VERSION, focus.word(), level.word(), expectation(level)] {
        sum.update(text);
        sum.update([0]);
    }
    for criterion in of(focus) {
        for text in [criterion.word, criterion.name, criterion.about].iter().chain(&criterion.anchors) {
            sum.update(text);
            sum.update([0]);
        }
    }
    in_hexadecimal(&sum.finalize())
}

static RELEVANCE: Criterion = Criterion {
    word: "relevance",
    name: "Relevance",
    about: "Whether the answers meet the questions, and the job they are about.",
    anchors: [
        "Most answers pass the question by.",
        "Answers begin near the question and drift away, or the job could be any job.",
        "The question is answered; the way to it is longer than it need be.",
        "Answers meet the question early and are tied to this job.",
        "Each answer meets exactly what was asked, and says why it matters for this job.",
    ],
};

static STRUCTURE: Criterion = Criterion {
    word: "structure",
    name: "Structure",
    about: "Whether an answer can be followed: where it begins, what happened, what came of it.",
    anchors: [
        "Thoughts without an order; one cannot tell where an answer ends.",
        "There is a beginning, but the steps are mixed up or the end is missing.",
        "Situation and action can be told apart; the result stays vague.",
        "Situation, action and result follow each other, with little that leads aside.",
        "A clear line from the situation through the action to the result, at the right length.",
    ],
};

static SPECIFICS: Criterion = Criterion {
    word: "specifics",
    name: "Specifics",
    about: "Whether claims stand on something: examples, numbers, names of things, what exactly was done.",
    anchors: [
        "General statements only.",
        "An example is named, but nothing in it could be asked after.",
        "One real example with some detail; numbers or results are missing.",
        "Real examples with details that can be checked, and a result.",
        "Exact examples with measures before and after, and how they are known.",
    ],
};

static MOTIVATION: Criterion = Criterion {
    word: "motivation",
    name: "Motivation",
    about: "Whether it becomes clear why this person wants this job.",
    anchors: [
        "No reason is told, or only that a job is needed.",
        "A reason that would fit any job.",
        "A reason that fits the trade, not this job.",
        "Reasons that fit this job, tied to something the person has done.",
        "Reasons from their own experience, tied to this job, with what they would do in it first.",
    ],
};

static REFLECTION: Criterion = Criterion {
    word: "reflection",
    name: "Reflection",
    about: "Whether the person sees what went well and badly, and what they took from it.",
    anchors: [
        "Nothing is looked back at, or only others were at fault.",
        "A difficulty is named, without what it taught.",
        "Something was learned, in general words.",
        "What was learned is named, with its cause.",
        "What was learned is named with its cause, and with what was done differently since.",
    ],
};

static OWNERSHIP: Criterion = Criterion {
    word: "ownership",
    name: "Ownership",
    about: "Whether the person's own part is clear: what they decided, did and answered for.",
    anchors: [
        "One cannot tell what the person did themselves.",
        "Mostly \"we\"; the own part can be guessed.",
        "The own part is named, without decisions of their own.",
        "Own actions and decisions are clear, and set apart from those of others.",
        "Own decisions, their risk and what came of them are told openly, good or bad.",
    ],
};

static DEPTH: Criterion = Criterion {
    word: "depth",
    name: "Depth",
    about: "Whether the knowledge behind the words carries: how and why things work.",
    anchors: [
        "Terms are wrong or stand alone.",
        "Terms are used rightly, without how the thing works.",
        "How it works is explained for the usual case.",
        "How and why it works is explained, with its limits.",
        "Explained from the ground up, with limits, failures met and how they were found.",
    ],
};

static REASONING: Criterion = Criterion {
    word: "reasoning",
    name: "Reasoning",
    about: "Whether one thought leads to the next, and what is assumed is said.",
    anchors: [
        "Conclusions without reasons.",
        "Reasons are named that do not carry the conclusion.",
        "The main step has a reason; what is assumed stays unsaid.",
        "Steps follow from each other, with the main assumptions.",
        "Steps, assumptions and how they would be checked are all said aloud.",
    ],
};

static TRADEOFFS: Criterion = Criterion {
    word: "tradeoffs",
    name: "Trade-offs",
    about: "Whether other ways were weighed, and what the chosen one costs.",
    anchors: [
        "One way only, as if there were no other.",
        "Another way is mentioned, not compared.",
        "Two ways are compared by one measure.",
        "Ways are compared by measures that matter here, with the price of the choice.",
        "Compared by measures that matter, with the price, and when the choice would be another.",
    ],
};

static FRAMING: Criterion = Criterion {
    word: "framing",
    name: "Framing",
    about: "Whether the problem is made clear before it is solved: goal, limits, questions back.",
    anchors: [
        "Solving begins before the problem is understood.",
        "The task is repeated, no more.",
        "The goal is named; limits or open points are missing.",
        "Goal and limits are clear, with questions about what is open.",
        "Goal, limits and measure of success are agreed, and the problem is cut into parts.",
    ],
};

static RECOMMENDATION: Criterion = Criterion {
    word: "recommendation",
    name: "Recommendation",
    about: "Whether it ends in advice that somebody could act on.",
    anchors: [
        "No advice, or it contradicts what came before.",
        "Advice without reasons.",
        "Advice with a reason; how to begin is open.",
        "Clear advice with reasons and a first step.",
        "Clear advice with reasons, first steps, risks, and what would change it.",
    ],
};

static DIRECTION: Criterion = Criterion {
    word: "direction",
    name: "Direction",
    about: "Whether others knew where to go and why.",
    anchors: [
        "No goal that others could follow.",
        "A goal is named, not how others learned of it.",
        "A goal and how it was told; whether it was shared stays open.",
        "A goal with its reason, told and followed up.",
        "A goal with its reason, taken up by others, measured, and changed when it had to be.",
    ],
};

static PEOPLE: Criterion = Criterion {
    word: "people",
    name: "People",
    about: "Whether the person sees, helps and stands up to the people they work with.",
    anchors: [
        "People do not occur, or only as obstacles.",
        "Others are mentioned, not what they needed.",
        "One person's need is seen, with one step taken.",
        "Needs or conflicts are met with steps that fit, and their effect is told.",
        "Difficult moments are met openly, with what changed for the others and between them.",
    ],
};

static DECISIONS: Criterion = Criterion {
    word: "decision",
    name: "Decisions",
    about: "Whether decisions were made in time, on grounds, and stood by.",
    anchors: [
        "No decision is told.",
        "A decision without its grounds.",
        "A decision with one ground; who was heard stays open.",
        "A decision with grounds, who was heard and when it was made.",
        "A hard decision with grounds, who was heard, risk and outcome, and what would have changed it.",
    ],
};

#[cfg(test)]
mod tests;
