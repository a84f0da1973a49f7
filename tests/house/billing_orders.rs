//! A life told in any order: all permutations of six events, each heard at its time or at the end, end alike.

use super::stripe::{Event, Payment, Stripe, Verdict};
use super::till::{available, covered, deliver, last, rows, shop, visit};
use super::world::House;

/// What happens, one after the other: what is told first, and after each deed its own event.
const LIFE: [&str; 6] = [
    "checkout.session.completed",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
    "customer.subscription.created",
    "customer.subscription.deleted",
];

fn deed(house: &House, number: usize) {
    let stripe: &Stripe = &house.till.stripe;
    stripe.now.set(house.seconds());
    match number {
        0 => stripe.pay(&first(house, "payment"), Payment::Paid),
        1 => stripe.refund(&last(house, "charge"), 350),
        2 => drop(stripe.dispute(&last(house, "charge"), "needs_response")),
        3 => stripe.decide(&last(house, "dispute"), Verdict::Won),
        4 => stripe.pay(&first(house, "subscription"), Payment::Paid),
        _ => stripe.cancel(&last(house, "subscription")),
    }
}

fn first(house: &House, mode: &str) -> String {
    house.till.stripe.all("checkout.session", |visit| visit["mode"] == mode)[0]["id"].as_str().unwrap().to_owned()
}

fn event(house: &House, number: usize) -> Event {
    house.till.stripe.events.borrow().iter().find(|event| event.kind == LIFE[number]).unwrap().clone()
}

/// As it ends, without the times at which we asked.
fn end(house: &House) -> String {
    let now = (house.now.get() - super::world::START) / 1000;
    let over = covered(house, "user_1").is_none_or(|until| until <= now);
    let [visits, plans, failures] = [
        "select json_array(id, state) from checkouts where product = 'pack5'",
        "select json_array(product, state, amount) from plans",
        "select id from webhook_failures",
    ]
    .map(|sql| rows(house, sql));
    format!("{} {over} {visits:?} {plans:?} {failures:?}", available(house, "user_1"))
}

/// Those of `heard` are told as soon as they have happened, then all of them in this order.
fn told(order: &[usize], heard: impl Fn(usize) -> bool) -> String {
    let house = shop();
    for product in ["pack5", "monthly"] {
        visit(&house, "user_1", product);
    }
    let tell = |number: usize| {
        house.later(1);
        let answer = deliver(&house, &event(&house, number));
        assert_eq!(answer.status, 200, "{}: {answer:?}", LIFE[number]);
    };
    for number in 0..LIFE.len() {
        house.later(1);
        deed(&house, number);
        if heard(number) {
            tell(number);
        }
    }
    order.iter().for_each(|number| tell(*number));
    end(&house)
}

fn orders(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(of - 1);
    shorter.iter().flat_map(|order| (0..of).map(|at| [&order[..at], &[of - 1], &order[at..]].concat())).collect()
}

#[test]
fn all_orders_of_six_events_end_alike() {
    let straight: Vec<usize> = (0..LIFE.len()).collect();
    let wanted = told(&straight, |_| true);
    // Three given, five bought, a quarter of them refunded.
    assert!(wanted.starts_with("6750 true") && wanted.contains(r#"\"done\""#), "{wanted}");
    let all = orders(LIFE.len());
    assert_eq!(all.len(), 720);
    for (n, order) in all.iter().enumerate() {
        assert_eq!(told(order, |_| false), wanted, "{order:?}");
        // Some were heard in time already: all of their combinations have their turn.
        if n % 5 == 0 {
            let heard = n / 5;
            assert_eq!(told(order, |number| heard >> number & 1 == 1), wanted, "{order:?} after {heard:b}");
        }
    }
}
