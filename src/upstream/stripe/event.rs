//! Events: a name, a kind, and which thing they are about. What that thing is like now is asked for: events come late,
//! twice and in any order, and in the version of whoever set up the endpoint.

use serde_json::Value;

use super::thing::{self, text};
use crate::domain::failure::Refusal;
use crate::domain::form;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub live: bool,
    pub about: About,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// A visit to the checkout.
    Visit(String),
    /// The plans of a customer.
    Plans(String),
    /// A payment, some of which may have gone back.
    Charge(String),
    Dispute(String),
    /// Nothing that this house has to do with.
    Nothing,
}

impl About {
    /// The id of the thing, for the log.
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Visit(id) | Self::Plans(id) | Self::Charge(id) | Self::Dispute(id) => Some(id),
            Self::Nothing => None,
        }
    }
}

/// What a body says whose signature is Stripe's.
pub fn read(body: &[u8]) -> Result<Event, Refusal> {
    let told = form::only(thing::MEMBERS, body);
    let told =
        told.map_err(|error| if error.is_data() { Refusal::BadRequest { field: "body" } } else { Refusal::BadJson })?;
    of(&told).ok_or(Refusal::BadRequest { field: "body" })
}

/// None where it is no event.
pub fn of(told: &Value) -> Option<Event> {
    let [id, kind] = ["id", "type"].map(|name| text(told, name));
    let live = told.get("livemode")?.as_bool()?;
    let (id, kind) = (id?.to_owned(), kind?.to_owned());
    // Those of the second version are about accounts, and bring no thing.
    let first = text(told, "object") == Some("event");
    let about = told.pointer("/data/object").filter(|_| first).and_then(|object| about(&kind, object));
    let sound = thing::is_id(&id) && kind.len() <= 100 && kind.bytes().all(|byte| byte.is_ascii_graphic());
    sound.then(|| Event { id, kind, live, about: about.unwrap_or(About::Nothing) })
}

/// By the word before the last dot; the last word is how things stood when it was sent.
fn about(kind: &str, object: &Value) -> Option<About> {
    let id = |name| text(object, name).filter(|id| thing::is_id(id)).map(str::to_owned);
    match kind.rsplit_once('.')?.0 {
        "checkout.session" => id("id").map(About::Visit),
        "customer.subscription" => id("customer").map(About::Plans),
        // It had a member of its own once; now it is within another.
        "invoice" if object.get("subscription").is_some_and(Value::is_string) || thing::parent(object).is_some() => {
            id("customer").map(About::Plans)
        }
        "charge" if kind == "charge.refunded" => id("id").map(About::Charge),
        "refund" | "charge.refund" => id("charge").map(About::Charge),
        "charge.dispute" => id("id").map(About::Dispute),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
