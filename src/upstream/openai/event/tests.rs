use proptest::prelude::*;
use serde_json::json;

use super::*;

fn told(event: Value) -> Result<Event, Unreadable> {
    read(event.to_string().as_bytes())
}

fn of_kind(kind: &str, mut fields: Value) -> Result<Event, Unreadable> {
    let event = fields.as_object_mut().unwrap();
    event.insert("type".to_owned(), kind.into());
    event.insert("event_id".to_owned(), "event_1".into());
    told(fields)
}

fn item() -> String {
    "item_1".to_owned()
}

fn added(item: Value) -> Result<Event, Unreadable> {
    of_kind("conversation.item.added", json!({ "item": item, "previous_item_id": "item_0" }))
}

fn message(role: &str, status: &str, content: Value) -> Value {
    json!({ "id": "item_1", "object": "realtime.item", "type": "message", "role": role, "status": status,
        "content": content })
}

#[test]
fn items_are_told_apart_by_who_and_how() {
    let spoken = json!([{ "type": "input_audio", "transcript": null }]);
    let typed = json!([{ "type": "input_text", "text": "Hello," }, { "type": "input_text", "text": "again" }]);
    let written = json!([{ "type": "output_text", "text": "Welcome." }]);
    for (role, status, content, who, is_typed, text, interrupted) in [
        ("user", "completed", &spoken, Role::Person, false, None, false),
        ("user", "completed", &typed, Role::Person, true, Some("Hello,\nagain"), false),
        ("assistant", "in_progress", &json!([]), Role::Interviewer, false, None, false),
        ("assistant", "incomplete", &written, Role::Interviewer, false, Some("Welcome."), true),
        ("system", "completed", &typed, Role::System, false, Some("Hello,\nagain"), false),
    ] {
        let item = Item { id: item(), role: who, typed: is_typed, text: text.map(str::to_owned), interrupted };
        let previous = Some("item_0".to_owned());
        assert_eq!(added(message(role, status, content.clone())), Ok(Event::ItemAdded { item, previous }), "{role}");
    }
}

#[test]
fn what_comes_first_has_nothing_before_it() {
    for previous in [json!({}), json!({ "previous_item_id": null })] {
        let mut event = previous;
        event["item"] = message("user", "completed", json!([]));
        let told = of_kind("conversation.item.added", event);
        assert!(matches!(told, Ok(Event::ItemAdded { previous: None, .. })), "{told:?}");
    }
}

#[test]
fn turns_and_output_are_read() {
    let one = |kind: &str| of_kind(kind, json!({ "item_id": "item_1", "audio_start_ms": 1, "audio_end_ms": 2 }));
    assert_eq!(one("input_audio_buffer.speech_started"), Ok(Event::SpeechStarted { item: item() }));
    assert_eq!(one("input_audio_buffer.speech_stopped"), Ok(Event::SpeechStopped { item: item() }));
    assert_eq!(one("conversation.item.truncated"), Ok(Event::Truncated { item: item() }));
    let bare = |kind: &str| of_kind(kind, json!({ "response_id": "resp_1" }));
    assert_eq!(bare("output_audio_buffer.started"), Ok(Event::OutputStarted));
    assert_eq!(bare("output_audio_buffer.stopped"), Ok(Event::OutputStopped));
    assert_eq!(bare("output_audio_buffer.cleared"), Ok(Event::OutputCleared));
    assert_eq!(bare("session.updated"), Ok(Event::SessionUpdated(Settings::default())));
}

