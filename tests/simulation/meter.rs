//! How long an interview was talked, reckoned once more: from the first words to the end, without what was away and
//! without pauses, each as long as it may last in all.

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    Away,
    Pause,
}

/// A part in which the two of them could not talk. Not over yet without `until`.
#[derive(Clone, Debug, PartialEq)]
pub struct Still {
    pub why: Why,
    pub from: i64,
    pub until: Option<i64>,
}

const AWAY: i64 = 120_000;
/// Nobody has been heard of for so long: whatever comes after is not talked.
const QUIET: i64 = 20_000;

#[derive(Clone, Default)]
pub struct Meter {
    pub pauses: i64,
    /// The interviewer's first words.
    pub from: Option<i64>,
    /// The person's last sign of life.
    pub sign: i64,
    /// When they last wanted a pause.
    paused: i64,
    /// A new line was asked for, and there was no sign of life since.
    waits: bool,
    pub stills: Vec<Still>,
}

impl Meter {
    pub fn start(&mut self, now: i64) {
        self.from.get_or_insert(now);
    }

    pub fn alive(&mut self, now: i64) {
        (self.sign, self.waits) = (now, false);
    }

    fn left(&self, why: Why) -> i64 {
        let lengths = self.stills.iter().filter(|still| still.why == why);
        let gone: i64 = lengths.filter_map(|still| still.until.map(|until| until - still.from)).sum();
        (if why == Why::Away { AWAY } else { self.pauses }) - gone
    }

    pub fn still(&self) -> Option<Why> {
        self.stills.last().filter(|still| still.until.is_none()).map(|still| still.why)
    }

    /// What has stood as long as it may goes on by itself. Whether it did so just now.
    pub fn pass(&mut self, now: i64) -> bool {
        let Some(why) = self.still() else { return false };
        let left = self.left(why);
        let still = self.stills.last_mut().unwrap();
        let over = now >= still.from + left;
        if over {
            still.until = Some(still.from + left);
        }
        over
    }

    pub fn go_on(&mut self, now: i64) {
        self.pass(now);
        if self.still().is_some() {
            self.stills.last_mut().unwrap().until = Some(now);
        }
    }

    fn stop(&mut self, why: Why, since: i64) {
        let Some(from) = self.from.filter(|_| self.still().is_none()) else { return };
        let before = self.stills.last().and_then(|still| still.until).unwrap_or(from);
        self.stills.push(Still { why, from: since.max(before), until: None });
    }

    pub fn pause(&mut self, now: i64) {
        self.go_on(now);
        self.stop(Why::Pause, now);
        self.paused = now;
    }

    /// The person asks for a new line: they are away since they were last heard of. A pause ends with its line.
    pub fn again(&mut self, now: i64, there: bool) {
        self.pass(now);
        if self.still() == Some(Why::Pause) {
            self.go_on(now);
        }
        self.stop(Why::Away, self.sign);
        self.waits |= there;
        self.pass(now);
    }

    /// They talk.
    pub fn talk(&mut self, now: i64) {
        self.pass(now);
        if self.still() == Some(Why::Away) {
            self.go_on(now);
        }
    }

    /// The page asks for a reply in a pause, and not just before it.
    pub fn asked(&mut self, now: i64) {
        self.pass(now);
        let paused = self.still() == Some(Why::Pause);
        if paused && self.stills.last().is_some_and(|still| now > still.from + 3000) {
            self.go_on(now);
        }
    }

    /// So much was talked by then.
    pub fn at(&self, to: i64) -> i64 {
        let Some(from) = self.from else { return 0 };
        let still = |still: &Still| {
            let until = still.until.unwrap_or_else(|| still.from + self.left(still.why)).min(to);
            (until - still.from).max(0)
        };
        (to - from - self.stills.iter().map(still).sum::<i64>()).max(0)
    }

    /// So much was talked while they were surely there.
    pub fn at_last(&self) -> i64 {
        self.at(self.sign.max(self.paused))
    }

    /// Nobody was at the other end any more when it ended then.
    pub fn is_lost(&self, at: i64, surely: bool) -> bool {
        self.waits || at > self.sign + QUIET || (!surely && at == self.sign + QUIET)
    }

    pub fn left_of_pauses(&self, now: i64) -> i64 {
        let this = self.stills.last().filter(|_| self.still() == Some(Why::Pause)).map_or(0, |still| now - still.from);
        self.left(Why::Pause) - this
    }

    /// So long, in all, nobody could talk by then.
    pub fn stood(&self, to: i64) -> i64 {
        self.from.map_or(0, |from| (to - from).max(0) - self.at(to))
    }
}
