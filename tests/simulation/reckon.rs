//! What each Room is told, reckoned once more beside it: how long was talked, what it cost, whose settings they are,
//! and which offers became which calls.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::interview::missed::Gap;
use vocahire::interview::room::Room as State;
use vocahire::interview::room::command::{Letter, Says};

use super::meter::{Meter, Why};
use super::ports::Seat;
use super::sim::{Asked, Object};

/// After the sideband is back the browser may fill the gap before it.
pub const GAP: i64 = 60_000;
/// A sign of life is written down at least so often.
const WRITTEN: i64 = 15_000;
/// Beside what the interviewer says, the person's words are written down.
const WRITING: i64 = 100_000;

#[derive(Default)]
pub struct Reckoning {
    /// The last sign of life is what a Room forgets when it dies, and may remember though it could not be written: as
    /// early as it may be, and as late.
    early: Meter,
    late: Meter,
    stored: i64,
    /// When somebody listened on the sideband again.
    pub again_at: i64,
    batches: BTreeSet<(i64, i64)>,
    cost: i64,
    drifts: usize,
    /// The offers, in the order in which they were taken up.
    offers: Vec<String>,
    /// What the browser got, by the numbers of the calls.
    answers: BTreeMap<i64, String>,
}

/// What an event says.
#[derive(Default)]
struct Heard {
    output: bool,
    turn: bool,
    /// A reply was asked for.
    asked: bool,
    cost: i64,
    instructions: Option<String>,
}

impl Heard {
    fn of(event: &Json) -> Self {
        let tokens = |path: &str| event.pointer(&format!("/response/usage/{path}")).and_then(Json::as_i64).unwrap_or(0);
        let mut heard = Self::default();
        match event["type"].as_str().unwrap() {
            "output_audio_buffer.started" | "response.output_audio_transcript.done" | "response.output_text.done" => {
                heard.output = true;
            }
            "response.created" => heard.asked = true,
            "input_audio_buffer.speech_started" => heard.turn = true,
            "conversation.item.added" => heard.turn = event["item"]["role"] == "user",
            // Dollars for a million tokens are millionths for one.
            "response.done" => {
                let (out, text) =
                    (tokens("output_token_details/audio_tokens"), tokens("input_token_details/text_tokens"));
                heard.cost = out * 64 + text * 4;
            }
            "session.updated" => heard.instructions = event["session"]["instructions"].as_str().map(str::to_owned),
            _ => {}
        }
        heard
    }
}

impl Reckoning {
    pub fn open(&mut self, seat: &Seat, offer: &str, now: i64) {
        for meter in [&mut self.early, &mut self.late] {
            meter.pauses = seat.sim.config.room.pause.count();
            meter.alive(now);
        }
        (self.stored, self.offers) = (now, vec![offer.to_owned()]);
    }

    /// The Room's memory is gone.
    pub fn forget(&mut self) {
        self.early.sign = self.early.sign.min(self.stored);
    }

    pub fn last_sign(&self) -> i64 {
        self.late.sign
    }

    /// So long, in all, nobody could talk by then.
    pub fn stood(&self, now: i64) -> i64 {
        self.early.stood(now)
    }

    fn both(&mut self, what: impl Fn(&mut Meter)) {
        what(&mut self.early);
        what(&mut self.late);
    }

    fn alive(&mut self, now: i64) {
        self.both(|meter| meter.alive(now));
        self.stored = self.stored.max(now - WRITTEN);
    }

    /// A transaction of a Room that is open has ended. What was heard of what it could not keep counts for nothing, but
    /// that the person is there it may remember.
    pub fn decided(&mut self, seat: &Seat, object: &Object, [before, now]: [&State; 2], done: bool) {
        let time = seat.sim.time(object);
        let events = self.events(seat, object, before, done);
        let beat = is_beat(seat, before);
        if !done {
            if beat || events.as_ref().is_some_and(|events| events.iter().any(|event| event.turn)) {
                self.late.alive(time);
            }
            return;
        }
        if before.life.outcome.is_some() {
            return;
        }
        if let Some(outcome) = now.life.outcome {
            return self.ends(seat, object, now, outcome);
        }
        if before.life.connect != now.life.connect {
            self.again(seat, before, now, time);
        }
        if beat || before.life.path_at.is_none() && now.life.path_at.is_some() {
            self.alive(time);
        }
        for event in events.iter().flatten() {
            self.heard(seat, event, now, time);
        }
        self.pauses(seat, before, now, time);
        let from = now.life.spoke_at.map(|at| at.count());
        assert_eq!(from, self.late.from, "{}: the clock runs from elsewhere", object.name());
    }