#[test]
fn what_the_person_said_is_read_with_its_usage() {
    let kind = |end: &str| format!("conversation.item.input_audio_transcription.{end}");
    let delta = of_kind(&kind("delta"), json!({ "item_id": "item_1", "content_index": 0, "delta": "Hel" }));
    assert_eq!(delta, Ok(Event::PersonDelta { item: item(), delta: "Hel".to_owned() }));
    let empty = of_kind(&kind("delta"), json!({ "item_id": "item_1" }));
    assert_eq!(empty, Ok(Event::PersonDelta { item: item(), delta: String::new() }));
    let failed = of_kind(&kind("failed"), json!({ "item_id": "item_1", "error": { "type": "x", "message": "m" } }));
    assert_eq!(failed, Ok(Event::PersonFailed { item: item() }));
    let none = Heard::default();
    for (usage, heard) in [
        (json!({ "type": "duration", "seconds": 4.7 }), Heard { seconds_milli: 4700, ..none }),
        (
            json!({ "type": "tokens", "input_tokens": 9, "output_tokens": 3, "total_tokens": 12,
                "input_token_details": { "audio_tokens": 7, "text_tokens": 2 } }),
            Heard { audio_in: 7, text_in: 2, text_out: 3, ..none },
        ),
        (json!({ "type": "tokens", "input_tokens": 9, "output_tokens": 3 }), Heard { text_out: 3, ..none }),
        (json!(null), none),
    ] {
        let event = json!({ "item_id": "item_1", "content_index": 0, "transcript": "Hello.", "usage": usage });
        let done = Event::PersonDone { item: item(), text: "Hello.".to_owned(), usage: heard };
        assert_eq!(of_kind(&kind("completed"), event), Ok(done));
    }
}

#[test]
fn what_the_interviewer_says_is_read_spoken_or_written() {
    let fields = |name: &str| json!({ "response_id": "resp_1", "item_id": "item_1", "output_index": 0, name: "Hi." });
    for (kind, name, spoken) in
        [("response.output_audio_transcript", "transcript", true), ("response.output_text", "text", false)]
    {
        let delta = of_kind(&format!("{kind}.delta"), fields("delta"));
        assert_eq!(delta, Ok(Event::InterviewerDelta { item: item(), delta: "Hi.".to_owned() }));
        let done = of_kind(&format!("{kind}.done"), fields(name));
        assert_eq!(done, Ok(Event::InterviewerDone { item: item(), text: "Hi.".to_owned(), spoken }));
    }
}

#[test]
fn only_our_mark_makes_a_reply_ours() {
    for (metadata, ours) in [
        (json!({ "by": "vocahire" }), true),
        (json!({ "by": "page" }), false),
        (json!({ "by": ["vocahire"] }), false),
        (json!({}), false),
        (json!(null), false),
    ] {
        let told = of_kind("response.created", json!({ "response": { "id": "resp_1", "metadata": metadata } }));
        assert_eq!(told, Ok(Event::ResponseCreated { response: "resp_1".to_owned(), metadata_ours: ours }));
    }
}

#[test]
fn the_end_of_a_reply_is_read_whole() {
    let event = json!({ "response": {
        "id": "resp_1", "status": "cancelled", "status_details": { "type": "cancelled", "reason": "turn_detected" },
        "output": [{ "id": "item_1", "status": "completed" }, { "id": "item_2", "status": "incomplete" }, {}],
        "usage": {
            "total_tokens": 150, "input_tokens": 130, "output_tokens": 20,
            "input_token_details": { "text_tokens": 100, "audio_tokens": 30, "image_tokens": 0, "cached_tokens": 74,
                "cached_tokens_details": { "text_tokens": 64, "audio_tokens": 10, "image_tokens": 0 } },
            "output_token_details": { "text_tokens": 5, "audio_tokens": 15 },
        },
    } });
    let usage = Usage { text_in: 100, text_cached: 64, audio_in: 30, audio_cached: 10, text_out: 5, audio_out: 15 };
    let items = vec![("item_1".to_owned(), false), ("item_2".to_owned(), true)];
    let done = Done { status: Status::Cancelled, reason: Some("turn_detected".to_owned()), items, usage };
    assert_eq!(of_kind("response.done", event), Ok(Event::ResponseDone(done)));
}

#[test]
fn a_reply_ends_in_one_of_four_ways() {
    let ended = |status: &str, details: Value| {
        let event = json!({ "response": { "status": status, "status_details": details } });
        of_kind("response.done", event).map(|event| match event {
            Event::ResponseDone(done) => (done.status, done.reason),
            other => panic!("{other:?}"),
        })
    };
    let failed = json!({ "type": "failed", "error": { "type": "server_error", "code": null } });
    let word = |word: &str| Some(word.to_owned());
    assert_eq!(ended("completed", json!(null)), Ok((Status::Completed, None)));
    assert_eq!(ended("failed", failed), Ok((Status::Failed, word("server_error"))));
    let filtered = json!({ "reason": "content_filter" });
    assert_eq!(ended("incomplete", filtered), Ok((Status::Incomplete, word("content_filter"))));
    assert_eq!(ended("cancelled", json!({ "reason": "a sentence" })), Ok((Status::Cancelled, None)));
    assert_eq!(ended("in_progress", json!(null)), Err(Unreadable("status")));
}

