//! The Room while an interview goes on: how it stands, what ends it, and that it survives whatever happens to it.

use serde_json::json;
use vocahire::port::calls::{Line, Undialled};

use super::hall::Hall;
use super::talk::{OFFER, Talk, money, statement};
use super::world::{code, json as body};

fn speech() -> serde_json::Value {
    json!({ "type": "input_audio_buffer.speech_started", "item_id": "item_0" })
}

fn failed() -> serde_json::Value {
    json!({ "type": "response.done", "response": { "status": "failed" } })
}

fn hung_up(hall: &Hall) -> usize {
    hall.interviews.openai.hung_up.borrow().len()
}

/// What the page is told, the milli-credits that are left, and how often something was hung up.
fn after(talk: &Talk) -> (String, i64, i64, usize) {
    talk.hall.pass(2);
    let (ending, heard) = talk.ended().expect("it has ended");
    let (settled, held) = money(&talk.hall);
    assert_eq!(held, 0);
    (ending, heard, settled, hung_up(&talk.hall))
}

#[test]
fn the_page_is_told_how_it_stands() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    let told = body(&talk.say("heartbeat", &json!({ "packets": 0 })));
    let whole = json!({
        "state": "connecting", "remainingMs": 1_800_000, "relay": false, "say": [], "wrapUp": false, "withdrawn": null,
        "ended": null, "connect": 1, "reconnectsLeft": 5, "paused": false, "pauseLeftMs": 180_000,
        "awayLeftMs": 120_000,
    });
    assert_eq!(told, whole);
    hall.pass(2);
    assert_eq!((&talk.beat()["state"], &talk.beat()["remainingMs"]), (&json!("live"), &json!(1_800_000)));
    talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_1" }));
    talk.hears(speech());
    talk.go_on(60);
    assert_eq!(talk.beat()["remainingMs"], 1_740_000, "the clock runs from the interviewer's first words");
    talk.go_on(1625);
    assert_eq!((&talk.beat()["wrapUp"], &talk.beat()["remainingMs"]), (&json!(true), &json!(115_000)));
    for odd in [json!({}), json!({ "packets": -1 }), json!({ "packets": "9" }), json!([])] {
        assert_eq!(code(&talk.say("heartbeat", &odd)), "400 bad_request");
    }
    let ended = talk.end();
    assert_eq!((&ended["state"], &ended["remainingMs"]), (&json!("ended"), &json!(0)));
    hall.pass(1);
    let rule = "Interview, 28 min 5 s: ended by you";
    let told = json!({ "ending": "ended_by_user", "heardSeconds": 1685, "charged": "0.93", "rule": rule });
    assert_eq!((&talk.beat()["ended"], statement(&hall).as_str()), (&told, rule));
    assert_eq!(talk.end()["ended"], told, "ended twice it ended once");
}

#[test]
fn a_path_is_up_by_what_the_sideband_hears_or_by_packets() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    talk.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } }));
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0 })))["state"], "live");
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    let ours = json!({ "id": "resp_1", "metadata": { "by": "vocahire" } });
    talk.hears(json!({ "type": "response.created", "response": ours }));
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0 })))["state"], "connecting");
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 1 })))["state"], "live");
}

#[test]
fn a_page_that_is_silent_is_reconnecting_and_then_lost() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    hall.pass(19);
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0 })))["state"], "live");
    hall.pass(1);
    assert_eq!(body(&talk.say("heartbeat", &json!({ "packets": 0 })))["state"], "reconnecting");
    hall.pass(100);
    assert_eq!(talk.beat()["state"], "live", "it is back");
    hall.pass(139);
    assert_eq!((hung_up(&hall), money(&hall)), (0, (3000, 1000)));
    hall.pass(1);
    assert_eq!(after(&talk), ("connection_lost".to_owned(), 1020, 2440, 1));
    assert_eq!(statement(&hall), "Interview, 17 min 0 s: the connection was lost");
}

