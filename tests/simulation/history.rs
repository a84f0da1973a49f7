//! One history: at least 200 steps of people, Rooms, clocks and accidents, then peace, in which everything must come
//! right.

use std::rc::Rc;

use vocahire::domain::id::SessionId;
use vocahire::money::command::Command;
use vocahire::money::wallet;

use super::book::{DAY, HOUR, MINUTE};
use super::ports::Seat;
use super::sim::{Errand, Object, PEOPLE, Sim};
use super::{check, clerk, clients, peace, rooms};

const STEPS: usize = 200;

pub fn run(sim: &Rc<Sim>) {
    let chance = &sim.chance;
    let favourite = chance.below(PEOPLE);
    // Some histories take an hour, some take weeks.
    let hurry = *chance.pick(&[1, 1, 3, 10]);
    for _ in 0..STEPS + chance.below(40) {
        match chance.below(100) {
            0..66 => clients::act(sim, favourite),
            66..74 => clerk::act(sim),
            74..86 => some_room(sim, rooms::settle),
            86..89 => some_room(sim, fall_silent_or_wake),
            89..93 => accident(sim),
            _ => time_passes(sim, hurry),
        }
        for _ in 0..chance.below(30) {
            sim.turn();
        }
        if chance.one_in(2) {
            ring(sim);
        }
        sim.now.set(sim.now.get() + chance.between(0, 3000));
        if chance.one_in(12) {
            quiet(sim);
        }
    }
    peace::make(sim);
}

fn some_room(sim: &Rc<Sim>, what: impl Fn(&Rc<Sim>, SessionId)) {
    let open: Vec<SessionId> = {
        let rooms = sim.rooms.borrow();
        rooms.iter().filter(|(_, room)| !room.settled).map(|(session, _)| session.clone()).collect()
    };
    if !open.is_empty() {
        what(sim, sim.chance.pick(&open).clone());
    }
}

fn fall_silent_or_wake(sim: &Rc<Sim>, session: SessionId) {
    if let Some(room) = sim.rooms.borrow_mut().get_mut(&session) {
        room.silent = !room.silent;
    }
}

fn accident(sim: &Rc<Sim>) {
    match sim.chance.below(20) {
        0..11 => {
            let busy = sim.executor.busy();
            let any = sim.chance.below(sim.objects.len());
            let victim = if busy.is_empty() || sim.chance.one_in(4) { any } else { *sim.chance.pick(&busy) };
            sim.crash(&sim.objects[victim]);
        }
        11..14 => {
            if !sim.executor.cut_one(&sim.chance).is_empty() {
                sim.fault("a client gone");
            }
        }
        14..16 => {
            sim.fault("D1 away for an hour");
            sim.d1_away_until.set(sim.now.get() + HOUR);
        }
        _ => pick_an_entry(sim),
    }
}

/// D1 does not take one of an owner's next entries; or takes it after all.
fn pick_an_entry(sim: &Sim) {
    let object = sim.chance.pick(&sim.objects);
    if object.refused.get().is_none() && sim.chance.one_in(2) {
        let seq = i64::try_from(object.book.borrow().lines.len() + 1 + sim.chance.below(3)).unwrap();
        object.refused.set(Some(seq));
        sim.d1.execute("insert into picky values (?1, ?2)", (object.owner.as_str(), seq)).unwrap();
    } else if sim.d1.execute("delete from picky where owner = ?1", [object.owner.as_str()]).unwrap() > 0 {
        sim.fault("D1 takes it after all");
    }
}

fn time_passes(sim: &Rc<Sim>, hurry: i64) {
    let chance = &sim.chance;
    if chance.below(3) > 0 {
        quiet(sim);
    }
    match chance.below(20) {
        0..12 => sim.now.set(sim.now.get() + chance.between(1, 150_000) * hurry),
        12..15 => sim.now.set(sim.now.get() + chance.between(2, 15) * MINUTE * hurry),
        15..16 => {
            sim.fault("hours pass");
            sim.now.set(sim.now.get() + chance.between(1, 4) * HOUR);
        }
        16..17 if hurry > 1 => {
            sim.fault("a day passes");
            sim.now.set(sim.now.get() + DAY);
            quiet(sim);
            clients::audit_all(sim);
        }
        17..18 => {
            sim.fault("the Worker's clock jumps");
            sim.shift.set(sim.shift.get() + chance.between(1, 6) * HOUR);
        }
        _ => {
            sim.fault("an object's clock jumps");
            let object = chance.pick(&sim.objects);
            object.shift.set(object.shift.get() + chance.between(1, 20) * MINUTE * hurry);
        }
    }
    if chance.one_in(2) {
        quiet(sim);
    }
}

/// Every alarm whose time has come rings; an object's rings one after the other.
pub fn ring(sim: &Rc<Sim>) -> bool {
    let mut rang = false;
    for object in &sim.objects {
        let due = object.disk.alarm.get().filter(|at| *at <= sim.time(object) && !object.ringing.get());
        if let Some(at) = due {
            ring_one(sim, object, at);
            rang = true;
        }
    }
    rang
}

/// As the platform rings: the alarm is gone when its handler begins; a handler that is cut off or fails rings again,
/// until the platform gives up.
fn ring_one(sim: &Rc<Sim>, object: &Rc<Object>, at: i64) {
    object.disk.alarm.set(None);
    object.ringing.set(true);
    let ringing = Ringing { sim: sim.clone(), object: object.clone(), at };
    let errand = Errand::of(None::<Command>, Some(object.number));
    let seat = Seat::of_object(sim, object, &errand);
    sim.executor.spawn(errand.place.clone(), async move {
        let ringing = ringing;
        seat.point("the alarm begins").await;
        match wallet::ring(&seat).await {
            Ok(()) => ringing.object.failed_rings.set(0),
            Err(fault) => {
                assert!(seat.errand.hurt.get(), "an alarm fails out of nothing: {fault:?}");
                seat.sim.fault("alarm failed");
                // It stays up: the guard sees to the rest.
                return;
            }
        }
        ringing.object.ringing.set(false);
    });
}

struct Ringing {
    sim: Rc<Sim>,
    object: Rc<Object>,
    at: i64,
}

impl Drop for Ringing {
    fn drop(&mut self) {
        let Self { sim, object, at } = self;
        if !object.ringing.replace(false) {
            return;
        }
        object.failed_rings.set(object.failed_rings.get() + 1);
        if object.disk.alarm.get().is_some() {
            return;
        }
        if object.failed_rings.get() > 6 || (!sim.calm.get() && sim.chance.one_in(4)) {
            sim.fault("alarm lost");
            object.deaf.set(true);
            object.failed_rings.set(0);
        } else {
            sim.fault("alarm rings again");
            object.disk.alarm.set(Some(*at));
        }
    }
}

/// Everything that can happen now has happened; what hangs is cut off.
pub fn quiet(sim: &Rc<Sim>) {
    for round in 0.. {
        assert!(round < 500, "alarms ring without end");
        while sim.turn() {}
        let hanging = sim.executor.hanging();
        for number in &hanging {
            sim.crash(&sim.objects[*number]);
        }
        if !ring(sim) && hanging.is_empty() && sim.executor.idle() {
            break;
        }
    }
    check::punctual(sim);
}
