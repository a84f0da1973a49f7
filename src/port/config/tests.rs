use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::*;

/// `clerk.example.com$`
const KEY: &str = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";

fn read(vars: &[(&str, &str)]) -> Config {
    let var = |name: &str| vars.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
    Config::read(&var, None)
}

fn state(config: &Config, name: &str) -> State {
    config.settings.iter().find(|(n, _)| *n == name).map(|(_, state)| *state).unwrap()
}

#[test]
fn nothing_set_is_production_without_sign_in() {
    let config = read(&[]);
    assert_eq!(config.environment, Environment::Production);
    assert_eq!(config.clerk, None);
    assert_eq!(config.clerk().unwrap_err(), Fault::NotConfigured { setting: "CLERK_PUBLISHABLE_KEY" });
    assert_eq!(config.db_timeout, Millis::new(5000));
    assert_eq!(state(&config, "CLERK_SECRET_KEY"), State::Missing);
    assert_eq!(state(&config, "CLERK_API_URL"), State::Default);
}

#[test]
fn an_unknown_environment_is_production_and_told() {
    let config = read(&[("APP_ENV", "staging")]);
    assert_eq!(config.environment, Environment::Production);
    assert_eq!(state(&config, "APP_ENV"), State::Invalid);
}

#[test]
fn the_publishable_key_names_the_frontend_api() {
    let clerk = read(&[("CLERK_PUBLISHABLE_KEY", KEY)]).clerk.unwrap();
    assert_eq!(clerk.frontend_api, "https://clerk.example.com");
    assert_eq!((clerk.sign_in_url.as_str(), clerk.after_sign_in_url.as_str()), ("/sign-in", "/interview"));
}

#[test]
fn a_broken_publishable_key_is_told_and_not_used() {
    for key in ["sk_live_x", "pk_live_", "pk_live_!!!", "pk_live_ZXZpbCc7IA", "pk_live_ZXZpbCc7ICQ"] {
        let config = read(&[("CLERK_PUBLISHABLE_KEY", key)]);
        assert_eq!(config.clerk, None, "{key}");
        assert_eq!(state(&config, "CLERK_PUBLISHABLE_KEY"), State::Invalid, "{key}");
    }
}

#[test]
fn the_former_spelling_is_read_and_told() {
    let config = read(&[("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", KEY), ("REDIS_URL", "redis://x")]);
    assert!(config.clerk.is_some());
    assert_eq!(state(&config, "CLERK_PUBLISHABLE_KEY"), State::Set);
    let names: Vec<_> = config.former.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "REDIS_URL"]);
}

#[test]
fn origins_are_exact() {
    let config = read(&[("ALLOWED_ORIGINS", "https://a.example, https://b.example/, *, http://localhost:3000")]);
    assert_eq!(config.allowed_origins, ["https://a.example", "http://localhost:3000"]);
    assert_eq!(state(&config, "ALLOWED_ORIGINS"), State::Invalid);
}

#[test]
fn the_way_after_sign_in_stays_on_this_site() {
    for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "evil", "/sign-in", "/sign-up?x"] {
        let config = read(&[("CLERK_PUBLISHABLE_KEY", KEY), ("AFTER_SIGN_IN_URL", bad)]);
        assert_eq!(config.clerk.as_ref().unwrap().after_sign_in_url, "/interview", "{bad}");
        assert_eq!(state(&config, "AFTER_SIGN_IN_URL"), State::Invalid, "{bad}");
    }
}

#[test]
fn numbers_have_bounds() {
    assert_eq!(read(&[("DB_TIMEOUT_MS", "300")]).db_timeout, Millis::new(300));
    for bad in ["0", "-1", "1e3", "NaN", "60001", "99999999999999999999"] {
        let config = read(&[("DB_TIMEOUT_MS", bad)]);
        assert_eq!(config.db_timeout, Millis::new(5000), "{bad}");
        assert_eq!(state(&config, "DB_TIMEOUT_MS"), State::Invalid, "{bad}");
    }
}

