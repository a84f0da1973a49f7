//! Lists of words, from the JavaScript beside the program: taken over when they are first wanted, and kept.

use std::cell::RefCell;

use worker::js_sys::JsString;
use worker::wasm_bindgen;
use worker::wasm_bindgen::prelude::wasm_bindgen;

use crate::port::words::Words;

/// What was taken over, for as long as the isolate lives.
type Kept = Vec<(Words, &'static str)>;

thread_local! {
    static KEPT: RefCell<Kept> = const { RefCell::new(Vec::new()) };
}

pub fn words(wanted: Words) -> &'static str {
    KEPT.with_borrow_mut(|kept| {
        if let Some((_, words)) = kept.iter().find(|(known, _)| *known == wanted) {
            return *words;
        }
        let words: &'static str = script(wanted).with(|words| String::from(words)).leak();
        kept.push((wanted, words));
        words
    })
}

/// Each list with the script that it stands in.
macro_rules! scripts {
    ($($words:ident $name:ident $script:literal,)+) => {
        fn script(wanted: Words) -> &'static wasm_bindgen::JsThreadLocal<JsString> {
            match wanted {
                $(Words::$words => &$name),+
            }
        }

        $(
            #[wasm_bindgen(module = $script)]
            extern "C" {
                #[wasm_bindgen(thread_local_v2, js_name = WORDS)]
                static $name: JsString;
            }
        )+
    };
}

scripts! {
    English ENGLISH "/src/interview/fairness/en.js",
    German GERMAN "/src/interview/fairness/de.js",
    Spanish SPANISH "/src/interview/fairness/es.js",
    French FRENCH "/src/interview/fairness/fr.js",
    Instructions INSTRUCTIONS "/src/interview/instructions.js",
    Nothing NOTHING "/src/coach/evidence/nothing.js",
    Fillers FILLERS "/src/coach/counts/words.js",
    Persons PERSONS "/src/coach/blind/words.js",
    Schools SCHOOLS "/src/coach/blind/schools.js",
    Names NAMES "/src/coach/blind/names.js",
    Tongues TONGUES "/src/coach/blind/tongues.js",
}
