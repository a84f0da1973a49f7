//! Double entry: what each kind of transfer moves between the accounts of one wallet, and what must hold afterwards.
//!
//! `user` and `held` belong to the owner. `granted` and `bought` are where credits come from, `earned` and `refunded`
//! where they go. `owed` falls below zero when more is taken back than is there; whatever enters `user` fills it first.

use serde::Serialize;

use crate::domain::credits::Credits;
use crate::domain::form::form;

/// One transfer: the change of each account. Their sum is zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Postings {
    pub user: Credits,
    pub held: Credits,
    pub earned: Credits,
    pub granted: Credits,
    pub bought: Credits,
    pub refunded: Credits,
    pub owed: Credits,
}

form! { struct Postings { user, held, earned, granted, bought, refunded, owed } }

/// What decides: the rest can be summed up from the entries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balances {
    pub user: Credits,
    pub held: Credits,
    pub owed: Credits,
}

/// A transfer that no rule of ours makes: ours to repair, and nothing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsound(pub &'static str);

type Sum<T> = Result<T, Unsound>;

pub const TOO_LARGE: Unsound = Unsound("an amount beyond counting");

fn add(a: Credits, b: Credits) -> Sum<Credits> {
    a.plus(b).ok_or(TOO_LARGE)
}

fn sub(a: Credits, b: Credits) -> Sum<Credits> {
    a.minus(b).ok_or(TOO_LARGE)
}

fn sound(amount: Credits) -> Sum<Credits> {
    if amount.is_negative() { Err(Unsound("a negative amount")) } else { Ok(amount) }
}

impl Balances {
    /// The balances after a transfer, which keeps every truth of a book or does not happen.
    pub fn after(&self, postings: &Postings) -> Sum<Self> {
        let Postings { user, held, earned, granted, bought, refunded, owed } = *postings;
        let sum = [user, held, earned, granted, bought, refunded, owed].into_iter().try_fold(Credits::ZERO, add)?;
        let next = Self { user: add(self.user, user)?, held: add(self.held, held)?, owed: add(self.owed, owed)? };
        let zero = Credits::ZERO;
        match next {
            _ if sum != zero => Err(Unsound("postings that do not sum to zero")),
            Self { user, .. } if user < zero => Err(Unsound("a balance below zero")),
            Self { held, .. } if held < zero => Err(Unsound("less than nothing held")),
            Self { owed, .. } if owed > zero => Err(Unsound("more paid than was owed")),
            Self { user, owed, .. } if user > zero && owed != zero => Err(Unsound("a balance beside a debt")),
            next => Ok(next),
        }
    }

    /// What enters: the part that fills the debt, and the rest.
    fn entering(&self, amount: Credits) -> Sum<Postings> {
        let owed = sound(amount)?.min(self.owed.negative());
        Ok(Postings { owed, user: sub(amount, owed)?, ..Postings::default() })
    }

    /// What leaves although it may not be there: the missing part becomes a debt.
    fn leaving(&self, amount: Credits) -> Sum<Postings> {
        let user = sound(amount)?.min(self.user);
        Ok(Postings { user: user.negative(), owed: sub(user, amount)?, ..Postings::default() })
    }

    pub fn grant(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { granted: amount.negative(), ..self.entering(amount)? })
    }

    /// A grant taken back, as far as it is still there; the rest is owed.
    pub fn ungrant(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { granted: amount, ..self.leaving(amount)? })
    }

    pub fn purchase(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { bought: amount.negative(), ..self.entering(amount)? })
    }

    /// Bought credits whose money went back.
    pub fn refund(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { refunded: amount, ..self.leaving(amount)? })
    }

    /// Refunded credits whose money came back after all.
    pub fn restore(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { refunded: amount.negative(), ..self.entering(amount)? })
    }

    /// What is given up when an account ends.
    pub fn forfeit(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { user: amount.negative(), earned: sound(amount)?, ..Postings::default() })
    }

    pub fn hold(&self, amount: Credits) -> Sum<Postings> {
        Ok(Postings { user: sound(amount)?.negative(), held: amount, ..Postings::default() })
    }

    /// The end of a hold: the charged part is earned, the rest comes back.
    pub fn post(&self, held: Credits, charged: Credits) -> Sum<Postings> {
        let rest = sub(held, sound(charged)?)?;
        Ok(Postings { held: held.negative(), earned: charged, ..self.entering(rest)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn milli(n: i64) -> Credits {
        Credits::milli(n)
    }

    fn book(user: i64, held: i64, owed: i64) -> Balances {
        Balances { user: milli(user), held: milli(held), owed: milli(owed) }
    }

    #[test]
    fn what_is_missing_is_owed_and_what_comes_in_pays_it_first() {
        let spent = book(200, 0, 0);
        let after = spent.after(&spent.refund(milli(3000)).unwrap()).unwrap();
        assert_eq!(after, book(0, 0, -2800));
        let paid = after.after(&after.purchase(milli(5000)).unwrap()).unwrap();
        assert_eq!(paid, book(2200, 0, 0));
        let partly = after.after(&after.grant(milli(800)).unwrap()).unwrap();
        assert_eq!(partly, book(0, 0, -2000));
    }

    #[test]
    fn a_debt_does_not_touch_what_is_held_and_is_paid_by_what_comes_back() {
        let busy = book(100, 1000, 0);
        let owing = busy.after(&busy.refund(milli(600)).unwrap()).unwrap();
        assert_eq!(owing, book(0, 1000, -500));
        let ended = owing.after(&owing.post(milli(1000), milli(300)).unwrap()).unwrap();
        assert_eq!(ended, book(200, 0, 0));
    }

    #[test]
    fn no_transfer_breaks_a_book() {
        let book = book(500, 0, 0);
        assert!(book.after(&book.hold(milli(501)).unwrap()).is_err(), "more than is there");
        assert!(book.hold(milli(-1)).is_err() && book.grant(milli(-1)).is_err() && book.refund(milli(-1)).is_err());
        assert!(book.after(&book.post(milli(10), milli(10)).unwrap()).is_err(), "nothing is held");
        assert!(book.post(milli(10), milli(11)).is_err(), "more charged than held");
        assert!(book.after(&Postings { user: milli(1), ..Postings::default() }).is_err(), "out of nothing");
        assert!(book.grant(milli(i64::MAX)).is_err() || book.after(&book.grant(milli(i64::MAX)).unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn any_sequence_keeps_the_truths(steps in prop::collection::vec((0..7u8, 0..4000i64), 0..60)) {
            let mut book = Balances::default();
            let mut sums = Postings::default();
            for (kind, n) in steps {
                let amount = milli(n);
                let postings = match kind {
                    0 => book.grant(amount),
                    1 => book.ungrant(amount),
                    2 => book.purchase(amount),
                    3 => book.refund(amount),
                    4 => book.restore(amount),
                    5 => book.hold(amount.min(book.user)),
                    _ => book.post(amount.min(book.held), milli(n / 3).min(book.held)),
                }.unwrap();
                book = book.after(&postings).unwrap();
                sums.user = sums.user.plus(postings.user).unwrap();
                sums.held = sums.held.plus(postings.held).unwrap();
                sums.owed = sums.owed.plus(postings.owed).unwrap();
                prop_assert_eq!((sums.user, sums.held, sums.owed), (book.user, book.held, book.owed));
                prop_assert!(book.user == Credits::ZERO || book.owed == Credits::ZERO);
            }
        }
    }
}
