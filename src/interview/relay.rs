//! What the browser of the person passes on from its call, while nobody else hears it.

use serde_json::Value;

use crate::domain::failure::Refusal;
use crate::upstream::openai::event::{self, Event};

/// A talk makes some thirty of these kinds a minute.
const MOST: usize = 100;
/// One a second makes 1,800 in an interview.
const LAST: i64 = 100_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Counts from one. The same number again is the same batch.
    pub number: i64,
    /// The call it was heard in, where the page says so.
    pub connect: Option<i64>,
    pub events: Vec<Event>,
}

/// Kinds that nobody asked for are passed over, and so is one that cannot be read: the others of its batch are not its
/// fault.
pub fn read(bytes: &[u8]) -> Result<Batch, Refusal> {
    let body: Value = serde_json::from_slice(bytes).map_err(|_| Refusal::BadJson)?;
    let number = body.get("batch").and_then(Value::as_i64).filter(|number| (1..=LAST).contains(number));
    let number = number.ok_or(Refusal::BadRequest { field: "batch" })?;
    let given = body.get("events").and_then(Value::as_array).filter(|given| given.len() <= MOST);
    let events = given.ok_or(Refusal::BadRequest { field: "events" })?.iter().filter_map(|event| event::of(event).ok());
    let connect = body.get("connect").and_then(Value::as_i64).filter(|connect| (1..=LAST).contains(connect));
    Ok(Batch { number, connect, events: events.filter(is_relayed).collect() })
}

/// Deltas would say everything twice, and how a call is set up is not for the browser to tell.
fn is_relayed(event: &Event) -> bool {
    matches!(
        event,
        Event::ItemAdded { .. }
            | Event::SpeechStarted { .. }
            | Event::PersonDone { .. }
            | Event::PersonFailed { .. }
            | Event::ResponseCreated { .. }
            | Event::InterviewerDone { .. }
            | Event::ResponseDone(_)
            | Event::Truncated { .. }
            | Event::OutputStarted
            | Event::OutputCleared
    )
}

#[cfg(test)]
mod tests;
