mod again_tests;
mod any_tests;
mod direct_tests;

use super::*;
use crate::interview::missed::Gap;
use crate::port::config::Config;
use crate::upstream::openai::event::{Done, Item, Role, Status, Usage};

const HALF_HOUR: i64 = 1800;
/// Nothing that time brings comes as late as that.
const NEVER: i64 = 1_000_000;

fn patience() -> Patience {
    Config::read(&|_| None, None).room
}

fn call() -> CallId {
    CallId::parse("rtc_1").unwrap()
}

fn created() -> Event {
    Event::ResponseCreated { response: "resp_1".to_owned(), metadata_ours: false }
}

fn ours() -> Event {
    Event::ResponseCreated { response: "resp_2".to_owned(), metadata_ours: true }
}

fn speech() -> Event {
    Event::SpeechStarted { item: "item_1".to_owned() }
}

fn typed() -> Event {
    let item = Item {
        id: "item_1".to_owned(),
        role: Role::Person,
        typed: true,
        text: Some("yes".to_owned()),
        interrupted: false,
    };
    Event::ItemAdded { item, previous: None }
}

fn done(status: Status) -> Event {
    Event::ResponseDone(Done { status, reason: None, items: Vec::new(), usage: Usage::default() })
}

fn written() -> Event {
    Event::InterviewerDone { item: "item_2".to_owned(), text: "Hello".to_owned(), spoken: false }
}

/// A life and all that was to be done because of it, with times in seconds.
struct Story {
    life: Life,
    todo: Vec<Do>,
}

impl Story {
    fn opened(speaks: bool) -> Self {
        Self { life: Life::opened(HALF_HOUR, speaks, false, Millis::default()), todo: Vec::new() }
    }

    /// A call that was made and begun, and at which somebody listens.
    fn called() -> Self {
        let mut story = Self::opened(true);
        for happened in [Happened::Begun, Happened::Called(call()), Happened::Hearing] {
            story.at(1, &happened);
        }
        story
    }

    fn connected() -> Self {
        let mut story = Self::called();
        story.at(2, &Happened::Beat { packets: 9 });
        story
    }

    /// A path at 2 s, the interviewer at 5 s.
    fn spoken() -> Self {
        let mut story = Self::connected();
        story.said(5, &Event::OutputStarted);
        story
    }

    /// The person answers at 10 s, and their page is there until then.
    fn talking(until: i64) -> Self {
        let mut story = Self::spoken();
        story.said(10, &speech());
        story.beat_until(until);
        story
    }

    fn at(&mut self, seconds: i64, happened: &Happened) {
        let done = self.life.on(happened, Millis::of_seconds(seconds), &patience());
        self.todo.extend(done);
    }

    fn said(&mut self, seconds: i64, event: &Event) {
        self.at(seconds, &Happened::Said { event, relay: false });
    }

    fn relayed(&mut self, seconds: i64, event: &Event) {
        self.at(seconds, &Happened::Said { event, relay: true });
    }

    fn beat_until(&mut self, until: i64) {
        let from = self.life.life_at.count() / 1000 + 5;
        for seconds in (from..=until).step_by(5) {
            self.at(seconds, &Happened::Beat { packets: 99 });
        }
    }

    fn fail_three_times(&mut self) {
        for _ in 0..3 {
            self.said(604, &done(Status::Failed));
        }
    }

    fn go_deaf(&mut self) {
        self.at(600, &Happened::Deaf);
        self.beat_until(9999);
    }

    /// The ending, the seconds heard, and the second in which it ended.
    fn end(&self) -> Option<(Ending, i64, i64)> {
        let outcome = self.life.outcome?;
        Some((outcome.ending, outcome.heard.count() / 1000, self.life.ended_at.unwrap().count() / 1000))
    }

    fn hung_up(&self) -> usize {
        self.todo.iter().filter(|todo| matches!(todo, Do::HangUp(_))).count()
    }

    fn count(&self, what: Do) -> usize {
        self.todo.iter().filter(|todo| **todo == what).count()
    }
}

