//! The reference book: the rules of design 4 once more, as plain as they can be, without a look at `src/money`. Only
//! the words (commands, answers, lines) are shared. It is told what happened in the order in which it was decided.

mod days;
mod sales;

use std::collections::BTreeMap;

use vocahire::domain::credits::Credits;
use vocahire::domain::id::{Owner, SessionId};
use vocahire::domain::millis::Millis;
use vocahire::domain::outcome::{Ending, Outcome};
use vocahire::money::book::Postings;
use vocahire::money::command::{Command, Held, Hold, Kind, Line, No, Opened, Reply, Settled, Standing, State};

use sales::Sale;

pub const MINUTE: i64 = 60_000;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
const INTERVIEW_SECONDS: i64 = 1800;

#[derive(Clone, Debug, PartialEq)]
pub struct Start {
    pub person: String,
    pub amount: i64,
    pub seconds: i64,
    pub state: State,
    pub held_at: i64,
    pub lapses_at: i64,
    free: bool,
    /// Ended by a fault of others: the start counts for nothing.
    excused: bool,
    ended_at: i64,
    /// The line that tells its end.
    pub end: Option<usize>,
}

#[derive(Default)]
pub struct Book {
    owner: String,
    direct: bool,
    pub person: bool,
    pub opened: bool,
    pub closed: bool,
    pub user: i64,
    pub held: i64,
    pub owed: i64,
    pub plan: Option<(i64, i64)>,
    /// When its plan was told last.
    heard_at: i64,
    pub lines: Vec<Line>,
    pub starts: BTreeMap<SessionId, Start>,
    sales: BTreeMap<String, Sale>,
    /// What each key was used for, and the line that it wrote.
    keys: BTreeMap<String, (String, usize)>,
}

/// What stands beside the amounts of a line.
#[derive(Default)]
struct Note<'a> {
    key: Option<(String, String)>,
    reference: Option<&'a str>,
    reason: Option<&'a str>,
    actor: Option<&'a str>,
    seconds: Option<i64>,
}

fn keyed<'a>(key: String, used_for: String) -> Note<'a> {
    Note { key: Some((key, used_for)), ..Note::default() }
}

/// A part of an amount, in whole hundredths, rounded down.
fn part(amount: i64, of: i64, whole: i64) -> i64 {
    amount * of / whole / 10 * 10
}

impl Book {
    pub fn of(owner: &Owner, direct: bool) -> Self {
        Self { owner: owner.as_str().to_owned(), direct, person: owner.user().is_some(), ..Self::default() }
    }

    pub fn apply(&mut self, command: &Command, now: i64) -> Reply {
        self.decide(command, now).unwrap_or_else(Reply::No)
    }

    fn decide(&mut self, command: &Command, now: i64) -> Result<Reply, No> {
        let opens = match command {
            Command::Touch => self.person,
            Command::Purchase { .. } | Command::Entitle { .. } | Command::Close { own: true } => true,
            _ => false,
        };
        if !self.opened && !opens {
            return Err(No::Untouched);
        }
        let shut = matches!(
            command,
            Command::Touch
                | Command::Hold(_)
                | Command::Adjust { .. }
                | Command::Entitle { .. }
                | Command::Lines { own: true, .. }
        );
        if self.closed && shut {
            return Err(No::Closed);
        }
        let standing = match command {
            Command::Touch => {
                if self.person && !self.keys.contains_key("welcome") {
                    self.enter(3000);
                    self.write(now, Kind::Welcome, keyed("welcome".to_owned(), String::new()));
                }
                self.opened = true;
                let (standing, left) = (self.standing(), self.day(&self.owner, now));
                return Ok(Reply::Touched { standing, left, payable: self.pays() });
            }
            Command::Look | Command::Audit => self.standing(),
            Command::Hold(wish) => return self.start(wish, now),
            Command::Begin { session } => self.begin(session, now)?,
            Command::Settle { session, outcome } => return self.settle(session, outcome, now),
            Command::Adjust { key, amount, reason, actor } => self.adjust(key, amount.count(), [reason, actor], now)?,
            Command::Purchase { key, credits, charge, paid } => self.sell(key, credits.count(), charge, *paid, now)?,
            Command::Clawback { charge, refunded } => self.claw(charge, *refunded, now)?,
            Command::Dispute { charge } => self.dispute(charge, now)?,
            Command::Restore { charge } => self.restore(charge, now)?,
            Command::Entitle { key, until, as_of } => self.entitle(key, until.count(), as_of.count(), now)?,
            Command::Close { .. } => return Ok(Reply::Closed { forfeited: self.close(now) }),
            Command::Open { person } => {
                let open = self.starts.iter().find(|(_, start)| start.person == *person && start.state.is_open());
                let opened =
                    |(session, start): (&SessionId, &Start)| Opened { session: session.clone(), state: start.state };
                return Ok(Reply::Open(open.map(opened)));
            }
            Command::Lines { before, limit, .. } => {
                let below = |line: &&Line| before.is_none_or(|before| line.seq < before);
                let limit = usize::try_from((*limit).clamp(1, 500)).unwrap();
                let lines = self.lines.iter().rev().filter(below).take(limit).cloned().collect();
                return Ok(Reply::Lines { standing: self.standing(), payable: self.pays(), lines });
            }
        };
        self.opened = true;
        Ok(Reply::Standing(standing))
    }

