//! What the Room has to say to the interviewer: at the sideband, or through the page while nobody of ours is there.

use super::command::Saying;
use super::state::Room;
use super::{Host, alarm, store};
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::interview::instructions;
use crate::port::calls::Line;
use crate::port::clock::Clock;
use crate::port::due;
use crate::port::sql::{Sql, Tx};
use crate::upstream::openai::{call, client};

pub const STILL_THERE: &str = "still_there";
pub const WRAP_UP: &str = "wrap_up";
pub const GOODBYE: &str = "goodbye";
pub const PAUSE: &str = "pause";
pub const GO_ON: &str = "go_on";
pub const PATIENCE: &str = "patience";
pub const PUT_BACK: &str = "put_back";

/// A heartbeat of the page, and its way.
const ACKNOWLEDGED_WITHIN: Millis = Millis::of_seconds(6);

/// With its time, so that the page which is to say it knows one from another.
pub fn plan(tx: &impl Tx, what: &str, now: Millis) -> Result<(), Fault> {
    due::plan(tx, alarm::SAY, &format!("{what}@{}", now.count()), now)
}

/// These were said by the page.
pub fn acknowledge(tx: &impl Tx, said: &[String]) -> Result<(), Fault> {
    let handed_over = said.iter().filter(|about| name_of(about) != PUT_BACK);
    handed_over.map(String::as_str).try_for_each(|about| due::cancel(tx, alarm::SAY, about))
}

/// The next interviewer is told what this one was to hear.
pub fn forget(tx: &impl Tx) -> Result<(), Fault> {
    due::all(tx, alarm::SAY)?.iter().try_for_each(|task| due::cancel(tx, alarm::SAY, &task.about))
}

/// Whether it was said, or has become idle.
pub fn say<H: Host>(host: &H, room: &Room, about: &str) -> Result<bool, Fault> {
    let words = words(host, room, about)?;
    let line = host.memory().borrow().line.clone();
    Ok(words.is_empty() || line.is_some_and(|line| words.iter().all(|word| line.say(word))))
}

/// What the page is to say: a sideband that is back meanwhile waits for its word that it did. It is not trusted to put
/// its own call right.
pub fn handed_over<H: Host>(host: &H, room: &Room) -> Result<Vec<Saying>, Fault> {
    if !room.life.is_deaf() {
        return Ok(Vec::new());
    }
    let later = host.clock().now().plus(ACKNOWLEDGED_WITHIN);
    let tasks = host.sql().transaction(|tx| {
        let mut tasks = due::all(tx, alarm::SAY)?;
        tasks.retain(|task| name_of(&task.about) != PUT_BACK);
        // Settings may be told twice; whoever speaks twice is heard twice.
        let once = tasks.iter().filter(|task| !matches!(name_of(&task.about), PATIENCE | PAUSE));
        once.map(|task| &task.about).try_for_each(|about| due::put_off(tx, alarm::SAY, about, later))?;
        Ok::<_, Fault>(tasks)
    })?;
    tasks.into_iter().map(|task| Ok(Saying { events: words(host, room, &task.about)?, id: task.about })).collect()
}

fn name_of(about: &str) -> &str {
    about.split_once('@').map_or(about, |(name, _)| name)
}

/// At an interview that is over nothing is said any more, who has spoken meanwhile is not asked whether they can hear,
/// and what a pause asks for waits for no later one.
fn words<H: Host>(host: &H, room: &Room, about: &str) -> Result<Vec<String>, Fault> {
    let (what, paused) = (name_of(about), room.life.clock.is_paused());
    let late = match what {
        STILL_THERE => room.life.heard_at.is_some(),
        PAUSE => !paused,
        GO_ON => paused,
        _ => false,
    };
    if late || !room.life.is_open() {
        return Ok(Vec::new());
    }
    let language = room.wish.language;
    let told = || instructions::said(what, language, &|list| host.words(list));
    let patience = (!paused).then_some(room.patience);
    let input = call::input(&room.transcribe_model, language.word(), patience);
    let update = |instructions| client::update(instructions, room.life.speaks, input);
    Ok(match what {
        STILL_THERE | GOODBYE => vec![client::create_response(Some(told()))],
        WRAP_UP => vec![client::note(told())],
        PAUSE => client::stop().into_iter().chain([update(None)]).collect(),
        GO_ON => vec![update(None), client::create_response(Some(told()))],
        PUT_BACK => vec![update(host.sql().transaction(store::instructions)?.as_deref())],
        _ => vec![update(None)],
    })
}
