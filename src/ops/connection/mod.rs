//! The connection lab: whether relays can be had, and what people measured from where they are.

mod measured;
mod store;

use serde_json::Value;

use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::object;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::interview::ice::{self, VENDORS, Vendor};
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::random::Random;
use crate::upstream::turn::Relay;

/// How long a check is kept.
const KEPT: Millis = Millis::of_seconds(30 * 24 * 60 * 60);
/// Of one person, in a day.
const MOST: i64 = 20;
const DAY: Millis = Millis::of_seconds(24 * 60 * 60);
/// Digits and letters that nobody takes for one another.
const LETTERS: &[u8; 28] = b"346789ABCDEFGHJKMNPQRTUVWXYZ";
const LENGTH: usize = 8;

/// `GET /api/diagnostic/webrtc-test`. Strangers learn what is known; who is signed in, besides, the time, to see
/// how wrong their own clock is. For an admin the vendors are asked, once a minute.
pub async fn test<W: World>(world: &W, known: bool, admin: bool) -> Value {
    let told = if admin { look(world).await } else { Value::Null };
    let well = world.shelf().borrow().relays.well();
    let mut answer = object!({ "ok": well && world.config().turn.sound });
    if let (Some(answer), true) = (answer.as_object_mut(), known) {
        answer.insert("now".to_owned(), world.clock().now().iso().into());
        answer.extend(told.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())));
    }
    answer
}

async fn look<W: World>(world: &W) -> Value {
    let now = world.clock().now();
    if let Some(told) = world.shelf().borrow().relays.looked(now) {
        return told;
    }
    let mut vendors = Vec::new();
    for vendor in VENDORS {
        vendors.push(look_at(world, vendor).await);
    }
    let config = world.config();
    let told = object!({
        "stun": config.stun_urls.len(), "sound": config.turn.sound, "vendors": vendors, "checkedAt": now.iso(),
    });
    world.shelf().borrow_mut().relays.saw(told.clone(), now);
    told
}

/// Never what it gives, only of what kind.
async fn look_at<W: World>(world: &W, vendor: Vendor) -> Value {
    if !ice::is_set(world.config(), vendor) {
        return object!({ "vendor": vendor.word(), "set": false });
    }
    let began = world.clock().now();
    let told = ice::ask(world, vendor).await;
    let ms = world.clock().now().since(began).count();
    let why = told.as_ref().err().map(Fault::reason);
    let servers = told.unwrap_or_default();
    let urls = servers.iter().filter_map(|server| server.get("urls")?.as_array()).flatten();
    let relays = urls.filter_map(|url| Relay::parse(url.as_str()?));
    let ways = relays.map(|relay| object!({ "way": relay.way.word(), "port": relay.port }));
    object!({
        "vendor": vendor.word(), "set": true, "answers": why.is_none(), "why": why, "ms": ms,
        "ways": ways.collect::<Vec<Value>>(),
    })
}

/// `POST /api/diagnostic/webrtc-test`.
///
/// 1. Kinds, counts and times, and nothing else.
/// 2. Kept under a code, unless there are too many of this person, or their account has been closed.
pub async fn keep<W: World>(world: &W, person: &UserId, body: &[u8]) -> Result<Value, Failure> {
    // 1
    let told = measured::read(body)?;
    // 2
    let now = world.clock().now();
    let code = code(world.random().bytes());
    let check = store::Check { code: &code, person, told: &told, now, since: now.minus(DAY), most: MOST };
    match store::keep(world.db(), &check).await? {
        (true, _) => Ok(object!({ "code": code, "expiresAt": now.plus(KEPT).iso() })),
        (false, true) => Err(Refusal::AccountClosed.into()),
        (false, false) => Err(Refusal::RateLimited { retry_after: DAY }.into()),
    }
}

fn code(random: [u8; LENGTH]) -> String {
    let letter = |byte: u8| LETTERS.get(usize::from(byte) % LETTERS.len()).copied().unwrap_or_default();
    random.into_iter().map(|byte| char::from(letter(byte))).collect()
}

/// As people write it down: in small letters, with a line between.
fn written(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| c.to_ascii_uppercase()).collect();
    (code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte))).then_some(code)
}

/// `GET /api/admin/connection-checks?code=`. What was measured, not by whom.
pub async fn find<W: World>(world: &W, text: &str) -> Result<Value, Failure> {
    let code = written(text).ok_or(Refusal::BadRequest { field: "code" })?;
    let found = store::find(world.db(), &code, world.clock().now().minus(KEPT)).await?.ok_or(Refusal::NotFound)?;
    let unreadable = |_| Fault::Database { why: "a check that is no JSON".to_owned() };
    let measured: Value = serde_json::from_str(&found.told).map_err(unreadable)?;
    Ok(object!({
        "code": code, "at": found.at.iso(), "expiresAt": found.at.plus(KEPT).iso(), "measured": measured,
    }))
}

/// Those of a person go.
pub async fn forget<W: World>(world: &W, person: &UserId) -> Result<(), Fault> {
    store::forget(world.db(), person).await
}

/// What has been kept long enough goes.
pub async fn sweep<W: World>(world: &W) -> Result<(), Fault> {
    store::sweep(world.db(), world.clock().now().minus(KEPT)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_code_is_found_however_it_is_written(random: [u8; 8]) {
            let code = code(random);
            let (one, two) = code.split_at(4);
            for text in [code.clone(), code.to_lowercase(), format!("{one}-{two}"), format!(" {one} {two}\u{20}")] {
                proptest::prop_assert_eq!(written(&text), Some(code.clone()), "{}", text);
            }
        }
    }

    #[test]
    fn what_is_no_code_is_looked_up_nowhere() {
        for text in ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFG1", "ABCDEFGé", "ABCD'--E"] {
            assert_eq!(written(text), None, "{text}");
        }
    }
}