#[test]
fn numbers_are_counts_whatever_they_claim() {
    let counted = |number: Value| {
        let details = json!({ "text_tokens": number, "cached_tokens_details": { "text_tokens": 50 } });
        let usage = json!({ "input_token_details": details });
        let event = json!({ "response": { "status": "completed", "usage": usage } });
        match of_kind("response.done", event) {
            Ok(Event::ResponseDone(done)) => (done.usage.text_in, done.usage.text_cached),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(counted(json!(7)), (7, 7), "no more is cached than went in");
    assert_eq!(counted(json!(7.6)), (8, 8));
    for huge in [json!(u64::MAX), json!(1e300), json!(i64::MAX)] {
        assert_eq!(counted(huge), (MOST_COUNT, 50));
    }
    for none in [json!(-3), json!(i64::MIN), json!(-1e300), json!("7"), json!(null), json!([7])] {
        assert_eq!(counted(none), (0, 0));
    }
}

#[test]
fn errors_are_told_by_their_code() {
    let error =
        |code: Value| of_kind("error", json!({ "error": { "type": "server_error", "code": code, "message": "m" } }));
    let told = |code: &str| Ok(Event::Error { code: code.to_owned() });
    assert_eq!(error(json!("session_expired")), Ok(Event::Expired));
    assert_eq!(error(json!("response_cancel_not_active")), told("response_cancel_not_active"));
    assert_eq!(error(json!(null)), told("server_error"));
    assert_eq!(error(json!("what somebody wrote")), told("server_error"));
    assert_eq!(of_kind("error", json!({})), told("unknown"));
}

#[test]
fn what_no_interview_needs_is_passed_over() {
    for kind in ["session.created", "rate_limits.updated", "response.output_audio.delta", "conversation.item.done", ""]
    {
        assert_eq!(of_kind(kind, json!({ "item_id": "no id" })), Ok(Event::Other), "{kind}");
    }
    let call = json!({ "id": "item_1", "type": "function_call", "name": "x", "arguments": "{}" });
    assert_eq!(added(call), Ok(Event::Other));
    assert_eq!(added(message("tool", "completed", json!([]))), Ok(Event::Other));
}

#[test]
fn what_is_needed_but_has_another_form_is_unreadable() {
    let deep = format!(r#"{{"type":"error","x":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let large = format!(r#"{{"type":"error","x":"{}"}}"#, "x".repeat(MOST));
    for (text, why) in [
        ("", "no JSON"),
        ("{", "no JSON"),
        (&deep, "no JSON"),
        (&large, "too large"),
        (r#"{"type":"error","x":1e999}"#, "no JSON"),
        ("[]", "type"),
        ("null", "type"),
        (r#"{"type":7}"#, "type"),
        (r#"{"type":"conversation.item.added"}"#, "item"),
        (r#"{"type":"conversation.item.added","item":{"type":"message","role":"user"}}"#, "id"),
        (
            r#"{"type":"conversation.item.added","item":{"type":"message","role":"user","id":"a"},"previous_item_id":7}"#,
            "previous_item_id",
        ),
        (r#"{"type":"input_audio_buffer.speech_started"}"#, "item_id"),
        (r#"{"type":"input_audio_buffer.speech_started","item_id":""}"#, "item_id"),
        (r#"{"type":"input_audio_buffer.speech_started","item_id":"a b"}"#, "item_id"),
        (r#"{"type":"response.created"}"#, "response"),
        (r#"{"type":"response.created","response":{}}"#, "id"),
        (r#"{"type":"response.done"}"#, "status"),
        (r#"{"type":"response.output_text.done","item_id":"a"}"#, "no text"),
    ] {
        assert_eq!(read(text.as_bytes()), Err(Unreadable(why)), "{}", text.chars().take(80).collect::<String>());
    }
    for (length, sound) in [(128, true), (129, false)] {
        let event = json!({ "item_id": "x".repeat(length) });
        assert_eq!(of_kind("conversation.item.truncated", event).is_ok(), sound, "{length}");
    }
}

#[test]
fn texts_are_cut_and_cleaned() {
    let done = |text: &str| match of_kind("response.output_text.done", json!({ "item_id": "a", "text": text })) {
        Ok(Event::InterviewerDone { text, .. }) => text,
        other => panic!("{other:?}"),
    };
    assert_eq!(done("a\nb\u{0}\u{1b}[2J\u{85}\r\tc é 你"), "a\nb[2Jc é 你");
    assert_eq!(done(&"x".repeat(MOST_TEXT + 1)).len(), MOST_TEXT);
    assert_eq!(done(&"€".repeat(MOST_TEXT / 2)).len(), MOST_TEXT - MOST_TEXT % 3);
}

const WORDS: [&str; 9] =
    ["message", "user", "assistant", "completed", "cancelled", "failed", "item_1", "input_text", "a b"];

const KEYS: [&str; 20] = [
    "item",
    "id",
    "item_id",
    "response",
    "status",
    "content",
    "role",
    "type",
    "text",
    "usage",
    "output",
    "delta",
    "error",
    "code",
    "transcript",
    "input_token_details",
    "text_tokens",
    "seconds",
    "metadata",
    "previous_item_id",
];

const KINDS: [&str; 12] = [
    "conversation.item.added",
    "conversation.item.truncated",
    "conversation.item.input_audio_transcription.delta",
    "conversation.item.input_audio_transcription.completed",
    "conversation.item.input_audio_transcription.failed",
    "input_audio_buffer.speech_started",
    "response.created",
    "response.output_audio_transcript.delta",
    "response.output_audio_transcript.done",
    "response.output_text.done",
    "response.done",
    "error",
];

/// A tree whose keys and words are those that events have, so that it comes far.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(WORDS.as_slice()).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 8, |inner| {
        let key = prop::sample::select(KEYS.as_slice()).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..8).prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_tree_is_answered(kind in prop::sample::select(KINDS.as_slice()), mut event in tree()) {
        if let Some(fields) = event.as_object_mut() {
            fields.insert("type".to_owned(), kind.into());
        }
        match of(&event) {
            Ok(Event::ResponseDone(Done { usage, items, .. })) => {
                prop_assert!((0..=usage.text_in).contains(&usage.text_cached) && usage.text_in <= MOST_COUNT);
                prop_assert!(items.len() <= MOST_ITEMS);
            }
            Ok(Event::Error { code }) => prop_assert!(is_word(&code)),
            Ok(Event::ItemAdded { item, .. }) => prop_assert!((1..=128).contains(&item.id.len())),
            _ => {}
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }
}

#[test]
fn what_counts_of_the_settings_is_read_and_nothing_else() {
    let told = |session: Value| read(json!({ "type": "session.updated", "session": session }).to_string().as_bytes());
    let whole = json!({
        "instructions": "Be kind.", "output_modalities": ["audio"], "tools": [{ "type": "function", "name": "x" }],
        "audio": { "input": { "transcription": { "model": "gpt-transcribe" } } },
    });
    let settings = Settings {
        instructions: Some("Be kind.".to_owned()),
        modality: Some("audio".to_owned()),
        transcribe_model: Some("gpt-transcribe".to_owned()),
        has_tools: true,
    };
    assert_eq!(told(whole), Ok(Event::SessionUpdated(settings)));
    let unheard = Settings { transcribe_model: Some(String::new()), ..Settings::default() };
    let silent = json!({ "tools": [], "audio": { "input": { "transcription": null } } });
    assert_eq!(told(silent), Ok(Event::SessionUpdated(unheard)), "nobody writes down what the person says");
    for odd in [json!(null), json!([]), json!({ "instructions": 7, "tools": "x", "output_modalities": "audio" })] {
        assert_eq!(told(odd), Ok(Event::SessionUpdated(Settings::default())));
    }
}