#[test]
fn a_publishable_key_comes_with_or_without_padding() {
    // `a.dev$`, `ab.dev$`, `abc.dev$`: two, one and no padding characters.
    for (key, host) in [("YS5kZXYk", "a.dev"), ("YWIuZGV2JA", "ab.dev"), ("YWJjLmRldiQ", "abc.dev")] {
        for padding in ["", "=", "=="] {
            let config = read(&[("CLERK_PUBLISHABLE_KEY", &format!("pk_test_{key}{padding}"))]);
            assert_eq!(config.clerk.unwrap().frontend_api, format!("https://{host}"), "{key}{padding}");
        }
    }
}

#[test]
fn links_and_services_are_what_they_say() {
    for (name, bad) in [
        ("CLERK_SIGN_IN_URL", "javascript:alert(1)"),
        ("CLERK_SIGN_UP_URL", "//evil.example"),
        ("CLERK_USER_URL", "http://evil.example"),
        ("CLERK_API_URL", "http://api.clerk.com"),
        ("CLERK_API_URL", "https://api.clerk.com/v1"),
        ("CLERK_FRONTEND_API_URL", "https://a.example; script-src *"),
        ("CLERK_FRONTEND_API_URL", "http://localhost.evil.example"),
        ("CLERK_SECRET_KEY", "pk_live_x"),
        ("CLERK_JWT_KEY", "-----BEGIN PRIVATE KEY-----"),
        ("ADMIN_USER_IDS", "alice"),
    ] {
        let config = read(&[("CLERK_PUBLISHABLE_KEY", KEY), (name, bad)]);
        assert_eq!(state(&config, name), State::Invalid, "{name} {bad}");
        let told = format!("{:?}", config.clerk) + &format!("{:?}", config.admins);
        assert!(!told.contains(bad), "{name} {bad}");
    }
    for good in ["http://localhost:8790", "http://127.0.0.1", "https://clerk.example.com"] {
        let config = read(&[("CLERK_PUBLISHABLE_KEY", KEY), ("CLERK_FRONTEND_API_URL", good)]);
        assert_eq!(config.clerk.unwrap().frontend_api, good);
    }
}

#[test]
fn webhook_secrets_are_a_list_of_keys() {
    let key = |bytes: usize| format!("whsec_{}", STANDARD.encode(vec![7; bytes]));
    let read = |text: &str| {
        let config = read(&[("CLERK_WEBHOOK_SECRET", text)]);
        let lengths: Vec<usize> = config.webhook_secrets.iter().map(Vec::len).collect();
        (lengths, state(&config, "CLERK_WEBHOOK_SECRET"))
    };
    assert_eq!(read(""), (vec![], State::Missing));
    assert_eq!(read(&key(24)), (vec![24], State::Set));
    assert_eq!(read(&format!("{}, {},", key(64), key(32))), (vec![64, 32], State::Set));
    for bad in ["whsec_", "whsec_!", &key(23), &key(65), &key(24).replace("whsec_", ""), "sk_live_x"] {
        assert_eq!(read(bad), (vec![], State::Invalid), "{bad}");
        assert_eq!(read(&format!("{bad},{}", key(24))), (vec![24], State::Invalid), "{bad}");
    }
    let missing = Fault::NotConfigured { setting: "CLERK_WEBHOOK_SECRET" };
    assert_eq!(Config::read(&|_| None, None).webhook_secrets().unwrap_err(), missing);
}

#[test]
fn claim_secrets_are_long() {
    let (new, old) = ("n".repeat(32), "o".repeat(40));
    let config = read(&[("CLAIM_SECRET", &format!("{new},{old}"))]);
    assert_eq!(config.claim_secrets().unwrap(), [new, old]);
    let config = read(&[("CLAIM_SECRET", "short")]);
    assert_eq!(state(&config, "CLAIM_SECRET"), State::Invalid);
    assert_eq!(config.claim_secrets().unwrap_err(), Fault::NotConfigured { setting: "CLAIM_SECRET" });
}

#[test]
fn interviews_have_their_defaults() {
    let config = read(&[]);
    let voice = &config.voice;
    assert_eq!((voice.base_url.as_str(), voice.model.as_str()), ("https://api.openai.com/v1", "gpt-realtime-2.1"));
    assert_eq!((voice.answer_timeout, voice.timeout), (Millis::of_seconds(15), Millis::of_seconds(20)));
    assert_eq!((config.room.path, config.room.lost), (Millis::of_seconds(45), Millis::of_seconds(120)));
    assert_eq!(config.stun_urls, ["stun:stun.cloudflare.com:3478"]);
    assert_eq!(config.openai_key().unwrap_err(), Fault::NotConfigured { setting: "OPENAI_API_KEY" });
    assert_eq!(config.ticket_secrets().unwrap_err(), Fault::NotConfigured { setting: "TICKET_SECRET" });
    assert!(read(&[("STUN_URLS", "")]).stun_urls.is_empty(), "nobody is asked for an address");
}

