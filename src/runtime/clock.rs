use std::time::Duration;

use worker::{Delay, js_sys};

use crate::domain::millis::Millis;
use crate::port::clock::Clock;

/// The platform's clock. It stands still between I/O in production.
pub struct PlatformClock;

impl Clock for PlatformClock {
    #[expect(clippy::cast_possible_truncation, reason = "a date is a whole number of milliseconds far below 2^53")]
    fn now(&self) -> Millis {
        Millis::new(js_sys::Date::now() as i64)
    }

    async fn sleep(&self, length: Millis) {
        Delay::from(Duration::from_millis(u64::try_from(length.count()).unwrap_or(0))).await;
    }
}
