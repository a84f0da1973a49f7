//! Where pages call OpenAI by themselves: the secrets that it makes for them, and what must hold. An interview is paid,
//! all of it and once, if its secret may go out, and only then.

use std::rc::Rc;

use serde_json::{Value as Json, json};
use vocahire::domain::credits::Credits;
use vocahire::domain::id::SessionId;
use vocahire::domain::outcome::Ending;
use vocahire::interview::room::Room as State;
use vocahire::money::command::{Kind as Entry, State as HoldState};
use vocahire::port::calls::Head;
use vocahire::port::http::HttpFailure;

use super::book::Book;
use super::doors::Unread;
use super::openai::Call;
use super::ports::Seat;
use super::sim::{Object, Sim};

/// A secret is one for so long.
const SECRET: i64 = 10_000;
/// On its way to the browser and to OpenAI it must still be one.
const ON_ITS_WAY: i64 = 4000;

/// Some OpenAI has made before it was asked.
pub fn life(sim: &Sim) -> i64 {
    if sim.mishap(12, "a secret that is too old") { 3000 } else { SECRET }
}

/// The settings that a secret is asked for with.
pub fn settings(text: &str) -> Json {
    let asked: Json = serde_json::from_str(text).unwrap();
    assert_eq!(asked["expires_after"]["seconds"], SECRET / 1000, "a secret is asked for {asked}");
    asked["session"].clone()
}

/// OpenAI's answer to whoever asks for a secret: mostly one.
pub fn mint(seat: &Seat, call: &Rc<Call>, unread: impl Fn(Result<Vec<u8>, HttpFailure>) -> Unread) -> (Head, Unread) {
    let value = if seat.mishap(20, "a secret that is none") { "sk-simulated" } else { &call.answer };
    let told = json!({ "value": value, "expires_at": call.until.unwrap() / 1000, "session": { "type": "realtime" } });
    let mut unread = unread(Ok(told.to_string().into_bytes()));
    unread.slow = seat.mishap(12, "the answer's body is slow");
    if seat.mishap(20, "the answer breaks off") {
        unread.body = Err(HttpFailure::Unreachable("nobody there".to_owned()));
    }
    (Head { status: 200, ..Head::default() }, unread)
}

fn book<T>(sim: &Sim, session: &SessionId, look: impl Fn(&Book) -> T) -> T {
    let has = |object: &&Rc<Object>| object.wallet().book.borrow().starts.contains_key(session);
    let payer = sim.objects.iter().find(has).unwrap_or_else(|| panic!("{} was never held", session.as_str()));
    look(&payer.wallet().book.borrow())
}

/// A Room has it paid when there is a secret with which somebody can still call, and after its Wallet has said yes.
pub fn changed(sim: &Sim, object: &Object, before: &State, now: &State) {
    assert!(before.life.is_paid() <= now.life.is_paid(), "{} is unpaid again", object.name());
    if before.life.is_paid() || !now.life.is_paid() {
        return;
    }
    assert!(now.life.is_direct() && sim.config.voice.direct, "{} pays ahead for a call of ours", object.name());
    let secrets = sim.openai.of_session(&now.session);
    let [secret] = &secrets[..] else { panic!("{} has {} secrets", object.name(), secrets.len()) };
    let left = secret.until.unwrap() - sim.now.get();
    assert!(left >= ON_ITS_WAY, "{} pays for a secret that is over in {left} ms", object.name());
    let state = book(sim, &now.session, |book| book.starts[&now.session].state);
    assert_eq!(state, HoldState::Begun, "{} is paid without its Wallet's yes", object.name());
    let kept = object.disk.database.query_row("select answer from room", [], |row| row.get::<_, Option<String>>(0));
    assert_eq!(kept, Ok(Some(secret.answer.clone())), "{} is paid and has nothing to give out", object.name());
    object.room().paid.set(true);
}

/// What the Wallet is told of an interview that is paid ahead: that all of it was had.
pub fn owed(sim: &Sim, session: &SessionId) -> Option<(Ending, i64)> {
    Some((Ending::PaidAhead, book(sim, session, |book| book.starts[session].seconds)))
}

/// At the end of a history.
pub fn at_rest(sim: &Sim, object: &Object) {
    let session = &object.room().session;
    if !sim.config.voice.direct || !object.room().seen.borrow().opened {
        return;
    }
    let (line, amount) = book(sim, session, |book| {
        let start = &book.starts[session];
        (book.lines[start.end.unwrap()].clone(), start.amount)
    });
    let (who, reason) = (session.as_str(), line.reason.as_deref().unwrap_or_default());
    let paid = (line.kind, reason, line.postings.earned) == (Entry::Interview, "paid_ahead", Credits::milli(amount));
    let kind = match (object.room().paid.get(), paid) {
        (true, true) => "paid",
        // Its Room was not to be reached until its Wallet gave up waiting.
        (true, false) if reason == "no_outcome" && object.room().was_silent.get() => "given up",
        (false, false) if line.postings.earned == Credits::ZERO => "nothing to pay",
        (room, _) => panic!("{who}: its Room has it paid, {room}, and its Wallet writes {line:?}"),
    };
    sim.tally.count("direct", kind);
}
