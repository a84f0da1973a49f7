//! `GET /api/ice-servers`, `GET /api/xirsys-ice-servers`: by what ways a browser may reach the interviewer. Vendors are
//! asked in turn; one that is away, slow or talks nonsense makes the list shorter, and a line of the log tells of it.

use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::form::{object, words};
use crate::domain::id::UserId;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Config;
use crate::port::http::Http;
use crate::port::shelf::{Given, LIFE, Look};
use crate::upstream::turn::{cloudflare, xirsys};

words! {
    Vendor { Cloudflare = "cloudflare", Xirsys = "xirsys" }
}

pub const VENDORS: [Vendor; 2] = [Vendor::Cloudflare, Vendor::Xirsys];

/// What needs no call to anybody, as `RTCPeerConnection` takes it.
pub fn own(config: &Config) -> Vec<Value> {
    let urls = &config.stun_urls;
    if urls.is_empty() { Vec::new() } else { vec![object!({ "urls": urls.clone() })] }
}

/// Our own list, and behind it the relays of Cloudflare or else of Xirsys; enhanced, the other way round.
pub async fn list<W: World>(world: &W, person: &UserId, enhanced: bool) -> Value {
    let vendors = if enhanced { [Vendor::Xirsys, Vendor::Cloudflare] } else { VENDORS };
    let found = first(world, person, vendors).await;
    let source = match &found {
        Some((Vendor::Cloudflare, _)) | None if enhanced => "fallback",
        Some((vendor, _)) => vendor.word(),
        None => "stun",
    };
    let mut servers = own(world.config());
    let expires = found.map(|(_, given)| {
        servers.extend(given.servers);
        given.expires.iso()
    });
    object!({ "iceServers": servers, "source": source, "expiresAt": expires })
}

/// Of the first vendor that has something to give; the same person is given the same for a while.
async fn first<W: World>(world: &W, person: &UserId, vendors: [Vendor; 2]) -> Option<(Vendor, Given)> {
    for vendor in vendors.into_iter().filter(|vendor| is_set(world.config(), *vendor)) {
        let now = world.clock().now();
        let look = world.shelf().borrow().relays.look(person.as_str(), vendor.word(), now);
        match look {
            Look::Use(given) => return Some((vendor, given)),
            Look::Rest => {}
            Look::Ask => match ask(world, vendor).await {
                Ok(servers) => {
                    let given = Given { servers, expires: now.plus(LIFE) };
                    world.shelf().borrow_mut().relays.keep(person.as_str(), vendor.word(), given.clone());
                    return Some((vendor, given));
                }
                Err(fault) => world.trace().note(fault.reason()),
            },
        }
    }
    None
}

pub fn is_set(config: &Config, vendor: Vendor) -> bool {
    match vendor {
        Vendor::Cloudflare => config.turn.cloudflare.is_some(),
        Vendor::Xirsys => config.turn.xirsys.is_some(),
    }
}

/// Asks one vendor, now. What it is not told: for whom.
pub async fn ask<W: World>(world: &W, vendor: Vendor) -> Result<Vec<Value>, Fault> {
    let told = question(world, vendor).await;
    world.mark("RELAYS");
    world.shelf().borrow_mut().relays.answered(vendor.word(), told.is_ok(), world.clock().now());
    told
}

async fn question<W: World>(world: &W, vendor: Vendor) -> Result<Vec<Value>, Fault> {
    let turn = &world.config().turn;
    let reply = match (vendor, &turn.cloudflare, &turn.xirsys) {
        (Vendor::Cloudflare, Some(key), _) => {
            let account = cloudflare::Account { base: &turn.cloudflare_url, key: &key.id, token: &key.token };
            let (ask, body) = cloudflare::ask(&account, LIFE);
            world.http().post(ask, body).await
        }
        (Vendor::Xirsys, _, Some(channel)) => {
            let (ident, secret, channel) = (&channel.ident, &channel.secret, &channel.name);
            let (ask, body) = xirsys::ask(&xirsys::Account { base: &turn.xirsys_url, ident, secret, channel }, LIFE);
            world.http().put(ask, &body).await
        }
        _ => return Err(Fault::NotConfigured { setting: vendor.word() }),
    };
    let reply = reply.map_err(|failure| failure.of(vendor.word()))?;
    match vendor {
        Vendor::Cloudflare => cloudflare::read(reply.status, &reply.body),
        Vendor::Xirsys => xirsys::read(reply.status, &reply.body),
    }
}
