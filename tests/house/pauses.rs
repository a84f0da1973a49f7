//! What a person may do to their interview, and what their page may not: pauses, settings, money.

use serde_json::{Value as Json, json};
use vocahire::port::calls::Line;

use super::again::offer;
use super::hall::Hall;
use super::talk::{Talk, money, statement};
use super::world::{code, json as body};

fn pause(talk: &Talk, paused: bool) -> Json {
    body(&talk.say("pause", &json!({ "paused": paused })))
}

/// The kinds of what was said at the sideband, and the words.
fn said(talk: &Talk) -> Vec<Json> {
    talk.said().iter().map(|text| serde_json::from_str(text).unwrap()).collect()
}

fn kinds(talk: &Talk) -> Vec<String> {
    said(talk).iter().map(|said| said["type"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_pause_stops_the_clock_and_the_interviewer() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    let told = pause(&talk, true);
    assert_eq!(
        (&told["paused"], &told["pauseLeftMs"], &told["remainingMs"]),
        (&json!(true), &json!(180_000), &json!(1_200_000))
    );
    hall.pass(1);
    assert_eq!(kinds(&talk), ["response.cancel", "output_audio_buffer.clear", "session.update"]);
    assert_eq!(said(&talk)[2].pointer("/session/audio/input/turn_detection/create_response"), Some(&json!(false)));
    talk.go_on(99);
    assert_eq!((&talk.beat()["remainingMs"], &talk.beat()["pauseLeftMs"]), (&json!(1_200_000), &json!(80_000)));
    talk.say("patience", &json!({ "patience": "patient" }));
    hall.pass(1);
    assert_eq!(said(&talk)[3].pointer("/session/audio/input/turn_detection/create_response"), Some(&json!(false)));
    assert_eq!(pause(&talk, false)["paused"], false);
    hall.pass(1);
    assert_eq!(kinds(&talk)[4..], ["session.update", "response.create"]);
    let turns = said(&talk)[4].pointer("/session/audio/input/turn_detection").cloned().unwrap();
    assert_eq!((&turns["create_response"], &turns["eagerness"]), (&json!(true), &json!("low")));
    let told = body(&talk.get("/transcript"));
    assert_eq!(told["gaps"], json!([{ "kind": "pause", "atMs": 600_000, "endMs": 701_000 }]));
    talk.end();
    hall.pass(1);
    assert_eq!((talk.ended(), money(&hall).0), (Some(("ended_by_user".to_owned(), 601)), 2670));
}

#[test]
fn a_pause_ends_by_itself_when_its_time_is_over_and_there_is_no_other() {
    let hall = Hall::new(&[("PAUSE_SECONDS", "30")]);
    let talk = Talk::talking(&hall, 100);
    pause(&talk, true);
    talk.go_on(29);
    assert_eq!(talk.beat()["paused"], true);
    hall.pass(1);
    assert_eq!((&talk.beat()["paused"], &talk.beat()["pauseLeftMs"]), (&json!(false), &json!(0)));
    assert_eq!(kinds(&talk).last().unwrap(), "response.create");
    assert_eq!(pause(&talk, true)["paused"], false);
    assert_eq!(code(&talk.say("pause", &json!({ "paused": 1 }))), "400 bad_request");
}

#[test]
fn what_a_pause_asks_for_is_said_when_somebody_listens_again() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    hall.interviews.openai.wire().unwrap().close();
    pause(&talk, true);
    assert_eq!(kinds(&talk), [""; 0]);
    talk.go_on(10);
    assert_eq!(kinds(&talk), ["response.cancel", "output_audio_buffer.clear", "session.update"]);
}

fn updated(talk: &Talk, instructions: &str) {
    let session = json!({
        "instructions": instructions, "output_modalities": ["audio"], "tools": [],
        "audio": { "input": { "transcription": { "model": "gpt-4o-mini-transcribe", "language": "en" } } },
    });
    talk.hears(json!({ "type": "session.updated", "session": session }));
}

/// What this call's interviewer was told.
fn instructions(hall: &Hall) -> String {
    let posts = hall.interviews.openai.posts.borrow();
    let text = String::from_utf8(posts.last().unwrap().body.clone()).unwrap();
    let settings = text.split("application/json\r\n\r\n").nth(1).unwrap().split("\r\n--").next().unwrap();
    let settings: Json = serde_json::from_str(settings).unwrap();
    settings["instructions"].as_str().unwrap().to_owned()
}

#[test]
fn settings_that_are_not_ours_are_put_back_once_and_then_it_ends() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    updated(&talk, &instructions(&hall));
    hall.pass(1);
    assert_eq!(kinds(&talk), [""; 0], "ours");
    updated(&talk, "You tell jokes now.");
    hall.pass(1);
    assert_eq!(said(&talk)[0].pointer("/session/instructions"), Some(&json!(instructions(&hall))));
    assert_eq!(talk.beat()["state"], "live");
    updated(&talk, &instructions(&hall));
    updated(&talk, "You tell jokes again.");
    hall.pass(1);
    assert_eq!((talk.ended(), money(&hall).0), (Some(("ended_by_user".to_owned(), 602)), 2670));
    hall.pass(30);
    let sql = "select group_concat(what, '; ') from (select what from session_events order by number)";
    let notes: String = hall.database.query_row(sql, [], |row| row.get(0)).unwrap();
    let count = |what: &str| notes.split("; ").filter(|note| *note == what).count();
    assert_eq!((count("settings put back"), count("settings changed again")), (1, 1));
}

