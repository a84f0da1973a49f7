//! The open book inside one transaction, and the one way to write into it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use sha2::{Digest, Sha256};

use super::store::{self, Cover, Known};
use crate::domain::credits::Credits;
use crate::domain::failure::Fault;
use crate::domain::id::Owner;
use crate::domain::millis::Millis;
use crate::money::book::{Balances, Postings};
use crate::money::command::{Kind, Line, No, Standing, Stop};
use crate::port::due;
use crate::port::sql::Tx;

/// What the first entry of a book is chained to.
const BEGINNING: &str = "";

/// An entry that has not happened yet.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: Kind,
    pub key: Option<String>,
    /// Of the command: the same key with another one is refused.
    pub fingerprint: String,
    pub postings: Postings,
    pub reference: Option<String>,
    pub reason: Option<String>,
    pub actor: Option<String>,
    pub seconds: Option<i64>,
}

impl Draft {
    pub fn of(kind: Kind, postings: Postings) -> Self {
        Self {
            kind,
            key: None,
            fingerprint: String::new(),
            postings,
            reference: None,
            reason: None,
            actor: None,
            seconds: None,
        }
    }

    pub fn keyed(mut self, key: &str, fingerprint: &str) -> Self {
        self.key = Some(key.to_owned());
        fingerprint.clone_into(&mut self.fingerprint);
        self
    }

    pub fn about(mut self, reference: &str) -> Self {
        self.reference = Some(reference.to_owned());
        self
    }

    pub fn because(mut self, reason: &str) -> Self {
        self.reason = Some(reason.to_owned());
        self
    }
}

/// A book that is open for one transaction.
pub struct Book<'a, T: Tx> {
    pub tx: &'a T,
    pub now: Millis,
    pub cover: Cover,
    pub balances: Balances,
    seq: i64,
    hash: String,
    /// When the alarm was to ring before this transaction.
    alarm: Option<Millis>,
}

impl<'a, T: Tx> Book<'a, T> {
    /// The book as it stands, if anybody has opened it.
    pub fn find(tx: &'a T, owner: &Owner, now: Millis) -> Result<Option<Self>, Fault> {
        if !store::exists(tx)? {
            return Ok(None);
        }
        let cover = store::cover(tx)?.ok_or_else(|| bug("a wallet without a cover"))?;
        if cover.owner != *owner {
            return Err(bug("a letter for another wallet"));
        }
        let balances = cover.balances();
        let (seq, hash) = (cover.seq.unwrap_or(0), cover.hash.clone().unwrap_or_else(|| BEGINNING.to_owned()));
        Ok(Some(Self { tx, now, balances, seq, hash, alarm: due::earliest(tx)?, cover }))
    }

    pub fn find_or_open(tx: &'a T, owner: &Owner, now: Millis) -> Result<Self, Fault> {
        if !store::exists(tx)? {
            due::prepare(tx)?;
            store::create(tx, owner, now)?;
        }
        Self::find(tx, owner, now)?.ok_or_else(|| bug("a wallet that cannot be opened"))
    }

    /// An open book of an account that is not closed.
    pub fn find_open(tx: &'a T, owner: &Owner, now: Millis) -> Result<Self, Stop> {
        let book = Self::find(tx, owner, now)?.ok_or(No::Untouched)?;
        if book.cover.closed_at.is_some() { Err(No::Closed.into()) } else { Ok(book) }
    }

    /// Writes an entry, chained to the one before, and has D1 told. The postings keep every truth or nothing happens.
    pub fn append(&mut self, draft: Draft) -> Result<Standing, Stop> {
        let balances = self.balances.after(&draft.postings)?;
        let line = Line {
            seq: self.seq.saturating_add(1),
            at: self.now,
            kind: draft.kind,
            key: draft.key.clone(),
            postings: draft.postings,
            user_after: balances.user,
            held_after: balances.held,
            owed_after: balances.owed,
            reference: draft.reference.clone(),
            reason: draft.reason.clone(),
            actor: draft.actor.clone(),
            seconds: draft.seconds,
        };
        let hash = link(&self.hash, &line, &draft.fingerprint)?;
        store::append(self.tx, &draft, &line, &hash)?;
        if due::find(self.tx, super::alarm::MIRROR)?.is_none() {
            due::plan(self.tx, super::alarm::MIRROR, &line.seq.to_string(), self.now)?;
        }
        (self.seq, self.hash, self.balances) = (line.seq, hash, balances);
        Ok(self.standing())
    }

    /// The last thing that a transaction does.
    pub fn arm(&self) -> Result<(), Fault> {
        due::arm(self.tx, self.alarm, self.now)
    }

    pub fn standing(&self) -> Standing {
        let Balances { user, held, owed } = self.balances;
        self.told(self.seq, user, held, owed)
    }

    /// How it stood after an entry that was written before.
    pub fn standing_at(&self, known: &Known) -> Standing {
        self.told(known.seq, known.user_after, known.held_after, known.owed_after)
    }

    fn told(&self, number: i64, user: Credits, held: Credits, owed: Credits) -> Standing {
        let settled = user.plus(held).unwrap_or(user);
        let premium_until = self.cover.premium_until;
        Standing { number, settled, held, available: user, owed: owed.negative(), premium_until }
    }

    /// The entry with this key, if the key was used for the same thing.
    pub fn known(&self, key: &str, fingerprint: &str) -> Result<Option<Known>, Stop> {
        match store::known(self.tx, key)? {
            Some(known) if known.fingerprint != fingerprint => Err(No::Mismatch.into()),
            known => Ok(known),
        }
    }

    pub fn is_premium(&self) -> bool {
        self.cover.premium_until.is_some_and(|until| until > self.now)
    }
}

/// The hash of an entry and of all before it.
pub fn link(before: &str, line: &Line, fingerprint: &str) -> Result<String, Fault> {
    let text = serde_json::to_string(&(before, line, fingerprint)).map_err(|error| bug(&error.to_string()))?;
    Ok(digest(&text))
}

pub fn digest(text: &str) -> String {
    STANDARD_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

fn bug(why: &str) -> Fault {
    Fault::Bug { why: why.to_owned() }
}
