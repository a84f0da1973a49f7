//! The book against Stripe's events of the last two days, both ways: every night, and when an operator asks.

use serde_json::Value;

use super::bank::{self, LIMIT};
use super::catalogue::Product;
use super::store::{self, Claimed, Compared, Found};
use super::till;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault};
use crate::domain::form::{self, object};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::upstream::stripe::event::{self, About, Event};
use crate::upstream::stripe::{part, thing};

const SPAN: Millis = Millis::of_seconds(48 * 60 * 60);
/// What is younger may be on its way still.
const YOUNG: Millis = Millis::of_seconds(10 * 60);
/// Pages of a hundred at one stroke of the cron; what is left comes at the next.
const PAGES: usize = 10;
/// Purchases that nobody told us of, looked up one by one.
const UNTOLD: i64 = 50;
const KINDS: &[&str] = &[
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "invoice.paid",
    "invoice.payment_failed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
];

/// A stroke of the cron: the day's comparison, or what is left of it.
pub async fn night<W: World>(world: &W, day: &str) -> Result<(), Failure> {
    if world.config().stripe.key.is_none() {
        return Ok(());
    }
    let round = store::compared(world.db(), day).await?;
    if round.finished_at.is_none() { go_on(world, day, round).await } else { Ok(()) }
}

/// The same from its beginning, now.
pub async fn now<W: World>(world: &W, day: &str) -> Result<(), Failure> {
    world.config().stripe_key()?;
    store::compare_anew(world.db(), day).await?;
    go_on(world, day, Compared::default()).await
}

/// 1. Page by page, the newest first: which events had no effect here, and what they say that the book does not.
/// 2. In the end what the book says that no event told: does Stripe?
/// 3. What was found is one line of the log.
async fn go_on<W: World>(world: &W, day: &str, mut round: Compared) -> Result<(), Failure> {
    let began = world.clock().now();
    for _ in 0..PAGES {
        let first = round.upto.is_none();
        // 1
        let (events, more) = page(world, began.minus(SPAN), round.upto.as_deref()).await?;
        let old: Vec<&(Event, Value)> = events.iter().filter(|(_, told)| is_old(told, began)).collect();
        let mut found = unbooked(world, &old).await?;
        // Of an event that is missed in the book too, that says more.
        let told: Vec<String> = found.iter().map(|found| found.id.clone()).collect();
        found.extend(untaken(world, &old).await?.into_iter().filter(|found| !told.contains(&found.id)));
        round.upto = events.last().map(|(event, _)| event.id.clone()).or(round.upto);
        round.events = round.events.saturating_add(i64::try_from(events.len()).unwrap_or(0));
        // 2
        if !more {
            found.extend(unpaid(world, began).await?);
            round.finished_at = Some(world.clock().now());
        }
        round.different = round.different.saturating_add(i64::try_from(found.len()).unwrap_or(0));
        store::write_compared(world.db(), day, &round, &found, first, world.clock().now()).await?;
        if !more {
            break;
        }
    }
    // 3
    if round.finished_at.is_some() {
        let level = if round.different > 0 { "alert" } else { "info" };
        let line = object!({ "level": level, "event": "payments compared", "events": round.events,
            "different": round.different });
        world.log().line(&form::text(&line));
    }
    Ok(())
}

async fn page<W: World>(world: &W, since: Millis, after: Option<&str>) -> Result<(Vec<(Event, Value)>, bool), Fault> {
    let mut path = format!("events?limit=100&created[gte]={}", since.count() / 1000);
    for kind in KINDS {
        path.push_str("&types[]=");
        path.push_str(kind);
    }
    if let Some(after) = after {
        path.push_str("&starting_after=");
        path.push_str(&part(after));
    }
    let told = bank::look(world, &path, LIMIT).await?.unwrap_or_default();
    let more = told.get("has_more").and_then(Value::as_bool) == Some(true);
    let live = world.config().stripe.live();
    let events = thing::list(Some(&told)).iter().filter_map(|told| Some((event::of(told)?, told.clone())));
    Ok((events.filter(|(event, _)| event.live == live).collect(), more))
}

fn is_old(told: &Value, now: Millis) -> bool {
    thing::moment(told, "created").is_some_and(|created| now.since(created) > YOUNG)
}

async fn untaken<W: World>(world: &W, events: &[&(Event, Value)]) -> Result<Vec<Found>, Fault> {
    let ours = events.iter().filter(|(event, _)| event.about != About::Nothing);
    let ids: Vec<&str> = ours.map(|(event, _)| event.id.as_str()).collect();
    let missing = store::untaken(world.db(), &ids).await?;
    let kind = |id: &str| events.iter().find(|(event, _)| event.id == id).map_or("", |(event, _)| &event.kind);
    Ok(missing.into_iter().map(|id| Found { owner: None, what: format!("{} was not taken", kind(&id)), id }).collect())
}

