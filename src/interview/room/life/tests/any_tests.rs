//! Any story at all.

use proptest::prelude::*;

use super::*;
use crate::money::rules::RECONNECTS;

fn happened(kind: u8, event: &Event) -> Happened<'_> {
    match kind {
        0 => Happened::Begun,
        1 => Happened::Unbegun,
        2 => Happened::Called(call()),
        3 => Happened::Failed,
        4 | 5 => Happened::Beat { packets: 7 },
        6 => Happened::Beat { packets: 0 },
        7 | 8 => Happened::Hearing,
        9 => Happened::Deaf,
        10 => Happened::Overspent,
        11 => Happened::Left,
        12 => Happened::Dropped,
        13 => Happened::Unanswered,
        14 | 15 => Happened::Tick,
        16 | 17 => Happened::Said { event, relay: true },
        18 => Happened::Again { speaks: true },
        19 => Happened::Pause(true),
        20 => Happened::Pause(false),
        21 => Happened::Drifted,
        // Of the newest offer; another one's never comes here.
        22 => Happened::Called(call()),
        _ => Happened::Said { event, relay: false },
    }
}

/// Most of them leave it open, so that some become long.
fn kind() -> impl Strategy<Value = u8> {
    prop_oneof![40 => 4..10u8, 40 => 14..21u8, 40 => 22..30u8, 1 => prop_oneof![0..4u8, Just(21)], 1 => 10..14u8]
}

fn event() -> impl Strategy<Value = Event> {
    prop::sample::select(vec![
        created(),
        ours(),
        speech(),
        typed(),
        written(),
        Event::OutputStarted,
        Event::OutputCleared,
        done(Status::Completed),
        done(Status::Failed),
        Event::Expired,
        Event::Other,
    ])
}

fn story() -> impl Strategy<Value = Vec<(i64, u8, Event)>> {
    let pause = prop_oneof![8 => 0..15_000i64, 1 => 0..200_000i64];
    prop::collection::vec((pause, kind(), event()), 0..150)
}

proptest! {
    #[test]
    fn whatever_happens_it_ends_once_in_time_and_the_sums_are_right(
        seconds in 1..2000i64, speaks: bool, story in story()
    ) {
        let patience = patience();
        let (mut life, mut now) = (Life::opened(seconds, speaks, false, Millis::default()), Millis::default());
        let (mut todo, mut end) = (Vec::new(), None);
        let far = [(NEVER * 1000, 14, Event::Other)];
        for (pause, kind, event) in story.iter().chain(&far) {
            now = now.plus(Millis::new(*pause));
            todo.extend(life.on(&happened(*kind, event), now, &patience));
            let left = life.remaining(now);
            prop_assert!(left >= Millis::default() && left <= Millis::of_seconds(seconds));
            prop_assert_eq!(life.is_open(), life.outcome.is_none());
            prop_assert_eq!(life.is_open(), life.due(&patience).is_some_and(|at| at > now));
            prop_assert!(end.is_none() || end == Some((life.outcome, life.ended_at)), "it ended otherwise before");
            end = life.outcome.map(|_| (life.outcome, life.ended_at));
        }
        let (outcome, ended_at) = (life.outcome.unwrap(), life.ended_at.unwrap());
        prop_assert!(outcome.heard >= Millis::default() && outcome.heard <= Millis::of_seconds(seconds));
        let still = RECONNECTS.plus(patience.pause);
        prop_assert!(ended_at <= patience.path.plus(patience.output).plus(Millis::of_seconds(seconds)).plus(still));
        prop_assert_eq!(todo.iter().filter(|todo| **todo == Do::Settle).count(), 1);
        prop_assert!(life.call.is_none_or(|call| todo.contains(&Do::HangUp(call))));
        prop_assert!(todo.iter().filter(|todo| **todo == Do::WrapUp).count() <= 1);
        prop_assert!(todo.iter().filter(|todo| **todo == Do::SayGoodbye).count() <= 1);
        prop_assert!(todo.iter().filter(|todo| **todo == Do::PutBack).count() <= 1);
        prop_assert!(todo.iter().filter(|todo| **todo == Do::AskWhetherHeard).count() <= 1);
        let blamed = matches!(outcome.ending, Ending::ProviderFault | Ending::OurFault);
        prop_assert!(life.path_at.is_some() || blamed || outcome.ending == Ending::NoMediaPath);
    }

    /// Whether the alarm rang in between or not, the same things happened at the same times.
    #[test]
    fn looking_at_the_time_more_often_changes_nothing(speaks: bool, story in story(), looks in 1..9i64) {
        let patience = patience();
        let opened = || Life::opened(HALF_HOUR, speaks, false, Millis::default());
        let (mut seldom, mut often, mut now) = (opened(), opened(), Millis::default());
        for (pause, kind, event) in &story {
            let mut todo = Vec::new();
            for look in 1..=looks {
                todo.extend(often.on(&Happened::Tick, now.plus(Millis::new(pause * look / looks)), &patience));
            }
            now = now.plus(Millis::new(*pause));
            todo.extend(often.on(&happened(*kind, event), now, &patience));
            prop_assert_eq!(seldom.on(&happened(*kind, event), now, &patience), todo);
            prop_assert_eq!(&seldom, &often);
        }
    }
}
