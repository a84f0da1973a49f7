//! Reports long after: of another rubric, of a Room that is gone, of a record that nobody can read any more.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde_json::{Value as Json, json};
use vocahire::domain::id::in_hexadecimal;
use vocahire::upstream::openai::call::name_of;

use super::feedback::{again, feedback, hall, over, scored, standing, state, told};
use super::hall::Hall;
use super::talk::{Talk, post};
use super::world::{Call, code, json as body};

/// As if the rubric had got a new version since.
fn grow_old(hall: &Hall, rubric: &str) {
    let sql = format!(
        "begin; pragma defer_foreign_keys = on; update feedback set rubric = '{rubric}';
        update feedback_scores set rubric = '{rubric}'; commit"
    );
    hall.database.execute_batch(&sql).unwrap();
}

fn object(talk: &Talk, why: &str) -> vocahire::edge::Answer {
    let wish = json!({ "criterion": "structure", "why": why });
    talk.hall.call_as(talk.user, post(&format!("/api/sessions/{}/objection", talk.id), &wish.to_string()))
}

#[test]
fn a_report_by_an_old_rubric_stays_with_its_objections_and_its_receipt() {
    let hall = hall();
    let talk = scored(&hall);
    assert_eq!(object(&talk, "It had an end.").status, 200);
    let before = feedback(&talk);
    assert_eq!(before["objections"].as_array().map(Vec::len), Some(1));
    let signed = |talk: &Talk| body(&talk.get("/receipt"))["signed"]["rubricHash"].clone();
    let receipt = signed(&talk);
    grow_old(&hall, "coach-0");
    // While its Room is there, and when only D1 knows it.
    for why in ["It did have an end.", "It has one."] {
        let told = feedback(&talk);
        assert_eq!((&told["state"], &told["report"]), (&json!("scored"), &before["report"]));
        assert_eq!(told["objections"].as_array().map(Vec::len), Some(1));
        assert_eq!(body(&object(&talk, why))["objections"][0]["why"], why);
        assert_eq!((signed(&talk), receipt.is_string()), (receipt.clone(), true));
        assert_eq!(code(&again(&talk)), "409 conflict", "it is scored");
        hall.pass(1200);
    }
    assert_eq!(hall.interviews.openai.judge.count(), 1);
    let curve = body(&hall.call_as("user_1", Call::get("/api/progress")))["sessions"][0].clone();
    assert_eq!((&curve["rubric"], curve["scores"].as_array().map(Vec::len)), (&json!("coach-0"), Some(5)));
}

#[test]
fn what_stands_by_an_old_rubric_is_not_judged_anew_by_its_room() {
    let hall = hall();
    hall.interviews.openai.judge.reply(500, &json!({}));
    let talk = told(&hall);
    over(&talk);
    assert_eq!(state(&talk), "waiting");
    grow_old(&hall, "coach-0");
    hall.database.execute("update feedback set state = 'scored', scored_at = 1, report = '{}'", []).unwrap();
    hall.pass(1200);
    assert_eq!((state(&talk), hall.interviews.openai.judge.count()), ("scored".to_owned(), 1));
}

#[test]
fn of_several_reports_the_newest_stands() {
    let hall = hall();
    let talk = scored(&hall);
    grow_old(&hall, "coach-0");
    let newer = "insert into feedback (session, rubric, person, state, tries, until, counts, report, scored_at)
        select session, 'coach-00', person, 'scored', 1, 0, '{}', '{\"newer\":true}', scored_at + 1 from feedback";
    hall.database.execute(newer, []).unwrap();
    assert_eq!(feedback(&talk)["report"], json!({ "newer": true }));
}

#[test]
fn an_interview_from_before_there_were_reports_gets_one_when_its_person_wishes() {
    let hall = hall();
    let talk = scored(&hall);
    hall.pass(900);
    hall.database.execute("delete from feedback", []).unwrap();
    assert_eq!(standing(&talk), ("failed".to_owned(), json!(null), 9));
    assert_eq!(body(&again(&talk))["state"], "scored");
}

#[test]
fn whenever_an_interview_goes_while_it_is_tried_it_is_told_as_gone() {
    for batch in 1..=6 {
        let hall = hall();
        let talk = scored(&hall);
        hall.pass(900);
        hall.database.execute("delete from feedback", []).unwrap();
        hall.meanwhile.set(Some((batch, "delete from sessions")));
        assert_eq!(code(&again(&talk)), "404 not_found", "before batch {batch}");
    }
}

#[test]
fn what_the_person_has_tried_the_room_does_not_try_beyond_its_three() {
    let hall = hall();
    (0..4).for_each(|_| hall.interviews.openai.judge.reply(500, &json!({})));
    let talk = told(&hall);
    over(&talk);
    again(&talk);
    again(&talk);
    assert_eq!(standing(&talk), ("failed".to_owned(), json!("unreachable"), 9));
    hall.pass(1200);
    assert_eq!((hall.interviews.openai.judge.count(), state(&talk)), (3, "failed".to_owned()));
}

#[test]
fn a_record_that_nobody_can_read_is_given_up_after_a_day_and_told() {
    let hall = hall();
    hall.interviews.openai.judge.reply(500, &json!({}));
    let talk = told(&hall);
    over(&talk);
    hall.database.execute("update sessions set level = 'odd'", []).unwrap();
    hall.pass(86_000);
    let alerts = || hall.lines.borrow().iter().filter(|line| line.contains("\"level\":\"alert\"")).count();
    assert_eq!((talk.is_empty(), alerts()), (false, 0));
    hall.pass(2400);
    let told: Vec<Json> = hall.lines.borrow().iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let alert = told.iter().find(|line| line["level"] == "alert").expect("an alert");
    assert_eq!((&alert["event"], &alert["session"]), (&json!("room score"), &json!(talk.id)));
    assert_eq!((talk.is_empty(), alerts()), (true, 1));
}

#[test]
fn openai_knows_a_person_by_one_name_and_no_receipt_tells_it() {
    let hall = hall();
    let talk = scored(&hall);
    let name = name_of("user_1");
    let offered = hall.interviews.openai.posts.borrow()[0].headers.clone();
    assert!(offered.contains(&("openai-safety-identifier", name.clone())));
    assert_eq!(hall.interviews.openai.judge.asked.borrow()[0]["safety_identifier"], name);
    let signed = body(&talk.get("/receipt"))["signed"]["person"].clone();
    let bytes = STANDARD_NO_PAD.decode(&name).unwrap();
    assert_eq!((signed.is_string(), signed == in_hexadecimal(&bytes)), (true, false));
}
