use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::interview::choice::Focus;

const SAID: &str = "I rebuilt the oven control over one weekend";
const ASKED: &str = "What did you do about the oven?";

/// Line 1 is the person's, line 0 the interviewer's.
fn quote(line: i64, quote: &str) -> Result<Quote, Why> {
    match (line, quote) {
        (_, quote) if quote.len() < 4 => Err(Why::TooShort),
        (_, "I really do not know") => Err(Why::NoAnswer),
        (_, quote) if ASKED.contains(quote) => Err(Why::NotYours),
        (1, quote) if SAID.contains(quote) => Ok(Quote { line, text: quote.to_owned() }),
        _ => Err(Why::NotFound),
    }
}

fn judged(said: &Value) -> Option<Judged> {
    let talk = Talk {
        quote: &quote,
        at: &|line| line * 9000,
        plain: &|text| text.replace('"', ""),
        asked: &|line| (line == 0).then(|| ASKED.to_owned()),
    };
    judge(said, &rubric::of(Focus::Behavioural), &talk)
}

fn score(criterion: &str, grade: impl Into<Value>, evidence: Value) -> Value {
    json!({ "criterion": criterion, "grade": grade.into(), "why": "Because of \"this\".", "evidence": evidence })
}

fn with(scores: Value) -> Value {
    json!({ "next_step": null, "scores": scores, "strengths": [], "improvements": [], "better_answer": null })
}

fn first(said: &Value) -> Value {
    judged(said).unwrap().parts["scores"][0].clone()
}

#[test]
fn a_grade_stands_on_words_of_the_person() {
    let said = with(json!([score("structure", 4, json!([{ "line": 1, "quote": SAID }]))]));
    let told = first(&said);
    assert_eq!((&told["grade"], &told["reason"], &told["why"]), (&json!(4), &Value::Null, &json!("Because of this.")));
    assert_eq!(told["anchor"], json!(rubric::of(Focus::Behavioural)[0].anchor(4)));
    assert_eq!(told["quotes"], json!([{ "line": 1, "text": SAID, "atMs": 9000 }]));
    assert_eq!(judged(&said).unwrap().grades[0], ("structure", Some(4)));
}

#[test]
fn without_them_it_is_empty_and_says_why() {
    for (evidence, reason) in [
        (json!([]), "no_evidence"),
        (Value::Null, "no_evidence"),
        (json!([{ "line": 1, "quote": "I won the Nobel prize" }]), "not_found"),
        (json!([{ "line": 0, "quote": ASKED }]), "not_yours"),
        (json!([{ "line": 1, "quote": "I" }]), "too_short"),
        (json!([{ "line": 1, "quote": "I really do not know" }]), "no_answer"),
        (json!([{ "line": 1 }]), "not_found"),
        (json!(["odd", 7]), "not_found"),
    ] {
        let told = first(&with(json!([score("structure", 5, evidence.clone())])));
        assert_eq!(
            (&told["grade"], &told["reason"], &told["why"], &told["anchor"], &told["quotes"]),
            (&Value::Null, &json!(reason), &Value::Null, &Value::Null, &json!([])),
            "{evidence}"
        );
    }
}

#[test]
fn one_true_quotation_carries_a_grade_and_the_invented_beside_it_are_not_shown() {
    let evidence = json!([{ "line": 1, "quote": "I invented all of this" }, { "line": 1, "quote": SAID },
        { "line": 1, "quote": SAID }]);
    let told = first(&with(json!([score("structure", 2, evidence)])));
    assert_eq!((told["grade"].as_i64(), told["quotes"].as_array().unwrap().len()), (Some(2), 1));
}

#[test]
fn a_grade_that_is_none_is_no_grade() {
    for odd in [json!(0), json!(6), json!(-1), json!(2.5), json!("5"), json!([5]), json!(i64::MAX), Value::Null] {
        let told = first(&with(json!([score("structure", odd.clone(), json!([{ "line": 1, "quote": SAID }]))])));
        assert_eq!((&told["grade"], &told["reason"]), (&Value::Null, &json!("no_evidence")), "{odd}");
    }
    let told = first(&with(json!([score("structure", Value::Null, json!([]))])));
    assert_eq!(told["why"], "Because of this.", "what was missing is said");
}

#[test]
fn every_criterion_of_the_rubric_is_there_once_in_its_order_and_no_other() {
    let evidence = json!([{ "line": 1, "quote": SAID }]);
    let said = with(json!([
        score("charm", 5, evidence.clone()),
        score("relevance", 1, evidence.clone()),
        score("relevance", 5, evidence),
    ]));
    let told = judged(&said).unwrap();
    let wanted: Vec<&str> = rubric::of(Focus::Behavioural).iter().map(|criterion| criterion.word).collect();
    assert_eq!(told.grades.iter().map(|(word, _)| *word).collect::<Vec<_>>(), wanted);
    assert_eq!(told.grades.last(), Some(&("relevance", Some(1))), "the first that was said of it");
}

#[test]
fn what_is_no_report_is_none() {
    for odd in [json!(null), json!([]), json!("text"), json!({}), json!({ "scores": {} }), json!({ "scores": "none" })]
    {
        assert_eq!(judged(&odd), None, "{odd}");
    }
}

