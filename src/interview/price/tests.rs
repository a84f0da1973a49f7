use proptest::prelude::*;

use super::*;

fn usage(counts: [i64; 6]) -> Usage {
    let [text_in, text_cached, audio_in, audio_cached, text_out, audio_out] = counts;
    Usage { text_in, text_cached, audio_in, audio_cached, text_out, audio_out }
}

fn heard(seconds_milli: i64, audio_in: i64, text_in: i64, text_out: i64) -> Heard {
    Heard { seconds_milli, audio_in, text_in, text_out }
}

fn usual() -> Prices {
    parse(DEFAULT).unwrap()
}

#[test]
fn the_usual_prices_are_those_of_the_list() {
    let prices = usual();
    for (n, dollars) in [(0, 4_000_000), (2, 32_000_000), (4, 24_000_000), (5, 64_000_000)] {
        let mut counts = [0; 6];
        counts[n] = 1_000_000;
        assert_eq!(cost(&prices, "gpt-realtime-2.1", &usage(counts)), dollars);
    }
    // All that went in was cached.
    assert_eq!(cost(&prices, "gpt-realtime-2.1", &usage([1_000_000, 1_000_000, 0, 0, 0, 0])), 400_000);
    assert_eq!(cost(&prices, "gpt-realtime-2.1", &usage([0, 0, 1_000_000, 1_000_000, 0, 0])), 400_000);
    assert_eq!(cost(&prices, "gpt-realtime-2.1-mini", &usage([1000, 200, 2000, 500, 30, 400])), 23_714);
    assert_eq!(cost_heard(&prices, "whisper-1", &heard(90_000, 0, 0, 0)), 9_000);
    assert_eq!(cost_heard(&prices, "gpt-4o-mini-transcribe", &heard(0, 600, 40, 20)), 1_950);
}

#[test]
fn a_model_that_is_not_known_costs_as_much_as_the_dearest() {
    let prices = parse("a=1/0/2/10/1/20; b=4/0.4/24/32/0.4/64; m=0.006").unwrap();
    let some = usage([100, 0, 100, 0, 100, 100]);
    assert_eq!(cost(&prices, "new", &some), cost(&prices, "b", &some));
    // One that is billed by time is no voice model.
    assert_eq!(cost(&prices, "m", &some), cost(&prices, "b", &some));
    let turn = heard(0, 600, 0, 20);
    assert_eq!(cost_heard(&prices, "new", &turn), cost_heard(&prices, "b", &turn));
}

#[test]
fn what_is_counted_otherwise_than_it_is_priced_still_costs() {
    let prices = parse("a=1/1/1/10/1/1;m=0.06").unwrap();
    // A minute is 600 tokens.
    assert_eq!(cost_heard(&prices, "a", &heard(60_000, 0, 0, 0)), 6_000);
    assert_eq!(cost_heard(&prices, "m", &heard(0, 600, 0, 5)), 60_000);
    assert_eq!(cost_heard(&prices, "a", &heard(60_000, 300, 0, 0)), 3_000, "tokens, where there are any");
}

#[test]
fn the_smallest_use_is_not_nothing() {
    assert_eq!(cost(&usual(), "gpt-realtime-2.1-mini", &usage([1, 1, 0, 0, 0, 0])), 1);
    assert_eq!(cost_heard(&usual(), "whisper-1", &heard(1, 0, 0, 0)), 1);
    assert_eq!(cost(&usual(), "gpt-realtime-2.1", &Usage::default()), 0);
}

#[test]
fn sums_stop_at_what_can_be_counted() {
    let prices = parse("a=999999/0/999999/999999/0/999999;m=999999").unwrap();
    let most = i64::MAX;
    assert_eq!(cost(&prices, "a", &usage([most; 6])), most);
    assert_eq!(cost(&prices, "a", &usage([most, 0, most, 0, most, most])), most);
    assert_eq!(cost_heard(&prices, "m", &heard(most, most, most, most)), most);
    assert_eq!(cost(&prices, "a", &usage([i64::MIN; 6])), 0);
    assert_eq!(cost_heard(&prices, "m", &heard(i64::MIN, -1, -1, -1)), 0);
}

#[test]
fn a_list_that_cannot_be_read_is_none() {
    assert!(parse(" a = 1 / 0.5 / 2 / 3.25 / 0 / 4 ; ").is_some());
    for odd in [
        "",
        ";",
        "m=0.006",
        "a",
        "=1/1/1/1/1/1",
        "a=1/1/1/1/1",
        "a=1/1/1/1/1/1/1",
        "a=1/1/1/1/1/x",
        "a=1/1/1/1/1/-1",
        "a=1/1/1/1/1/1e3",
        "a=1/1/1/1/1/.5",
        "a=1/1/1/1/1/1.",
        "a=1/1/1/1/1/0.0000001",
        "a=1/1/1/1/1/1000000",
        "a=1/1/1/1/1/1;b",
    ] {
        assert_eq!(parse(odd), None, "{odd}");
    }
}

proptest! {
    #[test]
    fn more_never_costs_less(one: [u32; 6], other: [u32; 6], model in "gpt-realtime-2.1(-mini)?|new") {
        let pick = |f: fn(u32, u32) -> u32| usage(std::array::from_fn(|n| {
            // Tokens beside the cached ones, so that more of one kind is not less of another.
            let [one, other] = [one, other].map(|counts| match n {
                0 => counts[0].saturating_add(counts[1]),
                2 => counts[2].saturating_add(counts[3]),
                n => counts[n],
            });
            f(one, other).into()
        }));
        let (most, least) = (pick(u32::max), pick(u32::min));
        let of = |usage: &Usage| cost(&usual(), &model, usage);
        let bare = |usage: &Usage| of(&Usage { text_cached: 0, audio_cached: 0, ..*usage });
        prop_assert!(bare(&least) <= bare(&most) && of(&least) <= bare(&least) && of(&least) >= 0);
    }

    #[test]
    fn any_text_is_answered(text in "[a-z=/;0-9. ]{0,60}|\\PC{0,30}", count: i64) {
        if let Some(prices) = parse(&text) {
            prop_assert!(cost(&prices, "new", &usage([count; 6])) >= 0);
            prop_assert!(cost_heard(&prices, "new", &heard(count, count, count, count)) >= 0);
        }
    }
}