#[test]
fn every_ending_of_the_table() {
    use Ending::*;
    type Case = (&'static str, Story, fn(&mut Story), (Ending, i64, i64));
    let cases: [Case; 19] = [
        ("no path in 45 s", Story::called(), |s| s.at(45, &Happened::Tick), (NoMediaPath, 0, 45)),
        ("left before a path", Story::called(), |s| s.at(7, &Happened::Left), (NoMediaPath, 0, 7)),
        ("the line broke before a path", Story::called(), |s| s.at(4, &Happened::Dropped), (NoMediaPath, 0, 4)),
        ("the Wallet says no", Story::opened(true), |s| s.at(1, &Happened::Unbegun), (NoMediaPath, 0, 1)),
        ("OpenAI makes no call", Story::opened(true), |s| s.at(1, &Happened::Failed), (ProviderFault, 0, 1)),
        ("the Wallet says nothing", Story::opened(true), |s| s.at(15, &Happened::Unanswered), (OurFault, 0, 15)),
        ("no word in 60 s", Story::connected(), |s| s.beat_until(62), (NoOutput, 0, 62)),
        ("left before a word", Story::connected(), |s| s.at(9, &Happened::Left), (NoOutput, 0, 9)),
        ("never spoke", Story::spoken(), |s| s.beat_until(157), (NeverSpoke, 150, 155)),
        ("left without a word", Story::spoken(), |s| s.at(15, &Happened::Left), (NeverSpoke, 10, 15)),
        ("left in the first minute", Story::talking(60), |s| s.at(64, &Happened::Left), (EndedEarly, 59, 64)),
        ("left after a minute", Story::talking(60), |s| s.at(65, &Happened::Left), (EndedByUser, 60, 65)),
        ("the page is gone", Story::talking(600), |s| s.at(741, &Happened::Tick), (ConnectionLost, 595, 740)),
        ("the line broke", Story::talking(600), |s| s.at(604, &Happened::Dropped), (ConnectionLost, 599, 604)),
        ("it cost too much", Story::talking(600), |s| s.at(604, &Happened::Overspent), (CostCeiling, 599, 604)),
        ("an hour at OpenAI", Story::talking(600), |s| s.said(604, &Event::Expired), (ProviderFault, 599, 604)),
        ("OpenAI fails", Story::talking(600), Story::fail_three_times, (ProviderFault, 599, 604)),
        ("nobody listens for 300 s", Story::talking(600), Story::go_deaf, (OurFault, 895, 900)),
        ("its time is over", Story::talking(1800), |s| s.beat_until(9999), (RanItsTime, 1800, 1805)),
    ];
    for (name, mut story, tell, expected) in cases {
        tell(&mut story);
        assert_eq!(story.end(), Some(expected), "{name}");
        assert_eq!(story.count(Do::Settle), 1, "{name}");
        assert_eq!(story.hung_up(), usize::from(story.life.call.is_some()), "{name}");
        assert!(story.todo.contains(&Do::Note(expected.0.word())), "{name}");
        assert_eq!(story.life.due(&patience()), None, "{name}");
        assert_eq!(story.life.remaining(Millis::of_seconds(3)), Millis::default(), "{name}");
    }
}

#[test]
fn what_comes_after_the_end_changes_nothing_but_a_call_is_hung_up() {
    let mut story = Story::talking(100);
    story.at(101, &Happened::Left);
    let (life, todo) = (story.life.clone(), story.todo.len());
    for happened in [
        Happened::Begun,
        Happened::Unbegun,
        Happened::Failed,
        Happened::Unanswered,
        Happened::Beat { packets: 1 },
        Happened::Hearing,
        Happened::Deaf,
        Happened::Again { speaks: true },
        Happened::Pause(true),
        Happened::Drifted,
        Happened::Overspent,
        Happened::Left,
        Happened::Dropped,
        Happened::Tick,
    ] {
        story.at(NEVER, &happened);
    }
    for event in [speech(), Event::OutputStarted, Event::Expired, done(Status::Failed)] {
        story.said(NEVER, &event);
    }
    assert_eq!((&story.life, story.todo.len()), (&life, todo));

    let mut late = Story::opened(true);
    late.at(15, &Happened::Failed);
    assert_eq!((late.hung_up(), late.life.may_answer()), (0, false));
    late.at(20, &Happened::Called(call()));
    late.at(20, &Happened::Begun);
    assert_eq!((late.hung_up(), late.count(Do::Settle), late.life.may_answer()), (1, 1, false));
}

#[test]
fn the_answer_goes_out_when_both_said_yes_and_nothing_has_ended_it() {
    let mut story = Story::opened(true);
    assert!(!story.life.may_answer());
    story.at(1, &Happened::Called(call()));
    assert!(!story.life.may_answer(), "the Wallet has not said yes");
    story.at(1, &Happened::Begun);
    assert!(story.life.may_answer());
    story.at(2, &Happened::Left);
    assert!(!story.life.may_answer());
    let mut story = Story::opened(true);
    story.at(1, &Happened::Begun);
    assert!(!story.life.may_answer(), "there is no call");
}

#[test]
fn a_path_is_up_by_what_only_the_browser_can_have_caused() {
    type Tell = fn(&mut Story);
    let cases: [(&str, Tell, bool); 8] = [
        ("packets have come in", |s| s.at(3, &Happened::Beat { packets: 1 }), true),
        ("none has", |s| s.at(3, &Happened::Beat { packets: 0 }), false),
        ("a reply that the browser asked for", |s| s.said(3, &created()), true),
        ("a reply that we asked for", |s| s.said(3, &ours()), false),
        ("sound is played", |s| s.said(3, &Event::OutputStarted), true),
        ("speech alone", |s| s.said(3, &speech()), false),
        ("by the relay, while we listen ourselves", |s| s.relayed(3, &created()), false),
        ("by the relay, while nobody does", |s| (s.at(2, &Happened::Deaf), s.relayed(3, &created())).1, true),
    ];
    for (name, tell, up) in cases {
        let mut story = Story::called();
        tell(&mut story);
        let stage = if up { Stage::Live } else { Stage::Connecting };
        assert_eq!((story.life.stage, story.life.path_at.is_some()), (stage, up), "{name}");
    }
}

#[test]
fn heard_counts_from_the_interviewers_first_words_and_needs_a_turn_after_them() {
    let mut story = Story::connected();
    story.said(4, &speech());
    assert_eq!(story.life.heard_at, None, "before there was anything to answer");
    story.said(5, &Event::OutputStarted);
    story.said(8, &Event::OutputStarted);
    assert_eq!(story.life.spoke_at, Some(Millis::of_seconds(5)));
    story.said(20, &speech());
    story.said(30, &typed());
    assert_eq!(story.life.heard_at, Some(Millis::of_seconds(20)));
    assert!(!story.life.relayed);
}

#[test]
fn in_text_the_first_written_words_are_output_and_a_typed_answer_is_a_turn() {
    let mut story = Story::opened(false);
    for happened in [Happened::Begun, Happened::Called(call()), Happened::Hearing] {
        story.at(1, &happened);
    }
    story.at(2, &Happened::Beat { packets: 0 });
    assert_eq!(story.life.path_at, None, "a page that is there is no path");
    story.said(3, &created());
    story.said(5, &written());
    story.said(9, &typed());
    let life = &story.life;
    let seconds = [life.path_at, life.spoke_at, life.heard_at].map(|at| at.map(|at| at.count() / 1000));
    assert_eq!(seconds, [Some(3), Some(5), Some(9)]);
    for seconds in (10..=100).step_by(5) {
        story.at(seconds, &Happened::Beat { packets: 0 });
    }
    assert_eq!(story.life.stage, Stage::Live, "without sound there are no packets to count");
}

#[test]
fn what_the_browser_says_counts_while_nobody_listens_and_is_marked() {
    let mut story = Story::connected();
    story.relayed(4, &Event::OutputStarted);
    assert_eq!((story.life.spoke_at, story.life.relayed), (None, false));
    story.at(5, &Happened::Deaf);
    story.relayed(6, &Event::OutputStarted);
    story.relayed(7, &speech());
    assert_eq!(story.life.spoke_at, Some(Millis::of_seconds(6)));
    assert_eq!((story.life.heard_at, story.life.relayed), (Some(Millis::of_seconds(7)), true));
    story.relayed(8, &Event::Expired);
    for _ in 0..5 {
        story.relayed(9, &done(Status::Failed));
    }
    assert!(story.life.is_open(), "a page does not blame OpenAI");
}

#[test]
fn life_is_a_page_with_packets_or_a_turn_of_the_person() {
    let mut story = Story::talking(100);
    assert_eq!(story.life.due(&patience()), Some(Millis::of_seconds(130)), "silence is looked for a little later");
    for seconds in 101..=119 {
        story.said(seconds, &Event::OutputStarted);
        story.said(seconds, &created());
        story.at(seconds, &Happened::Beat { packets: 0 });
    }
    story.at(119, &Happened::Tick);
    assert_eq!(story.life.stage, Stage::Live);
    story.at(120, &Happened::Tick);
    assert_eq!(story.life.stage, Stage::Reconnecting, "the interviewer alone is no life");
    story.at(238, &Happened::Tick);
    story.said(239, &speech());
    assert_eq!((story.life.stage, story.count(Do::Note("alive again"))), (Stage::Live, 1));
    story.at(259, &Happened::Tick);
    assert_eq!(story.life.stage, Stage::Reconnecting);
    story.at(378, &Happened::Tick);
    assert!(story.life.is_open());
    story.at(379, &Happened::Tick);
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 234, 379)), "up to the last sign of life");
}

