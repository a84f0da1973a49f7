//! `POST /api/webhooks/stripe`. An event says that something has happened to a thing; what is done follows from the
//! thing as it is now, under the key of the business, so that neither their order nor their number counts.

use serde_json::Value;

use super::catalogue::Product;
use super::desk::{self, Sale};
use super::store;
use super::{bank, plan};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::{self, object, words};
use crate::domain::id::{Owner, UserId};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::upstream::stripe::event::{self, About, Event};
use crate::upstream::stripe::{part, signature, thing};

use bank::LIMIT;

words! {
    /// What became of an event.
    Done {
        Stored = "stored",
        /// Money that is on its way: another event will tell.
        Waiting = "waiting",
        Ignored = "ignored",
    }
}

const AGAIN: Millis = Millis::of_seconds(2);
/// Two of the words for what has come of a visit.
const FAILED: &str = "failed";
const WAITING: &str = "waiting";

/// 1. Know the secrets: without the key nothing can be done, and nothing is acknowledged.
/// 2. Verify the signature over the bytes as they came.
/// 3. Read which thing it is about.
/// 4. Do what follows.
/// 5. Then the row of the log: whoever is told yes need not send it again.
pub async fn take<W: World>(world: &W, header: Option<&str>, body: &[u8]) -> Result<Done, Failure> {
    // 1
    world.config().stripe_key()?;
    let secrets = world.config().stripe_secrets()?;
    // 2
    let header = header.ok_or(Refusal::BadSignature { why: "a header is missing" })?;
    let verified = signature::verify(header, body, secrets, world.clock().now());
    verified.map_err(|why| Refusal::BadSignature { why })?;
    world.mark("SIGNATURE");
    // 3
    let event = event::read(body)?;
    handle(world, &event).await
}

/// Of an event that is Stripe's. One that fails is remembered until a later try has its effect.
pub async fn handle<W: World>(world: &W, event: &Event) -> Result<Done, Failure> {
    // Real money, and a key for play money: whoever runs this has to mend it, and Stripe tells it again until then.
    if event.live && !world.config().stripe.live() {
        return Err(Fault::NotConfigured { setting: "STRIPE_SECRET_KEY" }.into());
    }
    // 4
    let done = match perform(world, event).await {
        Ok(done) => done,
        Err(failure) => {
            // Nothing of what is asked here is the sender's business: they send it once more.
            let fault = fault(failure);
            store::failed(world.db(), event, &fault.reason(), world.clock().now()).await?;
            world.trace().note(fault.reason());
            return Err(later(fault).into());
        }
    };
    // 5
    store::taken(world.db(), event, done.word(), world.clock().now()).await?;
    Ok(done)
}

fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Broken(fault) => fault,
        refused => Fault::Bug { why: refused.reason().unwrap_or_else(|| "a webhook was refused".to_owned()) },
    }
}

/// Stripe is told one thing of a Stripe that is away: to come again.
fn later(fault: Fault) -> Fault {
    match fault {
        Fault::Provider { provider, .. } | Fault::ProviderTimeout { provider } => {
            Fault::ProviderBusy { provider, retry_after: AGAIN }
        }
        other => other,
    }
}

async fn perform<W: World>(world: &W, event: &Event) -> Result<Done, Failure> {
    if event.live != world.config().stripe.live() {
        world.trace().note(format!("stripe told {} of the other mode", event.kind));
        return Ok(Done::Ignored);
    }
    match &event.about {
        About::Visit(id) => Ok(match visit(world, id, event.kind.ends_with("_failed")).await? {
            None => Done::Ignored,
            Some(WAITING) => Done::Waiting,
            Some(_) => Done::Stored,
        }),
        About::Plans(customer) => Ok(stored(plan::renew(world, customer, LIMIT).await?)),
        About::Charge(id) => charge(world, id, event.kind == "refund.failed").await,
        About::Dispute(id) => dispute(world, id).await,
        About::Nothing => Ok(Done::Ignored),
    }
}

fn stored(done: bool) -> Done {
    if done { Done::Stored } else { Done::Ignored }
}

