//! Each step between a ticket and an interview that is paid for, and what becomes of it when it is lost.

use serde_json::json;
use vocahire::domain::id::SessionId;
use vocahire::money::command::Command;

use super::hall::Hall;
use super::openai::{ANSWER, Offered};
use super::talk::{OFFER, Talk, WISH, money, start, statement};
use super::world::{code, json as body};

fn hung_up(hall: &Hall) -> Vec<String> {
    hall.interviews.openai.hung_up.borrow().clone()
}

#[test]
fn an_exchange_that_leads_to_no_path_is_void_after_45_seconds() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    hall.pass_millis(44_999);
    assert_eq!((money(&hall), hung_up(&hall)), ((3000, 1000), vec![]));
    hall.pass_millis(1);
    assert_eq!((money(&hall), hung_up(&hall)), ((3000, 0), vec!["rtc_1".to_owned()]));
    assert_eq!(statement(&hall), "Interview not charged: no connection came about");
    assert_eq!(talk.beat()["ended"]["ending"], "no_media_path");
    assert_eq!(code(&talk.exchange()), "409 session_ended");
}

#[test]
fn the_same_offer_gets_the_same_answer_and_another_one_none() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    assert_eq!(body(&talk.exchange())["sdp"], ANSWER);
    assert_eq!(body(&talk.exchange())["sdp"], ANSWER);
    hall.evict(&talk.id);
    assert_eq!(body(&talk.exchange())["sdp"], ANSWER, "also when the Room has forgotten all but what it wrote");
    let other = OFFER.replacen("a=mid:0", "a=mid:0\r\na=x-other:1", 1);
    assert_eq!(code(&talk.exchange_with(&talk.token, &other)), "409 conflict");
    assert_eq!(hall.interviews.openai.posts.borrow().len(), 1);
    assert_eq!(money(&hall), (3000, 1000));
}

#[test]
fn two_that_offer_the_same_at_once_get_the_answer_of_one_call() {
    let hall = Hall::new(&[]);
    hall.interviews.openai.offers.borrow_mut().push_back(Offered::call("rtc_1").after(8000));
    let talk = Talk::started(&hall);
    let offer =
        |sdp: &str| talk.offering(&talk.token, sdp).with("authorization", &format!("Bearer {}", hall.token("user_1")));
    let first = hall.send(offer(OFFER));
    hall.pass(3);
    let (second, third) = (hall.send(offer(OFFER)), hall.send(offer(&format!("{OFFER}a=x-other:1\r\n"))));
    assert_eq!(code(&third.take().expect("an answer at once")), "409 conflict");
    hall.pass_millis(4999);
    assert!(first.borrow().is_none() && second.borrow().is_none());
    hall.pass(1);
    for awaited in [first, second] {
        assert_eq!(body(&awaited.take().unwrap())["sdp"], ANSWER);
    }
    assert_eq!(hall.interviews.openai.posts.borrow().len(), 1);
}

#[test]
fn a_wallet_that_does_not_say_yes_releases_nothing() {
    for (lost, asked) in [("its answers are lost", false), ("it is not reached", true)] {
        let hall = Hall::new(&[]);
        let talk = Talk::started(&hall);
        hall.silent.set(!asked);
        hall.absent.set(asked);
        let from = hall.now.get();
        let answer = talk.exchange();
        assert_eq!((code(&answer).as_str(), hall.now.get() - from), ("503 wallet_unavailable", 15_000), "{lost}");
        hall.pass(60);
        assert_eq!(hung_up(&hall), ["rtc_1"], "{lost}");
        hall.silent.set(false);
        hall.absent.set(false);
        assert_eq!(code(&talk.exchange()), "403 bad_ticket", "{lost}: its minute is over");
        hall.pass(200);
        assert_eq!(money(&hall), (3000, 0), "{lost}");
        assert_eq!(statement(&hall), "Interview not charged: we failed", "{lost}");
        assert_eq!(start(&hall, "user_1", WISH).status, 201, "{lost}");
    }
}

#[test]
fn a_wallet_that_says_yes_after_a_while_is_waited_for() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    hall.absent.set(true);
    let awaited =
        hall.send(talk.offering(&talk.token, OFFER).with("authorization", &format!("Bearer {}", hall.token("user_1"))));
    hall.pass(10);
    assert!(awaited.borrow().is_none(), "OpenAI's answer is there, the Wallet's is not");
    hall.absent.set(false);
    hall.pass(1);
    assert_eq!(body(&awaited.take().unwrap())["sdp"], ANSWER);
}

#[test]
fn a_wallet_that_says_no_has_the_call_hung_up() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    start(&hall, "user_1", &json!({ "jobTitle": "Baker", "replace": talk.id }).to_string());
    hall.interviews.openai.offers.borrow_mut().push_back(Offered::call("rtc_1").after(2000));
    assert_eq!(code(&talk.exchange()), "409 session_ended");
    hall.pass(1);
    assert_eq!(hung_up(&hall), ["rtc_1"]);
    assert_eq!(money(&hall), (3000, 1000), "the other one's hold stands");
    hall.pass(700);
    assert!(talk.is_empty());
}

