use super::*;

const T: Millis = Millis::of_seconds(1_000_000);

fn at(seconds: i64) -> Millis {
    T.plus(Millis::of_seconds(seconds))
}

fn asked(look: Look<u8>) -> u32 {
    match look {
        Look::Ask { ticket, .. } => ticket,
        other => panic!("{other:?} is no ask"),
    }
}

fn busy(seconds: i64) -> Look<u8> {
    Look::Busy { retry_after: Millis::of_seconds(seconds) }
}

fn set(kid: &str, key: u8) -> Vec<(String, u8)> {
    vec![(kid.to_owned(), key)]
}

fn ring_with_a() -> Keyring<u8> {
    let mut ring = Keyring::default();
    let ticket = asked(ring.look("a", T));
    ring.learned(ticket, set("a", 1), T);
    ring
}

#[test]
fn a_fresh_key_is_used_and_an_old_one_asked_for_again() {
    let mut ring = ring_with_a();
    assert_eq!(ring.look("a", at(599)), Look::Use(1));
    let Look::Ask { ticket, fallback: Some(1) } = ring.look("a", at(600)) else { panic!("an old key is asked for") };
    assert_eq!(ring.look("a", at(601)), Look::Use(1), "others go on with what they have");
    ring.failed(ticket);
    assert_eq!(ring.look("a", at(629)), Look::Use(1), "Clerk is down: not asked for 30 s");
    assert!(matches!(ring.look("a", at(630)), Look::Ask { fallback: Some(1), .. }));
}

#[test]
fn after_a_day_without_clerk_an_old_key_is_refused() {
    let mut ring = ring_with_a();
    let ticket = asked(ring.look("a", at(86_399)));
    ring.failed(ticket);
    assert_eq!(ring.look("a", at(86_399)), Look::Use(1));
    assert_eq!(ring.look("a", at(86_400)), busy(29));
    assert!(matches!(ring.look("a", at(86_429)), Look::Ask { fallback: None, .. }));
}

/// Asks made by a hundred forged ids a second, when Clerk answers or not.
fn asks_by_forged_ids(ring: &mut Keyring<u8>, seconds: std::ops::Range<i64>, answers: bool) -> usize {
    let mut asks = 0;
    for second in seconds {
        for n in 0..100 {
            if let Look::Ask { ticket, .. } = ring.look(&format!("forged-{n}"), at(second)) {
                asks += 1;
                if answers { ring.learned(ticket, set("a", 1), at(second)) } else { ring.failed(ticket) }
            }
        }
    }
    asks
}

#[test]
fn forged_key_ids_ask_once_in_thirty_seconds() {
    let mut ring = ring_with_a();
    assert_eq!(asks_by_forged_ids(&mut ring, 0..30, true), 0, "the first ask was just now");
    assert_eq!(asks_by_forged_ids(&mut ring, 30..60, true), 1);
    assert_eq!(asks_by_forged_ids(&mut ring, 60..120, false), 2);
    assert_eq!(asks_by_forged_ids(&mut Keyring::default(), 0..60, false), 2, "with no key in hand as well");
}

#[test]
fn requests_wait_for_an_ask_under_way_and_one_takes_over_a_lost_one() {
    let mut ring = Keyring::<u8>::default();
    let lost = asked(ring.look("a", T));
    assert_eq!(ring.look("a", at(5)), Look::Wait);
    let second = asked(ring.look("a", at(6)));
    assert_eq!(ring.look("a", at(6)), Look::Wait);
    ring.failed(lost);
    assert_eq!(ring.look("a", at(6)), Look::Wait, "who was given up for lost ends nobody's ask");
    ring.learned(second, set("a", 2), at(7));
    ring.learned(lost, set("a", 1), at(8));
    assert_eq!(ring.look("a", at(8)), Look::Use(2), "an older answer does not replace a newer one");
}

#[test]
fn after_a_failed_ask_all_who_waited_are_told_at_once() {
    let mut ring = Keyring::<u8>::default();
    let ticket = asked(ring.look("a", T));
    ring.failed(ticket);
    assert_eq!(ring.look("a", at(5)), busy(25));
    assert!(matches!(ring.look("a", at(30)), Look::Ask { .. }));
}

#[test]
fn a_rotated_key_goes_with_its_set() {
    let mut ring = ring_with_a();
    let ticket = asked(ring.look("b", at(31)));
    ring.learned(ticket, set("b", 2), at(31));
    assert_eq!(ring.look("b", at(32)), Look::Use(2));
    assert_eq!(ring.look("a", at(32)), Look::Unknown);
}

#[test]
fn a_rotation_that_clerk_cannot_tell_us_is_nobodys_bad_token() {
    let mut ring = ring_with_a();
    let ticket = asked(ring.look("b", at(31)));
    ring.failed(ticket);
    assert_eq!(ring.look("b", at(40)), busy(21));
    assert_eq!(ring.look("a", at(40)), Look::Use(1));
}
