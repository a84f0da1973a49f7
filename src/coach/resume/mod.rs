//! The resume that a person brings along: its file as it was given to us, its text as it is read to the interviewer.
//!
//! A file's key is written down as one to be deleted before the file is stored, and struck out together with the row
//! that names it. Whatever breaks off in between, no file is left that nobody knows of; and nobody is told that a file
//! is gone before it is.

mod analysis;
mod convert;
mod file;
mod link;
mod store;

use serde_json::{Value, json};

use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form;
use crate::domain::id::{ResumeId, UserId};
use crate::domain::millis::Millis;
use crate::domain::text::{Shape, clean};
use crate::port::World;
use crate::port::blobs::Blobs;
use crate::port::clock::Clock;
use crate::port::db::{Db, Statement, nth};
use crate::port::random::Random;
use file::Kind;
use store::New;

pub use link::Link;

/// Of a file, in bytes.
pub const MOST_BYTES: usize = 10 * 1024 * 1024;
/// Of a text, in characters, counted after cleaning; and in bytes before it, with room for what is cleaned away.
const LONGEST_TEXT: usize = 100_000;
const LONGEST_RAW: usize = 1024 * 1024;
/// What an interviewer gets to know of it.
const LONGEST_READ: usize = 12_000;
/// An upload that is not over by then never will be.
const UPLOAD: Millis = Millis::of_seconds(60 * 60);
/// Questions about one person's resume to services that cost, on a day.
const QUESTIONS: i64 = 10;
/// In milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// Files deleted at one stroke of the cron.
const SWEPT: i64 = 100;

/// What was sent.
#[derive(Default)]
pub struct Upload<'a> {
    pub text: &'a str,
    pub file: Option<Sent<'a>>,
    /// The person wants the file sent to PDF.co, because their browser can read nothing in it.
    pub convert: bool,
}

pub struct Sent<'a> {
    pub name: &'a str,
    pub declared: &'a str,
    pub bytes: &'a [u8],
}

/// `GET /api/resume`.
pub async fn show<W: World>(world: &W, person: &UserId) -> Result<Value, Failure> {
    after(world, person, Vec::new()).await
}

/// `POST /api/resume`.
///
/// 1. What the file is, whatever it is called.
/// 2. What can be read in it.
/// 3. The file is stored, as one that is to be deleted.
/// 4. The row that names it takes the place of the old one, unless the account has been closed.
pub async fn keep<W: World>(world: &W, person: &UserId, upload: &Upload<'_>) -> Result<Value, Failure> {
    // 1
    let kind = upload.file.as_ref().map_or(Ok(Kind::Text), judge)?;
    // 2
    let text = text(world, person, upload, kind).await?;
    // 3
    let id = ResumeId::from_random(world.random().bytes(), world.random().bytes());
    let key = format!("resumes/{}", id.as_str());
    if let Some(file) = &upload.file {
        let doom = store::doom(person, &key, world.clock().now().plus(UPLOAD));
        world.db().batch(vec![doom]).await?;
        world.blobs().put(&key, file.bytes, kind.content_type()).await?;
        world.mark("FILE_STORED");
    }
    // 4
    let bytes = upload.file.as_ref().map_or(text.len(), |file| file.bytes.len());
    let name = upload.file.as_ref().and_then(|file| kind.name(&world.nfc(file.name)));
    let new = New {
        id: id.as_str(),
        name: name.as_deref(),
        kind: kind.word(),
        bytes: i64::try_from(bytes).unwrap_or(0),
        file: upload.file.as_ref().map(|_| key.as_str()),
        text: &text,
        at: world.clock().now(),
    };
    let told = after(world, person, store::keep(person, &new)).await?;
    let kept = told.pointer("/resume/id").and_then(Value::as_str) == Some(id.as_str());
    if kept { Ok(told) } else { Err(Refusal::AccountClosed.into()) }
}

fn judge(file: &Sent) -> Result<Kind, Refusal> {
    if file.bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge { limit: MOST_BYTES });
    }
    let kind = Kind::of(file.bytes).ok_or(Refusal::UnsupportedMediaType { expected: "PDF, DOCX or plain text" })?;
    if kind.contradicts(file.name, file.declared) { Err(Refusal::BadResume { reason: "mismatch" }) } else { Ok(kind) }
}

/// What the browser has read or the person has written; else the file's own, or what PDF.co reads in it.
async fn text<W: World>(world: &W, person: &UserId, upload: &Upload<'_>, kind: Kind) -> Result<String, Failure> {
    let own = upload.file.as_ref().map_or(&[][..], |file| file.bytes);
    match kind {
        _ if !upload.text.trim().is_empty() => cleaned(world, upload.text),
        Kind::Text => cleaned(world, str::from_utf8(own).unwrap_or_default()),
        Kind::Pdf if upload.convert => {
            ask(world, person).await?;
            cleaned(world, &convert::text(world, own).await?)
        }
        Kind::Docx if upload.convert => Err(Refusal::BadResume { reason: "not_converted" }.into()),
        _ => Err(Refusal::BadResume { reason: "empty" }.into()),
    }
}