#[test]
fn openai_is_reached_encrypted_and_under_a_path() {
    for url in ["https://api.openai.com/v1", "http://localhost:8790/v1", "https://eu.api.openai.com"] {
        let config = read(&[("OPENAI_BASE_URL", url)]);
        assert_eq!((config.voice.base_url.as_str(), state(&config, "OPENAI_BASE_URL")), (url, State::Set));
    }
    for url in ["http://api.openai.com/v1", "https://api.openai.com/v1/", "https://a b/v1", "api.openai.com", "/v1"] {
        let config = read(&[("OPENAI_BASE_URL", url)]);
        assert_eq!(config.voice.base_url, "https://api.openai.com/v1", "{url}");
        assert_eq!(state(&config, "OPENAI_BASE_URL"), State::Invalid, "{url}");
    }
    for (name, value) in [("OPENAI_API_KEY", "key"), ("TICKET_SECRET", "short"), ("VOICE_MODEL", "a b")] {
        assert_eq!(state(&read(&[(name, value)]), name), State::Invalid, "{name}");
    }
}

const PRICES: [&str; 5] = [
    "STRIPE_PRICE_ID_3_CREDITS",
    "STRIPE_PRICE_ID_5_CREDITS",
    "STRIPE_PRICE_ID_MONTHLY",
    "STRIPE_PRICE_ID_QUARTERLY",
    "STRIPE_PRICE_ID_ANNUAL",
];

fn listed(vars: &[(&str, &str)]) -> [Option<String>; 5] {
    read(vars).stripe.prices
}

fn some(ids: [&str; 5]) -> [Option<String>; 5] {
    ids.map(|id| Some(id.to_owned()).filter(|id| !id.is_empty()))
}

#[test]
fn the_five_names_of_prices_win_over_the_list() {
    let list = ("STRIPE_PRICE_ID", "price_a, price_b ,prod_c,price_d,price_e");
    assert_eq!(listed(&[list]), some(["price_a", "price_b", "prod_c", "price_d", "price_e"]));
    let own: Vec<(&str, &str)> =
        PRICES.into_iter().zip(["price_1", "price_2", "prod_3", "price_4", "price_5"]).collect();
    assert_eq!(listed(&own), some(["price_1", "price_2", "prod_3", "price_4", "price_5"]));
    for (n, name) in PRICES.into_iter().enumerate() {
        let mut wanted = ["price_a", "price_b", "prod_c", "price_d", "price_e"];
        wanted[n] = "prod_own";
        assert_eq!(listed(&[list, (name, "prod_own")]), some(wanted), "{name}");
        assert_eq!(listed(&[list, (name, "sk_live_x")]), some(["price_a", "price_b", "prod_c", "price_d", "price_e"]));
        assert_eq!(state(&read(&[list, (name, "sk_live_x")]), name), State::Invalid);
    }
    assert_eq!(listed(&[(PRICES[2], "price_m")]), some(["", "", "price_m", "", ""]), "the others have no price");
}

#[test]
fn an_odd_list_of_prices_says_nothing_of_any() {
    let five = |fifth: &str| format!("price_a,price_b,price_c,price_d,{fifth}");
    let odd = ["price_a".to_owned(), "price_a,price_b,price_c,price_d".to_owned(), five(""), five("price_e,price_f")];
    let worse = ["price_", "prod_", "sku_1", "price_e x", "price_é", "PRICE_e", "sk_test_canary"].map(five);
    for list in odd.iter().chain(&worse) {
        assert_eq!(listed(&[("STRIPE_PRICE_ID", list)]), [const { None }; 5], "{list}");
        assert_eq!(state(&read(&[("STRIPE_PRICE_ID", list)]), "STRIPE_PRICE_ID"), State::Invalid, "{list}");
        let own = listed(&[("STRIPE_PRICE_ID", list), (PRICES[0], "price_own")]);
        assert_eq!(own, some(["price_own", "", "", "", ""]), "{list}");
    }
}

