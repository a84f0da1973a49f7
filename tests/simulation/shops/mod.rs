//! The shop, and Stripe behind it: people buy, pay, change their minds and want their money back; Stripe tells of it
//! late, twice, in any order and under two names, until it is told yes. Some who write to us are not Stripe.

mod buyers;
mod sold;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use serde_json::Value as Json;
use vocahire::domain::failure::{Failure, Fault, Refusal};
use vocahire::money::command::Command;
use vocahire::money::till;
use vocahire::port::clock::Clock;
use vocahire::port::http::{Ask, HttpFailure, Reply as HttpReply};

use super::clients;
use super::ports::Seat;
use super::sim::{OWNERS, Sim};
use super::stripe::{Event, Payment, Stripe, Verdict, WEBHOOK_SECRET, signed};

pub use sold::at_rest;

const API: &str = "https://api.stripe.com/v1/";

pub struct Shops {
    pub stripe: Stripe,
    /// Events to which we have said yes.
    acknowledged: RefCell<BTreeSet<String>>,
    clicks: RefCell<Vec<buyers::Click>>,
}

impl Shops {
    pub fn new() -> Self {
        Self { stripe: Stripe::new(), acknowledged: RefCell::default(), clicks: RefCell::default() }
    }
}

/// Something happens in the shop, at Stripe or between them.
pub fn act(sim: &Rc<Sim>, favourite: usize) {
    sim.shops.stripe.now.set(sim.now.get() / 1000);
    match sim.chance.below(20) {
        0..5 => buyers::buy(sim, favourite),
        5..10 => happen(sim),
        10..12 => time_passes(sim),
        12..18 => tell_something(sim),
        18 => buyers::look(sim, favourite),
        _ if sim.chance.one_in(4) => leave(sim),
        _ => buyers::operate(sim),
    }
}

/// What Stripe's API says, if it says anything.
pub async fn answer(seat: &Seat, method: &str, ask: &Ask, body: &[u8]) -> Option<Result<HttpReply, HttpFailure>> {
    let path = ask.url.strip_prefix(API)?;
    let reply = |status, body: String| Some(Ok(HttpReply { status, body: body.into_bytes() }));
    seat.point("before Stripe").await;
    if seat.mishap(60, "Stripe before") {
        return Some(Err(HttpFailure::Unreachable("nobody there".to_owned())));
    }
    seat.dawdle(6, "Stripe is slow").await;
    if seat.mishap(200, "Stripe hangs") {
        seat.hang("Stripe hangs").await;
    }
    if seat.mishap(100, "Stripe is busy") {
        return reply(429, "{}".to_owned());
    }
    if seat.mishap(100, "Stripe breaks") {
        return reply(500, "<html>".to_owned());
    }
    let sim = &seat.sim;
    // Each answer takes its time: two that were asked at the same moment are never answered before it.
    sim.now.set(sim.now.get() + 1);
    sim.shops.stripe.now.set(sim.now.get() / 1000);
    let key = ask.headers.iter().find(|(name, _)| *name == "idempotency-key").map(|(_, key)| key.as_str());
    let (status, told) = sim.shops.stripe.answer(method, path, key, body);
    sim.say(|| format!("Stripe answers {status} to {method} {path}"));
    let known = status == 200 || status == 404 || (status == 400 && path.ends_with("/expire"));
    assert!(known, "Stripe refuses {method} {path}: {told}");
    seat.point("after Stripe").await;
    if seat.mishap(60, "Stripe after") {
        return Some(Err(HttpFailure::TimedOut));
    }
    reply(status, told.to_string())
}

fn id(thing: &Json) -> &str {
    thing["id"].as_str().unwrap()
}

fn some(sim: &Sim, kind: &str, fits: impl Fn(&Json) -> bool) -> Option<Json> {
    let found = sim.shops.stripe.all(kind, fits);
    (!found.is_empty()).then(|| sim.chance.pick(&found).clone())
}

fn did(sim: &Sim, what: &'static str) {
    sim.tally.count("at Stripe", what);
    sim.say(|| format!("at Stripe: {what}"));
}

/// Somebody has a plan and closes the account.
fn leave(sim: &Rc<Sim>) {
    let Some(plan) = some(sim, "subscription", |plan| plan["status"] == "active") else { return };
    let person = OWNERS.iter().position(|who| plan["metadata"]["user"] == *who).unwrap();
    sim.tally.count("shop", "left with a plan");
    clients::request(sim, person, Command::Close { own: true });
}

