//! Any address: never a panic, no page of another site, no value that was not there.
#![no_main]

use vocahire::edge::{query, route};

libfuzzer_sys::fuzz_target!(|address: &str| {
    let (path, behind) = address.split_once('?').unwrap_or((address, ""));
    if let Some(found) = route::find("GET", path) {
        assert_eq!(found.route.path.replace(":id", found.id), path);
    }
    if let Some(page) = route::without_slash(path) {
        assert_eq!(format!("{page}/"), path);
    }
    if let Some(value) = query::value(behind, "kind") {
        assert!(behind.len() >= "kind".len() && value.len() <= behind.len());
    }
});
