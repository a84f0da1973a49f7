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
        let list = match wanted {
            Words::English => &ENGLISH,
            Words::German => &GERMAN,
            Words::Spanish => &SPANISH,
            Words::French => &FRENCH,
        };
        let words: &'static str = list.with(|words| String::from(words)).leak();
        kept.push((wanted, words));
        words
    })
}

#[wasm_bindgen(module = "/src/interview/fairness/en.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = WORDS)]
    static ENGLISH: JsString;
}

#[wasm_bindgen(module = "/src/interview/fairness/de.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = WORDS)]
    static GERMAN: JsString;
}

#[wasm_bindgen(module = "/src/interview/fairness/es.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = WORDS)]
    static SPANISH: JsString;
}

#[wasm_bindgen(module = "/src/interview/fairness/fr.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = WORDS)]
    static FRENCH: JsString;
}