/// Something happens at Stripe.
fn happen(sim: &Rc<Sim>) {
    match sim.chance.below(12) {
        0..7 => end_a_visit(sim),
        7..9 => change_a_plan(sim),
        9..11 => take_back(sim),
        _ => dispute(sim),
    }
}

fn end_a_visit(sim: &Sim) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    let is_delayed = |visit: &Json| {
        visit["status"] == "complete" && visit["payment_status"] == "unpaid" && visit["given_up"].is_null()
    };
    if let Some(visit) = some(sim, "checkout.session", is_delayed).filter(|_| chance.one_in(2)) {
        let comes = chance.below(3) > 0;
        did(sim, if comes { "a delayed payment" } else { "a delayed payment that fails" });
        return stripe.settle(id(&visit), comes);
    }
    // Nobody pays at an address that they were not given.
    let is_open = |visit: &Json| visit["status"] == "open" && buyers::were_given(sim, id(visit));
    let Some(visit) = some(sim, "checkout.session", is_open) else { return };
    match chance.below(10) {
        0..2 => {
            did(sim, "a visit expires");
            stripe.expire(id(&visit));
        }
        2..4 if visit["mode"] == "payment" => {
            did(sim, "a visit whose payment is delayed");
            stripe.pay(id(&visit), Payment::Delayed);
        }
        4 if visit["mode"] == "payment" => {
            did(sim, "a visit that costs nothing");
            stripe.pay(id(&visit), Payment::Free);
        }
        _ => {
            did(sim, if visit["mode"] == "payment" { "credits are paid" } else { "a plan is paid" });
            stripe.pay(id(&visit), Payment::Paid);
        }
    }
}

fn change_a_plan(sim: &Sim) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    let Some(plan) = some(sim, "subscription", |plan| plan["status"] != "canceled") else { return };
    let name = id(&plan);
    match chance.below(6) {
        0..3 => {
            let ends = plan["cancel_at"].is_null() && plan["cancel_at_period_end"] == false;
            did(sim, if ends { "a plan is to end" } else { "a plan is to go on" });
            stripe.end_later(name, chance.one_in(2), ends);
        }
        3 if plan["status"] == "active" => {
            did(sim, "a plan is renewed early");
            stripe.renew(name, true);
        }
        4 if plan["status"] == "past_due" => {
            did(sim, "a plan is unpaid");
            stripe.change(name, |plan| plan["status"] = "unpaid".into());
            stripe.happens("customer.subscription.updated", name);
        }
        5 => {
            did(sim, "a plan is cancelled");
            stripe.cancel(name);
        }
        _ => {}
    }
}

fn take_back(sim: &Sim) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    if let Some(refund) = some(sim, "refund", |refund| refund["status"] == "succeeded").filter(|_| chance.one_in(8)) {
        did(sim, "a refund fails");
        return stripe.fail_refund(id(&refund));
    }
    let left = |charge: &Json| charge["amount"].as_i64().unwrap() - charge["amount_refunded"].as_i64().unwrap();
    if let Some(charge) = some(sim, "charge", |charge| left(charge) > 0) {
        let all = chance.one_in(2);
        did(sim, if all { "all is refunded" } else { "some is refunded" });
        stripe.refund(id(&charge), if all { left(&charge) } else { chance.between(1, left(&charge)) });
    }
}

fn dispute(sim: &Sim) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    let is_open = |dispute: &Json| dispute["status"].as_str().unwrap().ends_with("needs_response");
    if let Some(dispute) = some(sim, "dispute", is_open).filter(|_| chance.below(3) > 0) {
        let won = chance.one_in(2);
        did(sim, if won { "a dispute is won" } else { "a dispute is lost" });
        return stripe.decide(id(&dispute), if won { Verdict::Won } else { Verdict::Lost });
    }
    let disputed = |charge: &Json| !stripe.all("dispute", |dispute| dispute["charge"] == charge["id"]).is_empty();
    if let Some(charge) = some(sim, "charge", |charge| !disputed(charge)) {
        let inquiry = chance.one_in(4);
        did(sim, if inquiry { "an inquiry" } else { "a dispute" });
        stripe.dispute(id(&charge), if inquiry { "warning_needs_response" } else { "needs_response" });
    }
}

