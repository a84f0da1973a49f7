//! An interview that is over, as D1 keeps it.

use serde_json::{Value, json};

use super::line::Line;
use super::room::Room;
use super::store;
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::domain::outcome::Outcome;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::db::{Db, Statement};

/// In one statement, in bytes of JSON.
const AT_ONCE: usize = 100 * 1024;

pub struct Kept<'a> {
    pub room: &'a Room,
    pub outcome: Outcome,
    pub ended_at: Millis,
    pub charged: Credits,
    /// In order.
    pub lines: Vec<Line>,
    pub notes: Vec<(Millis, String)>,
}

/// All of it or nothing; told again, it stands there once, as it was told last. Nothing is written of a person whose
/// account is gone.
pub async fn keep<W: World>(world: &W, kept: &Kept<'_>) -> Result<(), Fault> {
    let session = &kept.room.session;
    let from = kept.room.life.spoke_at.unwrap_or(kept.room.life.opened_at);
    let lines = kept.lines.iter().enumerate().map(|(number, line)| {
        let [at, end] = [line.at, line.end].map(|at| at.since(from).count().max(0));
        let (speaker, mark, source) = (line.speaker.word(), line.mark.word(), line.source.word());
        let waited = line.waited.map(Millis::count);
        json!([number, line.item, speaker, line.text, mark, at, end, source, i64::from(line.typed), waited])
    });
    let notes = kept.notes.iter().enumerate().map(|(number, (at, what))| json!([number, at, what]));
    let mut statements = vec![store::session(kept, world.clock().now())];
    statements.extend(store::unsaid(session));
    statements.extend(portions(lines).iter().map(|portion| store::lines(session, portion)));
    statements.extend(portions(notes).iter().map(|portion| store::events(session, portion)));
    world.db().batch(statements).await.map(drop)
}

/// Nothing of it is kept but what it has cost.
pub async fn take_back<W: World>(world: &W, kept: &Kept<'_>) -> Result<(), Fault> {
    let Some(person) = UserId::parse(&kept.room.person) else { return Ok(()) };
    let mut statements: Vec<Statement> = store::deletion(&person, &kept.room.session).into();
    statements.push(store::forgotten(kept));
    world.db().batch(statements).await.map(drop)
}

/// Arrays of JSON, none much larger than a statement takes.
fn portions(rows: impl Iterator<Item = Value>) -> Vec<String> {
    let mut portions: Vec<String> = Vec::new();
    for row in rows.map(|row| form::text(&row)) {
        match portions.last_mut() {
            Some(portion) if portion.len() < AT_ONCE => {
                portion.push(',');
                portion.push_str(&row);
            }
            _ => portions.push(format!("[{row}")),
        }
    }
    portions.iter().map(|portion| format!("{portion}]")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn rows_are_portioned_in_order_and_no_portion_is_large(
            lengths in proptest::collection::vec(0..20_000usize, 0..60)
        ) {
            let rows: Vec<Value> =
                lengths.iter().enumerate().map(|(n, length)| json!([n, "x".repeat(*length)])).collect();
            let portions = portions(rows.iter().cloned());
            proptest::prop_assert!(portions.iter().all(|portion| portion.len() <= AT_ONCE + 20_100));
            let again: Vec<Value> =
                portions.iter().flat_map(|portion| serde_json::from_str::<Vec<Value>>(portion).unwrap()).collect();
            proptest::prop_assert_eq!(again, rows);
        }
    }

    #[test]
    fn of_nothing_there_is_no_portion() {
        assert_eq!(portions(std::iter::empty()), [""; 0]);
    }
}
