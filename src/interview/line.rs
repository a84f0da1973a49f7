//! The transcript: how each event changes the line of its item, and in which order the lines were said.

use serde::Serialize;

use super::choice::words;
use crate::domain::form::form;
use crate::domain::millis::Millis;
use crate::domain::sorted::sorted;
use crate::upstream::openai::event::{Event, Item, Role};

words! {
    /// Who said it.
    Speaker { Interviewer = "interviewer", Person = "person" }
}

words! {
    /// How far a line has come.
    Mark {
        /// There may be more of it.
        Partial = "partial",
        Final = "final",
        /// Cut short; its end may never have been heard.
        Interrupted = "interrupted",
        /// Something was said that could not be written down.
        Failed = "failed",
        /// A question that nobody may ask. It was stopped.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// Who told us the text: OpenAI itself, or the person's browser in its place.
    Source { Sideband = "sideband", Relay = "relay" }
}

/// What one of the two said in one go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    pub item: String,
    /// The item before it, where that is known.
    pub previous: Option<String>,
    pub speaker: Speaker,
    pub text: String,
    pub mark: Mark,
    pub at: Millis,
    pub end: Millis,
    pub source: Source,
    pub typed: bool,
    /// How long the person was silent after the interviewer, where that was heard.
    pub waited: Option<Millis>,
}

form! { struct Line { item, previous, speaker, text, mark, at, end, source, typed, waited } }

