//! The lists of words, as the platform reads them out of the JavaScript that they stand in: here, and for the tests
//! beside the sources.

use std::sync::LazyLock;

use super::Words;

macro_rules! scripts {
    ($wanted:ident: $($words:ident $path:literal,)+) => {
        match $wanted {
            $(Words::$words => {
                static LIST: LazyLock<String> = LazyLock::new(|| list(include_str!(concat!("../../src/", $path))));
                &LIST
            })+
        }
    };
}

pub fn words(wanted: Words) -> &'static str {
    scripts! { wanted:
        English "interview/fairness/en.js",
        German "interview/fairness/de.js",
        Spanish "interview/fairness/es.js",
        French "interview/fairness/fr.js",
        Instructions "interview/instructions.js",
        Nothing "coach/evidence/nothing.js",
        Fillers "coach/counts/words.js",
        Persons "coach/blind/words.js",
        Schools "coach/blind/schools.js",
        Names "coach/blind/names.js",
        Tongues "coach/blind/tongues.js",
    }
}

/// What stands between the two marks; a backslash joins two lines.
fn list(script: &str) -> String {
    let (_, list) = script.split_once("= `").unwrap();
    list.trim_end_matches("`;\n").replace("\\\n", "")
}
