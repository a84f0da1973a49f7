//! The relays that a browser is told of: dead, slow and lying vendors, what is remembered, and what nobody is told.

use serde_json::{Value as Json, json};
use vocahire::domain::millis::Millis;
use vocahire::edge::Answer;
use vocahire::port::http::{Ask, HttpFailure};

use super::signing::{KEYS, key_set};
use super::world::{House, json as body};

const USUAL: &str = "/api/ice-servers";
const ENHANCED: &str = "/api/xirsys-ice-servers";
const CLOUDFLARE: [(&str, &str); 2] = [("TURN_KEY_ID", "key1"), ("TURN_KEY_API_TOKEN", "canary-token")];
const XIRSYS: [(&str, &str); 3] =
    [("XIRSYS_IDENT", "me"), ("XIRSYS_SECRET", "canary-secret"), ("XIRSYS_CHANNEL", "main")];
const HOUR: i64 = 3600;

/// With both vendors, or with those of these settings, and people whose tokens are known.
pub fn house_with(vendors: &[(&str, &str)]) -> House {
    let house = House::new(vendors);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    house.get_as("user_1", "/api/nothing-yet");
    house.get_as("user_1", "/api/diagnostic/webrtc-test");
    house.asked.borrow_mut().clear();
    house
}

pub fn both() -> House {
    house_with(&[CLOUDFLARE.as_slice(), &XIRSYS].concat())
}

fn relay(name: &str) -> Json {
    json!({ "urls": [format!("turn:{name}.example:3478?transport=udp"), format!("turns:{name}.example:443")],
        "username": format!("canary-user-{name}"), "credential": "canary-credential" })
}

pub fn cloudflare_gives(house: &House) {
    house.reply(201, &json!({ "iceServers": [{ "urls": ["stun:cf.example"] }, relay("cf")] }).to_string());
}

fn xirsys_gives(house: &House) {
    house.reply(200, &json!({ "s": "ok", "v": { "iceServers": relay("xi") } }).to_string());
}

fn ask(house: &House, user: &str, path: &str) -> (Vec<String>, String) {
    let answer = house.get_as(user, path);
    assert_eq!(answer.status, 200, "{answer:?}");
    let told = body(&answer);
    let urls = told["iceServers"].as_array().unwrap().iter().flat_map(|server| server["urls"].as_array().unwrap());
    let hosts = urls.map(|url| url.as_str().unwrap().split([':', '?']).nth(1).unwrap().to_owned()).collect();
    (hosts, told["source"].as_str().unwrap().to_owned())
}

fn hosts(vendor: &str, source: &str) -> (Vec<String>, String) {
    let relays = [format!("{vendor}.example"), format!("{vendor}.example")];
    let own = ["stun.cloudflare.com".to_owned()];
    let relays = if vendor.is_empty() { Vec::new() } else { relays.to_vec() };
    (own.into_iter().chain(relays).collect(), source.to_owned())
}

fn vendors(house: &House) -> Vec<String> {
    let asked = house.asked.borrow();
    asked.iter().map(|ask: &Ask| ask.url.split('/').nth(2).unwrap().to_owned()).collect()
}

fn expires(answer: &Answer) -> Option<String> {
    body(answer)["expiresAt"].as_str().map(str::to_owned)
}

#[test]
fn without_a_vendor_there_is_our_own_list_and_nobody_is_asked() {
    let house = house_with(&[]);
    assert_eq!(ask(&house, "user_1", USUAL), hosts("", "stun"));
    assert_eq!(ask(&house, "user_1", ENHANCED), hosts("", "fallback"));
    assert_eq!(expires(&house.get_as("user_1", USUAL)), None);
    let none = house_with(&[("STUN_URLS", "")]);
    assert_eq!(body(&none.get_as("user_1", USUAL))["iceServers"], json!([]));
    assert!(vendors(&house).is_empty() && vendors(&none).is_empty());
}

#[test]
fn a_list_has_our_own_addresses_first_and_tells_when_it_ends() {
    let house = both();
    cloudflare_gives(&house);
    let answer = house.get_as("user_1", USUAL);
    assert_eq!(
        body(&answer)["iceServers"],
        json!([
            { "urls": ["stun:stun.cloudflare.com:3478"] },
            { "urls": ["turn:cf.example:3478?transport=udp", "turns:cf.example:443?transport=tcp"],
                "username": "canary-user-cf", "credential": "canary-credential" },
        ])
    );
    assert_eq!(expires(&answer), Some(Millis::new(house.now.get() + 2 * HOUR * 1000).iso()));
}

