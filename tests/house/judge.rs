//! OpenAI as it judges interviews: by script, or with a report that quotes the first line of the person.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use serde_json::{Value as Json, json};
use vocahire::domain::millis::Millis;
use vocahire::port::clock::Clock;
use vocahire::port::http::{Ask, HttpFailure, Reply};

use super::world::House;

#[derive(Default)]
pub struct Judge {
    /// What becomes of the next questions. When nothing is left here, each is answered by [`report`].
    pub replies: RefCell<VecDeque<Result<Reply, HttpFailure>>>,
    /// What was sent, as JSON, and when.
    pub asked: RefCell<Vec<Json>>,
    pub asked_at: RefCell<Vec<i64>>,
    /// How long an answer takes, in milliseconds.
    pub takes: Cell<i64>,
}

impl Judge {
    pub fn reply(&self, status: u16, body: &Json) {
        self.replies.borrow_mut().push_back(Ok(Reply { status, body: body.to_string().into_bytes() }));
    }

    pub fn fail(&self, failure: HttpFailure) {
        self.replies.borrow_mut().push_back(Err(failure));
    }

    /// A whole answer with this in it.
    pub fn say(&self, report: &Json) {
        self.reply(200, &response(&report.to_string()));
    }

    /// The words of the last question, as text.
    pub fn input(&self) -> String {
        input(self.asked.borrow().last().expect("a question")).to_owned()
    }

    pub fn count(&self) -> usize {
        self.asked.borrow().len()
    }
}

pub fn response(text: &str) -> Json {
    json!({
        "id": "resp_1", "object": "response", "status": "completed", "model": "gpt-6-luna-2026-09-01",
        "output": [
            { "type": "reasoning", "id": "rs_1", "summary": [] },
            { "type": "message", "role": "assistant", "content": [{ "type": "output_text", "text": text }] },
        ],
        "error": null, "incomplete_details": null,
    })
}

fn input(asked: &Json) -> &str {
    asked["input"][0]["content"][0]["text"].as_str().expect("an input")
}

/// The lines of a question: number, speaker, words.
pub fn lines(asked: &Json) -> Vec<(i64, String, String)> {
    let line = |line: &str| {
        let (number, rest) = line.strip_prefix('#')?.split_once(' ')?;
        let (speaker, words) = rest.split_once(": ")?;
        Some((number.parse().ok()?, speaker.to_owned(), words.to_owned()))
    };
    input(asked).lines().filter_map(line).collect()
}

/// Grade 3 for all, by the first words of the person that are long enough.
pub fn report(asked: &Json) -> Json {
    let lines = lines(asked);
    let said = lines.iter().find(|(_, who, words)| who == "PERSON" && words.split(' ').count() >= 4);
    let (line, _, quote) = said.cloned().unwrap_or_default();
    let criteria =
        asked["text"]["format"]["schema"]["properties"]["scores"]["items"]["properties"]["criterion"]["enum"]
            .as_array()
            .expect("criteria")
            .clone();
    let evidence = json!([{ "line": line, "quote": quote }]);
    let scores = criteria
        .iter()
        .map(|criterion| json!({ "criterion": criterion, "grade": 3, "why": "It was said.", "evidence": evidence }));
    let remark = json!({ "text": "Say more of this.", "line": line, "quote": quote });
    json!({
        "next_step": remark, "scores": scores.collect::<Vec<_>>(), "strengths": [remark], "improvements": [remark],
        "better_answer": null,
    })
}

pub async fn answer(house: &House, ask: &Ask, body: &[u8]) -> Result<Reply, HttpFailure> {
    let judge = &house.interviews.openai.judge;
    let asked: Json = serde_json::from_slice(body).expect("a question");
    judge.asked.borrow_mut().push(asked.clone());
    judge.asked_at.borrow_mut().push(house.now.get());
    let takes = judge.takes.get();
    house.sleep(Millis::new(takes.min(ask.limit.count()))).await;
    if takes > ask.limit.count() {
        return Err(HttpFailure::TimedOut);
    }
    let scripted = judge.replies.borrow_mut().pop_front();
    scripted.unwrap_or_else(|| {
        Ok(Reply { status: 200, body: response(&report(&asked).to_string()).to_string().into_bytes() })
    })
}