    /// What this transaction was told of the call.
    fn events(&mut self, seat: &Seat, object: &Object, before: &State, done: bool) -> Option<Vec<Heard>> {
        if let Some((call, text)) = object.room().hearing.take() {
            let heard = Heard::of(&serde_json::from_str(&text).unwrap());
            let mut counts = Heard { cost: heard.cost, ..Heard::default() };
            if call.connect == before.life.connect {
                counts = heard;
                let changed = counts.instructions.as_ref().is_some_and(|told| *told != call.posted);
                self.drifts += usize::from(changed && done);
            }
            self.cost += if done { counts.cost } else { 0 };
            return Some(vec![counts]);
        }
        let Some(Letter::Person { says: Says::Relay(text), person }) = seat.errand.letter() else { return None };
        let has_gap = before.life.is_deaf() || seat.sim.time(object) < self.again_at + GAP;
        if seat.errand.transactions.get() != 2 || *person != before.person || !has_gap {
            return None;
        }
        let body: Json = serde_json::from_str(text).unwrap();
        let connect = body["connect"].as_i64().unwrap_or(before.life.connect);
        let new = !done || self.batches.insert((connect, body["batch"].as_i64().unwrap()));
        let counts = new && connect == before.life.connect;
        let unpaid = |event| Heard { cost: 0, ..Heard::of(event) };
        counts.then(|| body["events"].as_array().unwrap().iter().map(unpaid).collect())
    }

    fn heard(&mut self, seat: &Seat, event: &Heard, now: &State, time: i64) {
        if event.turn && now.life.path_at.is_some() {
            self.alive(time);
        }
        if event.asked || event.output {
            self.both(|meter| meter.asked(time));
        }
        if event.output {
            self.both(|meter| meter.start(time));
        }
        if event.output || event.turn {
            if self.late.still() == Some(Why::Away) {
                seat.sim.tally.count("again", "came about");
            }
            self.both(|meter| meter.talk(time));
        }
        let who = now.session.as_str();
        assert!(self.cost < seat.sim.config.voice.ceiling, "truth 4: {who} goes on and has cost {}", self.cost);
        assert!(self.drifts < 2, "{who} goes on with settings that are not ours");
    }

    fn again(&mut self, seat: &Seat, before: &State, now: &State, time: i64) {
        let who = now.session.as_str();
        let Some(Letter::Again(again)) = seat.errand.letter() else { panic!("{who} is taken up by nobody") };
        assert!(now.person == again.person && before.life.begun, "{who} is taken up by another, or before it began");
        assert_eq!(now.life.connect, before.life.connect + 1, "{who}: calls are counted");
        assert!(!self.offers.contains(&again.sdp), "truth 11: {who} takes an offer up twice");
        self.offers.push(again.sdp.clone());
        seat.errand.connect.set(now.life.connect);
        if before.life.speaks && !now.life.speaks {
            seat.sim.tally.count("again", "typed after spoken");
        }
        if before.life.spoke_at.is_none() {
            seat.sim.tally.count("again", "before the first word");
        }
        if self.late.still() == Some(Why::Pause) {
            seat.sim.tally.count("pause", "ended with its line");
        }
        self.both(|meter| meter.again(time, before.life.path_at.is_some()));
    }

    fn pauses(&mut self, seat: &Seat, before: &State, now: &State, time: i64) {
        let count = |what| seat.sim.tally.count("pause", what);
        let asked = match seat.errand.letter() {
            Some(Letter::Person { says: Says::Pause(paused), .. }) => Some(*paused),
            _ => None,
        };
        let is = |state: &State| state.life.clock.is_still_for(Gap::Pause);
        if is(now) && !is(before) {
            assert_eq!(asked, Some(true), "{}: a pause that nobody asked for", now.session.as_str());
            count(if now.life.is_deaf() { "begun while nobody listens" } else { "begun" });
            self.both(|meter| meter.pause(time));
        } else if asked == Some(true) && !is(before) && self.late.left_of_pauses(time) <= 0 {
            count("none left");
        }
        // Only when something happens it is looked at the time.
        if before.life == now.life {
            return;
        }
        let paused = self.late.still() == Some(Why::Pause);
        if self.late.pass(time) && paused {
            count("ended by itself");
        }
        self.early.pass(time);
        if !is(now) && is(before) && asked == Some(false) && self.late.still() == Some(Why::Pause) {
            count("ended by the person");
            self.both(|meter| meter.go_on(time));
        }
        let same = is(now) == (self.late.still() == Some(Why::Pause));
        assert!(same, "{}: paused {} at {time}, and is not so", now.session.as_str(), is(now));
    }

