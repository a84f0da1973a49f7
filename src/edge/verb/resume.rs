//! The verbs of resumes.

use serde_json::Value;

use super::JSON;
use crate::coach::resume::{self, Sent, Upload};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::id::UserId;
use crate::edge::answer::{Answer, Body};
use crate::edge::route::Verb;
use crate::edge::{document, multipart};
use crate::port::World;
use crate::port::incoming::Incoming;

const FORM: &str = "multipart/form-data";
/// A file of the largest size, the text in it, and what stands around them.
const LIMIT: usize = resume::MOST_BYTES + 256 * 1024;

pub async fn resume<W: World>(
    world: &W,
    incoming: &impl Incoming,
    person: &UserId,
    verb: Verb,
) -> Result<Answer, Failure> {
    let told = match verb {
        Verb::KeepResume => keep(world, incoming, person).await?,
        Verb::DeleteResume => resume::delete(world, person).await?,
        Verb::AnalyseResume => {
            document::read(incoming, &[JSON], JSON).await?;
            resume::analyse(world, person).await?
        }
        _ => resume::show(world, person).await?,
    };
    Answer::json(if verb == Verb::KeepResume { 201 } else { 200 }, &told)
}

async fn keep<W: World>(world: &W, incoming: &impl Incoming, person: &UserId) -> Result<Value, Failure> {
    let bytes = document::read_up_to(LIMIT, incoming, &[FORM], FORM).await?;
    let form = incoming.header("content-type").and_then(|kind| multipart::read(&kind, &bytes));
    let form = form.ok_or(Refusal::BadRequest { field: "body" })?;
    let mut upload = Upload::default();
    for part in &form {
        match (part.name.as_str(), &part.file_name) {
            ("text", None) => {
                upload.text = str::from_utf8(part.content).map_err(|_| Refusal::BadRequest { field: "text" })?;
            }
            // As a form sends it in which no file was chosen.
            ("file", Some(name)) if name.is_empty() && part.content.is_empty() => {}
            ("file", Some(name)) => {
                upload.file = Some(Sent { name, declared: part.kind, bytes: part.content });
            }
            ("convert", None) => upload.convert = part.content == b"yes",
            _ => return Err(Refusal::BadRequest { field: "body" }.into()),
        }
    }
    resume::keep(world, person, &upload).await
}

/// Always to be saved, never to be shown: nothing in it may run as ours.
pub fn file<W: World>(world: &W, token: &str) -> Result<Answer, Failure> {
    let link = resume::file(world, token)?;
    let answer = Answer { body: Body::Blob(link.key), ..Answer::empty(200) };
    Ok(answer
        .with("content-type", link.content_type)
        .with("content-disposition", link.disposition)
        .with("content-security-policy", "default-src 'none'; sandbox"))
}
