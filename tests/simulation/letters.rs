//! The way to a Wallet and back: a letter may be lost, come twice or late, and so may its answer.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use vocahire::domain::failure::Fault;
use vocahire::domain::form;
use vocahire::domain::id::Owner;
use vocahire::domain::millis::Millis;
use vocahire::money::command::{Letter, Reply};
use vocahire::money::wallet;
use vocahire::port::wallets::Wallets;

use super::check;
use super::ports::Seat;
use super::sim::{Asked, Errand, Sim};

/// Where an answer will be. An object that dies before it answers leaves a fault there.
#[derive(Default)]
pub struct Slot(RefCell<Option<Result<String, Fault>>>);

pub struct Answer {
    sim: Rc<Sim>,
    slot: Rc<Slot>,
    given: Cell<bool>,
}

impl Answer {
    pub fn to(sim: &Rc<Sim>) -> Self {
        Self { sim: sim.clone(), slot: Rc::default(), given: Cell::default() }
    }

    pub fn slot(&self) -> Rc<Slot> {
        self.slot.clone()
    }

    pub fn give(&self, answer: Result<String, Fault>) {
        self.given.set(true);
        let _ = self.slot.0.replace(Some(answer));
        self.sim.executor.news();
    }
}

impl Seat {
    /// What an object answers, if it does so in time.
    pub async fn answer(&self, slot: &Slot, until: i64) -> Option<Result<String, Fault>> {
        loop {
            if let Some(told) = slot.0.take() {
                return Some(told);
            }
            if self.sim.now.get() >= until {
                return None;
            }
            self.sim.executor.wait(Some(until)).await;
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if !self.given.get() {
            self.sim.fault("the object died");
            self.give(Err(Fault::Wallet { why: "the object died".to_owned() }));
        }
    }
}

/// Brings a letter to its object, which goes about it when its turn comes.
pub fn deliver(sim: &Rc<Sim>, letter: &str) -> Rc<Slot> {
    let Letter { owner, command } = form::read(letter).unwrap();
    let (object, text) = (sim.object(&owner).clone(), letter.to_owned());
    let errand = Errand::of(Asked::Command(command), Some(object.number));
    let answer = Answer::to(sim);
    let slot = answer.slot();
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
    async fn ask(&self, _owner: &Owner, question: String, limit: Millis) -> Result<String, Fault> {
        let until = self.sim.now.get() + limit.count();
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
        let Some(told) = self.answer(&slot, until).await else {
            self.sim.fault("the Wallet is too slow");
            self.errand.hurt.set(true);
            return lost();
        };
        if self.mishap(30, "reply lost") {
            return lost();
        }
        told
    }
}

pub fn read(told: &str) -> Reply {
    form::read(told).unwrap()
}
