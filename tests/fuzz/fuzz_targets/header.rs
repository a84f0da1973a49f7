//! Any text as a request id or as a setting: no header of ours gains a line, a directive or an odd byte by it.
#![no_main]

use vocahire::domain::id::RequestId;
use vocahire::edge::{Kind, standard};
use vocahire::port::config::Config;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Some(id) = RequestId::parse(text) {
        assert!(id.as_str().bytes().all(|b| b.is_ascii_graphic()));
    }
    let key = "pk_live_Y2xlcmsuZXhhbXBsZS5jb20k";
    let var = |name: &str| match name {
        "CLERK_PUBLISHABLE_KEY" if !text.starts_with("pk_") => Some(key.to_owned()),
        _ => Some(text.to_owned()),
    };
    let config = Config::read(&var, None);
    for kind in [Kind::Api, Kind::Page] {
        for (_, value) in standard(kind, &config) {
            assert!(value.bytes().all(|b| b == b' ' || b.is_ascii_graphic()), "{value:?}");
        }
    }
    let page = standard(Kind::Page, &config);
    let policy = page.iter().find(|(name, _)| *name == "content-security-policy").unwrap();
    assert_eq!(policy.1.matches(';').count(), 12, "{}", policy.1);
});