    fn enter(&mut self, amount: i64) {
        let pays = amount.min(self.owed);
        (self.owed, self.user) = (self.owed - pays, self.user + amount - pays);
    }

    fn leave(&mut self, amount: i64) {
        let has = amount.min(self.user);
        (self.user, self.owed) = (self.user - has, self.owed + amount - has);
    }

    fn write(&mut self, now: i64, kind: Kind, note: Note) -> Standing {
        self.opened = true;
        let was = self.standing();
        let [user, held, owed] =
            [self.user - was.available.count(), self.held - was.held.count(), was.owed.count() - self.owed];
        let mut postings = Postings {
            user: Credits::milli(user),
            held: Credits::milli(held),
            owed: Credits::milli(owed),
            ..Postings::default()
        };
        let other = match kind {
            Kind::Welcome | Kind::WelcomeBack | Kind::Grant | Kind::Take => &mut postings.granted,
            Kind::Purchase => &mut postings.bought,
            Kind::Clawback | Kind::Restored => &mut postings.refunded,
            _ => &mut postings.earned,
        };
        *other = Credits::milli(-(user + held + owed));
        let line = self.lines.len();
        let (key, used_for) = note.key.unzip();
        if let Some(key) = &key {
            let before = self.keys.insert(key.clone(), (used_for.unwrap(), line));
            assert!(before.is_none(), "truth 2: the key {key} moves money twice");
        }
        self.lines.push(Line {
            seq: i64::try_from(line).unwrap() + 1,
            at: Millis::new(now),
            kind,
            key,
            postings,
            user_after: Credits::milli(self.user),
            held_after: Credits::milli(self.held),
            owed_after: Credits::milli(-self.owed),
            reference: note.reference.map(str::to_owned),
            reason: note.reason.map(str::to_owned),
            actor: note.actor.map(str::to_owned),
            seconds: note.seconds,
        });
        self.standing()
    }

    pub fn standing(&self) -> Standing {
        self.lines.len().checked_sub(1).map_or_else(
            || Standing { premium_until: self.plan.map(|(until, _)| Millis::new(until)), ..Standing::default() },
            |last| self.after(last),
        )
    }

    /// How it stood after a line.
    fn after(&self, line: usize) -> Standing {
        let line = &self.lines[line];
        Standing {
            number: line.seq,
            settled: Credits::milli(line.user_after.count() + line.held_after.count()),
            held: line.held_after,
            available: line.user_after,
            owed: line.owed_after.negative(),
            premium_until: self.plan.map(|(until, _)| Millis::new(until)),
        }
    }

    /// The interview of a person that has not ended.
    pub fn open(&self, person: &str) -> Option<SessionId> {
        let open = self.starts.iter().find(|(_, start)| start.person == person && start.state.is_open());
        open.map(|(session, _)| session.clone())
    }

    fn known(&self, key: &str, used_for: &str) -> Result<Option<usize>, No> {
        match self.keys.get(key) {
            Some((before, _)) if before != used_for => Err(No::Mismatch),
            known => Ok(known.map(|(_, line)| *line)),
        }
    }

