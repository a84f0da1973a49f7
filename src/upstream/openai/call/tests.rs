use proptest::prelude::*;
use serde_json::json;

use super::*;

const ACCOUNT: Account = Account { base: "https://api.openai.com/v1", key: "sk-secret" };
const SDP: &str = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";
const BOUNDARY: &str = "8f14e45fceea167a5a36dedd4bea2543";

fn session(instructions: &str) -> Session<'_> {
    Session {
        model: "gpt-realtime-2.1",
        voice: "marin",
        slow: false,
        transcribe_model: "gpt-4o-mini-transcribe",
        language: "de",
        instructions,
        patience: Patience::Patient,
        speaks: true,
    }
}

/// As a receiver takes a multipart body apart: by the boundary that its header names. Headers and content of each part.
fn parts(post: &Post) -> Vec<(String, String)> {
    let kind = &post.headers.iter().find(|(name, _)| *name == "content-type").unwrap().1;
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = std::str::from_utf8(&post.body).unwrap();
    let body = body.strip_prefix(&format!("--{boundary}\r\n")).unwrap();
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n")).unwrap();
    let part = |part: &str| part.split_once("\r\n\r\n").map(|(head, rest)| (head.to_owned(), rest.to_owned())).unwrap();
    body.split(&format!("\r\n--{boundary}\r\n")).map(part).collect()
}

#[test]
fn an_offer_is_two_parts_and_the_key_in_a_header_only() {
    let post = offer(&ACCOUNT, SDP, &session("Be kind."), BOUNDARY, "hash-of-user");
    assert_eq!(post.url, "https://api.openai.com/v1/realtime/calls");
    assert_eq!(
        post.headers,
        [
            ("authorization", "Bearer sk-secret".to_owned()),
            ("content-type", format!("multipart/form-data; boundary={BOUNDARY}")),
            ("openai-safety-identifier", "hash-of-user".to_owned()),
        ]
    );
    let parts = parts(&post);
    let head =
        |name: &str, kind: &str| format!("content-disposition: form-data; name=\"{name}\"\r\ncontent-type: {kind}");
    assert_eq!(parts[0], (head("sdp", "application/sdp"), SDP.to_owned()));
    assert_eq!(parts[1].0, head("session", "application/json"));
    assert_eq!(parts.len(), 2);
    assert_eq!(
        serde_json::from_str::<Value>(&parts[1].1).unwrap(),
        json!({
            "type": "realtime",
            "model": "gpt-realtime-2.1",
            "instructions": "Be kind.",
            "output_modalities": ["audio"],
            "audio": {
                "input": {
                    "transcription": { "model": "gpt-4o-mini-transcribe", "language": "de" },
                    "noise_reduction": { "type": "near_field" },
                    "turn_detection": {
                        "type": "semantic_vad", "eagerness": "low", "create_response": true, "interrupt_response": true,
                    },
                },
                "output": { "voice": "marin", "speed": 1.0 },
            },
        })
    );
}

#[test]
fn without_a_microphone_the_interviewer_writes() {
    let silent = Session { speaks: false, ..session("") };
    let post = offer(&ACCOUNT, SDP, &silent, BOUNDARY, "u");
    let settings: Value = serde_json::from_str(&parts(&post)[1].1).unwrap();
    assert_eq!(settings["output_modalities"], json!(["text"]));
}

#[test]
fn each_patience_has_its_word() {
    for (patience, word, eagerness) in [
        (Patience::Quick, "quick", "high"),
        (Patience::Normal, "normal", "auto"),
        (Patience::Patient, "patient", "low"),
    ] {
        assert_eq!(serde_json::to_value(patience).unwrap(), json!(word));
        assert_eq!(Patience::of(&json!(word)), Some(patience));
        assert_eq!(turn_detection(Some(patience))["eagerness"], json!(eagerness));
    }
    assert_eq!(Patience::of(&json!("auto")), None);
}

#[test]
fn a_slower_voice_is_a_setting_of_the_call() {
    let told = |slow| settings(&Session { slow, ..session("Be kind.") });
    let speed = |slow| told(slow).pointer("/audio/output/speed").cloned();
    assert_eq!((speed(false), speed(true)), (Some(json!(1.0)), Some(json!(0.85))));
}

