//! One history: at least 200 steps of people, Rooms, clocks and accidents, then peace, in which everything must come
//! right.

use std::rc::Rc;

use vocahire::interview::room;
use vocahire::money::wallet;

use super::book::{DAY, HOUR, MINUTE};
use super::ports::Seat;
use super::sim::{Asked, Errand, Kind, Object, PEOPLE, Sim};
use super::{check, clerk, clients, peace, rooms, shops, truths};

const STEPS: usize = 200;

pub fn run(sim: &Rc<Sim>) {
    let chance = &sim.chance;
    let favourite = chance.below(PEOPLE);
    // Some histories take an hour, some take weeks.
    let hurry = *chance.pick(&[1, 1, 3, 10]);
    for _ in 0..STEPS + chance.below(40) {
        match chance.below(100) {
            0..69 => clients::act(sim, favourite),
            69..80 => shops::act(sim, favourite),
            80..86 => clerk::act(sim),
            86..88 => fall_silent_or_wake(sim),
            88..93 => accident(sim),
            _ => time_passes(sim, hurry),
        }
        for _ in 0..chance.below(30) {
            sim.turn();
        }
        if chance.one_in(2) {
            ring(sim);
        }
        sim.later(chance.between(0, 3000));
        if chance.one_in(12) {
            quiet(sim);
        }
    }
    peace::make(sim);
}

/// Nobody reaches the Room of an interview for a while, and it does nothing; or it is back.
fn fall_silent_or_wake(sim: &Rc<Sim>) {
    let rooms = sim.rooms.borrow().clone();
    let live = |object: &&Rc<Object>| object.is_silent() || object.disk.alarm.get().is_some();
    let some: Vec<&Rc<Object>> = rooms.iter().filter(live).collect();
    if !some.is_empty() {
        let object = *sim.chance.pick(&some);
        object.room().silent.set(!object.is_silent());
        object.room().was_silent.set(true);
        sim.crash(object);
    }
}

fn accident(sim: &Rc<Sim>) {
    match sim.chance.below(20) {
        0..11 => {
            let busy = sim.executor.busy();
            let any = sim.chance.below(sim.objects.len() + sim.rooms.borrow().len());
            let victim = if busy.is_empty() || sim.chance.one_in(4) { any } else { *sim.chance.pick(&busy) };
            sim.crash(&sim.numbered(victim));
        }
        11..14 => {
            if !sim.executor.cut_one(&sim.chance).is_empty() {
                sim.fault("a client gone");
            }
        }
        14..15 => {
            sim.fault("a deploy");
            sim.everybody().iter().for_each(|object| sim.crash(object));
        }
        15..16 => {
            sim.fault("D1 away for an hour");
            sim.d1_away_until.set(sim.now.get() + HOUR);
        }
        _ => pick_an_entry(sim),
    }
}

/// D1 does not take one of an owner's next entries; or takes it after all.
fn pick_an_entry(sim: &Sim) {
    let object = sim.chance.pick(&sim.objects);
    if object.wallet().refused.get().is_none() && sim.chance.one_in(2) {
        let seq = i64::try_from(object.wallet().book.borrow().lines.len() + 1 + sim.chance.below(3)).unwrap();
        object.wallet().refused.set(Some(seq));
        sim.d1.execute("insert into picky values (?1, ?2)", (object.wallet().owner.as_str(), seq)).unwrap();
    } else if sim.d1.execute("delete from picky where owner = ?1", [object.wallet().owner.as_str()]).unwrap() > 0 {
        sim.fault("D1 takes it after all");
    }
}

fn time_passes(sim: &Rc<Sim>, hurry: i64) {
    let chance = &sim.chance;
    if chance.below(3) > 0 {
        quiet(sim);
    }
    match chance.below(20) {
        0..12 => pass(sim, chance.between(1, 150_000) * hurry),
        12..15 => pass(sim, chance.between(2, 15) * MINUTE * hurry),
        15..16 => {
            sim.fault("hours pass");
            pass(sim, chance.between(1, 4) * HOUR);
        }
        16..17 if hurry > 1 => {
            sim.fault("a day passes");
            pass(sim, DAY);
            quiet(sim);
            clients::audit_all(sim);
        }
        17..18 => {
            sim.fault("the Worker's clock jumps");
            sim.shift.set(sim.shift.get() + chance.between(1, 6) * HOUR);
        }
        18..19 => {
            sim.fault("a Wallet's clock jumps");
            let object = chance.pick(&sim.objects);
            object.shift.set(object.shift.get() + chance.between(1, 20) * MINUTE * hurry);
        }
        _ => {
            sim.fault("a Room's clock jumps");
            let rooms = sim.rooms.borrow();
            if !rooms.is_empty() {
                let object = chance.pick(&rooms);
                object.shift.set(object.shift.get() + chance.between(1, 20_000));
            }
        }
    }
    if chance.one_in(2) {
        quiet(sim);
    }
}

/// Some time passes: mostly whatever becomes due happens when it is due, sometimes everything sleeps through it.
fn pass(sim: &Rc<Sim>, length: i64) {
    let end = sim.now.get() + length;
    if sim.chance.one_in(5) {
        sim.fault("everything sleeps");
        sim.slept.set(sim.slept.get() + length);
    } else {
        while let Some(next) = next(sim).filter(|next| *next < end) {
            sim.reach(next);
            rest(sim);
        }
    }
    sim.reach(end);
}

/// When something is to happen by itself.
pub fn next(sim: &Sim) -> Option<i64> {
    let rings = |object: &Rc<Object>| Some(object.disk.alarm.get()? - object.shift.get());
    let rests = |object: &&Rc<Object>| !object.is_silent() && !object.ringing.get();
    let alarms = sim.everybody().iter().filter(rests).filter_map(rings).min();
    [alarms, sim.executor.next(), sim.openai.next()].into_iter().flatten().min()
}

/// Every alarm whose time has come rings; an object's rings one after the other.
pub fn ring(sim: &Rc<Sim>) -> bool {
    let mut rang = false;
    for object in sim.everybody().iter().filter(|object| !object.ringing.get() && !object.is_silent()) {
        if let Some(at) = object.disk.alarm.get().filter(|at| *at <= sim.time(object)) {
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
    let errand = Errand::of(Asked::Ring, Some(object.number));
    let seat = Seat::of_object(sim, object, &errand);
    sim.executor.spawn(errand.place.clone(), async move {
        let ringing = ringing;
        seat.point("the alarm begins").await;
        let done = match &ringing.object.kind {
            Kind::Wallet(_) => wallet::ring(&seat).await,
            Kind::Room(_) => {
                rooms::listen(&ringing.sim, &ringing.object);
                room::ring(&seat).await
            }
        };
        match done {
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
    rest(sim);
    check::punctual(sim);
    truths::punctual(sim);
}

fn rest(sim: &Rc<Sim>) {
    for round in 0.. {
        assert!(round < 500, "alarms ring without end");
        while sim.turn() {}
        let hanging = sim.executor.hanging();
        for number in &hanging {
            sim.crash(&sim.numbered(*number));
        }
        if !ring(sim) && hanging.is_empty() && sim.executor.idle() {
            break;
        }
    }
}
