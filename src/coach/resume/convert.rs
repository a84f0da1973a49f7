//! The text of a PDF that the browser cannot read, by PDF.co: only when the person wants it sent there.

use crate::domain::failure::{Failure, Fault, Refusal};
use crate::port::World;
use crate::port::http::{Http, HttpFailure};
use crate::upstream::pdfco::{self, Account, Unconverted};

/// 1. A place for the file.
/// 2. The file goes there, without our key.
/// 3. Its text.
pub async fn text<W: World>(world: &W, file: &[u8]) -> Result<String, Failure> {
    let config = &world.config().pdfco;
    let key = config.key.as_deref().ok_or(Fault::NotConfigured { setting: "PDFCO_API_KEY" })?;
    let account = Account { base: &config.url, key };
    let silent = |failure: HttpFailure| failure.of(pdfco::PROVIDER);
    // 1
    let reply = world.http().get(pdfco::place(&account)).await.map_err(silent)?;
    let place = pdfco::placed(reply.status, &reply.body)?;
    // 2
    let reply = world.http().put(place.ask(), file).await.map_err(silent)?;
    pdfco::taken(reply.status)?;
    // 3
    let (ask, body) = pdfco::convert(&account, &place);
    let reply = world.http().post(ask, body).await.map_err(silent)?;
    world.mark("CONVERTED");
    pdfco::text(reply.status, &reply.body).map_err(|unconverted| match unconverted {
        Unconverted::Encrypted => Refusal::BadResume { reason: "encrypted" }.into(),
        Unconverted::Unreadable => Refusal::BadResume { reason: "not_converted" }.into(),
        Unconverted::Failed(fault) => fault.into(),
    })
}
