//! The SQL of reports.

use super::rubric;
use crate::domain::failure::Fault;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::port::db::{Db, Statement, Value, nth, row};

/// How a report stands.
pub struct Standing {
    pub state: String,
    pub tries: i64,
    pub until: Millis,
    pub failure: Option<String>,
    pub counts: String,
    pub report: Option<String>,
}

row!(Standing { state, tries, until, failure, counts, report });

/// Whoever is at a try has given up by then: the try itself, and what is read and written around it.
const TURN: Millis = Millis::of_seconds(150);
/// A turn that seems to last longer was taken by a clock that is ahead of ours, and is not waited for.
const LONGEST_TURN: Millis = Millis::of_seconds(300);

impl Standing {
    /// Up to when somebody is at it.
    pub fn busy(&self, now: Millis) -> Option<Millis> {
        let counts = self.until > now && self.until <= now.plus(LONGEST_TURN);
        (self.state == "scoring" && counts).then_some(self.until)
    }
}

/// What the person says to a grade.
pub struct Objection {
    pub criterion: String,
    pub why: String,
    pub at: Millis,
}

row!(Objection { criterion, why, at });

/// Of an interview: the rubric of its report that stands, the newest if there are several, whatever it was judged by;
/// else that of today.
macro_rules! shown {
    ($before:literal, $behind:literal) => {
        concat!(
            $before,
            "(select rubric from feedback where session = ?1 and person = ?3 and (state = 'scored' or rubric = ?2)
            order by scored_at desc limit 1)",
            $behind
        )
    };
}

/// Of one interview. It is judged by the rubric of today, unless there is a report already.
#[derive(Clone, Copy)]
pub struct Which<'a> {
    pub session: &'a SessionId,
    pub person: &'a UserId,
}

impl Which<'_> {
    /// Session, rubric, person, and what comes behind them.
    fn values(self, more: Vec<Value>) -> Vec<Value> {
        let own = [self.session.as_str().into(), rubric::VERSION.into(), self.person.as_str().into()];
        own.into_iter().chain(more).collect()
    }

    fn statement(self, sql: &'static str, more: Vec<Value>) -> Statement {
        Statement { sql, values: self.values(more) }
    }

    fn standing(self) -> Statement {
        let sql = shown!(
            "select state, tries, until, failure, counts, report from feedback where session = ?1 and rubric = ",
            ""
        );
        self.statement(sql, Vec::new())
    }

    fn objections(self) -> Statement {
        let sql = shown!(
            "select criterion, objection, objected_at from feedback_scores
            where session = ?1 and objection is not null and rubric = ",
            " order by objected_at, criterion"
        );
        self.statement(sql, Vec::new())
    }
}

