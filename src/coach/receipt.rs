//! A receipt: what an interview was, in short, signed by us. Whoever is shown one can ask whether it is true, without
//! an account and without learning anything that does not stand in it.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::member;
use super::store::{self, Which};
use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::form::{self, object};
use crate::domain::id::in_hexadecimal;
use crate::domain::seal::{self, Purpose};
use crate::interview::past;
use crate::interview::record::{self, Stands};
use crate::interview::visit::Visit;
use crate::port::World;
use crate::port::clock::Clock;

/// Its members are ids, times, hashes and an amount: some 700 bytes, and a third more for base64.
const RECEIPT: Purpose = Purpose { label: "vocahire receipt 1", most: 2048 };

/// `GET /api/sessions/:id/receipt`.
///
/// 1. The interview is over and written down, with what it cost.
/// 2. Its words by their hash: the same file can be asked for, and hashed by anybody.
/// 3. What it was judged by, if it was.
/// 4. Signed.
pub async fn receipt<W: World>(world: &W, visit: Visit<'_>) -> Result<Value, Failure> {
    let secrets = world.config().receipt_secrets()?;
    // 1
    match record::stands(world, visit).await? {
        Stands::Open => return Err(Refusal::Conflict { why: "the interview goes on" }.into()),
        Stands::Ending => return Err(Refusal::Conflict { why: "the interview is being written down" }.into()),
        Stands::Kept | Stands::Past => {}
    }
    let record = past::one(world, visit).await?;
    // 2
    let text = past::text(world, visit).await?;
    // 3
    let (standing, _) = store::find(world.db(), Which { session: visit.session, person: visit.person }).await?;
    let report = standing.and_then(|standing| standing.report);
    let report: Value = report.and_then(|text| serde_json::from_slice(text.as_bytes()).ok()).unwrap_or_default();
    let by = member(&report, "evaluatedBy");
    // 4. Whoever is shown it cannot tell by it how others, OpenAI among them, know this person.
    let was = |name: &str| member(&record, name).clone();
    let by = |name: &str| member(by, name).clone();
    let person = hash(&format!("receipt:{}", visit.person.as_str()));
    let signed = object!({
        "session": visit.session.as_str(), "person": person, "startedAt": was("startedAt"),
        "endedAt": was("endedAt"), "heardSeconds": was("heardSeconds"), "ending": was("ending"),
        "charged": was("charged"), "rubric": by("rubric"), "rubricHash": by("rubricHash"),
        "transcriptHash": hash(&text), "issuedAt": world.clock().now().iso(),
    });
    let receipt = seal::sign(secrets, &RECEIPT, form::text(&signed).as_bytes());
    let receipt = receipt.ok_or(Fault::NotConfigured { setting: "RECEIPT_SECRET" })?;
    Ok(object!({ "address": format!("/verify#{receipt}"), "receipt": receipt, "signed": signed }))
}

/// `POST /api/receipts/verify`.
pub fn verify<W: World>(world: &W, body: &[u8]) -> Result<Value, Failure> {
    let secrets = world.config().receipt_secrets()?;
    let body: Value = serde_json::from_slice(body).map_err(|_| Refusal::BadJson)?;
    let receipt = body.get("receipt").and_then(Value::as_str).ok_or(Refusal::BadRequest { field: "receipt" })?;
    let signed = seal::check(secrets, &RECEIPT, receipt.trim()).ok();
    let signed = signed.and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    Ok(match signed {
        Some(signed) => object!({ "valid": true, "signed": signed }),
        None => object!({ "valid": false }),
    })
}

fn hash(text: &str) -> String {
    in_hexadecimal(&Sha256::digest(text.as_bytes()))
}
