//! OpenAI's list of models: `GET /v1/models`. A row may say on which day its model ends.

use serde_json::Value;

use super::call::Account;
use super::error;
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::http::Ask;

/// Some hundred rows of some hundred bytes.
const MOST: usize = 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub id: String,
    /// A day, as `2027-01-20`.
    pub shutdown: Option<String>,
}

pub fn question(account: &Account, limit: Millis) -> Ask {
    let headers = vec![("authorization", format!("Bearer {}", account.key))];
    Ask { url: format!("{}/models", account.base), headers, limit, max_bytes: MOST }
}

/// A list without a single model is none.
pub fn list(status: u16, body: &[u8]) -> Result<Vec<Model>, Fault> {
    if status != 200 {
        return Err(error::refused(status, None, body));
    }
    let told = form::only(&["data", "id", "shutdown_date"], body).unwrap_or_default();
    let rows = told.get("data").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let models: Option<Vec<Model>> = rows.iter().map(model).collect();
    models
        .filter(|models| !models.is_empty())
        .ok_or_else(|| Fault::Provider { provider: "openai", why: "a list without models".to_owned() })
}

fn model(row: &Value) -> Option<Model> {
    let id = row.get("id")?.as_str()?.to_owned();
    let shutdown = match row.get("shutdown_date") {
        Some(Value::String(day)) => moment(day.get(..10).unwrap_or(day)),
        Some(Value::Number(seconds)) => seconds.as_i64().map(Millis::of_seconds),
        _ => None,
    };
    Some(Model { id, shutdown: shutdown.map(day) })
}

/// The beginning of a day that is written as `2027-01-20`.
pub fn moment(day: &str) -> Option<Millis> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<u32>().ok());
    let mut next = || parts.next().flatten();
    let (year, month, day) = (i32::try_from(next()?).ok()?, next()?, next()?);
    let day = chrono::NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
    Some(Millis::new(day.and_utc().timestamp_millis()))
}

fn day(moment: Millis) -> String {
    moment.iso().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Result<Vec<(String, Option<String>)>, Fault> {
        Ok(list(200, body.as_bytes())?.into_iter().map(|model| (model.id, model.shutdown)).collect())
    }

    #[test]
    fn a_row_may_say_when_its_model_ends() {
        let body = r#"{"object":"list","data":[{"id":"a","object":"model","created":1,"owned_by":"x"},
            {"id":"b","shutdown_date":"2027-01-20"},{"id":"c","shutdown_date":"2027-02-26T00:00:00Z"},
            {"id":"d","shutdown_date":1800403200},{"id":"e","shutdown_date":null},{"id":"f","shutdown_date":"soon"},
            {"id":"g","shutdown_date":"2027-02-30"},{"id":"h","shutdown_date":{}}]}"#;
        let days: Vec<Option<String>> = told(body).unwrap().into_iter().map(|(_, day)| day).collect();
        let day = |text: &str| Some(text.to_owned());
        let wanted = [None, day("2027-01-20"), day("2027-02-26"), day("2027-01-20"), None, None, None, None];
        assert_eq!(days, wanted);
    }

    #[test]
    fn what_is_no_list_of_models_is_an_error() {
        for body in ["", "{", "[]", "{}", r#"{"data":[]}"#, r#"{"data":[{"id":1}]}"#, r#"{"data":[{"id":"a"},7]}"#] {
            assert!(matches!(told(body), Err(Fault::Provider { .. })), "{body}");
        }
        assert!(matches!(list(401, b"{}"), Err(Fault::ProviderRefused { .. })));
        assert!(matches!(list(503, b""), Err(Fault::ProviderBusy { .. })));
    }

    #[test]
    fn it_is_asked_for_with_our_key_and_a_limit() {
        let ask = question(&Account { base: "https://api.openai.com/v1", key: "sk-x" }, Millis::of_seconds(20));
        assert_eq!(ask.url, "https://api.openai.com/v1/models");
        assert_eq!(ask.headers, [("authorization", "Bearer sk-x".to_owned())]);
        assert_eq!(ask.limit, Millis::of_seconds(20));
    }

    proptest::proptest! {
        #[test]
        fn whatever_comes_is_answered(
            status in 0..1000u16, body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200), day in ".*"
        ) {
            let _ = list(status, &body);
            if let Some(at) = moment(&day) {
                proptest::prop_assert_eq!(moment(&super::day(at)), Some(at));
            }
        }
    }
}