/// What we wrote on a thing when it was sold: to whom, and what.
fn sold(thing: &Value) -> Option<(UserId, Product)> {
    UserId::parse(thing::note(thing, "user")?).zip(thing::note(thing, "product").and_then(Product::parse))
}

/// 1. The visit, if it is one of ours.
/// 2. Paid for, and by the price that we sold by: credits go to the book, a plan is asked for.
/// 3. Then whoever waits for it is told.
async fn visit<W: World>(world: &W, id: &str, failed: bool) -> Result<Option<&'static str>, Failure> {
    // 1
    let found = bank::look(world, &format!("checkout/sessions/{}?expand[]=line_items", part(id)), LIMIT).await?;
    let Some(found) = found else { return Ok(None) };
    let Some((person, product)) = sold(&found) else { return Ok(None) };
    // 2
    let paid = thing::is_paid(&found);
    let state = match thing::text(&found, "status") {
        Some("complete") if paid => match give(world, &person, product, &found).await? {
            true => "done",
            false => FAILED,
        },
        Some("complete") if failed => FAILED,
        Some("expired") => "expired",
        _ => WAITING,
    };
    // 3
    if state != WAITING {
        store::visit_ended(world.db(), id, state).await?;
    }
    Ok(Some(state))
}

/// False, where nothing is left to be given: all of the money has gone back, or nobody is there any more.
async fn give<W: World>(world: &W, person: &UserId, product: Product, visit: &Value) -> Result<bool, Failure> {
    let Some(credits) = product.credits() else { return begin_plan(world, person, visit).await };
    let id = thing::text(visit, "id").ok_or_else(|| bank::missing("an id"))?;
    let lines = thing::list(visit.get("line_items"));
    let price = |line: &Value| line.get("price").and_then(|price| thing::text(price, "id")).map(str::to_owned);
    let sold = thing::note(visit, "price").map(str::to_owned);
    let one =
        lines.len() == 1 && lines.iter().all(|line| price(line) == sold && thing::number(line, "quantity") == Some(1));
    // A visit that cost nothing has no payment, and nothing of it goes back.
    let payment = thing::text(visit, "payment_intent");
    if !one || sold.is_none() {
        let until = world.clock().now().plus(LIMIT);
        return match payment {
            Some(payment) if plan::is_back(world, payment, until).await? => Ok(false),
            _ => Err(Fault::Bug { why: format!("{id} is not what was sold") }.into()),
        };
    }
    let sale = Sale {
        key: id.to_owned(),
        credits,
        charge: payment.unwrap_or(id).to_owned(),
        paid: thing::number(visit, "amount_total").ok_or_else(|| bank::missing("an amount"))?,
    };
    desk::purchase(world, &Owner::from(person), sale).await.map(|()| true)
}

/// 1. Who has left meanwhile has no use for it.
/// 2. Else it is asked for.
async fn begin_plan<W: World>(world: &W, person: &UserId, visit: &Value) -> Result<bool, Failure> {
    let of = |name| thing::text(visit, name).filter(|id| thing::is_id(id)).ok_or_else(|| bank::missing(name));
    // 1
    match desk::touch(world, &Owner::from(person)).await {
        Err(failure) if failure.refusal() == Some(&Refusal::AccountClosed) => {
            plan::late(world, person, of("subscription")?).await?;
            return Ok(false);
        }
        touched => drop(touched?),
    }
    // 2
    let begun = plan::renew(world, of("customer")?, LIMIT).await?;
    if begun { Ok(true) } else { Err(bank::missing("a plan").into()) }
}

/// Some of a payment has gone back: for credits, that share of them; for a plan, whatever Stripe says of it now.
async fn charge<W: World>(world: &W, id: &str, failed: bool) -> Result<Done, Failure> {
    let found = bank::look(world, &format!("charges/{}", part(id)), LIMIT).await?;
    let Some(found) = found else { return Ok(Done::Ignored) };
    let Some((owner, payment)) = sale(&found) else { return plans(world, &found).await };
    if failed {
        // The share was taken when it was asked for; whether it comes back is for an operator to say.
        let line = object!({ "level": "alert", "event": "refund failed", "owner": owner.as_str(), "payment": payment });
        world.log().line(&form::text(&line));
    }
    let back = thing::number(&found, "amount_refunded").unwrap_or(0);
    booked(world, payment, || desk::clawback(world, &owner, payment, back)).await?;
    Ok(Done::Stored)
}