/// Periods end by themselves: the next is paid, or its payment fails, or there is none.
pub fn time_passes(sim: &Sim) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    stripe.now.set(sim.now.get() / 1000);
    let live = |plan: &Json| ["active", "past_due"].contains(&plan["status"].as_str().unwrap());
    for plan in stripe.all("subscription", live) {
        let end = plan["items"]["data"][0]["current_period_end"].as_i64().unwrap();
        // Most histories are shorter than a period: some of these end at once.
        let end = if !sim.calm.get() && chance.one_in(3) { stripe.now.get() } else { end };
        let ends = plan["cancel_at_period_end"] == true || !plan["cancel_at"].is_null();
        if plan["status"] == "past_due" && chance.one_in(4) {
            let recovers = chance.below(3) > 0;
            did(sim, if recovers { "a plan recovers" } else { "a plan is given up" });
            if recovers { stripe.recover(id(&plan)) } else { stripe.cancel(id(&plan)) }
        } else if end <= stripe.now.get() && (ends || plan["status"] == "past_due") {
            did(sim, "a plan is over");
            stripe.cancel(id(&plan));
        } else if end <= stripe.now.get() {
            let paid = chance.below(3) > 0;
            did(sim, if paid { "a plan is renewed" } else { "a renewal fails" });
            stripe.renew(id(&plan), paid);
        }
    }
}

fn tell_something(sim: &Rc<Sim>) {
    let (stripe, chance) = (&sim.shops.stripe, &sim.chance);
    let events = stripe.events.borrow().clone();
    if events.is_empty() {
        return;
    }
    let late = events.len().saturating_sub(8);
    let event = if chance.one_in(4) { chance.pick(&events) } else { chance.pick(&events[late..]) };
    if chance.one_in(12) {
        sim.tally.count("stripe", "told under another name");
        return tell(sim, stripe.twin(event));
    }
    tell(sim, event.clone());
}

/// One delivery: true, or forged in one of four ways, or of the other mode.
fn tell(sim: &Rc<Sim>, event: Event) {
    let seat = Seat::of_client(sim);
    let forged = if sim.calm.get() { 9 } else { sim.chance.below(30) };
    sim.executor.spawn(seat.errand.place.clone(), async move {
        seat.point("Stripe's word arrives").await;
        let Event { id, kind, mut body } = event;
        let now = seat.now().count() / 1000;
        let sent = match forged {
            0 => now - 301,
            1 => now + 302,
            _ => now,
        };
        let secret = if forged == 2 { "whsec_notthesecretnotthesecret" } else { WEBHOOK_SECRET };
        if forged == 4 {
            let mode = |live: bool| format!(r#""livemode":{live},"object":"event""#);
            body = body.replacen(&mode(false), &mode(true), 1);
            body = body.replacen(&id, &format!("{id}live"), 1);
        }
        let header = signed(secret, sent, &body);
        if forged == 3 {
            body = body.replacen("false", "false ", 1);
        }
        let before = seat.sim.d1.total_changes();
        let done = till::take(&seat, Some(&header), body.as_bytes()).await;
        if forged < 4 {
            seat.sim.tally.count("stripe", "forged");
            let refused = matches!(done, Err(Failure::Refused(Refusal::BadSignature { .. })));
            assert!(refused && seat.sim.d1.total_changes() == before, "truth 7: {done:?} to a forged {body}");
            return;
        }
        heard(&seat, &id, &kind, done, forged == 4);
    });
}

fn heard(seat: &Seat, id: &str, kind: &str, done: Result<till::Done, Failure>, other_mode: bool) {
    let sim = &seat.sim;
    sim.say(|| format!("Stripe's {id} {kind}: {done:?}"));
    match done {
        _ if other_mode => {
            sim.tally.count("stripe", "of the other mode");
            let refused = matches!(done, Err(Failure::Broken(Fault::NotConfigured { .. })));
            assert!(refused, "truth 7: real money that this house cannot take is acknowledged: {kind} {done:?}");
        }
        Ok(done) => {
            let first = sim.shops.acknowledged.borrow_mut().insert(id.to_owned());
            sim.tally.count("stripe", if first { done.word() } else { "told twice" });
        }
        Err(Failure::Broken(fault)) => {
            assert!(!matches!(fault, Fault::Bug { .. }), "{id} {kind}: {fault:?}");
            sim.tally.count("stripe", "not taken: told again");
        }
        Err(refused) => panic!("truth 7: {refused:?} to {id} {kind}"),
    }
}

/// Stripe tells what nobody has acknowledged yet. False: there was nothing.
pub fn tell_the_rest(sim: &Rc<Sim>) -> bool {
    let open = |event: &&Event| !sim.shops.acknowledged.borrow().contains(&event.id);
    let left: Vec<Event> = sim.shops.stripe.events.borrow().iter().filter(open).cloned().collect();
    let any = !left.is_empty();
    left.into_iter().for_each(|event| tell(sim, event));
    any
}
