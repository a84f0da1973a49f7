use super::*;

const FOCUSES: [Focus; 5] = [Focus::General, Focus::Behavioural, Focus::Technical, Focus::Case, Focus::Leadership];
const LEVELS: [Level; 4] = [Level::Entry, Level::Mid, Level::Senior, Level::Lead];

#[test]
fn each_interview_has_five_different_criteria_with_five_different_anchors() {
    for focus in FOCUSES {
        let criteria = of(focus);
        for (n, criterion) in criteria.iter().enumerate() {
            assert!(!criteria[..n].contains(criterion), "{focus:?} {}", criterion.word);
            assert!(ALL.contains(criterion));
            for (grade, anchor) in (1..).zip(criterion.anchors()) {
                assert_eq!(criterion.anchor(grade), Some(*anchor));
                assert!(!criterion.anchors()[..usize::try_from(grade).unwrap() - 1].contains(anchor));
                assert!(anchor.ends_with('.') && anchor.len() < 120, "{anchor}");
            }
        }
    }
    assert_eq!([i64::MIN, -1, 0, 6, i64::MAX].map(|grade| RELEVANCE.anchor(grade)), [None; 5]);
}

#[test]
fn each_criterion_is_used_and_has_a_word_of_its_own() {
    for (n, criterion) in ALL.iter().enumerate() {
        assert!(FOCUSES.iter().any(|focus| of(*focus).contains(criterion)), "{}", criterion.word);
        assert!(ALL[..n].iter().all(|other| other.word != criterion.word && other.name != criterion.name));
    }
}

#[test]
fn nothing_is_judged_but_what_was_said() {
    let forbidden = ["voice", "accent", "tone", "emotion", "confiden", "friendl", "face", "smile", "nervous", "native"];
    let all = ALL.iter().flat_map(|criterion| criterion.anchors().iter().chain([&criterion.about]));
    for text in all {
        assert!(forbidden.iter().all(|word| !text.to_lowercase().contains(word)), "{text}");
    }
}

/// Whoever changes a word of the rubric gives it a new version: old grades were given by the old words.
#[test]
fn the_words_of_this_version_are_pinned() {
    let mut all = Sha256::new();
    for focus in FOCUSES {
        for level in LEVELS {
            all.update(hash(focus, level));
        }
    }
    assert_eq!(
        (VERSION, in_hexadecimal(&all.finalize()).as_str()),
        ("coach-1", "b3480127aa2dbb9732975b5e03394770dfb89d17c8c8506175a55a0c5b2efeb6")
    );
}

#[test]
fn each_focus_and_level_has_a_hash_of_its_own() {
    let mut hashes: Vec<String> =
        FOCUSES.iter().flat_map(|focus| LEVELS.iter().map(|level| hash(*focus, *level))).collect();
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 20);
}
