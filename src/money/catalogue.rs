//! What can be bought, and for how much: the goods are ours, their prices stand at Stripe.

use futures_util::future::join5;
use serde_json::Value;

use super::bank;
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::form::{self, object, words};
use crate::domain::price::Price;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::upstream::stripe::{part, thing};

words! {
    Product {
        Pack3 = "pack3",
        Pack5 = "pack5",
        Monthly = "monthly",
        Quarterly = "quarterly",
        Annual = "annual",
    }
}

/// In the order in which the settings name their prices.
pub const ALL: [Product; 5] = [Product::Pack3, Product::Pack5, Product::Monthly, Product::Quarterly, Product::Annual];

impl Product {
    /// None for a plan.
    pub fn credits(self) -> Option<Credits> {
        match self {
            Self::Pack3 => Some(Credits::milli(3000)),
            Self::Pack5 => Some(Credits::milli(5000)),
            _ => None,
        }
    }

    /// How often a plan is paid.
    fn every(self) -> Option<(&'static str, i64)> {
        match self {
            Self::Monthly => Some(("month", 1)),
            Self::Quarterly => Some(("month", 3)),
            Self::Annual => Some(("year", 1)),
            _ => None,
        }
    }

    fn months(self) -> Option<i64> {
        self.every().map(|(unit, count)| if unit == "year" { count.saturating_mul(12) } else { count })
    }

    /// Whether a price is paid as often as this is.
    pub fn fits(self, price: &Price) -> bool {
        price.every.as_ref().map(|(unit, count)| (unit.as_str(), *count)) == self.every()
    }
}

/// The price of each product, or None where the catalogue has none now. Asked for again when they are old.
pub async fn prices<W: World>(world: &W) -> Result<Vec<Option<Price>>, Fault> {
    let now = world.clock().now();
    world.config().stripe_key()?;
    let known = world.shelf().borrow().look(now);
    if let Some(known) = known {
        return Ok(known);
    }
    let ask = |product| price(world, product);
    let [three, five, monthly, quarterly, annual] = ALL.map(ask);
    let (three, five, monthly, quarterly, annual) = join5(three, five, monthly, quarterly, annual).await;
    let prices = vec![three?, five?, monthly?, quarterly?, annual?];
    world.shelf().borrow_mut().learn(prices.clone(), now);
    Ok(prices)
}

/// By its own id, or as the default price of the product whose id it is.
async fn price<W: World>(world: &W, product: Product) -> Result<Option<Price>, Fault> {
    let ids = ALL.iter().zip(&world.config().stripe.prices);
    let id = ids.into_iter().find(|(known, _)| **known == product).and_then(|(_, id)| id.as_deref());
    let found = match id {
        None => None,
        Some(id) if id.starts_with("price_") => bank::look(world, &format!("prices/{}", part(id)), bank::LIMIT).await?,
        Some(id) => {
            let path = format!("products/{}?expand[]=default_price", part(id));
            let found = bank::look(world, &path, bank::LIMIT).await?.filter(is_sold);
            found.and_then(|found| found.get("default_price").cloned())
        }
    };
    let price = found.as_ref().filter(|found| is_sold(found)).and_then(thing::price);
    if price.is_none() && id.is_some() {
        let line = object!({ "level": "alert", "event": "no price", "product": product.word(), "id": id });
        world.log().line(&form::text(&line));
    }
    Ok(price)
}

/// What was taken out of Stripe's catalogue is still there, and nobody can buy it.
fn is_sold(thing: &Value) -> bool {
    thing.get("active").and_then(Value::as_bool) != Some(false)
}

/// A product as pages show it. `closed` says why it cannot be bought.
pub fn offer(product: Product, price: Option<&Price>, monthly: Option<&Price>, closed: Option<&str>) -> Value {
    let per_month = price.zip(product.months()).map(|(price, months)| rounded(price.amount, months));
    let interval = product.every().map(|(unit, count)| object!({ "unit": unit, "count": count }));
    object!({
        "id": product.word(), "credits": product.credits().map(|credits| credits.to_string()), "interval": interval,
        "price": price.map(|price| object!({ "amount": price.amount, "currency": price.currency.as_str() })),
        "perMonth": per_month, "saves": price.zip(monthly).and_then(|(price, monthly)| saves(product, price, monthly)),
        "closed": closed,
    })
}

fn rounded(amount: i64, by: i64) -> i64 {
    amount.saturating_add(by / 2).checked_div(by).unwrap_or(amount)
}

/// In whole percent of what as many single months cost; never more than it is.
fn saves(product: Product, price: &Price, monthly: &Price) -> Option<i64> {
    let months = product.months().filter(|months| *months > 1 && price.currency == monthly.currency)?;
    let single = monthly.amount.checked_mul(months)?;
    let percent = single.checked_sub(price.amount)?.checked_mul(100)?.checked_div(single)?;
    (percent > 0).then_some(percent)
}

#[cfg(test)]
mod tests;
