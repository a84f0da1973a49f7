//! The SQL of interviews that are over.

mod spent;

pub use spent::{Round, Told, Weighed, days, forgotten, missing, round, singles, weigh, weighed, write_round};

use super::archive::Kept;
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, nth, row};

/// What a page shows of one.
pub struct Past {
    pub id: String,
    pub job_title: String,
    pub company: Option<String>,
    pub level: String,
    pub focus: String,
    pub language: String,
    pub persona: String,
    pub minutes: i64,
    pub opened_at: Millis,
    pub ended_at: Millis,
    pub ending: String,
    pub heard_ms: i64,
    pub charged: Credits,
    pub relayed: i64,
    /// There is a report on it.
    pub scored: i64,
}

row!(Past {
    id,
    job_title,
    company,
    level,
    focus,
    language,
    persona,
    minutes,
    opened_at,
    ended_at,
    ending,
    heard_ms,
    charged,
    relayed,
    scored,
});

pub struct Said {
    pub item: String,
    pub speaker: String,
    pub text: String,
    pub mark: String,
    pub at_ms: i64,
    pub end_ms: i64,
    pub source: String,
    pub typed: i64,
    pub waited_ms: Option<i64>,
}

row!(Said { item, speaker, text, mark, at_ms, end_ms, source, typed, waited_ms });

/// Something that happened in it, at which time of the talk.
pub struct Noted {
    pub at: Millis,
    pub what: String,
}

row!(Noted { at, what });

/// What whoever judges an interview has to know of it.
pub struct About {
    pub job_title: String,
    pub job_description: Option<String>,
    pub level: String,
    pub focus: String,
    pub language: String,
}

row!(About { job_title, job_description, level, focus, language });

pub fn session(kept: &Kept<'_>, now: Millis) -> Statement {
    let sql = "insert into sessions (id, person, payer, job_title, job_description, company, level, focus, language,
            persona, minutes, seconds, model, opened_at, began_at, ended_at, ending, heard_ms, charged, speaks, relayed,
            text_in, text_cached, audio_in, audio_cached, text_out, audio_out, transcribed_ms, transcribed_tokens, cost,
            archived_at, free)
        select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32
        where not exists (select 1 from users where id = ?2 and deleted_at is not null)
        on conflict (id) do nothing";
    let (room, life, wish) = (kept.room, &kept.room.life, &kept.room.wish);
    let (usage, heard) = (&room.spent.usage, &room.spent.heard);
    let values = vec![
        room.session.as_str().into(),
        room.person.as_str().into(),
        room.payer.as_str().into(),
        wish.job_title.as_str().into(),
        wish.job_description.as_deref().into(),
        wish.company.as_deref().into(),
        wish.level.word().into(),
        wish.focus.word().into(),
        wish.language.word().into(),
        wish.persona.word().into(),
        wish.minutes.into(),
        life.seconds.into(),
        room.model.as_str().into(),
        life.opened_at.count().into(),
        life.spoke_at.map(Millis::count).into(),
        kept.ended_at.count().into(),
        kept.outcome.ending.word().into(),
        kept.outcome.heard.count().into(),
        kept.charged.count().into(),
        i64::from(life.speaks).into(),
        i64::from(life.relayed).into(),
        usage.text_in.into(),
        usage.text_cached.into(),
        usage.audio_in.into(),
        usage.audio_cached.into(),
        usage.text_out.into(),
        usage.audio_out.into(),
        heard.seconds_milli.into(),
        heard.audio_in.saturating_add(heard.text_in).saturating_add(heard.text_out).into(),
        room.spent.cost.into(),
        now.count().into(),
        i64::from(room.free == Some(true)).into(),
    ];
    Statement { sql, values }
}

/// A try that came through although its answer was lost may have left less, or other numbers.
pub fn unsaid(session: &SessionId) -> [Statement; 2] {
    ["delete from transcript_lines where session = ?1", "delete from session_events where session = ?1"]
        .map(|sql| Statement { sql, values: vec![session.as_str().into()] })
}

pub fn lines(session: &SessionId, rows: &str) -> Statement {
    let sql = "insert into transcript_lines select ?1, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4,
        value ->> 5, value ->> 6, value ->> 7, value ->> 8, value ->> 9 from json_each(?2)
        where exists (select 1 from sessions where id = ?1) on conflict do nothing";
    Statement { sql, values: vec![session.as_str().into(), rows.into()] }
}

pub fn events(session: &SessionId, rows: &str) -> Statement {
    let sql = "insert into session_events select ?1, value ->> 0, value ->> 1, value ->> 2 from json_each(?2)
        where exists (select 1 from sessions where id = ?1) on conflict do nothing";
    Statement { sql, values: vec![session.as_str().into(), rows.into()] }
}

