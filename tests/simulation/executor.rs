//! A single thread on which everything happens: of all that could go on, chance says what does. A task that is dropped
//! is cut off at the await where it stood.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::chance::Chance;

/// Where a task stands, and whose it is.
pub struct Place {
    /// The object in whose memory it runs; none for a client.
    pub object: Option<usize>,
    pub point: Cell<&'static str>,
}

struct Task {
    future: Pin<Box<dyn Future<Output = ()>>>,
    place: Rc<Place>,
}

#[derive(Clone, Copy, PartialEq)]
enum Rest {
    /// It can go on.
    No,
    /// Until an answer comes to anybody.
    Waiting,
    /// It never goes on.
    Hung,
}

#[derive(Default)]
pub struct Executor {
    ready: RefCell<Vec<Task>>,
    waiting: RefCell<Vec<Task>>,
    hung: RefCell<Vec<Task>>,
    rest: Cell<Option<Rest>>,
}

impl Executor {
    pub fn spawn(&self, place: Rc<Place>, future: impl Future<Output = ()> + 'static) {
        self.ready.borrow_mut().push(Task { future: Box::pin(future), place });
    }

    /// One task goes on to its next await. False when none can.
    pub fn turn(&self, chance: &Chance) -> bool {
        let picked = {
            let mut ready = self.ready.borrow_mut();
            let n = ready.len();
            if n == 0 { None } else { Some(ready.swap_remove(chance.below(n))) }
        };
        let Some(mut task) = picked else { return false };
        self.rest.set(None);
        if task.future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            let list = match self.rest.take().unwrap_or(Rest::No) {
                Rest::No => &self.ready,
                Rest::Waiting => &self.waiting,
                Rest::Hung => &self.hung,
            };
            list.borrow_mut().push(task);
        }
        true
    }

    /// Somebody was answered: whoever waits looks again.
    pub fn answered(&self) {
        self.ready.borrow_mut().append(&mut self.waiting.borrow_mut());
    }

    /// Cuts off every task for which `which` says so. Gives where they stood.
    pub fn cut(&self, which: impl Fn(&Place) -> bool) -> Vec<&'static str> {
        let mut gone = Vec::new();
        for list in [&self.ready, &self.waiting, &self.hung] {
            let mut list = list.borrow_mut();
            let mut n = 0;
            while n < list.len() {
                if which(&list[n].place) {
                    gone.push(list.remove(n));
                } else {
                    n += 1;
                }
            }
        }
        // Dropped outside of the borrow: a dropped task may answer somebody.
        gone.into_iter().map(|task| task.place.point.get()).collect()
    }

    /// Cuts off one client, of those who are there.
    pub fn cut_one(&self, chance: &Chance) -> Vec<&'static str> {
        let clients = |list: &RefCell<Vec<Task>>| list.borrow().iter().filter(|t| t.place.object.is_none()).count();
        let there = clients(&self.ready) + clients(&self.waiting);
        if there == 0 {
            return Vec::new();
        }
        let left = Cell::new(chance.below(there));
        self.cut(|place| place.object.is_none() && left.replace(left.get().wrapping_sub(1)) == 0)
    }

    /// The objects in which something goes on.
    pub fn busy(&self) -> Vec<usize> {
        self.ready.borrow().iter().filter_map(|task| task.place.object).collect()
    }

    /// The objects in which something hangs.
    pub fn hanging(&self) -> Vec<usize> {
        self.hung.borrow().iter().filter_map(|task| task.place.object).collect()
    }

    pub fn idle(&self) -> bool {
        self.ready.borrow().is_empty()
    }

    async fn rest(&self, how: Rest) {
        let mut rested = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut rested, true) && how != Rest::Hung {
                return Poll::Ready(());
            }
            self.rest.set(Some(how));
            Poll::Pending
        })
        .await;
    }

    pub async fn step_aside(&self) {
        self.rest(Rest::No).await;
    }

    pub async fn wait(&self) {
        self.rest(Rest::Waiting).await;
    }

    pub async fn hang(&self) {
        self.rest(Rest::Hung).await;
    }
}
