//! The sideband: a socket to OpenAI at which the Room hears everything that is said. It is the Room's ear, not its
//! life: lost, it is dialled again, and meanwhile the browser tells what it hears.

use super::life::Happened;
use super::state::{Memory, Room, Withdrawn, change, happen};
use super::{Host, by, store};
use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::interview::choice::Language;
use crate::interview::fairness::{self, Ground};
use crate::interview::line::{self, Line, Mark, Source, Speaker};
use crate::interview::relay::Batch;
use crate::interview::{instructions, price};
use crate::port::calls::{Calls, Line as _, Undialled};
use crate::port::clock::Clock;
use crate::port::config::Config;
use crate::port::random::Random;
use crate::port::sql::{Sql, Tx};
use crate::upstream::openai::call::{self, Account, CallId};
use crate::upstream::openai::client;
use crate::upstream::openai::event::{self, Event};

/// Between two dials, in seconds, and a part of a second so that many Rooms do not dial together.
const WAITS: [i64; 4] = [1, 2, 5, 10];
/// What one interview may say: far more than two people can in an hour.
const MOST_LINES: i64 = 2000;
/// And in one go, in bytes: some ten minutes.
const MOST_TEXT: usize = 8 * 1024;

/// Whether there is a call to listen to and nobody does.
pub fn wants_to_listen<H: Host>(host: &H) -> bool {
    host.memory().borrow().line.is_none() && call(host).is_some()
}

/// With the number of the offer that it came of.
fn call<H: Host>(host: &H) -> Option<(i64, CallId)> {
    let room = host.sql().transaction(store::find).ok().flatten().filter(|room| room.life.is_open())?;
    room.life.call.map(|call| (room.life.connect, call))
}

/// Dials and listens, as long as there is a call.
pub async fn listen<H: Host>(host: &H) {
    let (mut failed, mut last) = (0_usize, 0);
    // Whoever listened before has gone with the memory that held the socket.
    let _ = happen(host, &Happened::Deaf);
    while let Some((connect, named)) = call(host) {
        if let Ok(line) = dial(host, &named).await {
            failed = 0;
            host.memory().borrow_mut().line = Some(line.clone());
            // Another call may have taken its place meanwhile.
            if by(host, Some(connect), &Happened::Hearing).is_ok_and(|room| is_of(room, connect)) {
                line.listen(|text| hear(host, connect, text)).await;
            }
            line.close();
            host.memory().borrow_mut().line = None;
            let _ = by(host, Some(connect), &Happened::Deaf);
        }
        if last != connect {
            (failed, last) = (0, connect);
        }
        let wait = WAITS.get(failed).or(WAITS.last()).copied().unwrap_or(1);
        failed = failed.saturating_add(1);
        let [jitter, ..] = host.random().bytes();
        host.clock().sleep(Millis::new(i64::from(jitter))).await;
        for _ in 0..wait {
            host.clock().sleep(Millis::of_seconds(1)).await;
            // A new call need not wait until the old one would have been tried again.
            if call(host).is_none_or(|(newest, _)| newest != connect) {
                break;
            }
        }
    }
}

fn is_of(room: Option<Room>, connect: i64) -> bool {
    room.is_some_and(|room| room.life.connect == connect)
}

async fn dial<H: Host>(host: &H, call: &CallId) -> Result<<H::Calls as Calls>::Line, Undialled> {
    let config = host.config();
    let key = config.openai_key().map_err(|_| Undialled::Unreachable)?;
    let (url, headers) = call::sideband(&Account { base: &config.voice.base_url, key }, call);
    host.calls().dial(&url, headers).await
}

/// Something was said at the sideband. What cannot be read, or cannot be written now, is lost like a word not heard.
/// What is heard late of a call that is over has cost something, and that is all.
fn hear<H: Host>(host: &H, connect: i64, text: &str) {
    let Ok(event) = event::read(text.as_bytes()) else { return };
    let now = host.clock().now();
    if event == Event::Other || half_said(host, &event, now) {
        return;
    }
    let _ = change(host, |room, tx, now| {
        let patience = &host.config().room;
        spend(host.config(), room, &event);
        let mut todo = room.life.on(&Happened::Tick, now, patience);
        if room.life.connect == connect {
            note(host, room, tx, &event, Source::Sideband, now)?;
            todo.extend(room.life.on(&Happened::Said { event: &event, relay: false }, now, patience));
            if drifted(room, tx, &event)? {
                todo.extend(room.life.on(&Happened::Drifted, now, patience));
            }
        }
        if room.spent.cost >= host.config().voice.ceiling {
            todo.extend(room.life.on(&Happened::Overspent, now, patience));
        }
        Ok(todo)
    });
    if let Event::InterviewerDelta { item, .. } = &event {
        look_at_half(host, item);
    }
}

