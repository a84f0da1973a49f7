//! Whoever shows no valid credential is counted by network address.

use std::net::{IpAddr, Ipv4Addr};

use crate::domain::failure::Refusal;
use crate::port::World;
use crate::port::fence::{Fence, PERIOD};
use crate::port::incoming::Incoming;

/// A caller on this machine itself has no network address to be counted by.
pub async fn pass<W: World>(world: &W, incoming: &impl Incoming) -> Result<(), Refusal> {
    let Some(network) = incoming.header("cf-connecting-ip").and_then(|address| network(&address)) else {
        return Ok(());
    };
    if world.fence().pass(&network).await { Ok(()) } else { Err(Refusal::RateLimited { retry_after: PERIOD }) }
}

/// One household has one address of version 4, and 2^64 of version 6.
fn network(address: &str) -> Option<String> {
    match address.parse::<IpAddr>().ok()? {
        IpAddr::V4(address) => four(address),
        IpAddr::V6(address) if address.is_loopback() => None,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => four(address),
            None => {
                let [a, b, c, d, ..] = address.segments();
                Some(format!("{a:x}:{b:x}:{c:x}:{d:x}"))
            }
        },
    }
}

fn four(address: Ipv4Addr) -> Option<String> {
    let [a, b, c, d] = address.octets();
    (!address.is_loopback()).then(|| format!("{a}.{b}.{c}.{d}"))
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn networks_are_told_apart_and_this_machine_is_none() {
        for (address, found) in [
            ("203.0.113.7", Some("203.0.113.7")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2")),
            ("2001:db8:1:2::ffff", Some("2001:db8:1:2")),
            ("127.0.0.1", None),
            ("::1", None),
            ("::ffff:127.0.0.1", None),
            ("", None),
            ("unknown", None),
        ] {
            assert_eq!(network(address).as_deref(), found, "{address}");
        }
    }
}
