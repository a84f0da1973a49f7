use proptest::prelude::*;

use super::Source::{Relay, Sideband};
use super::*;
use crate::upstream::openai::event::{Done, Heard, Status, Usage};

fn added(item: &str, role: Role, previous: Option<&str>) -> Event {
    let item = Item { id: item.to_owned(), role, typed: false, text: None, interrupted: false };
    Event::ItemAdded { item, previous: previous.map(str::to_owned) }
}

fn typed(item: &str, text: &str) -> Event {
    let text = Some(text.to_owned());
    let item = Item { id: item.to_owned(), role: Role::Person, typed: true, text, interrupted: false };
    Event::ItemAdded { item, previous: None }
}

fn begun() -> Event {
    Event::SpeechStarted { item: "p".to_owned() }
}

fn ended() -> Event {
    Event::SpeechStopped { item: "p".to_owned() }
}

fn said(text: &str) -> Event {
    Event::PersonDone { item: "p".to_owned(), text: text.to_owned(), usage: Heard::default() }
}

fn failed() -> Event {
    Event::PersonFailed { item: "p".to_owned() }
}

fn more(delta: &str) -> Event {
    Event::InterviewerDelta { item: "i".to_owned(), delta: delta.to_owned() }
}

fn asked(text: &str) -> Event {
    Event::InterviewerDone { item: "i".to_owned(), text: text.to_owned(), spoken: true }
}

fn truncated() -> Event {
    Event::Truncated { item: "i".to_owned() }
}

fn done(items: &[(&str, bool)]) -> Event {
    let items = items.iter().map(|(item, cut)| ((*item).to_owned(), *cut)).collect();
    Event::ResponseDone(Done { status: Status::Completed, reason: None, items, usage: Usage::default() })
}

/// One line after all of these, a tick apart.
fn after(events: &[(Event, Source)]) -> Option<Line> {
    after_from(None, events)
}

fn after_from(line: Option<Line>, events: &[(Event, Source)]) -> Option<Line> {
    let mut clock = 100;
    events.iter().fold(line, |line, (event, source)| {
        clock += 10;
        hear(line.clone(), event, Millis::new(clock), *source).or(line)
    })
}

/// Text, mark, source.
fn told(events: &[(Event, Source)]) -> (String, Mark, Source) {
    let line = after(events).unwrap();
    (line.text, line.mark, line.source)
}

fn is(text: &str, mark: Mark, source: Source) -> (String, Mark, Source) {
    (text.to_owned(), mark, source)
}

#[test]
fn a_turn_of_the_person_from_its_first_sound_to_its_words() {
    let mut events = vec![(begun(), Sideband)];
    let first = after(&events).unwrap();
    assert_eq!((first.mark, first.at, first.end, first.speaker), (Mark::Partial, first.end, first.at, Speaker::Person));
    events.push((ended(), Sideband));
    events.push((added("p", Role::Person, Some("i")), Sideband));
    events.push((said("I bake."), Sideband));
    let line = after(&events).unwrap();
    let expected = Line {
        item: "p".to_owned(),
        previous: Some("i".to_owned()),
        speaker: Speaker::Person,
        text: "I bake.".to_owned(),
        mark: Mark::Final,
        at: Millis::new(110),
        end: Millis::new(120),
        source: Sideband,
        typed: false,
        waited: None,
    };
    assert_eq!(line, expected);
}

#[test]
fn a_question_grows_and_is_final() {
    let mut events =
        vec![(added("i", Role::Interviewer, None), Sideband), (more("Why "), Sideband), (more("bread?"), Sideband)];
    assert_eq!(told(&events), is("Why bread?", Mark::Partial, Sideband));
    events.push((asked("Why bread?"), Sideband));
    assert_eq!(told(&events), is("Why bread?", Mark::Final, Sideband));
    assert_eq!(after(&events).unwrap().end, Millis::new(140));
    events.push((more(" No."), Sideband));
    assert_eq!(told(&events), is("Why bread?", Mark::Final, Sideband), "what is final does not grow");
}

#[test]
fn what_was_interrupted_stays_so_and_is_still_told_in_full() {
    let line = is("Why bread?", Mark::Interrupted, Sideband);
    let question = (asked("Why bread?"), Sideband);
    for events in [
        [question.clone(), (truncated(), Sideband)],
        [(truncated(), Sideband), question.clone()],
        [question.clone(), (done(&[("h", false), ("i", true)]), Sideband)],
        [question, (done(&[("i", true)]), Relay)],
    ] {
        assert_eq!(told(&events), line);
    }
    let half = [(more("Why b"), Sideband), (truncated(), Sideband), (more("r"), Sideband)];
    assert_eq!(told(&half), is("Why b", Mark::Interrupted, Sideband));
    assert_eq!(after(&half).unwrap().end, Millis::new(120), "it ended when it was cut");
    let whole = Item {
        id: "i".to_owned(),
        role: Role::Interviewer,
        typed: false,
        text: Some("Why?".to_owned()),
        interrupted: true,
    };
    let whole = Event::ItemAdded { item: whole, previous: None };
    let line = after(&[(whole.clone(), Relay)]);
    assert_eq!(hear(line, &whole, Millis::new(500), Relay), None);
    assert_eq!(interrupted(&done(&[("a", true), ("b", false), ("c", true)])), ["a", "c"]);
    assert_eq!(interrupted(&truncated()), [""; 0]);
    let finished = after(&[(asked("Why?"), Sideband)]);
    assert_eq!(hear(finished, &done(&[("i", false), ("x", true)]), Millis::new(200), Sideband), None);
    assert_eq!(hear(None, &done(&[("i", true)]), Millis::new(200), Sideband), None);
    let own = after(&[(said("I bake."), Sideband)]);
    assert_eq!(hear(own, &done(&[("p", true)]), Millis::new(200), Relay), None, "a person is not cut");
}

