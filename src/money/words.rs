//! What each line of a statement is called.

use super::command::{Kind, Line};
use crate::domain::credits::Credits;
use crate::domain::millis::Millis;
use crate::domain::outcome::Ending;

/// What an interview cost and why, for its own page.
pub fn of_interview(ending: Ending, heard: Millis, charged: Credits) -> String {
    let seconds = heard.count() / 1000;
    // Whoever never spoke may have been waited for longer.
    let short = (seconds < 60 && ending != Ending::PaidAhead) || ending == Ending::NeverSpoke;
    match charged {
        Credits::ZERO if short => format!("Interview not charged: {}", void(ending.word())),
        charged => interview(ending.word(), seconds, charged),
    }
}

pub fn text(line: &Line) -> String {
    let reason = line.reason.as_deref().unwrap_or_default();
    let what = match line.kind {
        Kind::Welcome => "Welcome credits".to_owned(),
        Kind::WelcomeBack => "Welcome credits taken back: this e-mail address had them before".to_owned(),
        Kind::Grant => format!("Given by us: {reason}"),
        Kind::Take => format!("Taken by us: {reason}"),
        Kind::Purchase => "Credits bought".to_owned(),
        Kind::Clawback if reason == "disputed" => {
            "Payment disputed: its credits are taken until it is decided".to_owned()
        }
        Kind::Clawback => "Payment refunded: its credits are taken back".to_owned(),
        Kind::Restored => "Dispute decided: the credits are back".to_owned(),
        Kind::Hold if line.postings.held == Credits::ZERO => "Interview started, covered by your plan".to_owned(),
        Kind::Hold => "Held for an interview".to_owned(),
        Kind::Interview => interview(reason, line.seconds.unwrap_or(0), line.postings.earned),
        Kind::Void => format!("Interview not charged: {}", void(reason)),
        Kind::Plan => plan(reason, line.at),
        Kind::Closed => "Account closed: what was left is given up".to_owned(),
    };
    match line.postings.owed.count() {
        0 => what,
        1.. => format!("{what}; {} of it paid what you owed", line.postings.owed),
        _ => format!("{what}; {} of it is owed", line.postings.owed.negative()),
    }
}

fn interview(reason: &str, seconds: i64, charged: Credits) -> String {
    let length = match (seconds.max(0) / 60, seconds.max(0) % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    };
    let how = match reason {
        "ended_by_user" => "ended by you",
        "connection_lost" => "the connection was lost",
        "provider_fault" => "the interviewer's service failed",
        "our_fault" => "we failed",
        "ran_its_time" => "it ran its time",
        "cost_ceiling" => "it reached what one interview may use",
        "paid_ahead" => "paid at its start",
        "ended_early" => "ended in its first minute, after three free ones in a day",
        "never_spoke" => "you never spoke, after three free ones in a day",
        _ => "ended",
    };
    let cost = if charged == Credits::ZERO { ", nothing charged" } else { "" };
    format!("Interview, {length}: {how}{cost}")
}

fn void(reason: &str) -> &'static str {
    match reason {
        "lapsed" => "it did not begin in time",
        "replaced" => "you started another one instead",
        "account_closed" => "the account was closed",
        "no_media_path" => "no connection came about",
        "no_output" => "the interviewer said nothing",
        "ended_early" => "it ended in its first minute",
        "never_spoke" => "you never spoke",
        "connection_lost" => "the connection was lost in its first minute",
        "provider_fault" => "the interviewer's service failed",
        "our_fault" => "we failed",
        "unknown" => "it never took place",
        "no_outcome" => "how it ended is not known",
        _ => "it did not begin",
    }
}

/// The reason of a plan's line is the moment until which it covers.
fn plan(until: &str, at: Millis) -> String {
    match until.parse().ok().map(Millis::new).filter(|until| *until > at) {
        Some(until) => format!("Your plan covers interviews until {}", until.iso().get(..10).unwrap_or_default()),
        None => "Your plan covers interviews no longer".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::book::Postings;

    fn line(kind: Kind, reason: &str, postings: Postings) -> Line {
        Line {
            seq: 1,
            at: Millis::new(0),
            kind,
            key: None,
            postings,
            user_after: Credits::ZERO,
            held_after: Credits::ZERO,
            owed_after: Credits::ZERO,
            reference: None,
            reason: Some(reason.to_owned()),
            actor: None,
            seconds: Some(1134),
        }
    }

    #[test]
    fn what_was_paid_ahead_began_however_short_it_was() {
        let told = |ending| of_interview(ending, Millis::of_seconds(30), Credits::ZERO);
        assert_eq!(told(Ending::PaidAhead), "Interview, 30 s: paid at its start, nothing charged");
        assert_eq!(told(Ending::EndedEarly), "Interview not charged: it ended in its first minute");
    }

    #[test]
    fn every_line_says_what_happened() {
        let none = Postings::default();
        let milli = Credits::milli;
        let charged = Postings { earned: milli(630), ..none };
        for (kind, reason, postings, text) in [
            (Kind::Welcome, "", none, "Welcome credits"),
            (Kind::Hold, "", Postings { held: milli(1000), ..none }, "Held for an interview"),
            (Kind::Hold, "", none, "Interview started, covered by your plan"),
            (Kind::Interview, "ended_by_user", charged, "Interview, 18 min 54 s: ended by you"),
            (Kind::Interview, "our_fault", none, "Interview, 18 min 54 s: we failed, nothing charged"),
            (Kind::Void, "lapsed", none, "Interview not charged: it did not begin in time"),
            (Kind::Grant, "sorry", none, "Given by us: sorry"),
            (Kind::Plan, "1800000000000", none, "Your plan covers interviews until 2027-01-15"),
            (Kind::Plan, "0", none, "Your plan covers interviews no longer"),
            (Kind::Plan, "x", none, "Your plan covers interviews no longer"),
            (
                Kind::Clawback,
                "refunded",
                Postings { owed: milli(-2800), ..none },
                "Payment refunded: its credits are taken back; 2.80 of it is owed",
            ),
            (
                Kind::Purchase,
                "",
                Postings { owed: milli(2800), ..none },
                "Credits bought; 2.80 of it paid what you owed",
            ),
        ] {
            assert_eq!(super::text(&line(kind, reason, postings)), text);
        }
    }
}