#[test]
fn a_call_is_ended_and_joined_by_its_name() {
    let call = CallId::parse("rtc_u1-2_3").unwrap();
    let key = ("authorization", "Bearer sk-secret".to_owned());
    let post = hang_up(&ACCOUNT, &call);
    assert_eq!(post.url, "https://api.openai.com/v1/realtime/calls/rtc_u1-2_3/hangup");
    assert_eq!((post.headers, post.body), (vec![key.clone()], Vec::new()));
    let (url, headers) = sideband(&ACCOUNT, &call);
    assert_eq!(url, "https://api.openai.com/v1/realtime?call_id=rtc_u1-2_3");
    assert_eq!(headers, [key]);
}

#[test]
fn the_name_is_the_last_part_of_the_location() {
    let longest = format!("/v1/realtime/calls/rtc_{}", "x".repeat(128));
    for (location, name) in [
        ("/v1/realtime/calls/rtc_abc", Some("rtc_abc")),
        ("https://api.openai.com/v1/realtime/calls/rtc_A-b_9", Some("rtc_A-b_9")),
        ("rtc_abc", Some("rtc_abc")),
        ("/v1/realtime/calls/rtc_abc?x=/rtc_other#/rtc_third", Some("rtc_abc")),
        (&longest, longest.rsplit('/').next()),
        ("", None),
        ("/v1/realtime/calls/", None),
        ("/v1/realtime/calls/rtc_abc/", None),
        ("/v1/realtime/calls/rtc_", None),
        ("/v1/realtime/calls/sess_abc", None),
        ("/v1/realtime/calls/rtc_a%2fb", None),
        ("/v1/realtime/calls/rtc_a b", None),
        (&format!("{longest}x"), None),
    ] {
        assert_eq!(call_id(location).as_ref().map(CallId::as_str), name, "{location}");
    }
}

#[test]
fn a_stored_name_is_parsed_again() {
    let call = CallId::parse("rtc_1").unwrap();
    assert_eq!(serde_json::to_string(&call).unwrap(), r#""rtc_1""#);
    assert_eq!(CallId::of(&json!("rtc_1")), Some(call));
    assert_eq!(CallId::of(&json!("../models")), None);
}

#[test]
fn an_answer_is_passed_on_as_it_is_or_refused() {
    for good in [SDP, "v=0\nm=audio 9 x\n"] {
        assert_eq!(answer(good.as_bytes()).as_deref(), Ok(good));
    }
    let long = format!("{SDP}{}", "a=x\r\n".repeat(sdp::MOST / 5));
    for (body, why) in [
        (b"".as_slice(), "answer is no SDP"),
        (b"{\"sdp\":\"v=0\"}", "answer is no SDP"),
        (b"<html>m=audio 9</html>", "answer is no SDP"),
        (b"v=0", "answer without audio"),
        (b"v=0\r\nm=application 9 x\r\n", "answer without audio"),
        (b"v=0\r\n\xff\xfe", "answer is no text"),
        (long.as_bytes(), "answer too large"),
    ] {
        assert_eq!(answer(body), Err(why));
    }
}

proptest! {
    /// Also by someone who knows the boundary and writes it wherever they may.
    #[test]
    fn both_parts_arrive_whole_whatever_stands_in_them(
        boundary in "[0-9a-f]{1,32}", sdp in "\\PC{0,40}", text in "\\PC{0,40}", again in 0..4usize
    ) {
        let hostile = format!("{sdp}\r\n--{boundary}{}\r\n--{boundary}--\r\n", "0".repeat(again));
        let (sdp, text) = (format!("{hostile}{sdp}"), format!("{text}{hostile}"));
        let post = offer(&ACCOUNT, &sdp, &session(&text), &boundary, "u");
        let parts = parts(&post);
        prop_assert_eq!(parts.len(), 2);
        prop_assert_eq!(&parts[0].1, &sdp);
        let settings: Value = serde_json::from_str(&parts[1].1).unwrap();
        prop_assert_eq!(settings["instructions"].as_str(), Some(text.as_str()));
    }

    #[test]
    fn any_location_and_any_answer_are_answered(
        location in "\\PC{0,60}", body in prop::collection::vec(any::<u8>(), 0..60)
    ) {
        if let Some(call) = call_id(&location) {
            prop_assert!(location.contains(call.as_str()));
        }
        if let Ok(text) = answer(&body) {
            prop_assert_eq!(text.as_bytes(), body);
        }
    }
}