/// What an event says about one line.
enum News<'a> {
    Added(&'a Item, Option<&'a String>),
    Begun,
    Ended,
    More(&'a str),
    Whole(&'a str),
    Failed,
    Cut,
}

/// The item, its speaker and the news of it. None where the event is about no line: our own notes to the interviewer
/// are none.
fn news(event: &Event) -> Option<(&str, Speaker, News<'_>)> {
    let (item, speaker, news) = match event {
        Event::ItemAdded { item, previous } => {
            let speaker = match item.role {
                Role::Person => Speaker::Person,
                Role::Interviewer => Speaker::Interviewer,
                Role::System => return None,
            };
            (&item.id, speaker, News::Added(item, previous.as_ref()))
        }
        Event::SpeechStarted { item } => (item, Speaker::Person, News::Begun),
        Event::SpeechStopped { item } => (item, Speaker::Person, News::Ended),
        Event::PersonDelta { item, delta } => (item, Speaker::Person, News::More(delta)),
        Event::PersonDone { item, text, .. } => (item, Speaker::Person, News::Whole(text)),
        Event::PersonFailed { item } => (item, Speaker::Person, News::Failed),
        Event::InterviewerDelta { item, delta } => (item, Speaker::Interviewer, News::More(delta)),
        Event::InterviewerDone { item, text, .. } => (item, Speaker::Interviewer, News::Whole(text)),
        Event::Truncated { item } => (item, Speaker::Interviewer, News::Cut),
        _ => return None,
    };
    Some((item, speaker, news))
}

/// The item whose line an event may change. A response that is done speaks of several: see [`interrupted`].
pub fn item_of(event: &Event) -> Option<&str> {
    news(event).map(|(item, ..)| item)
}

/// The items that a response left unfinished. Each is to be shown to [`hear`] with the same event.
pub fn interrupted(event: &Event) -> Vec<&str> {
    let Event::ResponseDone(done) = event else { return Vec::new() };
    done.items.iter().filter(|(_, unfinished)| *unfinished).map(|(item, _)| item.as_str()).collect()
}

/// The line as an event leaves it, None where it changes nothing. An event that comes twice changes nothing the second
/// time; only a delta adds itself again, and those come from the sideband alone, each once.
pub fn hear(found: Option<Line>, event: &Event, at: Millis, source: Source) -> Option<Line> {
    let before = found.clone();
    let line = match news(event) {
        Some((item, speaker, news)) => {
            if matches!(news, News::Ended) && before.is_none()
                || matches!(news, News::More(_)) && source == Source::Relay
            {
                return None;
            }
            let line = found.unwrap_or_else(|| Line::begun(item, speaker, at, source));
            if line.speaker == speaker { line.told(&news, at, source) } else { line }
        }
        None => found.filter(|line| interrupted(event).contains(&line.item.as_str()))?.cut(at),
    };
    (before.as_ref() != Some(&line)).then_some(line)
}

impl Line {
    fn begun(item: &str, speaker: Speaker, at: Millis, source: Source) -> Self {
        Self {
            item: item.to_owned(),
            previous: None,
            speaker,
            text: String::new(),
            mark: Mark::Partial,
            at,
            end: at,
            source,
            typed: false,
            waited: None,
        }
    }

    fn told(mut self, news: &News, at: Millis, source: Source) -> Self {
        match news {
            // Each item has begun when anything is told of it.
            News::Begun => self,
            News::Added(item, previous) => self.added(item, *previous, at, source),
            News::Ended => self.ended(at),
            News::More(delta) => {
                if self.mark == Mark::Partial {
                    self.text.push_str(delta);
                    self.source = source;
                }
                self
            }
            News::Whole(text) => self.whole(text, at, source),
            News::Failed => self.failed(at, source),
            News::Cut => self.cut(at),
        }
    }

    /// Where both tell the item before it, the sideband is believed.
    fn added(mut self, item: &Item, previous: Option<&String>, at: Millis, source: Source) -> Self {
        if self.previous.is_none() || source == Source::Sideband {
            self.previous = previous.cloned().or(self.previous);
        }
        self.typed |= item.typed && self.believes(source);
        let text = item.text.as_deref().filter(|text| !text.is_empty());
        let line = match text {
            Some(text) => self.whole(text, at, source),
            None => self,
        };
        if item.interrupted { line.cut(at) } else { line }
    }

    /// The browser does not change what OpenAI has told.
    fn believes(&self, source: Source) -> bool {
        source == Source::Sideband || self.source == Source::Relay
    }

    fn whole(mut self, text: &str, at: Millis, source: Source) -> Self {
        let open = match self.mark {
            Mark::Partial => true,
            // It may still be told in full.
            Mark::Interrupted => self.believes(source) || self.text.is_empty(),
            Mark::Failed => self.believes(source),
            Mark::Withdrawn => false,
            Mark::Final => source == Source::Sideband && self.source == Source::Relay,
        };
        if !open {
            return self;
        }
        self.text = text.to_owned();
        self.source = source;
        if self.mark == Mark::Interrupted {
            return self;
        }
        self.mark = Mark::Final;
        self.ended(at)
    }

    fn failed(mut self, at: Millis, source: Source) -> Self {
        let believed = source == Source::Sideband && self.source == Source::Relay;
        if self.mark == Mark::Partial || believed {
            self.text.clear();
            self.mark = Mark::Failed;
            self.source = source;
            return self.ended(at);
        }
        self
    }

    /// What a person says is not cut: they hear all of it themselves.
    fn cut(mut self, at: Millis) -> Self {
        if self.speaker == Speaker::Interviewer && !matches!(self.mark, Mark::Interrupted | Mark::Withdrawn) {
            self.mark = Mark::Interrupted;
            self.end = at;
        }
        self
    }

    /// The first end that is told is kept.
    fn ended(mut self, at: Millis) -> Self {
        if self.end == self.at {
            self.end = at;
        }
        self
    }
}

/// As they were said: each behind the item before it, and by the time where that is not known. In whatever order the
/// lines are given, and whatever they say of each other, the answer is the same.
pub fn order(lines: Vec<Line>) -> Vec<Line> {
    let lines = placed(lines.into_iter().map(|line| ((line.at, 0), line)).collect());
    let known = sorted(lines.iter().map(|line| line.item.as_str()).zip(0..), |(one, _), (other, _)| one < other);
    let find = |item: &str| {
        let behind = known.partition_point(|(one, _)| *one <= item);
        known.get(behind.checked_sub(1)?).filter(|(one, _)| *one == item).map(|(_, n)| *n)
    };
    let before: Vec<Option<usize>> = lines.iter().map(|line| find(line.previous.as_deref()?)).collect();
    let places: Vec<(Millis, usize)> = (0..lines.len()).map(|n| place(&lines, &before, n)).collect();
    placed(places.into_iter().zip(lines).collect())
}

/// By their places, and at one place by time and name.
fn placed(lines: Vec<((Millis, usize), Line)>) -> Vec<Line> {
    let before = |(place, one): &((Millis, usize), Line), (next, other): &((Millis, usize), Line)| {
        (place, one.at, &one.item) < (next, other.at, &other.item)
    };
    sorted(lines, before).into_iter().map(|(_, line)| line).collect()
}

/// The latest time on the way back to the beginning of its chain, and how far that is: no line comes before the one it
/// follows. In a circle all have gone as many steps as there are lines.
fn place(lines: &[Line], before: &[Option<usize>], of: usize) -> (Millis, usize) {
    let (mut latest, mut steps, mut here) = (Millis::default(), 0, Some(of));
    while let Some(line) = here.and_then(|n| lines.get(n)).filter(|_| steps <= lines.len()) {
        latest = latest.max(line.at);
        steps += 1;
        here = here.and_then(|n| before.get(n).copied().flatten());
    }
    (latest, steps)
}

#[cfg(test)]
mod tests;