/// Somebody else than us has changed what the interviewer is told, what it answers by, or that it is written down. Only
/// the page of the person can have. How OpenAI writes it down is its own business: spaces, or the day of a model.
fn drifted(room: &Room, tx: &impl Tx, event: &Event) -> Result<bool, Fault> {
    let Event::SessionUpdated(told) = event else { return Ok(false) };
    let ours = store::instructions(tx)?;
    let differs = |told: &Option<String>, ours: &str| {
        told.as_deref().is_some_and(|told| !told.split_whitespace().eq(ours.split_whitespace()))
    };
    let model = told.transcribe_model.as_deref();
    Ok(told.has_tools
        || ours.is_some_and(|ours| differs(&told.instructions, &ours))
        || differs(&told.modality, call::modality(room.life.speaks))
        || model.is_some_and(|model| !model.starts_with(&room.transcribe_model)))
}

/// A piece of a line that is being said: it stays in memory until the line is whole, or must not become so.
fn half_said<H: Host>(host: &H, event: &Event, now: Millis) -> bool {
    let (Event::PersonDelta { item, .. } | Event::InterviewerDelta { item, .. }) = event else { return false };
    let mut memory = host.memory().borrow_mut();
    let Some(found) = memory.partial.remove(item) else { return false };
    let line = line::hear(Some(found.clone()), event, now, Source::Sideband).unwrap_or(found);
    memory.partial.insert(item.clone(), line);
    drop(memory);
    look_at_half(host, item);
    true
}

/// A question that nobody may ask is stopped in the middle of it.
fn look_at_half<H: Host>(host: &H, item: &str) {
    let memory = host.memory().borrow();
    let line = memory.partial.get(item);
    let ground = line.zip(memory.language).and_then(|(line, language)| forbidden(host, line, language));
    drop(memory);
    if let Some(ground) = ground {
        stop(host);
        let done = change(host, |room, tx, now| withdraw(host, room, tx, item, ground, now).map(|()| Vec::new()));
        // What could not be marked is looked at again with its next word, or when it ends.
        if done.is_ok() {
            host.memory().borrow_mut().partial.remove(item);
        }
    }
}

fn forbidden<H: Host>(host: &H, line: &Line, language: Language) -> Option<Ground> {
    let asks = line.speaker == Speaker::Interviewer && line.mark != Mark::Withdrawn;
    asks.then(|| fairness::forbidden(host.words(fairness::words_of(language)), &line.text)).flatten()
}

/// The interviewer falls silent at once. What they take back it by is said when this reply is over.
fn stop<H: Host>(host: &H) {
    let mut memory = host.memory().borrow_mut();
    if let Some(line) = memory.line.clone() {
        memory.retracting = client::stop().iter().all(|word| line.say(word));
    }
}

/// The line stands as it was when it was stopped, and everybody is told why.
fn withdraw<H: Host, T: Tx>(
    host: &H,
    room: &mut Room,
    tx: &T,
    item: &str,
    ground: Ground,
    now: Millis,
) -> Result<(), Fault> {
    let half = host.memory().borrow().partial.get(item).cloned();
    let found = if half.is_some() { half } else { store::line(tx, item)? };
    let Some(line) = found.filter(|line| line.mark != Mark::Withdrawn) else { return Ok(()) };
    let count = room.withdrawn.map_or(0, |withdrawn| withdrawn.count).saturating_add(1);
    room.withdrawn = Some(Withdrawn { count, ground });
    store::note(tx, &format!("question withdrawn: {}", ground.word()), now)?;
    store::write(tx, &Line { mark: Mark::Withdrawn, end: now, ..line })
}

/// What the browser heard while nobody listened here. The same batch again is nothing new.
pub fn relay<H: Host>(host: &H, batch: &Batch) -> Result<Option<Room>, Fault> {
    change(host, |room, tx, now| {
        let mut todo = room.life.on(&Happened::Tick, now, &host.config().room);
        let connect = batch.connect.unwrap_or(room.life.connect);
        if !room.life.has_gap(now) || !store::batch(tx, connect, batch.number)? {
            return Ok(todo);
        }
        for (event, heard_at) in batch.events.iter().zip(now.count()..) {
            // In the order in which the browser heard them.
            note(host, room, tx, event, Source::Relay, Millis::new(heard_at))?;
            // What was said in a call that is over is no sign of life in this one.
            if room.life.connect == connect {
                todo.extend(room.life.on(&Happened::Said { event, relay: true }, now, &host.config().room));
            }
        }
        Ok(todo)
    })
}

