use proptest::prelude::*;
use serde_json::json;

use super::*;

const CLOUDFLARE: cloudflare::Account =
    cloudflare::Account { base: "https://rtc.live.cloudflare.com", key: "key1", token: "canary-token" };
const XIRSYS: xirsys::Account =
    xirsys::Account { base: "https://global.xirsys.net", ident: "vocahire", secret: "canary-secret", channel: "main" };
const HOURS: Millis = Millis::of_seconds(7200);

fn server(urls: &[&str], username: &str, credential: &str) -> Value {
    json!({ "urls": urls, "username": username, "credential": credential })
}

fn by_cloudflare(status: u16, told: &Value) -> Result<Vec<Value>, Fault> {
    cloudflare::read(status, told.to_string().as_bytes())
}

fn by_xirsys(status: u16, told: &Value) -> Result<Vec<Value>, Fault> {
    xirsys::read(status, told.to_string().as_bytes())
}

fn empty(provider: &'static str) -> Result<Vec<Value>, Fault> {
    Err(Fault::Provider { provider, why: "an answer without a relay".to_owned() })
}

#[test]
fn cloudflare_is_asked_by_its_own_token_and_told_nothing_of_anybody() {
    let (ask, body) = cloudflare::ask(&CLOUDFLARE, HOURS);
    let path = "https://rtc.live.cloudflare.com/v1/turn/keys/key1/credentials/generate-ice-servers";
    assert_eq!(ask.url, path);
    let bearer = ("authorization", "Bearer canary-token".to_owned());
    assert_eq!(ask.headers, [bearer, ("content-type", "application/json".to_owned())]);
    assert_eq!(body, br#"{"ttl":7200}"#);
    assert!(ask.limit <= Millis::of_seconds(3));
}

#[test]
fn xirsys_is_asked_by_name_and_secret_and_told_nothing_of_anybody() {
    let (ask, body) = xirsys::ask(&XIRSYS, HOURS);
    assert_eq!(ask.url, "https://global.xirsys.net/_turn/main");
    let basic = ("authorization", "Basic dm9jYWhpcmU6Y2FuYXJ5LXNlY3JldA==".to_owned());
    assert_eq!(ask.headers, [basic, ("content-type", "application/json".to_owned())]);
    let told: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(told, json!({ "format": "urls", "expire": "7200" }));
    assert!(ask.limit <= Millis::of_seconds(3));
}

/// As its documents show it, and port 53 as it once was.
#[test]
fn of_cloudflares_list_the_likeliest_of_each_way_is_left() {
    let told = json!({ "iceServers": [
        { "urls": ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"] },
        { "urls": [
            "turn:turn.cloudflare.com:53?transport=udp", "turn:turn.cloudflare.com:3478?transport=udp",
            "turn:turn.cloudflare.com:3478?transport=tcp", "turn:turn.cloudflare.com:80?transport=tcp",
            "turns:turn.cloudflare.com:5349?transport=tcp", "turns:turn.cloudflare.com:443?transport=tcp",
        ], "username": "u", "credential": "c" },
    ] });
    let urls = [
        "turn:turn.cloudflare.com:3478?transport=udp",
        "turn:turn.cloudflare.com:80?transport=tcp",
        "turns:turn.cloudflare.com:443?transport=tcp",
    ];
    for status in [200, 201] {
        assert_eq!(by_cloudflare(status, &told), Ok(vec![server(&urls, "u", "c")]));
    }
    let one = json!({ "iceServers": { "urls": ["turn:t.example:53", "turn:t.example:3478"], "username": "u",
        "credential": "c" } });
    assert_eq!(by_cloudflare(201, &one), Ok(vec![server(&["turn:t.example:3478?transport=udp"], "u", "c")]));
    let none = json!({ "iceServers": { "urls": ["turn:t.example:53"], "username": "u", "credential": "c" } });
    assert_eq!(by_cloudflare(201, &none), empty("cloudflare"), "browsers send nothing there");
}

#[test]
fn xirsys_lists_in_each_of_its_forms() {
    let expected = || Ok(vec![server(&["turn:fr.xirsys.example:80?transport=udp"], "u", "c")]);
    let address = "turn:fr.xirsys.example:80?transport=udp";
    for list in [
        json!({ "urls": ["stun:fr.xirsys.example", address], "username": "u", "credential": "c" }),
        json!([{ "urls": ["stun:fr.xirsys.example"] }, { "urls": [address], "username": "u", "credential": "c" }]),
        json!([{ "url": "stun:fr.xirsys.example" }, { "url": address, "username": "u", "credential": "c" }]),
        json!([{ "urls": null, "url": address, "username": "u", "credential": "c" }]),
        json!([{ "urls": address, "username": "u", "credential": "c" }]),
        json!({ "url": [address], "username": "u", "credential": "c" }),
    ] {
        assert_eq!(by_xirsys(200, &json!({ "s": "ok", "v": { "iceServers": list } })), expected(), "{list}");
    }
}

#[test]
fn what_xirsys_says_counts_and_not_its_status() {
    let refused = |why: &str| Err(Fault::ProviderRefused { provider: "xirsys", why: why.to_owned() });
    assert_eq!(by_xirsys(200, &json!({ "s": "error", "v": "unauthorized" })), refused("unauthorized"));
    for odd in [json!("The key canary-secret is unknown"), json!("x".repeat(41)), json!(7), json!(null)] {
        assert_eq!(by_xirsys(200, &json!({ "s": "error", "v": odd })), refused("no reason"));
    }
    assert_eq!(by_xirsys(401, &json!({ "s": "ok" })), refused("401"));
    assert_eq!(by_xirsys(500, &json!({})), Err(Fault::Provider { provider: "xirsys", why: "500".to_owned() }));
    for odd in [json!({}), json!([]), json!({ "v": { "iceServers": [] } }), json!({ "s": 1 }), json!("ok")] {
        let why = "an answer of no form".to_owned();
        assert_eq!(by_xirsys(200, &odd), Err(Fault::Provider { provider: "xirsys", why }), "{odd}");
    }
    for odd in [json!(null), json!({}), json!({ "iceServers": "x" }), json!({ "iceServers": [{}] })] {
        assert_eq!(by_xirsys(200, &json!({ "s": "ok", "v": odd })), empty("xirsys"), "{odd}");
    }
}

#[test]
fn a_refusal_of_cloudflare_is_told_by_its_status_alone() {
    let body = json!({ "error": "canary-token is not known" });
    for (status, refused) in
        [(400, true), (401, true), (404, true), (429, true), (500, false), (302, false), (204, false)]
    {
        let why = status.to_string();
        let fault = if refused {
            Fault::ProviderRefused { provider: "cloudflare", why }
        } else {
            Fault::Provider { provider: "cloudflare", why }
        };
        assert_eq!(by_cloudflare(status, &body), Err(fault));
    }
    for odd in [json!({}), json!({ "iceServers": null }), json!([]), json!({ "iceServers": [[], 7, "turn:x"] })] {
        assert_eq!(by_cloudflare(201, &odd), empty("cloudflare"), "{odd}");
    }
    for text in ["", "<html>", "{", "\u{0}", r#"{"iceServers":[],"iceServers":[]}"#] {
        assert_eq!(cloudflare::read(201, text.as_bytes()), empty("cloudflare"), "{text}");
    }
}

/// One of these in a list, and no browser would take the list.
#[test]
fn an_address_that_browsers_refuse_is_left_out() {
    for bad in [
        "",
        "turn:",
        "turn:?transport=udp",
        "turn",
        "stun:a.example",
        "http://a.example",
        "javascript:alert(1)",
        "turn://a.example:3478",
        "turn:user@a.example",
        "turn:a.example:0",
        "turn:a.example:53",
        "turn:a.example:65536",
        "turn:a.example:+80",
        "turn:a.example:",
        "turn:a.example:80:80",
        "turn:a.example?transport=sctp",
        "turn:a.example?transport=",
        "turn:a.example?transport=udp&x=1",
        "turn:a.example?x=1",
        "turns:a.example?transport=udp",
        "TURN:a.example",
        " turn:a.example",
        "turn:a example",
        "turn:.example",
        "turn:-a.example",
        "turn:é.example",
        "turn:[::1]:3478",
        "turn:a.example/",
    ] {
        assert_eq!(Relay::parse(bad), None, "{bad}");
        let told = json!([{ "urls": [bad], "username": "u", "credential": "c" }]);
        assert_eq!(relays(&told), [] as [Value; 0], "{bad}");
    }
    let long = format!("turn:{}.example", "a".repeat(300));
    assert_eq!(Relay::parse(&long), None);
    for (good, url) in [
        ("turn:a.example", "turn:a.example:3478?transport=udp"),
        ("turns:a.example", "turns:a.example:5349?transport=tcp"),
        ("turn:127.0.0.1:81?transport=tcp", "turn:127.0.0.1:81?transport=tcp"),
    ] {
        assert_eq!(Relay::parse(good).map(Relay::url).as_deref(), Some(url));
    }
}

#[test]
fn a_relay_without_a_name_and_a_password_is_left_out() {
    let long = "x".repeat(510);
    for (username, credential) in [
        (json!(null), json!("c")),
        (json!("u"), json!(null)),
        (json!(""), json!("c")),
        (json!("u"), json!("")),
        (json!(1), json!("c")),
        (json!("u\n"), json!("c")),
        (json!(long), json!("c")),
        (json!("u"), json!(long)),
    ] {
        let told = json!([{ "urls": ["turn:a.example"], "username": username, "credential": credential }]);
        assert_eq!(relays(&told), [] as [Value; 0], "{username} {credential}");
    }
}

#[test]
fn relays_of_several_accounts_keep_their_own_names() {
    let told = json!([
        { "urls": ["turn:a.example"], "username": "a", "credential": "1" },
        { "urls": ["turn:b.example", "turns:b.example:443"], "username": "b", "credential": "2" },
    ]);
    let a = server(&["turn:a.example:3478?transport=udp"], "a", "1");
    assert_eq!(relays(&told), [a, server(&["turns:b.example:443?transport=tcp"], "b", "2")]);
}

/// What a browser would say to a list: that of the standard, as Chromium and Firefox check it.
fn is_taken(server: &Value) -> bool {
    let named = |name: &str| server[name].as_str().is_some_and(|text| !text.is_empty() && text.len() <= 509);
    let address = |url: &Value| {
        let Some((scheme, rest)) = url.as_str().and_then(|url| url.split_once(':')) else { return false };
        let (host, transport) = rest.split_once('?').unwrap_or((rest, "transport=udp"));
        let (host, port) = host.split_once(':').unwrap_or((host, "1"));
        matches!(scheme, "turn" | "turns")
            && matches!(transport, "transport=udp" | "transport=tcp")
            && !host.is_empty()
            && !host.contains(['@', '/', ':', ' '])
            && port.parse::<u16>().is_ok_and(|port| port > 0)
    };
    named("username") && named("credential") && server["urls"].as_array().unwrap().iter().all(address)
}

fn any_url() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "(turns?|stuns?|http):[a-z0-9.@/\\[\\]:-]{0,20}(:[0-9]{0,6})?(\\?transport=(udp|tcp|tls|))?",
    ]
}

proptest! {
    #[test]
    fn whatever_a_vendor_answers_a_browser_takes_the_list(
        status: u16,
        bytes in any::<Vec<u8>>(),
        urls in prop::collection::vec(any_url(), 0..30),
        username in "\\PC{0,10}|x{500,520}",
        credential in "[\\x00-\\x7f]{0,5}",
        s in "ok|error|",
        alone: bool,
    ) {
        let one = json!({ "urls": urls, "url": urls.first(), "username": username, "credential": credential });
        let list = if alone { one } else { json!([one, { "url": urls.last(), "username": "u", "credential": "c" }]) };
        let told = json!({ "iceServers": list, "s": s, "v": { "iceServers": list } }).to_string().into_bytes();
        for (status, body) in [(status, &bytes), (status, &told), (200, &bytes), (200, &told)] {
            for servers in [cloudflare::read(status, body), xirsys::read(status, body)].into_iter().flatten() {
                prop_assert!(!servers.is_empty() && servers.iter().all(is_taken), "{servers:?}");
                prop_assert!(servers.iter().map(|server| server["urls"].as_array().unwrap().len()).sum::<usize>() <= 3);
            }
        }
    }
}
