//! Pages of the web app, each with one interview: it starts one, offers a call, talks, and goes as people go. Some are
//! not honest, and some are not theirs.

use std::rc::Rc;

use serde_json::json;
use vocahire::domain::failure::{Failure, Refusal};
use vocahire::domain::id::{SessionId, UserId};
use vocahire::interview::exchange::{self, Caller};
use vocahire::interview::visit::{self, Visit};
use vocahire::interview::{past, start};
use vocahire::port::clock::Clock;

use super::clerk;
use super::ports::Seat;
use super::sim::{OWNERS, PEOPLE, Sim};

const SPOKEN: &str = include_str!("../fixtures/offers/chromium.sdp");
const TYPED: &str = include_str!("../fixtures/offers/chromium-text.sdp");

/// What a page got when it asked for an interview.
#[derive(Clone)]
pub struct Started {
    pub person: usize,
    pub session: SessionId,
    token: String,
    expires: String,
    pub seconds: i64,
}

pub struct Page {
    pub seat: Seat,
    pub person: usize,
    pub user: UserId,
}

/// Somebody opens a page and wants to be interviewed.
pub fn open(sim: &Rc<Sim>, person: usize) {
    let page = Page::of(sim, person);
    sim.executor.spawn(page.seat.errand.place.clone(), async move { page.interview().await });
}

/// Somebody looks at, or does something to, an interview of before: mostly their own.
pub fn come_back(sim: &Rc<Sim>, person: usize) {
    let page = Page::of(sim, person);
    let (own, others): (Vec<_>, Vec<_>) =
        sim.started.borrow().iter().rev().take(20).cloned().partition(|started| started.person == person);
    let foreign = own.is_empty() || sim.chance.one_in(4);
    let known = if foreign { others } else { own };
    let started = (!known.is_empty() && !sim.chance.one_in(12)).then(|| sim.chance.pick(&known).clone());
    sim.executor.spawn(page.seat.errand.place.clone(), async move {
        match started {
            Some(started) if foreign => page.meddle(&started.session).await,
            Some(started) => page.read_or_delete(&started).await,
            None => page.meddle(&SessionId::from_random([7; 8], page.seat.sim.chance.next().to_le_bytes())).await,
        }
    });
}

/// While its Room tells D1 of it, a person deletes an interview.
pub fn overtake(sim: &Rc<Sim>, session: &SessionId) {
    if sim.chance.one_in(4) {
        let session = session.clone();
        of_whose_it_is(sim, &session.clone(), async move |page| page.delete(&session).await);
    }
}

/// While it is being judged, a person looks at an interview, or wants nothing of it kept, or is gone for good.
pub fn meanwhile(sim: &Rc<Sim>, session: &SessionId) {
    let (session, wait) = (session.clone(), sim.chance.between(0, 30));
    match sim.chance.below(if sim.calm.get() { 2 } else { 24 }) {
        0..8 => of_whose_it_is(sim, &session.clone(), async move |page| {
            page.seat.nap(wait, wait).await;
            page.read_report(&session).await;
        }),
        8 => of_whose_it_is(sim, &session.clone(), async move |page| {
            page.seat.nap(wait, wait).await;
            page.sim().tally.count("feedback", "deleted while it is judged");
            page.delete(&session).await;
        }),
        9 if sim.chance.one_in(2) => of_whose_it_is(sim, &session, async |page| {
            page.sim().tally.count("feedback", "an account ends while it is judged");
            clerk::end(page.sim(), page.person);
        }),
        _ => {}
    }
}

fn of_whose_it_is(sim: &Rc<Sim>, session: &SessionId, what: impl AsyncFnOnce(Page) + 'static) {
    let person = sim.started.borrow().iter().find(|one| one.session == *session).map(|started| started.person);
    if let Some(person) = person {
        let page = Page::of(sim, person);
        sim.executor.spawn(page.seat.errand.place.clone(), what(page));
    }
}

pub fn offer(sim: &Sim) -> String {
    let text = if sim.chance.one_in(6) { TYPED } else { SPOKEN };
    text.replacen("a=msid-semantic", &format!("a=x-page:{}\r\na=msid-semantic", sim.number()), 1)
}

