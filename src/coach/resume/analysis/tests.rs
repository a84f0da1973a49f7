use proptest::prelude::*;

use super::*;
use crate::port::words::tests::words as lists;

const TEXT: &str = "Ann Example\nann@example.test · +49 170 1234567 · https://ann.example.test\n\nHead Baker,\n\tLoaf \
    & Sons 2019\u{2013}2024\nApprentice, Mill GmbH, since 2015\nJavaScript, C++, sour  dough\n\
    School of Bread, Bäckermeisterin";

fn answer(skills: &[&str], experience: &[[&str; 3]], education: &[[&str; 3]]) -> Value {
    let stations = |list: &[[&str; 3]], at: &str| -> Vec<Value> {
        list.iter().map(|[title, place, period]| json!({ "title": title, at: place, "period": period })).collect()
    };
    json!({ "skills": skills, "experience": stations(experience, "employer"),
        "education": stations(education, "place") })
}

#[test]
fn what_stands_there_is_kept_and_inventions_are_dropped() {
    let told = answer(
        &["Sour dough", "sour DOUGH", "C++", "C++", "Java", "JavaScript", "leadership", " ", "Loaf\n& Sons", "e"],
        &[
            ["Head baker", "Loaf & Sons", "2019-2024"],
            ["Apprentice", "Bread Inc.", "since 2014"],
            ["Chief Officer", "", "since 2015"],
            ["", "Mill GmbH", ""],
            ["", "", "2019"],
        ],
        &[["bäckermeisterin", "School of bread", ""], ["PhD", "Harvard", "2020"]],
    );
    assert_eq!(
        borne_out(&told, TEXT).unwrap(),
        answer(
            &["Sour dough", "sour DOUGH", "C++", "JavaScript", "Loaf & Sons"],
            &[["Head baker", "Loaf & Sons", "2019-2024"], ["Apprentice", "", ""], ["", "Mill GmbH", ""]],
            &[["bäckermeisterin", "School of bread", ""]],
        )
    );
}

#[test]
fn lists_and_entries_have_bounds() {
    let words: Vec<String> = (0..100).map(|n| format!("word{n}")).collect();
    let long = "x".repeat(201);
    let text = format!("{} {long}", words.join(" "));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let stations: Vec<[&str; 3]> = words.iter().map(|word| [*word, "", ""]).collect();
    let found = borne_out(&answer(&words, &stations, &stations), &text).unwrap();
    let lengths = ["skills", "experience", "education"].map(|name| found[name].as_array().unwrap().len());
    assert_eq!(lengths, [40, 20, 20]);
    assert_eq!(borne_out(&answer(&[&long], &[], &[]), &text).unwrap()["skills"], json!([]));
}

#[test]
fn an_answer_of_another_form_is_none() {
    let whole = answer(&[], &[], &[]);
    for name in ["skills", "experience", "education"] {
        for odd in [Value::Null, json!({}), json!("x")] {
            let mut spoilt = whole.clone();
            spoilt[name] = odd;
            assert_eq!(borne_out(&spoilt, TEXT), None, "{name}");
        }
    }
    for odd in [Value::Null, json!([]), json!("skills")] {
        assert_eq!(borne_out(&odd, TEXT), None);
    }
    let odd = json!({ "skills": [1, null, ["C++"]], "experience": [7, { "title": 7 }], "education": [{}] });
    assert_eq!(borne_out(&odd, TEXT), Some(whole));
}

#[test]
fn whose_it_is_is_not_told() {
    let blinded = blinded(TEXT, &lists, &["Ann Example".to_owned(), "ann@example.test".to_owned()]);
    for word in ["Ann", "ann", "Example", "@", "1234567", "https"] {
        assert!(!blinded.contains(word), "{blinded}");
    }
    for word in ["Head Baker,\n\tLoaf & Sons", "C++", "since 2015"] {
        assert!(blinded.contains(word), "{blinded}");
    }
}

#[test]
fn the_schema_is_strict() {
    fn check(schema: &Value) {
        if let Some(properties) = schema["properties"].as_object() {
            let names: Vec<&str> = properties.keys().map(String::as_str).collect();
            let required: Vec<&str> =
                schema["required"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
            assert!(names.len() == required.len() && names.iter().all(|name| required.contains(name)), "{schema}");
            assert_eq!(schema["additionalProperties"], false);
            properties.values().for_each(check);
        }
        if schema["type"] == "array" {
            check(&schema["items"]);
        }
    }
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(schema["properties"].as_object().unwrap().len(), 3);
    check(&schema);
}

proptest! {
    #[test]
    fn nothing_is_kept_that_is_not_there(text in any::<String>(), word in any::<String>(), cut: prop::sample::Index) {
        let at = text.char_indices().map(|(at, _)| at).nth(cut.index(text.chars().count().max(1))).unwrap_or(0);
        let piece = text.get(at..).unwrap();
        let told = answer(&[&word, piece], &[[&word, piece, &word]], &[[piece, &word, piece]]);
        let found = borne_out(&told, &text).unwrap();
        for skill in found["skills"].as_array().unwrap() {
            prop_assert!(levelled(&text).contains(&levelled(skill.as_str().unwrap())));
        }
        let _ = blinded(&text, &lists, &[word]);
    }
}
