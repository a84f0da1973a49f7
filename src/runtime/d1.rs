//! D1 behind port `Db`: one batch is one transaction and one trip, inside one session of the caller's bookmark.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{Either, select};
use serde_json::Value as Json;
use worker::Env;
use worker::js_sys::{Array, JSON, Object, Promise, Reflect};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use super::clock::PlatformClock;
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::clock::Clock;
use crate::port::db::{Db, Rows, Statement, Value};
use crate::port::log::Trace;

// The crate's own bindings unwrap what these catch.
#[wasm_bindgen]
extern "C" {
    type Database;
    #[wasm_bindgen(method, catch, js_name = withSession)]
    fn with_session(this: &Database, constraint: &str) -> Result<Session, JsValue>;

    type Session;
    #[wasm_bindgen(method, catch)]
    fn prepare(this: &Session, sql: &str) -> Result<Prepared, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn batch(this: &Session, statements: &Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getBookmark)]
    fn get_bookmark(this: &Session) -> Result<Option<String>, JsValue>;

    type Prepared;
    #[wasm_bindgen(method, catch, variadic)]
    fn bind(this: &Prepared, values: &Array) -> Result<Prepared, JsValue>;
}

pub struct D1 {
    env: Env,
    trace: Rc<Trace>,
    limit: Millis,
    /// Where the caller has read up to. Without it any replica may answer.
    from: RefCell<Option<String>>,
    session: RefCell<Option<Session>>,
}

impl D1 {
    pub fn of(env: Env, trace: Rc<Trace>, limit: Millis) -> Self {
        Self { env, trace, limit, from: RefCell::default(), session: RefCell::default() }
    }

    fn start(&self, statements: &[Statement]) -> Result<Promise, JsValue> {
        let session = match self.session.take() {
            Some(session) => session,
            None => self.open()?,
        };
        let prepared = Array::new();
        for statement in statements {
            let values: Array = statement.values.iter().map(js).collect();
            prepared.push(&session.prepare(statement.sql)?.bind(&values)?.into());
        }
        let promise = session.batch(&prepared);
        self.session.replace(Some(session));
        promise
    }

    fn open(&self) -> Result<Session, JsValue> {
        let binding = Reflect::get(&self.env, &"DB".into())?;
        binding
            .unchecked_into::<Database>()
            .with_session(self.from.borrow().as_deref().unwrap_or("first-unconstrained"))
    }
}

impl Db for D1 {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Rows>, Fault> {
        self.trace.mark("DATABASE_QUERY_START", PlatformClock.now());
        let answer = JsFuture::from(self.start(&statements).map_err(broken)?);
        let limit = PlatformClock.sleep(self.limit);
        let answer = match select(answer, std::pin::pin!(limit)).await {
            Either::Left((answer, _)) => answer.map_err(broken)?,
            Either::Right(_) => return Err(Fault::DatabaseTimeout),
        };
        self.trace.mark("DATABASE_QUERY_SUCCESS", PlatformClock.now());
        answer.unchecked_into::<Array>().iter().map(|result| rows(&result)).collect()
    }

    fn read_from(&self, bookmark: String) {
        self.from.replace(Some(bookmark));
    }

    fn bookmark(&self) -> Option<String> {
        self.session.borrow().as_ref().and_then(|session| session.get_bookmark().ok().flatten())
    }
}

fn rows(result: &JsValue) -> Result<Rows, Fault> {
    let rows: Array = Reflect::get(result, &"results".into()).map_err(broken)?.unchecked_into();
    unpacked(&rows.iter().map(|row| Object::values(row.unchecked_ref::<Object>())).collect())
}

/// Rows as arrays of cells, handed over in one step: each cell by itself would take as long as a statement.
pub fn unpacked(rows: &Array) -> Result<Rows, Fault> {
    if rows.length() == 0 {
        return Ok(Rows::default());
    }
    let text = String::from(JSON::stringify(rows).map_err(broken)?);
    let rows = form::tree(text.as_bytes()).map_err(|why| Fault::Database { why: format!("rows: {why}") })?;
    let told = list(rows)
        .and_then(|rows| rows.into_iter().map(|cells| list(cells)?.into_iter().map(value).collect()).collect());
    told.map(Rows).ok_or_else(|| Fault::Database { why: "a number that is not whole".to_owned() })
}

fn list(value: Json) -> Option<Vec<Json>> {
    if let Json::Array(list) = value { Some(list) } else { None }
}

fn value(cell: Json) -> Option<Value> {
    match cell {
        Json::String(text) => Some(Value::Text(text)),
        Json::Number(number) => number.as_i64().map(Value::Int),
        _ => Some(Value::Null),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript numbers: every integer we bind is a time or a count below 2^53"
)]
fn js(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Int(number) => JsValue::from_f64(*number as f64),
        Value::Text(text) => text.into(),
    }
}

pub fn broken(error: JsValue) -> Fault {
    let message = error.dyn_ref::<worker::js_sys::Error>().map(|error| String::from(error.message()));
    let why = message.unwrap_or_else(|| "unknown".to_owned());
    // What the tables do not take is told by SQLite's own word at the end; everything else may work another time.
    if ["SQLITE_CONSTRAINT", "SQLITE_MISMATCH", "SQLITE_TOOBIG"].iter().any(|word| why.contains(word)) {
        return Fault::DatabaseRefused { why };
    }
    Fault::Database { why }
}
