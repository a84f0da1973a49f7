//! The way to a Wallet and back: a letter may be lost, come twice or late, and so may its answer.

use std::cell::RefCell;
use std::rc::Rc;

use vocahire::domain::failure::Fault;
use vocahire::domain::id::Owner;
use vocahire::domain::millis::Millis;
use vocahire::money::command::{Letter, Reply};
use vocahire::money::wallet;
use vocahire::port::wallets::Wallets;

use super::check;
use super::ports::Seat;
use super::sim::{Errand, Sim};

/// Where an answer will be. An object that dies before it answers leaves a fault there.
#[derive(Default)]
pub struct Slot(RefCell<Option<Result<String, Fault>>>);

struct Answer {
    sim: Rc<Sim>,
    slot: Rc<Slot>,
}

impl Answer {
    fn give(&self, answer: Result<String, Fault>) {
        let _ = self.slot.0.replace(Some(answer));
        self.sim.executor.answered();
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if self.slot.0.borrow().is_none() {
            self.sim.fault("the object died");
            self.give(Err(Fault::Wallet { why: "the object died".to_owned() }));
        }
    }
}

/// Brings a letter to its object, which goes about it when its turn comes.
pub fn deliver(sim: &Rc<Sim>, letter: &str) -> Rc<Slot> {
    let Letter { owner, command } = serde_json::from_str(letter).unwrap();
    let (object, text) = (sim.object(&owner).clone(), letter.to_owned());
    let errand = Errand::of(Some(command), Some(object.number));
    let answer = Answer { sim: sim.clone(), slot: Rc::default() };
    let slot = answer.slot.clone();
    let seat = Seat::of_object(sim, &object, &errand);
    sim.executor.spawn(errand.place.clone(), async move {
        seat.point("before the command").await;
        let told = wallet::receive(&seat, &text).await;
        check::told(&seat, &told);
        answer.give(told);
    });
    slot
}

impl Wallets for Seat {
    async fn ask(&self, _owner: &Owner, question: String, _limit: Millis) -> Result<String, Fault> {
        let lost = || Err(Fault::Wallet { why: "no answer in time".to_owned() });
        self.point("before the Wallet").await;
        if self.mishap(30, "request lost") {
            return lost();
        }
        if !self.sim.calm.get() && self.sim.chance.one_in(30) {
            self.sim.tally.count("duplicate", "delivered twice");
            deliver(&self.sim, &question);
        }
        let slot = deliver(&self.sim, &question);
        while slot.0.borrow().is_none() {
            self.sim.executor.wait().await;
        }
        if self.mishap(30, "reply lost") {
            return lost();
        }
        slot.0.take().unwrap()
    }
}

pub fn read(told: &str) -> Reply {
    serde_json::from_str(told).unwrap()
}
