//! Numbers, in digits and in words.

use super::tongue::Tongue;
use crate::coach::letters::{Words, is_of};
use crate::interview::choice::Language;

/// A number of more words is none.
const LONGEST: usize = 4;

fn is_large(low: &str, tongue: Tongue) -> bool {
    let Tongue { small, large, .. } = tongue;
    // "Zweiundfünfzig" is one word.
    let joined = || low.split_once("und").is_some_and(|(one, tens)| is_of(small, one) && is_of(large, tens));
    is_of(large, low) || tongue.language == Language::German && joined()
}

pub fn is_word(low: &str, tongue: Tongue) -> bool {
    is_of(tongue.small, low) || is_large(low, tongue)
}

/// How many words a number takes from this one on.
pub fn length(words: &Words, at: usize, tongue: Tongue) -> usize {
    let low = words.low(at);
    if !low.is_empty() && low.len() <= 4 && low.chars().all(char::is_numeric) {
        return 1;
    }
    let mut behind = at;
    while behind < at + LONGEST && (behind == at || words.goes_on(behind)) {
        let joins = behind > at && matches!(words.low(behind), "y" | "et" | "and");
        let step = usize::from(joins);
        if !is_word(words.low(behind + step), tongue) || joins && !words.goes_on(behind + step) {
            break;
        }
        behind += 1 + step;
    }
    behind - at
}

/// The same of one that can be the age of somebody who works.
pub fn age(words: &Words, at: usize, tongue: Tongue) -> usize {
    let length = length(words, at, tongue);
    let digits = words.low(at).parse::<u8>().is_ok_and(|age| (14..100).contains(&age));
    if digits || is_large(words.low(at), tongue) { length } else { 0 }
}
