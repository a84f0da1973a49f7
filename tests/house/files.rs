//! The stored files, and the services that are asked from time to time: by script.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use vocahire::domain::failure::{Failure, Fault, Refusal};
use vocahire::edge::{Answer, Body};
use vocahire::port::blobs::Blobs;
use vocahire::port::http::{Ask, Http, HttpFailure, Reply};

use super::judge;
use super::world::{Failing, House};

#[derive(Default)]
pub struct Files {
    pub stored: RefCell<BTreeMap<String, (Vec<u8>, &'static str)>>,
    pub failing: Cell<Failing>,
    effects: Cell<usize>,
    /// What the last answer was to carry.
    pub handed_over: RefCell<Option<Vec<u8>>>,
    /// What was put elsewhere.
    pub put: RefCell<Vec<Vec<u8>>>,
}

impl Files {
    /// Effects are counted anew.
    pub fn fail(&self, failing: Failing) {
        self.effects.set(0);
        self.failing.set(failing);
    }

    pub fn hand_over(&self, answer: &Answer) -> Result<(), Failure> {
        let Body::Blob(key) = &answer.body else { return Ok(()) };
        let found = self.stored.borrow().get(key).map(|(bytes, _)| bytes.clone());
        self.handed_over.replace(Some(found.ok_or(Refusal::NotFound)?));
        Ok(())
    }

    fn take_effect(&self, effect: impl FnOnce(&mut BTreeMap<String, (Vec<u8>, &'static str)>)) -> Result<(), Fault> {
        let lost = || Err(Fault::Files { why: "lost on purpose".to_owned() });
        let number = self.effects.get() + 1;
        self.effects.set(number);
        if matches!(self.failing.get(), Failing::Before(from) if number >= from) {
            return lost();
        }
        effect(&mut self.stored.borrow_mut());
        if matches!(self.failing.get(), Failing::After(from) if number >= from) { lost() } else { Ok(()) }
    }
}

impl Blobs for House {
    async fn put(&self, key: &str, bytes: &[u8], content_type: &'static str) -> Result<(), Fault> {
        self.files.take_effect(|stored| {
            stored.insert(key.to_owned(), (bytes.to_vec(), content_type));
        })
    }

    async fn delete(&self, keys: &[String]) -> Result<(), Fault> {
        self.files.take_effect(|stored| stored.retain(|key, _| !keys.contains(key)))
    }
}

impl Http for House {
    async fn get(&self, ask: Ask) -> Result<Reply, HttpFailure> {
        if let Some(told) = self.till.answer(self.now.get(), "GET", &ask, &[]) {
            return told;
        }
        self.asked.borrow_mut().push(ask);
        self.replies.borrow_mut().pop_front().unwrap_or(Err(HttpFailure::Unreachable("nobody there".to_owned())))
    }

    async fn delete(&self, ask: Ask) -> Result<Reply, HttpFailure> {
        if let Some(told) = self.till.answer(self.now.get(), "DELETE", &ask, &[]) {
            return told;
        }
        self.get(ask).await
    }

    async fn post(&self, ask: Ask, body: Vec<u8>) -> Result<Reply, HttpFailure> {
        if ask.url.ends_with("/responses") {
            return judge::answer(self, &ask, &body).await;
        }
        if let Some(told) = self.till.answer(self.now.get(), "POST", &ask, &body) {
            return told;
        }
        if ask.url.contains("/v1/pdf/") || ask.url.contains("/v1/turn/") {
            return self.get(ask).await;
        }
        self.interviews.openai.hang_up(&ask)
    }

    async fn put(&self, ask: Ask, body: &[u8]) -> Result<Reply, HttpFailure> {
        self.files.put.borrow_mut().push(body.to_vec());
        self.get(ask).await
    }
}