#[test]
fn a_typed_answer_is_final_at_once() {
    let line = after(&[(typed("p", "I bake."), Sideband)]).unwrap();
    assert_eq!((line.text.as_str(), line.mark, line.typed), ("I bake.", Mark::Final, true));
    let spoken = after(&[(said("I bake."), Sideband), (typed("p", "No."), Relay)]).unwrap();
    assert_eq!((spoken.text.as_str(), spoken.typed), ("I bake.", false));
}

#[test]
fn words_that_could_not_be_written_down_may_still_come() {
    assert_eq!(told(&[(begun(), Sideband), (failed(), Sideband)]), is("", Mark::Failed, Sideband));
    assert_eq!(told(&[(failed(), Sideband), (said("Yes."), Sideband)]), is("Yes.", Mark::Final, Sideband));
    assert_eq!(told(&[(said("Yes."), Sideband), (failed(), Sideband)]), is("Yes.", Mark::Final, Sideband));
}

#[test]
fn openai_is_believed_before_the_browser() {
    let (true_words, made_up) = ((said("Yes."), Sideband), (said("No."), Relay));
    for events in [[true_words.clone(), made_up.clone()], [made_up.clone(), true_words]] {
        assert_eq!(told(&events), is("Yes.", Mark::Final, Sideband));
    }
    for events in [[(failed(), Sideband), made_up.clone()], [made_up.clone(), (failed(), Sideband)]] {
        assert_eq!(told(&events), is("", Mark::Failed, Sideband));
    }
    let gap = [(begun(), Sideband), made_up];
    assert_eq!(told(&gap), is("No.", Mark::Final, Relay), "where nobody else has heard it");
    let chain = |first: (&str, Source), second: (&str, Source)| {
        let event = |(previous, source): (&str, Source)| (added("p", Role::Person, Some(previous)), source);
        after(&[event(first), event(second)]).unwrap().previous
    };
    for (first, second) in [(("a", Sideband), ("b", Relay)), (("b", Relay), ("a", Sideband))] {
        assert_eq!(chain(first, second).as_deref(), Some("a"));
    }
    let unknown = [(begun(), Sideband), (added("p", Role::Person, Some("b")), Relay)];
    assert_eq!(after(&unknown).unwrap().previous.as_deref(), Some("b"));
    assert_eq!(after(&[(more("Why"), Relay)]), None, "nobody relays deltas");
}

#[test]
fn what_is_about_no_line_changes_none() {
    let own = after(&[(said("I bake."), Sideband)]);
    let created = Event::ResponseCreated { response: "r".to_owned(), metadata_ours: true };
    let note = added("p", Role::System, None);
    for event in [note, created, Event::OutputStarted, Event::Expired, Event::Other, done(&[])] {
        assert_eq!((item_of(&event), hear(None, &event, Millis::new(1), Sideband)), (None, None));
        assert_eq!(hear(own.clone(), &event, Millis::new(1), Sideband), None);
    }
    assert_eq!(hear(None, &ended(), Millis::new(1), Sideband), None);
    let other = Event::InterviewerDone { item: "p".to_owned(), text: "You bake.".to_owned(), spoken: true };
    assert_eq!(hear(own, &other, Millis::new(200), Sideband), None, "nobody puts words into the other's mouth");
    assert_eq!(item_of(&begun()), Some("p"));
}

fn any_source() -> impl Strategy<Value = Source> {
    prop_oneof![Just(Sideband), Just(Relay)]
}

/// Events of one item but deltas, which say only what is said again in full.
fn any_events() -> impl Strategy<Value = Vec<Event>> {
    let person = vec![begun(), ended(), added("p", Role::Person, Some("i")), said("I bake."), failed()];
    let truth = || asked("Why bread?");
    let interviewer = vec![added("i", Role::Interviewer, Some("p")), truth(), truncated(), done(&[("i", true)])];
    prop_oneof![
        proptest::sample::subsequence(person.clone(), 1..=person.len()),
        proptest::sample::subsequence(interviewer.clone(), 1..=interviewer.len())
    ]
}

fn line(item: u8, previous: Option<u8>, at: u8) -> Line {
    let mut line = Line::begun(&item.to_string(), Speaker::Person, Millis::new(at.into()), Sideband);
    line.previous = previous.map(|previous| previous.to_string());
    line
}

