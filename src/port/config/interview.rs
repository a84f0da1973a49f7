//! The settings of interviews.

use super::Reader;
use super::sound::{is_model, is_own_path, is_service};
use crate::domain::millis::Millis;

const SUPERVISED: &str = "supervised";
const DIRECT: &str = "direct";

/// Who speaks, and in whose name we ask for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    pub key: Option<String>,
    pub base_url: String,
    /// The browser calls OpenAI itself, and nobody of ours is there.
    pub direct: bool,
    pub model: String,
    pub name: String,
    pub transcribe_model: String,
    /// Dollars for each model, as `interview::price` reads them.
    pub prices: Option<String>,
    /// What one interview may cost, in millionths of a dollar.
    pub ceiling: i64,
    /// How long the browser waits for the answer to its offer.
    pub answer_timeout: Millis,
    pub timeout: Millis,
}

impl Voice {
    pub fn mode(&self) -> &'static str {
        if self.direct { DIRECT } else { SUPERVISED }
    }

    /// The origin that browsers call by themselves.
    pub fn called(&self) -> Option<&str> {
        self.base_url.split_at_checked(origin(&self.base_url)).map(|(origin, _)| origin).filter(|_| self.direct)
    }
}

/// How long a Room waits for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// From the offer to the first sign of a media path.
    pub path: Millis,
    /// From there to the interviewer's first words.
    pub output: Millis,
    /// Without a sign of life: it counts as reconnecting.
    pub quiet: Millis,
    /// And after so long as lost.
    pub lost: Millis,
    /// The person has not said anything: the interviewer asks whether they can hear.
    pub ask: Millis,
    /// Still nothing: it ends.
    pub silent: Millis,
    /// Before the end the interviewer is told to wrap up.
    pub wrap_up: Millis,
    /// Without the sideband, in all.
    pub deaf: Millis,
    /// How long pauses may last, in all.
    pub pause: Millis,
    /// From the end to the archive: what is still on its way arrives within it.
    pub archive: Millis,
}

pub fn voice(reader: &mut Reader) -> Voice {
    let key = reader.checked("OPENAI_API_KEY", |key| key.starts_with("sk-"));
    let base_url = reader.checked("OPENAI_BASE_URL", is_service_path);
    let mode = reader.checked("REALTIME_MODE", |mode| [SUPERVISED, DIRECT].contains(&mode));
    let model = reader.checked("VOICE_MODEL", is_model);
    let voice = reader.checked("VOICE_NAME", is_model);
    let transcribe_model = reader.checked("TRANSCRIBE_MODEL", is_model);
    let time = |reader: &mut Reader, setting, usual| Millis::new(reader.number(setting).unwrap_or(usual));
    Voice {
        key,
        base_url: base_url.unwrap_or_else(|| "https://api.openai.com/v1".to_owned()),
        direct: mode.as_deref() == Some(DIRECT),
        model: model.unwrap_or_else(|| "gpt-realtime-2.1".to_owned()),
        name: voice.unwrap_or_else(|| "marin".to_owned()),
        transcribe_model: transcribe_model.unwrap_or_else(|| "gpt-4o-mini-transcribe".to_owned()),
        prices: reader.text("PRICES"),
        // A full interview costs some two dollars: half an hour of both voices, and each reply reads all before it.
        ceiling: reader.number("SESSION_COST_CEILING").unwrap_or(6).saturating_mul(1_000_000),
        answer_timeout: time(reader, "SDP_TIMEOUT_MS", 15_000),
        timeout: time(reader, "PROVIDER_TIMEOUT_MS", 20_000),
    }
}

/// Where a browser learns its own address. An empty list keeps it from asking anybody.
pub fn stun_urls(reader: &mut Reader) -> Vec<String> {
    match (reader.var)("STUN_URLS") {
        None => vec!["stun:stun.cloudflare.com:3478".to_owned()],
        Some(_) => reader.list("STUN_URLS", |url| url.starts_with("stun:") && url.len() > "stun:".len()),
    }
}

pub fn patience(reader: &mut Reader) -> Patience {
    let mut seconds = |setting, usual| Millis::of_seconds(reader.number(setting).unwrap_or(usual));
    Patience {
        path: seconds("ROOM_PATH_SECONDS", 45),
        output: seconds("ROOM_OUTPUT_SECONDS", 60),
        quiet: seconds("ROOM_QUIET_SECONDS", 20),
        lost: seconds("ROOM_LOST_SECONDS", 120),
        ask: seconds("ROOM_ASK_SECONDS", 60),
        silent: seconds("ROOM_SILENT_SECONDS", 150),
        wrap_up: seconds("ROOM_WRAP_UP_SECONDS", 120),
        deaf: seconds("ROOM_DEAF_SECONDS", 300),
        pause: seconds("PAUSE_SECONDS", 180),
        archive: seconds("ROOM_ARCHIVE_SECONDS", 10),
    }
}

/// So many bytes of an address are its origin.
fn origin(text: &str) -> usize {
    let host = text.find("://").map_or(0, |at| at.saturating_add(3));
    text.get(host..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| host.saturating_add(at))
}

/// The same with a path behind it, without a slash at its end.
fn is_service_path(text: &str) -> bool {
    let (origin, path) = text.split_at_checked(origin(text)).unwrap_or_default();
    is_service(origin) && (path.is_empty() || is_own_path(path)) && !path.ends_with('/')
}
