//! The rules of the house, as a test. If a rule hurts, the code is in the wrong room.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says no by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use vocahire::edge::route::{Guard, ROUTES, Route, Verb};
use vocahire::port::config::{FORMER, SETTINGS};

/// Each room with the rooms it may name. The list is the order of the map in `src/lib.rs`.
const ROOMS: &[(&str, &[&str])] = &[
    ("runtime", &["edge", "ops", "coach", "interview", "money", "people", "upstream", "port", "domain"]),
    ("edge", &["ops", "coach", "interview", "money", "people", "upstream", "port", "domain"]),
    ("ops", &["coach", "interview", "money", "people", "upstream", "port", "domain"]),
    ("coach", &["interview", "money", "people", "upstream", "port", "domain"]),
    ("interview", &["money", "people", "upstream", "port", "domain"]),
    ("money", &["people", "upstream", "port", "domain"]),
    ("people", &["upstream", "port", "domain"]),
    ("upstream", &["port", "domain"]),
    ("port", &["domain"]),
    ("domain", &[]),
];

const MAX_LINES: usize = 400;
/// What `rustfmt.toml` says; the others follow it as well as they can.
const MAX_WIDTH: usize = 120;
const MAX_WIDTH_ELSEWHERE: usize = 140;
/// What a function may take: a screen.
const MAX_FUNCTION: usize = 60;

struct File {
    path: String,
    text: String,
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, endings: &[&str]) -> Vec<File> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && !["vendor", "target", "corpus", "artifacts", "node_modules"].contains(&name.as_str()) {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let short = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push(File { path: short, text: read(&path) });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(!found.is_empty(), "no files in {folder}");
    found
}

/// The sources with their tests cut off: rules about what runs do not bind what proves.
fn product() -> Vec<File> {
    let mut sources = files("src", &[".rs"]);
    sources.retain(|file| !file.path.ends_with("tests.rs"));
    for file in &mut sources {
        if let Some((code, _)) = file.text.split_once("#[cfg(test)]") {
            file.text = code.to_owned();
        }
    }
    sources
}

fn room(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default().trim_end_matches(".rs")
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"))
}

#[test]
fn rooms_name_only_rooms_below_them() {
    for file in product().iter().filter(|file| file.path != "src/lib.rs") {
        let here = room(&file.path);
        let (_, below) =
            ROOMS.iter().find(|(name, _)| *name == here).unwrap_or_else(|| panic!("{} stands in no room", file.path));
        for line in code(&file.text) {
            for (_, rest) in line.match_indices("crate::").map(|(at, word)| line.split_at(at + word.len())) {
                let named: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(
                    named == here || below.contains(&named.as_str()),
                    "{}: {here} names {named}: {line}",
                    file.path
                );
            }
            assert!(!line.contains("super::super"), "{}: by super one file up only: {line}", file.path);
        }
    }
}

#[test]
fn a_store_is_seen_by_its_own_subject_only() {
    for file in product() {
        for line in code(&file.text).filter(|line| line.contains("store::") || line.contains("mod store")) {
            assert!(!line.starts_with("pub mod store"), "{}: {line}", file.path);
            let own = line.contains("super::store")
                || line.contains("mod store")
                || !line.contains("crate::")
                || line.contains(&format!("crate::{}::store", room(&file.path)));
            assert!(own, "{}: names the store of another subject: {line}", file.path);
        }
    }
}

#[test]
fn the_platform_is_named_in_one_room() {
    for file in product().iter().filter(|file| room(&file.path) != "runtime") {
        for line in code(&file.text) {
            for word in ["worker::", "js_sys", "web_sys", "wasm_bindgen"] {
                assert!(!line.contains(word), "{}: {word} outside runtime: {line}", file.path);
            }
        }
    }
    let gate = read(&root().join("src/lib.rs"));
    assert!(gate.contains("#[cfg(target_arch = \"wasm32\")]\nmod runtime;"), "runtime must be gated");
    let cargo = read(&root().join("Cargo.toml"));
    let (everywhere, wasm) = cargo.split_once("[target.'cfg(target_arch = \"wasm32\")'.dependencies]").unwrap();
    assert!(
        wasm.contains("\nworker = ") && !everywhere.contains("\nworker = "),
        "worker is a dependency of wasm32 only"
    );
}

