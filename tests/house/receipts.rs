//! Receipts: what was signed is true, and nothing else is. And the curves, which are drawn from what was judged.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use vocahire::domain::id::in_hexadecimal;
use vocahire::edge::Body;

use super::feedback::{SECRET, feedback, hall, over, scored, tell, told};
use super::hall::Hall;
use super::said::{heard, speech};
use super::talk::{Talk, post};
use super::world::{Call, code, json as body};

fn receipt(talk: &Talk) -> Json {
    let answer = talk.get("/receipt");
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

fn verify(hall: &Hall, text: &str) -> Json {
    body(&hall.call(post("/api/receipts/verify", &json!({ "receipt": text }).to_string())))
}

fn hash(text: &str) -> String {
    in_hexadecimal(&Sha256::digest(text.as_bytes()))
}

#[test]
fn a_receipt_says_what_an_interview_was_and_everybody_can_ask_whether_it_is_true() {
    let hall = hall();
    let talk = scored(&hall);
    hall.pass(5);
    let (told, about) = (receipt(&talk), body(&talk.get("")));
    let report = feedback(&talk);
    let Body::Text(text) = talk.get("/transcript?format=text").body else { panic!() };
    let signed = json!({
        "session": talk.id, "person": hash("receipt:user_1"),
        "startedAt": about["startedAt"], "endedAt": about["endedAt"],
        "heardSeconds": 120, "ending": "ended_by_user", "charged": "0.06", "rubric": "coach-1",
        "rubricHash": report["report"]["evaluatedBy"]["rubricHash"], "transcriptHash": hash(&text),
        "issuedAt": vocahire::domain::millis::Millis::new(hall.now.get()).iso(),
    });
    assert_eq!(told["signed"], signed);
    let receipt = told["receipt"].as_str().unwrap();
    assert_eq!(told["address"], format!("/verify#{receipt}"));
    assert_eq!(verify(&hall, receipt), json!({ "valid": true, "signed": signed }));
    assert_eq!(
        verify(&hall, &format!("  {receipt}\n")),
        json!({ "valid": true, "signed": signed }),
        "as it was pasted"
    );
    hall.pass(900);
    let Body::Text(later) = talk.get("/transcript?format=text").body else { panic!() };
    assert_eq!(hash(&later), signed["transcriptHash"], "D1 tells the same file");
    talk.delete();
    assert_eq!(verify(&hall, receipt)["valid"], true, "what was true then is still said");
}

#[test]
fn no_byte_of_a_receipt_can_be_another() {
    let hall = hall();
    let talk = scored(&hall);
    let receipt = receipt(&talk)["receipt"].as_str().unwrap().to_owned();
    for at in 0..receipt.len() {
        let mut bytes = receipt.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert_eq!(verify(&hall, std::str::from_utf8(&bytes).unwrap()), json!({ "valid": false }), "{at}");
    }
    let long = format!("{receipt}{}", "A".repeat(3000));
    for odd in ["", ".", "a.b", receipt.get(1..).unwrap(), receipt.get(..receipt.len() - 1).unwrap(), &long] {
        assert_eq!(verify(&hall, odd), json!({ "valid": false }), "{odd:.40}");
    }
    for odd in ["{}", r#"{"receipt":5}"#] {
        assert_eq!(code(&hall.call(post("/api/receipts/verify", odd))), "400 bad_request", "{odd}");
    }
    assert_eq!(code(&hall.call(post("/api/receipts/verify", "{"))), "400 bad_json");
}

#[test]
fn a_new_secret_leaves_old_receipts_true() {
    let first = hall();
    let old = receipt(&scored(&first))["receipt"].as_str().unwrap().to_owned();
    let new = "another-canary-another-canary-another";
    let both = Hall::new(&[("RECEIPT_SECRET", &format!("{new}, {SECRET}"))]);
    assert_eq!(verify(&both, &old)["valid"], true);
    let newer = receipt(&scored(&both))["receipt"].as_str().unwrap().to_owned();
    let only_new = Hall::new(&[("RECEIPT_SECRET", new)]);
    assert_eq!([&old, &newer].map(|text| verify(&only_new, text)["valid"].clone()), [json!(false), json!(true)]);
    assert_eq!(verify(&first, &newer)["valid"], false);
}

#[test]
fn what_we_signed_for_another_end_is_no_receipt() {
    let secret = "canary-ticket-canary-ticket-canary-ticket";
    let hall = Hall::new(&[("RECEIPT_SECRET", secret)]);
    let talk = scored(&hall);
    for text in [&talk.token, &*talk.key.borrow()] {
        assert_eq!(verify(&hall, text), json!({ "valid": false }), "signed with the same secret all the same");
    }
    let receipt = receipt(&talk)["receipt"].as_str().unwrap().to_owned();
    assert_eq!(code(&talk.say_with(&receipt, "heartbeat", &json!({ "packets": 1 }))), "403 bad_ticket");
    assert_eq!(code(&talk.exchange_with(&receipt, super::talk::OFFER)), "403 bad_ticket");
}

#[test]
fn there_is_no_receipt_before_it_is_known_what_it_was() {
    let hall = hall();
    let talk = told(&hall);
    assert_eq!(code(&talk.get("/receipt")), "409 conflict", "it goes on");
    hall.absent.set(true);
    talk.end();
    hall.pass(30);
    assert_eq!(code(&talk.get("/receipt")), "409 conflict", "what it costs is not known");
    hall.absent.set(false);
    hall.pass(120);
    let signed = receipt(&talk)["signed"].clone();
    assert_eq!((&signed["charged"], &signed["rubric"]), (&json!("0.06"), &json!("coach-1")));
}

#[test]
fn there_is_no_receipt_while_words_may_still_come() {
    let hall = hall();
    let talk = told(&hall);
    talk.hears(speech("item_9"));
    talk.end();
    hall.interviews.openai.hanging.borrow_mut().extend(vec![Ok(500); 3]);
    hall.pass_millis(9999);
    assert_eq!(code(&talk.get("/receipt")), "409 conflict", "it is on its way to D1");
    hall.pass_millis(1);
    let first = receipt(&talk)["signed"]["transcriptHash"].clone();
    talk.hears(heard("item_9", "And goodbye."));
    hall.pass(1200);
    assert_eq!(receipt(&talk)["signed"]["transcriptHash"], first);
}

#[test]
fn an_interview_that_is_not_judged_has_a_receipt_that_says_so() {
    let hall = hall();
    hall.interviews.openai.judge.takes.set(60_000);
    let talk = told(&hall);
    over(&talk);
    let told = receipt(&talk);
    assert_eq!((&told["signed"]["rubric"], &told["signed"]["rubricHash"]), (&json!(null), &json!(null)));
    assert_eq!(verify(&hall, told["receipt"].as_str().unwrap())["valid"], true);
}

#[test]
fn where_no_secret_is_set_nothing_is_signed() {
    let hall = Hall::new(&[]);
    let talk = scored(&hall);
    assert_eq!(code(&talk.get("/receipt")), "503 not_configured");
    let asked = hall.call(post("/api/receipts/verify", r#"{"receipt":"a.b"}"#));
    assert_eq!(code(&asked), "503 not_configured");
}

fn progress(hall: &Hall, user: &str) -> Json {
    let answer = hall.call_as(user, Call::get("/api/progress"));
    assert_eq!(answer.status, 200, "{answer:?}");
    body(&answer)
}

#[test]
fn curves_are_drawn_from_what_was_judged_the_oldest_first() {
    let hall = hall();
    let first = scored(&hall);
    hall.pass(60);
    (0..3).for_each(|_| hall.interviews.openai.judge.reply(500, &json!({})));
    let failed = told(&hall);
    over(&failed);
    hall.pass(60);
    let technical = Talk::started_with(&hall, r#"{"jobTitle":"Miller","focus":"technical","level":"senior"}"#);
    technical.exchange();
    hall.pass(1);
    technical.hears(json!({ "type": "response.created", "response": { "id": "resp_1" } }));
    technical.hears(json!({ "type": "output_audio_buffer.started" }));
    tell(&technical, 0, "How does a mill work?", "Two stones turn against each other, and the grain falls in between.");
    technical.go_on(120);
    over(&technical);
    let short = Talk::talking(&hall, 120);
    over(&short);
    let told = progress(&hall, "user_1");
    assert_eq!(told["criteria"].as_array().unwrap().len(), 14);
    let names = &told["criteria"][0];
    assert_eq!((&names["criterion"], &names["name"]), (&json!("relevance"), &json!("Relevance")));
    let sessions = told["sessions"].as_array().unwrap();
    let ids: Vec<&str> = sessions.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [&first.id, &failed.id, &technical.id, &short.id]);
    let rubrics: Vec<&Json> = sessions.iter().map(|one| &one["rubric"]).collect();
    assert_eq!(rubrics, [&json!("coach-1"), &json!(null), &json!("coach-1"), &json!("coach-1")]);
    let graded = |one: &Json| -> Vec<(String, Option<i64>)> {
        let scores = one["scores"].as_array().unwrap().iter();
        scores.map(|score| (score["criterion"].as_str().unwrap().to_owned(), score["grade"].as_i64())).collect()
    };
    let alike = |names: [&str; 5], grade| names.map(|name| (name.to_owned(), grade)).to_vec();
    let general = ["motivation", "reflection", "relevance", "specifics", "structure"];
    assert_eq!(graded(&sessions[0]), alike(general, Some(3)));
    assert_eq!(graded(&sessions[1]), []);
    assert_eq!(graded(&sessions[2]), alike(["depth", "reasoning", "relevance", "specifics", "tradeoffs"], Some(3)));
    assert_eq!(graded(&sessions[3]), alike(general, None), "too short is no grade");
    let about = |name: &str| sessions.iter().map(|one| one[name].clone()).collect::<Vec<_>>();
    assert_eq!(about("focus"), ["general", "general", "technical", "general"]);
    assert_eq!(
        (&sessions[2]["jobTitle"], &sessions[2]["level"], &sessions[2]["language"]),
        (&json!("Miller"), &json!("senior"), &json!("en"))
    );
    assert_eq!(
        (&sessions[0]["heardSeconds"], &sessions[0]["startedAt"]),
        (&json!(120), &body(&first.get(""))["startedAt"])
    );
    let counts = |one: &Json| (one["counts"]["words"]["you"].as_i64(), one["counts"].is_null());
    assert_eq!((counts(&sessions[0]), counts(&sessions[1])), ((Some(15), false), (Some(15), false)));
    assert_eq!(progress(&hall, "user_2")["sessions"], json!([]));
    first.delete();
    assert_eq!(progress(&hall, "user_1")["sessions"].as_array().unwrap().len(), 3);
}

#[test]
fn a_curve_has_two_hundred_interviews_and_those_are_the_newest() {
    let hall = hall();
    let talk = scored(&hall);
    let copies = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 230)
        insert into sessions (id, person, payer, job_title, job_description, company, level, focus, language, persona,
            minutes, seconds, model, opened_at, began_at, ended_at, ending, heard_ms, charged, speaks, relayed, text_in,
            text_cached, audio_in, audio_cached, text_out, audio_out, transcribed_ms, transcribed_tokens, cost,
            archived_at)
        select 'ses_copy' || i, person, payer, 'Baker ' || i, job_description, company, level,
        focus, language, persona, minutes, seconds, model, opened_at + i, began_at, ended_at, ending, heard_ms, charged,
        speaks, relayed, text_in, text_cached, audio_in, audio_cached, text_out, audio_out, transcribed_ms,
        transcribed_tokens, cost, archived_at from sessions, n";
    hall.database.execute(copies, []).unwrap();
    let told = progress(&hall, "user_1");
    let sessions = told["sessions"].as_array().unwrap();
    let names = [0, 199].map(|n| sessions[n]["jobTitle"].as_str().unwrap());
    assert_eq!((sessions.len(), names), (200, ["Baker 31", "Baker 230"]));
    assert!(sessions.iter().all(|one| one["id"] != talk.id));
}
