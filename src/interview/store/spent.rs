//! The SQL of what interviews that are over have cost.

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;
use crate::interview::archive::Kept;
use crate::port::db::{Db, Statement, nth, row};

/// What began within a day, in all.
#[derive(Clone, Copy, Debug)]
pub struct Weighed {
    pub weighed_at: Millis,
    pub free_starts: i64,
    /// In millionths of a dollar.
    pub cost: i64,
    pub free_blown: i64,
    pub spend_blown: i64,
}

row!(Weighed { weighed_at, free_starts, cost, free_blown, spend_blown });

const FIND: &str = "select weighed_at, free_starts, cost, free_blown, spend_blown from fuse where weighed_at > ?1";

/// As it was, and as it is now. An interview in which nobody spoke was none; one that was deleted cost what it cost.
pub async fn weigh(
    db: &impl Db,
    since: Millis,
    now: Millis,
    free_starts: Option<i64>,
    cost: Option<i64>,
) -> Result<(Option<Weighed>, Option<Weighed>), Fault> {
    let sql = "insert into fuse (one, weighed_at, free_starts, cost, free_blown, spend_blown)
        select 1, ?2, free, cost, coalesce(free >= ?3, 0), coalesce(cost >= ?4, 0)
        from (select coalesce(sum(free), 0) as free, coalesce(sum(cost), 0) as cost
            from (select free = 1 and began_at is not null as free, cost from sessions where ended_at > ?1
                union all select free, cost from forgotten)) where true
        on conflict (one) do update set weighed_at = excluded.weighed_at, free_starts = excluded.free_starts,
            cost = excluded.cost, free_blown = excluded.free_blown, spend_blown = excluded.spend_blown
        returning weighed_at, free_starts, cost, free_blown, spend_blown";
    let values = vec![since.count().into(), now.count().into(), free_starts.into(), cost.into()];
    let gone = Statement { sql: "delete from forgotten where ended_at <= ?1", values: vec![since.count().into()] };
    let mut rows = db.batch(vec![gone, find(Millis::default()), Statement { sql, values }]).await?.into_iter().skip(1);
    let mut next = || rows.next().unwrap_or_default();
    Ok((next().one()?, next().one()?))
}

/// Of an interview that was deleted before it could be kept.
pub fn forgotten(kept: &Kept<'_>) -> Statement {
    let room = kept.room;
    let sql = "insert or ignore into forgotten (session, ended_at, free, cost) values (?1, ?2, ?3, ?4)";
    let free = room.free == Some(true) && room.life.spoke_at.is_some();
    let values = vec![
        room.session.as_str().into(),
        kept.ended_at.count().into(),
        i64::from(free).into(),
        room.spent.cost.into(),
    ];
    Statement { sql, values }
}

pub async fn weighed(db: &impl Db, since: Millis) -> Result<Option<Weighed>, Fault> {
    nth(db.batch(vec![find(since)]).await?, 0).one()
}

fn find(since: Millis) -> Statement {
    Statement { sql: FIND, values: vec![since.count().into()] }
}

/// The days since then, newest first, as a page of operators gets them: put together here, where it weighs nothing.
/// What went back of holds stands in the copy of the books.
pub fn days(since: Millis) -> Statement {
    let sql = "select json_group_array(json_object('day', date(day * 86400, 'unixepoch'), 'sessions', sessions,
            'free', free, 'seconds', heard / 1000, 'cost', printf('%d.%04d', cost / 10000, cost % 10000),
            'charged', printf('%d.%02d', charged / 1000, charged % 1000 / 10), 'failures', failures,
            'refunds', coalesce(refunds, 0),
            'refunded', printf('%d.%02d', coalesce(refunded, 0) / 1000, coalesce(refunded, 0) % 1000 / 10))), 'null'
        from (select ended_at / 86400000 as day, count(*) as sessions, sum(free) as free, sum(heard_ms) as heard,
                (sum(cost) + 50) / 100 as cost, sum(charged) as charged, sum(ending in
                    ('no_media_path', 'no_output', 'connection_lost', 'provider_fault', 'our_fault')) as failures
            from sessions where ended_at >= ?1 group by 1 order by 1 desc)
        left join (select at / 86400000 as on_day, count(*) as refunds, -sum(held) as refunded from entries
            where kind in ('interview', 'void') and at >= ?1 and kind = 'void' and seconds is not null group by 1)
        on on_day = day";
    Statement { sql, values: vec![since.count().into()] }
}

/// A page of single interviews, newest first, and by which one the next page begins: what each took and gave, and
/// nothing that was said.
pub fn singles(before: Option<&str>, limit: i64) -> Statement {
    let sql = "select json_group_array(json_object('id', id, 'userId', person, 'model', model,
            'endedAt', strftime('%Y-%m-%dT%H:%M:%fZ', ended_at / 1000.0, 'unixepoch'), 'ending', ending,
            'allowanceSeconds', seconds, 'seconds', heard_ms / 1000,
            'charged', printf('%d.%02d', charged / 1000, charged % 1000 / 10), 'free', json(iif(free, 'true', 'false')),
            'tokens', json_object('textIn', text_in, 'textCached', text_cached, 'textOut', text_out,
                'audioIn', audio_in, 'audioCached', audio_cached, 'audioOut', audio_out,
                'transcribed', transcribed_tokens),
            'transcribedSeconds', transcribed_ms / 1000,
            'cost', printf('%d.%04d', (cost + 50) / 1000000, (cost + 50) % 1000000 / 100))),
            iif(count(*) = ?2, json_quote(substr(min(printf('%020d', ended_at) || id), 21)), 'null')
        from (select * from sessions
            where ?1 is null or (ended_at, id) < (select ended_at, id from sessions where id = ?1)
            order by ended_at desc, id desc limit ?2)";
    Statement { sql, values: vec![before.into(), limit.into()] }
}

/// JSON, and more of it.
pub struct Told {
    pub json: String,
    pub next: String,
}

row!(Told { json, next });

/// Those of a JSON array of ids that are not here.
pub async fn missing(db: &impl Db, ids: &str) -> Result<Vec<String>, Fault> {
    let sql = "select value from json_each(?1) where not exists (select 1 from sessions where id = value)";
    let rows = nth(db.batch(vec![Statement { sql, values: vec![ids.into()] }]).await?, 0).read()?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// How far the look for what was not told has come: zero, while it rests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    pub upto: Millis,
    pub rested: Millis,
}

row!(Round { upto, rested });

pub async fn round(db: &impl Db) -> Result<Option<Round>, Fault> {
    let sql = "select (select at from cron_marks where what = 'rooms looked'), at from cron_marks
        where what = 'rooms rested'";
    nth(db.batch(vec![Statement { sql, values: Vec::new() }]).await?, 0).one()
}

pub async fn write_round(db: &impl Db, round: &Round) -> Result<(), Fault> {
    let sql = "insert into cron_marks (what, at) values ('rooms looked', ?1), ('rooms rested', ?2)
        on conflict (what) do update set at = excluded.at";
    let values = vec![round.upto.count().into(), round.rested.count().into()];
    db.batch(vec![Statement { sql, values }]).await.map(drop)
}