    /// Truth 4, and what a person pays for: what was talked, and nothing of what was away or paused.
    fn ends(&mut self, seat: &Seat, object: &Object, now: &State, outcome: Outcome) {
        use Ending::{ConnectionLost, EndedByUser, EndedEarly, RanItsTime};
        let (who, ended, whole) = (object.name(), now.life.ended_at.unwrap().count(), now.life.seconds * 1000);
        self.early.pass(ended);
        self.late.pass(ended);
        let listens = matches!(seat.errand.ask, Asked::Listen);
        let to_last = matches!(outcome.ending, ConnectionLost | EndedByUser | EndedEarly | RanItsTime);
        let lost = to_last && !listens && self.late.is_lost(ended, true);
        let least = if self.early.is_lost(ended, false) { self.early.at_last() } else { self.early.at(ended) };
        let most = if lost { self.late.at_last() } else { self.late.at(ended) };
        let heard = outcome.heard.count();
        assert!(
            least.min(whole) <= heard && heard <= most.min(whole),
            "{who} is to pay for {heard} ms and not {least} to {most}: {outcome:?} at {ended}, {:?} until {}",
            self.late.stills,
            self.late.sign
        );
        let notes = notes(object);
        if notes.iter().any(|(_, note)| note == "settings changed again") {
            assert!(object.room().drifted.get() > 1, "{who} ends because its settings were changed once");
            seat.sim.tally.count("settings", "ended it");
        }
        if outcome.ending == Ending::CostCeiling {
            assert!(self.cost + WRITING >= seat.sim.config.voice.ceiling, "{who} has cost {} only", self.cost);
        }
        if !now.deleted && self.early.stills == self.late.stills {
            self.told(who, &notes, ended);
        }
    }

    /// The transcript tells of each part in which they could not talk, while there was more to come.
    fn told(&self, who: &str, notes: &[(i64, String)], ended: i64) {
        let of = |why: Why| if why == Why::Pause { "missed pause" } else { "missed away" };
        let over = self
            .late
            .stills
            .iter()
            .filter_map(|still| Some((still, still.until?)))
            .filter(|(still, until)| (still.from + 1..ended).contains(until));
        let gaps: Vec<_> =
            over.map(|(still, until)| (until, format!("{} {}", of(still.why), until - still.from))).collect();
        let is_gap = |note: &&(i64, String)| [Why::Away, Why::Pause].iter().any(|why| note.1.starts_with(of(*why)));
        let told: Vec<_> = notes.iter().filter(is_gap).filter(|(at, _)| *at < ended).cloned().collect();
        assert_eq!(told, gaps, "{who}: the gaps of its transcript");
    }

    /// Truth 11: the newest offer alone is answered, each time with the same answer.
    pub fn answered(&mut self, who: &str, offer: &str, connect: i64, sdp: &str) {
        let newest = i64::try_from(self.offers.len()).unwrap();
        assert_eq!(connect, newest, "truth 11: {who}: the answer to an older offer");
        assert_eq!(self.offers.last().map(String::as_str), Some(offer), "truth 11: {who}: an answer to another offer");
        let first = self.answers.entry(connect).or_insert_with(|| sdp.to_owned());
        assert_eq!(first, sdp, "truth 11: {who}: another answer to the same offer");
        assert!(self.answers.len() <= 6, "{who} is taken up more than five times");
    }
}

/// A beat of the page whose call it is: with sound, or of somebody who types.
fn is_beat(seat: &Seat, before: &State) -> bool {
    let Some(Letter::Person { person, says: Says::Beat { packets, said, connect, .. } }) = seat.errand.letter() else {
        return false;
    };
    // What the page has said is crossed out before.
    let nth = if said.is_empty() { 2 } else { 3 };
    let life = &before.life;
    seat.errand.transactions.get() == nth
        && *person == before.person
        && (life.call.is_some() || life.is_paid())
        && connect.is_none_or(|connect| connect == life.connect)
        && (*packets > 0 || !life.speaks)
}

fn notes(object: &Object) -> Vec<(i64, String)> {
    let mut notes = object.disk.database.prepare_cached("select at, what from notes order by number").unwrap();
    let rows = notes.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}
