use proptest::prelude::*;

use super::*;

/// Words as people of all alphabets write them, and none that makes a street of its neighbours.
fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        "[b-cq-ru-z]{1,7}|[Q-R][u-z]{2}|won't|[а-я]{2,5}|[א-ת]{2,5}|[ا-ي]{2,5}|é{1,2}|v2\\.5|🙂|ﬁn",
        4..16,
    )
}

/// The same text as somebody else might write it.
fn rewritten(text: &str, how: u8) -> String {
    let text = if how & 1 > 0 { text.to_uppercase().to_lowercase() } else { text.to_owned() };
    let text = if how & 2 > 0 { text.replace(' ', " \u{200b}\n\u{a0}") } else { text };
    let text = if how & 4 > 0 { text.replace('\'', "’") } else { text };
    let text = if how & 8 > 0 { text.nfd().collect() } else { text };
    if how & 16 > 0 { format!("«…{text}...»") } else { text }
}

proptest! {
    #[test]
    fn whole_words_of_a_line_are_found(words in words(), from in 0..12_usize, length in 4..8_usize, how in 0..32_u8) {
        let said = words.join(" ");
        let picked: Vec<&str> = words.iter().skip(from.min(words.len() - 4)).take(length).map(String::as_str).collect();
        let quote = picked.join(" ");
        let blind = Blind::of(Language::Spanish, &lists, &[]);
        let talk = Talk::of(&lines(&["?", &said]), Language::Spanish, &lists, blind, &nfkc);
        let expected = match talk.check(bare(&Level::of(&nfkc(&quote)).text)) {
            None => Ok(nfkc(&quote).to_lowercase()),
            Some(why) => Err(why),
        };
        let quoted = talk.find(1, &rewritten(&quote, how));
        prop_assert_eq!(quoted.map(|quoted| quoted.text.to_lowercase()), expected, "{}", said);
    }

    #[test]
    fn what_is_found_was_said(
        said in any::<String>(), other in any::<String>(), quote in any::<String>(), cut in any::<(usize, usize)>(),
    ) {
        let blind = Blind::of(Language::English, &lists, &["Ann Lee"]);
        let talk = Talk::of(&lines(&[&other, &said]), Language::English, &lists, blind, &nfkc);
        let seen = talk.lines[1].seen.text.clone();
        let places: Vec<usize> = (0..=seen.len()).filter(|at| seen.is_char_boundary(*at)).collect();
        let (one, two) = (places[cut.0 % places.len()], places[cut.1 % places.len()]);
        for quote in [&quote, &other, seen.get(one.min(two)..one.max(two)).unwrap()] {
            if let Ok(Quote { line, text }) = talk.find(1, quote) {
                prop_assert_eq!(line, 1);
                prop_assert!(nfkc(&said).contains(&text) && is_long(&Level::of(&text).text));
            }
        }
    }

    #[test]
    fn what_comes_from_elsewhere_is_not_found(said in words(), other in words()) {
        let (said, other) = (said.join(" "), other.join(" x9 "));
        let blind = Blind::of(Language::French, &lists, &[]);
        let talk = Talk::of(&lines(&["?", &said]), Language::French, &lists, blind, &nfkc);
        prop_assert!(talk.find(1, &other).is_err());
        prop_assert!(talk.find(1, &[said.as_str(), "and more of it"].join(" ")).is_err());
        prop_assert!(talk.find(1, &["more", said.as_str()].join(" ")).is_err());
    }

    #[test]
    fn levelling_maps_back_and_is_level(text in any::<String>()) {
        let level = Level::of(&text);
        prop_assert_eq!(&Level::of(&level.text).text, &level.text);
        let mut last = 0;
        for (at, c) in level.text.char_indices() {
            let (start, end) = level.source(at, at + c.len_utf8());
            prop_assert!(last <= start && start <= end && text.get(start..end).is_some());
            last = start;
        }
    }

    #[test]
    fn unquoting_leaves_all_words(
        text in "([\"“”„«»‘’'`「」a-zé .,\n]|don't|I baked bread today|we won the prize){0,30}",
    ) {
        let talk = talk(&["?", "I baked bread today, I did"]);
        let free = talk.unquote(&text);
        let bare = |text: &str| text.chars().filter(|c| !is_mark(*c) && !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(bare(&free), bare(&text));
        prop_assert_eq!(talk.unquote(&free), free.clone());
        for invented in ["\"we won the prize\"", "“we won the prize”", "«we won the prize»", " 'we won the prize' "] {
            prop_assert!(![" ", free.as_str(), " "].concat().contains(invented), "{}", free);
        }
    }
}
