//! `GET /api/sentry-example-api`: an error on purpose, to see that errors are seen.

use crate::domain::failure::{Failure, Fault, Refusal};
use crate::domain::id::RequestId;
use crate::port::World;
use crate::port::config::Environment;
use crate::port::log::Log;

/// `?kind=panic` ends the whole isolate and every request in it, so production refuses that one.
pub fn fail<W: World>(world: &W, request: &RequestId, kind: Option<&str>) -> Failure {
    match kind {
        None | Some("error") => Fault::Bug { why: "an error on purpose".to_owned() }.into(),
        Some("panic") if world.config().environment == Environment::Production => Refusal::Forbidden.into(),
        Some("panic") => {
            world
                .log()
                .line(&format!(r#"{{"level":"warn","id":"{request}","event":"a panic on purpose comes next"}}"#));
            panic_on_purpose()
        }
        Some(_) => Refusal::BadRequest { field: "kind" }.into(),
    }
}

#[expect(clippy::panic, reason = "the one panic of the house: proof that the next request survives it")]
fn panic_on_purpose() -> ! {
    panic!("a panic on purpose")
}
