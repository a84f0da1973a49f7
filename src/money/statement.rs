//! The statement: each line with its reason in plain words, as pages of JSON or as one CSV file.

use serde::Serialize;

use super::command::{Line, Standing};
use super::desk::{self, Page};
use super::words;
use crate::domain::credits::Credits;
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::Owner;
use crate::port::World;

pub const USUAL: i64 = 50;
pub const MOST: i64 = 200;
/// One question to the Wallet brings so many lines of a file.
const FILE_PAGE: i64 = 500;
/// A file of all that somebody may have in years; beyond it there are pages.
const FILE_LINES: usize = 20_000;

#[derive(Debug, Serialize)]
pub struct Statement {
    settled: String,
    held: String,
    available: String,
    payable: String,
    owed: String,
    lines: Vec<Told>,
    /// Where the next page begins; null at the end.
    next: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct Told {
    number: i64,
    at: String,
    kind: &'static str,
    text: String,
    /// The change of what one has, debts included.
    amount: String,
    /// The change of what is held.
    held: String,
    settled: String,
    available: String,
    owed: String,
    reference: Option<String>,
    /// For operators only.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// A page for the owner, or for an operator, who is told keys and names too.
pub async fn page<W: World>(world: &W, owner: &Owner, page: Page) -> Result<Statement, Failure> {
    let (standing, payable, lines) = lines(world, owner, page).await?;
    let whole = i64::try_from(lines.len()).is_ok_and(|count| count == page.limit);
    let next = lines.last().filter(|line| whole && line.seq > 1).map(|line| line.seq.to_string());
    Ok(Statement {
        settled: standing.settled.to_string(),
        held: standing.held.to_string(),
        available: standing.available.to_string(),
        payable: payable.to_string(),
        owed: standing.owed.to_string(),
        lines: lines.iter().map(|line| told(line, !page.own)).collect::<Option<_>>().ok_or_else(uncountable)?,
        next,
    })
}

/// The whole statement, oldest line first.
pub async fn file<W: World>(world: &W, owner: &Owner) -> Result<String, Failure> {
    let mut all = Vec::new();
    let mut before = None;
    loop {
        let (.., lines) = lines(world, owner, Page { own: true, before, limit: FILE_PAGE }).await?;
        before = lines.last().map(|line| line.seq);
        all.extend(lines);
        if before.is_none_or(|seq| seq <= 1) {
            break;
        }
        if all.len() >= FILE_LINES {
            return Err(Refusal::Unprocessable { why: "the statement is too long for one file; ask for pages" }.into());
        }
    }
    let mut csv = String::from("number,at,kind,text,amount,held,settled,available,owed,reference\r\n");
    for line in all.iter().rev() {
        let Told { number, at, kind, text, amount, held, settled, available, owed, reference, .. } =
            told(line, false).ok_or_else(uncountable)?;
        let (text, reference) = (cell(&text), cell(&reference.unwrap_or_default()));
        csv.push_str(&format!(
            "{number},{at},{kind},{text},{amount},{held},{settled},{available},{owed},{reference}\r\n"
        ));
    }
    Ok(csv)
}

/// To the owner a book that nobody has opened is an empty one.
async fn lines<W: World>(world: &W, owner: &Owner, page: Page) -> Result<(Standing, Credits, Vec<Line>), Failure> {
    match desk::lines(world, owner, page).await {
        Err(failure) if page.own && matches!(failure.refusal(), Some(Refusal::Conflict { .. })) => {
            Ok((Standing::default(), Credits::ZERO, Vec::new()))
        }
        answer => answer,
    }
}

fn uncountable() -> Failure {
    Fault::Bug { why: "an amount beyond counting".to_owned() }.into()
}

fn told(line: &Line, operator: bool) -> Option<Told> {
    let moved = &line.postings;
    Some(Told {
        number: line.seq,
        at: line.at.iso(),
        kind: line.kind.word(),
        text: words::text(line),
        amount: moved.user.plus(moved.held)?.plus(moved.owed)?.to_string(),
        held: moved.held.to_string(),
        settled: line.user_after.plus(line.held_after)?.to_string(),
        available: line.user_after.to_string(),
        owed: Credits::ZERO.minus(line.owed_after)?.to_string(),
        reference: line.reference.clone(),
        key: line.key.clone().filter(|_| operator),
        by: line.actor.clone().filter(|_| operator),
    })
}

/// A cell of CSV: quoted, and never a formula when a spreadsheet opens it.
fn cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guarded}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        for (text, quoted) in [
            ("plain", "\"plain\""),
            ("a \"b\", c", "\"a \"\"b\"\", c\""),
            ("=1+1", "\"'=1+1\""),
            ("@x", "\"'@x\""),
            ("-1", "\"'-1\""),
            ("two\nlines", "\"two\nlines\""),
            ("", "\"\""),
        ] {
            assert_eq!(cell(text), quoted);
        }
    }
}
