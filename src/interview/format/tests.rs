use proptest::prelude::*;

use super::*;

const BEGIN: i64 = 1_800_000_000_000;

fn line(speaker: Speaker, text: &str, at: i64, end: i64) -> Line {
    Line {
        item: at.to_string(),
        previous: None,
        speaker,
        text: text.to_owned(),
        mark: Mark::Final,
        at: Millis::new(BEGIN + at),
        end: Millis::new(BEGIN + end),
        source: Source::Sideband,
        typed: false,
        waited: None,
    }
}

fn talk() -> Vec<Line> {
    let marked = |line, mark| Line { mark, ..line };
    vec![
        line(Speaker::Interviewer, "I am an AI. Why bread?", 0, 400),
        line(Speaker::Person, "I like\nit.", 3000, 5250),
        marked(line(Speaker::Interviewer, "And what if the oven", 6000, 6100), Mark::Interrupted),
        marked(line(Speaker::Person, "", 7000, 7500), Mark::Failed),
        line(Speaker::Person, " ", 8000, 8100),
        Line {
            typed: true,
            source: Source::Relay,
            ..line(Speaker::Person, "R&D, 2 < 3 --> <b>", 3_661_001, 3_661_001)
        },
        marked(line(Speaker::Interviewer, "So", 3_662_000, 3_662_000), Mark::Partial),
    ]
}

#[test]
fn the_text_is_one_line_for_each_turn() {
    let expected = "\
        Interview: Baker\n\
        \n00:00 Interviewer: I am an AI. Why bread?\n\
        \n00:03 You: I like it.\n\
        \n00:06 Interviewer: And what if the oven [interrupted]\n\
        \n00:07 You: [could not be written down]\n\
        \n61:01 You: R&D, 2 < 3 --> <b> [typed] [as your browser heard it]\n\
        \n61:02 Interviewer: So [unfinished]\n";
    assert_eq!(text(&talk(), "Interview:\nBaker"), expected);
    assert_eq!(text(&[], "Interview"), "Interview\n");
}

#[test]
fn the_cues_are_escaped_and_in_order() {
    let expected = "\
        WEBVTT\n\
        \n1\n00:00:00.000 --> 00:00:01.430\n<v Interviewer>I am an AI. Why bread?</v>\n\
        \n2\n00:00:03.000 --> 00:00:05.250\n<v You>I like it.</v>\n\
        \n3\n00:00:06.000 --> 00:00:07.300\n<v Interviewer>And what if the oven</v>\n\
        \n4\n01:01:01.001 --> 01:01:02.001\n<v You>R&amp;D, 2 &lt; 3 --&gt; &lt;b&gt;</v>\n\
        \n5\n01:01:02.000 --> 01:01:03.000\n<v Interviewer>So</v>\n";
    assert_eq!(vtt(&talk()), expected);
    assert_eq!(vtt(&[]), "WEBVTT\n");
}

#[test]
fn a_cue_ends_when_the_next_begins() {
    let long = "x".repeat(1000);
    let lines = [line(Speaker::Interviewer, &long, 0, 10), line(Speaker::Person, "Stop.", 4000, 5000)];
    assert!(vtt(&lines).contains("00:00:00.000 --> 00:00:04.000"));
    // Times that go back, as of a line that was told late, begin no earlier cue.
    let late = [line(Speaker::Interviewer, "One", 4000, 5000), line(Speaker::Person, "Two", 0, 100)];
    assert!(vtt(&late).contains("00:00:04.000 --> 00:00:05.000\n<v You>Two"));
}

/// Milliseconds of a timestamp of the form that WebVTT asks for.
fn millis(stamp: &str) -> i64 {
    let parts: Vec<&str> = stamp.split([':', '.']).collect();
    assert!(
        parts.len() == 4 && parts[0].len() >= 2 && parts[1].len() == 2 && parts[2].len() == 2 && parts[3].len() == 3
    );
    let [hours, minutes, seconds, rest] = [0, 1, 2, 3].map(|n| parts[n].parse::<i64>().unwrap());
    assert!(minutes < 60 && seconds < 60);
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
}

/// As a player takes a file apart: a head, and blocks between empty lines, each of three lines.
fn check(file: &str) -> usize {
    let (head, body) = file.split_once('\n').unwrap();
    assert_eq!(head, "WEBVTT");
    let mut last = 0;
    let blocks: Vec<&str> = body.split("\n\n").map(str::trim_ascii).filter(|block| !block.is_empty()).collect();
    for (n, block) in blocks.iter().enumerate() {
        let lines: Vec<&str> = block.split(['\n', '\r']).collect();
        assert_eq!((lines.len(), lines[0]), (3, (n + 1).to_string().as_str()), "{block:?}");
        let (begin, end) = lines[1].split_once(" --> ").unwrap();
        let (begin, end) = (millis(begin), millis(end));
        assert!(last <= begin && begin < end);
        last = begin;
        let words = lines[2].split_once('>').unwrap().1.strip_suffix("</v>").unwrap();
        assert!(!words.contains(['<', '>']) && !words.is_empty());
    }
    blocks.len()
}

proptest! {
    #[test]
    fn any_talk_makes_a_sound_file(
        rows in proptest::collection::vec((any::<String>(), 0..4_000_000_i64, -10..100_000_i64, any::<bool>()), 0..12),
    ) {
        let lines: Vec<Line> = rows.iter().map(|(text, at, length, person)| {
            line(if *person { Speaker::Person } else { Speaker::Interviewer }, text, *at, at + length)
        }).collect();
        let told = lines.iter().filter(|line| !flat(&line.text).is_empty()).count();
        prop_assert_eq!(check(&vtt(&lines)), told);
        // A title, and an empty line in front of each turn.
        prop_assert_eq!(text(&lines, "Title\r\n").lines().count(), 1 + 2 * told);
    }

    #[test]
    fn what_was_said_does_not_end_its_cue(text in "(-->|<|>|&|\n|\r|WEBVTT|NOTE|</v>|&gt;|\u{0}|\u{2028}| |a){0,12}") {
        let lines = [line(Speaker::Person, &text, 0, 0)];
        prop_assert!(check(&vtt(&lines)) <= 1);
    }
}
