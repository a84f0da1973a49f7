//! Money: milli-credits in whole numbers, checked. People see two decimals and the word VocahireCredits.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::form::Form;

/// An amount, or a change of one. Every amount of the house is a whole number of hundredths, so that the two decimals
/// people see are the truth; the unit is ten times finer because the documents count so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Credits(i64);

impl Form for Credits {
    fn of(value: &Value) -> Option<Self> {
        value.as_i64().map(Self)
    }
}

/// Far above any wallet, far below 2^53, where the numbers of JavaScript and of the platform's SQL stop being whole.
const MOST: i64 = 1_000_000_000_000;
const HUNDREDTH: i64 = 10;

impl Credits {
    pub const ZERO: Self = Self(0);

    pub const fn milli(milli: i64) -> Self {
        Self(milli)
    }

    pub const fn count(self) -> i64 {
        self.0
    }

    /// None where the sum leaves the range that we, JavaScript and SQL count alike.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).filter(|sum| (-MOST..=MOST).contains(sum)).map(Self)
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negative())
    }

    pub const fn negative(self) -> Self {
        Self(self.0.saturating_neg())
    }

    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// `part` of `whole` of this amount, rounded down to a hundredth. None without a whole.
    pub fn share(self, part: i64, whole: i64) -> Option<Self> {
        let exact = i128::from(self.0).checked_mul(i128::from(part))?.checked_div(i128::from(whole))?;
        let hundredths = exact.checked_div_euclid(i128::from(HUNDREDTH))?;
        i64::try_from(hundredths).ok()?.checked_mul(HUNDREDTH).filter(|sum| (-MOST..=MOST).contains(sum)).map(Self)
    }

    /// `1`, `1.5` or `-1.50`: digits, a point, at most two decimals. Nothing else that means a number somewhere.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain =
            |part: &str, most| (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole, 9) || !plain(decimals, 2) {
            return None;
        }
        let hundredths = format!("{decimals:0<2}").parse::<i64>().ok()?;
        let milli = whole.parse::<i64>().ok()?.checked_mul(1000)?.checked_add(hundredths.checked_mul(HUNDREDTH)?)?;
        Some(Self(if negative { milli.checked_neg()? } else { milli }))
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 1000, size % 1000 / 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them_and_nothing_else() {
        for (text, milli) in
            [("1", 1000), ("0.5", 500), ("-1.50", -1500), ("0.01", 10), ("999999999.99", 999_999_999_990)]
        {
            assert_eq!(Credits::parse(text), Some(Credits(milli)), "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            ".5",
            "1.",
            "1.005",
            "+1",
            "1e3",
            "0x10",
            "NaN",
            "1e309",
            " 1",
            "1 ",
            "1,5",
            "--1",
            "1.-5",
            "9999999999",
            "١",
        ] {
            assert_eq!(Credits::parse(text), None, "{text}");
        }
    }

    #[test]
    fn sums_that_leave_the_range_are_none() {
        let most = Credits(MOST);
        assert_eq!(most.plus(Credits(1)), None);
        assert_eq!(most.negative().minus(Credits(1)), None);
        assert_eq!(most.minus(most), Some(Credits::ZERO));
        assert_eq!(Credits(i64::MAX).plus(Credits(1)), None);
        assert_eq!(Credits(i64::MIN).negative().plus(Credits::ZERO), None);
        assert_eq!(Credits(1000).share(1, 0), None);
        assert_eq!(Credits(MOST).share(i64::MAX, 1), None);
    }

    #[test]
    fn shares_are_rounded_down_to_hundredths() {
        assert_eq!(Credits(1000).share(1134, 1800), Some(Credits(630)));
        assert_eq!(Credits(1000).share(17, 1800), Some(Credits(0)));
        assert_eq!(Credits(1000).share(18, 1800), Some(Credits(10)));
        assert_eq!(Credits(3000).share(1, 3), Some(Credits(1000)));
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_is_read_back(hundredths in -99_999_999_999i64..=99_999_999_999) {
            let amount = Credits(hundredths * 10);
            proptest::prop_assert_eq!(Credits::parse(&amount.to_string()), Some(amount));
        }

        #[test]
        fn any_text_is_answered(text in "\\PC{0,20}") {
            let _ = Credits::parse(&text);
        }
    }
}