impl Page {
    pub fn of(sim: &Rc<Sim>, person: usize) -> Self {
        Self { seat: Seat::of_client(sim), person, user: UserId::parse(OWNERS[person]).unwrap() }
    }

    pub fn sim(&self) -> &Rc<Sim> {
        &self.seat.sim
    }

    pub fn one_in(&self, n: usize) -> bool {
        self.sim().chance.one_in(n)
    }

    pub fn did(&self, what: &str) {
        self.sim().tally.count("page", what);
    }

    /// 1. The start, and a while until everything is ready.
    /// 2. The offer. When nobody knows what became of it, it is made again, or another page begins anew.
    /// 3. The talk.
    /// 4. What became of it.
    async fn interview(&self) {
        // 1
        let Some(started) = self.start().await else { return };
        self.sim().started.borrow_mut().push(started.clone());
        if self.one_in(14) {
            return self.did("left before it began");
        }
        if self.one_in(4) {
            self.seat.nap(1, 80).await;
        }
        if self.one_in(6) {
            self.cheat(&started).await;
        }
        // 2
        let offer = offer(self.sim());
        if self.one_in(10) {
            self.offer_beside(&started, &offer);
        }
        let mut answer = None;
        for _ in 0..3 {
            match self.exchange(&started, &offer).await {
                Ok(sdp) => answer = Some(sdp),
                Err(Failure::Broken(_)) if self.one_in(2) => {
                    self.seat.nap(1, 5).await;
                    continue;
                }
                Err(Failure::Broken(_)) => open(self.sim(), self.person),
                Err(_) => {}
            }
            break;
        }
        let Some(answer) = answer else { return };
        if self.one_in(8) {
            self.offer_again(&started, &offer, &answer).await;
        }
        // 3
        let line = self.line(&started, &answer, 1);
        self.talk_on(&started, line).await;
        // 4
        for _ in 0..self.sim().chance.below(4) {
            self.seat.nap(1, 60).await;
            self.read_report(&started.session).await;
        }
    }

    async fn start(&self) -> Option<Started> {
        let sim = self.sim();
        let open = sim.objects[self.person].wallet().book.borrow().open(OWNERS[self.person]);
        let replace = open.filter(|_| self.one_in(2));
        let minutes = *sim.chance.pick(&[30, 15, 15]);
        let wish = json!({ "jobTitle": "Baker", "minutes": minutes, "replace": replace });
        let key = format!("key-of-{}", sim.number());
        for _ in 0..3 {
            match start::start(&self.seat, &self.user, Some(key.clone()), wish.to_string().as_bytes()).await {
                Ok(started) => {
                    let told = serde_json::to_value(&started).unwrap();
                    let text = |name: &str| told[name].as_str().unwrap().to_owned();
                    self.did("started");
                    return Some(Started {
                        person: self.person,
                        session: SessionId::parse(&text("id")).unwrap(),
                        token: text("token"),
                        expires: text("expiresAt"),
                        seconds: told["allowanceSeconds"].as_i64().unwrap(),
                    });
                }
                Err(Failure::Broken(_)) => self.seat.nap(1, 4).await,
                Err(_) => return None,
            }
        }
        None
    }

    async fn say_offer(&self, session: &SessionId, token: &str, sdp: &str) -> Result<String, Failure> {
        let body = json!({ "sessionId": session.as_str(), "token": token, "sdp": sdp }).to_string();
        let caller = Caller { person: &self.user, room: None };
        let told = exchange::exchange(&self.seat, &caller, body.as_bytes()).await?;
        let told = serde_json::to_value(&told).unwrap();
        let answer = if self.sim().config.voice.direct { "secret" } else { "sdp" };
        Ok(told[answer].as_str().unwrap().to_owned())
    }

    /// Truth 11: an old ticket opens nothing.
    async fn exchange(&self, started: &Started, offer: &str) -> Result<String, Failure> {
        let expired = started.expires <= self.seat.now().iso();
        let done = self.say_offer(&started.session, &started.token, offer).await;
        if expired {
            self.did("an old ticket");
            assert!(is_bad_ticket(&done), "truth 11: {done:?} for an old ticket");
        }
        self.sim().say(|| format!("{} is answered {done:?}", started.session.as_str()));
        let word = match &done {
            Ok(_) => "answered",
            Err(Failure::Refused(Refusal::SessionEnded)) => "over before it began",
            Err(Failure::Refused(_)) => "refused",
            Err(Failure::Broken(_)) => "broken",
        };
        self.sim().tally.count("exchange", word);
        done
    }

