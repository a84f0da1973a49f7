//! Questions that nobody may ask: the interviewer is stopped, takes them back, and everybody is told. And how long the
//! person thinks before an answer.

use serde_json::{Value as Json, json};
use vocahire::port::calls::{Line, Undialled};

use super::feedback::{ANSWER, feedback, hall, over, state, tell, told};
use super::hall::Hall;
use super::judge;
use super::said::{added, done, half, heard, speech, whole};
use super::talk::Talk;
use super::world::json as body;

const AGE: &str = "Before we go on. How old are you?";

fn lines(talk: &Talk) -> Vec<Json> {
    body(&talk.get("/transcript"))["lines"].as_array().unwrap().clone()
}

/// The words of the events that the Room has said since it had said so many.
fn since(talk: &Talk, before: usize) -> Vec<Json> {
    talk.said().iter().skip(before).map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn kinds(said: &[Json]) -> Vec<&str> {
    said.iter().map(|event| event["type"].as_str().unwrap()).collect()
}

/// The interviewer asks it word by word.
fn ask(talk: &Talk, item: &str) {
    talk.hears(added(item, "assistant", Some("item_1")));
    for part in ["Before we go on. ", "How old ", "are you", "?"] {
        talk.hears(half(item, part));
    }
}

fn events(hall: &Hall) -> String {
    let sql = "select group_concat(what, '; ') from (select what from session_events order by number)";
    hall.database.query_row(sql, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_interviewer_is_stopped_in_the_middle_of_it_and_takes_it_back() {
    let hall = hall();
    let talk = told(&hall);
    assert_eq!(talk.beat()["withdrawn"], json!(null));
    let before = talk.said().len();
    ask(&talk, "item_2");
    assert_eq!(kinds(&since(&talk, before)), ["response.cancel", "output_audio_buffer.clear"], "at once, and once");
    assert_eq!(talk.beat()["withdrawn"], json!({ "count": 1, "ground": "age" }));
    talk.hears(half("item_2", " Really"));
    talk.hears(whole("item_2", AGE));
    assert_eq!(since(&talk, before).len(), 2, "what is not over yet cannot be followed by something else");
    talk.hears(done("item_2", "cancelled", "incomplete"));
    let said = since(&talk, before);
    assert_eq!(kinds(&said[2..]), ["response.create"]);
    let instructions = said[2]["response"]["instructions"].as_str().unwrap();
    assert!(
        instructions.starts_with("You have begun a question that must not be asked. Withdraw it"),
        "{instructions}"
    );
    talk.hears(added("item_3", "assistant", Some("item_2")));
    talk.hears(whole("item_3", "I take that back. What did you bake?"));
    talk.hears(done("item_3", "completed", "completed"));
    assert_eq!((since(&talk, before).len(), &talk.beat()["withdrawn"]["count"]), (3, &json!(1)), "once is enough");
    let shown = lines(&talk)[2].clone();
    assert_eq!((&shown["mark"], &shown["text"]), (&json!("withdrawn"), &json!(AGE)));
    over(&talk);
    assert_eq!(lines(&talk)[2], shown);
    assert!(events(&hall).contains("question withdrawn: age"), "{}", events(&hall));
}

#[test]
fn a_question_that_comes_in_one_piece_is_stopped_as_well() {
    let hall = hall();
    let talk = told(&hall);
    let before = talk.said().len();
    talk.hears(added("item_2", "assistant", Some("item_1")));
    talk.hears(half("item_2", AGE));
    assert_eq!(kinds(&since(&talk, before)), ["response.cancel", "output_audio_buffer.clear"]);
    talk.hears(done("item_2", "cancelled", "incomplete"));
    assert_eq!(kinds(&since(&talk, before)[2..]), ["response.create"]);
    assert_eq!(lines(&talk)[2]["mark"], json!("withdrawn"));
}

#[test]
fn a_question_whose_beginning_nobody_heard_is_stopped_when_it_is_known() {
    let hall = hall();
    let talk = told(&hall);
    let before = talk.said().len();
    talk.hears(whole("item_2", AGE));
    assert_eq!(kinds(&since(&talk, before)), ["response.cancel", "output_audio_buffer.clear"]);
    talk.hears(whole("item_2", AGE));
    talk.hears(done("item_2", "completed", "completed"));
    assert_eq!(kinds(&since(&talk, before)), ["response.cancel", "output_audio_buffer.clear", "response.create"]);
    assert_eq!((&lines(&talk)[2]["mark"], &talk.beat()["withdrawn"]["count"]), (&json!("withdrawn"), &json!(1)));
}

#[test]
fn each_one_counts_and_whoever_forgets_in_between_still_stops_the_next() {
    let hall = hall();
    let talk = told(&hall);
    ask(&talk, "item_2");
    talk.hears(done("item_2", "cancelled", "incomplete"));
    hall.evict(&talk.id);
    talk.go_on(5);
    assert_eq!(talk.beat()["withdrawn"]["count"], 1);
    let before = talk.said().len();
    talk.hears(whole("item_3", "I take that back."));
    ask(&talk, "item_4");
    assert_eq!(kinds(&since(&talk, before)), ["response.cancel", "output_audio_buffer.clear"]);
    assert_eq!(talk.beat()["withdrawn"], json!({ "count": 2, "ground": "age" }));
    talk.hears(done("item_4", "cancelled", "incomplete"));
    assert_eq!(kinds(&since(&talk, before)).len(), 3);
}

#[test]
fn what_the_person_says_is_theirs_to_say() {
    let hall = hall();
    let talk = told(&hall);
    let before = talk.said().len();
    talk.hears(speech("item_2"));
    talk.hears(json!({
        "type": "conversation.item.input_audio_transcription.delta", "item_id": "item_2", "delta": "How old are you?"
    }));
    talk.hears(heard("item_2", "How old are you? I may ask that."));
    assert_eq!((since(&talk, before).len(), &talk.beat()["withdrawn"]), (0, &json!(null)));
    assert_eq!(lines(&talk)[2]["mark"], "final");
}

#[test]
fn one_that_only_the_browser_heard_is_marked_and_nobody_is_stopped() {
    let hall = hall();
    let talk = told(&hall);
    let before = talk.said().len();
    hall.interviews.openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 3]);
    hall.interviews.openai.wire().unwrap().close();
    hall.settle();
    talk.say("transcript", &json!({ "batch": 1, "events": [whole("item_2", AGE)] }));
    assert_eq!(talk.beat()["withdrawn"], json!({ "count": 1, "ground": "age" }));
    talk.go_on(30);
    talk.hears(done("item_9", "completed", "completed"));
    assert_eq!(kinds(&since(&talk, before)), [""; 0]);
    assert_eq!(lines(&talk)[2]["mark"], "withdrawn");
    talk.hears(whole("item_2", AGE));
    assert_eq!(kinds(&since(&talk, before)), [""; 0], "it was long ago");
    assert_eq!(talk.beat()["withdrawn"]["count"], 1);
}

#[test]
fn a_question_that_was_taken_back_is_not_held_against_its_answer() {
    let hall = hall();
    let talk = told(&hall);
    ask(&talk, "item_2");
    talk.hears(done("item_2", "cancelled", "incomplete"));
    tell(&talk, 3, "I take that back. Why bread?", "Because everybody needs it every morning.");
    over(&talk);
    assert_eq!(state(&talk), "scored");
    let asked = hall.interviews.openai.judge.asked.borrow()[0].clone();
    assert!(!asked.to_string().contains("How old"), "{:?}", judge::lines(&asked));
    let shown: Vec<String> = lines(&talk).iter().map(|line| line["text"].to_string()).collect();
    for (number, _, words) in judge::lines(&asked) {
        assert!(shown[usize::try_from(number).unwrap()].contains(&words), "{number} {words}: {shown:?}");
    }
}

/// How long the person was silent before each line, as D1 keeps it.
fn waits(hall: &Hall) -> Vec<Option<i64>> {
    let mut found = hall.database.prepare("select waited_ms from transcript_lines order by number").unwrap();
    let rows = found.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

fn silence(talk: &Talk, millis: i64) {
    talk.hears(json!({ "type": "output_audio_buffer.stopped", "response_id": "resp_1" }));
    talk.hall.pass_millis(millis);
}

#[test]
fn the_pause_before_an_answer_is_measured_from_the_last_sound_to_the_first() {
    let hall = hall();
    let talk = Talk::spoken(&hall);
    talk.hears(whole("item_0", "Why bread?"));
    silence(&talk, 3200);
    talk.hears(speech("item_1"));
    hall.pass(4);
    talk.hears(speech("item_2"));
    talk.hears(heard("item_1", ANSWER));
    talk.hears(heard("item_2", "And I liked it."));
    talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_2" }));
    talk.hears(whole("item_3", "And why at night?"));
    silence(&talk, 1000);
    talk.hears(speech("item_4"));
    talk.hears(heard("item_4", "Because people eat in the morning."));
    talk.go_on(120);
    over(&talk);
    assert_eq!(waits(&hall), [None, Some(3200), None, None, Some(1000)], "who has begun has not waited");
    let pauses = json!({ "known": 2, "medianMs": 2100, "longestMs": 3200, "longestLine": 1 });
    assert_eq!(feedback(&talk)["counts"]["pauses"], pauses);
}

#[test]
fn whoever_breaks_in_has_not_waited() {
    let hall = hall();
    let talk = Talk::spoken(&hall);
    talk.hears(whole("item_0", "Why bread, and not"));
    hall.pass(2);
    talk.hears(speech("item_1"));
    talk.hears(json!({ "type": "output_audio_buffer.cleared", "response_id": "resp_1" }));
    talk.hears(done("item_0", "cancelled", "incomplete"));
    hall.pass(3);
    talk.hears(heard("item_1", "Because everybody needs it."));
    talk.hears(speech("item_2"));
    talk.hears(heard("item_2", ANSWER));
    talk.go_on(120);
    over(&talk);
    assert_eq!(waits(&hall), [None, None, None]);
    assert_eq!(feedback(&talk)["counts"]["pauses"], json!(null));
    assert_eq!(feedback(&talk)["counts"]["interruptions"], json!({ "byYou": 1, "of": 1 }));
}

#[test]
fn a_pause_is_not_known_where_the_room_forgot_or_only_the_browser_heard() {
    let hall = hall();
    let talk = Talk::spoken(&hall);
    talk.hears(whole("item_0", "Why bread?"));
    silence(&talk, 1000);
    hall.evict(&talk.id);
    talk.go_on(5);
    talk.hears(speech("item_1"));
    talk.hears(heard("item_1", ANSWER));
    talk.go_on(120);
    over(&talk);
    assert_eq!(waits(&hall), [None, None]);
}
