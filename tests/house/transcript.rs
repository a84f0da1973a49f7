//! What was said: as the Room has it, as D1 gets it, and as people read it.

use serde_json::{Value as Json, json};
use vocahire::edge::{Answer, Body};
use vocahire::port::calls::{Line, Undialled};

use super::hall::Hall;
use super::said::{added, done, expected, heard, speech, talk_a_while, whole};
use super::talk::Talk;
use super::world::{Failing, code, header, json as body};

fn lines(talk: &Talk) -> Vec<Json> {
    body(&talk.get("/transcript"))["lines"].as_array().expect("lines").clone()
}

/// The item, the speaker, the mark and the text of each.
fn read(lines: &[Json]) -> Vec<(&str, &str, &str, &str)> {
    lines
        .iter()
        .map(|line| {
            let [item, speaker, mark, text] =
                ["itemId", "speaker", "mark", "text"].map(|name| line[name].as_str().expect("a text"));
            (item, speaker, mark, text)
        })
        .collect()
}

fn file(answer: &Answer) -> &str {
    match &answer.body {
        Body::Text(text) => text,
        other => panic!("{other:?}"),
    }
}

fn count(hall: &Hall, table: &str) -> i64 {
    hall.database.query_row(&format!("select count(*) from {table}"), [], |row| row.get(0)).unwrap()
}

/// A talk that is over, its Room still in possession of it.
fn over(hall: &Hall) -> Talk {
    let talk = Talk::spoken(hall);
    talk_a_while(&talk);
    talk.go_on(60);
    talk.end();
    hall.pass(2);
    talk
}

#[test]
fn lines_are_in_the_order_of_the_talk_while_it_goes_on_and_after() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    talk_a_while(&talk);
    let live = lines(&talk);
    assert_eq!(read(&live), expected());
    let first = json!({
        "number": 0, "itemId": "item_a", "speaker": "interviewer", "text": "Good morning.", "mark": "final",
        "atMs": 0, "endMs": 5000, "source": "sideband", "typed": false
    });
    assert_eq!(live[0], first);
    assert_eq!((&live[6]["typed"], &live[1]["typed"]), (&json!(true), &json!(false)));
    talk.go_on(60);
    talk.end();
    assert_eq!(lines(&talk), live, "what was being said is kept");
}

#[test]
fn d1_tells_the_same_as_the_room() {
    let hall = Hall::new(&[]);
    let talk = over(&hall);
    let files =
        || ["?format=text", "?format=vtt", "?format=json"].map(|format| talk.get(&format!("/transcript{format}")));
    let session = || {
        let mut told = body(&talk.get(""));
        told.as_object_mut().unwrap().remove("requestId");
        told
    };
    let bare = |answers: [Answer; 3]| answers.map(|answer| (answer.status, answer.body));
    let (statements, before, told) = (hall.statements.get(), bare(files()), session());
    assert_eq!(hall.statements.get(), statements, "the Room has it");
    hall.pass(900);
    assert!(talk.is_empty());
    assert_eq!((bare(files()), session()), (before, told));
    let [text, vtt, _] = files();
    assert_eq!(header(&text, "content-type"), Some("text/plain; charset=utf-8"));
    let name = format!("attachment; filename=\"interview-{}.txt\"", talk.id);
    assert_eq!(header(&text, "content-disposition"), Some(name.as_str()));
    assert!(file(&text).starts_with("Baker\n\n00:00 Interviewer: Good morning.\n"), "{}", file(&text));
    assert!(file(&text).contains("You: <b>canary-typed</b> [typed]"));
    assert_eq!(header(&vtt, "content-type"), Some("text/vtt; charset=utf-8"));
    assert!(file(&vtt).starts_with("WEBVTT\n\n1\n00:00:00.000 --> "));
    assert!(file(&vtt).contains("<v You>&lt;b&gt;canary-typed&lt;/b&gt;</v>"));
}

#[test]
fn pages_are_alike_from_both() {
    let hall = Hall::new(&[]);
    let talk = over(&hall);
    let pages = || {
        let (mut items, mut query) = (Vec::new(), "?limit=3".to_owned());
        loop {
            let page = body(&talk.get(&format!("/transcript{query}")));
            let lines = page["lines"].as_array().unwrap();
            items.push(lines.iter().map(|line| line["number"].as_i64().unwrap()).collect::<Vec<_>>());
            let Some(next) = page["next"].as_i64() else { return items };
            query = format!("?limit=3&after={next}");
        }
    };
    let expected = [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7]];
    assert_eq!(pages(), expected);
    hall.pass(900);
    assert_eq!(pages(), expected);
    for odd in ["limit=0", "limit=501", "after=-1", "after=x", "format=pdf"] {
        assert_eq!(code(&talk.get(&format!("/transcript?{odd}"))), "400 bad_request", "{odd}");
    }
}

