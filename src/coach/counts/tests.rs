use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::domain::millis::Millis;
use crate::port::words::tests::words;

fn count(lines: &[Line], language: Language) -> Counts {
    super::count(lines, language, &words)
}

fn spoken(number: i64, speaker: Speaker, text: &str, at: i64, end: i64) -> Line {
    let (at, end) = (Millis::new(at), Millis::new(end));
    Line { number, speaker, text: text.to_owned(), mark: Mark::Final, at, end, typed: false, waited: None }
}

fn asked(number: i64, text: &str) -> Line {
    spoken(number, Speaker::Interviewer, text, 0, 0)
}

fn said(number: i64, text: &str, at: i64, end: i64) -> Line {
    spoken(number, Speaker::Person, text, at, end)
}

fn waited(line: Line, ms: i64) -> Line {
    Line { waited: Some(Millis::new(ms)), ..line }
}

/// An interview with one of everything.
fn talk() -> Vec<Line> {
    vec![
        asked(0, "Hello. Why bread?"),
        waited(said(1, "Um, I like it.", 1000, 3000), 1400),
        said(2, "It is, like, warm.", 4000, 5500),
        Line { mark: Mark::Interrupted, ..asked(3, "And what if the oven") },
        waited(said(4, "I don't mind", 7000, 8200), -300),
        asked(5, "Go on."),
        Line { typed: true, ..waited(said(6, "um, so we typed", 9000, 9000), 9000) },
        Line { mark: Mark::Interrupted, ..asked(7, "") },
        Line { mark: Mark::Failed, ..said(8, "", 10_000, 12_000) },
        asked(9, "Are you there?"),
        waited(Line { mark: Mark::Failed, ..said(10, "", 13_000, 14_000) }, 60_000),
        asked(11, "Goodbye."),
    ]
}

#[test]
fn an_interview_is_counted() {
    let counts = count(&talk(), Language::English);
    let expected = Counts {
        your_words: 15,
        interviewers_words: 14,
        answers: 3,
        answer_words: Some(Spread { known: 3, median: 4, longest: 8, line: 1 }),
        answer_seconds: Some(Spread { known: 3, median: 2, longest: 4, line: 1 }),
        fillers: vec![("um".to_owned(), 2), ("like".to_owned(), 1)],
        pauses: Some(Spread { known: 2, median: 700, longest: 1400, line: 1 }),
        interruptions: (2, 6),
    };
    assert_eq!(counts, expected);
    assert_eq!(
        counts.json(),
        json!({
            "words": { "you": 15, "interviewer": 14 },
            "answers": 3, "answerWords": { "median": 4, "longest": 8, "longestLine": 1 },
            "answerSeconds": { "median": 2, "longest": 4 },
            "fillers": { "count": 3, "words": [{ "word": "um", "count": 2 }, { "word": "like", "count": 1 }] },
            "pauses": { "known": 2, "medianMs": 700, "longestMs": 1400, "longestLine": 1 },
            "interruptions": { "byYou": 2, "of": 6 },
        })
    );
}

#[test]
fn of_nothing_nothing_is_counted() {
    let nothing = json!({
        "words": { "you": 0, "interviewer": 0 }, "answers": 0, "answerWords": null, "answerSeconds": null,
        "fillers": { "count": 0, "words": [] }, "pauses": null, "interruptions": { "byYou": 0, "of": 0 },
    });
    assert_eq!(count(&[], Language::French).json(), nothing);
    assert_eq!(count(&[said(0, "… 🙂 ?", 0, 9000)], Language::German).json(), nothing);
    let typed = Line { typed: true, ..said(0, "Yes", 0, 9000) };
    let counts = count(&[typed], Language::English);
    assert_eq!((counts.your_words, counts.answers, counts.answer_seconds, counts.pauses), (1, 1, None, None));
}

#[test]
fn overlaps_and_clocks_that_go_back_are_no_longer_than_they_were() {
    let lines = [said(0, "One two", 1000, 4000), said(1, "three", 2000, 3000), said(2, "four", 3500, 6000)];
    let seconds = |lines: &[Line]| count(lines, Language::English).answer_seconds.map(|time| time.longest);
    assert_eq!(seconds(&lines), Some(5));
    assert_eq!(seconds(&[said(0, "One", 5000, 1000)]), None);
    assert_eq!(
        seconds(&[said(0, "One", i64::MIN, i64::MAX), said(1, "Two", i64::MIN, i64::MAX)]),
        Some(i64::MAX / 1000)
    );
    assert_eq!(seconds(&[said(0, "One", 0, 1499)]), Some(1));
    assert_eq!(seconds(&[said(0, "One", 0, 1500)]), Some(2));
}

