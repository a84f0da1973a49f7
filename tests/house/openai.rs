//! An OpenAI that answers from a script: offers, sockets beside the calls, and the end of calls.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use vocahire::domain::millis::Millis;
use vocahire::port::calls::{Body, Calls, Head, Line, Post, Undialled};
use vocahire::port::clock::Clock;
use vocahire::port::http::{Ask, HttpFailure, Reply};

use super::judge::Judge;
use super::world::House;

pub const ANSWER: &str = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=canary-answer\r\nt=0 0\r\n\
    m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=ice-pwd:canary-answer-password\r\n";

#[derive(Default)]
pub struct OpenAi {
    /// What becomes of the next offers. When nothing is left here, each becomes a call.
    pub offers: RefCell<VecDeque<Offered>>,
    pub posts: RefCell<Vec<Post>>,
    /// What becomes of the next dials. When nothing is left here, each is answered.
    pub dials: RefCell<VecDeque<Result<(), Undialled>>>,
    pub dialled: Cell<usize>,
    /// Every socket that was ever opened.
    pub wires: RefCell<Vec<Wire>>,
    /// What becomes of the next hang-ups. When nothing is left here, each is done.
    pub hanging: RefCell<VecDeque<Result<u16, HttpFailure>>>,
    pub hung_up: RefCell<Vec<String>>,
    pub judge: Judge,
}

#[derive(Clone, Debug)]
pub struct Offered {
    pub after: i64,
    pub head: Result<Head, HttpFailure>,
    /// From the head to the end of the body; both in milliseconds.
    pub body_after: i64,
    pub body: Result<Vec<u8>, HttpFailure>,
}

impl Offered {
    pub fn status(status: u16, body: &str) -> Self {
        let head = Head { status, ..Head::default() };
        Self { after: 0, head: Ok(head), body_after: 0, body: Ok(body.as_bytes().to_vec()) }
    }

    pub fn call(name: &str) -> Self {
        let mut offered = Self::status(201, ANSWER);
        offered.head =
            Ok(Head { status: 201, location: Some(format!("/v1/realtime/calls/{name}")), retry_after: None });
        offered
    }

    pub fn failure(failure: HttpFailure) -> Self {
        Self { head: Err(failure), ..Self::status(0, "") }
    }

    pub fn after(self, after: i64) -> Self {
        Self { after, ..self }
    }
}

impl OpenAi {
    pub fn hang_up(&self, ask: &Ask) -> Result<Reply, HttpFailure> {
        let call =
            ask.url.strip_suffix("/hangup").and_then(|url| url.rsplit('/').next()).expect("a hang-up").to_owned();
        let status = self.hanging.borrow_mut().pop_front().unwrap_or(Ok(200))?;
        if status == 200 {
            self.wires.borrow().iter().filter(|wire| wire.call == call).for_each(Line::close);
            self.hung_up.borrow_mut().push(call);
        }
        Ok(Reply { status, body: Vec::new() })
    }

    /// The socket at which somebody listens.
    pub fn wire(&self) -> Option<Wire> {
        self.wires.borrow().iter().rev().find(|wire| wire.open.get()).cloned()
    }
}

/// OpenAI as one Room reaches it.
pub struct Upstream(pub &'static House);

impl Calls for Upstream {
    type Body = Unread;
    type Line = Wire;

    async fn post(&self, post: Post) -> Result<(Head, Unread), HttpFailure> {
        let openai = &self.0.interviews.openai;
        openai.posts.borrow_mut().push(post);
        let name = format!("rtc_{}", openai.posts.borrow().len());
        let offered = openai.offers.borrow_mut().pop_front().unwrap_or_else(|| Offered::call(&name));
        if offered.after > 0 {
            self.0.sleep(Millis::new(offered.after)).await;
        }
        Ok((offered.head.clone()?, Unread(self.0, offered)))
    }

    async fn dial(&self, url: &str, headers: Vec<(&'static str, String)>) -> Result<Wire, Undialled> {
        let openai = &self.0.interviews.openai;
        assert_eq!(headers, [("authorization", "Bearer sk-canary".to_owned())]);
        openai.dialled.set(openai.dialled.get() + 1);
        openai.dials.borrow_mut().pop_front().unwrap_or(Ok(()))?;
        let call = url.strip_prefix("https://api.openai.com/v1/realtime?call_id=").expect("a sideband").to_owned();
        let wire = Wire(Rc::new(Socket { call, open: Cell::new(true), ..Socket::default() }));
        openai.wires.borrow_mut().push(wire.clone());
        Ok(wire)
    }
}

pub struct Unread(&'static House, Offered);

impl Body for Unread {
    async fn read(self, max: usize) -> Result<Vec<u8>, HttpFailure> {
        if self.1.body_after > 0 {
            self.0.sleep(Millis::new(self.1.body_after)).await;
        }
        self.1.body.and_then(|body| if body.len() > max { Err(HttpFailure::TooLarge) } else { Ok(body) })
    }
}

#[derive(Clone)]
pub struct Wire(Rc<Socket>);

#[derive(Default)]
pub struct Socket {
    pub call: String,
    pub open: Cell<bool>,
    /// On its way to the Room, and from it.
    pub coming: RefCell<VecDeque<String>>,
    pub said: RefCell<Vec<String>>,
}

impl std::ops::Deref for Wire {
    type Target = Socket;

    fn deref(&self) -> &Socket {
        &self.0
    }
}

impl Line for Wire {
    fn say(&self, text: &str) -> bool {
        if self.open.get() {
            self.said.borrow_mut().push(text.to_owned());
        }
        self.open.get()
    }

    async fn listen(&self, mut heard: impl FnMut(&str)) {
        poll_fn(|_| {
            loop {
                // Whoever hears it may have something said meanwhile.
                let next = self.coming.borrow_mut().pop_front();
                let Some(text) = next else { break };
                heard(&text);
            }
            if self.open.get() { Poll::Pending } else { Poll::Ready(()) }
        })
        .await;
    }

    fn close(&self) {
        self.open.set(false);
    }
}