pub async fn find(db: &impl Db, which: Which<'_>) -> Result<(Option<Standing>, Vec<Objection>), Fault> {
    let mut rows = db.batch(vec![which.standing(), which.objections()]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    Ok((next().one()?, next().read()?))
}

/// Takes the turn for a try: nobody else is at it, it is not done, and not too many have been. Says the number of the
/// try, if it was taken, and how it stands.
pub async fn begin(
    db: &impl Db,
    which: Which<'_>,
    counts: &str,
    most: i64,
    now: Millis,
) -> Result<(Option<i64>, Option<Standing>), Fault> {
    let sql = "insert into feedback (session, rubric, person, state, tries, until, counts)
        select ?1, ?2, ?3, 'scoring', 1, ?4, ?5 where exists (select 1 from sessions where id = ?1 and person = ?3)
            and not exists (select 1 from feedback where session = ?1 and state = 'scored')
        on conflict (session, rubric) do update set
            state = 'scoring', tries = tries + 1, until = excluded.until, failure = null, counts = excluded.counts
            where (until <= ?6 or until > ?8) and tries < ?7
        returning tries";
    let [until, latest] = [TURN, LONGEST_TURN].map(|length| now.plus(length).count().into());
    let values = vec![until, counts.into(), now.count().into(), most.into(), latest];
    let begin = which.statement(sql, values);
    let mut rows = db.batch(vec![begin, which.standing()]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    let taken: Option<(i64,)> = next().one()?;
    Ok((taken.map(|(tries,)| tries), next().one()?))
}

/// A report that stands.
pub struct Scored<'a> {
    pub report: &'a str,
    pub model: Option<&'a str>,
    pub prompt: Option<&'a str>,
    /// `[[criterion, grade or null], …]`.
    pub grades: &'a str,
}

/// The first one stays. Whoever comes later, because a try was given up although it went on, changes nothing.
pub async fn finish(db: &impl Db, which: Which<'_>, scored: &Scored<'_>, now: Millis) -> Result<(), Fault> {
    let report =
        "update feedback set state = 'scored', until = 0, failure = null, report = ?4, model = ?5, prompt = ?6,
        scored_at = ?7 where session = ?1 and rubric = ?2 and person = ?3 and state <> 'scored'";
    let values = vec![scored.report.into(), scored.model.into(), scored.prompt.into(), now.count().into()];
    let grades = "insert into feedback_scores (session, rubric, criterion, grade)
        select ?1, ?2, value ->> 0, value ->> 1 from json_each(?4)
        where exists (select 1 from feedback where session = ?1 and rubric = ?2 and person = ?3)
        on conflict do nothing";
    let batch = vec![which.statement(report, values), which.statement(grades, vec![scored.grades.into()])];
    db.batch(batch).await.map(drop)
}

/// This try came to nothing; a later one may have begun meanwhile.
pub async fn fail(db: &impl Db, which: Which<'_>, tries: i64, state: &str, failure: &str) -> Result<(), Fault> {
    let sql = "update feedback set state = ?4, failure = ?5, until = 0
        where session = ?1 and rubric = ?2 and person = ?3 and tries = ?6 and state = 'scoring'";
    let statement = which.statement(sql, vec![state.into(), failure.into(), tries.into()]);
    db.batch(vec![statement]).await.map(drop)
}

/// Says it beside the grade, or takes it back. None, where there is no such grade of theirs.
pub async fn object(
    db: &impl Db,
    which: Which<'_>,
    criterion: &str,
    why: Option<&str>,
    now: Millis,
) -> Result<Option<Vec<Objection>>, Fault> {
    let sql = shown!(
        "update feedback_scores set objection = ?5, objected_at = iif(?5 is null, null, ?6)
        where session = ?1 and criterion = ?4 and rubric = ",
        " returning criterion"
    );
    let object = which.statement(sql, vec![criterion.into(), why.into(), now.count().into()]);
    let mut rows = db.batch(vec![object, which.objections()]).await?.into_iter();
    let mut next = || rows.next().unwrap_or_default();
    let known = !next().0.is_empty();
    let objections = next().read()?;
    Ok(known.then_some(objections))
}

/// One interview on a curve.
pub struct Point {
    pub id: String,
    pub job_title: String,
    pub focus: String,
    pub level: String,
    pub language: String,
    pub opened_at: Millis,
    pub heard_ms: i64,
    /// Of a report that stands.
    pub rubric: Option<String>,
    /// Of any: they are counted alike, whether it came to a report or not.
    pub counts: Option<String>,
    /// `{criterion: grade or null}`.
    pub grades: Option<String>,
}

row!(Point { id, job_title, focus, level, language, opened_at, heard_ms, rubric, counts, grades });

/// The newest, newest first. Of several reports on one interview, that by the newest rubric.
pub async fn points(db: &impl Db, person: &UserId, most: i64) -> Result<Vec<Point>, Fault> {
    let sql = "select id, job_title, focus, level, language, opened_at, heard_ms, feedback.rubric,
        (select counts from feedback where session = id order by scored_at desc limit 1),
        (select json_group_object(criterion, grade) from feedback_scores
            where session = id and rubric = feedback.rubric)
        from (select id, job_title, focus, level, language, opened_at, heard_ms from sessions
            where person = ?1 order by opened_at desc, id desc limit ?2)
        left join feedback on feedback.session = id and feedback.state = 'scored'
            and feedback.scored_at = (select max(scored_at) from feedback where session = id and state = 'scored')
        order by opened_at desc, id desc";
    let statement = Statement { sql, values: vec![person.as_str().into(), most.into()] };
    nth(db.batch(vec![statement]).await?, 0).read()
}
