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
    rest: Rest,
}

/// What a task waits for: the first of these that comes. For nothing of them: it never goes on.
#[derive(Clone, Copy, Default)]
struct Rest {
    /// Its next turn.
    turn: bool,
    /// That anybody is told something.
    news: bool,
    /// A time.
    until: Option<i64>,
}

impl Rest {
    fn or(self, other: Self) -> Self {
        let until = [self.until, other.until].into_iter().flatten().min();
        Self { turn: self.turn || other.turn, news: self.news || other.news, until }
    }
}

#[derive(Default)]
pub struct Executor {
    ready: RefCell<Vec<Task>>,
    resting: RefCell<Vec<Task>>,
    /// Of the task whose turn it is.
    rest: Cell<Rest>,
}

impl Executor {
    pub fn spawn(&self, place: Rc<Place>, future: impl Future<Output = ()> + 'static) {
        self.ready.borrow_mut().push(Task { future: Box::pin(future), place, rest: Rest::default() });
    }

    /// One task goes on to its next await. False when none can.
    pub fn turn(&self, chance: &Chance) -> bool {
        let picked = {
            let mut ready = self.ready.borrow_mut();
            let n = ready.len();
            if n == 0 { None } else { Some(ready.swap_remove(chance.below(n))) }
        };
        let Some(mut task) = picked else { return false };
        self.rest.set(Rest::default());
        if task.future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
            task.rest = self.rest.get();
            let list = if task.rest.turn { &self.ready } else { &self.resting };
            list.borrow_mut().push(task);
        }
        true
    }

    fn wake(&self, which: impl Fn(&Rest) -> bool) {
        let (mut resting, mut ready) = (self.resting.borrow_mut(), self.ready.borrow_mut());
        ready.extend(resting.extract_if(.., |task| which(&task.rest)));
    }

    /// Somebody was told something: whoever waits for that looks again.
    pub fn news(&self) {
        self.wake(|rest| rest.news);
    }

    /// It has become so late.
    pub fn reach(&self, now: i64) {
        self.wake(|rest| rest.until.is_some_and(|until| until <= now));
    }

    /// When the next one wakes.
    pub fn next(&self) -> Option<i64> {
        self.resting.borrow().iter().filter_map(|task| task.rest.until).min()
    }

    /// Cuts off every task for which `which` says so. Gives where they stood.
    pub fn cut(&self, which: impl Fn(&Place) -> bool) -> Vec<&'static str> {
        let mut gone = Vec::new();
        for list in [&self.ready, &self.resting] {
            gone.extend(list.borrow_mut().extract_if(.., |task| which(&task.place)));
        }
        // Dropped outside of the borrow: a dropped task may answer somebody.
        gone.into_iter().map(|task| task.place.point.get()).collect()
    }

    /// Cuts off one client, of those who are there.
    pub fn cut_one(&self, chance: &Chance) -> Vec<&'static str> {
        let clients = |list: &RefCell<Vec<Task>>| list.borrow().iter().filter(|t| t.place.object.is_none()).count();
        let there = clients(&self.ready) + clients(&self.resting);
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
        let hangs = |task: &&Task| !task.rest.news && task.rest.until.is_none();
        self.resting.borrow().iter().filter(hangs).filter_map(|task| task.place.object).collect()
    }

    pub fn idle(&self) -> bool {
        self.ready.borrow().is_empty()
    }

    async fn rest(&self, how: Rest, is_over: impl Fn() -> bool) {
        let mut rested = false;
        std::future::poll_fn(|_| {
            if std::mem::replace(&mut rested, true) && is_over() {
                return Poll::Ready(());
            }
            self.rest.set(self.rest.get().or(how));
            Poll::Pending
        })
        .await;
    }

    pub async fn step_aside(&self) {
        self.rest(Rest { turn: true, ..Rest::default() }, || true).await;
    }

    /// Until there is news, or it is too late.
    pub async fn wait(&self, until: Option<i64>) {
        self.rest(Rest { news: true, until, ..Rest::default() }, || true).await;
    }

    pub async fn sleep(&self, now: &Cell<i64>, until: i64) {
        self.rest(Rest { until: Some(until), ..Rest::default() }, || now.get() >= until).await;
    }

    pub async fn hang(&self) {
        self.rest(Rest::default(), || false).await;
    }
}
