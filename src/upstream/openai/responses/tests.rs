use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::millis::Millis;

const ACCOUNT: Account = Account { base: "https://api.openai.com/v1", key: "sk-secret" };

fn question() -> Question<'static> {
    Question {
        model: "gpt-6-luna",
        instructions: "Judge.",
        input: "#1 PERSON: I \"led\" it.\n",
        name: "interview_feedback",
        schema: json!({ "type": "object", "properties": {}, "required": [], "additionalProperties": false }),
        max_output_tokens: 4000,
        effort: "low",
        safety_identifier: "hash-of-user",
    }
}

fn message(content: &Value) -> Value {
    json!({ "type": "message", "id": "msg_1", "role": "assistant", "status": "completed", "content": content })
}

fn part(text: &str) -> Value {
    json!({ "type": "output_text", "text": text, "annotations": [] })
}

fn completed(output: &Value) -> Value {
    json!({ "id": "resp_1", "object": "response", "status": "completed", "error": null, "incomplete_details": null,
        "model": "gpt-6-luna-2026-09-01", "output": output })
}

fn told(body: &Value) -> Result<Answered, Unanswered> {
    read(200, body.to_string().as_bytes())
}

fn provider(why: &str) -> Unanswered {
    Unanswered::Failed(Fault::Provider { provider: "openai", why: why.to_owned() })
}

fn busy() -> Unanswered {
    Unanswered::Failed(Fault::ProviderBusy { provider: "openai", retry_after: Millis::of_seconds(2) })
}

#[test]
fn a_question_is_kept_nowhere_and_the_key_is_in_a_header_only() {
    let post = ask(&ACCOUNT, &question());
    assert_eq!(post.url, "https://api.openai.com/v1/responses");
    let json_body = ("content-type", "application/json".to_owned());
    assert_eq!(post.headers, [("authorization", "Bearer sk-secret".to_owned()), json_body]);
    assert_eq!(
        serde_json::from_slice::<Value>(&post.body).unwrap(),
        json!({
            "model": "gpt-6-luna",
            "instructions": "Judge.",
            "input": [
                { "role": "user", "content": [{ "type": "input_text", "text": "#1 PERSON: I \"led\" it.\n" }] },
            ],
            "text": { "format": {
                "type": "json_schema",
                "name": "interview_feedback",
                "schema": { "type": "object", "properties": {}, "required": [], "additionalProperties": false },
                "strict": true,
            } },
            "max_output_tokens": 4000,
            "reasoning": { "effort": "low" },
            "store": false,
            "safety_identifier": "hash-of-user",
        })
    );
}

#[test]
fn the_answer_is_what_the_model_wrote_and_not_what_it_thought() {
    let thought = json!({ "type": "reasoning", "id": "rs_1", "summary": [{ "type": "summary_text", "text": "{" }],
        "content": [{ "type": "reasoning_text", "text": "{\"a\":2}" }] });
    for output in [
        json!([message(&json!([part("{\"a\":1}")]))]),
        json!([thought, message(&json!([part("{\"a\":1}")]))]),
        json!([thought, message(&json!([part("{\"a\""), part(":1}")]))]),
        json!([message(&json!([part("{\"a\"")])), thought, message(&json!([part(":1}")]))]),
        json!([{ "type": "of tomorrow" }, 7, null, message(&json!([{ "type": "new" }, part("{\"a\":1}")]))]),
    ] {
        let answered = Answered { model: "gpt-6-luna-2026-09-01".to_owned(), value: json!({ "a": 1 }) };
        assert_eq!(told(&completed(&output)), Ok(answered), "{output}");
    }
}

#[test]
fn a_refusal_is_a_refusal_wherever_it_stands() {
    let refusal = json!({ "type": "refusal", "refusal": "I cannot." });
    for content in [json!([refusal]), json!([part("{\"a\":1}"), refusal]), json!([refusal, part("{}")])] {
        assert_eq!(told(&completed(&json!([message(&content)]))), Err(Unanswered::Refused), "{content}");
    }
}

#[test]
fn what_is_not_whole_says_why() {
    let cut = message(&json!([part("{\"a\":")]));
    for (reason, why) in [
        (json!({ "reason": "max_output_tokens" }), Unanswered::CutOff),
        (json!({ "reason": "content_filter" }), Unanswered::Filtered),
        (json!({ "reason": "of tomorrow" }), Unanswered::CutOff),
        (Value::Null, Unanswered::CutOff),
    ] {
        let body = json!({ "status": "incomplete", "incomplete_details": reason, "model": "m", "output": [cut] });
        assert_eq!(told(&body), Err(why), "{body}");
    }
}

#[test]
fn a_failure_has_its_kind() {
    let failed = |code: &str| told(&json!({ "status": "failed", "error": { "code": code, "message": "secret" } }));
    assert_eq!(failed("server_error"), Err(provider("200 server_error")));
    assert_eq!(failed("rate_limit_exceeded"), Err(busy()));
    assert_eq!(failed("server_is_overloaded"), Err(busy()));
    assert_eq!(failed("a secret"), Err(provider("200")));
    assert_eq!(told(&json!({ "status": "failed" })), Err(provider("200")));
    assert_eq!(read(429, b""), Err(busy()));
    assert_eq!(read(500, b"{}"), Err(provider("500")));
    assert_eq!(read(302, b""), Err(provider("302")));
    let no = |why: &str| Fault::ProviderRefused { provider: "openai", why: why.to_owned() };
    let told = |status, code: &str| read(status, format!("{{\"error\":{{\"code\":\"{code}\"}}}}").as_bytes());
    assert_eq!(told(404, "model_not_found"), Err(Unanswered::Failed(no("404 model_not_found"))));
    assert_eq!(told(429, "insufficient_quota"), Err(Unanswered::Failed(no("429 insufficient_quota"))));
    for status in [400, 413, 422] {
        let why = format!("{status} context_length_exceeded");
        assert_eq!(told(status, "context_length_exceeded"), Err(Unanswered::Unfit(no(&why))), "the question's own");
    }
}

#[test]
fn anything_else_is_unreadable() {
    let output = json!([message(&json!([part("{}")]))]);
    let without_model = json!({ "status": "completed", "output": output });
    let mut of_no_name = completed(&output);
    of_no_name["model"] = "two words".into();
    for body in [
        without_model.to_string(),
        of_no_name.to_string(),
        completed(&json!([])).to_string(),
        completed(&json!([message(&json!([part("Sure! {}")]))])).to_string(),
        completed(&json!([message(&json!([part("{\"a\":1")]))])).to_string(),
        completed(&json!("text")).to_string(),
        json!({ "status": "in_progress", "model": "m", "output": output }).to_string(),
        json!({ "status": "cancelled", "model": "m", "output": output }).to_string(),
        json!({ "model": "m", "output": output, "output_text": "{}" }).to_string(),
        "<html>".to_owned(),
        "null".to_owned(),
        String::new(),
    ] {
        assert_eq!(read(200, body.as_bytes()), Err(Unanswered::Unreadable), "{body}");
    }
}

proptest! {
    #[test]
    fn no_answer_is_too_strange(status: u16, body in any::<Vec<u8>>(), text in any::<String>()) {
        let _ = read(status, &body);
        let _ = told(&completed(&json!([message(&json!([part(&text)]))])));
    }

    #[test]
    fn any_value_is_read_as_it_was_written(text in any::<String>(), number: i64) {
        let value = json!({ "text": text, "number": number });
        let answered = told(&completed(&json!([message(&json!([part(&value.to_string())]))])));
        prop_assert_eq!(answered.unwrap().value, value);
    }
}
