//! Numbers, in digits and in words.

use crate::coach::letters::{Words, is_of};
use crate::interview::choice::Language;

/// A number of more words is none.
const LONGEST: usize = 4;

/// Those below ten, which nobody who is interviewed is old, and the others.
fn words_of(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::English => (
            "zero oh double triple one two three four five six seven eight nine",
            "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty \
             sixty seventy eighty ninety",
        ),
        Language::German => (
            "null ein eins zwo zwei drei vier fünf sechs sieben acht neun",
            "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig dreißig dreissig \
             vierzig fünfzig sechzig siebzig achtzig neunzig",
        ),
        Language::Spanish => (
            "cero un uno una dos tres cuatro cinco seis siete ocho nueve",
            "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintiún \
             veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta \
             cuarenta cincuenta sesenta setenta ochenta noventa",
        ),
        Language::French => (
            "zéro zero un une deux trois quatre cinq six sept huit neuf",
            "dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante \
             huitante octante nonante",
        ),
    }
}

fn is_large(low: &str, language: Language) -> bool {
    let (small, large) = words_of(language);
    // "Zweiundfünfzig" is one word.
    let joined = || low.split_once("und").is_some_and(|(one, tens)| is_of(small, one) && is_of(large, tens));
    is_of(large, low) || language == Language::German && joined()
}

pub fn is_word(low: &str, language: Language) -> bool {
    is_of(words_of(language).0, low) || is_large(low, language)
}

/// How many words a number takes from this one on.
pub fn length(words: &Words, at: usize, language: Language) -> usize {
    let low = words.low(at);
    if !low.is_empty() && low.len() <= 4 && low.chars().all(char::is_numeric) {
        return 1;
    }
    let mut behind = at;
    while behind < at + LONGEST && (behind == at || words.goes_on(behind)) {
        let joins = behind > at && matches!(words.low(behind), "y" | "et" | "and");
        let step = usize::from(joins);
        if !is_word(words.low(behind + step), language) || joins && !words.goes_on(behind + step) {
            break;
        }
        behind += 1 + step;
    }
    behind - at
}

/// The same of one that can be the age of somebody who works.
pub fn age(words: &Words, at: usize, language: Language) -> usize {
    let length = length(words, at, language);
    let digits = words.low(at).parse::<u8>().is_ok_and(|age| (14..100).contains(&age));
    if digits || is_large(words.low(at), language) { length } else { 0 }
}