#[test]
fn sql_stands_in_stores_only() {
    let verbs = ["select ", "insert into ", "update ", "delete from ", "create table "];
    for file in product() {
        let store = file.path.ends_with("/store.rs") || file.path.contains("/store/");
        for line in code(&file.text) {
            let quoted = verbs.iter().any(|verb| line.to_lowercase().contains(&format!("\"{verb}")));
            assert!(store || !quoted, "{}: SQL outside a store: {line}", file.path);
        }
    }
}

/// The README's table of routes, row by row: what stands in the first cell, and the addresses of the second.
fn documented() -> Vec<(String, Vec<String>)> {
    let readme = read(&root().join("README.md"));
    let (_, table) = readme.split_once("| guard | routes |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').splitn(2, '|').map(str::trim);
        let guard = cells.next().unwrap_or_default().to_owned();
        let words = cells.next().unwrap_or_default().split('`').skip(1).step_by(2);
        (guard, words.filter(|word| word.starts_with('/')).map(str::to_owned).collect())
    })
    .collect()
}

fn guard_in_words(route: &Route) -> &'static str {
    match (route.verb, route.guard) {
        (Verb::Page(_), _) => "pages",
        (Verb::Gone, _) => "gone (410)",
        (_, Guard::Public) => "anybody",
        (_, Guard::User) => "signed in",
        (_, Guard::Brief) => "anybody briefly, admins in detail",
        (_, Guard::Admin) => "admin",
        (_, Guard::Room) => "room key, or signed in",
        (_, Guard::Socket) => "socket (a ticket of one minute as subprotocol)",
        (_, Guard::Webhook) => "webhook (signed)",
    }
}

#[test]
fn every_route_is_in_the_readme_and_in_an_edge_test() {
    let documented = documented();
    let tests: String = files("tests/edge", &[".test.mjs"]).into_iter().map(|file| file.text).collect();
    for route in ROUTES {
        let guard = guard_in_words(route);
        let row =
            documented.iter().find(|(words, _)| words == guard).unwrap_or_else(|| panic!("README: no row {guard}"));
        assert!(row.1.iter().any(|path| path == route.path), "README does not name {} under {guard}", route.path);
        let named = ['\'', '"', '`', '?'].iter().any(|end| tests.contains(&format!("{}{end}", route.path)));
        assert!(named, "no edge test names {}", route.path);
    }
    let told: usize = documented.iter().map(|(_, paths)| paths.len()).sum();
    assert_eq!(told, ROUTES.len(), "README names a route that is not there");
}

/// The shell is served for an address only when it has a screen for it: otherwise people land on the first page.
#[test]
fn every_address_of_the_shell_has_its_screen() {
    let shell = read(&root().join("static/app/shell.js"));
    for route in ROUTES.iter().filter(|route| route.verb == Verb::Page("/coach")) {
        assert!(shell.contains(&format!("'{}': {{", route.path)), "shell.js has no screen for {}", route.path);
    }
}

#[test]
fn every_api_route_is_under_api_and_every_page_is_not() {
    for route in ROUTES {
        assert_eq!(matches!(route.verb, Verb::Page(_)), !route.path.starts_with("/api/"), "{}", route.path);
    }
}