#[test]
fn the_silent_are_asked_once_and_those_who_speak_never() {
    let mut story = Story::spoken();
    story.beat_until(64);
    assert_eq!(story.count(Do::AskWhetherHeard), 0);
    story.beat_until(150);
    assert_eq!((story.count(Do::AskWhetherHeard), story.life.is_open()), (1, true));
    story.said(151, &speech());
    story.beat_until(400);
    assert_eq!((story.count(Do::AskWhetherHeard), story.life.is_open()), (1, true));
    assert_eq!(Story::talking(400).count(Do::AskWhetherHeard), 0);
}

#[test]
fn it_is_told_to_wrap_up_once_two_minutes_or_a_tenth_before_the_end() {
    let mut story = Story::talking(1680);
    assert_eq!(story.count(Do::WrapUp), 0);
    story.beat_until(1800);
    assert_eq!((story.count(Do::WrapUp), story.life.wrapped), (1, true));
    assert_eq!(story.life.remaining(Millis::of_seconds(1800)), Millis::of_seconds(5));
    let mut short = Life::opened(100, true, false, Millis::default());
    short.on(&Happened::Said { event: &Event::OutputStarted, relay: false }, Millis::default(), &patience());
    short.on(&Happened::Said { event: &speech(), relay: false }, Millis::new(80_000), &patience());
    assert!(!short.on(&Happened::Tick, Millis::new(89_999), &patience()).contains(&Do::WrapUp));
    assert!(short.on(&Happened::Tick, Millis::new(90_000), &patience()).contains(&Do::WrapUp));
}