    /// Truth 11: a ticket is its person's, for its session, and no byte of it is another.
    async fn cheat(&self, started: &Started) {
        let Started { session, token, .. } = started;
        let sdp = offer(self.sim());
        let done = match self.sim().chance.below(3) {
            0 => {
                self.did("another's ticket");
                let thief = Self::of(self.sim(), (self.person + 1) % PEOPLE);
                thief.say_offer(session, token, &sdp).await
            }
            1 => {
                self.did("a ticket of another session");
                self.say_offer(&SessionId::from_random([1; 8], [2; 8]), token, &sdp).await
            }
            _ => {
                self.did("a changed ticket");
                let mut bytes = token.clone().into_bytes();
                let at = self.sim().chance.below(bytes.len());
                bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
                self.say_offer(session, &String::from_utf8(bytes).unwrap(), &sdp).await
            }
        };
        assert!(is_bad_ticket(&done), "truth 11: {done:?}");
    }

    /// The same page in another tab, or a repeat that the browser makes by itself.
    fn offer_beside(&self, started: &Started, offer: &str) {
        self.did("the same offer at once");
        let (page, started, offer) = (Self::of(self.sim(), self.person), started.clone(), offer.to_owned());
        self.sim().executor.spawn(page.seat.errand.place.clone(), async move {
            let _ = page.exchange(&started, &offer).await;
        });
    }

    /// Truth 11: the ticket is burnt. The same offer gets the same answer, another one none.
    async fn offer_again(&self, started: &Started, offer: &str, answer: &str) {
        if self.one_in(2) {
            self.did("the same offer again");
            let done = self.exchange(started, offer).await;
            return assert!(done.is_err() || done.as_deref() == Ok(answer), "truth 11: {done:?}");
        }
        self.did("another offer");
        let other = offer.replacen("a=x-page:", "a=x-page:0", 1);
        let done = self.exchange(started, &other).await;
        assert!(done.is_err(), "truth 11: {done:?} for another offer");
    }

    /// Truth 8: what is another's is not found, like what never was.
    async fn meddle(&self, session: &SessionId) {
        self.did("another's interview");
        let visit = Visit { session, person: &self.user };
        let done = match self.sim().chance.below(7) {
            0 => visit::end(&self.seat, visit, b"").await.map(drop),
            1 => visit::heartbeat(&self.seat, visit, br#"{"packets":5}"#).await.map(drop),
            2 => past::delete(&self.seat, visit).await.map(drop),
            3..5 => self.meddle_with_report(session).await,
            5 => self.offer_anew(session, &offer(self.sim())).await.map(drop),
            _ => past::one(&self.seat, visit).await.map(drop),
        };
        let refused = matches!(done, Err(Failure::Refused(Refusal::NotFound) | Failure::Broken(_)));
        assert!(refused, "truth 8: {done:?} on an interview of somebody else");
    }

    async fn read_or_delete(&self, started: &Started) {
        let visit = Visit { session: &started.session, person: &self.user };
        match self.sim().chance.below(7) {
            0 => self.delete(&started.session).await,
            5.. => self.read_report(&started.session).await,
            1 => drop(past::list(&self.seat, &self.user, None, 20).await),
            2 => drop(past::lines(&self.seat, visit, None, 100).await),
            _ => drop(past::one(&self.seat, visit).await),
        }
    }

    pub async fn delete(&self, session: &SessionId) {
        self.sim().room(session).room().seen.borrow_mut().deleted = true;
        let done = past::delete(&self.seat, Visit { session, person: &self.user }).await;
        self.sim().say(|| format!("{} is deleted: {done:?}", session.as_str()));
        if done.is_ok() {
            self.did("deleted");
            self.sim().deleted.borrow_mut().insert(session.clone());
        }
    }
}

fn is_bad_ticket(done: &Result<String, Failure>) -> bool {
    matches!(done, Err(Failure::Refused(Refusal::BadTicket { .. })))
}
