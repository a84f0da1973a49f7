//! Buying: what is offered to whom, the way to Stripe's checkout and back, and to where a plan is changed.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::bank::{self, LIMIT};
use super::catalogue::{self, Product};
use super::store::{self, Buyer, Plan};
use super::{desk, plan};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::{object, words};
use crate::domain::id::{IdempotencyKey, Owner, UserId, in_hexadecimal};
use crate::domain::millis::Millis;
use crate::domain::price::Price;
use crate::people::directory;
use crate::port::World;
use crate::port::clock::Clock;
use crate::upstream::stripe::{part, thing};

/// The day from which the terms hold that a buyer agrees to; `static/terms.html` shows the same.
pub const TERMS: &str = "2026-11-21";

const HOUR: Millis = Millis::of_seconds(60 * 60);
/// More visits to Stripe nobody needs, and Stripe has a limit for all of us.
const MOST_AN_HOUR: i64 = 30;

words! {
    /// Where somebody goes on who comes back from Stripe.
    Return { Lobby = "/interview", Credits = "/credits" }
}

/// `GET /api/billing/products`.
///
/// 1. What is known of who asks.
/// 2. What the goods cost.
/// 3. Each of them, with what keeps this person from buying it.
pub async fn products<W: World>(world: &W, person: &UserId) -> Result<Value, Failure> {
    // 1
    open(world)?;
    let (buyer, plan) = store::buyer(world.db(), person, TERMS).await?;
    // 2
    let prices = catalogue::prices(world).await?;
    // 3
    let monthly = prices.get(2).and_then(Option::as_ref);
    let offers = catalogue::ALL.iter().zip(&prices).map(|(product, price)| {
        let closed = closed(*product, price.as_ref(), &buyer, plan.as_ref());
        catalogue::offer(*product, price.as_ref(), monthly, closed)
    });
    Ok(object!({
        "products": offers.collect::<Vec<Value>>(),
        "plan": plan.as_ref().map(told),
        "customer": buyer.customer.is_some(),
        "terms": object!({ "version": TERMS, "accepted": buyer.agreed == 1 }),
    }))
}

/// Who could not be told of a payment sells nothing.
fn open<W: World>(world: &W) -> Result<(), Fault> {
    world.config().stripe_secrets()?;
    world.config().stripe_key().map(drop)
}

fn told(plan: &Plan) -> Value {
    object!({
        "product": plan.product.as_str(), "state": plan.state.as_str(), "until": plan.until.iso(),
        "amount": plan.amount, "currency": plan.currency.as_deref(),
    })
}

/// In a word, why somebody cannot buy it.
fn closed(product: Product, price: Option<&Price>, buyer: &Buyer, plan: Option<&Plan>) -> Option<&'static str> {
    match price {
        None => Some("no_price"),
        Some(price) if !product.fits(price) => Some("wrong_price"),
        // A pack to top up with, for those who know what they top up.
        _ if product == Product::Pack3 && buyer.known == 0 => Some("top_up"),
        _ if product.credits().is_none() && plan.is_some_and(|plan| plan.state != "over") => Some("has_plan"),
        _ => None,
    }
}

/// What somebody wants to buy, and where they go on afterwards.
pub struct Wish<'a> {
    pub product: Product,
    pub back: Return,
    /// The terms that they have just agreed to.
    pub terms: Option<&'a str>,
    pub key: IdempotencyKey,
    /// Where they came from, as their browser says.
    pub origin: Option<String>,
}

/// `POST /api/billing/checkout`.
///
/// 1. The book of who buys is open, so that what they buy has where to go.
/// 2. They have agreed to the terms.
/// 3. The way to Stripe; once more where Stripe does not know any more who they are.
pub async fn checkout<W: World>(world: &W, person: &UserId, wish: &Wish<'_>) -> Result<Value, Failure> {
    let now = world.clock().now();
    open(world)?;
    // 1
    desk::touch(world, &Owner::from(person)).await?;
    // 2
    let (buyer, _) = store::buyer(world.db(), person, TERMS).await?;
    if buyer.agreed == 0 {
        if wish.terms != Some(TERMS) {
            return Err(Refusal::BadRequest { field: "terms" }.into());
        }
        store::agree(world.db(), person, TERMS, now).await?;
    }
    // 3
    match go(world, person, wish).await {
        Err(Failure::Broken(fault)) if bank::is_gone(&fault) => {
            store::stranger(world.db(), person).await?;
            go(world, person, wish).await
        }
        gone => gone,
    }
}

/// 1. For a plan: what is paid already counts, told or not.
/// 2. It can be bought, by this person, now.
/// 3. Who they are at Stripe.
/// 4. The way there. The same click is the same visit; of several to plans the last one alone can be paid.
async fn go<W: World>(world: &W, person: &UserId, wish: &Wish<'_>) -> Result<Value, Failure> {
    let now = world.clock().now();
    let is_plan = wish.product.credits().is_none();
    // 1
    let (mut buyer, mut plan) = store::buyer(world.db(), person, TERMS).await?;
    if let Some(customer) = buyer.customer.as_ref().filter(|_| is_plan) {
        plan::renew(world, customer, LIMIT).await?;
        (buyer, plan) = store::buyer(world.db(), person, TERMS).await?;
    }
    // 2
    if store::visits(world.db(), person, now.minus(HOUR)).await? >= MOST_AN_HOUR {
        return Err(Refusal::RateLimited { retry_after: HOUR }.into());
    }
    let prices = catalogue::prices(world).await?;
    let price = catalogue::ALL.iter().zip(&prices).find(|(product, _)| **product == wish.product);
    let price = price.and_then(|(_, price)| price.as_ref());
    if let Some(why) = closed(wish.product, price, &buyer, plan.as_ref()) {
        return Err(Refusal::Conflict { why }.into());
    }
    let price = price.ok_or(Refusal::Conflict { why: "no_price" })?;
    // 3
    let customer = match buyer.customer {
        Some(customer) => customer,
        None => become_customer(world, person, &wish.key).await?,
    };
    // 4
    let visit = visit(world, person, wish, price, &customer).await?;
    let (Some(id), Some(url)) = (thing::text(&visit, "id"), thing::text(&visit, "url")) else {
        return Err(bank::missing("an address").into());
    };
    store::visit(world.db(), person, id, wish.product.word(), now).await?;
    if is_plan {
        close_others(world, person, id).await?;
    }
    Ok(object!({ "id": id, "url": url }))
}

