//! Time, always an argument: nobody above the ports asks a clock of their own.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use serde_json::Value;

use super::form::Form;

/// Milliseconds: a moment since 1970, or the length between two moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Millis(i64);

impl Form for Millis {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64().map(Self)
    }
}

impl Millis {
    pub const fn new(ms: i64) -> Self {
        Self(ms)
    }

    pub const fn of_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    pub const fn count(self) -> i64 {
        self.0
    }

    /// How long it has been from `earlier` until now; negative when the clock went back.
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }

    pub const fn minus(self, length: Self) -> Self {
        Self(self.0.saturating_sub(length.0))
    }

    /// `2026-11-21T09:30:00.000Z`.
    pub fn iso(self) -> String {
        let time = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        time.to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    pub const fn plus(self, length: Self) -> Self {
        Self(self.0.saturating_add(length.0))
    }
}
