//! What an isolate remembers of others' answers: prices, and relays.

mod relays;

use crate::domain::millis::Millis;
use crate::domain::price::Price;

pub use relays::{Given, LIFE, Look, Relays};

/// A price that was changed is seen by all after this.
const FRESH: Millis = Millis::of_seconds(10 * 60);

#[derive(Debug, Default)]
pub struct Shelf {
    learned: Option<Millis>,
    prices: Vec<Option<Price>>,
    pub relays: Relays,
}

impl Shelf {
    /// None, once they are old.
    pub fn look(&self, now: Millis) -> Option<Vec<Option<Price>>> {
        let fresh = self.learned.is_some_and(|learned| now.since(learned) < FRESH && now >= learned);
        fresh.then(|| self.prices.clone())
    }

    pub fn learn(&mut self, prices: Vec<Option<Price>>, now: Millis) {
        (self.learned, self.prices) = (Some(now), prices);
    }
}