/// Whoever it does not belong to finds as little as if it were not there, by the same statement.
pub async fn find(db: &impl Db, person: &UserId, session: &SessionId) -> Result<Option<Past>, Fault> {
    let sql = "select id, job_title, company, level, focus, language, persona, minutes, opened_at, ended_at, ending,
        heard_ms, charged, relayed,
        exists (select 1 from feedback where session = sessions.id and state = 'scored') from sessions
        where id = ?1 and person = ?2";
    let values = vec![session.as_str().into(), person.as_str().into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).one()
}

/// The newest first, from before that one on.
pub async fn page(db: &impl Db, person: &UserId, before: Option<&str>, limit: i64) -> Result<Vec<Past>, Fault> {
    let sql = "select id, job_title, company, level, focus, language, persona, minutes, opened_at, ended_at, ending,
        heard_ms, charged, relayed,
        exists (select 1 from feedback where session = sessions.id and state = 'scored') from sessions
        where person = ?1 and (?2 is null or (opened_at, id) <
            (select opened_at, id from sessions where id = ?2 and person = ?1))
        order by opened_at desc, id desc limit ?3";
    let values = vec![person.as_str().into(), before.into(), limit.into()];
    nth(db.batch(vec![Statement { sql, values }]).await?, 0).read()
}

/// What was said, and what is missing, at which time of the talk.
pub async fn transcript(
    db: &impl Db,
    person: &UserId,
    session: &SessionId,
    after: i64,
    limit: i64,
) -> Result<(Vec<Said>, Vec<Noted>), Fault> {
    let sql = "select e.at - coalesce(s.began_at, s.opened_at), e.what
        from session_events e join sessions s on s.id = e.session
        where e.session = ?1 and s.person = ?2 and e.what like 'missed %' order by e.number";
    let missed = Statement { sql, values: vec![session.as_str().into(), person.as_str().into()] };
    let mut rows = db.batch(vec![said(person, session, after, limit), missed]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    Ok((next().read()?, next().read()?))
}

fn said(person: &UserId, session: &SessionId, after: i64, limit: i64) -> Statement {
    let sql = "select item, speaker, text, mark, at_ms, end_ms, source, typed, waited_ms from transcript_lines
        where session = ?1 and number > ?3 and exists (select 1 from sessions where id = ?1 and person = ?2)
        order by number limit ?4";
    let values = vec![session.as_str().into(), person.as_str().into(), after.into(), limit.into()];
    Statement { sql, values }
}

/// All of one interview.
pub async fn record(
    db: &impl Db,
    person: &UserId,
    session: &SessionId,
    limit: i64,
) -> Result<(Option<About>, Vec<Said>), Fault> {
    let sql = "select job_title, job_description, level, focus, language from sessions where id = ?1 and person = ?2";
    let about = Statement { sql, values: vec![session.as_str().into(), person.as_str().into()] };
    let mut rows = db.batch(vec![about, said(person, session, -1, limit)]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    Ok((next().one()?, next().read()?))
}

/// One interview of a person, with all that was said; only what it has cost is remembered. The last of these tells
/// whether it was there.
pub fn deletion(person: &UserId, session: &SessionId) -> [Statement; 4] {
    let values = || vec![session.as_str().into(), person.as_str().into()];
    [
        "insert or ignore into forgotten (session, ended_at, free, cost)
            select id, ended_at, free = 1 and began_at is not null, cost from sessions where id = ?1 and person = ?2",
        "delete from transcript_lines where session in (select id from sessions where id = ?1 and person = ?2)",
        "delete from session_events where session in (select id from sessions where id = ?1 and person = ?2)",
        "delete from sessions where id = ?1 and person = ?2 returning id",
    ]
    .map(|sql| Statement { sql, values: values() })
}

pub async fn delete(db: &impl Db, person: &UserId, session: &SessionId) -> Result<bool, Fault> {
    Ok(!nth(db.batch(deletion(person, session).into()).await?, 3).0.is_empty())
}

pub async fn forget(db: &impl Db, person: &UserId) -> Result<(), Fault> {
    let batch = [
        "insert or ignore into forgotten (session, ended_at, free, cost)
            select id, ended_at, free = 1 and began_at is not null, cost from sessions where person = ?1",
        "delete from transcript_lines where session in (select id from sessions where person = ?1)",
        "delete from session_events where session in (select id from sessions where person = ?1)",
        "delete from sessions where person = ?1",
    ];
    db.batch(batch.map(|sql| Statement { sql, values: vec![person.as_str().into()] }).into()).await.map(drop)
}

/// What has been kept long enough goes, a part at a time.
pub async fn sweep(db: &impl Db, before: Millis, most: i64) -> Result<(), Fault> {
    let values = || vec![before.count().into(), most.into()];
    let batch = [
        "delete from transcript_lines where session in
            (select id from sessions where ended_at < ?1 order by ended_at, id limit ?2)",
        "delete from session_events where session in
            (select id from sessions where ended_at < ?1 order by ended_at, id limit ?2)",
        "delete from sessions where id in (select id from sessions where ended_at < ?1 order by ended_at, id limit ?2)",
    ];
    db.batch(batch.map(|sql| Statement { sql, values: values() }).into()).await.map(drop)
}
