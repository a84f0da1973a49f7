use proptest::prelude::*;

use super::*;

fn none(_: &Words, _: usize) -> usize {
    0
}

#[test]
fn words_are_counted_as_people_count_them() {
    for (text, count) in [
        ("", 0),
        (" … ?! 🙂 ", 0),
        ("I don't know", 3),
        ("I don’t know; she’s 25.", 5),
        ("j'ai dirigé l'équipe", 5),
        ("Weiß ich nicht", 3),
        ("well-known", 2),
        ("Я не знаю", 3),
        ("لا أعرف", 2),
        ("नमस्ते दुनिया", 2),
        ("co\u{ad}op\u{200b}era\u{2060}te", 1),
    ] {
        assert_eq!(Words::of(text).count(), count, "{text}");
    }
    assert_eq!(
        Words::of("CO\u{ad}OP Ärger").list.iter().map(|word| word.low.as_str()).collect::<Vec<_>>(),
        ["coop", "ärger"]
    );
}

#[test]
fn a_phrase_does_not_run_over_a_comma() {
    let words = Words::of("You know, I don’t know. sort-of\nthing");
    assert_eq!(words.phrase(0, "you know", &none), 2);
    assert_eq!(words.phrase(0, "you know i", &none), 0);
    assert_eq!(words.phrase(3, "don't know", &none), 3);
    assert_eq!(words.phrase(6, "sort of", &none), 2);
    assert_eq!(words.phrase(6, "sort of thing", &none), 0);
    assert_eq!(words.phrase(8, "thing more", &none), 0);
    assert_eq!(words.phrase(7, "of #", &none), 0);
    assert_eq!(Words::of("of 25 years").phrase(0, "of # years", &|_, _| 1), 3);
}

#[test]
fn half_words_are_told() {
    for (text, cut) in [
        ("lead|er", true),
        ("lead| er", false),
        ("can|'t", true),
        ("can’|t", true),
        ("l'|école", false),
        ("l|'école", true),
        ("well|-known", true),
        ("well-|known", true),
        ("well -| known", false),
        ("1.|5", true),
        ("1|.5", true),
        ("so.| 5", false),
        ("5|%", false),
        ("|all", false),
        ("all|", false),
        ("我叫|王小明", false),
        ("用|Python", false),
        ("при|вет", true),
        ("שלו|ם", true),
        ("\"|never\"", false),
        ("never|\"", false),
        ("e|\u{301}", true),
    ] {
        let at = text.find('|').unwrap();
        assert_eq!(cuts(&text.replace('|', ""), at), cut, "{text}");
    }
    assert!(cuts("é", 1) && cuts("e", 2));
}

proptest! {
    #[test]
    fn words_and_gaps_are_the_text(text in any::<String>()) {
        let words = Words::of(&text);
        let mut again = String::new();
        for (at, word) in words.list.iter().enumerate() {
            prop_assert_eq!(text.get(word.start..word.end), Some(word.text));
            again.push_str(words.gap(at));
            again.push_str(word.text);
        }
        again.push_str(words.gap(words.list.len()));
        prop_assert_eq!(again, text);
    }
}