#[test]
fn whoever_never_speaks_is_asked_and_then_let_go() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    talk.go_on(59);
    assert_eq!(talk.said(), [""; 0]);
    hall.pass(1);
    let said = talk.said();
    assert!(said.len() == 1 && said[0].contains(r#""type":"response.create""#), "{said:?}");
    talk.go_on(74);
    assert_eq!(talk.said().len(), 1);
    hall.pass(1);
    assert!(talk.said().len() == 2 && talk.said()[1].contains("Say goodbye now"), "nobody is cut off without a word");
    talk.go_on(15);
    assert_eq!(after(&talk), ("never_spoke".to_owned(), 150, 3000, 1));
    assert_eq!(talk.said().len(), 2);
    let rule = "Interview not charged: you never spoke";
    assert_eq!((statement(&hall).as_str(), &talk.beat()["ended"]["rule"]), (rule, &json!(rule)));
}

#[test]
fn no_word_of_the_interviewer_costs_nothing() {
    let hall = Hall::new(&[]);
    let talk = Talk::open(&hall);
    talk.go_on(70);
    assert_eq!(after(&talk), ("no_output".to_owned(), 0, 3000, 1));
    assert_eq!(statement(&hall), "Interview not charged: the interviewer said nothing");
}

#[test]
fn the_first_minute_is_free_three_times_a_day() {
    let hall = Hall::new(&[]);
    let mut left = Vec::new();
    for _ in 0..4 {
        let talk = Talk::talking(&hall, 30);
        talk.end();
        assert_eq!(after(&talk).0, "ended_early");
        left.push(money(&hall).0);
    }
    assert_eq!(left, [3000, 3000, 3000, 2900]);
    assert_eq!(statement(&hall), "Interview, 30 s: ended in its first minute, after three free ones in a day");
}

#[test]
fn at_its_end_it_is_told_to_wrap_up_and_hung_up_whatever_the_page_does() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 1675);
    assert_eq!(talk.said(), [""; 0]);
    talk.go_on(5);
    let said = talk.said();
    assert!(said.len() == 1 && said[0].contains(r#""role":"system""#), "{said:?}");
    talk.go_on(115);
    talk.hears(speech());
    assert_eq!(hung_up(&hall), 0);
    hall.pass(5);
    assert_eq!(hung_up(&hall), 1);
    for _ in 0..20 {
        hall.pass(5);
        assert_eq!(talk.beat()["state"], "ended");
    }
    assert_eq!(after(&talk), ("ran_its_time".to_owned(), 1800, 2000, 1));
    assert_eq!(statement(&hall), "Interview, 30 min 0 s: it ran its time");
}

#[test]
fn faults_of_openai_end_it_and_the_heard_part_is_paid() {
    for errors in [vec![json!({ "type": "error", "error": { "code": "session_expired" } })], vec![failed(); 3]] {
        let hall = Hall::new(&[]);
        let talk = Talk::talking(&hall, 900);
        for error in errors {
            talk.hears(error);
        }
        assert_eq!(after(&talk), ("provider_fault".to_owned(), 900, 2500, 1));
        assert_eq!(statement(&hall), "Interview, 15 min 0 s: the interviewer's service failed");
    }
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 30);
    for event in [failed(), failed(), json!({ "type": "error", "error": { "code": "odd" } }), json!("odd"), json!({})] {
        talk.hears(event);
    }
    assert_eq!(talk.beat()["state"], "live", "what is no end is none");
}

#[test]
fn a_page_whose_line_broke_says_so() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    talk.say("end", &json!({ "dropped": true }));
    assert_eq!(after(&talk), ("connection_lost".to_owned(), 900, 2500, 1));
}

#[test]
fn a_sideband_that_is_not_there_is_dialled_again_and_again() {
    let hall = Hall::new(&[]);
    let openai = &hall.interviews.openai;
    let odd = [Undialled::Refused(404), Undialled::Refused(404), Undialled::Unreachable, Undialled::Refused(404)];
    openai.dials.borrow_mut().extend(odd.map(Err));
    let talk = Talk::open(&hall);
    assert_eq!(talk.beat()["relay"], true);
    let mut dialled = vec![openai.dialled.get()];
    for seconds in [2, 3, 6, 11] {
        hall.pass(seconds);
        dialled.push(openai.dialled.get());
    }
    assert_eq!(dialled, [1, 2, 3, 4, 5], "after 1, 2, 5 and 10 seconds");
    assert_eq!(talk.beat()["relay"], true, "found in the end, and what was missed is still asked for");
    openai.wire().unwrap().close();
    hall.settle();
    assert_eq!(talk.beat()["relay"], true);
    hall.pass(2);
    assert_eq!((talk.beat()["relay"].clone(), openai.dialled.get()), (json!(true), 6));
}

#[test]
fn without_an_ear_for_five_minutes_it_ends_as_our_fault() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    let openai = &hall.interviews.openai;
    openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 99]);
    openai.wire().unwrap().close();
    talk.go_on(299);
    assert_eq!(hung_up(&hall), 0);
    talk.go_on(5);
    assert_eq!(after(&talk), ("our_fault".to_owned(), 1200, 2340, 1));
    assert_eq!(statement(&hall), "Interview, 20 min 0 s: we failed");
}

#[test]
fn what_is_to_be_said_waits_for_the_sideband_and_is_not_said_in_vain() {
    let hall = Hall::new(&[]);
    let talk = Talk::spoken(&hall);
    let openai = &hall.interviews.openai;
    openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 9]);
    openai.wire().unwrap().close();
    talk.go_on(62);
    assert_eq!(talk.said(), [""; 0], "nobody is there to be told");
    let batch = json!({ "batch": 1, "events": [speech()] });
    assert_eq!(talk.say("transcript", &batch).status, 200);
    talk.go_on(95);
    assert_eq!(talk.beat()["relay"], false);
    assert_eq!(talk.said(), [""; 0], "they have spoken meanwhile");
}

