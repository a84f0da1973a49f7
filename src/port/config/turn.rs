//! The settings of those who relay calls where nothing else goes through.

use super::Reader;
use super::sound::{is_model, is_service};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub cloudflare_url: String,
    pub cloudflare: Option<Key>,
    pub xirsys_url: String,
    pub xirsys: Option<Channel>,
    /// Every vendor is set whole or not at all.
    pub sound: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub id: String,
    pub token: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    pub ident: String,
    pub secret: String,
    pub name: String,
}

pub fn turn(reader: &mut Reader) -> Turn {
    let is_graphic = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    // A colon ends the name in what is sent.
    let is_name = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let mut key = whole(reader, &[("TURN_KEY_ID", is_model), ("TURN_KEY_API_TOKEN", is_graphic)]);
    let mut channel =
        whole(reader, &[("XIRSYS_IDENT", is_name), ("XIRSYS_SECRET", is_graphic), ("XIRSYS_CHANNEL", is_model)]);
    let url = |reader: &mut Reader, setting, usual: &str| {
        reader.checked(setting, is_service).unwrap_or_else(|| usual.to_owned())
    };
    Turn {
        cloudflare_url: url(reader, "TURN_URL", "https://rtc.live.cloudflare.com"),
        xirsys_url: url(reader, "XIRSYS_URL", "https://global.xirsys.net"),
        sound: !reader.invalid.iter().any(|name| name.starts_with("TURN_") || name.starts_with("XIRSYS")),
        cloudflare: (|| Some(Key { id: key.next()?, token: key.next()? }))(),
        xirsys: (|| Some(Channel { ident: channel.next()?, secret: channel.next()?, name: channel.next()? }))(),
    }
}

/// A setting, and whether a value of it is sound.
type Wanted = (&'static str, fn(&str) -> bool);

/// All of them, or none. What is missing beside others is told as wrong.
fn whole(reader: &mut Reader, wanted: &[Wanted]) -> std::vec::IntoIter<String> {
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for (name, sound) in wanted {
        match reader.checked(name, *sound) {
            Some(value) => found.push(value),
            None => missing.push(*name),
        }
    }
    if !found.is_empty() && !missing.is_empty() {
        reader.invalid.extend(missing);
        found.clear();
    }
    found.into_iter()
}
