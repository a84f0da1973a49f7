//! The report on an interview: how it comes about, what stands in it, and what is stored beside it.

use serde_json::{Value as Json, json};

use super::hall::Hall;
use super::judge;
use super::said::{added, done, heard, speech, whole};
use super::talk::{Talk, post};
use super::world::{code, json as body};

pub const SECRET: &str = "canary-receipt-canary-receipt-canary";
pub const ANSWER: &str = "I baked four hundred loaves a night, and I cut the waste by a third.";

pub fn hall() -> Hall {
    Hall::new(&[("RECEIPT_SECRET", SECRET)])
}

/// One question of the interviewer and the answer to it, in lines of these numbers.
pub fn tell(talk: &Talk, number: usize, question: &str, answer: &str) {
    let [asked, said] = [number, number + 1].map(|number| format!("item_{number}"));
    let previous = number.checked_sub(1).map(|number| format!("item_{number}"));
    talk.hears(added(&asked, "assistant", previous.as_deref()));
    talk.hears(whole(&asked, question));
    talk.hears(done(&asked, "completed", "completed"));
    talk.hears(speech(&said));
    talk.hears(added(&said, "user", Some(&asked)));
    talk.hears(heard(&said, answer));
}

/// Both have spoken: line 0 is a question, line 1 the answer to it.
pub fn told_with(hall: &Hall, answer: &str) -> Talk {
    let talk = Talk::spoken(hall);
    tell(&talk, 0, "What did you do in your last job?", answer);
    talk.go_on(120);
    talk
}

pub fn told(hall: &Hall) -> Talk {
    told_with(hall, ANSWER)
}

/// It is over, and D1 has been told of it: in this moment its first try begins.
pub fn over(talk: &Talk) {
    talk.end();
    talk.hall.pass(10);
}

pub fn scored(hall: &Hall) -> Talk {
    let talk = told(hall);
    over(&talk);
    assert_eq!(state(&talk), "scored");
    talk
}

