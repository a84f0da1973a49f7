//! Whoever watches an interview: a picture of it when they come, and then what changes. Each change of a line has a
//! number, so that who comes back is told what they have missed.

use serde_json::Value;

use super::state::Room;
use super::{Host, store};
use crate::domain::failure::Fault;
use crate::domain::form::{self, object};
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::interview::line::Line;
use crate::interview::{past, visit};
use crate::port::clock::Clock;
use crate::port::sql::Sql;

/// What somebody who watches is told.
pub struct News {
    pub text: String,
    /// Of the last line they know now.
    pub number: i64,
    /// There will be no more.
    pub over: bool,
}

/// The picture, from the line after that number on. None for whom it is not.
pub fn picture<H: Host>(host: &H, person: &UserId, after: i64) -> Result<Option<News>, Fault> {
    let room = host.sql().transaction(store::find)?;
    let own = room.filter(|room| room.person == person.as_str() && !room.deleted && room.life.is_open());
    own.map(|room| news(host, &room, after, true)).transpose()
}

/// After a change: each is told what they do not know yet.
pub fn show<H: Host>(host: &H, before: &Room, now: &Room) {
    let stands = |room: &Room| {
        let life = &room.life;
        (life.stage, life.connect, life.wrapped, life.clock.is_paused(), room.withdrawn, room.deleted)
    };
    let changed = stands(before) != stands(now);
    host.show(&|known| news(host, now, known, changed).ok().filter(|news| changed || news.number > known));
}

fn news<H: Host>(host: &H, room: &Room, after: i64, stands: bool) -> Result<News, Fault> {
    let lines = host.sql().transaction(|tx| store::lines_after(tx, after))?;
    let from = room.life.spoke_at.unwrap_or(room.life.opened_at);
    let number = lines.iter().map(|(number, _)| *number).max().unwrap_or(after);
    let since = |at: Millis| at.since(from).max(Millis::default());
    let lines = lines.into_iter().map(|(number, line)| {
        let line = Line { at: since(line.at), end: since(line.end), ..line };
        past::told(&line, number)
    });
    let mut news = object!({ "after": after, "number": number, "lines": lines.collect::<Vec<Value>>() });
    if let Some(news) = news.as_object_mut().filter(|_| stands) {
        let standing = visit::standing(&room.told(host.clock().now(), host.config().room.pause));
        news.insert("standing".to_owned(), serde_json::to_value(standing).unwrap_or_default());
        news.insert("jobTitle".to_owned(), room.wish.job_title.as_str().into());
    }
    Ok(News { text: form::text(&news), number, over: !room.life.is_open() })
}
