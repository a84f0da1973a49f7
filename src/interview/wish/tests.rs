use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::text::is_unseen;

/// What the platform does, as far as these tests need it.
fn nfc(text: &str) -> String {
    text.replace("e\u{301}", "é")
}

fn start(body: &Value) -> Result<Start, Refusal> {
    read(body.to_string().as_bytes(), &nfc)
}

/// A body in which one member differs from a sound one.
fn with(field: &str, value: Value) -> Result<Start, Refusal> {
    let mut body = json!({ "jobTitle": "Baker" });
    body[field] = value;
    start(&body)
}

fn title(text: &str) -> String {
    with("jobTitle", json!(text)).unwrap().wish.job_title
}

fn description(text: &str) -> Option<String> {
    with("jobDescription", json!(text)).unwrap().wish.job_description
}

#[test]
fn what_is_not_said_is_the_usual() {
    let wish = Wish {
        job_title: "Baker".to_owned(),
        job_description: None,
        company: None,
        level: Level::Mid,
        focus: Focus::General,
        language: Language::English,
        persona: Persona::Warm,
        minutes: 30,
        patience: Patience::Normal,
        pace: Pace::Normal,
        resume: None,
    };
    let plain = Start { wish, replace: None, credits: false };
    assert_eq!(start(&json!({ "jobTitle": "Baker" })), Ok(plain.clone()));
    let nulls = json!({
        "jobTitle": "Baker", "jobDescription": null, "company": null, "level": null, "focus": null, "language": null,
        "persona": null, "minutes": null, "patience": null, "pace": null, "replace": null, "resumeId": null,
        "payWithCredits": null,
        "other": ["unknown", "members", "count for nothing"],
    });
    assert_eq!(start(&nulls), Ok(plain.clone()));
    assert_eq!(start(&json!({ "jobTitle": "Baker", "company": " \n ", "jobDescription": "\u{200b}" })), Ok(plain));
}

#[test]
fn all_that_is_said_is_read() {
    let body = json!({
        "jobTitle": "Bäcker", "jobDescription": "Two\nlines", "company": "Brot & Söhne", "level": "lead",
        "focus": "behavioural", "language": "de", "persona": "formal", "minutes": 15, "replace": "ses_1",
        "payWithCredits": true,
    });
    let Start { wish, replace, credits } = start(&body).unwrap();
    assert_eq!(
        (wish.job_title.as_str(), wish.job_description.as_deref(), wish.company.as_deref()),
        ("Bäcker", Some("Two\nlines"), Some("Brot & Söhne"))
    );
    assert_eq!((wish.level, wish.focus, wish.language), (Level::Lead, Focus::Behavioural, Language::German));
    assert_eq!((wish.persona, wish.minutes, replace), (Persona::Formal, 15, SessionId::parse("ses_1")));
    assert!(credits);
}

#[test]
fn a_wrong_type_or_word_is_told_by_its_field() {
    for field in ["jobTitle", "jobDescription", "company", "level", "focus", "language", "persona", "replace"] {
        for odd in [json!(1), json!(true), json!([]), json!({}), json!(["Baker"])] {
            assert_eq!(with(field, odd), Err(Refusal::BadRequest { field }));
        }
    }
    for (field, odd) in [("level", "Mid"), ("focus", ""), ("language", "it"), ("persona", "warm "), ("replace", "1")] {
        assert_eq!(with(field, json!(odd)), Err(Refusal::BadRequest { field }));
    }
    for odd in [json!("15"), json!(0), json!(-15), json!(16), json!(15.5), json!(true), json!([15]), json!(1e300)] {
        assert_eq!(with("minutes", odd), Err(Refusal::BadRequest { field: "minutes" }));
    }
    for odd in [json!(null), json!(""), json!(" \t\n"), json!("\u{202e}\u{200b}\u{0}")] {
        assert_eq!(with("jobTitle", odd), Err(Refusal::BadRequest { field: "jobTitle" }));
    }
    for odd in ["[]", "null", "\"Baker\"", "1"] {
        assert_eq!(read(odd.as_bytes(), &nfc), Err(Refusal::BadRequest { field: "body" }), "{odd}");
    }
    for odd in ["", "{", "{\"jobTitle\":\"a\"} x", "{'jobTitle':1}", &"[".repeat(10_000)] {
        assert_eq!(read(odd.as_bytes(), &nfc), Err(Refusal::BadJson));
    }
    assert_eq!(read(b"{\"jobTitle\":\"\xff\"}", &nfc), Err(Refusal::BadJson));
}

