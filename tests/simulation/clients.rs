//! Those who ask: browsers, operators, Stripe's webhooks, each with retries, doubles and second thoughts.

use std::rc::Rc;

use vocahire::domain::credits::Credits;
use vocahire::domain::failure::Failure;
use vocahire::domain::id::{Owner, SessionId};
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::command::{Command, Hold, Letter, Reply, State};
use vocahire::money::desk::{self, Adjustment, Page};
use vocahire::port::wallets::Wallets;

use super::book::HOUR;
use super::letters::read;
use super::pages;
use super::ports::Seat;
use super::sim::{OWNERS, PEOPLE, Sim};

/// Says it to a Wallet. None: what became of it is not known.
pub async fn send(seat: &Seat, to: usize, command: Command) -> Option<Reply> {
    let owner = seat.sim.objects[to].wallet().owner.clone();
    let letter = Letter { owner: owner.clone(), command };
    seat.ask(&owner, serde_json::to_string(&letter).unwrap(), Millis::of_seconds(3)).await.ok().map(|told| read(&told))
}

/// As the Worker's verbs say it. False: what became of it is not known.
async fn send_by_desk(seat: &Seat, to: usize, command: Command) -> bool {
    let owner = seat.sim.objects[to].wallet().owner.clone();
    let done: Result<(), Failure> = match command {
        Command::Touch => desk::touch(seat, &owner).await.map(drop),
        Command::Adjust { key, amount, reason, actor } => {
            desk::adjust(seat, &owner, Adjustment { key, amount, reason, actor }).await.map(drop)
        }
        Command::Lines { own, before, limit } => desk::lines(seat, &owner, Page { own, before, limit }).await.map(drop),
        Command::Close { own } => desk::close(seat, &owner, own).await.map(drop),
        Command::Audit => desk::audit(seat, &owner).await.map(drop),
        other => return send(seat, to, other).await.is_some(),
    };
    !matches!(done, Err(Failure::Broken(_)))
}

pub fn session(sim: &Sim) -> SessionId {
    SessionId::parse(&format!("ses_{}", sim.number())).unwrap()
}

/// An interview that never had a Room: its commands come straight from here, to show a Wallet what no Room would say.
pub fn is_by_hand(session: &SessionId) -> bool {
    session.as_str().len() < 20
}

const ENDINGS: [Ending; 14] = [
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
    Ending::PaidAhead,
];

fn outcome(sim: &Sim) -> Outcome {
    Outcome {
        ending: *sim.chance.pick(&ENDINGS),
        heard: Millis::new(sim.chance.between(0, if sim.chance.one_in(4) { 70_000 } else { 2_000_000 })),
    }
}

/// Sends it, and again with the same key when nobody knows what became of it.
pub fn request(sim: &Rc<Sim>, to: usize, command: Command) {
    sim.say(|| format!("{} is sent {command:?}", OWNERS[to]));
    sim.sent.borrow_mut().push((to, command.clone()));
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move {
        for _ in 0..3 {
            let again = match command.clone() {
                // The Worker makes a new id for each try; the Wallet knows the first.
                Command::Hold(wish) => Command::Hold(Hold { session: session(&seat.sim), ..wish }),
                command => command,
            };
            let done = match again {
                Command::Hold(_) => match send(&seat, to, again).await {
                    Some(Reply::Held(held)) => {
                        if seat.sim.chance.below(8) > 0 {
                            request(&seat.sim, to, Command::Begin { session: held.session });
                        }
                        true
                    }
                    other => other.is_some(),
                },
                other => send_by_desk(&seat, to, other).await,
            };
            if done {
                return;
            }
            seat.sim.tally.count("duplicate", "retried after a fault");
        }
    });
}

/// Something that was sent before, perhaps long ago, perhaps with another body under its key.
pub fn repeat(sim: &Rc<Sim>) {
    let sent = sim.sent.borrow();
    if sent.is_empty() {
        return;
    }
    let (to, command) = sim.chance.pick(&sent).clone();
    drop(sent);
    let other = sim.chance.one_in(3);
    let command = match command {
        Command::Hold(wish) if other => Command::Hold(Hold { seconds: wish.seconds + 60, ..wish }),
        Command::Adjust { key, amount, reason, actor } if other => {
            let amount = amount.plus(Credits::milli(10)).unwrap();
            Command::Adjust { key, amount, reason, actor }
        }
        Command::Purchase { key, credits, charge, paid } if other => {
            if sim.chance.one_in(2) {
                Command::Purchase { key, credits, charge, paid: paid + 1 }
            } else {
                Command::Purchase { key: format!("other-{}", sim.number()), credits, charge, paid }
            }
        }
        Command::Entitle { key, until, as_of } if other => {
            Command::Entitle { key, until: until.plus(Millis::new(1)), as_of }
        }
        command => command,
    };
    sim.tally.count("duplicate", if other { "the same key, another body" } else { "the same again" });
    request(sim, to, command);
}

