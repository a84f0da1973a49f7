//! The house and the Stripe of the histories: asked in earnest, away, or losing its answers.

use std::cell::{Cell, RefCell};

use serde_json::{Value as Json, json};
use vocahire::edge::Answer;
use vocahire::money::command::{Command, Kind, Line, Reply};
use vocahire::port::http::{Ask, HttpFailure, Reply as HttpReply};

use super::signing::{KEYS, claims, key_set, token};
use super::stripe::{Event, SETTINGS, Stripe, WEBHOOK_SECRET, signed};
use super::world::{Call, Failing, House, json as body};

const API: &str = "https://api.stripe.com/v1/";

pub struct Till {
    pub stripe: Stripe,
    failing: Cell<Failing>,
    questions: Cell<usize>,
    /// What it says to every question instead.
    pub says: RefCell<Option<(u16, String)>>,
}

impl Default for Till {
    fn default() -> Self {
        let (failing, questions, says) = (Cell::default(), Cell::default(), RefCell::default());
        Self { stripe: Stripe::new(), failing, questions, says }
    }
}

impl Till {
    /// Questions are counted anew.
    pub fn fail(&self, failing: Failing) {
        self.questions.set(0);
        self.failing.set(failing);
    }

    /// None where it is not Stripe that is asked.
    pub fn answer(&self, now: i64, method: &str, ask: &Ask, body: &[u8]) -> Option<Result<HttpReply, HttpFailure>> {
        let path = ask.url.strip_prefix(API)?;
        self.stripe.now.set(now / 1000);
        self.questions.set(self.questions.get() + 1);
        let number = self.questions.get();
        if matches!(self.failing.get(), Failing::Before(from) if number >= from) {
            return Some(Err(HttpFailure::Unreachable("nobody there".to_owned())));
        }
        if let Some((status, says)) = self.says.borrow().as_ref() {
            return Some(Ok(HttpReply { status: *status, body: says.clone().into_bytes() }));
        }
        let key = ask.headers.iter().find(|(name, _)| *name == "idempotency-key").map(|(_, key)| key.as_str());
        let (status, told) = self.stripe.answer(method, path, key, body);
        if matches!(self.failing.get(), Failing::After(from) if number >= from) {
            return Some(Err(HttpFailure::TimedOut));
        }
        Some(Ok(HttpReply { status, body: told.to_string().into_bytes() }))
    }
}

/// A house with a shop, and `user_1` who has been there before.
pub fn shop() -> House {
    shop_with(&[])
}

pub fn shop_with(more: &[(&str, &str)]) -> House {
    let house = House::new(&[more, SETTINGS].concat());
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house.get_as("user_1", "/api/user");
    house
}

pub fn call_as(house: &House, user: &str, call: Call) -> Answer {
    let token = token("k1", &KEYS[0], &claims(user, house.seconds()));
    house.call(&call.with("authorization", &format!("Bearer {token}")))
}

pub fn post_as(house: &House, user: &str, path: &str, wish: &Json) -> Answer {
    let call = Call::of("POST", path).with("content-type", "application/json");
    call_as(house, user, call.body(Ok(wish.to_string().as_bytes())))
}

pub fn wish(product: &str) -> Json {
    json!({ "product": product, "returnTo": "/credits", "terms": "2026-11-21" })
}

pub fn checkout(house: &House, user: &str, key: &str, wish: &Json) -> Answer {
    let call = Call::of("POST", "/api/billing/checkout").with("content-type", "application/json");
    call_as(house, user, call.with("idempotency-key", key).body(Ok(wish.to_string().as_bytes())))
}

/// The name of a visit that has just begun.
pub fn visit(house: &House, user: &str, product: &str) -> String {
    let key = format!("click-{}", house.now.get());
    house.later(1);
    let answer = checkout(house, user, &key, &wish(product));
    assert_eq!(answer.status, 201, "{answer:?}");
    body(&answer)["id"].as_str().unwrap().to_owned()
}

/// The last thing of a kind at Stripe.
pub fn last(house: &House, kind: &str) -> String {
    house.till.stripe.all(kind, |_| true).last().unwrap()["id"].as_str().unwrap().to_owned()
}

pub fn deliver(house: &House, event: &Event) -> Answer {
    house.call(&sent(&event.body, &signed(WEBHOOK_SECRET, house.seconds(), &event.body)))
}

pub fn sent(body: &str, header: &str) -> Call {
    Call::of("POST", "/api/webhooks/stripe")
        .with("content-type", "application/json")
        .with("stripe-signature", header)
        .body(Ok(body.as_bytes()))
}

/// Everything that Stripe has to tell is told, in its order. Gives what was said of each.
pub fn deliver_all(house: &House) -> Vec<String> {
    let events = house.till.stripe.events.borrow().clone();
    let told = events.iter().map(|event| {
        house.later(1);
        let answer = deliver(house, event);
        let done = body(&answer)["done"].as_str().map(str::to_owned);
        format!("{} {}", event.kind, done.unwrap_or_else(|| answer.status.to_string()))
    });
    told.collect()
}

/// The last event of a kind.
pub fn event(house: &House, kind: &str) -> Event {
    let events = house.till.stripe.events.borrow();
    events.iter().rev().find(|event| event.kind == kind).unwrap_or_else(|| panic!("no {kind}")).clone()
}

pub fn book(house: &House, user: &str) -> Vec<Line> {
    let lines = Command::Lines { own: false, before: None, limit: 500 };
    let Ok(Reply::Lines { mut lines, .. }) = house.tell(user, lines) else { panic!("no book of {user}") };
    lines.reverse();
    lines
}

pub fn kinds(house: &House, user: &str) -> Vec<&'static str> {
    book(house, user).iter().map(|line| line.kind).filter(|kind| *kind != Kind::Welcome).map(Kind::word).collect()
}

pub fn available(house: &House, user: &str) -> i64 {
    book(house, user).last().map_or(0, |line| line.user_after.count() + line.owed_after.count())
}

/// Until when the Wallet covers interviews, in seconds from the beginning of the test.
pub fn covered(house: &House, user: &str) -> Option<i64> {
    let Ok(Reply::Standing(standing)) = house.tell(user, Command::Look) else { panic!("no book of {user}") };
    standing.premium_until.map(|until| (until.count() - super::world::START) / 1000)
}

pub fn rows(house: &House, sql: &str) -> Vec<String> {
    super::clerk_events::texts(house, sql)
}
