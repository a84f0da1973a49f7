//! Who is asking. A Clerk session token in, a [`Session`] out, or a refusal.

use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Clerk;
use crate::port::http::Http;
use crate::port::keyring::{LOST, Look};
use crate::port::rsa::Rsa;
use crate::upstream::clerk::jwks;
use crate::upstream::clerk::token::{Expected, Session, Token};

/// How long a request waits before it looks again whether another one has learned the keys.
const LOOK_AGAIN: Millis = Millis::new(25);

type Key<W> = <<W as World>::Rsa as Rsa>::Key;

/// 1. Take the token apart.
/// 2. Judge the claims, only to refuse.
/// 3. Find the key.
/// 4. Check the signature.
/// 5. Only a true token is told that it has expired.
pub async fn check<W: World>(world: &W, text: &str) -> Result<Session, Failure> {
    let clerk = world.config().clerk()?;
    if clerk.authorized_parties.is_empty() {
        return Err(Fault::NotConfigured { setting: "CLERK_AUTHORIZED_PARTIES" }.into());
    }
    let now = world.clock().now();
    // 1
    let token = Token::parse(text).map_err(bad)?;
    // 2
    let expected = Expected { issuer: &clerk.frontend_api, parties: &clerk.authorized_parties, now };
    let session = token.judge(&expected).map_err(bad)?;
    // 3
    let key = match &clerk.jwt_key {
        Some(pem) => pem_key(world, pem).await?,
        None => key(world, clerk, token.kid.as_deref().filter(|kid| !kid.is_empty()).ok_or(bad("no key id"))?).await?,
    };
    // 4
    if !world.rsa().verify(&key, token.signed, &token.signature).await? {
        return Err(bad("signature"));
    }
    // 5
    if token.expired(now) {
        return Err(Refusal::TokenExpired.into());
    }
    Ok(session)
}

fn bad(why: &'static str) -> Failure {
    Refusal::BadToken { why }.into()
}

async fn key<W: World>(world: &W, clerk: &Clerk, kid: &str) -> Result<Key<W>, Failure> {
    let began = world.clock().now();
    loop {
        let now = world.clock().now();
        let look = world.keyring().borrow_mut().look(kid, now);
        match look {
            Look::Use(key) => {
                world.mark("CACHE_HIT");
                return Ok(key);
            }
            Look::Ask { ticket, fallback } => {
                if let Err(fault) = learn(world, clerk, ticket).await {
                    world.keyring().borrow_mut().failed(ticket);
                    world.trace().note(fault.reason());
                    return fallback.ok_or(fault.into());
                }
            }
            Look::Wait if now.since(began) < LOST => world.clock().sleep(LOOK_AGAIN).await,
            Look::Wait => return Err(Fault::ProviderTimeout { provider: "clerk" }.into()),
            Look::Unknown => return Err(bad("unknown key id")),
            Look::Busy { retry_after } => return Err(Fault::ProviderBusy { provider: "clerk", retry_after }.into()),
        }
    }
}

async fn learn<W: World>(world: &W, clerk: &Clerk, ticket: u32) -> Result<(), Fault> {
    let reply = world.http().get(jwks::ask(&clerk.frontend_api)).await.map_err(|failure| failure.of("clerk"))?;
    let mut keys = Vec::new();
    for (kid, key) in jwks::read(reply.status, &reply.body)? {
        // A key that is none keeps nobody out who is known by another.
        if let Ok(key) = world.rsa().import(&key).await {
            keys.push((kid, key));
        }
    }
    if keys.is_empty() {
        return Err(Fault::Provider { provider: "clerk", why: "no key of the set can be imported".to_owned() });
    }
    world.mark("KEYS_LEARNED");
    world.keyring().borrow_mut().learned(ticket, keys, world.clock().now());
    Ok(())
}

async fn pem_key<W: World>(world: &W, pem: &str) -> Result<Key<W>, Failure> {
    if let Some(key) = world.keyring().borrow().pinned() {
        return Ok(key);
    }
    let imported = world.rsa().import(&jwks::from_pem(pem)?).await;
    let key = imported.map_err(|_| Fault::NotConfigured { setting: "CLERK_JWT_KEY" })?;
    world.keyring().borrow_mut().pin(key.clone());
    Ok(key)
}