fn remark(text: &str, quote: Value) -> Value {
    json!({ "text": text, "line": 1, "quote": quote })
}

#[test]
fn remarks_that_quote_what_nobody_said_are_left_out() {
    let mut said = with(json!([]));
    said["strengths"] = json!([
        remark("true", json!(SAID)),
        remark("false", json!("nobody said this")),
        remark("bare", Value::Null),
        remark("", json!(SAID)),
        "odd"
    ]);
    said["improvements"] = json!([
        remark("false", json!("nobody said this")),
        remark("bare", Value::Null),
        remark("true", json!(SAID)),
        remark("true", json!(SAID)),
        remark("fourth", json!(SAID))
    ]);
    let told = judged(&said).unwrap().parts;
    let texts = |kind: &str| {
        told[kind].as_array().unwrap().iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts("strengths"), ["true"], "praise is earned by words");
    assert_eq!(texts("improvements"), ["bare", "true", "true"], "three at most");
}

#[test]
fn the_next_step_quotes_the_person_or_there_is_none() {
    let step = |next: Value, improvements: Value| {
        let mut said = with(json!([]));
        (said["next_step"], said["improvements"]) = (next, improvements);
        let told = judged(&said).unwrap().parts["nextStep"].clone();
        (told["text"].as_str().map(str::to_owned), !told["quote"].is_null())
    };
    let own = |text: &str| Some(text.to_owned());
    let (true_one, bare) = (remark("own", json!(SAID)), remark("own", Value::Null));
    let invented = remark("own", json!("nobody said this"));
    let other = json!([remark("bare", Value::Null), remark("other", json!(SAID))]);
    assert_eq!(step(true_one, other.clone()), (own("own"), true));
    assert_eq!(step(bare.clone(), other.clone()), (own("other"), true));
    assert_eq!(step(invented.clone(), other), (own("other"), true));
    assert_eq!(step(bare.clone(), json!([])), (None, false), "advice without their words is none");
    assert_eq!(step(invented, json!([remark("bare", Value::Null)])), (None, false));
    assert_eq!(step(Value::Null, json!([])), (None, false));
}

#[test]
fn the_better_answer_is_to_a_question_that_was_asked() {
    let better = |line: i64| {
        let mut said = with(json!([]));
        said["better_answer"] = json!({ "question_line": line, "answer": "I would say \"more\"." });
        judged(&said).unwrap().parts["better"].clone()
    };
    assert_eq!(better(0), json!({ "line": 0, "question": ASKED, "answer": "I would say more." }));
    assert_eq!(better(1), Value::Null, "the person's own line is no question");
}

#[test]
fn long_texts_are_cut_and_none_is_broken() {
    assert_eq!(short("ünüsüal", 3), "ünü…");
    assert_eq!(short("ünüsüal", 7), "ünüsüal");
}

#[test]
fn nothing_is_judged_where_nothing_was_said() {
    let told = too_short(&rubric::of(Focus::Case));
    assert!(told.grades.iter().all(|(_, grade)| grade.is_none()));
    assert!(told.parts["scores"].as_array().unwrap().iter().all(|score| score["reason"] == "too_short"));
}

fn any_json() -> impl Strategy<Value = Value> {
    let words = prop_oneof![
        Just(json!(SAID)),
        Just(json!(ASKED)),
        Just(json!("structure")),
        Just(json!(null)),
        any::<i64>().prop_map(|n| json!(n)),
        (-1_i64..7).prop_map(|n| json!(n)),
        "[a-z ]{0,40}".prop_map(|text| json!(text)),
    ];
    words.prop_recursive(5, 60, 6, |inner| {
        let names = prop::sample::select(vec![
            "scores",
            "criterion",
            "grade",
            "why",
            "evidence",
            "line",
            "quote",
            "text",
            "next_step",
            "strengths",
            "improvements",
            "better_answer",
            "question_line",
            "answer",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())),
        ]
    })
}

proptest! {
    /// Whatever a model says: a grade that is shown has quotes, each of them true; and every quote anywhere is true.
    #[test]
    fn whatever_is_said_no_grade_stands_without_true_words(scores in prop::collection::vec(any_json(), 0..6),
            more in any_json()) {
        let mut said = if more.is_object() { more } else { json!({}) };
        said["scores"] = json!(scores);
        let told = judged(&said).unwrap();
        for score in told.parts["scores"].as_array().unwrap() {
            let quotes = score["quotes"].as_array().unwrap();
            prop_assert_eq!(score["grade"].is_null(), quotes.is_empty());
            prop_assert_eq!(score["grade"].is_null(), !score["reason"].is_null());
            for one in quotes {
                prop_assert!(SAID.contains(one["text"].as_str().unwrap()));
            }
        }
        let remarks = ["strengths", "improvements"].map(|kind| told.parts[kind].as_array().unwrap().clone()).concat();
        for remark in remarks.iter().chain([&told.parts["nextStep"]]) {
            let text = remark["quote"]["text"].as_str();
            prop_assert!(text.is_none_or(|text| SAID.contains(text)));
        }
    }
}