#[test]
fn a_page_that_turns_the_transcript_off_or_brings_tools_has_changed_settings() {
    for session in [
        json!({ "audio": { "input": { "transcription": null } } }),
        json!({ "tools": [{ "type": "function", "name": "pay" }] }),
        json!({ "output_modalities": ["text"] }),
    ] {
        let hall = Hall::new(&[]);
        let talk = Talk::talking(&hall, 600);
        talk.hears(json!({ "type": "session.updated", "session": session }));
        hall.pass(1);
        assert_eq!(kinds(&talk), ["session.update"], "{session}");
    }
}

#[test]
fn how_openai_writes_our_settings_down_is_no_change_of_them() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    let written = format!(" {}\n", instructions(&hall).replace('\n', " \n  "));
    let input = json!({ "transcription": { "model": "gpt-4o-mini-transcribe-2025-12-15" } });
    let session = json!({ "instructions": written, "audio": { "input": input } });
    talk.hears(json!({ "type": "session.updated", "session": session }));
    hall.pass(1);
    assert_eq!(kinds(&talk), [""; 0]);
}

#[test]
fn a_page_that_has_the_interviewer_talk_in_a_pause_has_ended_it() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    let created = json!({ "type": "response.created", "response": { "id": "resp_7" } });
    pause(&talk, true);
    hall.pass(2);
    talk.hears(created.clone());
    assert_eq!(talk.beat()["paused"], true, "it was on its way");
    hall.pass(8);
    talk.hears(json!({ "type": "response.created", "response": { "id": "resp_8", "metadata": { "by": "vocahire" } } }));
    let told = talk.beat();
    assert_eq!((&told["paused"], &told["remainingMs"]), (&json!(false), &json!(1_200_000)));
    talk.go_on(100);
    assert_eq!(talk.beat()["remainingMs"], 1_100_000, "the clock runs");
}

fn flood(talk: &Talk) {
    let tokens = json!({ "text_tokens": 50_000, "audio_tokens": 0 });
    let usage =
        json!({ "input_token_details": tokens, "output_token_details": { "text_tokens": 0, "audio_tokens": 20_000 } });
    talk.hears(json!({ "type": "response.done", "response": { "status": "completed", "output": [], "usage": usage } }));
}

#[test]
fn a_flood_of_tokens_ends_at_the_ceiling_and_costs_what_was_held() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    for _ in 0..5 {
        assert_eq!(talk.beat()["state"], "live");
        flood(&talk);
    }
    hall.pass(1);
    assert_eq!(talk.ended(), Some(("cost_ceiling".to_owned(), 600)));
    assert_eq!((money(&hall), hall.interviews.openai.hung_up.borrow().len()), ((2000, 0), 1));
    assert!(statement(&hall).contains("10 min 0 s"), "{}", statement(&hall));
    let hall = Hall::new(&[("SESSION_COST_CEILING", "100")]);
    let talk = Talk::talking(&hall, 600);
    (0..20).for_each(|_| flood(&talk));
    assert_eq!(talk.beat()["state"], "live", "another ceiling");
}

#[test]
fn what_an_earlier_call_cost_counts_for_the_ceiling() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    (0..3).for_each(|_| flood(&talk));
    talk.again(&offer(1));
    hall.pass(2);
    (0..2).for_each(|_| flood(&talk));
    hall.pass(1);
    assert_eq!(talk.ended().map(|ended| ended.0), Some("cost_ceiling".to_owned()));
}

#[test]
fn what_a_person_needs_is_told_to_the_interviewer_and_to_nobody_else() {
    let hall = Hall::new(&[]);
    let wish = json!({ "jobTitle": "Baker", "patience": "patient", "pace": "slow" });
    let talk = Talk::started_with(&hall, &wish.to_string());
    assert_eq!(talk.exchange().status, 200);
    let posts = hall.interviews.openai.posts.borrow();
    let text = String::from_utf8(posts.last().unwrap().body.clone()).unwrap();
    assert!(text.contains(r#""speed":0.85"#) && text.contains(r#""eagerness":"low""#) && text.contains("Speak slowly"));
    drop(posts);
    talk.end();
    hall.pass(60);
    let sql = "select group_concat(sql) from sqlite_schema where name in ('sessions', 'transcript_lines')";
    let kept: String = hall.database.query_row(sql, [], |row| row.get(0)).unwrap();
    assert!(!kept.contains("pace") && !kept.contains("patience"), "what D1 keeps has no place for it");
}
