//! What operators see of people and change of their credits.

use serde::Serialize;

use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Refusal};
use crate::domain::form::{self, Form, form};
use crate::domain::id::{IdempotencyKey, Owner, UserId};
use crate::money::command::Standing;
use crate::money::copies::{self, Copied};
use crate::money::desk::{self, Adjustment};
use crate::people::directory;
use crate::port::World;

pub const USUAL: i64 = 50;
pub const MOST: i64 = 200;
const REASON: std::ops::RangeInclusive<usize> = 3..=200;

#[derive(Debug, Serialize)]
pub struct Users {
    users: Vec<User>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct User {
    id: String,
    email: Option<String>,
    name: Option<String>,
    created_at: String,
    deleted_at: Option<String>,
    settled: Option<String>,
    held: Option<String>,
    available: Option<String>,
    owed: Option<String>,
    premium_until: Option<String>,
}

/// 1. The people whose id, address or name begins so.
/// 2. Their balances, as D1 knows them: for looking, never for deciding.
pub async fn users<W: World>(world: &W, begins: &str, after: &str, limit: i64) -> Result<Users, Failure> {
    // 1
    let people = directory::search(world, begins, after, limit).await?;
    let whole = i64::try_from(people.len()).is_ok_and(|count| count == limit);
    let next = people.last().filter(|_| whole).map(|person| person.id.clone());
    // 2
    let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
    let wallets = copies::of(world, &ids).await?;
    let users = people.into_iter().map(|person| {
        let wallet = wallets.iter().find(|wallet| wallet.owner == person.id);
        let amount = |of: fn(&Copied) -> Option<Credits>| wallet.and_then(of).map(|credits| credits.to_string());
        User {
            email: person.email,
            name: person.name,
            created_at: person.created_at.iso(),
            deleted_at: person.deleted_at.map(|at| at.iso()),
            settled: amount(|wallet| wallet.user.plus(wallet.held)),
            held: amount(|wallet| Some(wallet.held)),
            available: amount(|wallet| Some(wallet.user)),
            owed: amount(|wallet| Some(wallet.owed.negative())),
            premium_until: wallet.and_then(|wallet| wallet.premium_until).map(|until| until.iso()),
            id: person.id,
        }
    });
    Ok(Users { users: users.collect(), next })
}

struct Wish {
    user_id: String,
    amount: String,
    reason: String,
}

form! { struct Wish { user_id = "userId", amount, reason } }

#[derive(Debug, Serialize)]
pub struct Adjusted {
    number: i64,
    settled: String,
    held: String,
    available: String,
    owed: String,
}

/// `POST /api/admin/credits`. Who did it and why stands in the book itself, in the same entry as the money.
///
/// 1. Read the wish.
/// 2. Tell the Wallet: one that nobody has opened, or that is closed, takes nothing.
pub async fn adjust<W: World>(
    world: &W,
    actor: &UserId,
    key: Option<String>,
    body: &[u8],
) -> Result<Adjusted, Failure> {
    // 1
    let wrong = |field: &'static str| Refusal::BadRequest { field };
    let told = form::only(&["userId", "amount", "reason"], body);
    let told = told.map_err(|error| if error.is_data() { wrong("body") } else { Refusal::BadJson })?;
    // And nothing else.
    let whole = told.as_object().is_some_and(|members| members.len() == 3);
    let wish = Wish::of(&told).filter(|_| whole).ok_or(wrong("body"))?;
    let key = key.and_then(|key| IdempotencyKey::parse(&key)).ok_or(wrong("Idempotency-Key"))?;
    let owner = Owner::parse(&wish.user_id).ok_or(wrong("userId"))?;
    let amount = Credits::parse(&wish.amount).filter(|amount| *amount != Credits::ZERO).ok_or(wrong("amount"))?;
    let reason = wish.reason.trim();
    if !REASON.contains(&reason.chars().count()) || reason.chars().any(char::is_control) {
        return Err(wrong("reason").into());
    }
    // 2
    let told = Adjustment {
        key: key.as_str().to_owned(),
        amount,
        reason: reason.to_owned(),
        actor: actor.as_str().to_owned(),
    };
    let done = desk::adjust(world, &owner, told).await.map_err(|failure| match failure.refusal() {
        Some(Refusal::AccountClosed) => Refusal::Conflict { why: "a closed account" }.into(),
        _ => failure,
    });
    let Standing { number, settled, held, available, owed, .. } = done?;
    let [settled, held, available, owed] = [settled, held, available, owed].map(|credits| credits.to_string());
    Ok(Adjusted { number, settled, held, available, owed })
}