fn fillers(language: Language, text: &str) -> String {
    let found = count(&[said(0, text, 0, 0)], language).fillers;
    found.iter().map(|(word, count)| format!("{word} {count}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn fillers_are_counted_where_they_fill() {
    use Language::{English, French, German, Spanish};
    for (language, text, expected) in [
        (English, "Um, uhhh, UM and ummm, er, Hmm", "um 2, er 1, hm 1, uh 1"),
        (English, "I mean, it was, you know, sort of hard, right?", "i mean 1, right 1, sort of 1, you know 1"),
        (English, "And I was like no, and, like, they were like wow, kind of", "like 3, kind of 1"),
        (English, "So, we basically did it. Okay so we went. Well, yes", "basically 1, okay so 1, so 1, well 1"),
        (English, "sort-of done, and you know, fine, or something", "or something 1, sort of 1, you know 1"),
        (German, "Ähm, das war halt, äääh, gut, sag ich mal, ne?", "halt 1, ne 1, sag ich mal 1, äh 1, ähm 1"),
        (German, "Also ich habe, weißt du, irgendwie oder so", "also 1, irgendwie 1, oder so 1, weißt du 1"),
        (Spanish, "Pues eh, o sea, este, en plan así y tal", "eh 1, en plan 1, este 1, o sea 1, pues 1, y tal 1"),
        (Spanish, "Fue bien, ¿sabes?", "sabes 1"),
        (French, "Euh, du coup, c'était, genre, bien, quoi.", "du coup 1, euh 1, genre 1, quoi 1"),
        (French, "En fait c'est, tu vois, bon", "bon 1, en fait 1, tu vois 1"),
    ] {
        assert_eq!(fillers(language, text), expected, "{text}");
    }
}

#[test]
fn content_is_no_filler() {
    use Language::{English, French, German, Spanish};
    for (language, text) in [
        (English, "I like bread. It was like a dream. People like us like it"),
        (English, "You know her, do you know why? What sort of work, this kind of thing, a new kind of oven"),
        (English, "So did we; we did well. Turn right. Actually I did. The ER, uh-huh. What I mean is this"),
        (English, "Right."),
        (German, "Beim Halt am Bahnhof. Genau. Das weißt du. Er also auch. Um zehn, eh klar"),
        (Spanish, "Este pan es bueno porque lo sabes. No había pues otra. En plan de pago. Bueno."),
        (French, "Il en fait beaucoup, un genre de pain. De quoi vivre. Comme tu vois, oui. Voilà"),
    ] {
        assert_eq!(fillers(language, text), "", "{text}");
    }
    // The interviewer's own are not counted.
    assert_eq!(count(&[asked(0, "Um, so, you know, um")], Language::English).fillers, []);
}

proptest! {
    #[test]
    fn whatever_was_said_is_counted_soundly(
        rows in prop::collection::vec(
            (
                any::<bool>(), "([a-zß]{1,5}|um|like|you know|[א-ת]{3}|,|\\.|🙂| ){0,9}", any::<(i64, i64)>(),
                any::<bool>(), any::<Option<i64>>(), any::<bool>(),
            ),
            0..12,
        ),
        language in prop::sample::select(&[Language::English, Language::German, Language::French][..]),
    ) {
        let lines: Vec<Line> = (7..).zip(&rows).map(|(number, (person, text, (at, end), typed, waited, cut))| Line {
            typed: *typed,
            waited: waited.map(Millis::new),
            mark: if *cut { Mark::Interrupted } else { Mark::Partial },
            ..spoken(number, if *person { Speaker::Person } else { Speaker::Interviewer }, text, *at, *end)
        }).collect();
        let counts = count(&lines, language);
        let yours = |line: &&Line| line.speaker == Speaker::Person;
        let spreads = [counts.answer_words, counts.answer_seconds, counts.pauses];
        for spread in spreads.into_iter().flatten() {
            prop_assert!(0 <= spread.median && spread.median <= spread.longest && spread.known <= counts.answers);
            prop_assert!(lines.iter().filter(yours).any(|line| line.number == spread.line));
        }
        let all: usize = lines.iter().map(|line| Words::of(&line.text).count()).sum();
        prop_assert_eq!(counts.your_words + counts.interviewers_words, all);
        prop_assert_eq!(counts.answers > 0, counts.your_words > 0);
        let known = counts.fillers.iter().map(|(_, count)| count).sum::<usize>();
        prop_assert!(known <= counts.your_words);
        prop_assert!(counts.fillers.is_sorted_by_key(|(_, count)| std::cmp::Reverse(*count)));
        prop_assert!(counts.interruptions.0 <= counts.interruptions.1);
        prop_assert_eq!(count(&lines, language), counts);
    }
}
