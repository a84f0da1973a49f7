use proptest::prelude::*;

use super::*;

const ALL: [Language; 4] = [Language::English, Language::German, Language::Spanish, Language::French];

/// Parts of text of all sorts, in all languages.
fn parts() -> impl Strategy<Value = String> {
    const PARTS: &[&str] = &[
        "Ann",
        "ann",
        "Lee",
        "O'Ann",
        "de",
        "la",
        "王小明",
        "Ünal",
        "Will",
        "will",
        "[name]",
        "[they]",
        "[",
        "]",
        "he",
        "She",
        "her",
        "sie",
        "Sie",
        "il",
        "y",
        "a",
        "él",
        "mr",
        "Ms",
        "M.",
        "my",
        "mein",
        "mutter",
        "Mann",
        "wife",
        "name",
        "is",
        "I'm",
        "am",
        "52",
        "years",
        "old",
        "Jahre",
        "alt",
        "ans",
        "d'",
        "tengo",
        "años",
        "de",
        "j'ai",
        "five",
        "null",
        "six",
        "cero",
        "uno",
        "555",
        "1234567",
        "+49",
        "(0)",
        "2019",
        "000",
        "1.200",
        "@",
        "@ann",
        "ann@x.de",
        "x.com",
        ".com",
        "dot",
        "com",
        "punkt",
        "at",
        "arroba",
        "https://",
        "www.",
        "://a",
        "University",
        "of",
        "Universität",
        "TU",
        "School",
        "MIT",
        "studied",
        "at",
        "Sciences",
        "Po",
        "-",
        "/",
        "'",
        "’",
        ".",
        ",",
        "\n",
        "\u{200b}",
        "\u{ad}",
        "🙂",
        "שלום",
        "ß",
        "é",
        "e\u{301}",
    ];
    let part = prop_oneof![9 => prop::sample::select(PARTS).prop_map(str::to_owned), 1 => any::<String>()];
    let space = prop::sample::select(&[" ", " ", " ", "", ", "][..]);
    prop::collection::vec((part, space), 0..24).prop_map(|parts| parts.iter().map(|(a, b)| format!("{a}{b}")).collect())
}

fn known(language: Language) -> Blind {
    Blind::of(language, &lists, &["Ann Lee", "Ünal de la Will", "王小明", "ann.name42@x.de"])
}

proptest! {
    #[test]
    fn twice_is_as_once(text in parts(), said in parts(), language in prop::sample::select(&ALL[..])) {
        let mut blind = known(language);
        blind.listen(&said, true);
        let once = blind.blind(&text);
        let twice = blind.blind(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.swaps.is_empty());
    }

    #[test]
    fn the_map_stays_inside(text in parts(), language in prop::sample::select(&ALL[..])) {
        let seen = known(language).blind(&text);
        let places: Vec<usize> = (0..=seen.text.len()).filter(|at| seen.text.is_char_boundary(*at)).collect();
        let mut last = 0;
        for start in &places {
            let (from, _) = seen.original(*start, *start);
            prop_assert!(last <= from && text.is_char_boundary(from));
            last = from;
            for end in places.iter().filter(|end| *end >= start) {
                let (from, to) = seen.original(*start, *end);
                prop_assert!(from <= to && text.get(from..to).is_some());
                // What is not taken out is the same on both sides.
                let swapped = seen.swaps.iter().any(|(at, span)| at < end && start < &(at + span.kind.word().len()));
                prop_assert!(swapped || text.get(from..to) == seen.text.get(*start..*end));
            }
        }
    }

    #[test]
    fn no_canary_remains(
        before in "([A-Ya-yéß]{0,8}[ ,.!\n]){0,5}",
        after in "([ ,.!\n][A-Ya-yéß]{0,8}){0,5}",
        canary in prop::sample::select(&[
            ("Zyxwvu", "zyxwvu"), ("ZYXWVU's", "zyxwvu"), ("zyxwvu", "zyxwvu"), ("zyx@wvu.test", "wvu.test"),
            ("@zyxwvu", "zyxwvu"), ("https://a.test/zyxwvu", "zyxwvu"), ("+49 151 2345 6789", "6789"),
            ("(415) 555-2671", "2671"), ("Zyx University", "zyx"), ("University of Zyx", "zyx"),
            ("the Universität Zyx", "zyx"), ("Sorbonne", "sorbonne"), ("studied at Zyx", "zyx"),
        ][..]),
        language in prop::sample::select(&ALL[..]),
    ) {
        let text = format!("{before} {} {after}", canary.0);
        let seen = Blind::of(language, &lists, &["Zyxwvu"]).blind(&text).text.to_lowercase();
        prop_assert!(!seen.contains(canary.1), "{}", seen);
    }

    #[test]
    fn what_tells_nothing_is_not_touched(
        text in concat!(
            r#"((we|built|Teams|42|1\.5|99%|2019-2023|naïve|Größe|好的|привет|שלום|عمل|🙂|don't|we’d|«so»|x/y|a_b|#1)"#,
            r#"[ ,.;:!?\n…—]{1,2}){0,20}"#,
        ),
        language in prop::sample::select(&ALL[..]),
    ) {
        prop_assert_eq!(Blind::of(language, &lists, &["Zyxwvu", "q@x.test"]).blind(&text).text, text);
    }

    #[test]
    fn any_text_is_taken(text in any::<String>(), name in any::<String>(), language in prop::sample::select(&ALL[..])) {
        let mut blind = Blind::of(language, &lists, &[&name]);
        blind.listen(&text, true);
        let once = blind.blind(&text).text;
        prop_assert_eq!(&blind.blind(&once).text, &once);
    }
}
