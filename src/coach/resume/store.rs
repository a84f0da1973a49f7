//! The SQL of resumes and of the files that are to be deleted.

use serde_json::json;

use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use crate::port::db::{Db, Rows, Statement, row};

/// A resume as it is told to its owner, and the way to its file.
pub struct Standing {
    /// JSON.
    pub told: String,
    pub file: Option<String>,
    pub name: Option<String>,
    pub kind: String,
}

row!(Standing { told, file, name, kind });

/// What there is to read.
pub struct Page {
    pub id: String,
    pub text: String,
}

row!(Page { id, text });

pub struct New<'a> {
    pub id: &'a str,
    pub name: Option<&'a str>,
    pub kind: &'static str,
    pub bytes: i64,
    pub file: Option<&'a str>,
    pub text: &'a str,
    pub at: Millis,
}

/// How it stands after these statements.
pub async fn after(db: &impl Db, person: &UserId, mut statements: Vec<Statement>) -> Result<Option<Standing>, Fault> {
    let sql = "select json_object('id', id, 'name', name, 'type', type, 'bytes', bytes, 'characters', length(text),
            'text', text, 'uploadedAt', strftime('%Y-%m-%dT%H:%M:%fZ', uploaded_at / 1000.0, 'unixepoch'), 'analysis',
            json_insert(analysis, '$.model', analysed_by, '$.at',
                strftime('%Y-%m-%dT%H:%M:%fZ', analysed_at / 1000.0, 'unixepoch'))),
        file, name, type from resumes where person = ?1";
    statements.push(Statement { sql, values: vec![person.as_str().into()] });
    last(db, statements).await?.one()
}

async fn last(db: &impl Db, statements: Vec<Statement>) -> Result<Rows, Fault> {
    Ok(db.batch(statements).await?.pop().unwrap_or_default())
}

pub async fn page(db: &impl Db, person: &UserId) -> Result<Option<Page>, Fault> {
    let sql = "select id, text from resumes where person = ?1";
    last(db, vec![Statement { sql, values: vec![person.as_str().into()] }]).await?.one()
}

/// What will be stored under this key is to be deleted after that time, unless a resume names it by then.
pub fn doom(person: &UserId, key: &str, after: Millis) -> Statement {
    let sql = "insert into doomed_files (key, person, after) values (?1, ?2, ?3)";
    Statement { sql, values: vec![key.into(), person.as_str().into(), after.count().into()] }
}

/// The file of the resume that there is.
fn doom_old(person: &UserId, now: Millis) -> Statement {
    let sql = "insert into doomed_files (key, person, after)
        select file, person, ?2 from resumes where person = ?1 and file is not null on conflict do nothing";
    Statement { sql, values: vec![person.as_str().into(), now.count().into()] }
}

/// In the place of the old one, whose file is to be deleted; the new one's is safe. Nothing is written of somebody
/// whose account is closed.
pub fn keep(person: &UserId, new: &New) -> Vec<Statement> {
    let keep = "insert into resumes (person, id, name, type, bytes, file, text, uploaded_at)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
        where not exists (select 1 from users where id = ?1 and deleted_at is not null)
        on conflict (person) do update set id = excluded.id, name = excluded.name, type = excluded.type,
            bytes = excluded.bytes, file = excluded.file, text = excluded.text, uploaded_at = excluded.uploaded_at,
            analysis = null, analysed_by = null, analysed_at = null";
    let save = "delete from doomed_files where key in (select file from resumes where person = ?1)";
    let values = vec![
        person.as_str().into(),
        new.id.into(),
        new.name.into(),
        new.kind.into(),
        new.bytes.into(),
        new.file.into(),
        new.text.into(),
        new.at.count().into(),
    ];
    vec![
        doom_old(person, new.at),
        Statement { sql: keep, values },
        Statement { sql: save, values: vec![person.as_str().into()] },
    ]
}

/// What was found in this one, if it is still there.
pub fn analysed(person: &UserId, id: &str, analysis: &str, model: &str, now: Millis) -> Statement {
    let sql = "update resumes set analysis = ?3, analysed_by = ?4, analysed_at = ?5 where person = ?1 and id = ?2";
    let values = vec![person.as_str().into(), id.into(), analysis.into(), model.into(), now.count().into()];
    Statement { sql, values }
}

/// The row goes. Tells which files of this person are to be deleted now.
pub fn delete(person: &UserId, now: Millis) -> Vec<Statement> {
    let delete = "delete from resumes where person = ?1";
    let doomed = "select key from doomed_files where person = ?1 and after <= ?2";
    let old = doom_old(person, now);
    let values = old.values.clone();
    vec![old, Statement { sql: delete, values: vec![person.as_str().into()] }, Statement { sql: doomed, values }]
}

/// Tells which files are to be deleted now, whoever's they are. What was asked on days that are over goes.
pub fn doomed(now: Millis, day: i64, most: i64) -> Vec<Statement> {
    let questions = "delete from resume_questions where day < ?1";
    let doomed = "select key from doomed_files where after <= ?1 order by after limit ?2";
    vec![
        Statement { sql: questions, values: vec![day.into()] },
        Statement { sql: doomed, values: vec![now.count().into(), most.into()] },
    ]
}

/// The keys that these statements tell.
pub async fn keys(db: &impl Db, statements: Vec<Statement>) -> Result<Vec<String>, Fault> {
    Ok(last(db, statements).await?.read::<(String,)>()?.into_iter().map(|(key,)| key).collect())
}

/// Under these keys nothing is stored any more.
pub fn gone(keys: &[String]) -> Statement {
    let sql = "delete from doomed_files where key in (select value from json_each(?1))";
    Statement { sql, values: vec![form::text(&json!(keys)).as_str().into()] }
}

/// Counts a question about this person, unless there were so many on this day. Tells the count, if it was counted.
pub fn ask(person: &UserId, day: i64, most: i64) -> Statement {
    let sql = "insert into resume_questions (person, day, count) values (?1, ?2, 1)
        on conflict (person) do update set count = iif(day = excluded.day, count + 1, 1), day = excluded.day
        where day <> excluded.day or count < ?3
        returning person";
    Statement { sql, values: vec![person.as_str().into(), day.into(), most.into()] }
}

pub fn forget_questions(person: &UserId) -> Statement {
    let sql = "delete from resume_questions where person = ?1";
    Statement { sql, values: vec![person.as_str().into()] }
}
