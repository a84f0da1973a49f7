//! The sideband of a call: what OpenAI says there waits until the Room hears it. With the Room's memory its end goes.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use serde_json::Value as Json;
use vocahire::port::calls::Line;

use super::openai::Call;
use super::sim::Sim;

pub struct Socket {
    call: Rc<Call>,
    sim: Weak<Sim>,
    queue: RefCell<VecDeque<String>>,
    open: Cell<bool>,
}

impl Socket {
    pub fn hear(&self, text: String) {
        self.queue.borrow_mut().push_back(text);
    }

    pub fn close(&self) {
        self.open.set(false);
    }
}

/// The Room's end of it.
#[derive(Clone)]
pub struct Ear(Rc<Socket>);

impl Ear {
    pub fn of(sim: &Rc<Sim>, call: &Rc<Call>) -> Self {
        let (call, sim) = (call.clone(), Rc::downgrade(sim));
        Self(Rc::new(Socket { call, sim, queue: RefCell::default(), open: Cell::new(true) }))
    }

    pub fn socket(&self) -> Weak<Socket> {
        Rc::downgrade(&self.0)
    }
}

impl Line for Ear {
    fn say(&self, text: &str) -> bool {
        if self.0.open.get() {
            let event: Json = serde_json::from_str(text).unwrap();
            self.0.call.hear(&self.0.sim.upgrade().unwrap(), "said to OpenAI", &event);
        }
        self.0.open.get()
    }

    async fn listen(&self, mut heard: impl FnMut(&str)) {
        let sim = self.0.sim.upgrade().unwrap();
        loop {
            let next = self.0.queue.borrow_mut().pop_front();
            match next {
                Some(text) => {
                    let object = sim.room(&self.0.call.session);
                    object.room().hearing.replace(Some((self.0.call.clone(), text.clone())));
                    heard(&text);
                    object.room().hearing.take();
                    sim.executor.step_aside().await;
                }
                None if !self.0.open.get() => return,
                None => sim.executor.wait(None).await,
            }
        }
    }

    fn close(&self) {
        self.0.close();
        self.0.sim.upgrade().unwrap().executor.news();
    }
}
