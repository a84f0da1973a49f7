//! What is deleted leaves nothing, whenever that is.

use serde_json::json;

use super::hall::Hall;
use super::said::talk_a_while;
use super::signing::{KEYS, key_set};
use super::talk::{Talk, money};
use super::world::{Call, Failing, code, json as body};

fn kept(hall: &Hall) -> i64 {
    let count = |table: &str| {
        hall.database.query_row(&format!("select count(*) from {table}"), [], |row| row.get::<_, i64>(0)).unwrap()
    };
    count("sessions") + count("transcript_lines") + count("session_events")
}

fn talk(hall: &Hall) -> Talk {
    let talk = Talk::spoken(hall);
    talk_a_while(&talk);
    talk.go_on(845);
    talk
}

fn end_and_pass(talk: &Talk, seconds: i64) {
    talk.end();
    talk.hall.pass(seconds);
}

fn is_gone(talk: &Talk, when: &str) {
    for path in ["", "/transcript", "/transcript?format=text"] {
        assert_eq!(code(&talk.get(path)), "404 not_found", "{when}: {path}");
    }
    let listed = body(&talk.hall.call_as("user_1", Call::get("/api/sessions")));
    assert_eq!((&listed["sessions"], &listed["open"]), (&json!([]), &json!(null)), "{when}");
    let disk = talk.room().disk.clone();
    let lines = disk.database.query_row("select count(*) from lines", [], |row| row.get::<_, i64>(0));
    assert!(matches!(lines, Ok(0) | Err(_)), "{when}: {lines:?}");
}

/// What D1 says of batches that are under way at the deletion may be lost.
fn delete_after(wait: fn(&Talk), lost: bool, when: &str) {
    let hall = Hall::new(&[]);
    let talk = talk(&hall);
    wait(&talk);
    assert_eq!(body(&talk.delete()), json!({ "deleted": true }), "{when}");
    hall.failing.set(if lost { Failing::After(1) } else { Failing::No });
    hall.pass(5);
    hall.failing.set(Failing::No);
    hall.pass(if lost { 10 } else { 0 });
    is_gone(&talk, when);
    assert_eq!(money(&hall), (2500, 0), "{when}: what it cost stays");
    hall.pass(1300);
    is_gone(&talk, when);
    assert_eq!((kept(&hall), talk.is_empty()), (0, true), "{when}");
    assert_eq!(hall.interviews.openai.hung_up.borrow().len(), 1, "{when}");
}

#[test]
fn a_deleted_interview_leaves_nothing_whenever_it_is_deleted() {
    delete_after(|_| {}, false, "while it goes on");
    delete_after(|talk| end_and_pass(talk, 5), false, "before D1 is told");
    delete_after(|talk| end_and_pass(talk, 20), false, "after D1 was told");
    delete_after(|talk| end_and_pass(talk, 900), false, "after its Room is empty");
}

#[test]
fn a_deletion_while_d1_is_being_told_comes_after_it() {
    let telling = |talk: &Talk| {
        end_and_pass(talk, 9);
        talk.hall.slow.set(Some(4000));
        talk.hall.pass(2);
        assert!(talk.hall.slow.get().is_none() && kept(&talk.hall) == 0);
    };
    delete_after(telling, false, "while D1 is being told");
    delete_after(telling, true, "while D1 is being told and its answer is lost");
}

#[test]
fn what_was_told_while_it_was_deleted_is_taken_back_however_long_d1_is_away() {
    let hall = Hall::new(&[]);
    let talk = talk(&hall);
    end_and_pass(&talk, 9);
    hall.slow.set(Some(4000));
    hall.pass(2);
    assert_eq!(talk.delete().status, 200);
    hall.pass_millis(2999);
    hall.failing.set(Failing::Before(3));
    hall.pass_millis(1);
    assert!(kept(&hall) > 0, "it was on its way when it was deleted");
    hall.failing.set(Failing::Before(1));
    hall.pass(1800);
    hall.failing.set(Failing::No);
    hall.pass(1300);
    assert_eq!((kept(&hall), talk.is_empty()), (0, true));
}

#[test]
fn a_deletion_that_d1_does_not_answer_is_told_so_and_can_be_repeated() {
    let hall = Hall::new(&[]);
    let talk = talk(&hall);
    talk.end();
    hall.pass(20);
    hall.failing.set(Failing::Before(1));
    assert_eq!(code(&talk.delete()), "503 database_error");
    hall.failing.set(Failing::No);
    assert_eq!(talk.delete().status, 200);
    assert_eq!(talk.delete().status, 200, "while the Room remembers, a repeat is told the same");
    hall.pass(900);
    assert_eq!((kept(&hall), code(&talk.delete())), (0, "404 not_found".to_owned()));
}

#[test]
fn a_deleted_account_leaves_no_interview_old_or_open() {
    let hall = Hall::new(&[]);
    let first = talk(&hall);
    first.end();
    hall.pass(20);
    assert!(kept(&hall) > 0);
    let second = talk(&hall);
    for _ in 0..9 {
        hall.reply(404, "");
    }
    assert_eq!(hall.call_as("user_1", Call::of("DELETE", "/api/me")).status, 200);
    hall.pass(30);
    assert_eq!(kept(&hall), 0);
    assert_eq!(hall.interviews.openai.hung_up.borrow().len(), 2, "the open one was ended");
    hall.pass(900);
    assert_eq!((kept(&hall), first.is_empty(), second.is_empty()), (0, true, true));
}

#[test]
fn what_was_kept_for_its_days_is_swept_at_night() {
    let hall = Hall::new(&[("TRANSCRIPT_DAYS", "30")]);
    let first = talk(&hall);
    first.end();
    hall.pass(900);
    let second = talk(&hall);
    second.end();
    hall.pass(900);
    let later = |seconds: i64| {
        hall.later(seconds);
        hall.night();
        hall.reply(200, &key_set(&[("k1", &KEYS[0])]));
    };
    later(30 * 86_400 - 2800);
    let both = kept(&hall);
    assert_eq!((first.get("").status, second.get("").status), (200, 200));
    later(700);
    assert_eq!((code(&first.get("")), second.get("").status, kept(&hall)), ("404 not_found".to_owned(), 200, both / 2));
    later(1800);
    assert_eq!(kept(&hall), 0);
}
