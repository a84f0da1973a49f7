//! OpenAI as it judges interviews: mostly it quotes what the person said, sometimes it makes it up, and sometimes
//! nothing comes of it.

use serde_json::{Value as Json, json};
use vocahire::domain::millis::Millis;
use vocahire::port::clock::Clock;
use vocahire::port::http::{Ask, HttpFailure, Reply as HttpReply};

use super::doors;
use super::feedback;
use super::pages;
use super::ports::Seat;
use super::sim::{Kind, Sim};

/// What is to be judged.
struct Asked {
    person: Vec<(i64, String)>,
    interviewer: Vec<(i64, String)>,
    criteria: Vec<String>,
}

impl Asked {
    /// Nothing is kept over there, and the form of the answer is not left to chance.
    fn read(body: &[u8]) -> Self {
        let told: Json = serde_json::from_slice(body).unwrap();
        let format = &told["text"]["format"];
        assert_eq!((&told["store"], &format["strict"]), (&json!(false), &json!(true)), "kept, or without a form");
        let who = told["safety_identifier"].as_str().unwrap();
        assert!(!who.is_empty() && !who.contains("user_"), "{who} names the person");
        let input = told["input"][0]["content"][0]["text"].as_str().unwrap();
        let (mut person, mut interviewer) = (Vec::new(), Vec::new());
        for line in input.lines().filter_map(|line| line.strip_prefix('#')) {
            let (number, rest) = line.split_once(' ').unwrap();
            let (who, words) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));
            let list = if who == "PERSON" { &mut person } else { &mut interviewer };
            list.push((number.parse().unwrap(), words.to_owned()));
        }
        let named = &format["schema"]["properties"]["scores"]["items"]["properties"]["criterion"]["enum"];
        let criteria = named.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        assert!(!person.is_empty(), "of nothing there is nothing to ask");
        Self { person, interviewer, criteria }
    }
}

/// 1. Some questions never arrive.
/// 2. It takes its time, sometimes more than anybody waits. Meanwhile the person does what people do.
/// 3. Some answers never arrive.
pub async fn answer(seat: &Seat, ask: &Ask, body: &[u8]) -> Result<HttpReply, HttpFailure> {
    doors::authorized(&ask.headers);
    let asked = Asked::read(body);
    let unreachable = || HttpFailure::Unreachable("nobody there".to_owned());
    // 1
    seat.point("before the question").await;
    feedback::stumble(seat, "before the question").await;
    if seat.mishap(20, "the question before") {
        return Err(unreachable());
    }
    // 2
    if let Some(Kind::Room(room)) = seat.object.as_ref().map(|object| &object.kind) {
        pages::meanwhile(&seat.sim, &room.session);
    }
    let slow = seat.mishap(8, "the judge is slow");
    let takes =
        Millis::of_seconds(if slow { seat.sim.chance.between(40, 220) } else { seat.sim.chance.between(2, 40) });
    seat.errand.place.point.set("while it is judged");
    seat.sleep(takes.min(ask.limit)).await;
    if takes > ask.limit {
        seat.sim.fault("the judge is too slow");
        return Err(HttpFailure::TimedOut);
    }
    // 3
    let (status, body) = reply(&seat.sim, &asked);
    seat.point("after the question").await;
    feedback::stumble(seat, "after the question").await;
    if seat.mishap(20, "the question after") {
        return Err(unreachable());
    }
    Ok(HttpReply { status, body: body.into_bytes() })
}

fn reply(sim: &Sim, asked: &Asked) -> (u16, String) {
    let told = |kind: &str| sim.tally.count("judge", kind);
    let error = |code: &str| json!({ "error": { "message": "no", "type": "x", "code": code } }).to_string();
    let whole = |content: Json| response("completed", &json!(null), content).to_string();
    let text = |text: &str| whole(json!({ "type": "output_text", "text": text }));
    let kind = if sim.calm.get() { usize::MAX } else { sim.chance.below(80) };
    let (word, status, body) = match kind {
        0..4 => ("refuses", 200, whole(json!({ "type": "refusal", "refusal": "I would rather not." }))),
        4..8 => ("is cut off", 200, cut_off("max_output_tokens")),
        8..9 => ("is filtered", 200, cut_off("content_filter")),
        9..11 => ("says no JSON", 200, text("Well, it was fine.")),
        11..13 => ("says something else", 200, text(&json!({ "grade": 5 }).to_string())),
        13..14 => ("is garbage", 200, "<html>".to_owned()),
        14..16 => ("500", 500, "{}".to_owned()),
        16..18 => ("429 rate_limit_exceeded", 429, error("rate_limit_exceeded")),
        18..19 => ("429 insufficient_quota", 429, error("insufficient_quota")),
        _ => ("reports", 200, text(&report(sim, asked).to_string())),
    };
    told(word);
    (status, body)
}