#[test]
fn patience_is_told_to_the_call_and_remembered() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    let asked = |patience: &str| talk.say("patience", &json!({ "patience": patience }));
    assert_eq!(body(&asked("patient")), json!({ "patience": "patient" }));
    hall.settle();
    hall.pass(1);
    let said = talk.said();
    assert!(said.len() == 1 && said[0].contains(r#""eagerness":"low""#), "{said:?}");
    hall.interviews.openai.dials.borrow_mut().extend(vec![Err(Undialled::Unreachable); 3]);
    hall.interviews.openai.wire().unwrap().close();
    hall.settle();
    asked("quick");
    talk.go_on(20);
    assert!(talk.said().last().unwrap().contains(r#""eagerness":"high""#), "told when somebody listens again");
    assert_eq!(talk.said().len(), 2);
    assert_eq!(code(&asked("endless")), "400 bad_request");
    talk.end();
    asked("normal");
    hall.pass(5);
    assert_eq!(talk.said().len(), 2, "nothing is said any more");
}

/// One interview, step by step.
fn steps() -> Vec<fn(&Talk)> {
    vec![
        |talk| talk.go_on(5),
        |talk| talk.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } })),
        |talk| talk.hears(json!({ "type": "output_audio_buffer.started", "response_id": "resp_1" })),
        |talk| talk.go_on(20),
        |talk| talk.hears(speech()),
        |talk| talk.go_on(800),
        |talk| drop(talk.say("patience", &json!({ "patience": "quick" }))),
        |talk| talk.go_on(80),
        |talk| drop(talk.end()),
        |talk| talk.hall.pass(3),
        |talk| talk.hall.pass(8),
        |talk| talk.hall.pass(300),
    ]
}

#[test]
fn memory_may_vanish_between_any_two_events() {
    for lost in 0..steps().len() {
        let hall = Hall::new(&[]);
        let talk = Talk::open(&hall);
        for (n, step) in steps().iter().enumerate() {
            if n == lost {
                hall.evict(&talk.id);
                talk.get("");
                hall.pass(2);
            }
            step(&talk);
        }
        let (ending, heard, left, hung_up) = after(&talk);
        let late = if (3..9).contains(&lost) { 2 } else { 0 };
        assert_eq!((ending.as_str(), heard, hung_up), ("ended_by_user", 900 + late, 1), "after step {lost}");
        assert_eq!(left, 2500, "after step {lost}");
        hall.pass(700);
        assert!(talk.is_empty(), "after step {lost}");
        assert_eq!(talk.ended().map(|ended| ended.1), Some(900 + late), "D1 knows it");
    }
}

#[test]
fn it_empties_itself_when_wallet_and_d1_have_both_said_yes_and_the_call_is_hung_up() {
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 900);
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 70]);
    talk.end();
    hall.pass(590);
    assert!(!talk.is_empty(), "somebody may still ask");
    hall.pass(310);
    assert!(!talk.is_empty() && hung_up(&hall) == 0, "the call is not hung up");
    hall.pass(600);
    assert!(talk.is_empty() && hung_up(&hall) == 1 && talk.room().disk.alarm.get().is_none());
    assert_eq!(code(&talk.say("heartbeat", &json!({ "packets": 1 }))), "404 not_found");
    assert_eq!(code(&talk.exchange_with(&talk.token, OFFER)), "403 bad_ticket");
    assert!(talk.is_empty());
}

#[test]
fn a_call_that_is_not_found_yet_is_hung_up_again_and_one_that_was_heard_is_over() {
    let hall = Hall::new(&[]);
    let openai = &hall.interviews.openai;
    openai.dials.borrow_mut().extend(vec![Err(Undialled::Refused(404)); 9]);
    openai.hanging.borrow_mut().extend([Ok(404), Ok(404), Ok(404)]);
    let talk = Talk::open(&hall);
    talk.end();
    hall.pass(1);
    assert_eq!((hung_up(&hall), openai.hanging.borrow().len()), (0, 2), "so young a call may not be found yet");
    hall.pass(8);
    assert_eq!((hung_up(&hall), openai.hanging.borrow().len()), (1, 0));

    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 10);
    hall.interviews.openai.hanging.borrow_mut().push_back(Ok(404));
    talk.end();
    hall.pass(30);
    assert_eq!((hung_up(&hall), hall.interviews.openai.hanging.borrow().len()), (0, 0), "it was there, and is gone");
}

#[test]
fn whoever_has_gone_pays_up_to_their_last_sign_of_life() {
    let hall = Hall::new(&[("INTERVIEW_SECONDS", "1800")]);
    let talk = Talk::talking(&hall, 1740);
    hall.pass(70);
    assert_eq!(after(&talk), ("connection_lost".to_owned(), 1740, 2040, 1), "not to the end of the time");
    let hall = Hall::new(&[]);
    let talk = Talk::talking(&hall, 600);
    hall.pass(60);
    assert_eq!(talk.end()["ended"]["heardSeconds"], 600, "ended from elsewhere");
}