#[test]
fn d1_keeps_what_was_used_and_what_it_cost() {
    let hall = Hall::new(&[]);
    let talk = over(&hall);
    hall.pass(20);
    let row = |sql: &str| {
        hall.database.query_row(sql, [&talk.id], |row| (0..).map_while(|n| row.get::<_, i64>(n).ok().map(Ok)).collect())
    };
    // Three replies: 100 and 200 tokens in, 10 and 300 out. Two turns written down: 40 tokens in, 8 out.
    let tokens: Vec<i64> = row(
        "select text_in, text_cached, audio_in, audio_cached, text_out, audio_out, transcribed_ms, transcribed_tokens
            from sessions where id = ?",
    )
    .unwrap();
    assert_eq!(tokens, [300, 0, 600, 0, 30, 900, 0, 96]);
    let reply = 100 * 4 + 200 * 32 + 10 * 24 + 300 * 64;
    let costs: Vec<i64> = row("select cost, charged, heard_ms, speaks, relayed from sessions where id = ?").unwrap();
    assert_eq!(costs, [3 * reply + 2 * (40 * 3 + 8 * 5), 60, 115_000, 1, 0]);
    let events =
        "select group_concat(what, '; ') from (select what from session_events where session = ? order by number)";
    let events: String = hall.database.query_row(events, [&talk.id], |row| row.get(0)).unwrap();
    assert_eq!(events, "sideband; media path; interviewer spoke; person heard; ended_by_user; hung up");
}

#[test]
fn d1_gets_it_once_whether_it_fails_before_or_after() {
    for failing in [Failing::Before(1), Failing::After(1)] {
        let hall = Hall::new(&[]);
        let talk = over(&hall);
        let before = lines(&talk);
        hall.failing.set(failing);
        hall.pass(300);
        assert_eq!(count(&hall, "sessions"), i64::from(failing == Failing::After(1)));
        hall.failing.set(Failing::No);
        assert_eq!(lines(&talk), before, "the Room has it until D1 has said yes");
        hall.pass(900);
        assert!(talk.is_empty());
        let counted = ["sessions", "transcript_lines", "session_events"].map(|table| count(&hall, table));
        assert_eq!((counted, lines(&talk)), ([1, 8, 6], before));
    }
}

#[test]
fn what_comes_late_neither_hides_nor_changes_what_d1_has() {
    let hall = Hall::new(&[]);
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 5]);
    let talk = over(&hall);
    talk.hears(heard("item_d", "It was only quiet."));
    assert_eq!(lines(&talk)[3]["text"], "It was only quiet.", "what is still on its way is waited for");
    hall.pass(9);
    let archived = lines(&talk);
    talk.hears(whole("item_h", "Let us stop here."));
    talk.hears(added("item_i", "assistant", Some("item_h")));
    talk.hears(whole("item_i", "Goodbye."));
    assert_eq!(lines(&talk), archived);
    hall.pass(1200);
    assert_eq!((talk.is_empty(), lines(&talk)), (true, archived));
}

#[test]
fn the_browser_fills_gaps_and_nothing_else() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    let batch = |number: i64, events: &[Json]| talk.say("transcript", &json!({ "batch": number, "events": events }));
    talk.go_on(60);
    assert_eq!(batch(1, &[whole("item_a", "Made up.")]).status, 200);
    assert_eq!(lines(&talk).len(), 0, "while the Room hears the call itself, the page has no say");
    hall.interviews.openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 4]);
    hall.interviews.openai.wire().unwrap().close();
    hall.settle();
    assert_eq!(talk.beat()["relay"], true);
    let told = [
        added("item_a", "assistant", None),
        whole("item_a", "Why bread?"),
        speech("item_b"),
        added("item_b", "user", Some("item_a")),
        heard("item_b", "I bake."),
        done("item_a", "completed", "completed"),
    ];
    assert_eq!(body(&batch(2, &told)), json!({ "batch": 2 }));
    assert_eq!(body(&batch(2, &[whole("item_z", "A repeat.")])), json!({ "batch": 2 }));
    let relayed = lines(&talk);
    assert_eq!(
        read(&relayed),
        [("item_a", "interviewer", "final", "Why bread?"), ("item_b", "person", "final", "I bake.")]
    );
    assert!(relayed.iter().all(|line| line["source"] == "relay"));
    talk.go_on(30);
    assert_eq!(talk.beat()["relay"], true, "what was missed is still asked for");
    batch(3, &[whole("item_c", "What was said before.")]);
    assert_eq!(lines(&talk).len(), 3, "the gap before is still open for a minute");
    talk.hears(heard("item_b", "I bake bread."));
    talk.go_on(60);
    assert_eq!(talk.beat()["relay"], false);
    batch(4, &[whole("item_d", "Too late.")]);
    let told = lines(&talk);
    assert_eq!((told.len(), &told[1]["text"], &told[1]["source"]), (3, &json!("I bake bread."), &json!("sideband")));
    talk.end();
    hall.pass(20);
    assert_eq!((body(&talk.get(""))["relayed"].clone(), lines(&talk)), (json!(true), told));
    let cost: i64 = hall.database.query_row("select cost from sessions", [], |row| row.get(0)).unwrap();
    assert_eq!(cost, 40 * 3 + 8 * 5, "only what OpenAI itself has told costs anything");
}

