//! Every night each wallet's book is held against D1's copy, in pages, a few hundred at each stroke of the cron; and an
//! operator may ask for one at any time.

use serde::Serialize;

use super::command::Report;
use super::desk;
use super::store::{self, Checked, Dated, Difference, Findings, Round};
use crate::domain::failure::{Failure, Refusal};
use crate::domain::form;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::domain::sorted::sorted;
use crate::people::directory;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::log::Log;

/// The day of a round begins at three in the morning, UTC.
const NIGHT: Millis = Millis::of_seconds(3 * 60 * 60);
/// Wallets in one page: their results are written together.
const PAGE: i64 = 40;
/// Pages at one stroke: one wallet is one question of the thousand that a request may ask.
const PAGES: usize = 10;
/// A stroke stops here and goes on at the next one.
const STROKE: Millis = Millis::of_seconds(20);
const SHOWN: i64 = 100;

/// 1. Is there something left to do, of today or of a day that was not finished?
/// 2. Page by page: ask each wallet, write down what was found and how far it came.
/// 3. The end of the round is one line in the log.
pub async fn night<W: World>(world: &W) -> Result<(), Failure> {
    let began = world.clock().now();
    // 1
    let Dated { day, mut round } = store::open_round(world.db(), &day(began), began).await?;
    if round.finished_at.is_some() {
        return Ok(());
    }
    for _ in 0..PAGES {
        if round.finished_at.is_some() || world.clock().now().since(began) > STROKE {
            break;
        }
        // 2
        let ids = ids_after(world, &round.upto).await?;
        let mut checked = Vec::new();
        for owner in ids.iter().filter_map(|id| Owner::parse(id)) {
            checked.push(check(world, &owner).await);
        }
        round = advance(round, &ids, &checked, world.clock().now());
        store::write_round(world.db(), &day, &round, &checked, world.clock().now()).await?;
    }
    // 3
    if round.finished_at.is_some() {
        let line = form::object!({ "level": if round.different > 0 { "alert" } else { "info" },
            "event": "ledger round", "checked": round.checked, "different": round.different });
        world.log().line(&form::text(&line));
    }
    Ok(())
}

/// The day whose round it is.
pub fn day(now: Millis) -> String {
    now.minus(NIGHT).iso().chars().take(10).collect()
}

/// Whoever has a copied wallet or a row: a wallet that D1 has never heard of is found by its person.
async fn ids_after<W: World>(world: &W, after: &str) -> Result<Vec<String>, Failure> {
    let mut ids = store::owners_after(world.db(), after, PAGE).await?;
    ids.extend(directory::ids_after(world, after, PAGE).await?);
    let mut ids = sorted(ids, |one, other| one < other);
    ids.dedup();
    ids.truncate(usize::try_from(PAGE).unwrap_or(0));
    Ok(ids)
}

fn advance(round: Round, ids: &[String], checked: &[Checked], now: Millis) -> Round {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let whole = count(ids.len()) == PAGE;
    Round {
        upto: ids.last().cloned().unwrap_or(round.upto),
        checked: round.checked.saturating_add(count(checked.len())),
        different: round.different.saturating_add(count(checked.iter().filter(|one| one.problem.is_some()).count())),
        finished_at: (!whole).then_some(now),
    }
}

/// What is wrong with a wallet, in words; one that nobody has opened is in order.
async fn check<W: World>(world: &W, owner: &Owner) -> Checked {
    let (parked, problem) = match desk::audit(world, owner).await {
        Ok(report) => (report.parked, in_words(&report)),
        Err(failure) if matches!(failure.refusal(), Some(Refusal::Conflict { .. })) => (0, None),
        Err(failure) => (0, Some(format!("not reached: {}", failure.reason().unwrap_or_default()))),
    };
    Checked { owner: owner.as_str().to_owned(), parked, problem }
}

fn in_words(report: &Report) -> Option<String> {
    (!report.problems.is_empty()).then(|| report.problems.join("; "))
}

/// `GET /api/diagnostic/ledger`.
#[derive(Debug, Serialize)]
pub struct Ledger {
    ok: bool,
    #[serde(flatten)]
    details: Option<Details>,
}

#[derive(Debug, Serialize)]
struct Details {
    /// Today's round, or the last one that was begun.
    round: Option<Told>,
    differences: Vec<Different>,
    parked: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<Single>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    day: String,
    checked: i64,
    different: i64,
    finished_at: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Different {
    owner: String,
    checked_at: String,
    what: String,
}

#[derive(Debug, Serialize)]
struct Single {
    owner: String,
    entries: i64,
    mirrored: i64,
    parked: i64,
    problems: Vec<String>,
}

/// 1. An operator's question about one wallet is answered by that wallet, now, and written down.
/// 2. What the last round and later questions have found.
pub async fn ledger<W: World>(world: &W, admin: bool, about: Option<Owner>) -> Result<Ledger, Failure> {
    // 1
    let user = match about.filter(|_| admin) {
        Some(owner) => Some(single(world, owner).await?),
        None => None,
    };
    // 2
    let Findings { round, differences, parked } = store::findings(world.db(), SHOWN).await?;
    let ok = differences.is_empty();
    if !admin {
        return Ok(Ledger { ok, details: None });
    }
    let round = round.map(|Dated { day, round: Round { checked, different, finished_at, .. } }| Told {
        day,
        checked,
        different,
        finished_at: finished_at.map(|at| at.iso()),
    });
    let differences = differences.into_iter().map(|Difference { owner, checked_at, problem }| Different {
        owner,
        checked_at: checked_at.iso(),
        what: problem,
    });
    Ok(Ledger { ok, details: Some(Details { round, differences: differences.collect(), parked, user }) })
}

async fn single<W: World>(world: &W, owner: Owner) -> Result<Single, Failure> {
    let report = desk::audit(world, &owner).await?;
    let owner = owner.as_str().to_owned();
    let checked = [Checked { owner: owner.clone(), parked: report.parked, problem: in_words(&report) }];
    store::write_checks(world.db(), &checked, world.clock().now()).await?;
    let Report { entries, mirrored, parked, problems } = report;
    Ok(Single { owner, entries, mirrored, parked, problems })
}