fn response(status: &str, details: &Json, content: Json) -> Json {
    json!({
        "id": "resp_1", "object": "response", "status": status, "model": "gpt-6-luna-2026-09-01",
        "incomplete_details": details, "error": null, "output": [
            { "type": "reasoning", "id": "rs_1", "summary": [] },
            { "type": "message", "role": "assistant", "content": [content] },
        ],
    })
}

fn cut_off(reason: &str) -> String {
    let content = json!({ "type": "output_text", "text": "{\"next_step\": {\"te" });
    response("incomplete", &json!({ "reason": reason }), content).to_string()
}

fn report(sim: &Sim, asked: &Asked) -> Json {
    let honest = sim.chance.one_in(2);
    let quote = || quote(sim, asked, honest);
    let remark = || {
        let (line, quote) = quote();
        let text = if sim.chance.one_in(4) { format!("You said \u{201c}{quote}\u{201d}.") } else { "More.".to_owned() };
        json!({ "text": text, "line": line, "quote": quote })
    };
    let remarks = || (0..sim.chance.below(5)).map(|_| remark()).collect::<Vec<_>>();
    let score = |criterion: &String| {
        let grade = match sim.chance.below(12) {
            0 => json!(null),
            1 => json!(7),
            _ => json!(sim.chance.between(1, 5)),
        };
        let evidence =
            (0..sim.chance.below(4)).map(|_| quote()).map(|(line, quote)| json!({ "line": line, "quote": quote }));
        json!({ "criterion": criterion, "grade": grade, "why": "So it was.", "evidence": evidence.collect::<Vec<_>>() })
    };
    let forgotten = sim.chance.below(20);
    let scores =
        asked.criteria.iter().enumerate().filter(|(n, _)| *n != forgotten).map(|(_, criterion)| score(criterion));
    let better = sim.chance.one_in(2).then(|| {
        let line = asked.interviewer.first().map_or(99, |(line, _)| *line) + sim.chance.between(0, 1);
        json!({ "question_line": line, "answer": "Like this." })
    });
    json!({ "next_step": remark(), "scores": scores.collect::<Vec<_>>(), "strengths": remarks(),
        "improvements": remarks(), "better_answer": better })
}

/// Words of the person, or what looks like it.
fn quote(sim: &Sim, asked: &Asked, honest: bool) -> (i64, String) {
    let chance = &sim.chance;
    let (line, words) = chance.pick(&asked.person).clone();
    let many: Vec<&str> = words.split(' ').collect();
    let half = many.len() / 2;
    let kind = if honest { 0 } else { chance.below(8) };
    let (word, line, quote) = match kind {
        0 | 1 => ("quotes a line", line, words.clone()),
        2 => ("quotes a part", line, many[half / 2..].join(" ")),
        3 => ("makes it up", line, "I led a team of forty bakers in three towns.".to_owned()),
        4 => match asked.interviewer.is_empty() {
            true => ("quotes nobody", line, String::new()),
            false => {
                let (line, words) = chance.pick(&asked.interviewer).clone();
                ("quotes the interviewer", line, words)
            }
        },
        5 => ("quotes a half truth", line, format!("{} and I doubled what we earned by it", many[..half].join(" "))),
        6 => ("quotes another line", line + 2, words.clone()),
        _ => {
            let (_, other) = chance.pick(&asked.person);
            ("joins two lines", line, format!("{} {other}", many[half..].join(" ")))
        }
    };
    sim.tally.count("judge", word);
    (line, if chance.one_in(4) { quote.to_uppercase().replace(' ', "  ") } else { quote })
}
