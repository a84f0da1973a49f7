//! The house with its interviews in it: whatever is under way is driven on, and time passes from one event to the next.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use vocahire::edge::{self, Answer};
use vocahire::interview::room;
use vocahire::money::wallet;
use vocahire::ops::night;
use vocahire::port::calls::Line;

use super::clerk_events::person;
use super::rooms::{Chamber, Mail};
use super::shared::storage::Disk;
use super::signing::{self, KEYS};
use super::world::{Call, House, Inside, Outgoing};

type Future = Pin<Box<dyn std::future::Future<Output = ()>>>;

/// Something under way, and the object in which it is.
struct Work {
    object: String,
    future: Future,
}

#[derive(Clone)]
pub struct Hall(Rc<Halls>);

pub struct Halls {
    house: &'static House,
    works: RefCell<Vec<Work>>,
    /// Objects whose alarm is ringing: it does not ring twice at once.
    ringing: RefCell<BTreeSet<String>>,
    /// Something new has begun, or has ended.
    stirred: Cell<bool>,
}

impl std::ops::Deref for Hall {
    type Target = House;

    fn deref(&self) -> &House {
        self.0.house
    }
}

/// An answer that is awaited.
pub type Awaited = Rc<RefCell<Option<Answer>>>;

impl Hall {
    /// With the keys of Clerk known and `user_1` and `user_2` in possession of a wallet.
    pub fn new(more: &[(&str, &str)]) -> Self {
        let house: &'static House = Box::leak(Box::new(House::new(more)));
        house.reply(200, &signing::key_set(&[("k1", &KEYS[0])]));
        house.reply(200, &person("user_1", "Ann", 10).to_string());
        for user in ["user_1", "user_2"] {
            house.get_as(user, "/api/user");
        }
        house.interviews.real.set(true);
        let halls = Halls { house, works: RefCell::default(), ringing: RefCell::default(), stirred: Cell::default() };
        Self(Rc::new(halls))
    }