#[test]
fn an_interview_that_only_the_browser_heard_is_marked_and_paid() {
    let hall = Hall::new(&[]);
    hall.interviews.openai.dials.borrow_mut().extend(vec![Err(Undialled::Refused(404)); 99]);
    let talk = Talk::open(&hall);
    assert_eq!(talk.beat()["relay"], true);
    let events = [json!({ "type": "output_audio_buffer.started" }), whole("item_a", "Good morning."), speech("item_b")];
    talk.say("transcript", &json!({ "batch": 1, "events": events }));
    talk.go_on(180);
    talk.end();
    hall.pass(20);
    let told = body(&talk.get(""));
    assert_eq!(
        (&told["heardSeconds"], &told["charged"], &told["relayed"]),
        (&json!(180), &json!("0.10"), &json!(true))
    );
}

#[test]
fn the_last_words_of_a_page_that_leaves_are_kept() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 100);
    hall.interviews.openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 9]);
    hall.interviews.openai.wire().unwrap().close();
    hall.pass(5);
    talk.end();
    let last = json!({ "batch": 1, "events": [whole("item_z", "Goodbye.")] });
    assert_eq!(talk.say("transcript", &last).status, 200);
    hall.pass(900);
    let kept = lines(&talk);
    assert_eq!((&kept[1]["text"], &kept[1]["source"]), (&json!("Goodbye."), &json!("relay")));
}

#[test]
fn a_talk_without_end_is_cut_where_it_grows_beyond_all_talk() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    for n in 0..2010 {
        talk.hears(whole(&format!("item_{n}"), "word"));
    }
    talk.hears(whole("item_0", "word"));
    let long = "\u{e4}".repeat(9000);
    talk.hears(added("item_1", "assistant", None));
    talk.hears(json!({ "type": "conversation.item.truncated", "item_id": "item_1" }));
    talk.hears(whole("item_1", &long));
    talk.go_on(5);
    talk.end();
    let kept = body(&talk.get("/transcript?limit=500"));
    assert_eq!(kept["lines"].as_array().unwrap().len(), 500);
    hall.pass(900);
    assert!(talk.is_empty());
    assert_eq!(count(&hall, "transcript_lines"), 2000);
    assert_eq!(body(&talk.get("/transcript?limit=500")), kept);
    let longest: i64 =
        hall.database.query_row("select max(length(text)) from transcript_lines", [], |row| row.get(0)).unwrap();
    assert_eq!(longest, 4096, "8 KiB of two bytes each");
}

#[test]
fn batches_that_are_none_are_refused() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    hall.interviews.openai.wire().unwrap().close();
    hall.settle();
    for odd in [
        json!({}),
        json!({ "batch": 0, "events": [] }),
        json!({ "batch": 1 }),
        json!({ "batch": 1, "events": vec![speech("item_b"); 101] }),
    ] {
        assert_eq!(code(&talk.say("transcript", &odd)), "400 bad_request", "{odd:.60}");
    }
    let large = json!({ "batch": 1, "events": [whole("item_a", &"x".repeat(70_000))] });
    assert_eq!(code(&talk.say("transcript", &large)), "413 too_large");
    let strange = json!({ "batch": 1, "events": [{ "type": "tomorrow" }, {}, speech("with space")] });
    assert_eq!(
        talk.say("transcript", &strange).status,
        200,
        "what is not asked for, or cannot be read, is passed over"
    );
    assert_eq!(lines(&talk).len(), 0);
}
