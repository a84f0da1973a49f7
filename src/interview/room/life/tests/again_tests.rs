//! A line that is lost and taken up again, pauses, settings that drift.

use super::*;

fn other() -> CallId {
    CallId::parse("rtc_2").unwrap()
}

impl Story {
    fn again(&mut self, seconds: i64) {
        self.at(seconds, &Happened::Again { speaks: true });
    }

    fn missed(&self) -> Vec<(Gap, i64, i64)> {
        let missed = self.todo.iter().filter_map(|todo| match todo {
            Do::Missed(missed) => Some((missed.gap, missed.from.count() / 1000, missed.until.count() / 1000)),
            _ => None,
        });
        missed.collect()
    }

    fn remaining(&self, seconds: i64) -> i64 {
        self.life.remaining(Millis::of_seconds(seconds)).count() / 1000
    }
}

#[test]
fn the_clock_stands_still_from_the_last_sign_of_life_to_the_first_word_of_the_next_call() {
    let mut story = Story::talking(600);
    assert_eq!((story.remaining(600), story.life.connect, story.life.again_left()), (1205, 1, 5));
    story.again(610);
    assert_eq!((story.life.stage, story.life.connect, story.life.may_answer()), (Stage::Reconnecting, 2, false));
    assert_eq!(story.hung_up(), 1, "the call before it");
    assert_eq!(story.remaining(615), 1205);
    story.at(616, &Happened::Called(other()));
    assert!(story.life.may_answer());
    story.at(617, &Happened::Hearing);
    story.at(618, &Happened::Beat { packets: 3 });
    assert_eq!((story.life.stage, story.remaining(618)), (Stage::Live, 1205));
    story.said(620, &Event::OutputStarted);
    assert_eq!((story.remaining(620), story.remaining(630)), (1205, 1195));
    assert_eq!(story.missed(), [(Gap::Unheard, 616, 617), (Gap::Away, 600, 620)]);
    story.said(625, &Event::OutputStarted);
    story.beat_until(9999);
    assert_eq!(story.end(), Some((Ending::RanItsTime, 1800, 1825)), "twenty seconds later");
    assert_eq!(story.todo.last(), Some(&Do::HangUp(other())));
}

#[test]
fn five_times_and_not_a_sixth() {
    let mut story = Story::talking(100);
    for n in 1..=5 {
        assert_eq!(story.life.again_left(), 6 - n);
        story.again(100 + n);
        story.at(100 + n, &Happened::Called(call()));
    }
    assert_eq!((story.life.connect, story.life.again_left(), story.life.is_open()), (6, 0, true));
    let mut story = Story::talking(100);
    for n in 1..20 {
        story.again(100 + n);
        story.at(100 + n, &Happened::Failed);
    }
    assert_eq!(story.life.again_left(), 0, "what OpenAI did not take counts for less, and not for nothing");
}

#[test]
fn what_was_away_is_unpaid_for_two_minutes_in_all() {
    let mut story = Story::talking(100);
    story.again(110);
    story.at(111, &Happened::Called(other()));
    for seconds in (115..=300).step_by(5) {
        story.at(seconds, &Happened::Beat { packets: 1 });
    }
    assert_eq!(story.missed(), [(Gap::Away, 100, 220)], "the interviewer never said a word");
    assert_eq!(story.remaining(300), 1800 - 95 - 80);
    story.again(305);
    assert_eq!(story.remaining(310), 1800 - 95 - 90, "nothing is left of it");
    story.at(NEVER, &Happened::Tick);
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 95 + 80, 425)), "up to the last sign of life");
}

#[test]
fn whoever_comes_back_late_has_lost_no_time_they_were_not_there() {
    let mut story = Story::talking(100);
    story.at(230, &Happened::Tick);
    assert_eq!(story.life.stage, Stage::Reconnecting);
    story.again(230);
    story.at(231, &Happened::Called(other()));
    story.at(232, &Happened::Beat { packets: 1 });
    story.said(235, &Event::OutputStarted);
    assert_eq!(story.remaining(235), 1800 - 95 - 15, "135 s away, 120 of them unpaid");
    story.at(240, &Happened::Left);
    assert_eq!(story.end(), Some((Ending::EndedByUser, 95 + 20, 240)));
}

#[test]
fn a_second_call_that_does_not_come_about_ends_nothing() {
    let mut story = Story::talking(100);
    story.again(105);
    story.at(106, &Happened::Failed);
    assert!(story.life.is_open() && !story.life.may_answer());
    story.at(107, &Happened::Called(other()));
    assert_eq!((story.life.call.clone(), story.todo.last()), (None, Some(&Do::HangUp(other()))), "it came too late");
    story.again(108);
    story.at(109, &Happened::Called(other()));
    story.at(110, &Happened::Failed);
    assert_eq!((story.life.call.clone(), story.hung_up()), (None, 3), "an answer nobody could read");
    story.at(224, &Happened::Tick);
    assert!(story.life.is_open());
    story.at(225, &Happened::Tick);
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 95, 225)), "120 s after it was missed");
}