    pub fn house(&self) -> &'static House {
        self.0.house
    }

    fn spawn(&self, object: &str, future: impl std::future::Future<Output = ()> + 'static) {
        self.0.stirred.set(true);
        self.0.works.borrow_mut().push(Work { object: object.to_owned(), future: Box::pin(future) });
    }

    /// Sends a request; the answer comes when it comes.
    pub fn send(&self, call: Call) -> Awaited {
        let (house, awaited) = (self.house(), Awaited::default());
        let place = awaited.clone();
        self.spawn("", async move {
            let outgoing = Outgoing { house, answer: RefCell::default() };
            edge::serve(&house.visit(), &call, &outgoing).await;
            place.replace(outgoing.answer.take());
        });
        self.settle();
        awaited
    }

    /// Sends a request and lets time pass until it is answered.
    pub fn call(&self, call: Call) -> Answer {
        let awaited = self.send(call);
        self.until(|| awaited.borrow().is_some());
        awaited.take().expect("an answer")
    }

    pub fn call_as(&self, user: &str, call: Call) -> Answer {
        self.call(call.with("authorization", &format!("Bearer {}", self.token(user))))
    }

    pub fn token(&self, user: &str) -> String {
        signing::token("k1", &KEYS[0], &signing::claims(user, self.seconds()))
    }

    /// The cron strikes.
    pub fn night(&self) {
        let (house, done) = (self.house(), Rc::new(Cell::new(false)));
        let told = done.clone();
        self.spawn("", async move {
            night::strike(&house.visit()).await;
            told.set(true);
        });
        self.until(|| done.get());
    }

    pub fn until(&self, done: impl Fn() -> bool) {
        self.settle();
        while !done() {
            assert!(self.step(i64::MAX), "what is awaited never comes");
        }
    }

    /// Time passes, and whatever is due on the way happens at its time.
    pub fn pass(&self, seconds: i64) {
        self.pass_millis(seconds * 1000);
    }

    pub fn pass_millis(&self, millis: i64) {
        let until = self.now.get() + millis;
        self.settle();
        while self.step(until) {}
        self.now.set(until);
        self.settle();
    }

    /// On to the next thing that is due by then, if there is one.
    fn step(&self, until: i64) -> bool {
        let alarm =
            |(name, disk): &(String, Rc<Disk>)| disk.alarm.get().filter(|_| !self.0.ringing.borrow().contains(name));
        let wake = self.interviews.wakes.borrow().first().copied();
        let next = self.disks().iter().filter_map(alarm).chain(wake).min();
        let Some(next) = next.filter(|next| *next <= until) else { return false };
        self.now.set(self.now.get().max(next));
        for (name, disk) in self.disks() {
            if disk.alarm.get().is_some_and(|at| at <= self.now.get())
                && self.0.ringing.borrow_mut().insert(name.clone())
            {
                disk.alarm.set(None);
                self.ring(name, disk);
            }
        }
        self.settle();
        true
    }

    fn disks(&self) -> Vec<(String, Rc<Disk>)> {
        let wallets = self.wallets.borrow().iter().map(|(name, disk)| (name.clone(), disk.clone())).collect::<Vec<_>>();
        let rooms = self.interviews.sessions();
        let rooms = rooms.into_iter().map(|name| (name.clone(), self.interviews.room(&name).disk.clone()));
        wallets.into_iter().chain(rooms).collect()
    }

    fn ring(&self, name: String, disk: Rc<Disk>) {
        let (hall, house, object) = (self.clone(), self.house(), name.clone());
        self.spawn(&object, async move {
            let rung = if name.starts_with("ses_") {
                hall.listen(&name);
                let room = house.interviews.room(&name);
                room::ring(&Chamber::of(house, &room)).await
            } else {
                wallet::ring(&Inside::of(house, &disk)).await
            };
            // An alarm that fails rings again.
            if rung.is_err() {
                disk.alarm.set(Some(house.now.get() + 2000));
            }
            hall.0.ringing.borrow_mut().remove(&name);
        });
    }

    fn receive(&self, Mail { session, letter, reply }: Mail) {
        let (hall, house) = (self.clone(), self.house());
        let room = house.interviews.room(&session);
        self.spawn(&session.clone(), async move {
            let chamber = Chamber::of(house, &room);
            room::receive(&chamber, &letter, |answer| {
                reply.replace(Some(answer));
                hall.0.stirred.set(true);
                hall.listen(&session);
            })
            .await;
        });
    }

    /// Sees to it that somebody listens on the sideband, if there is one.
    fn listen(&self, session: &str) {
        let room = self.interviews.room(session);
        let chamber = Chamber::of(self.house(), &room);
        if room.listening.get() || !room::wants_to_listen(&chamber) {
            return;
        }
        room.listening.set(true);
        self.spawn(session, async move {
            room::listen(&chamber).await;
            room.listening.set(false);
        });
    }

    /// The Room's memory vanishes, and with it whatever it was doing.
    pub fn evict(&self, session: &str) {
        self.0.works.borrow_mut().retain(|work| work.object != session);
        self.0.ringing.borrow_mut().remove(session);
        self.interviews.openai.wires.borrow().iter().for_each(Line::close);
        self.interviews.evict(session);
    }

    /// Until nothing moves any more but by time.
    pub fn settle(&self) {
        loop {
            self.0.stirred.set(false);
            let mail = self.interviews.mail.take();
            mail.into_iter().for_each(|mail| self.receive(mail));
            self.interviews.wakes.borrow_mut().clear();
            let mut works = self.0.works.take();
            works.retain_mut(|work| {
                let pending = work.future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending();
                self.0.stirred.set(self.0.stirred.get() || !pending);
                pending
            });
            let begun = self.0.works.replace(works);
            self.0.works.borrow_mut().extend(begun);
            if !self.0.stirred.get() && self.interviews.mail.borrow().is_empty() {
                return;
            }
        }
    }
}