async fn dispute<W: World>(world: &W, id: &str) -> Result<Done, Failure> {
    let found = bank::look(world, &format!("disputes/{}", part(id)), LIMIT).await?;
    let Some(found) = found else { return Ok(Done::Ignored) };
    let about = thing::text(&found, "charge").ok_or_else(|| bank::missing("a charge"))?;
    let charge = bank::look(world, &format!("charges/{}", part(about)), LIMIT).await?;
    let Some(charge) = charge else { return Ok(Done::Ignored) };
    let Some((owner, payment)) = sale(&charge) else { return plans(world, &charge).await };
    let taken = match thing::text(&found, "status") {
        Some(status) if plan::is_taken(status) => true,
        Some("won") => false,
        _ => return Ok(Done::Waiting),
    };
    booked(world, payment, || desk::dispute(world, &owner, payment, taken)).await?;
    Ok(Done::Stored)
}

/// Whose credits a payment was for, and its name in their book.
fn sale(charge: &Value) -> Option<(Owner, &str)> {
    let (person, product) = sold(charge)?;
    product.credits()?;
    Some((Owner::from(&person), thing::text(charge, "payment_intent")?))
}

async fn plans<W: World>(world: &W, charge: &Value) -> Result<Done, Failure> {
    match thing::text(charge, "customer") {
        Some(customer) => Ok(stored(plan::renew(world, customer, LIMIT).await?)),
        None => Ok(Done::Ignored),
    }
}

/// What goes back may be told before what was sold: then that is seen to first.
async fn booked<W: World, F: Future<Output = Result<(), Failure>>>(
    world: &W,
    payment: &str,
    take: impl Fn() -> F,
) -> Result<(), Failure> {
    let done = take().await;
    let unknown =
        |failure: &Failure| matches!(failure.refusal(), Some(Refusal::Unprocessable { .. } | Refusal::Conflict { .. }));
    if !done.as_ref().is_err_and(unknown) {
        return done;
    }
    let path = format!("checkout/sessions?payment_intent={}&limit=1", part(payment));
    let found = bank::look(world, &path, LIMIT).await?;
    let id = thing::list(found.as_ref()).first().and_then(|found| thing::text(found, "id"));
    let id = id.ok_or_else(|| bank::missing("a visit"))?;
    let state = visit(world, id, false).await?;
    let done = take().await;
    // Where nothing was given nothing can be taken.
    if state == Some(FAILED) && done.as_ref().is_err_and(unknown) { Ok(()) } else { done }
}

/// How long the log of events is kept.
const KEPT: Millis = Millis::of_seconds(90 * 24 * 60 * 60);

/// By then a Wallet that was closed has cleared everything itself.
const CLEARED: Millis = Millis::of_seconds(24 * 60 * 60);

/// 1. What is older than that goes.
/// 2. What somebody has written who was leaving goes as they did: their plan first.
pub async fn sweep<W: World>(world: &W) -> Result<(), Fault> {
    let now = world.clock().now();
    // 1
    store::sweep_payments(world.db(), now.minus(KEPT)).await?;
    // 2
    for owner in store::left(world.db(), now.minus(CLEARED)).await? {
        if let Some(person) = UserId::parse(&owner) {
            plan::cancel(world, &person).await?;
        }
    }
    Ok(())
}

/// An event of Stripe's by its name, as Stripe has it.
pub async fn again<W: World>(world: &W, id: &str) -> Result<Done, Failure> {
    let found = bank::look(world, &format!("events/{}", part(id)), LIMIT).await?;
    let event = found.as_ref().and_then(event::of).ok_or(Refusal::NotFound)?;
    handle(world, &event).await
}
