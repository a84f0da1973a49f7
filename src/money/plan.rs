//! Plans: what Stripe says of somebody's subscriptions becomes a moment until which their interviews are covered.

use serde_json::Value;

use super::bank::{self, LIMIT};
use super::catalogue::{self, Product};
use super::desk::{self, Entitlement};
use super::store::{self, Plan};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::{self, object};
use crate::domain::id::{Owner, UserId};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;
use crate::upstream::stripe::thing::{self, Status, Subscription};
use crate::upstream::stripe::{PROVIDER, part};

/// How long a renewal may be on its way.
const GRACE: Millis = Millis::of_seconds(3 * 24 * 60 * 60);
/// A plan that is over for no longer than this may have been renewed just now.
const LATELY: Millis = Millis::of_seconds(7 * 24 * 60 * 60);
/// A person waits at the start of an interview.
const SHORT: Millis = Millis::of_seconds(2);

/// A plan, and the subscription that it is.
struct Told {
    /// To whom it was sold.
    owner: String,
    product: Product,
    subscription: Subscription,
    state: &'static str,
    /// What a page says.
    until: Millis,
    /// What the Wallet is told.
    covers: Millis,
}

impl Told {
    /// What was paid for it has gone back. It covers nothing, and where it goes on it will be paid again.
    fn goes_back(&mut self, as_of: Millis) {
        self.covers = as_of;
        match self.state {
            "renews" => self.state = "back",
            _ => (self.state, self.until) = ("over", as_of),
        }
    }

    fn rank(&self) -> (Millis, bool) {
        (self.covers, self.state != "over")
    }
}

/// 1. All that this customer has subscribed to, as it is now.
/// 2. Whose it is: as we know, or as we wrote on it when it was sold.
/// 3. The Wallet: of two that were asked at the same time the later question counts. Who has left has no plan.
/// 4. What pages show.
///
/// False where this is nobody of ours, or none of our plans.
pub async fn renew<W: World>(world: &W, customer: &str, limit: Millis) -> Result<bool, Failure> {
    // 1
    let as_of = world.clock().now();
    let Some(told) = latest(world, customer, as_of, as_of.plus(limit)).await? else { return Ok(false) };
    // 2
    let known = store::person(world.db(), customer).await?;
    let Some(person) = UserId::parse(known.as_ref().unwrap_or(&told.owner)) else { return Ok(false) };
    // 3
    let key = format!("{}:{}", told.subscription.id, as_of.count());
    match desk::entitle(world, &Owner::from(&person), Entitlement { key, until: told.covers, as_of }).await {
        Err(failure) if failure.refusal() == Some(&Refusal::AccountClosed) => {
            if goes_on(told.subscription.status) {
                end(world, &told.subscription.id).await?;
            }
            return Ok(true);
        }
        entitled => entitled?,
    }
    // 4
    if known.is_none() {
        store::customer(world.db(), &person, customer, as_of).await?;
    }
    let (amount, currency) = told.subscription.price.map(|price| (price.amount, price.currency)).unzip();
    let (product, state) = (told.product.word().to_owned(), told.state.to_owned());
    let plan = Plan { product, state, until: told.until, amount, currency, as_of };
    store::write_plan(world.db(), &person, &plan).await?;
    Ok(true)
}

/// Of several the one that covers longest. Two that go on are paid for twice: an operator is told.
async fn latest<W: World>(world: &W, customer: &str, as_of: Millis, until: Millis) -> Result<Option<Told>, Fault> {
    let (mut latest, mut going): (Option<Told>, usize) = (None, 0);
    for thing in subscriptions(world, customer, until).await? {
        let sold = thing::note(&thing, "product").and_then(Product::parse).filter(|sold| sold.credits().is_none());
        let Some((sold, subscription)) = sold.zip(thing::subscription(&thing)) else { continue };
        // Another may have been chosen since it was sold.
        let now = catalogue::ALL
            .iter()
            .find(|plan| plan.credits().is_none() && subscription.price.as_ref().is_some_and(|price| plan.fits(price)));
        let owner = thing::note(&thing, "user").unwrap_or_default().to_owned();
        let Some(mut told) = standing(owner, *now.unwrap_or(&sold), subscription, as_of) else { continue };
        going += usize::from(told.covers > as_of);
        if told.covers > as_of && !is_paid(world, &told.subscription, until).await? {
            told.goes_back(as_of);
        }
        if latest.as_ref().is_none_or(|latest| latest.rank() < told.rank()) {
            latest = Some(told);
        }
    }
    if going > 1 {
        let line = object!({ "level": "alert", "event": "several plans", "customer": customer, "plans": going });
        world.log().line(&form::text(&line));
    }
    Ok(latest)
}

