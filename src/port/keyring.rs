//! The signing keys an isolate remembers, and when it may ask for them again.
//!
//! An isolate cannot await what another request started, so a request that finds an ask under way waits on its own
//! timer and looks again. The time of an ask is written before it leaves: forged key ids cannot make a second one.

use crate::domain::millis::Millis;

/// A key set this young is simply used.
pub const FRESH: Millis = Millis::of_seconds(10 * 60);
/// A key set this old is still used when Clerk cannot be reached.
pub const USABLE: Millis = Millis::of_seconds(24 * 60 * 60);
/// With a key set in hand, unknown ids and ageing ask this often at most.
pub const COOLDOWN: Millis = Millis::of_seconds(30);
/// With none in hand nobody can sign in, so a failed ask is repeated sooner.
pub const COOLDOWN_EMPTY: Millis = Millis::of_seconds(5);
/// The longest an ask takes: the time limit of its request.
pub const ASK_LIMIT: Millis = Millis::of_seconds(5);

#[derive(Debug)]
pub struct Keyring<K> {
    keys: Vec<(String, K)>,
    learned: Option<Millis>,
    asked: Option<Millis>,
    asking: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Look<K> {
    Use(K),
    /// Ask Clerk, then call `learned` or `failed`. The key is what to use should Clerk not answer.
    Ask(Option<K>),
    /// Somebody else is asking: look again shortly.
    Wait,
    /// No such key, as far as we may know now.
    Unknown,
    /// We hold no keys and may not ask again yet.
    Busy { retry_after: Millis },
}

impl<K> Default for Keyring<K> {
    fn default() -> Self {
        Self { keys: Vec::new(), learned: None, asked: None, asking: false }
    }
}

impl<K: Clone> Keyring<K> {
    pub fn look(&mut self, kid: &str, now: Millis) -> Look<K> {
        let age = self.learned.map(|at| now.since(at));
        let usable = age.is_some_and(|age| age < USABLE);
        let key = self.keys.iter().find(|(id, _)| usable && id == kid).map(|(_, key)| key.clone());

        let since_ask = self.asked.map(|at| now.since(at));
        let under_way = self.asking && since_ask.is_some_and(|since| since < ASK_LIMIT);
        let cooldown = if usable { COOLDOWN } else { COOLDOWN_EMPTY };
        let cooling = since_ask.is_some_and(|since| since < cooldown);

        match key {
            Some(key) if age.is_some_and(|age| age < FRESH) || under_way || cooling => Look::Use(key),
            _ if under_way => Look::Wait,
            _ if cooling && usable => Look::Unknown,
            _ if cooling => Look::Busy { retry_after: cooldown.since(since_ask.unwrap_or_default()) },
            key => {
                self.asked = Some(now);
                self.asking = true;
                Look::Ask(key)
            }
        }
    }

    /// Clerk answered: the old keys go with the old set.
    pub fn learned(&mut self, keys: Vec<(String, K)>, now: Millis) {
        self.keys = keys;
        self.learned = Some(now);
        self.asking = false;
    }

    pub fn failed(&mut self) {
        self.asking = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Millis = Millis::of_seconds(1_000_000);

    fn at(seconds: i64) -> Millis {
        T.plus(Millis::of_seconds(seconds))
    }

    fn ring_with_a() -> Keyring<u8> {
        let mut ring = Keyring::default();
        assert_eq!(ring.look("a", T), Look::Ask(None));
        ring.learned(vec![("a".to_owned(), 1)], T);
        ring
    }

    #[test]
    fn a_fresh_key_is_used_and_an_old_one_asked_for_again() {
        let mut ring = ring_with_a();
        assert_eq!(ring.look("a", at(599)), Look::Use(1));
        assert_eq!(ring.look("a", at(600)), Look::Ask(Some(1)));
        assert_eq!(ring.look("a", at(601)), Look::Use(1), "others go on with what they have");
        ring.failed();
        assert_eq!(ring.look("a", at(629)), Look::Use(1), "Clerk is down: not asked for 30 s");
        assert_eq!(ring.look("a", at(630)), Look::Ask(Some(1)));
    }

    #[test]
    fn after_a_day_without_clerk_an_old_key_is_refused() {
        let mut ring = ring_with_a();
        assert_eq!(ring.look("a", at(86_399)), Look::Ask(Some(1)));
        ring.failed();
        assert_eq!(ring.look("a", at(86_400)), Look::Busy { retry_after: Millis::of_seconds(4) });
        assert_eq!(ring.look("a", at(86_404)), Look::Ask(None));
    }

    #[test]
    fn a_forged_key_id_asks_once_in_thirty_seconds() {
        let mut ring = ring_with_a();
        let asks = |ring: &mut Keyring<u8>, from: i64, to: i64| {
            let mut asks = 0;
            for second in from..to {
                for n in 0..100 {
                    if ring.look(&format!("forged-{n}"), at(second)) == Look::Ask(None) {
                        asks += 1;
                        ring.learned(vec![("a".to_owned(), 1)], at(second));
                    }
                }
            }
            asks
        };
        assert_eq!(asks(&mut ring, 0, 30), 0, "the first ask was just now");
        assert_eq!(asks(&mut ring, 30, 60), 1);
        assert_eq!(asks(&mut ring, 60, 120), 2);
    }

    #[test]
    fn requests_wait_for_an_ask_under_way_and_take_over_a_lost_one() {
        let mut ring = Keyring::<u8>::default();
        assert_eq!(ring.look("a", T), Look::Ask(None));
        assert_eq!(ring.look("a", at(1)), Look::Wait);
        assert_eq!(ring.look("a", at(5)), Look::Ask(None), "the first asker was cut off");
        ring.failed();
        assert_eq!(ring.look("a", at(6)), Look::Busy { retry_after: Millis::of_seconds(4) });
        assert_eq!(ring.look("a", at(10)), Look::Ask(None));
    }

    #[test]
    fn a_rotated_key_goes_with_its_set() {
        let mut ring = ring_with_a();
        assert_eq!(ring.look("b", at(31)), Look::Ask(None));
        ring.learned(vec![("b".to_owned(), 2)], at(31));
        assert_eq!(ring.look("b", at(32)), Look::Use(2));
        assert_eq!(ring.look("a", at(32)), Look::Unknown);
    }
}
