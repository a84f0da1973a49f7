//! The lists of words, as the platform reads them out of the JavaScript that they stand in.

use std::sync::LazyLock;

use vocahire::port::words::Words;

type List = LazyLock<String>;

static ENGLISH: List = List::new(|| list(include_str!("../../src/interview/fairness/en.js")));
static GERMAN: List = List::new(|| list(include_str!("../../src/interview/fairness/de.js")));
static SPANISH: List = List::new(|| list(include_str!("../../src/interview/fairness/es.js")));
static FRENCH: List = List::new(|| list(include_str!("../../src/interview/fairness/fr.js")));

pub fn words(wanted: Words) -> &'static str {
    match wanted {
        Words::English => &ENGLISH,
        Words::German => &GERMAN,
        Words::Spanish => &SPANISH,
        Words::French => &FRENCH,
    }
}

/// What stands between the two marks; a backslash joins two lines.
fn list(script: &str) -> String {
    let (_, list) = script.split_once("= `").unwrap();
    list.trim_end_matches("`;\n").replace("\\\n", "")
}
