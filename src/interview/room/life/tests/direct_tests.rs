//! Interviews that the browser takes to OpenAI by itself.

use super::*;

impl Story {
    fn direct() -> Self {
        Self { life: Life::opened(HALF_HOUR, true, true, Millis::default()), todo: Vec::new() }
    }

    /// With its secret; the interviewer at 5 s, the person at 10 s, as their page tells.
    fn direct_talk(until: i64) -> Self {
        let mut story = Self::direct();
        story.at(1, &Happened::Begun);
        story.at(1, &Happened::Minted);
        story.at(2, &Happened::Beat { packets: 9 });
        story.relayed(5, &Event::OutputStarted);
        story.relayed(10, &speech());
        story.beat_until(until);
        story
    }

    fn paid(&self) -> usize {
        self.count(Do::PayAhead)
    }
}

#[test]
fn it_is_paid_once_wallet_and_openai_have_both_said_yes() {
    let mut story = Story::direct();
    story.at(1, &Happened::Begun);
    assert_eq!((story.paid(), story.life.may_answer(), story.life.owed()), (0, false, None));
    story.at(2, &Happened::Minted);
    assert_eq!((story.paid(), story.life.may_answer()), (1, true));
    let whole = Outcome { ending: Ending::PaidAhead, heard: Millis::of_seconds(HALF_HOUR) };
    assert_eq!(story.life.owed(), Some(whole));
    [Happened::Begun, Happened::Minted].iter().for_each(|again| story.at(3, again));
    assert_eq!(story.paid(), 1, "once");
}

#[test]
fn it_is_paid_however_it_ends_and_is_told_what_was_heard() {
    let mut story = Story::direct_talk(600);
    story.at(600, &Happened::Left);
    assert_eq!(story.end(), Some((Ending::PaidAhead, 595, 600)));
    assert!(story.todo.contains(&Do::Note("ended_by_user")));
    let mut silent = Story::direct();
    silent.at(1, &Happened::Begun);
    silent.at(1, &Happened::Minted);
    silent.at(NEVER, &Happened::Tick);
    assert_eq!(silent.end(), Some((Ending::PaidAhead, 0, 45)), "the secret was never used");
    assert_eq!(silent.life.owed().map(|owed| owed.heard), Some(Millis::of_seconds(HALF_HOUR)));
}

#[test]
fn without_a_secret_nothing_is_paid() {
    for (happened, ending) in [(Happened::Failed, Ending::ProviderFault), (Happened::Unanswered, Ending::OurFault)] {
        let mut story = Story::direct();
        story.at(1, &Happened::Begun);
        story.at(2, &happened);
        story.at(3, &Happened::Minted);
        assert_eq!((story.paid(), story.end().map(|end| end.0)), (0, Some(ending)), "a late one is handed to nobody");
        assert_eq!(story.life.owed(), story.life.outcome);
    }
    let mut story = Story::direct();
    story.at(1, &Happened::Minted);
    story.at(2, &Happened::Begun);
    assert_eq!(story.paid(), 0, "the Wallet comes first");
}

#[test]
fn nobody_listens_for_as_long_as_it_takes_and_there_is_no_other_call() {
    let mut story = Story::direct_talk(1800);
    assert!(story.life.is_deaf() && story.life.has_gap(Millis::of_seconds(1800)) && story.life.relayed);
    assert_eq!((story.life.stage, story.life.again_left()), (Stage::Live, 0));
    story.at(NEVER, &Happened::Tick);
    assert_eq!(story.end(), Some((Ending::PaidAhead, HALF_HOUR, HALF_HOUR + 5)), "it runs its time");
    assert_eq!(story.hung_up(), 0);
}
