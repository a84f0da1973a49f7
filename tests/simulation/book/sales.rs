//! The reference book's purchases, what is taken back of them, and plans.

use vocahire::money::command::{Kind, No, Standing};

use super::{Book, Note, keyed, part};

pub(super) struct Sale {
    sold: i64,
    paid: i64,
    refunded: i64,
    taken: i64,
    disputed: i64,
}

impl Book {
    pub(super) fn sell(&mut self, key: &str, credits: i64, charge: &str, paid: i64, now: i64) -> Result<Standing, No> {
        let (key, used_for) = (format!("purchase:{key}"), format!("{credits}/{charge}/{paid}"));
        if let Some(line) = self.known(&key, &used_for)? {
            return Ok(self.after(line));
        }
        if self.sales.contains_key(charge) {
            return Err(No::Mismatch);
        }
        self.sales.insert(charge.to_owned(), Sale { sold: credits, paid, refunded: 0, taken: 0, disputed: 0 });
        self.enter(credits);
        Ok(self.write(now, Kind::Purchase, Note { reference: Some(charge), ..keyed(key, used_for) }))
    }

    pub(super) fn claw(&mut self, charge: &str, refunded: i64, now: i64) -> Result<Standing, No> {
        let sale = self.sales.get_mut(charge).ok_or(No::Impossible)?;
        sale.refunded = sale.refunded.max(refunded.min(sale.paid));
        let amount = part(sale.sold, sale.refunded, sale.paid) - sale.taken - sale.disputed;
        if amount <= 0 {
            return Ok(self.standing());
        }
        sale.taken += amount;
        let key = format!("clawback:{charge}:{}", sale.refunded);
        self.leave(amount);
        let note = Note { reference: Some(charge), reason: Some("refunded"), ..keyed(key, String::new()) };
        Ok(self.write(now, Kind::Clawback, note))
    }

    pub(super) fn dispute(&mut self, charge: &str, now: i64) -> Result<Standing, No> {
        let key = format!("dispute:{charge}");
        if let Some(line) = self.known(&key, "")? {
            return Ok(self.after(line));
        }
        if let Some(line) = self.known(&format!("restored:{charge}"), "")? {
            return Ok(self.after(line));
        }
        let sale = self.sales.get_mut(charge).ok_or(No::Impossible)?;
        sale.disputed = sale.sold - sale.taken;
        let amount = sale.disputed;
        self.leave(amount);
        let note = Note { reference: Some(charge), reason: Some("disputed"), ..keyed(key, String::new()) };
        Ok(self.write(now, Kind::Clawback, note))
    }

    pub(super) fn restore(&mut self, charge: &str, now: i64) -> Result<Standing, No> {
        let key = format!("restored:{charge}");
        if let Some(line) = self.known(&key, "")? {
            return Ok(self.after(line));
        }
        let sale = self.sales.get_mut(charge).ok_or(No::Impossible)?;
        let gone = part(sale.sold, sale.refunded, sale.paid).max(sale.taken);
        let amount = sale.taken + sale.disputed - gone;
        (sale.taken, sale.disputed) = (gone, 0);
        self.enter(amount);
        Ok(self.write(now, Kind::Restored, Note { reference: Some(charge), ..keyed(key, String::new()) }))
    }

    pub(super) fn entitle(&mut self, key: &str, until: i64, as_of: i64, now: i64) -> Result<Standing, No> {
        let (key, used_for) = (format!("plan:{key}"), format!("{until}/{as_of}"));
        if let Some(line) = self.known(&key, &used_for)? {
            return Ok(self.after(line));
        }
        if self.heard_at >= as_of {
            return Ok(self.standing());
        }
        // What stays as it was, or is over before and after, is no line.
        let over = |until: i64| until <= as_of;
        let known = self.plan.map(|(until, _)| until);
        if known == Some(until) || (over(until) && known.is_none_or(over)) {
            self.plan = known.map(|known| (known, as_of));
            self.heard_at = as_of;
            return Ok(self.standing());
        }
        (self.plan, self.heard_at) = (Some((until, as_of)), as_of);
        Ok(self.write(now, Kind::Plan, Note { reason: Some(&until.to_string()), ..keyed(key, used_for) }))
    }
}