#[test]
fn a_room_that_dies_while_it_waits_for_openai_costs_nothing() {
    let hall = Hall::new(&[]);
    hall.interviews.openai.offers.borrow_mut().push_back(Offered::call("rtc_1").after(5000));
    let talk = Talk::started(&hall);
    let offer = || talk.offering(&talk.token, OFFER).with("authorization", &format!("Bearer {}", hall.token("user_1")));
    let awaited = hall.send(offer());
    hall.pass(2);
    hall.evict(&talk.id);
    hall.settle();
    assert_eq!(code(&awaited.take().unwrap()), "503 room_unavailable");
    assert_eq!(code(&talk.exchange()), "504 provider_timeout", "whether there is a call is not known, so it is void");
    hall.pass(45);
    assert_eq!(money(&hall), (3000, 0));
    assert_eq!(hall.interviews.openai.posts.borrow().len(), 1);
}

#[test]
fn one_that_is_ended_while_openai_is_asked_gets_no_answer() {
    let hall = Hall::new(&[]);
    hall.interviews.openai.offers.borrow_mut().push_back(Offered::call("rtc_1").after(5000));
    let talk = Talk::started(&hall);
    let awaited =
        hall.send(talk.offering(&talk.token, OFFER).with("authorization", &format!("Bearer {}", hall.token("user_1"))));
    hall.pass(2);
    assert_eq!(body(&talk.say_with(&hall.token("user_1"), "end", &json!({})))["ended"]["ending"], "no_media_path");
    hall.pass(4);
    assert_eq!(code(&awaited.take().unwrap()), "409 session_ended");
    assert_eq!((money(&hall), hung_up(&hall)), ((3000, 0), vec!["rtc_1".to_owned()]));
}

#[test]
fn what_it_cost_is_told_to_the_wallet_until_it_says_so() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    hall.absent.set(true);
    let told = talk.end();
    assert_eq!((&told["state"], &told["ended"]["charged"]), (&json!("ended"), &json!(null)));
    hall.pass(100);
    assert_eq!(talk.beat()["ended"]["charged"], json!(null), "not settled yet");
    assert_eq!(hung_up(&hall), ["rtc_1"], "nothing waits for the Wallet");
    hall.absent.set(false);
    hall.silent.set(true);
    hall.pass(600);
    hall.silent.set(false);
    hall.pass(600);
    assert_eq!(money(&hall), (2500, 0), "settled, though its answer was lost for ten minutes");
    let told = body(&talk.get(""));
    assert_eq!((&told["charged"], &told["rule"]), (&json!("0.50"), &json!("Interview, 15 min 0 s: ended by you")));
}

#[test]
fn a_call_is_hung_up_until_openai_says_so() {
    let hall = Hall::new(&[]);
    for status in [500, 401, 429, 503] {
        hall.interviews.openai.hanging.borrow_mut().push_back(Ok(status));
    }
    let talk = Talk::talking(&hall, 300);
    talk.end();
    hall.pass(20);
    assert_eq!(hung_up(&hall), [""; 0]);
    assert_eq!(money(&hall), (2840, 0), "the money does not wait for it");
    hall.pass(20);
    assert_eq!(hung_up(&hall), ["rtc_1"]);
    hall.interviews.openai.hanging.borrow_mut().push_back(Ok(404));
    let talk = Talk::talking(&hall, 300);
    talk.end();
    hall.pass(1000);
    assert_eq!(hung_up(&hall), ["rtc_1"], "a call that OpenAI does not know is over");
    assert!(talk.is_empty());
}

/// The hold of an interview of 30 minutes lapses so long after it began.
const LAPSES: i64 = 1800 + 120 + 180 + 300;

#[test]
fn a_room_whose_alarm_was_lost_is_asked_by_the_wallet_in_the_end() {
    for (talked, ending, left) in [(0, "no_media_path", 3000), (900, "connection_lost", 2500)] {
        let hall = Hall::new(&[]);
        let talk = if talked > 0 { Talk::talking(&hall, talked) } else { Talk::open(&hall) };
        hall.evict(&talk.id);
        talk.room().disk.alarm.set(None);
        hall.pass(LAPSES);
        assert_eq!(money(&hall), (left, 0), "{ending}");
        assert_eq!(hung_up(&hall), ["rtc_1"], "{ending}");
        assert_eq!(talk.ended(), Some((ending.to_owned(), talked)), "what it was at its own time");
    }
}

#[test]
fn a_room_that_never_was_is_void_in_the_end() {
    let hall = Hall::new(&[]);
    let talk = Talk::started(&hall);
    hall.tell("user_1", Command::Begin { session: SessionId::parse(&talk.id).unwrap() }).unwrap();
    hall.pass(LAPSES - 1);
    assert_eq!(money(&hall), (3000, 1000));
    hall.pass(1);
    assert_eq!((money(&hall), statement(&hall).as_str()), ((3000, 0), "Interview not charged: it never took place"));
    assert!(talk.is_empty(), "asked, it wrote nothing");
}