    fn start(&mut self, wish: &Hold, now: i64) -> Result<Reply, No> {
        let key = format!("hold:{}", wish.key);
        let used_for = format!("{}/{}/{}", wish.person, wish.seconds, wish.fingerprint);
        if let Some(line) = self.known(&key, &used_for)? {
            let session = SessionId::parse(self.lines[line].reference.as_deref().unwrap()).unwrap();
            return Ok(self.held(&session, self.after(line), now));
        }
        let open = self.open(&wish.person).map(|session| (session.clone(), self.starts[&session].clone()));
        if let Some((session, start)) = &open
            && (start.state == State::Begun || wish.replace.as_ref() != Some(session))
        {
            return Err(No::InProgress { session: session.clone(), state: start.state });
        }
        let recent = |start: &&Start| start.person == wish.person && now - start.held_at < HOUR;
        let nth_newest = |n: usize, counts: fn(&&Start) -> bool| {
            let mut times: Vec<i64> =
                self.starts.values().filter(recent).filter(counts).map(|start| start.held_at).collect();
            times.sort_by(|a, b| b.cmp(a));
            times.get(n - 1).copied()
        };
        if let Some(full) = nth_newest(10, |start| !start.excused).max(nth_newest(30, |_| true)) {
            return Err(No::RateLimited { retry_after: Millis::new(full + HOUR - now) });
        }
        let freed = open.as_ref().map_or(0, |(_, start)| start.amount);
        let (available, given) = self.payable(freed);
        let full = part(1000, wish.seconds, INTERVIEW_SECONDS);
        let covered = self.covers(wish, open.as_ref().map(|(session, _)| session), now)?;
        let (amount, seconds) = match available {
            _ if covered.is_some() => (0, covered.unwrap()),
            ..500 => return Err(No::Insufficient { available: Credits::milli(available), given }),
            _ if available >= full => (full, wish.seconds),
            _ => (available, available * INTERVIEW_SECONDS / 1000),
        };
        if let Some((session, _)) = open {
            self.end(&session, None, "replaced", now);
        }
        (self.user, self.held) = (self.user - amount, self.held + amount);
        let note = Note { reference: Some(wish.session.as_str()), ..keyed(key, used_for) };
        let standing = self.write(now, Kind::Hold, note);
        let (person, lapses_at) = (wish.person.clone(), now + 150_000);
        let (state, held_at) = (State::Held, now);
        let start = Start {
            person,
            amount,
            seconds,
            state,
            held_at,
            lapses_at,
            free: false,
            excused: false,
            ended_at: 0,
            end: None,
        };
        self.starts.insert(wish.session.clone(), start);
        Ok(self.held(&wish.session, standing, now))
    }

    fn held(&self, session: &SessionId, standing: Standing, now: i64) -> Reply {
        let Start { amount, seconds, state, .. } = self.starts[session];
        let free = self.sales.is_empty() && self.plan.is_none_or(|(until, _)| until <= now);
        Reply::Held(Held { session: session.clone(), amount: Credits::milli(amount), seconds, state, free, standing })
    }

    fn begin(&mut self, session: &SessionId, now: i64) -> Result<Standing, No> {
        let start = self.starts.get_mut(session).ok_or(No::Ended)?;
        match start.state {
            State::Begun => {}
            State::Held if now < start.lapses_at => {
                start.state = State::Begun;
                start.lapses_at = now + (start.seconds + 120 + 180 + 300) * 1000;
            }
            _ => return Err(No::Ended),
        }
        Ok(self.standing())
    }

    fn settle(&mut self, session: &SessionId, outcome: &Outcome, now: i64) -> Result<Reply, No> {
        let start = self.starts.get(session).ok_or(No::Ended)?;
        if start.end.is_none() {
            self.end(session, Some(outcome), outcome.ending.word(), now);
        }
        let start = &self.starts[session];
        let line = start.end.unwrap();
        let charged = self.lines[line].postings.earned;
        Ok(Reply::Settled(Settled { state: start.state, charged, standing: self.after(line) }))
    }

