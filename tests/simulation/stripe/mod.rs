//! Stripe, played: its things as it has them now, what it answers when asked, and its events. The house tests ask the
//! same one.

mod asked;
mod deeds;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};

pub use deeds::{Payment, Verdict};

pub const WEBHOOK_SECRET: &str = "whsec_canarycanarycanarycanary";
pub const SETTINGS: &[(&str, &str)] = &[
    ("STRIPE_SECRET_KEY", "sk_test_canary"),
    ("STRIPE_WEBHOOK_SECRET", WEBHOOK_SECRET),
    ("STRIPE_PRICE_ID", "price_pack3,prod_pack5,price_monthly,price_quarterly,price_annual"),
];
/// How often a price is paid.
type Every = Option<(&'static str, i64)>;

const CATALOGUE: [(&str, i64, Every); 5] = [
    ("price_pack3", 900, None),
    ("price_pack5", 1400, None),
    ("price_monthly", 2900, Some(("month", 1))),
    ("price_quarterly", 7300, Some(("month", 3))),
    ("price_annual", 21_900, Some(("year", 1))),
];
const DAY: i64 = 86_400;

/// Something that has happened, as it is told.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: String,
    pub kind: String,
    pub body: String,
}

#[derive(Default)]
pub struct Stripe {
    things: RefCell<BTreeMap<String, Json>>,
    /// What each key was used for, and what came of it.
    pub keys: RefCell<BTreeMap<String, (String, Json)>>,
    pub events: RefCell<Vec<Event>>,
    /// Seconds, as Stripe's clock has them.
    pub now: Cell<i64>,
    serial: Cell<usize>,
    /// What was asked, word by word.
    pub asked: RefCell<Vec<String>>,
}

impl Stripe {
    /// With the prices of the house, the one of five credits also as a product's.
    pub fn new() -> Self {
        let stripe = Self::default();
        for (id, amount, every) in CATALOGUE {
            let recurring = every.map(|(unit, count)| json!({ "interval": unit, "interval_count": count }));
            let price = json!({ "id": id, "object": "price", "unit_amount": amount, "currency": "usd",
                "recurring": recurring, "livemode": false });
            stripe.put(price);
        }
        let price = stripe.get("price_pack5");
        stripe.put(json!({ "id": "prod_pack5", "object": "product", "default_price": price }));
        stripe
    }

    pub fn put(&self, thing: Json) {
        let id = thing["id"].as_str().unwrap().to_owned();
        self.things.borrow_mut().insert(id, thing);
    }

    /// As it is now; null where nothing is.
    pub fn get(&self, id: &str) -> Json {
        self.things.borrow().get(id).cloned().unwrap_or(Json::Null)
    }

    pub fn change(&self, id: &str, change: impl FnOnce(&mut Json)) {
        change(self.things.borrow_mut().get_mut(id).unwrap());
    }

    /// All of a kind, in the order in which they were made.
    pub fn all(&self, kind: &str, fits: impl Fn(&Json) -> bool) -> Vec<Json> {
        let mut found: Vec<Json> =
            self.things.borrow().values().filter(|thing| thing["object"] == kind && fits(thing)).cloned().collect();
        found.sort_by_key(|thing| thing["made"].as_i64());
        found
    }

    /// A new thing of this kind, with a name of its own.
    fn make(&self, prefix: &str, kind: &str, mut members: Json) -> Json {
        self.serial.set(self.serial.get() + 1);
        members["id"] = json!(format!("{prefix}_{}", self.serial.get()));
        members["made"] = json!(self.serial.get());
        members["object"] = json!(kind);
        members["created"] = json!(self.now.get());
        members["livemode"] = json!(false);
        self.put(members.clone());
        members
    }

    /// Has happened to a thing: it is told as it is now, without what nobody expands.
    pub fn happens(&self, kind: &str, thing: &str) {
        let mut object = self.get(thing);
        if let Some(members) = object.as_object_mut() {
            members.retain(|name, _| !["line_items", "made", "notes", "latest_invoice"].contains(&name.as_str()));
        }
        self.tell(kind, &object);
    }

    pub fn tell(&self, kind: &str, object: &Json) {
        self.serial.set(self.serial.get() + 1);
        let id = format!("evt_{}", self.serial.get());
        let body = json!({ "id": id, "object": "event", "type": kind, "api_version": "2026-10-28.endive",
            "created": self.now.get(), "livemode": false, "pending_webhooks": 1, "data": { "object": object } });
        let kind = kind.to_owned();
        self.events.borrow_mut().push(Event { id, kind, body: body.to_string() });
    }

    /// The same news once more, under a name of its own.
    pub fn twin(&self, of: &Event) -> Event {
        let mut told: Json = serde_json::from_str(&of.body).unwrap();
        self.serial.set(self.serial.get() + 1);
        told["id"] = json!(format!("evt_{}", self.serial.get()));
        let id = told["id"].as_str().unwrap().to_owned();
        let twin = Event { id, kind: of.kind.clone(), body: told.to_string() };
        self.events.borrow_mut().push(twin.clone());
        twin
    }
}

/// The header that Stripe sends with a body.
pub fn signed(secret: &str, sent: i64, body: &str) -> String {
    let mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    let made = mac.chain_update(format!("{sent}.{body}")).finalize().into_bytes();
    let hex: String = made.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={sent},v1={hex},v0={}", "0".repeat(64))
}
