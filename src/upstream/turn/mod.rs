//! Vendors of relays. What they list is shortened to what helps, in the one form that every browser takes: a list with
//! one address that a browser refuses is refused whole, and more than four make it slow.

pub mod cloudflare;
pub mod xirsys;

use std::slice::from_ref;

use serde_json::Value;

use crate::domain::failure::Fault;
use crate::domain::form::{self, object, words};
use crate::domain::millis::Millis;

/// The lobby waits for it; an interview does without.
const LIMIT: Millis = Millis::new(2500);
/// A list is some 600 bytes.
const MOST_BYTES: usize = 16 * 1024;
/// What is looked at of a list, and of each server in it.
const MOST_SERVERS: usize = 20;
const LONGEST_ADDRESS: usize = 300;
/// Chromium takes no longer name.
const LONGEST_CREDENTIAL: usize = 509;
const MEMBERS: &[&str] = &["iceServers", "urls", "url", "username", "credential", "s", "v"];

words! {
    /// How a browser reaches a relay.
    Way { Udp = "udp", Tcp = "tcp", Tls = "tls" }
}

impl Way {
    /// The ports that networks let through, the likeliest first.
    fn ports(self) -> &'static [u16] {
        match self {
            Self::Udp => &[3478, 443],
            Self::Tcp => &[443, 80, 3478],
            Self::Tls => &[443, 5349],
        }
    }
}

/// One address of a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relay<'a> {
    pub way: Way,
    host: &'a str,
    pub port: u16,
}

impl<'a> Relay<'a> {
    /// None for what no browser would take, and for port 53, where browsers send nothing.
    pub fn parse(url: &'a str) -> Option<Self> {
        let (address, transport) = url.split_once('?').map_or((url, None), |(url, asked)| (url, Some(asked)));
        let (scheme, address) = address.split_once(':')?;
        let (host, port) = address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port)));
        let (way, usual) = match (scheme, transport) {
            ("turn", None | Some("transport=udp")) => (Way::Udp, 3478),
            ("turn", Some("transport=tcp")) => (Way::Tcp, 3478),
            ("turns", None | Some("transport=tcp")) => (Way::Tls, 5349),
            _ => return None,
        };
        let digits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_digit());
        let port = port.map_or(Some(usual), |port| Some(port).filter(digits)?.parse().ok())?;
        let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-'));
        let sound = plain && host.starts_with(|c: char| c.is_ascii_alphanumeric()) && url.len() <= LONGEST_ADDRESS;
        (sound && port != 53 && port != 0).then_some(Self { way, host, port })
    }

    fn url(self) -> String {
        let (scheme, transport) = match self.way {
            Way::Udp => ("turn", "udp"),
            Way::Tcp => ("turn", "tcp"),
            Way::Tls => ("turns", "tcp"),
        };
        format!("{scheme}:{}:{}?transport={transport}", self.host, self.port)
    }

    fn rank(self) -> usize {
        let ports = self.way.ports();
        ports.iter().position(|port| *port == self.port).unwrap_or(ports.len())
    }
}

/// Of all relays in a list, or in one server without a list around it, the likeliest of each way: each as
/// `RTCPeerConnection` takes it, those with the same name and password as one.
fn relays(told: &Value) -> Vec<Value> {
    let mut best = [const { None::<(Relay, &str, &str)> }; 3];
    for server in several(told) {
        let text = |name| server.get(name).and_then(Value::as_str).filter(is_credential);
        let (Some(username), Some(credential)) = (text("username"), text("credential")) else { continue };
        let urls = server.get("urls").filter(|urls| !urls.is_null()).or_else(|| server.get("url"));
        for url in urls.into_iter().flat_map(several).filter_map(Value::as_str) {
            let Some(relay) = Relay::parse(url) else { continue };
            let Some(place) = best.get_mut(relay.way as usize) else { continue };
            if place.is_none_or(|(other, ..)| relay.rank() < other.rank()) {
                *place = Some((relay, username, credential));
            }
        }
    }
    let mut servers: Vec<Value> = Vec::new();
    for (relay, username, credential) in best.into_iter().flatten() {
        let same = |server: &&mut Value| server["username"] == *username && server["credential"] == *credential;
        match servers.iter_mut().find(same).and_then(|server| server.get_mut("urls")?.as_array_mut()) {
            Some(urls) => urls.push(relay.url().into()),
            None => servers.push(object!({
                "urls": vec![Value::from(relay.url())], "username": username, "credential": credential,
            })),
        }
    }
    servers
}

/// The members of a list, or what stands there in place of one.
fn several(told: &Value) -> impl Iterator<Item = &Value> {
    told.as_array().map_or(from_ref(told), Vec::as_slice).iter().take(MOST_SERVERS)
}

fn is_credential(text: &&str) -> bool {
    (1..=LONGEST_CREDENTIAL).contains(&text.len()) && !text.chars().any(char::is_control)
}

fn tree(body: &[u8]) -> Value {
    form::only(MEMBERS, body).unwrap_or_default()
}

/// What a vendor lists, or that there is nothing in it that helps.
fn some(provider: &'static str, told: Option<&Value>) -> Result<Vec<Value>, Fault> {
    let servers = told.map(relays).unwrap_or_default();
    if servers.is_empty() {
        return Err(Fault::Provider { provider, why: "an answer without a relay".to_owned() });
    }
    Ok(servers)
}

/// By its status alone: what stands beside it may repeat what was sent.
fn refused(provider: &'static str, status: u16) -> Fault {
    let why = status.to_string();
    match status {
        400..=499 => Fault::ProviderRefused { provider, why },
        _ => Fault::Provider { provider, why },
    }
}

#[cfg(test)]
mod tests;
