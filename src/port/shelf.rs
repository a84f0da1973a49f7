//! The prices that an isolate remembers.

use crate::domain::millis::Millis;
use crate::domain::price::Price;

/// A price that was changed is seen by all after this.
const FRESH: Millis = Millis::of_seconds(10 * 60);

#[derive(Debug, Default)]
pub struct Shelf {
    learned: Option<Millis>,
    prices: Vec<Option<Price>>,
}

impl Shelf {
    /// None, once they are old.
    pub fn look(&self, now: Millis) -> Option<Vec<Option<Price>>> {
        let fresh = self.learned.is_some_and(|learned| now.since(learned) < FRESH && now >= learned);
        fresh.then(|| self.prices.clone())
    }

    pub fn learn(&mut self, prices: Vec<Option<Price>>, now: Millis) {
        *self = Self { learned: Some(now), prices };
    }
}
