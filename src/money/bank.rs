//! How the house speaks to Stripe.

use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::http::{Http, HttpFailure, Reply};
use crate::upstream::stripe::{self, Account, PROVIDER};

/// A person who waits, and a webhook that Stripe gives up after some twenty seconds.
pub const LIMIT: Millis = Millis::of_seconds(8);

fn account<W: World>(world: &W, limit: Millis) -> Result<Account<'_>, Fault> {
    Ok(Account { base: &world.config().stripe.url, key: world.config().stripe_key()?, limit })
}

fn told(reply: Result<Reply, HttpFailure>) -> Result<Option<Value>, Fault> {
    let reply = reply.map_err(|failure| failure.of(PROVIDER))?;
    stripe::answer(reply.status, &reply.body)
}

/// What stands there; None where nothing does.
pub async fn look<W: World>(world: &W, path: &str, limit: Millis) -> Result<Option<Value>, Fault> {
    let question = stripe::question(&account(world, limit)?, path);
    told(world.http().get(question).await)
}

/// What came of it. With a key it is done once, however often it is asked for.
pub async fn order<W: World>(world: &W, path: &str, key: Option<&str>, pairs: &[(&str, &str)]) -> Result<Value, Fault> {
    let (ask, form) = stripe::order(&account(world, LIMIT)?, path, key, pairs);
    told(world.http().post(ask, form).await)?.ok_or_else(|| missing("what was ordered"))
}

/// The same. What Stripe has failed at it fails at by the same key for a day: then once more, by another.
pub async fn order_anew<W: World>(
    world: &W,
    path: &str,
    (key, other): (&str, &str),
    pairs: &[(&str, &str)],
) -> Result<Value, Fault> {
    let (ask, form) = stripe::order(&account(world, LIMIT)?, path, Some(key), pairs);
    let reply = world.http().post(ask, form).await;
    // One that was lost on its way, whatever the network makes of it, may have been done.
    if reply.as_ref().is_ok_and(|reply| stripe::has_failed(reply.status, &reply.body)) {
        return order(world, path, Some(other), pairs).await;
    }
    told(reply)?.ok_or_else(|| missing("what was ordered"))
}

/// Ends it; what is not there has ended.
pub async fn end<W: World>(world: &W, path: &str) -> Result<(), Fault> {
    let question = stripe::question(&account(world, LIMIT)?, path);
    told(world.http().delete(question).await).map(drop)
}

/// Whether Stripe does not know the customer that was spoken of: taken away there, or of the other mode.
pub fn is_gone(fault: &Fault) -> bool {
    matches!(fault, Fault::ProviderRefused { why, .. } if why.ends_with(" resource_missing customer"))
}

/// An answer that lacks what it must have.
pub fn missing(what: &str) -> Fault {
    Fault::Provider { provider: PROVIDER, why: format!("an answer without {what}") }
}