/// Two plans at once are paid for twice. A visit that cannot be closed is paid or over already.
async fn close_others<W: World>(world: &W, person: &UserId, id: &str) -> Result<(), Fault> {
    for other in store::open_plan_visits(world.db(), person, id).await? {
        match bank::order(world, &format!("checkout/sessions/{}/expire", part(&other)), None, &[]).await {
            Ok(_) | Err(Fault::ProviderRefused { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Once a person, as far as anybody remembers: two that are made at once are one.
async fn become_customer<W: World>(world: &W, person: &UserId, click: &IdempotencyKey) -> Result<String, Fault> {
    let email = directory::address(world, person).await?;
    let mut pairs = vec![("metadata[user]", person.as_str())];
    pairs.extend(email.as_deref().map(|email| ("email", email)));
    let key = key("customer", person, &pairs);
    let anew = format!("{key}:{}", click.as_str());
    let made = bank::order_anew(world, "customers", (&key, &anew), &pairs).await?;
    let customer = thing::text(&made, "id").filter(|id| thing::is_id(id)).ok_or_else(|| bank::missing("an id"))?;
    store::customer(world.db(), person, customer, world.clock().now()).await
}

/// What was sold is written on the visit, and on what comes of it: Stripe copies nothing from one to the other.
async fn visit<W: World>(
    world: &W,
    person: &UserId,
    wish: &Wish<'_>,
    price: &Price,
    customer: &str,
) -> Result<Value, Fault> {
    let back = format!("{}{}", home(world, wish.origin.as_deref())?, wish.back.word());
    let (paid, left) = (format!("{back}?checkout={{CHECKOUT_SESSION_ID}}"), format!("{back}?checkout=left"));
    let (mode, [user, product, sold]) = if wish.product.credits().is_some() {
        let notes = ["user", "product", "price"].map(|name| format!("payment_intent_data[metadata][{name}]"));
        ("payment", notes)
    } else {
        ("subscription", ["user", "product", "price"].map(|name| format!("subscription_data[metadata][{name}]")))
    };
    let pairs = [
        ("mode", mode),
        ("line_items[0][price]", &price.id),
        ("line_items[0][quantity]", "1"),
        ("customer", customer),
        ("client_reference_id", person.as_str()),
        ("metadata[user]", person.as_str()),
        ("metadata[product]", wish.product.word()),
        ("metadata[price]", &price.id),
        (&user, person.as_str()),
        (&product, wish.product.word()),
        (&sold, &price.id),
        ("allow_promotion_codes", "true"),
        ("success_url", &paid),
        ("cancel_url", &left),
    ];
    let key = format!("{}:{}", wish.key.as_str(), key("checkout", person, &pairs));
    bank::order(world, "checkout/sessions", Some(&key), &pairs).await
}

/// Where the person came from, if that is ours; else where we are at home.
fn home<'a, W: World>(world: &'a W, origin: Option<&str>) -> Result<&'a str, Fault> {
    let ours = &world.config().clerk()?.authorized_parties;
    let came = ours.iter().find(|party| origin == Some(party.as_str()));
    came.or(ours.first()).map(String::as_str).ok_or(Fault::NotConfigured { setting: "CLERK_AUTHORIZED_PARTIES" })
}

/// Of everything that is asked for: what is asked for otherwise is something else.
fn key(what: &str, person: &UserId, pairs: &[(&str, &str)]) -> String {
    let mut all = Sha256::new();
    for text in pairs.iter().flat_map(|(name, value)| [name, value]) {
        all.update(text);
        all.update([0]);
    }
    format!("{what}:{}:{}", person.as_str(), in_hexadecimal(&all.finalize()))
}

/// `GET /api/billing/checkouts/:id`: what came of a visit, by what our book says and nothing else.
pub async fn visited<W: World>(world: &W, person: &UserId, id: &str) -> Result<Value, Failure> {
    let visited = store::visited(world.db(), person, id).await?.ok_or(Refusal::NotFound)?;
    let credits = Product::parse(&visited.product).and_then(Product::credits).map(|credits| credits.to_string());
    Ok(object!({ "id": id, "product": visited.product, "state": visited.state, "credits": credits }))
}

/// `POST /api/billing/portal`: where a plan is changed or ended, cards and invoices are.
pub async fn portal<W: World>(
    world: &W,
    person: &UserId,
    back: Return,
    origin: Option<&str>,
) -> Result<Value, Failure> {
    world.config().stripe_key()?;
    let (buyer, _) = store::buyer(world.db(), person, TERMS).await?;
    let customer = buyer.customer.ok_or(Refusal::Conflict { why: "never bought" })?;
    let back = format!("{}{}", home(world, origin)?, back.word());
    let pairs = [("customer", customer.as_str()), ("return_url", &back)];
    let made = bank::order(world, "billing_portal/sessions", None, &pairs).await?;
    let url = thing::text(&made, "url").ok_or_else(|| bank::missing("an address"))?;
    Ok(object!({ "url": url }))
}
