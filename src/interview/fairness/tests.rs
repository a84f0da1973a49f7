use proptest::prelude::*;

use super::*;
use crate::port::words::tests::words;

const TALKS: [(Language, &str); 4] = [
    (Language::English, include_str!("../../../tests/fixtures/questions/en.txt")),
    (Language::German, include_str!("../../../tests/fixtures/questions/de.txt")),
    (Language::Spanish, include_str!("../../../tests/fixtures/questions/es.txt")),
    (Language::French, include_str!("../../../tests/fixtures/questions/fr.txt")),
];

fn list(language: Language) -> &'static str {
    words(words_of(language))
}

/// Sentences that touch two grounds, and so many of each that are told by the other one. A question about somebody in
/// the family, whatever it is, may be told by the family.
const EITHER: [(Ground, Ground, usize); 20] = [
    (Ground::Age, Ground::Religion, 1),
    (Ground::Crime, Ground::Family, 4),
    (Ground::Family, Ground::Age, 3),
    (Ground::Family, Ground::Gender, 1),
    (Ground::Family, Ground::Health, 1),
    (Ground::Family, Ground::Origin, 1),
    (Ground::Gender, Ground::Age, 1),
    (Ground::Gender, Ground::Family, 8),
    (Ground::Gender, Ground::Health, 2),
    (Ground::Gender, Ground::Origin, 2),
    (Ground::Health, Ground::Crime, 2),
    (Ground::Health, Ground::Family, 3),
    (Ground::Money, Ground::Family, 2),
    (Ground::Origin, Ground::Family, 9),
    (Ground::Politics, Ground::Origin, 1),
    (Ground::Religion, Ground::Family, 1),
    (Ground::Religion, Ground::Origin, 1),
    (Ground::Union, Ground::Family, 1),
    (Ground::Union, Ground::Gender, 1),
    (Ground::Union, Ground::Politics, 4),
];

/// The groups of a file: their ground, whether they are asked, and their sentences.
fn groups(file: &str) -> Vec<(&str, bool, Vec<&str>)> {
    let mut groups: Vec<(&str, bool, Vec<&str>)> = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let (ground, kind) = head.split_once(' ').unwrap();
            groups.push((ground, kind == "asked", Vec::new()));
        } else {
            groups.last_mut().unwrap().2.push(line);
        }
    }
    groups
}

#[test]
fn forty_ways_to_ask_on_each_ground_are_caught_and_forty_innocent_sentences_near_it_are_not() {
    let mut wrong = Vec::new();
    for (language, file) in TALKS {
        let list = list(language);
        let groups = groups(file);
        assert_eq!(groups.len(), 20, "{language:?}");
        for (ground, asked, sentences) in groups {
            assert!(Ground::parse(ground).is_some() && sentences.len() >= 40, "{language:?} {ground}");
            wrong.extend(
                sentences
                    .iter()
                    .filter(|sentence| forbidden(list, sentence).is_some() != asked)
                    .map(|sentence| format!("{} {ground} {asked}: {sentence}", language.word())),
            );
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_question_is_told_by_its_own_ground() {
    let mut others: Vec<(Ground, Ground, String)> = Vec::new();
    for (language, file) in TALKS {
        let list = list(language);
        for (ground, _, sentences) in groups(file).into_iter().filter(|(_, asked, _)| *asked) {
            let ground = Ground::parse(ground).unwrap();
            let found = sentences.iter().filter_map(|sentence| Some((ground, forbidden(list, sentence)?, *sentence)));
            others.extend(
                found.filter(|(own, found, _)| own != found).map(|(own, found, it)| (own, found, it.to_owned())),
            );
        }
    }
    let told = |own, other| others.iter().filter(|(one, found, _)| (*one, *found) == (own, other)).count();
    for (own, other, sentence) in &others {
        let most = EITHER.iter().find(|(one, found, _)| (one, found) == (own, other)).map_or(0, |(.., most)| *most);
        assert!(told(*own, *other) <= most, "{} is told by {}: {sentence}", own.word(), other.word());
    }
    assert!(EITHER.iter().all(|(own, other, most)| told(*own, *other) == *most), "a pair is no more");
}

/// It is asked at every word that is spoken.
#[test]
fn innocent_sentences_are_innocent_from_their_first_word_on() {
    let mut wrong = Vec::new();
    for (language, file) in TALKS {
        let list = list(language);
        for (ground, _, sentences) in groups(file).into_iter().filter(|(_, asked, _)| !asked) {
            for sentence in sentences {
                let ends = sentence.match_indices(' ').map(|(at, _)| at).chain([sentence.len()]);
                if let Some(end) = ends.into_iter().find(|end| forbidden(list, sentence.get(..*end).unwrap()).is_some())
                {
                    wrong.push(format!("{} {ground}: {}", language.word(), sentence.get(..end).unwrap()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn whoever_is_addressed_is_asked_nothing() {
    for (language, sentence) in [
        (Language::English, "Thank you, Mrs Quartermaine. What did you study?"),
        (Language::English, "Mrs Green, can you hear me?"),
        (Language::English, "Are you nervous? Take your time."),
        (Language::German, "Fräulein Meier, sind Sie bereit?"),
        (Language::Spanish, "Gracias, señorita López. ¿Está lista para empezar?"),
        (Language::Spanish, "¿Se encuentra bien? Podemos hacer una pausa."),
        (Language::French, "Mademoiselle, m'entendez-vous bien ?"),
        (Language::French, "Merci, mademoiselle Martin. Êtes-vous prête ?"),
    ] {
        let list = list(language);
        assert_eq!(forbidden(list, sentence), None, "{sentence}");
    }
}

proptest! {
    #[test]
    fn any_text_can_be_looked_at(text in any::<String>(), often in 1..2000_usize) {
        for (language, _) in TALKS {
            let list = list(language);
            forbidden(list, &text);
            forbidden(list, &text.repeat(often).chars().take(20_000).collect::<String>());
        }
    }
}