/// A name that is read but not written down, or written down but not read, is a lie in one place.
#[test]
fn every_setting_is_read_and_documented() {
    let readme = read(&root().join("README.md"));
    let config = read(&root().join("src/port/config.rs"));
    let (list, reading) = config.split_once("impl Config").unwrap();
    let parts = files("src/port/config", &[".rs"]).into_iter().filter(|file| !file.path.ends_with("tests.rs"));
    let reading: String = [reading.to_owned()].into_iter().chain(parts.map(|file| file.text)).collect();
    for (name, _) in SETTINGS {
        assert!(readme.contains(&format!("`{name}`")), "README does not name {name}");
        assert!(reading.contains(&format!("\"{name}\"")), "{name} is listed but never read");
    }
    for name in
        reading.split('"').filter(|word| word.len() > 6 && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'))
    {
        assert!(list.contains(&format!("(\"{name}\"")), "{name} is read but not listed");
    }
    let example = read(&root().join(".dev.vars.example"));
    for name in example.lines().filter_map(|line| line.trim_start_matches("# ").split_once('=')).map(|(name, _)| name) {
        let known = SETTINGS.iter().any(|(setting, _)| *setting == name);
        assert!(known, ".dev.vars.example sets {name}, which nobody reads");
    }
    // What the platform hands over beside the settings: the bindings, by their names in wrangler.toml.
    let bindings = ["DB", "ASSETS", "CF_VERSION_METADATA", "WALLET", "FENCE", "FILES"];
    for file in files("src/runtime", &[".rs"]) {
        for (_, rest) in file.text.match_indices("env, &\"").map(|(at, found)| file.text.split_at(at + found.len())) {
            let name = rest.split('"').next().unwrap_or_default();
            assert!(bindings.contains(&name), "{} reads {name} past the settings", file.path);
        }
    }
    assert!(FORMER.iter().all(|(name, _)| SETTINGS.iter().all(|(setting, _)| setting != name)));
}

#[test]
fn nothing_panics_but_the_named_one() {
    let calls =
        [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "assert!(", "assert_eq!("];
    let mut found = Vec::new();
    for file in product() {
        found.extend(
            code(&file.text)
                .filter(|line| calls.iter().any(|call| line.contains(call)))
                .map(|line| format!("{}: {line}", file.path)),
        );
    }
    assert_eq!(found, ["src/ops/example.rs: panic!(\"a panic on purpose\")"]);
}

#[test]
fn time_and_chance_come_through_ports() {
    for file in product() {
        for word in ["SystemTime", "Instant::now", "rand::", "getrandom", "Date::now", "random_values"] {
            let owner = ["src/runtime/clock.rs", "src/runtime/random.rs"].contains(&file.path.as_str());
            assert!(owner || !code(&file.text).any(|line| line.contains(word)), "{}: {word}", file.path);
        }
    }
}

#[test]
fn files_and_functions_fit_the_eye() {
    let mut all = files("src", &[".rs"]);
    all.extend(files("tests", &[".rs", ".mjs", ".js"]));
    all.extend(files("scripts", &[".mjs"]));
    all.extend(files("static", &[".js", ".css"]));
    for file in &all {
        let lines = file.text.lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines", file.path);
        let width = if file.path.ends_with(".rs") { MAX_WIDTH } else { MAX_WIDTH_ELSEWHERE };
        for (n, line) in file.text.lines().enumerate() {
            let fits = line.contains("r#\"") || line.chars().count() <= width;
            assert!(fits, "{}:{} is wider than {width}", file.path, n + 1);
        }
    }
    for file in product() {
        let mut start = None;
        for (n, line) in file.text.lines().enumerate() {
            let opens = line.trim_start().starts_with("fn ") || line.contains(" fn ");
            if opens && line.ends_with('{') && !line.trim_start().starts_with("//") {
                start = Some((n, line.len() - line.trim_start().len()));
            }
            if let Some((from, _)) = start.filter(|(_, indent)| line == format!("{}}}", " ".repeat(*indent))) {
                assert!(n - from < MAX_FUNCTION, "{}:{} is {} lines long", file.path, from + 1, n - from);
                start = None;
            }
        }
    }
}

#[test]
fn migrations_are_numbered_strict_and_lower_case() {
    let migrations = files("migrations", &[".sql"]);
    for (n, file) in migrations.iter().enumerate() {
        assert!(file.path.starts_with(&format!("migrations/{:04}_", n + 1)), "{} is out of order", file.path);
        let sql: String = file.text.lines().map(|line| line.split("--").next().unwrap()).collect::<Vec<_>>().join("\n");
        assert_eq!(sql, sql.to_lowercase(), "{}", file.path);
        assert_eq!(
            sql.matches("create table").count(),
            sql.matches(") strict").count(),
            "{}: a table is not strict",
            file.path
        );
    }
}

#[test]
fn pages_hold_no_inline_script() {
    for file in files("static", &[".html"]) {
        let text = file.text.to_lowercase();
        assert!(!text.contains("<script>") && !text.contains("javascript:"), "{}", file.path);
        for handler in ["onclick=", "onload=", "onerror=", "onsubmit="] {
            assert!(!text.contains(handler), "{}: {handler}", file.path);
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    let mut all = files("src", &[".rs", ".json"]);
    all.extend(files("static", &[".html", ".js", ".css"]));
    all.extend(files("scripts", &[".mjs"]));
    for file in &all {
        for word in ["lorem ipsum", "TODO", "FIXME", "placeholder text", "coming soon"] {
            assert!(!file.text.contains(word), "{}: {word}", file.path);
        }
    }
}