#[test]
fn of_two_vendors_each_stands_in_for_the_other() {
    type Failing = fn(&House);
    let failings: [Failing; 6] = [
        |house| house.refuse(HttpFailure::TimedOut),
        |house| house.refuse(HttpFailure::TooLarge),
        |house| house.refuse(HttpFailure::Unreachable("nobody there".to_owned())),
        |house| house.reply(401, r#"{"s":"error","v":"canary-token"}"#),
        |house| house.reply(200, r#"{"s":"error","v":"unauthorized"}"#),
        |house| house.reply(201, r#"{"s":"ok","iceServers":[{"urls":["http://evil.example"]}],"v":{"iceServers":{}}}"#),
    ];
    for (n, fail) in failings.iter().enumerate() {
        let house = both();
        fail(&house);
        xirsys_gives(&house);
        assert_eq!(ask(&house, "user_1", USUAL), hosts("xi", "xirsys"), "{n}");
        assert_eq!(vendors(&house), ["rtc.live.cloudflare.com", "global.xirsys.net"]);
        let house = both();
        fail(&house);
        cloudflare_gives(&house);
        assert_eq!(ask(&house, "user_1", ENHANCED), hosts("cf", "fallback"), "{n}");
        let house = both();
        fail(&house);
        fail(&house);
        assert_eq!(ask(&house, "user_1", USUAL), hosts("", "stun"), "{n}");
        let line = house.lines.borrow().last().unwrap().clone();
        assert!(line.contains("cloudflare") && line.contains("xirsys") && !line.contains("canary"), "{line}");
    }
    let house = house_with(&XIRSYS);
    xirsys_gives(&house);
    assert_eq!(ask(&house, "user_1", USUAL), hosts("xi", "xirsys"), "the only one that is set");
}

#[test]
fn each_list_has_its_own_first_choice() {
    let house = both();
    xirsys_gives(&house);
    assert_eq!(ask(&house, "user_1", ENHANCED), hosts("xi", "xirsys"));
    cloudflare_gives(&house);
    assert_eq!(ask(&house, "user_1", USUAL), hosts("cf", "cloudflare"));
}

#[test]
fn a_person_is_given_the_same_for_less_than_half_its_life() {
    let house = both();
    cloudflare_gives(&house);
    let first = house.get_as("user_1", USUAL);
    house.later(HOUR / 60 * 54);
    house.reply(200, &key_set(&[("k1", &KEYS[0])]));
    assert_eq!(body(&house.get_as("user_1", USUAL)), body(&first));
    assert_eq!(vendors(&house).iter().filter(|host| host.contains("rtc.live")).count(), 1);
    cloudflare_gives(&house);
    ask(&house, "user_2", USUAL);
    assert_eq!(vendors(&house).iter().filter(|host| host.contains("rtc.live")).count(), 2, "others have their own");
    house.later(61);
    cloudflare_gives(&house);
    assert_ne!(expires(&house.get_as("user_1", USUAL)), expires(&first), "it is old");
    house.now.set(house.now.get() - 60_000);
    cloudflare_gives(&house);
    ask(&house, "user_1", USUAL);
    assert_eq!(vendors(&house).iter().filter(|host| host.contains("rtc.live")).count(), 4, "a clock that went back");
}

#[test]
fn a_vendor_that_failed_is_left_alone_for_a_while() {
    let house = house_with(&CLOUDFLARE);
    house.refuse(HttpFailure::TimedOut);
    for user in ["user_1", "user_1", "user_2"] {
        assert_eq!(ask(&house, user, USUAL), hosts("", "stun"));
    }
    house.later(29);
    ask(&house, "user_3", USUAL);
    assert_eq!(vendors(&house).len(), 1);
    house.later(2);
    cloudflare_gives(&house);
    assert_eq!(ask(&house, "user_3", USUAL), hosts("cf", "cloudflare"));
}

#[test]
fn an_isolate_remembers_so_many_and_no_more() {
    let house = house_with(&CLOUDFLARE);
    for n in 0..301 {
        cloudflare_gives(&house);
        ask(&house, &format!("user_{n}"), USUAL);
    }
    let asked = vendors(&house).len();
    ask(&house, "user_1", USUAL);
    assert_eq!(vendors(&house).len(), asked, "still known");
    cloudflare_gives(&house);
    ask(&house, "user_0", USUAL);
    assert_eq!(vendors(&house).len(), asked + 1, "the oldest made room");
}

#[test]
fn nobody_else_learns_who_asks_and_nothing_stands_in_the_log() {
    let house = both();
    house.refuse(HttpFailure::TimedOut);
    xirsys_gives(&house);
    ask(&house, "user_1", USUAL);
    cloudflare_gives(&house);
    house.later(31);
    ask(&house, "user_1", ENHANCED);
    let asked = format!("{:?}", house.asked.borrow());
    assert!(!asked.contains("user_1"), "{asked}");
    let lines = house.lines.borrow().join("\n");
    assert!(lines.contains(USUAL) && !lines.contains("canary"), "{lines}");
}
