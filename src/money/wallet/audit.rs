//! Is the book true, and does D1's copy say the same?

use super::entry::link;
use super::mirror::{self, Parked};
use super::store::{self, Cover};
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::money::book::Balances;
use crate::money::command::{No, Reply, Report, Stop};
use crate::money::store::{self as copy, Mirrored};
use crate::port::Object;
use crate::port::db::Db;
use crate::port::due;
use crate::port::sql::{Sql, Tx};

/// Links in one step; more than a day brings.
const PAGE: i64 = 2000;

/// Where every write of D1 goes first.
const PRIMARY: &str = "first-primary";

struct Own {
    seq: i64,
    hash: String,
    sums: Balances,
    problems: Vec<String>,
}

/// 1. Check the chain and the sums.
/// 2. Tell D1 what it does not know yet, also what it has refused so often that it was parked.
/// 3. Hold its copy against the book.
/// 4. Whatever is due is woken.
pub async fn audit<O: Object>(object: &O, owner: &Owner) -> Result<Reply, Stop> {
    // 1
    let mut own = object.sql().transaction(check)?.ok_or(No::Untouched)?;
    // 2
    // A copy that lags behind its own would be taken for a difference.
    object.db().read_from(PRIMARY.to_owned());
    if let Err(fault) = tell_all(object, owner).await {
        own.problems.push(format!("D1 is behind: {}", fault.reason()));
    }
    let (parked, missing) = object.sql().transaction(|tx| Ok::<_, Fault>((store::parked(tx)?, store::missing(tx)?)))?;
    // 3
    let mirrored = copy::mirrored(object.db(), owner).await?;
    let now = object.sql().transaction(store::cover)?.and_then(|cover| cover.seq);
    if now == Some(own.seq) {
        compare(&mut own, &mirrored, missing);
    }
    // 4
    object.sql().transaction(due::rearm)?;
    Ok(Reply::Report(Report { entries: own.seq, mirrored: mirrored.entries, parked, problems: own.problems }))
}

async fn tell_all<O: Object>(object: &O, owner: &Owner) -> Result<(), Fault> {
    mirror::tell(object, owner).await?;
    mirror::tell_again(object, owner, Parked::Too).await.map(drop)
}

fn check(tx: &impl Tx) -> Result<Option<Own>, Fault> {
    if !store::exists(tx)? {
        return Ok(None);
    }
    let Some(cover) = store::cover(tx)? else { return Ok(None) };
    let sums = store::sums(tx)?;
    let mut problems = Vec::new();
    if sums != cover.balances() {
        problems.push("the balance is not the sum of the entries".to_owned());
    }
    if let Some(seq) = follow(tx, &cover)? {
        problems.push(format!("entry {seq} is not what was written"));
    }
    let (seq, hash) = (cover.seq.unwrap_or(0), cover.hash.unwrap_or_default());
    Ok(Some(Own { seq, hash, sums, problems }))
}

/// Follows the chain from where the last audit left it. Gives the first entry that breaks it.
fn follow(tx: &impl Tx, cover: &Cover) -> Result<Option<i64>, Fault> {
    let (mut seq, mut hash) = (cover.audited, cover.audited_hash.clone());
    for entry in store::links_after(tx, seq, PAGE)? {
        if entry.line.seq != seq.saturating_add(1) || link(&hash, &entry.line, &entry.fingerprint)? != entry.hash {
            return Ok(Some(entry.line.seq));
        }
        (seq, hash) = (entry.line.seq, entry.hash);
    }
    if seq > cover.audited {
        store::audited(tx, seq, &hash)?;
    }
    Ok(None)
}

fn compare(own: &mut Own, copy: &Mirrored, missing: i64) {
    let mut say = |wrong: bool, what: String| {
        if wrong {
            own.problems.push(what);
        }
    };
    say(missing > 0, format!("{missing} entries are not taken by D1"));
    if missing == 0 {
        say(copy.entries != own.seq, format!("D1 has {} of {} entries", copy.entries, own.seq));
        let sums = Balances { user: copy.user_sum, held: copy.held_sum, owed: copy.owed_sum };
        say(sums != own.sums, "the sums in D1 are others".to_owned());
        say(copy.hash.as_deref().unwrap_or_default() != own.hash, "the last entry in D1 is another".to_owned());
    }
    let balances = Balances { user: copy.user, held: copy.held, owed: copy.owed };
    say(balances != own.sums, "the balance in D1 is another".to_owned());
}
