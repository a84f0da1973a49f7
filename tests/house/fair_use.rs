//! What a plan covers of a day, and what becomes of a start when it covers no more.

use serde_json::json;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::Ending;
use vocahire::money::command::{Command, Held, Hold, No, Reply};
use vocahire::money::rules::Left;

use super::hall::Hall;
use super::talk::{WISH, money, start};
use super::wallet::{begin, hold, outcome, say, session, settle, touch, wish};
use super::world::{Call, House, code, header, json as body};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn entitle(now: i64) -> Command {
    Command::Entitle { key: "plan".to_owned(), until: Millis::new(now + 40 * DAY * 1000), as_of: Millis::new(1) }
}

/// With a plan that covers an hour a day.
fn house() -> House {
    let house = House::new(&[("PREMIUM_SECONDS_PER_DAY", "3600")]);
    touch(&house);
    say(&house, entitle(house.now.get()));
    house
}

fn left(house: &House) -> Left {
    match say(house, Command::Touch) {
        Reply::Touched { left: Some(left), .. } => left,
        other => panic!("{other:?}"),
    }
}

/// Talks so long, an hour after the last time.
fn talk(house: &House, n: usize, seconds: i64) -> Held {
    let held = hold(house, wish(n)).unwrap();
    begin(house, n);
    settle(house, n, outcome(Ending::EndedByUser, seconds));
    house.later(HOUR);
    held
}

#[test]
fn a_plan_covers_so_much_talk_in_a_day_and_what_is_left_is_told() {
    let house = house();
    assert_eq!(left(&house), Left { seconds: 3600, more_at: None });
    let began = house.now.get();
    assert_eq!(talk(&house, 1, 1500).seconds, 1800);
    assert_eq!(left(&house), Left { seconds: 2100, more_at: None }, "what was talked, not what was held");
    assert_eq!(talk(&house, 2, 1500).seconds, 1800);
    let short = hold(&house, wish(3)).unwrap();
    assert_eq!((short.seconds, short.amount.count(), short.free), (600, 0, false), "what is left of the day");
    assert_eq!(left(&house).seconds, 0, "an open one counts whole");
    begin(&house, 3);
    settle(&house, 3, outcome(Ending::EndedByUser, 400));
    let more_at = Millis::new(began + DAY * 1000);
    assert_eq!(left(&house), Left { seconds: 200, more_at: Some(more_at) }, "less than five minutes is no interview");
    let retry_after = more_at.since(Millis::new(house.now.get()));
    assert_eq!(hold(&house, wish(4)).unwrap_err(), No::UsedUp { retry_after });
    house.later(DAY - 2 * HOUR - 1);
    assert_eq!(hold(&house, wish(5)).unwrap_err(), No::UsedUp { retry_after: Millis::of_seconds(1) });
    house.later(1);
    assert_eq!(hold(&house, wish(6)).unwrap().seconds, 1700, "the first has left the day");
}

#[test]
fn what_came_to_nothing_takes_nothing_of_the_day() {
    let house = house();
    for (n, ending) in [(1, Ending::EndedEarly), (2, Ending::NoOutput), (3, Ending::ProviderFault)] {
        hold(&house, wish(n)).unwrap();
        begin(&house, n);
        settle(&house, n, outcome(ending, 50));
    }
    hold(&house, wish(4)).unwrap();
    hold(&house, Hold { replace: Some(session(4)), ..wish(5) }).unwrap();
    house.later(150);
    house.ring();
    assert_eq!(left(&house), Left { seconds: 3600, more_at: None });
}

#[test]
fn credits_pay_for_what_the_plan_does_not_cover_only_when_that_was_said() {
    let house = house();
    talk(&house, 1, 1800);
    talk(&house, 2, 1800);
    assert!(matches!(hold(&house, wish(3)), Err(No::UsedUp { .. })));
    let paid = hold(&house, Hold { credits: true, ..wish(4) }).unwrap();
    assert_eq!((paid.amount.count(), paid.seconds, paid.free), (1000, 1800, false));
    begin(&house, 4);
    settle(&house, 4, outcome(Ending::EndedByUser, 900));
    assert_eq!((touch(&house).available.count(), left(&house).seconds), (2500, 0), "which takes nothing of the day");
    house.later(DAY);
    let covered = hold(&house, Hold { credits: true, ..wish(5) }).unwrap();
    assert_eq!(covered.amount.count(), 0, "the plan comes first");
}

#[test]
fn only_what_a_plan_covered_counts_and_only_while_there_is_one() {
    let house = House::new(&[("PREMIUM_SECONDS_PER_DAY", "600")]);
    touch(&house);
    let free = hold(&house, wish(1)).unwrap();
    assert!(free.free, "nobody pays for it");
    begin(&house, 1);
    settle(&house, 1, outcome(Ending::EndedByUser, 1800));
    assert!(matches!(say(&house, Command::Touch), Reply::Touched { left: None, .. }));
    say(&house, entitle(house.now.get()));
    assert_eq!(left(&house), Left { seconds: 600, more_at: None });
}

#[test]
fn four_hours_are_the_usual_and_a_refusal_says_when_there_is_more() {
    let hall = Hall::new(&[("INTERVIEW_SECONDS", "14400")]);
    let me = || body(&hall.call_as("user_1", Call::get("/api/user")));
    assert_eq!((&me()["premiumLeftSeconds"], &me()["premiumMoreAt"]), (&json!(null), &json!(null)));
    hall.tell("user_1", entitle(hall.now.get())).unwrap();
    assert_eq!((&me()["premiumLeftSeconds"], &me()["premiumMoreAt"]), (&json!(14_400), &json!(null)));
    let told = body(&start(&hall, "user_1", WISH));
    assert_eq!((&told["allowanceSeconds"], &told["held"]), (&json!(14_400), &json!("0.00")));
    let open = told["id"].as_str().unwrap().to_owned();
    let at = Millis::new(hall.now.get() + DAY * 1000).iso();
    assert_eq!((&me()["premiumLeftSeconds"], &me()["premiumMoreAt"]), (&json!(0), &json!(at)));
    let settled = Command::Settle {
        session: vocahire::domain::id::SessionId::parse(&open).unwrap(),
        outcome: outcome(Ending::RanItsTime, 14_400),
    };
    hall.tell("user_1", Command::Begin { session: vocahire::domain::id::SessionId::parse(&open).unwrap() }).unwrap();
    hall.tell("user_1", settled).unwrap();
    let refused = start(&hall, "user_1", WISH);
    assert_eq!(code(&refused), "429 rate_limited");
    let said = body(&refused);
    assert_eq!((&said["reason"], &said["retryAfterMs"]), (&json!("fair_use"), &json!(DAY * 1000)));
    assert_eq!(header(&refused, "retry-after"), Some("86400"));
    assert_eq!(money(&hall), (3000, 0));
    let paid = start(&hall, "user_1", r#"{"jobTitle":"Baker","payWithCredits":true}"#);
    assert_eq!((paid.status, money(&hall)), (201, (3000, 1000)));
    let odd = start(&hall, "user_1", r#"{"jobTitle":"Baker","payWithCredits":"yes"}"#);
    assert_eq!(code(&odd), "400 bad_request");
}