async fn subscriptions<W: World>(world: &W, customer: &str, until: Millis) -> Result<Vec<Value>, Fault> {
    let path =
        format!("subscriptions?customer={}&status=all&limit=100&expand[]=data.latest_invoice.payments", part(customer));
    match look(world, &path, until).await {
        Err(fault) if bank::is_gone(&fault) => Ok(Vec::new()),
        all => Ok(thing::list(all?.as_ref()).to_vec()),
    }
}

/// One of several questions that may not take longer all together.
async fn look<W: World>(world: &W, path: &str, until: Millis) -> Result<Option<Value>, Fault> {
    match until.since(world.clock().now()) {
        left if left > Millis::default() => bank::look(world, path, left).await,
        _ => Err(Fault::ProviderTimeout { provider: PROVIDER }),
    }
}

/// None for one whose first payment is not made.
fn standing(owner: String, product: Product, subscription: Subscription, as_of: Millis) -> Option<Told> {
    let (begin, end) = subscription.period.unwrap_or((as_of, as_of));
    let (state, until, covers) = match subscription.status {
        Status::Incomplete | Status::IncompleteExpired => return None,
        Status::Active | Status::Trialing => match subscription.ends_at {
            Some(ends_at) if ends_at <= end => ("ends", ends_at, ends_at.plus(GRACE)),
            _ => ("renews", end, end.plus(GRACE)),
        },
        // The period that has begun is not paid; the last one that was ended when it began.
        Status::PastDue => ("failed", begin.plus(GRACE), begin.plus(GRACE)),
        Status::Canceled | Status::Unpaid | Status::Paused => {
            let ended = subscription.ended_at.unwrap_or(as_of).min(as_of);
            ("over", ended, ended)
        }
    };
    Some(Told { owner, product, subscription, state, until, covers })
}

/// Whether what was paid last is still ours: not sent back, and not disputed.
async fn is_paid<W: World>(world: &W, subscription: &Subscription, until: Millis) -> Result<bool, Fault> {
    let Some(payment) = subscription.payment.as_deref() else { return Ok(true) };
    if is_back(world, payment, until).await? {
        return Ok(false);
    }
    let path = format!("disputes?payment_intent={}&limit=100", part(payment));
    let disputes = look(world, &path, until).await?;
    let lost = |dispute: &Value| thing::text(dispute, "status").is_some_and(is_taken);
    Ok(!thing::list(disputes.as_ref()).iter().any(lost))
}

/// Whether all of a payment has gone back.
pub async fn is_back<W: World>(world: &W, payment: &str, until: Millis) -> Result<bool, Fault> {
    let charges = look(world, &format!("charges?payment_intent={}&limit=100", part(payment)), until).await?;
    let back = |charge: &Value| {
        let [amount, back] = ["amount", "amount_refunded"].map(|name| thing::number(charge, name).unwrap_or(0));
        amount > 0 && back >= amount
    };
    Ok(thing::list(charges.as_ref()).iter().any(back))
}

/// Whether the money of a dispute is away: an inquiry takes none, and a dispute that is won gives it back.
pub fn is_taken(status: &str) -> bool {
    matches!(status, "needs_response" | "under_review" | "lost")
}

/// Somebody without credits, whose plan seems to be over since a moment ago: perhaps Stripe's word is on its way.
/// True, where it is worth asking the Wallet once more.
pub async fn renewed<W: World>(world: &W, person: &UserId) -> bool {
    let now = world.clock().now();
    let known = store::planned(world.db(), person).await;
    let lapsed = |plan: &Plan| plan.state != "over" && now.since(plan.until) < LATELY;
    match known {
        Ok(Some((customer, Some(plan)))) if lapsed(&plan) => renew(world, &customer, SHORT).await.unwrap_or(false),
        _ => false,
    }
}

/// A plan that somebody has bought who is gone: it ends, and an operator is told to send the money back.
pub async fn late<W: World>(world: &W, person: &UserId, subscription: &str) -> Result<(), Fault> {
    end(world, subscription).await?;
    let why = format!("{subscription} is to be refunded");
    let line = object!({ "level": "alert", "event": "late plan", "owner": person.as_str(), "why": why });
    world.log().line(&form::text(&line));
    Ok(())
}

fn goes_on(status: Status) -> bool {
    !matches!(status, Status::Canceled | Status::IncompleteExpired)
}

/// Ends a subscription at Stripe, now.
async fn end<W: World>(world: &W, subscription: &str) -> Result<(), Fault> {
    bank::end(world, &format!("subscriptions/{}", part(subscription))).await
}

/// The person is leaving: whatever they subscribed to ends now, and who they are at Stripe is forgotten here.
pub async fn cancel<W: World>(world: &W, person: &UserId) -> Result<(), Fault> {
    if let Some((customer, _)) = store::planned(world.db(), person).await? {
        for thing in subscriptions(world, &customer, world.clock().now().plus(LIMIT)).await? {
            let Some(subscription) = thing::subscription(&thing) else { continue };
            if goes_on(subscription.status) {
                end(world, &subscription.id).await?;
            }
        }
    }
    store::forget(world.db(), person).await
}
