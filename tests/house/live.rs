//! Whoever watches an interview on a second screen.

use serde_json::{Value as Json, json};
use vocahire::domain::id::{SessionId, UserId};
use vocahire::interview::room;
use vocahire::interview::ticket::{self, RoomKey};
use vocahire::port::World;

use super::hall::Hall;
use super::rooms::{Chamber, Watcher};
use super::said::{added, heard, speech, whole};
use super::talk::{Talk, post};
use super::world::{Call, code, json as body};

/// Somebody begins to watch, behind the line of that number. Whether they may.
fn watch(talk: &Talk, user: &str, after: i64) -> bool {
    let room = talk.room();
    let picture = room::picture(&Chamber::of(talk.hall.house(), &room), &UserId::parse(user).unwrap(), after).unwrap();
    let may = picture.is_some();
    let mut watcher = Watcher { known: after, ..Watcher::default() };
    watcher.hears(picture);
    room.watchers.borrow_mut().push(watcher);
    may
}

fn told(talk: &Talk) -> Vec<Json> {
    std::mem::take(&mut talk.room().watchers.borrow_mut().last_mut().unwrap().told)
}

fn texts(told: &[Json]) -> Vec<String> {
    let lines = told.iter().flat_map(|told| told["lines"].as_array().unwrap().clone());
    lines.map(|line| line["text"].as_str().unwrap().to_owned()).collect()
}

fn say(talk: &Talk, item: &str, text: &str) {
    talk.hears(added(item, "assistant", None));
    talk.hears(whole(item, text));
}

#[test]
fn first_a_picture_and_then_what_changes() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    say(&talk, "item_1", "Why bread?");
    assert!(watch(&talk, "user_1", 0));
    let picture = told(&talk);
    assert_eq!((texts(&picture), &picture[0]["jobTitle"]), (vec!["Why bread?".to_owned()], &json!("Baker")));
    assert_eq!((&picture[0]["standing"]["state"], &picture[0]["lines"][0]["atMs"]), (&json!("live"), &json!(60_000)));
    talk.hears(speech("item_2"));
    talk.hears(heard("item_2", "The smell."));
    let news = told(&talk);
    assert_eq!((texts(&news), &news[0]["standing"]), (vec!["The smell.".to_owned()], &json!(null)));
    talk.beat();
    assert_eq!(told(&talk), [json!(null); 0], "a beat is no news");
    talk.say("pause", &json!({ "paused": true }));
    let news = told(&talk);
    assert_eq!((news.len(), &news[0]["standing"]["paused"]), (1, &json!(true)));
    talk.end();
    let last = told(&talk);
    assert_eq!(last.last().unwrap()["standing"]["state"], "ended");
    assert!(talk.room().watchers.borrow().last().unwrap().over, "and then there is no more");
}

#[test]
fn who_comes_back_is_told_what_they_have_missed() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    say(&talk, "item_1", "One.");
    watch(&talk, "user_1", 0);
    let known = told(&talk)[0]["number"].as_i64().unwrap();
    say(&talk, "item_2", "Two.");
    say(&talk, "item_3", "Three.");
    watch(&talk, "user_1", known);
    assert_eq!(texts(&told(&talk)), ["Two.", "Three."]);
    talk.hears(json!({ "type": "conversation.item.truncated", "item_id": "item_2" }));
    let again = told(&talk);
    assert_eq!((texts(&again), &again[0]["lines"][0]["mark"]), (vec!["Two.".to_owned()], &json!("interrupted")));
}

#[test]
fn the_room_may_sleep_meanwhile() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    say(&talk, "item_1", "One.");
    watch(&talk, "user_1", 0);
    told(&talk);
    hall.evict(&talk.id);
    talk.go_on(5);
    say(&talk, "item_2", "Two.");
    assert_eq!(texts(&told(&talk)), ["Two."], "nothing twice");
}

#[test]
fn it_is_for_whose_interview_it_is_and_while_it_goes_on() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    assert!(!watch(&talk, "user_2", 0));
    let ticket = |user: &str| hall.call_as(user, post(&format!("/api/sessions/{}/live-ticket", talk.id), "{}"));
    assert_eq!((code(&ticket("user_1")), code(&ticket("user_2"))), ("200 -".to_owned(), "404 not_found".to_owned()));
    talk.end();
    assert!(!watch(&talk, "user_1", 0));
    assert_eq!(code(&ticket("user_1")), "409 session_ended");
}

#[test]
fn a_deleted_interview_shows_nothing_more() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    say(&talk, "item_1", "One.");
    watch(&talk, "user_1", 0);
    told(&talk);
    talk.delete();
    let last = told(&talk);
    assert_eq!((texts(&last).len(), talk.room().watchers.borrow()[0].over), (0, true));
    assert!(!watch(&talk, "user_1", 0));
}

/// What a browser sends to open the socket.
fn socket(talk: &Talk, protocols: &str) -> Call {
    let call = Call::get(&format!("/api/sessions/{}/live", talk.id)).with("upgrade", "websocket");
    call.with("sec-websocket-protocol", protocols)
}

#[test]
fn the_socket_opens_by_a_ticket_of_a_minute_and_by_nothing_else() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    let ticket = body(&hall.call_as("user_1", post(&format!("/api/sessions/{}/live-ticket", talk.id), "{}")));
    let ticket = ticket["ticket"].as_str().unwrap();
    let open = |protocols: &str| hall.call(socket(&talk, protocols)).status;
    assert_eq!(open(&format!("vocahire.live.1, {ticket}")), 101);
    for wrong in ["", "vocahire.live.1", ticket, &format!("vocahire.live.2, {ticket}")] {
        assert_eq!(code(&hall.call(socket(&talk, wrong))), "401 no_token", "{wrong}");
    }
    let key = talk.key.borrow().clone();
    assert_eq!(code(&hall.call(socket(&talk, &format!("vocahire.live.1, {key}")))), "403 bad_ticket", "a room key");
    let plain = Call::get(&format!("/api/sessions/{}/live", talk.id));
    let plain = plain.with("sec-websocket-protocol", &format!("vocahire.live.1, {ticket}"));
    assert_eq!(code(&hall.call(plain)), "400 bad_request", "no socket is asked for");
    let beat = talk.say_with(ticket, "heartbeat", &json!({ "packets": 1 }));
    assert_eq!(code(&beat), "403 bad_ticket", "who watches says nothing");
    hall.pass(61);
    assert_eq!(code(&hall.call(socket(&talk, &format!("vocahire.live.1, {ticket}")))), "403 bad_ticket");
}

#[test]
fn a_ticket_for_one_interview_shows_no_other() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 60);
    let expires = vocahire::domain::millis::Millis::new(hall.now.get() + 60_000);
    let key =
        RoomKey { session: SessionId::from_random([1; 8], [2; 8]), person: UserId::parse("user_1").unwrap(), expires };
    let other = ticket::live(&hall.visit().config().ticket_secrets, &key).unwrap();
    assert_eq!(code(&hall.call(socket(&talk, &format!("vocahire.live.1, {other}")))), "404 not_found");
}