/// Credits that were paid for, or whose money went back, without a word of it in the book.
async fn unbooked<W: World>(world: &W, events: &[&(Event, Value)]) -> Result<Vec<Found>, Fault> {
    let claimed: Vec<Claimed> =
        events.iter().filter_map(|(event, told)| claim(event, told.pointer("/data/object")?)).collect();
    let missing = store::unbooked(world.db(), &claimed).await?;
    let said = claimed.into_iter().filter(|claim| missing.contains(&claim.id));
    Ok(said.map(|claim| Found { owner: Some(claim.owner), what: claim.what.to_owned(), id: claim.id }).collect())
}

/// What the book must say because of an event.
fn claim(event: &Event, about: &Value) -> Option<Claimed> {
    let product = thing::note(about, "product").and_then(Product::parse)?;
    let credits = product.credits()?;
    let owner = thing::note(about, "user")?.to_owned();
    let (key, or, what) = match &event.about {
        About::Visit(id) if thing::is_paid(about) => {
            (format!("purchase:{id}"), String::new(), "paid for, and not in the book")
        }
        About::Charge(_) => {
            let [amount, back] = ["amount", "amount_refunded"].map(|name| thing::number(about, name).unwrap_or(0));
            // Of a few cents no share of a credit is left.
            credits.share(back, amount).filter(|share| *share != Credits::ZERO)?;
            let payment = thing::text(about, "payment_intent")?;
            // A dispute has taken all there is.
            (format!("clawback:{payment}:"), format!("dispute:{payment}"), "refunded, and not in the book")
        }
        _ => return None,
    };
    Some(Claimed { id: event.id.clone(), owner, key, or, what })
}

/// Purchases that no event told us of, and that Stripe does not know as paid.
async fn unpaid<W: World>(world: &W, now: Millis) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    for (owner, visit) in store::untold(world.db(), now.minus(SPAN), now.minus(YOUNG), UNTOLD).await? {
        let path = format!("checkout/sessions/{}", part(&visit));
        let told = bank::look(world, &path, LIMIT).await?.unwrap_or_default();
        if !thing::is_paid(&told) {
            found.push(Found { owner: Some(owner), what: "in the book, and not paid for".to_owned(), id: visit });
        }
    }
    Ok(found)
}

/// An operator has an event done again: whatever it had done already stays as it is.
pub async fn replay<W: World>(world: &W, id: &str) -> Result<Value, Failure> {
    Ok(object!({ "done": till::again(world, id).await?.word() }))
}

/// How many webhooks have come to nothing so far.
pub async fn failures<W: World>(world: &W) -> Result<i64, Fault> {
    store::count_failures(world.db()).await
}

/// What operators see of webhooks: whether they come, which failed, and what the last comparison found.
pub async fn standing<W: World>(world: &W, admin: bool) -> Result<Value, Failure> {
    let now = world.clock().now();
    let config = world.config();
    let store::Webhooks { last, failures, round, differences } = store::webhooks(world.db()).await?;
    let ok = failures.is_empty() && differences.is_empty();
    if !admin {
        return Ok(object!({ "ok": ok }));
    }
    let last = |provider: &str| last.iter().find(|last| last.provider == provider).map(|last| last.at);
    let age = |at: Option<Millis>| at.map(|at| now.since(at).count() / 1000);
    let mode = config.stripe.key.as_ref().map(|_| if config.stripe.live() { "live" } else { "test" });
    let [stripe, clerk] = ["stripe", "clerk"].map(last);
    let failures = failures.iter().map(|failure| {
        object!({ "provider": failure.provider.as_str(), "id": failure.id.as_str(), "type": failure.kind.as_str(),
            "at": failure.at.iso(), "tries": failure.tries, "why": failure.why.as_str() })
    });
    let differences = differences.iter().map(|found| {
        object!({ "id": found.id.as_str(), "owner": found.owner.as_deref(), "what": found.what.as_str(),
            "foundAt": found.found_at.iso() })
    });
    Ok(object!({
        "ok": ok,
        "stripe": object!({ "mode": mode, "secretSet": !config.stripe.webhook_secrets.is_empty(),
            "lastEventAt": stripe.map(Millis::iso), "lastEventAgeSeconds": age(stripe) }),
        "clerk": object!({ "secretSet": !config.webhook_secrets.is_empty(), "lastEventAt": clerk.map(Millis::iso),
            "lastEventAgeSeconds": age(clerk) }),
        "failures": failures.collect::<Vec<Value>>(), "differences": differences.collect::<Vec<Value>>(),
        "round": round.map(|(day, round)| object!({ "day": day, "events": round.events, "different": round.different,
            "finishedAt": round.finished_at.map(Millis::iso) })),
    }))
}
