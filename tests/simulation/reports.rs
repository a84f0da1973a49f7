//! What people do with the reports on their interviews: they look, have it tried again, say that a grade is wrong, and
//! take a receipt. All of it while it is being judged, deleted, or gone.

use serde_json::{Value as Json, json};
use vocahire::coach::{progress, receipt, report, rubric};
use vocahire::domain::failure::{Failure, Refusal};
use vocahire::domain::id::SessionId;
use vocahire::interview::visit::Visit;

use super::pages::Page;

impl Page {
    fn told(&self, what: &str) {
        self.sim().tally.count("feedback", what);
    }

    pub async fn read_report(&self, session: &SessionId) {
        match self.sim().chance.below(12) {
            0..4 => self.look(session).await,
            4..6 => self.again(session).await,
            6 => {
                self.told("tried again in two tabs");
                let (page, session) = (Self::of(self.sim(), self.person), session.clone());
                self.sim().executor.spawn(page.seat.errand.place.clone(), {
                    let session = session.clone();
                    async move { page.again(&session).await }
                });
                self.again(&session).await;
            }
            7..9 => self.object(session).await,
            9..11 => self.receipt(session).await,
            _ => self.progress().await,
        }
    }

    /// What can be the matter with an interview that is this person's own.
    fn refused(&self, done: &Failure, also: &str) {
        let known = match done {
            Failure::Broken(_) | Failure::Refused(Refusal::NotFound) => true,
            Failure::Refused(Refusal::Conflict { why }) => also.contains(why),
            Failure::Refused(_) => false,
        };
        assert!(known, "feedback is refused: {done:?}");
    }

    async fn look(&self, session: &SessionId) {
        match report::look(&self.seat, Visit { session, person: &self.user }).await {
            Ok(told) => self.sound(session, &told),
            Err(failure) => self.refused(&failure, ""),
        }
    }

    async fn again(&self, session: &SessionId) {
        match report::again(&self.seat, Visit { session, person: &self.user }).await {
            Ok(told) => {
                self.told("tried again");
                self.sound(session, &told);
            }
            Err(failure) => {
                self.told("not tried again");
                self.refused(&failure, "the interview goes on, it is scored, no tries are left");
            }
        }
    }

    /// What a page is told fits together, and the report is the one that was written first.
    fn sound(&self, session: &SessionId, told: &Json) {
        let state = told["state"].as_str().unwrap();
        self.told(state);
        let left = told["triesLeft"].as_i64().unwrap();
        assert!((0..=9).contains(&left), "{told}");
        // Of one that is being deleted the Room may know no more already, and D1 still.
        let unbegun = state == "failed" && told["counts"].is_null();
        assert_eq!(told["failure"].is_string(), state == "failed" && !unbegun, "{told}");
        assert_eq!(told["report"].is_object(), state == "scored", "{told}");
        assert!(told["counts"].is_object() || unbegun || matches!(state, "open" | "waiting"), "{told}");
        if let Some(known) = self.sim().reports.of(session.as_str()).filter(|_| state == "scored") {
            assert_eq!(told["report"], known, "{}: another report", session.as_str());
        }
    }

    async fn object(&self, session: &SessionId) {
        let criterion = self.sim().chance.pick(&rubric::ALL).word;
        let why = (!self.one_in(3)).then_some("I did say so.");
        let body = json!({ "criterion": criterion, "why": why }).to_string();
        match report::object(&self.seat, Visit { session, person: &self.user }, body.as_bytes()).await {
            Ok(told) => {
                self.told(if why.is_some() { "objected" } else { "taken back" });
                let stands = told["objections"].as_array().unwrap().iter().any(|one| one["criterion"] == criterion);
                assert_eq!(stands, why.is_some(), "{told}");
            }
            Err(failure) => self.refused(&failure, ""),
        }
    }

    /// A receipt is true as it is, and in no other way.
    async fn receipt(&self, session: &SessionId) {
        match receipt::receipt(&self.seat, Visit { session, person: &self.user }).await {
            Ok(told) => {
                self.told("receipt");
                let text = told["receipt"].as_str().unwrap();
                let checked = |text: &str| {
                    receipt::verify(&self.seat, json!({ "receipt": text }).to_string().as_bytes()).unwrap()
                };
                assert_eq!(checked(text), json!({ "valid": true, "signed": told["signed"] }));
                let mut bytes = text.to_owned().into_bytes();
                let at = self.sim().chance.below(bytes.len());
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                assert_eq!(checked(&String::from_utf8(bytes).unwrap()), json!({ "valid": false }));
            }
            Err(failure) => self.refused(&failure, "the interview goes on, the interview is being written down"),
        }
    }

    /// What the curves show are the grades of the reports.
    async fn progress(&self) {
        let Ok(told) = progress::progress(&self.seat, &self.user).await else { return };
        self.told("progress");
        for session in told["sessions"].as_array().unwrap() {
            let scores = session["scores"].as_array().unwrap();
            assert_eq!(scores.len(), if session["rubric"].is_null() { 0 } else { 5 }, "{session}");
            let Some(known) = self.sim().reports.of(session["id"].as_str().unwrap()) else { continue };
            let graded = |score: &&Json| !score["grade"].is_null();
            let (shown, kept) =
                (scores.iter().filter(graded), known["scores"].as_array().unwrap().iter().filter(graded));
            assert!(session["rubric"].is_null() || shown.count() == kept.count(), "{session}");
        }
    }

    /// Truth 8: with the report on an interview of somebody else.
    pub async fn meddle_with_report(&self, session: &SessionId) -> Result<(), Failure> {
        let visit = Visit { session, person: &self.user };
        match self.sim().chance.below(4) {
            0 => report::look(&self.seat, visit).await,
            1 => report::again(&self.seat, visit).await,
            2 => report::object(&self.seat, visit, br#"{"criterion":"structure","why":"It was mine."}"#).await,
            _ => receipt::receipt(&self.seat, visit).await,
        }
        .map(drop)
    }
}
