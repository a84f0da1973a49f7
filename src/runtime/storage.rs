//! Port `Sql` on an object's storage. `transactionSync` takes everything back when its closure throws, the alarm
//! included; the crate does not bind it, so it is bound here, with what the crate's own bindings would unwrap.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::Write;

use worker::State;
use worker::js_sys::{Array, Date, JSON, JsString, Promise};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};

use super::d1::{broken, unpacked};
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::db::{Rows, Value};
use crate::port::sql::{Sql, Tx};

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Raw;
    #[wasm_bindgen(method, catch, js_name = transactionSync)]
    fn transaction_sync(this: &Raw, work: &mut dyn FnMut() -> Result<JsValue, JsValue>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = setAlarm)]
    fn set_alarm(this: &Raw, at: Date) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn sql(this: &Raw) -> RawSql;

    #[derive(Clone)]
    type RawSql;
    #[wasm_bindgen(method, catch, variadic)]
    fn exec(this: &RawSql, sql: &JsString, values: &Array) -> Result<Cursor, JsValue>;

    type Cursor;
    #[wasm_bindgen(method, catch)]
    fn raw(this: &Cursor) -> Result<RawCursor, JsValue>;

    type RawCursor;
    #[wasm_bindgen(method, catch, js_name = toArray)]
    fn to_array(this: &RawCursor) -> Result<Array, JsValue>;
}

pub struct Storage {
    raw: Raw,
    tx: ObjectTx,
}

pub struct ObjectTx {
    raw: Raw,
    sql: RawSql,
}

impl Storage {
    pub fn of(state: &State) -> Self {
        let raw: Raw = state.storage().as_raw().unchecked_ref::<Raw>().clone();
        let tx = ObjectTx { sql: raw.sql(), raw: raw.clone() };
        Self { raw, tx }
    }
}

impl Storage {
    /// What `work` does is taken back when it says no.
    fn keep(&self, work: &mut dyn FnMut() -> bool) -> Result<(), Fault> {
        let done = self.raw.transaction_sync(&mut || if work() { Ok(JsValue::UNDEFINED) } else { Err(JsValue::NULL) });
        done.map(drop).map_err(broken)
    }
}

impl Sql for Storage {
    type Tx = ObjectTx;

    /// As little as can be for each kind of work: there are many.
    fn transaction<T, E: From<Fault>>(&self, work: impl FnOnce(&ObjectTx) -> Result<T, E>) -> Result<T, E> {
        let mut work = Some(work);
        let mut done: Option<Result<T, E>> = None;
        let kept = self.keep(&mut || {
            done = work.take().map(|work| work(&self.tx));
            matches!(done, Some(Ok(_)))
        });
        match done {
            // Or the work was done and the platform could not keep it.
            Some(Ok(value)) => kept.map(|()| value).map_err(E::from),
            Some(Err(error)) => Err(error),
            None => {
                Err(kept.err().unwrap_or_else(|| Fault::Bug { why: "a transaction without work".to_owned() }).into())
            }
        }
    }
}

impl Tx for ObjectTx {
    fn run(&self, sql: &'static str, values: Vec<Value>) -> Result<Rows, Fault> {
        let values = parsed(&values).map_err(broken)?;
        let cursor = self.sql.exec(&text(sql), &values).map_err(broken)?;
        if only_writes(sql) {
            return Ok(Rows::default());
        }
        unpacked(&cursor.raw().and_then(|cursor| cursor.to_array()).map_err(broken)?)
    }

    fn arm(&self, at: Millis) -> Result<(), Fault> {
        #[expect(clippy::cast_precision_loss, reason = "a date is far below 2^53")]
        let date = Date::new(&JsValue::from_f64(at.count() as f64));
        // Takes effect at once; the promise tells nothing.
        self.raw.set_alarm(date).map(drop).map_err(broken)
    }
}

thread_local! {
    /// The statements as the platform's strings: made once, and found again by the platform without reading them.
    static TEXTS: RefCell<HashMap<(*const u8, usize), JsString>> = RefCell::default();
}

fn text(sql: &'static str) -> JsString {
    TEXTS.with_borrow_mut(|texts| texts.entry((sql.as_ptr(), sql.len())).or_insert_with(|| sql.into()).clone())
}

/// What only writes is done as soon as it is told: nobody need ask what it found.
fn only_writes(sql: &str) -> bool {
    ["insert", "update", "delete"].iter().any(|word| sql.starts_with(word)) && !sql.contains("returning")
}

/// All values in one step: each by itself would cross over to JavaScript for as long as a statement takes.
fn parsed(values: &[Value]) -> Result<Array, JsValue> {
    if values.is_empty() {
        return Ok(Array::new());
    }
    let mut json = String::from("[");
    for (n, value) in values.iter().enumerate() {
        if n > 0 {
            json.push(',');
        }
        // Writing into a string does not fail.
        let _ = match value {
            Value::Null => json.write_str("null"),
            Value::Int(number) => write!(json, "{number}"),
            Value::Text(text) => json.write_str(&form::text(&text.as_str().into())),
        };
    }
    json.push(']');
    JSON::parse(&json).map(JsCast::unchecked_into)
}