/// Somebody does something.
pub fn act(sim: &Rc<Sim>, favourite: usize) {
    let chance = &sim.chance;
    let person = if chance.one_in(2) { favourite } else { chance.below(PEOPLE) };
    let anybody = if chance.one_in(5) { PEOPLE + chance.below(2) } else { person };
    let now = sim.now.get();
    match chance.below(100) {
        0..14 => request(sim, person, Command::Touch),
        14..17 => request(sim, anybody, Command::Look),
        17..31 if person == anybody && chance.below(3) > 0 => pages::open(sim, person),
        17..31 => hold(sim, anybody, person),
        31..36 => pages::come_back(sim, person),
        36..47 => settle_some(sim),
        47..52 => {
            let (payer, session) = some_interview(sim, anybody);
            request(sim, payer, Command::Begin { session });
        }
        52..58 => {
            let outcome = outcome(sim);
            let (payer, session) = some_interview(sim, anybody);
            request(sim, payer, Command::Settle { session, outcome });
        }
        58..66 => {
            let size = chance.between(1, if chance.one_in(3) { 400 } else { 150 }) * 10;
            let amount = Credits::milli(if chance.one_in(3) { -size } else { size });
            let [reason, actor] = ["a reason", "user_admin"].map(str::to_owned);
            request(sim, anybody, Command::Adjust { key: format!("key-{}", sim.number()), amount, reason, actor });
        }
        66..73 => {
            let n = sim.number();
            let credits = Credits::milli(*chance.pick(&[3000, 5000, 1230]));
            let (key, charge) = (format!("cs-{n}"), format!("ch-{n}"));
            request(sim, anybody, Command::Purchase { key, credits, charge, paid: chance.between(1, 2000) });
        }
        73..79 => request(sim, anybody, Command::Clawback { charge: charge(sim), refunded: chance.between(0, 2000) }),
        79..81 => request(sim, anybody, Command::Dispute { charge: charge(sim) }),
        81..84 => request(sim, anybody, Command::Restore { charge: charge(sim) }),
        84..86 => {
            let (until, as_of) = (now + chance.between(-10, 30) * HOUR, now - chance.between(0, 8) * HOUR);
            let (key, until, as_of) = (format!("in-{}", sim.number()), Millis::new(until), Millis::new(as_of));
            // Of people Stripe alone tells what covers them.
            request(sim, PEOPLE + chance.below(2), Command::Entitle { key, until, as_of });
        }
        87..88 if chance.one_in(3) => request(sim, anybody, Command::Close { own: chance.one_in(2) }),
        86..87 => request(sim, anybody, Command::Open { person: OWNERS[person].to_owned() }),
        87..92 => {
            let before = chance.one_in(2).then(|| chance.between(0, 40));
            let (own, limit) = (chance.one_in(2), chance.between(-1, 20));
            request(sim, anybody, Command::Lines { own, before, limit });
        }
        92..95 => request(sim, anybody, Command::Audit),
        _ => repeat(sim),
    }
}

/// One of the interviews by hand that are going on ends.
fn settle_some(sim: &Rc<Sim>) {
    let begun = |payer: usize| -> Vec<(usize, SessionId)> {
        let book = sim.objects[payer].wallet().book.borrow();
        let open = book.starts.iter().filter(|(session, start)| is_by_hand(session) && start.state == State::Begun);
        open.map(|(session, _)| (payer, session.clone())).collect()
    };
    let begun: Vec<(usize, SessionId)> = (0..OWNERS.len()).flat_map(begun).collect();
    if !begun.is_empty() {
        let (payer, session) = sim.chance.pick(&begun).clone();
        request(sim, payer, Command::Settle { session, outcome: outcome(sim) });
    }
}

fn hold(sim: &Rc<Sim>, payer: usize, person: usize) {
    let replace = sim.objects[payer].wallet().book.borrow().open(OWNERS[person]);
    let number = sim.number();
    let wish = Hold {
        key: format!("key-{number}"),
        fingerprint: format!("body {}", sim.chance.below(3)),
        session: session(sim),
        person: OWNERS[person].to_owned(),
        seconds: *sim.chance.pick(&[1800, 1800, 900]),
        replace: replace.filter(|_| sim.chance.one_in(2)),
        credits: number.is_multiple_of(3),
    };
    request(sim, payer, Command::Hold(wish));
}

/// An interview that somebody has asked for, and mostly who pays for it.
fn some_interview(sim: &Sim, else_of: usize) -> (usize, SessionId) {
    let chance = &sim.chance;
    let payer = if chance.one_in(2) { else_of } else { chance.below(OWNERS.len()) };
    let book = sim.objects[payer].wallet().book.borrow();
    let newest: Vec<&SessionId> = book.starts.keys().filter(|session| is_by_hand(session)).rev().take(8).collect();
    if newest.is_empty() || chance.one_in(6) {
        return (else_of, session(sim));
    }
    (if chance.one_in(10) { else_of } else { payer }, (*chance.pick(&newest)).clone())
}

fn charge(sim: &Sim) -> String {
    let sent = sim.sent.borrow();
    let charges: Vec<&String> = sent
        .iter()
        .filter_map(|(_, command)| if let Command::Purchase { charge, .. } = command { Some(charge) } else { None })
        .collect();
    if charges.is_empty() { "ch-none".to_owned() } else { (*sim.chance.pick(&charges)).clone() }
}

/// While an alarm waits for D1, more is written and told to it by another way: what the alarm tells is old news then.
pub fn overtake(sim: &Rc<Sim>, owner: &Owner) {
    let to = sim.object(owner).number;
    let [reason, actor] = ["a reason", "user_admin"].map(str::to_owned);
    let (key, amount) = (format!("key-{}", sim.number()), Credits::milli(10));
    request(sim, to, Command::Adjust { key, amount, reason, actor });
    request(sim, to, Command::Audit);
}

/// The nightly reconciliation looks at everybody.
pub fn audit_all(sim: &Rc<Sim>) {
    for object in sim.objects.iter().filter(|object| object.wallet().book.borrow().opened) {
        request(sim, object.number, Command::Audit);
    }
}
