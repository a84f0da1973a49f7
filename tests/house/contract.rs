//! The statements of tests/shared/contract.json on the double of the platform's SQLite; the edge tests put the same
//! ones to an object and to D1. `double` is where ours is stricter: what is by chance or by the time of day is for the
//! ports, and a row that production refuses is refused here too.

use serde::Deserialize;
use serde_json::Value as Json;
use vocahire::domain::failure::Fault;
use vocahire::port::db::Value;

use super::shared::sqlite;

#[derive(Deserialize)]
struct Case {
    name: String,
    #[serde(default)]
    before: Vec<String>,
    sql: String,
    #[serde(default)]
    values: Vec<Json>,
    #[serde(default)]
    rows: Json,
    fails: Option<String>,
    double: Option<String>,
}

#[test]
fn the_double_keeps_the_contract() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../shared/contract.json")).unwrap();
    assert!(cases.len() > 60);
    for case in cases {
        let database = sqlite::empty();
        for sql in &case.before {
            database.execute_batch(sql).unwrap();
        }
        let (sql, values) = spelled_out(&case);
        let sql: &'static str = sql.leak(); // as the product's own are
        let found = sqlite::run(&database, sql, &values);
        match (case.double.or(case.fails), found) {
            (None, Ok(rows)) => {
                let names = names(&database, sql);
                let rows: Vec<Json> = rows.0.into_iter().map(|cells| named(&names, cells)).collect();
                assert_eq!(Json::Array(rows), case.rows, "{}", case.name);
            }
            (Some(fails), Err(Fault::Database { .. })) if fails == "error" => {}
            (Some(fails), Err(Fault::DatabaseRefused { .. })) if fails == "refused" => {}
            (wanted, found) => panic!("{}: wanted {wanted:?}, got {found:?}", case.name),
        }
    }
}

fn names(database: &rusqlite::Connection, sql: &str) -> Vec<String> {
    database.prepare(sql).unwrap().column_names().map(str::to_owned).collect()
}

fn named(names: &[String], cells: Vec<Value>) -> Json {
    let told = cells.into_iter().map(|cell| match cell {
        Value::Null => Json::Null,
        Value::Int(number) => number.into(),
        Value::Text(text) => text.into(),
    });
    names.iter().cloned().zip(told).collect::<serde_json::Map<_, _>>().into()
}

/// `{100}` in SQL stands for rows of one value each, `{1000}` as a value for a text so long.
fn spelled_out(case: &Case) -> (String, Vec<Value>) {
    let Some((before, rest)) = case.sql.split_once('{') else {
        return (case.sql.clone(), case.values.iter().map(value).collect());
    };
    let (many, after) = rest.split_once('}').unwrap();
    let many: usize = many.parse().unwrap();
    (format!("{before}{}{after}", vec!["(?)"; many].join(", ")), vec![Value::Int(1); many])
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::String(text) => match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
            Some(length) if length.parse::<usize>().is_ok() => Value::Text("x".repeat(length.parse().unwrap())),
            _ => Value::Text(text.clone()),
        },
        number => Value::Int(number.as_i64().unwrap()),
    }
}