pub fn feedback(talk: &Talk) -> Json {
    let answer = talk.get("/feedback");
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

pub fn state(talk: &Talk) -> String {
    feedback(talk)["state"].as_str().expect("a state").to_owned()
}

/// How the page is told it stands: the state, why, and how many tries are left.
pub fn standing(talk: &Talk) -> (String, Json, i64) {
    let told = feedback(talk);
    (state(talk), told["failure"].clone(), told["triesLeft"].as_i64().expect("a number"))
}

pub fn again(talk: &Talk) -> vocahire::edge::Answer {
    talk.hall.call_as(talk.user, post(&format!("/api/sessions/{}/feedback", talk.id), "{}"))
}

pub fn count(hall: &Hall, table: &str) -> i64 {
    hall.database.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

#[test]
fn one_try_makes_a_report_that_quotes_the_person() {
    let hall = hall();
    hall.interviews.openai.judge.takes.set(20_000);
    let talk = told(&hall);
    let bare = |state: &str| {
        json!({
            "state": state, "failure": null, "triesLeft": 9, "counts": null, "report": null, "objections": [],
        })
    };
    assert_eq!(feedback(&talk), bare("open"));
    talk.end();
    assert_eq!(feedback(&talk), bare("waiting"));
    hall.pass_millis(9999);
    assert_eq!(feedback(&talk), bare("waiting"));
    hall.pass_millis(1);
    let told = feedback(&talk);
    assert_eq!((&told["state"], &told["report"]), (&json!("scoring"), &json!(null)));
    assert_eq!(told["counts"]["words"], json!({ "you": 15, "interviewer": 8 }), "what we count is there at once");
    hall.pass_millis(19_999);
    assert_eq!(state(&talk), "scoring");
    hall.pass_millis(1);
    let told = feedback(&talk);
    assert_eq!((&told["state"], &told["failure"], &told["objections"]), (&json!("scored"), &json!(null), &json!([])));
    let quote = json!({ "line": 1, "text": ANSWER, "atMs": 0 });
    let remark = json!({ "text": "Say more of this.", "quote": quote });
    let report = &told["report"];
    assert_eq!(report["nextStep"], remark);
    assert_eq!((&report["strengths"], &report["improvements"]), (&json!([remark]), &json!([remark])));
    assert_eq!((&report["better"], &report["tooShort"]), (&json!(null), &json!(false)));
    let first = json!({
        "criterion": "relevance", "name": "Relevance", "grade": 3, "most": 5, "reason": null, "why": "It was said.",
        "about": "Whether the answers meet the questions, and the job they are about.", "quotes": [quote],
        "anchor": "The question is answered; the way to it is longer than it need be.",
    });
    assert_eq!(report["scores"][0], first);
    let names: Vec<&Json> = report["scores"].as_array().unwrap().iter().map(|score| &score["criterion"]).collect();
    assert_eq!(names, ["relevance", "structure", "specifics", "motivation", "reflection"]);
    assert_eq!(hall.interviews.openai.judge.count(), 1);
    hall.pass(3600);
    assert_eq!(feedback(&talk), told, "and so it stays");
    assert_eq!(hall.interviews.openai.judge.count(), 1);
}

#[test]
fn who_has_judged_by_what_and_what_they_were_told_stands_beside_the_report() {
    let hall = hall();
    let talk = scored(&hall);
    let by = &feedback(&talk)["report"]["evaluatedBy"];
    let at = vocahire::domain::millis::Millis::new(hall.now.get()).iso();
    let hash = by["rubricHash"].as_str().unwrap();
    let expected = json!({
        "kind": "ai", "service": "OpenAI", "model": "gpt-6-luna-2026-09-01", "prompt": "coach-1", "rubric": "coach-1",
        "rubricHash": hash, "at": at,
    });
    assert_eq!((by, hash.len()), (&expected, 64));
    let row =
        "select json_array(session, rubric, person, state, tries, until, failure, model, scored_at) from feedback";
    let row: String = hall.database.query_row(row, [], |row| row.get(0)).unwrap();
    let model = "gpt-6-luna-2026-09-01";
    let kept = json!([talk.id, "coach-1", "user_1", "scored", 1, 0, null, model, hall.now.get()]);
    assert_eq!(serde_json::from_str::<Json>(&row).unwrap(), kept);
    let prompt: String = hall.database.query_row("select prompt from feedback", [], |row| row.get(0)).unwrap();
    assert_eq!(hall.interviews.openai.judge.asked.borrow()[0]["instructions"], prompt);
    let grades = "select group_concat(criterion || ' ' || grade, ', ') from feedback_scores";
    let grades: String = hall.database.query_row(grades, [], |row| row.get(0)).unwrap();
    assert_eq!(grades, "motivation 3, reflection 3, relevance 3, specifics 3, structure 3");
}

#[test]
fn a_question_names_nobody_keeps_nothing_and_leaves_the_form_of_the_answer_to_no_chance() {
    let hall = Hall::new(&[("RECEIPT_SECRET", SECRET), ("FEEDBACK_MODEL", "gpt-of-ours")]);
    scored(&hall);
    let asked = hall.interviews.openai.judge.asked.borrow()[0].clone();
    assert_eq!(
        (&asked["store"], &asked["model"], &asked["reasoning"]["effort"]),
        (&json!(false), &json!("gpt-of-ours"), &json!("low"),)
    );
    let format = &asked["text"]["format"];
    assert_eq!(
        (&format["type"], &format["name"], &format["strict"]),
        (&json!("json_schema"), &json!("interview_feedback"), &json!(true),)
    );
    strict(&format["schema"]);
    let who = asked["safety_identifier"].as_str().unwrap();
    assert!(who.len() >= 40 && !asked.to_string().contains("user_1"), "{who}");
    let (input, lines) = (hall.interviews.openai.judge.input(), judge::lines(&asked));
    let line = |number, who: &str, words: &str| (number, who.to_owned(), words.to_owned());
    assert_eq!(lines, [line(0, "INTERVIEWER", "What did you do in your last job?"), line(1, "PERSON", ANSWER)]);
    assert!(input.starts_with("Job title: Baker\nLevel: mid\nKind of interview: general\n"), "{input}");
}

/// Every object names all of its members, and takes no other.
fn strict(schema: &Json) {
    if let Some(members) = schema["properties"].as_object() {
        let names: Vec<&str> = schema["required"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
        assert_eq!(
            (members.keys().collect::<Vec<_>>(), &schema["additionalProperties"]),
            (names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>().iter().collect(), &json!(false),)
        );
        members.values().for_each(strict);
    }
    if schema["items"].is_object() {
        strict(&schema["items"]);
    }
}

#[test]
fn the_criteria_and_the_language_are_those_of_the_interview() {
    let hall = hall();
    let wish = json!({ "jobTitle": "Baker", "focus": "leadership", "level": "lead", "language": "de" });
    let talk = Talk::started_with(&hall, &wish.to_string());
    talk.exchange();
    hall.pass(1);
    talk.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } }));
    talk.hears(json!({ "type": "output_audio_buffer.started" }));
    tell(&talk, 0, "Was haben Sie zuletzt gemacht?", "Ich habe jede Nacht vierhundert Brote gebacken.");
    talk.go_on(120);
    over(&talk);
    let told = feedback(&talk);
    let names: Vec<&Json> = told["report"]["scores"].as_array().unwrap().iter().map(|score| &score["name"]).collect();
    assert_eq!(names, ["Direction", "People", "Decisions", "Ownership", "Reflection"]);
    let asked = hall.interviews.openai.judge.asked.borrow()[0].clone();
    let instructions = asked["instructions"].as_str().unwrap();
    for part in ["Write every text in German.", "The person leads others.", "direction (Direction): "] {
        assert!(instructions.contains(part), "{part}");
    }
}

#[test]
fn of_what_is_still_going_on_or_scored_there_is_nothing_to_try() {
    let hall = hall();
    let talk = told(&hall);
    assert_eq!(code(&again(&talk)), "409 conflict", "it goes on");
    over(&talk);
    assert_eq!(code(&again(&talk)), "409 conflict", "it is scored");
    assert_eq!(hall.interviews.openai.judge.count(), 1);
}