/// 1. The line that it belongs to.
/// 2. Lines that it says were cut off.
/// 3. A question that nobody may ask, where its beginning was not heard, or was and could not be marked.
/// 4. The interviewer who was stopped takes back what they asked.
fn note<H: Host, T: Tx>(
    host: &H,
    room: &mut Room,
    tx: &T,
    event: &Event,
    source: Source,
    now: Millis,
) -> Result<(), Fault> {
    if room.deleted || room.archived {
        return Ok(());
    }
    // 1
    let mut memory = host.memory().borrow_mut();
    let waited = waited(&mut memory, event, now);
    if let Some(item) = line::item_of(event) {
        write(&mut memory, tx, room, item, |found| {
            line::hear(found, event, now, source).map(|line| Line { waited: line.waited.or(waited), ..line })
        })?;
    }
    // 2
    for item in line::interrupted(event) {
        write(&mut memory, tx, room, item, |found| line::hear(found, event, now, source))?;
    }
    let language = *memory.language.insert(room.wish.language);
    let retracting = matches!(event, Event::ResponseDone(_)) && std::mem::take(&mut memory.retracting);
    let line = memory.line.clone();
    drop(memory);
    // 3
    if let Event::InterviewerDone { item, text, .. } = event
        && let Some(ground) = fairness::forbidden(host.words(fairness::words_of(language)), text)
    {
        if source == Source::Sideband && store::line(tx, item)?.is_some_and(|line| line.mark != Mark::Withdrawn) {
            stop(host);
        }
        withdraw(host, room, tx, item, ground, now)?;
    }
    for item in line::interrupted(event) {
        let line = store::line(tx, item)?;
        if let Some(ground) = line.and_then(|line| forbidden(host, &line, language)) {
            withdraw(host, room, tx, item, ground, now)?;
        }
    }
    // 4
    let retracting = retracting || ends_withdrawn(tx, event)?;
    if let Some(line) = line.filter(|_| retracting) {
        line.say(&client::create_response(Some(instructions::said("withdraw", language, &|list| host.words(list)))));
    }
    Ok(())
}

/// Whether this is the end of a reply that was stopped. Whoever stopped it may not remember.
fn ends_withdrawn(tx: &impl Tx, event: &Event) -> Result<bool, Fault> {
    let Event::ResponseDone(done) = event else { return Ok(false) };
    for (item, _) in &done.items {
        if store::line(tx, item)?.is_some_and(|line| line.mark == Mark::Withdrawn) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How long the person has thought, when they begin to speak after the interviewer.
fn waited<L>(memory: &mut Memory<L>, event: &Event, now: Millis) -> Option<Millis> {
    match event {
        Event::OutputStarted => memory.silent_since = None,
        Event::OutputStopped => memory.silent_since = Some(now),
        Event::SpeechStarted { .. } => return memory.silent_since.take().map(|since| now.since(since)),
        _ => {}
    }
    None
}

fn write<L, T: Tx>(
    memory: &mut Memory<L>,
    tx: &T,
    room: &mut Room,
    item: &str,
    change: impl FnOnce(Option<Line>) -> Option<Line>,
) -> Result<(), Fault> {
    let half = memory.partial.remove(item);
    let found = match &half {
        Some(line) => Some(line.clone()),
        None => store::line(tx, item)?,
    };
    let known = found.is_some();
    match change(found) {
        Some(line) if line.mark == Mark::Partial && room.life.is_open() => {
            memory.partial.insert(item.to_owned(), line);
            Ok(())
        }
        Some(mut line) if known || store::count_lines(tx)? < MOST_LINES => {
            room.life.relayed |= line.source == Source::Relay;
            line.text.truncate(line.text.floor_char_boundary(MOST_TEXT));
            store::write(tx, &line)
        }
        _ => {
            if let Some(line) = half {
                memory.partial.insert(item.to_owned(), line);
            }
            Ok(())
        }
    }
}

fn spend(config: &Config, room: &mut Room, event: &Event) {
    let prices = price::of(config);
    match event {
        Event::ResponseDone(done) => {
            room.spent.used(&done.usage, price::cost(&prices, &room.model, &done.usage));
        }
        Event::PersonDone { usage, .. } => {
            room.spent.heard(usage, price::cost_heard(&prices, &room.transcribe_model, usage));
        }
        _ => {}
    }
}