#[test]
fn only_failures_in_a_row_end_it() {
    let mut story = Story::talking(100);
    for _ in 0..9 {
        for status in [Status::Failed, Status::Failed, Status::Cancelled] {
            story.said(101, &done(status));
        }
    }
    assert!(story.life.is_open());
}

#[test]
fn deafness_is_counted_in_all() {
    let mut story = Story::talking(100);
    story.at(101, &Happened::Deaf);
    story.at(102, &Happened::Deaf);
    story.beat_until(300);
    story.at(301, &Happened::Hearing);
    story.beat_until(400);
    assert!(!story.life.is_deaf() && !story.life.has_gap(Millis::of_seconds(361)));
    assert!(story.life.has_gap(Millis::of_seconds(360)), "what was missed may still be told");
    story.at(401, &Happened::Deaf);
    story.beat_until(500);
    assert!(story.life.is_open());
    story.beat_until(505);
    assert_eq!(story.end(), Some((Ending::OurFault, 496, 501)));
}

#[test]
fn an_object_that_slept_finds_each_moment_as_of_its_own_time_and_in_order() {
    let mut story = Story::talking(100);
    story.at(NEVER, &Happened::Beat { packets: 1 });
    assert_eq!(story.end(), Some((Ending::ConnectionLost, 95, 240)));
    let last = [Do::Note("no sign of life"), Do::Settle, Do::Note("connection_lost"), Do::HangUp(call())];
    assert_eq!(story.todo[story.todo.len() - 4..], last);
    let mut story = Story::talking(1799);
    story.at(NEVER, &Happened::Left);
    assert_eq!(story.end(), Some((Ending::RanItsTime, 1800, 1805)), "the deadline came before the page was missed");
}
