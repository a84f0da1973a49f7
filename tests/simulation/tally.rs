//! How often each thing happened. What never happened was not tested.

mod needed;
mod of_shops;

use std::cell::RefCell;
use std::collections::BTreeMap;

#[derive(Default)]
pub struct Tally(RefCell<BTreeMap<(&'static str, String), u64>>);

pub type Counts = BTreeMap<(&'static str, String), u64>;

impl Tally {
    pub fn count(&self, of: &'static str, what: &str) {
        let mut counts = self.0.borrow_mut();
        match counts.get_mut(&(of, what.to_owned())) {
            Some(count) => *count += 1,
            None => drop(counts.insert((of, what.to_owned()), 1)),
        }
    }

    pub fn counts(&self) -> Counts {
        self.0.borrow().clone()
    }
}

pub fn add(all: &mut Counts, more: Counts) {
    for (what, count) in more {
        *all.entry(what).or_default() += count;
    }
}

pub fn missing(counts: &Counts) -> Vec<String> {
    let all = [needed::NEEDED, of_shops::OF_SHOPS]
        .into_iter()
        .flatten()
        .flat_map(|(of, kinds)| kinds.iter().map(move |kind| (*of, (*kind).to_owned())));
    all.filter(|key| !counts.contains_key(key)).map(|(of, kind)| format!("{of}: {kind}")).collect()
}

pub fn table(counts: &Counts) -> String {
    let mut text = String::new();
    let mut section = "";
    for ((of, what), count) in counts {
        if *of != section {
            text += &format!("\n{of}:");
            section = of;
        }
        text += &format!(" {what} {count};");
    }
    text
}
