//! Those who buy, those who look at what is not theirs, and operators.

use std::rc::Rc;

use vocahire::domain::failure::{Failure, Fault, Refusal};
use vocahire::domain::id::{IdempotencyKey, UserId};
use vocahire::money::catalogue::{ALL, Product};
use vocahire::money::shop::{self, Return, TERMS, Wish};
use vocahire::money::{compare, reconcile};
use vocahire::port::clock::Clock;

use super::super::ports::Seat;
use super::super::sim::{OWNERS, PEOPLE, Sim};

/// A press on a button, and where it led.
#[derive(Clone)]
pub struct Click {
    person: usize,
    product: Product,
    key: String,
    visit: Option<String>,
}

pub fn were_given(sim: &Sim, visit: &str) -> bool {
    sim.shops.clicks.borrow().iter().any(|click| click.visit.as_deref() == Some(visit))
}

fn user(person: usize) -> UserId {
    UserId::parse(OWNERS[person]).unwrap()
}

/// Somebody buys something; or presses once more, or their browser does.
pub fn buy(sim: &Rc<Sim>, favourite: usize) {
    let chance = &sim.chance;
    let person = if chance.one_in(2) { favourite } else { chance.below(PEOPLE) };
    let clicks = sim.shops.clicks.borrow().clone();
    let click = if clicks.is_empty() || chance.below(5) > 0 {
        let (product, key) = (*chance.pick(&ALL), format!("click-{:04}", sim.number()));
        Click { person, product, key, visit: None }
    } else {
        sim.tally.count("shop", "the same click again");
        chance.pick(&clicks).clone()
    };
    let terms = chance.below(6) > 0;
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move { go_shopping(&seat, click, terms).await });
}

async fn go_shopping(seat: &Seat, click: Click, terms: bool) {
    let sim = &seat.sim;
    for _ in 0..3 {
        let wish = Wish {
            product: click.product,
            back: if sim.chance.one_in(2) { Return::Lobby } else { Return::Credits },
            terms: terms.then_some(TERMS),
            key: IdempotencyKey::parse(&click.key).unwrap(),
            origin: None,
        };
        match shop::checkout(seat, &user(click.person), &wish).await {
            Ok(told) => {
                sim.tally.count("shop", click.product.word());
                let visit = told["id"].as_str().unwrap().to_owned();
                let session = sim.shops.stripe.get(&visit);
                assert_eq!(session["metadata"]["user"], OWNERS[click.person], "somebody else's visit");
                sim.shops.clicks.borrow_mut().push(Click { visit: Some(visit), ..click });
                return;
            }
            Err(Failure::Refused(refusal)) => {
                sim.tally.count("the shop's no", why(&refusal));
                return;
            }
            Err(Failure::Broken(fault)) => {
                assert!(!matches!(fault, Fault::Bug { .. } | Fault::NotConfigured { .. }), "the shop: {fault:?}");
                sim.tally.count("shop", "pressed again after a fault");
            }
        }
    }
}

fn why(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::BadRequest { field } => field,
        Refusal::Conflict { why } => why,
        Refusal::AccountClosed => "closed",
        other => panic!("the shop refuses: {other:?}"),
    }
}

/// Somebody looks at what came of a visit: mostly of their own.
pub fn look(sim: &Rc<Sim>, favourite: usize) {
    let clicks = sim.shops.clicks.borrow().clone();
    if clicks.is_empty() {
        return;
    }
    let Click { person, product, visit, .. } = sim.chance.pick(&clicks).clone();
    let (visit, other) = (visit.unwrap(), sim.chance.one_in(3));
    let who = if other { (person + 1) % PEOPLE } else { person };
    let (list, portal) = (sim.chance.one_in(3), favourite == person);
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move {
        let sim = &seat.sim;
        match shop::visited(&seat, &user(who), &visit).await {
            Ok(told) => {
                assert!(!other, "truth 8: {visit} is told to {}", OWNERS[who]);
                let state = told["state"].as_str().unwrap();
                sim.tally.count("visit", state);
                let book = sim.objects[person].wallet().book.borrow();
                let key = format!("purchase:{visit}");
                let given = book.lines.iter().any(|line| line.key.as_ref() == Some(&key));
                assert!(state != "done" || given || product.credits().is_none(), "{visit} is done and not in the book");
            }
            Err(Failure::Refused(Refusal::NotFound)) => sim.tally.count("visit", "not found"),
            Err(failure) => assert!(failure.refusal().is_none(), "{visit} cannot be looked at: {failure:?}"),
        }
        if list {
            let told = shop::products(&seat, &user(who)).await;
            assert!(!matches!(told, Err(Failure::Refused(_))), "{told:?}");
        }
        if portal {
            match shop::portal(&seat, &user(who), Return::Credits, None).await {
                Ok(_) => sim.tally.count("shop", "the portal"),
                Err(Failure::Refused(Refusal::Conflict { .. })) => sim.tally.count("shop", "no portal"),
                Err(failure) => assert!(failure.refusal().is_none(), "no portal: {failure:?}"),
            }
        }
    });
}

/// An operator compares the book with Stripe, or has something done again.
pub fn operate(sim: &Rc<Sim>) {
    let events = sim.shops.stripe.events.borrow();
    let event = (!events.is_empty() && sim.chance.one_in(2)).then(|| sim.chance.pick(&events).id.clone());
    let seat = Seat::of_client(sim);
    sim.executor.spawn(seat.errand.place.clone(), async move {
        let done = match event {
            Some(event) => compare::replay(&seat, &event).await.map(drop),
            None => compare::now(&seat, &reconcile::day(seat.now())).await,
        };
        seat.sim.tally.count("shop", if done.is_ok() { "operated" } else { "not operated" });
        assert!(!matches!(done, Err(Failure::Refused(_) | Failure::Broken(Fault::Bug { .. }))), "{done:?}");
    });
}
