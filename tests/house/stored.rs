//! A deploy meets Rooms and Wallets that the version before has written, in the middle of an interview. The fixtures
//! are such, of `user_7`, a hundred seconds in; what cannot read them would break interviews that are going on.
//!
//! `cargo nextest run --run-ignored only stored` writes what is stored today into `target/stored`: a new fixture
//! beside the old ones, when the form of what is stored has changed.

use std::cell::RefCell;
use std::fs;

use rusqlite::Connection;
use serde_json::json;

use super::again::offer;
use super::hall::Hall;
use super::talk::{Talk, WISH};
use super::world::{Call, json as body};

const USER: &str = "user_7";
const ROOM: &str = include_str!("../fixtures/stored/room-1.sql");
const WALLET: &str = include_str!("../fixtures/stored/wallet-1.sql");

fn texts(database: &Connection, sql: &str) -> Vec<String> {
    let mut rows = database.prepare(sql).unwrap();
    rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The statements that make such a database.
fn script(database: &Connection) -> String {
    let mut statements =
        texts(database, "select sql from sqlite_schema where sql is not null order by type desc, name");
    for table in texts(database, "select name from sqlite_schema where type = 'table' order by name") {
        let cells =
            format!("select group_concat('quote(' || name || ')', ' || '', '' || ') from pragma_table_info('{table}')");
        let cells = texts(database, &cells).concat();
        let sql = format!("select 'insert into {table} values (' || {cells} || ')' from {table}");
        statements.extend(texts(database, &sql));
    }
    statements.iter().map(|statement| format!("{statement};\n")).collect()
}

/// The session that stands in a Room.
fn session_in(room: &str) -> String {
    let id = room.split('"').find(|part| part.starts_with("ses_"));
    id.unwrap().to_owned()
}

#[test]
#[ignore = "writes a fixture"]
fn writes_what_is_stored_today() {
    let hall = Hall::new(&[]);
    hall.reply(200, &super::clerk_events::person(USER, "Ann", 10).to_string());
    hall.call_as(USER, Call::get("/api/user"));
    let talk = Talk::started_as(&hall, USER, WISH);
    talk.exchange();
    hall.pass(1);
    talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_1" }));
    let said = json!({ "type": "response.output_audio_transcript.done", "item_id": "item_1", "response_id": "resp_1",
        "transcript": "Tell me about your work." });
    talk.hears(said);
    talk.hears(json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_2" }));
    talk.go_on(100);
    fs::create_dir_all("target/stored").unwrap();
    fs::write("target/stored/room.sql", script(&talk.room().disk.database)).unwrap();
    fs::write("target/stored/wallet.sql", script(&hall.disk(USER).database)).unwrap();
}

#[test]
fn an_interview_that_an_earlier_version_began_goes_on_and_is_settled() {
    let hall = Hall::new(&[]);
    hall.pass(101);
    let talk =
        Talk { hall: hall.clone(), user: USER, id: session_in(ROOM), token: String::new(), key: RefCell::default() };
    hall.disk(USER).database.execute_batch(WALLET).unwrap();
    talk.room().disk.database.execute_batch(ROOM).unwrap();
    for disk in [hall.disk(USER), talk.room().disk.clone()] {
        disk.alarm.set(Some(hall.now.get() + 1));
    }
    talk.key.replace(hall.token(USER));
    let told = talk.beat();
    assert_eq!((&told["state"], &told["connect"]), (&json!("live"), &json!(1)), "{told}");
    let answer = talk.again(&offer(1));
    assert_eq!((answer.status, &body(&answer)["connect"]), (200, &json!(2)), "and its line is taken up again");
    talk.end();
    hall.pass(60);
    let told = body(&talk.get(""));
    assert_eq!((&told["ending"], &told["charged"]), (&json!("connection_lost"), &json!("0.05")), "{told}");
    let lines = body(&talk.get("/transcript"));
    assert_eq!(lines["lines"][0]["text"], "Tell me about your work.");
}