fn names(lines: Vec<Line>) -> Vec<String> {
    order(lines).into_iter().map(|line| line.item).collect()
}

#[test]
fn lines_follow_their_chain_and_else_the_clock() {
    // The second was begun before the first was told; its words do not go before the question.
    assert_eq!(names(vec![line(2, Some(1), 5), line(1, None, 9), line(3, Some(2), 20)]), ["1", "2", "3"]);
    // What was between 2 and 4 is missing, 9 is known by time only.
    let gap =
        vec![line(4, Some(3), 30), line(5, Some(4), 31), line(9, None, 15), line(2, Some(1), 20), line(1, None, 10)];
    assert_eq!(names(gap), ["1", "9", "2", "4", "5"]);
    // All of one batch have one time.
    assert_eq!(names(vec![line(1, Some(2), 7), line(2, Some(3), 7), line(3, None, 7)]), ["3", "2", "1"]);
    assert_eq!(names(vec![line(1, Some(1), 7)]), ["1"]);
    assert_eq!(names(vec![line(1, Some(2), 7), line(2, Some(1), 5), line(3, Some(1), 1), line(4, None, 6)]).len(), 4);
    assert_eq!(names(Vec::new()), [""; 0]);
}

fn any_lines() -> impl Strategy<Value = Vec<Line>> {
    let rows = proptest::collection::vec((proptest::option::of(0..14_u8), 0..6_u8), 0..12);
    rows.prop_map(|rows| (0_u8..).zip(rows).map(|(item, (previous, at))| line(item, previous, at)).collect())
}

/// Whether a line goes back to itself.
fn in_circle(lines: &[Line], of: &Line) -> bool {
    let mut here = of;
    for _ in lines {
        let before = here.previous.as_ref().and_then(|id| lines.iter().find(|line| &line.item == id));
        let Some(before) = before else { return false };
        here = before;
    }
    true
}

proptest! {
    #[test]
    fn the_same_event_twice_changes_nothing(events in any_events(), source in any_source(), again in any_source()) {
        let mut line = None;
        let mut clock = 100;
        for event in &events {
            clock += 10;
            let next = hear(line.clone(), event, Millis::new(clock), source).or(line.clone());
            prop_assert_eq!(hear(next.clone(), event, Millis::new(clock + 5), source), None);
            line = next;
        }
        let events: Vec<_> = events.into_iter().map(|event| (event, again)).collect();
        let once = after_from(line.clone(), &events);
        prop_assert_eq!(after_from(once.clone(), &events), once);
    }

    #[test]
    fn the_words_do_not_depend_on_the_order_in_which_they_are_told(
        (events, mixed) in any_events().prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
        source in any_source(),
    ) {
        // A line that nobody has told of is not cut by the end of its response: the caller looks for it then.
        let known = |events: Vec<Event>| {
            let first = events.iter().find_map(item_of).map(|item| item.to_owned());
            let begun = first.filter(|item| item == "i").map(|_| added("i", Role::Interviewer, None));
            begun.into_iter().chain(events).map(|event| (event, source)).collect::<Vec<_>>()
        };
        let words = |line: Line| (line.text, line.mark, line.previous, line.source);
        let of = |events: Vec<Event>| after(&known(events)).map(words);
        let (one, other) = (of(events.clone()), of(mixed));
        // Only the sound's end makes no line.
        if events != [ended()] {
            prop_assert_eq!(one, other);
        }
    }

    #[test]
    fn the_browser_never_changes_what_openai_has_told(ours in any_events(), theirs in any_events()) {
        let ours: Vec<_> = ours.into_iter().map(|event| (event, Sideband)).collect();
        let before = after(&ours);
        let Some(before) = before.filter(|line| !line.text.is_empty()) else { return Ok(()) };
        let theirs: Vec<_> = theirs.into_iter().filter(|event| item_of(event) == Some(&before.item)).collect();
        let theirs: Vec<_> = theirs.into_iter().map(|event| (event, Relay)).collect();
        let after = after_from(Some(before.clone()), &theirs).unwrap();
        prop_assert_eq!((after.text, after.source, after.speaker), (before.text, before.source, before.speaker));
    }

    #[test]
    fn the_order_is_the_same_however_the_lines_come(
        (lines, mixed) in any_lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
    ) {
        let ordered = order(lines.clone());
        prop_assert_eq!(&order(mixed), &ordered);
        prop_assert_eq!(&order(ordered.clone()), &ordered);
        prop_assert_eq!(ordered.len(), lines.len());
        let place = |item: &str| ordered.iter().position(|line| line.item == item);
        for line in &lines {
            let before = line.previous.as_deref().and_then(place);
            let follows = before.is_none_or(|before| Some(before) < place(&line.item));
            prop_assert!(follows || in_circle(&lines, line));
        }
    }

    #[test]
    fn without_chains_the_clock_decides(times in proptest::collection::vec(any::<u8>(), 0..20)) {
        let lines: Vec<Line> = (0_u8..).zip(&times).map(|(item, at)| line(item, None, *at)).collect();
        prop_assert!(order(lines).is_sorted_by_key(|line| line.at));
    }
}