#[test]
fn without_a_call_nobody_is_deaf() {
    let mut story = Story::talking(100);
    story.at(101, &Happened::Deaf);
    story.again(201);
    story.at(202, &Happened::Deaf);
    assert!(!story.life.is_deaf());
    story.at(203, &Happened::Called(other()));
    story.at(204, &Happened::Beat { packets: 1 });
    story.beat_until(401);
    assert!(story.life.is_open());
    story.at(403, &Happened::Tick);
    assert_eq!(story.end().map(|(ending, _, at)| (ending, at)), Some((Ending::OurFault, 403)), "300 s in all");
}

#[test]
fn a_pause_stops_the_clock_and_ends_by_itself() {
    let mut story = Story::spoken();
    story.at(10, &Happened::Pause(false));
    story.at(10, &Happened::Pause(true));
    story.at(11, &Happened::Pause(true));
    assert_eq!((story.count(Do::Pause), story.count(Do::GoOn)), (1, 0));
    story.beat_until(100);
    assert_eq!((story.remaining(100), story.count(Do::AskWhetherHeard)), (1795, 0), "nobody is asked meanwhile");
    story.at(110, &Happened::Pause(false));
    assert_eq!((story.remaining(120), story.count(Do::GoOn)), (1785, 1));
    story.said(120, &speech());
    story.at(125, &Happened::Pause(true));
    for seconds in (130..=500).step_by(5) {
        story.at(seconds, &Happened::Beat { packets: 1 });
    }
    assert_eq!(story.missed(), [(Gap::Pause, 10, 110), (Gap::Pause, 125, 205)]);
    assert_eq!((story.count(Do::GoOn), story.remaining(205)), (2, 1780));
    story.at(500, &Happened::Pause(true));
    assert_eq!(story.count(Do::Pause), 2, "nothing is left of the three minutes");
}

#[test]
fn a_pause_needs_a_talk_and_ends_with_its_call() {
    let mut story = Story::connected();
    story.at(3, &Happened::Pause(true));
    assert_eq!(story.count(Do::Pause), 0, "nobody has said anything");
    let mut story = Story::talking(100);
    story.at(100, &Happened::Pause(true));
    story.again(110);
    assert_eq!((story.count(Do::GoOn), story.missed()), (0, vec![(Gap::Pause, 100, 110)]));
    story.at(111, &Happened::Pause(true));
    assert_eq!(story.count(Do::Pause), 1, "nobody is there");
    let mut story = Story::talking(100);
    story.at(100, &Happened::Pause(true));
    story.at(NEVER, &Happened::Tick);
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 95, 240)), "a page that leaves in a pause");
}

#[test]
fn settings_are_put_back_once() {
    let mut story = Story::talking(100);
    story.at(101, &Happened::Drifted);
    assert_eq!((story.count(Do::PutBack), story.life.is_open()), (1, true));
    story.at(102, &Happened::Drifted);
    assert_eq!((story.count(Do::PutBack), story.end()), (1, Some((Ending::EndedByUser, 97, 102))));
    assert_eq!(story.count(Do::Note("settings changed again")), 1);
}

#[test]
fn nobody_hears_the_line_cut_without_a_goodbye() {
    let mut story = Story::spoken();
    story.beat_until(139);
    assert_eq!(story.count(Do::SayGoodbye), 0);
    story.at(140, &Happened::Tick);
    assert_eq!(story.count(Do::SayGoodbye), 1, "who never spoke");
    let mut story = Story::talking(1785);
    assert_eq!(story.count(Do::SayGoodbye), 0);
    story.beat_until(1790);
    assert_eq!(story.count(Do::SayGoodbye), 1, "nothing was said since the wrap-up");
    let mut story = Story::talking(1700);
    story.said(1701, &Event::OutputStarted);
    story.beat_until(1800);
    assert_eq!(story.count(Do::SayGoodbye), 0, "they have said it");
}

#[test]
fn who_tells_of_a_lost_line_pays_to_their_last_sign_of_life() {
    let mut story = Story::talking(600);
    story.at(640, &Happened::Dropped);
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 595, 640)), "it was quiet since 600");
}

#[test]
fn what_took_no_time_was_not_missed() {
    let mut story = Story::talking(100);
    story.again(100);
    story.at(101, &Happened::Called(other()));
    story.beat_until(219);
    story.at(230, &Happened::Beat { packets: 9 });
    story.again(240);
    assert_eq!(story.missed(), [(Gap::Away, 100, 220)], "all of the time that may stand still was used up before");
}