#[test]
fn one_line_fields_are_one_line() {
    for (raw, clean) in [
        ("  Baker  ", "Baker"),
        ("Head\r\nof\tBread", "Head of Bread"),
        ("Head\u{a0}\u{3000} \u{2028}of Bread", "Head of Bread"),
        ("Ba\u{0}k\u{7}e\u{1b}r\u{7f}\u{9f}", "Baker"),
        ("\u{202e}rekaB\u{202c}", "rekaB"),
        ("B\u{200b}a\u{200d}k\u{2060}e\u{feff}r\u{ad}", "Baker"),
        ("Baker\u{e0041}\u{e0042}\u{e007f}", "Baker"),
        ("Cafe\u{301}", "Café"),
        ("Cafe\u{200b}\u{301}", "Café"),
        ("Пекарь 面包师 🥖", "Пекарь 面包师 🥖"),
    ] {
        assert_eq!(title(raw), clean);
    }
}

#[test]
fn a_description_keeps_its_lines() {
    for (raw, clean) in [
        ("\n\n a\r\nb\rc\n", "a\nb\nc"),
        ("a\n\n- b\tc", "a\n\n- b c"),
        ("a\u{85}b\u{2028}c\u{2029}d\u{b}e", "a\nb\nc\nd\ne"),
        ("a\u{0}\u{202d}\u{200f}b", "ab"),
    ] {
        assert_eq!(description(raw).as_deref(), Some(clean));
    }
}

#[test]
fn lengths_are_counted_in_characters_of_what_is_left() {
    for (field, most) in [("jobTitle", 120), ("company", 120), ("jobDescription", 4000)] {
        for letter in ["a", "é", "e\u{301}", "🥖", "a\u{200b}", "\u{202e}a\u{0}"] {
            assert!(with(field, json!(letter.repeat(most))).is_ok(), "{field} {letter:?}");
            let longer = with(field, json!(letter.repeat(most + 1)));
            assert_eq!(longer, Err(Refusal::BadRequest { field }), "{letter:?}");
        }
        assert!(with(field, json!(format!("{}{}", " ".repeat(200), "a".repeat(most)))).is_ok());
    }
}

#[test]
fn bodies_that_mean_the_same_have_the_same_fingerprint() {
    let of = |text: &str| fingerprint(&read(text.as_bytes(), &nfc).unwrap());
    let plain = of(r#"{"jobTitle":"Café","company":"Brot"}"#);
    for other in [
        r#" { "company" : "Brot " , "jobTitle" : " Caf\u00e9" } "#,
        r#"{"jobTitle":"Cafe\u0301","company":"Brot","minutes":30,"level":"mid","focus":"general"}"#,
        r#"{"jobTitle":"Café","company":"Brot","persona":"warm","language":"en","replace":null,"new":1}"#,
    ] {
        assert_eq!(of(other), plain, "{other}");
    }
    let mut seen = vec![plain];
    for other in [
        r#"{"jobTitle":"Cafe","company":"Brot"}"#,
        r#"{"jobTitle":"Café","jobDescription":"Brot"}"#,
        r#"{"jobTitle":"Café","company":"Brot","minutes":15}"#,
        r#"{"jobTitle":"Café","company":"Brot","level":"lead"}"#,
        r#"{"jobTitle":"Café","company":"Brot","focus":"case"}"#,
        r#"{"jobTitle":"Café","company":"Brot","language":"fr"}"#,
        r#"{"jobTitle":"Café","company":"Brot","persona":"direct"}"#,
        r#"{"jobTitle":"Café","company":"Brot","replace":"ses_1"}"#,
    ] {
        let fingerprint = of(other);
        assert!(!seen.contains(&fingerprint), "{other}");
        seen.push(fingerprint);
    }
}

#[test]
fn the_fingerprint_is_pinned() {
    // printf '[{"jobTitle":"Baker","jobDescription":null,"company":null,"level":"mid","focus":"general",
    // "language":"en","persona":"warm","minutes":30},null]' (in one line) | openssl dgst -sha256 -binary | base64
    assert_eq!(fingerprint(&with("minutes", json!(30)).unwrap()), "4xqUgBOe4/uOX5Yjbh311lqkPwIedOi8uRmKggGB5Bo");
}

proptest! {
    #[test]
    fn what_is_taken_is_clean_and_stays(
        title in any::<String>(), company in any::<String>(), lines in "[\\PC\r\n\t\u{0}\u{202e}\u{200b}]{0,200}",
    ) {
        let body = json!({ "jobTitle": title, "company": company, "jobDescription": lines });
        if let Ok(taken) = start(&body) {
            let texts = [Some(&taken.wish.job_title), taken.wish.company.as_ref(), taken.wish.job_description.as_ref()];
            for text in texts.into_iter().flatten() {
                prop_assert!(!text.is_empty() && text.trim() == text);
                prop_assert!(text.chars().all(|c| c == '\n' || !c.is_control() && !is_unseen(c)));
            }
            prop_assert!(!taken.wish.job_title.contains('\n') && !taken.wish.job_title.contains("  "));
            let again = start(&serde_json::to_value(&taken.wish).unwrap());
            prop_assert_eq!(again, Ok(taken));
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, &nfc);
    }
}