fn cleaned<W: World>(world: &W, raw: &str) -> Result<String, Failure> {
    let no = |reason: &'static str| Err(Refusal::BadResume { reason }.into());
    if raw.len() > LONGEST_RAW {
        return no("too_long");
    }
    let text = world.nfc(&clean(raw, Shape::Lines));
    match text.chars().count() {
        0 => no("empty"),
        1..=LONGEST_TEXT => Ok(text),
        _ => no("too_long"),
    }
}

/// Whoever has asked often enough today asks again tomorrow.
async fn ask<W: World>(world: &W, person: &UserId) -> Result<(), Failure> {
    let now = world.clock().now();
    let told = world.db().batch(vec![store::ask(person, day(now), QUESTIONS)]).await?;
    if !nth(told, 0).0.is_empty() {
        return Ok(());
    }
    Err(Refusal::RateLimited { retry_after: Millis::new(DAY.saturating_sub(now.count().rem_euclid(DAY))) }.into())
}

fn day(now: Millis) -> i64 {
    now.count().div_euclid(DAY)
}

/// `POST /api/resume/analysis`. Should another resume have taken its place meanwhile, that one is told, as it is.
pub async fn analyse<W: World>(world: &W, person: &UserId) -> Result<Value, Failure> {
    let page = store::page(world.db(), person).await?.ok_or(Refusal::NotFound)?;
    world.config().openai_key()?;
    ask(world, person).await?;
    let (found, model) = analysis::analyse(world, person, &page.text).await?;
    let analysed = store::analysed(person, &page.id, &form::text(&found), &model, world.clock().now());
    after(world, person, vec![analysed]).await
}

/// The resume as it stands after these statements, with a link to its file that is good for some minutes.
async fn after<W: World>(world: &W, person: &UserId, statements: Vec<Statement>) -> Result<Value, Failure> {
    let standing = store::after(world.db(), person, statements).await?;
    let resume = standing.map(|standing| told(world, &standing)).transpose()?;
    Ok(json!({ "resume": resume, "convert": world.config().pdfco.key.is_some() }))
}

fn told<W: World>(world: &W, standing: &store::Standing) -> Result<Value, Failure> {
    let unreadable = |_| Fault::Database { why: "a resume that is no JSON".to_owned() };
    let mut resume: Value = serde_json::from_slice(standing.told.as_bytes()).map_err(unreadable)?;
    let expires = world.clock().now().plus(link::GOOD_FOR);
    let link = match &standing.file {
        Some(key) => {
            let name = standing.name.as_deref().unwrap_or("resume");
            link::make(world.config().ticket_secrets()?, key, &standing.kind, name, expires)
        }
        None => None,
    };
    if let Some(members) = resume.as_object_mut() {
        members.insert("linkExpiresAt".to_owned(), link.as_ref().map(|_| expires.iso()).into());
        members.insert("link".to_owned(), link.map(|link| format!("/api/files/{link}")).into());
    }
    Ok(resume)
}

/// `GET /api/files/:id`. Whoever has a link may have the file, for as long as the link is good.
pub fn file<W: World>(world: &W, token: &str) -> Result<Link, Failure> {
    let secrets = world.config().ticket_secrets()?;
    Ok(link::open(secrets, token, world.clock().now()).ok_or(Refusal::NotFound)?)
}

/// `DELETE /api/resume`. Says so only when row and file are gone; a repeat goes on where this one broke off.
pub async fn delete<W: World>(world: &W, person: &UserId) -> Result<Value, Failure> {
    clear(world, store::delete(person, world.clock().now())).await?;
    Ok(json!({ "deleted": true }))
}

/// Whatever is kept of a person's resume goes.
pub async fn forget<W: World>(world: &W, person: &UserId) -> Result<(), Fault> {
    let mut statements = vec![store::forget_questions(person)];
    statements.extend(store::delete(person, world.clock().now()));
    clear(world, statements).await
}

/// Files whose time has come go: of old resumes, and of uploads that broke off.
pub async fn sweep<W: World>(world: &W) -> Result<(), Fault> {
    let now = world.clock().now();
    clear(world, store::doomed(now, day(now), SWEPT)).await
}

/// The files whose keys these statements tell go.
async fn clear<W: World>(world: &W, statements: Vec<Statement>) -> Result<(), Fault> {
    let keys = store::keys(world.db(), statements).await?;
    if !keys.is_empty() {
        world.blobs().delete(&keys).await?;
        // The files are gone. What is not struck out now is deleted once more at night.
        let _ = world.db().batch(vec![store::gone(&keys)]).await;
    }
    Ok(())
}

/// What an interviewer gets to know of a person's resume. None, when it is not there any more.
pub async fn text_for<W: World>(world: &W, person: &UserId, resume: &ResumeId) -> Result<Option<String>, Fault> {
    let page = store::page(world.db(), person).await?.filter(|page| page.id == resume.as_str());
    Ok(page.map(|page| page.text.chars().take(LONGEST_READ).collect()))
}