#[test]
fn the_key_says_whether_real_money_moves() {
    let key = |key: &str| {
        let config = read(&[("STRIPE_SECRET_KEY", key)]);
        (config.stripe.live(), state(&config, "STRIPE_SECRET_KEY"), config.stripe_key().is_ok())
    };
    for (text, live) in [("sk_test_x", false), ("rk_test_x", false), ("sk_live_x", true), ("rk_live_x", true)] {
        assert_eq!(key(text), (live, State::Set, true), "{text}");
    }
    for bad in ["pk_live_x", "sk_x", "sk_live_a b", "sk_live_é"] {
        assert_eq!(key(bad), (false, State::Invalid, false), "{bad}");
    }
    assert_eq!(read(&[]).stripe_key().unwrap_err(), Fault::NotConfigured { setting: "STRIPE_SECRET_KEY" });
    assert!(!read(&[]).stripe.live());
}

#[test]
fn stripe_signs_with_one_secret_or_two() {
    let told = |text: &str| {
        let config = read(&[("STRIPE_WEBHOOK_SECRET", text)]);
        (config.stripe.webhook_secrets.clone(), state(&config, "STRIPE_WEBHOOK_SECRET"))
    };
    let [new, old] = ["whsec_newnewnewnewnewnew", "whsec_oldoldoldoldoldold"];
    assert_eq!(told(&format!("{new}, {old},")), (vec![new.to_owned(), old.to_owned()], State::Set));
    for bad in ["whsec_", "whsec_short", "newnewnewnewnewnewnewnew", "sk_live_newnewnewnewnew"] {
        assert_eq!(told(bad), (vec![], State::Invalid), "{bad}");
        assert_eq!(told(&format!("{bad},{old}")), (vec![old.to_owned()], State::Invalid), "{bad}");
    }
    let missing = Fault::NotConfigured { setting: "STRIPE_WEBHOOK_SECRET" };
    assert_eq!(read(&[]).stripe_secrets().unwrap_err(), missing);
    for (url, wanted) in [
        ("http://localhost:8790", "http://localhost:8790"),
        ("https://api.stripe.com/", "https://api.stripe.com"),
        ("http://api.stripe.com", "https://api.stripe.com"),
    ] {
        assert_eq!(read(&[("STRIPE_API_URL", url)]).stripe.url, wanted, "{url}");
    }
}

#[test]
fn a_vendor_of_relays_is_set_whole_or_not_at_all() {
    let none = read(&[]);
    assert_eq!((none.turn.cloudflare, none.turn.xirsys, none.turn.sound), (None, None, true));
    let cloudflare = [("TURN_KEY_ID", "a1"), ("TURN_KEY_API_TOKEN", "canary")];
    let xirsys = [("XIRSYS_IDENT", "me"), ("XIRSYS_SECRET", "a:b"), ("XIRSYS_CHANNEL", "main")];
    let whole = read(&[cloudflare.as_slice(), &xirsys].concat());
    assert!(whole.turn.cloudflare.is_some() && whole.turn.xirsys.is_some() && whole.turn.sound);
    for vendor in [cloudflare.as_slice(), &xirsys] {
        for (n, (missing, _)) in vendor.iter().enumerate() {
            let mut half = vendor.to_vec();
            half.remove(n);
            let config = read(&half);
            assert!(config.turn.cloudflare.is_none() && config.turn.xirsys.is_none() && !config.turn.sound);
            assert_eq!(state(&config, missing), State::Invalid, "{missing}");
        }
    }
    for (name, bad) in [("TURN_KEY_ID", "../x"), ("XIRSYS_IDENT", "a:b"), ("XIRSYS_CHANNEL", "a/b"), ("TURN_URL", "x")]
    {
        let vars: Vec<_> = [cloudflare.as_slice(), &xirsys].concat().into_iter().filter(|(n, _)| *n != name).collect();
        let config = read(&[vars, vec![(name, bad)]].concat());
        assert_eq!((state(&config, name), config.turn.sound), (State::Invalid, false), "{name}");
    }
}
