//! What an interview costs when it is over.

use crate::domain::credits::Credits;
use crate::domain::millis::Millis;
use crate::domain::outcome::{Ending, Outcome};

use super::rules;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// So much is earned, the rest comes back.
    Post(Credits),
    /// All comes back. `free`: although the person ended it, which happens three times in a day.
    Void { free: bool },
}

/// `held` for `seconds` is what was promised; `free_voids` how many were used in the last day.
pub fn charge(held: Credits, seconds: i64, outcome: &Outcome, free_voids: usize) -> Charge {
    let heard = heard_part(held, seconds, outcome.heard);
    let early = outcome.heard < rules::FIRST_MINUTE;
    match outcome.ending {
        Ending::NoMediaPath | Ending::NoOutput => Charge::Void { free: false },
        // A fault counts against no limit; a line that is lost does, or closing the page would be cheaper than ending.
        Ending::ProviderFault | Ending::OurFault if early => Charge::Void { free: false },
        Ending::ConnectionLost if !early => Charge::Post(heard),
        Ending::EndedEarly | Ending::NeverSpoke | Ending::ConnectionLost if free_voids < rules::FREE_VOIDS => {
            Charge::Void { free: true }
        }
        Ending::EndedEarly | Ending::NeverSpoke | Ending::ConnectionLost => {
            Charge::Post(heard.max(rules::LEAST_CHARGE).min(held))
        }
        Ending::EndedByUser | Ending::ProviderFault | Ending::OurFault => Charge::Post(heard),
        Ending::RanItsTime | Ending::CostCeiling | Ending::PaidAhead => Charge::Post(held),
    }
}

/// In proportion, rounded down: in the person's favour.
fn heard_part(held: Credits, seconds: i64, heard: Millis) -> Credits {
    let whole = Millis::of_seconds(seconds).count();
    held.share(heard.count().clamp(0, whole.max(0)), whole).unwrap_or(Credits::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(ending: Ending, heard_seconds: i64, free_voids: usize) -> Charge {
        let outcome = Outcome { ending, heard: Millis::of_seconds(heard_seconds) };
        charge(Credits::milli(1000), 1800, &outcome, free_voids)
    }

    #[test]
    fn the_table_of_settlement() {
        use Ending::*;
        let post = |milli| Charge::Post(Credits::milli(milli));
        let (void, free) = (Charge::Void { free: false }, Charge::Void { free: true });
        for (ending, heard, free_voids, charged) in [
            (NoMediaPath, 0, 9, void),
            (NoOutput, 0, 9, void),
            (EndedEarly, 30, 0, free),
            (EndedEarly, 30, 2, free),
            (EndedEarly, 30, 3, post(100)),
            (NeverSpoke, 0, 2, free),
            (NeverSpoke, 0, 3, post(100)),
            (NeverSpoke, 900, 3, post(500)),
            (EndedByUser, 1134, 0, post(630)),
            (EndedByUser, 17, 0, post(0)),
            (EndedByUser, 1799, 0, post(990)),
            (ConnectionLost, 1134, 0, post(630)),
            (ConnectionLost, 59, 2, free),
            (ConnectionLost, 59, 3, post(100)),
            (ConnectionLost, 60, 3, post(30)),
            (ProviderFault, 900, 3, post(500)),
            (OurFault, 59, 3, void),
            (ProviderFault, 59, 0, void),
            (OurFault, 60, 3, post(30)),
            (OurFault, 99_999, 0, post(1000)),
            (OurFault, -5, 0, void),
            (RanItsTime, 1700, 0, post(1000)),
            (CostCeiling, 60, 0, post(1000)),
            (PaidAhead, 0, 9, post(1000)),
        ] {
            assert_eq!(cost(ending, heard, free_voids), charged, "{ending:?} {heard} {free_voids}");
        }
    }

    #[test]
    fn a_plan_and_a_hold_without_length_cost_nothing() {
        let outcome = Outcome { ending: Ending::EndedEarly, heard: Millis::of_seconds(20) };
        assert_eq!(charge(Credits::ZERO, 1800, &outcome, 5), Charge::Post(Credits::ZERO));
        let outcome = Outcome { ending: Ending::EndedByUser, heard: Millis::of_seconds(20) };
        assert_eq!(charge(Credits::milli(500), 0, &outcome, 0), Charge::Post(Credits::ZERO));
    }

    proptest::proptest! {
        #[test]
        fn never_more_than_was_held_never_less_than_nothing(
            held in 0..5000i64, seconds in -10..4000i64, heard in -10_000..9_000_000i64,
            n in 0..10usize, voids in 0..9usize
        ) {
            use Ending::*;
            let ending = [NoMediaPath, NoOutput, NeverSpoke, EndedEarly, EndedByUser, ConnectionLost, ProviderFault,
                OurFault, RanItsTime, CostCeiling][n];
            let held = Credits::milli(held * 10);
            if let Charge::Post(amount) = charge(held, seconds, &Outcome { ending, heard: Millis::new(heard) }, voids) {
                proptest::prop_assert!(amount >= Credits::ZERO && amount <= held);
            }
        }
    }
}
