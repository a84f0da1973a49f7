//! The verbs of buying, and of what Stripe tells.

use serde_json::Value;

use super::JSON;
use crate::domain::failure::{Failure, Refusal};
use crate::domain::form::{self, object};
use crate::domain::id::{IdempotencyKey, UserId};
use crate::edge::answer::Answer;
use crate::edge::document;
use crate::edge::route::Verb;
use crate::money::catalogue::Product;
use crate::money::shop::{self, Return, Wish};
use crate::money::{compare, reconcile, till};
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::incoming::Incoming;

pub async fn billing<W: World>(
    world: &W,
    incoming: &impl Incoming,
    person: &UserId,
    verb: Verb,
    id: &str,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Checkout => Answer::json(201, &checkout(world, incoming, person).await?),
        Verb::Portal => {
            let told = body(incoming, &["returnTo"]).await?;
            let origin = incoming.header("origin");
            Answer::json(200, &shop::portal(world, person, back(&told)?, origin.as_deref()).await?)
        }
        Verb::Visit => Answer::json(200, &shop::visited(world, person, id).await?),
        _ => Answer::json(200, &shop::products(world, person).await?),
    }
}

async fn checkout<W: World>(world: &W, incoming: &impl Incoming, person: &UserId) -> Result<Value, Failure> {
    let told = body(incoming, &["product", "returnTo", "terms"]).await?;
    let wrong = |field| Refusal::BadRequest { field };
    let key = incoming.header("idempotency-key").and_then(|key| IdempotencyKey::parse(&key));
    let wish = Wish {
        product: text(&told, "product").and_then(Product::parse).ok_or(wrong("product"))?,
        back: back(&told)?,
        terms: text(&told, "terms"),
        key: key.ok_or(wrong("Idempotency-Key"))?,
        origin: incoming.header("origin"),
    };
    shop::checkout(world, person, &wish).await
}

/// These members and no others.
async fn body(incoming: &impl Incoming, names: &[&str]) -> Result<Value, Failure> {
    let bytes = document::read(incoming, &[JSON], JSON).await?;
    let told = form::only(names, &bytes);
    let wrong = || Refusal::BadRequest { field: "body" };
    let told = told.map_err(|error| if error.is_data() { wrong() } else { Refusal::BadJson })?;
    let known = told.as_object().is_some_and(|told| told.keys().all(|name| names.contains(&name.as_str())));
    if known { Ok(told) } else { Err(wrong().into()) }
}

fn text<'a>(told: &'a Value, name: &str) -> Option<&'a str> {
    told.get(name).and_then(Value::as_str)
}

fn back(told: &Value) -> Result<Return, Refusal> {
    text(told, "returnTo").and_then(Return::parse).ok_or(Refusal::BadRequest { field: "returnTo" })
}

/// The effect comes before the row of the log, and both before the answer.
pub async fn event<W: World>(world: &W, incoming: &impl Incoming) -> Result<Answer, Failure> {
    let bytes = document::read_up_to(document::WEBHOOK_LIMIT, incoming, &[JSON], JSON).await?;
    let done = till::take(world, incoming.header("stripe-signature").as_deref(), &bytes).await?;
    Answer::json(200, &object!({ "done": done.word() }))
}

pub async fn operate<W: World>(
    world: &W,
    incoming: &impl Incoming,
    admin: bool,
    verb: Verb,
) -> Result<Answer, Failure> {
    match verb {
        Verb::Replay => {
            let told = body(incoming, &["event"]).await?;
            let event = text(&told, "event").ok_or(Refusal::BadRequest { field: "event" })?;
            return Answer::json(200, &compare::replay(world, event).await?);
        }
        Verb::Compare => {
            document::read(incoming, &[JSON], JSON).await?;
            compare::now(world, &reconcile::day(world.clock().now())).await?;
        }
        _ => {}
    }
    Answer::json(200, &compare::standing(world, admin).await?)
}