    /// Without an outcome, and where it never began, nothing is charged.
    pub fn end(&mut self, session: &SessionId, outcome: Option<&Outcome>, reason: &str, now: i64) {
        let start = &self.starts[session];
        let free_voids = |other: &&Start| other.person == start.person && other.free && now - other.ended_at < DAY;
        let free_left = self.starts.values().filter(free_voids).count() < 3;
        let heard = |outcome: &Outcome| {
            let heard = outcome.heard.count().clamp(0, start.seconds * 1000);
            part(start.amount, heard, start.seconds * 1000)
        };
        let begun = outcome.filter(|_| start.state == State::Begun);
        let early = outcome.is_some_and(|outcome| outcome.heard.count() < 60_000);
        // A line that is lost in the first minute is as if the person had ended it.
        let ending = begun.map(|outcome| match outcome.ending {
            Ending::ConnectionLost if early => Ending::EndedEarly,
            ending => ending,
        });
        let (charged, free) = match ending.zip(begun.map(heard)) {
            None | Some((Ending::NoMediaPath | Ending::NoOutput, _)) => (None, false),
            Some((Ending::ProviderFault | Ending::OurFault, _)) if early => (None, false),
            Some((Ending::NeverSpoke | Ending::EndedEarly, _)) if free_left => (None, true),
            Some((Ending::NeverSpoke | Ending::EndedEarly, heard)) => (Some(heard.max(100).min(start.amount)), false),
            Some((Ending::RanItsTime | Ending::CostCeiling | Ending::PaidAhead, _)) => (Some(start.amount), false),
            Some((_, heard)) => (Some(heard), false),
        };
        let faults = [Ending::NoOutput, Ending::ProviderFault, Ending::OurFault];
        let excused = outcome.is_some_and(|outcome| faults.contains(&outcome.ending));
        let amount = start.amount;
        self.held -= amount;
        let had = self.user;
        self.enter(amount - charged.unwrap_or(0));
        let back = self.user - had;
        let (kind, state) =
            if charged.is_some() { (Kind::Interview, State::Posted) } else { (Kind::Void, State::Voided) };
        let seconds = outcome.map(|outcome| outcome.heard.count() / 1000);
        let note = Note { reference: Some(session.as_str()), reason: Some(reason), seconds, ..Note::default() };
        self.write(now, kind, note);
        let end = Some(self.lines.len() - 1);
        let start = self.starts.get_mut(session).unwrap();
        *start = Start { state, free, excused, ended_at: now, end, ..start.clone() };
        if self.closed && back > 0 {
            self.user -= back;
            self.write(now, Kind::Closed, Note::default());
        }
    }

    fn adjust(&mut self, key: &str, amount: i64, [reason, actor]: [&str; 2], now: i64) -> Result<Standing, No> {
        let (key, used_for) = (format!("admin:{key}"), format!("{amount}/{actor}/{reason}"));
        if let Some(line) = self.known(&key, &used_for)? {
            return Ok(self.after(line));
        }
        if amount == 0 || -amount > self.user {
            return Err(No::Impossible);
        }
        let kind = if amount > 0 { Kind::Grant } else { Kind::Take };
        if amount > 0 {
            self.enter(amount)
        } else {
            self.leave(-amount)
        }
        let note = Note { reason: Some(reason), actor: Some(actor), ..keyed(key, used_for) };
        Ok(self.write(now, kind, note))
    }

    pub fn close(&mut self, now: i64) -> Credits {
        if let Some((_, line)) = self.keys.get("closed") {
            return self.lines[*line].postings.earned;
        }
        let held = |(session, start): (&SessionId, &Start)| (start.state == State::Held).then(|| session.clone());
        let unbegun: Vec<SessionId> = self.starts.iter().filter_map(held).collect();
        for session in unbegun {
            self.end(&session, None, "account_closed", now);
        }
        let left = std::mem::take(&mut self.user);
        self.closed = true;
        self.write(now, Kind::Closed, keyed("closed".to_owned(), String::new()));
        Credits::milli(left)
    }

    /// The address had its welcome grant in another account.
    pub fn unwelcome(&mut self, now: i64) {
        assert!(self.keys.contains_key("welcome"), "a welcome taken back that nobody was given");
        self.leave(3000);
        self.write(now, Kind::WelcomeBack, keyed("welcome_back".to_owned(), String::new()));
    }
}
