//! The Rooms, played: each opens, begins, ends once, and settles again and again until it is heard; some fall silent.

use std::rc::Rc;

use vocahire::domain::id::SessionId;
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::command::{Command, Reply};
use vocahire::port::rooms::Word;

use super::clients::send;
use super::ports::Seat;
use super::sim::{Room, Sim};

const ENDINGS: [Ending; 13] = [
    Ending::NoMediaPath,
    Ending::NoOutput,
    Ending::NeverSpoke,
    Ending::NeverSpoke,
    Ending::EndedEarly,
    Ending::EndedEarly,
    Ending::EndedEarly,
    Ending::EndedByUser,
    Ending::ConnectionLost,
    Ending::ProviderFault,
    Ending::OurFault,
    Ending::RanItsTime,
    Ending::CostCeiling,
];

pub fn outcome(sim: &Sim) -> Outcome {
    Outcome {
        ending: *sim.chance.pick(&ENDINGS),
        heard: Millis::new(sim.chance.between(0, if sim.chance.one_in(4) { 70_000 } else { 2_000_000 })),
    }
}

pub fn is_silent(sim: &Sim, session: &SessionId) -> bool {
    sim.rooms.borrow().get(session).is_some_and(|room| room.silent)
}

/// What a Room says to its Wallet's question.
pub fn end(sim: &Sim, session: &SessionId) -> Word {
    let mut rooms = sim.rooms.borrow_mut();
    let Some(room) = rooms.get_mut(session) else { return Word::Unknown };
    match room.outcome {
        Some(outcome) => Word::Ended(outcome),
        None => {
            let outcome = outcome(sim);
            room.outcome = Some(outcome);
            if sim.chance.one_in(2) {
                return Word::Ended(outcome);
            }
            sim.fault("the Room is ending");
            Word::Ending
        }
    }
}

/// The Room opens and asks its Wallet whether it may begin, until it knows. Without a yes there was no interview.
pub fn open(sim: &Rc<Sim>, payer: usize, session: SessionId) {
    if sim.rooms.borrow().contains_key(&session) {
        return;
    }
    let silent = sim.chance.one_in(10);
    sim.rooms.borrow_mut().insert(session.clone(), Room { payer, silent, ..Room::default() });
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move {
        for _ in 0..4 {
            match send(&seat, payer, Command::Begin { session: session.clone() }).await {
                Some(Reply::Standing(_)) => return,
                Some(_) => break,
                None => {}
            }
        }
        let outcome = Outcome { ending: Ending::NoMediaPath, heard: Millis::default() };
        if let Some(room) = seat.sim.rooms.borrow_mut().get_mut(&session) {
            room.outcome = room.outcome.or(Some(outcome));
        }
    });
}

/// The Room of an interview has its outcome and tells it, some times.
pub fn settle(sim: &Rc<Sim>, session: SessionId) {
    let (payer, told) = {
        let mut rooms = sim.rooms.borrow_mut();
        let Some(room) = rooms.get_mut(&session).filter(|room| !room.settling && !room.silent) else { return };
        let told = *room.outcome.get_or_insert_with(|| outcome(sim));
        room.settling = true;
        (room.payer, told)
    };
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move {
        let mut settled = false;
        for _ in 0..3 {
            settled |= send(&seat, payer, Command::Settle { session: session.clone(), outcome: told }).await.is_some();
            if settled && !seat.sim.chance.one_in(8) {
                break;
            }
        }
        if let Some(room) = seat.sim.rooms.borrow_mut().get_mut(&session) {
            (room.settled, room.settling) = (settled, false);
        }
    });
}
