//! What Stripe tells of its things, in their old and their new homes. The ids of other things come bare.

use serde_json::Value;

use crate::domain::form::words;
use crate::domain::millis::Millis;
use crate::domain::price::Price;

/// All that is read of anything. The rest may be whatever it is, in metadata above all.
pub const MEMBERS: &[&str] = &[
    "active",
    "amount",
    "amount_refunded",
    "amount_total",
    "cancel_at",
    "cancel_at_period_end",
    "charge",
    "code",
    "created",
    "currency",
    "current_period_end",
    "current_period_start",
    "customer",
    "data",
    "default_price",
    "ended_at",
    "error",
    "has_more",
    "id",
    "interval",
    "interval_count",
    "items",
    "latest_invoice",
    "line_items",
    "livemode",
    "metadata",
    "mode",
    "object",
    "param",
    "parent",
    "payment",
    "payment_intent",
    "payment_status",
    "payments",
    "price",
    "product",
    "quantity",
    "recurring",
    "status",
    "subscription",
    "subscription_details",
    "type",
    "unit_amount",
    "url",
    "user",
];

pub fn text<'a>(thing: &'a Value, name: &str) -> Option<&'a str> {
    thing.get(name)?.as_str()
}

pub fn number(thing: &Value, name: &str) -> Option<i64> {
    thing.get(name)?.as_i64()
}

/// In whole seconds there.
pub fn moment(thing: &Value, name: &str) -> Option<Millis> {
    number(thing, name).map(Millis::of_seconds)
}

/// As it may stand in a path.
pub fn is_id(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The things of a list, whole or within another.
pub fn list(thing: Option<&Value>) -> &[Value] {
    thing.and_then(|thing| thing.get("data")).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// What we wrote on it.
pub fn note<'a>(thing: &'a Value, name: &str) -> Option<&'a str> {
    text(thing.get("metadata")?, name)
}

/// The subscription that an invoice is for.
pub fn parent(invoice: &Value) -> Option<&str> {
    text(invoice.get("parent")?.get("subscription_details")?, "subscription")
}

/// Whether a visit is paid, or cost nothing.
pub fn is_paid(visit: &Value) -> bool {
    matches!(text(visit, "payment_status"), Some("paid" | "no_payment_required"))
}

words! {
    /// How a subscription stands.
    Status {
        Active = "active",
        Trialing = "trialing",
        PastDue = "past_due",
        Unpaid = "unpaid",
        Incomplete = "incomplete",
        IncompleteExpired = "incomplete_expired",
        Canceled = "canceled",
        Paused = "paused",
    }
}

/// A subscription, as far as it says until when it covers anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    pub id: String,
    pub status: Status,
    pub period: Option<(Millis, Millis)>,
    /// When it was asked to end.
    pub ends_at: Option<Millis>,
    pub ended_at: Option<Millis>,
    /// What was paid last, and has not gone back as far as this knows.
    pub payment: Option<String>,
    pub price: Option<Price>,
}

pub fn subscription(told: &Value) -> Option<Subscription> {
    let item = list(told.get("items")).first();
    let [old, new] = [Some(told), item].map(|home| home.and_then(period));
    let at_period_end = told.get("cancel_at_period_end").and_then(Value::as_bool) == Some(true);
    let period = new.or(old);
    Some(Subscription {
        id: text(told, "id").filter(|id| is_id(id))?.to_owned(),
        status: Status::parse(text(told, "status")?)?,
        period,
        ends_at: moment(told, "cancel_at").or(period.filter(|_| at_period_end).map(|(_, end)| end)),
        ended_at: moment(told, "ended_at"),
        payment: told.get("latest_invoice").and_then(payment).map(str::to_owned),
        price: item.and_then(|item| price(item.get("price")?)),
    })
}

fn period(home: &Value) -> Option<(Millis, Millis)> {
    moment(home, "current_period_start").zip(moment(home, "current_period_end"))
}

/// What an invoice was paid with.
fn payment(invoice: &Value) -> Option<&str> {
    let new = list(invoice.get("payments")).iter().find_map(|paid| text(paid.get("payment")?, "payment_intent"));
    new.or_else(|| text(invoice, "payment_intent")).filter(|id| is_id(id))
}

/// None where it is no price that a number says.
pub fn price(told: &Value) -> Option<Price> {
    let every = told.get("recurring").filter(|recurring| !recurring.is_null());
    let every = match every {
        Some(every) => Some((text(every, "interval")?.to_owned(), number(every, "interval_count")?)),
        None => None,
    };
    Some(Price {
        id: text(told, "id").filter(|id| is_id(id))?.to_owned(),
        amount: number(told, "unit_amount")?,
        currency: text(told, "currency")?.to_owned(),
        every,
    })
}

#[cfg(test)]
mod tests;
