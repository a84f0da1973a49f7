//! The transcript as a file: plain text to read, WebVTT to go with a recording.

use super::line::{Line, Mark, Source, Speaker};
use crate::domain::millis::Millis;

/// Speech takes about this long for a character: the times of a line tell when it was written, and that is sooner.
const PER_CHARACTER: i64 = 65;
const SHORTEST: Millis = Millis::of_seconds(1);

/// One line for each turn, with the time since the first. Lines come in the order in which they were said.
pub fn text(lines: &[Line], title: &str) -> String {
    let mut text = format!("{}\n", flat(title));
    let zero = beginning(lines);
    for line in lines {
        let words = flat(&line.text);
        // A line without words tells nothing, unless it is that they could not be written down.
        if words.is_empty() && line.mark != Mark::Failed {
            continue;
        }
        let (minutes, seconds) = whole(line.at.since(zero));
        let notes: String = notes(line).iter().map(|note| format!(" [{note}]")).collect();
        let told = format!("{words}{notes}");
        text.push_str(&format!("\n{minutes:02}:{seconds:02} {}: {}\n", name(line), told.trim_start()));
    }
    text
}

/// No cue begins before the one above it, and none ends before it has begun.
pub fn vtt(lines: &[Line]) -> String {
    let zero = beginning(lines);
    let lines: Vec<&Line> = lines.iter().filter(|line| !flat(&line.text).is_empty()).collect();
    let mut file = String::from("WEBVTT\n");
    let mut begin = Millis::default();
    for (n, line) in lines.iter().enumerate() {
        begin = begin.max(line.at.since(zero));
        let length = Millis::new(PER_CHARACTER.saturating_mul(i64::try_from(line.text.chars().count()).unwrap_or(0)));
        let next = lines.get(n.saturating_add(1)).map(|next| next.at.since(zero));
        let spoken = begin.plus(length).min(next.unwrap_or(Millis::new(i64::MAX)));
        let end = spoken.max(line.end.since(zero)).max(begin.plus(SHORTEST));
        file.push_str(&format!(
            "\n{}\n{} --> {}\n<v {}>{}</v>\n",
            n.saturating_add(1),
            stamp(begin),
            stamp(end),
            name(line),
            escaped(&line.text)
        ));
    }
    file
}

fn beginning(lines: &[Line]) -> Millis {
    lines.iter().map(|line| line.at).min().unwrap_or_default()
}

fn name(line: &Line) -> &'static str {
    match line.speaker {
        Speaker::Interviewer => "Interviewer",
        Speaker::Person => "You",
    }
}

fn notes(line: &Line) -> Vec<&'static str> {
    let mark = match line.mark {
        Mark::Final => None,
        Mark::Partial => Some("unfinished"),
        Mark::Interrupted => Some("interrupted"),
        Mark::Failed => Some("could not be written down"),
        Mark::Withdrawn => Some("stopped: nobody may ask this"),
    };
    let typed = line.typed.then_some("typed");
    let relayed = (line.source == Source::Relay).then_some("as your browser heard it");
    [mark, typed, relayed].into_iter().flatten().collect()
}

/// On one line: a line break in what was said does not begin somebody else's turn.
fn flat(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// No mark-up, and with `>` escaped no arrow either.
fn escaped(text: &str) -> String {
    flat(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Whole minutes and the seconds behind them.
fn whole(time: Millis) -> (i64, i64) {
    let seconds = time.count() / 1000;
    (seconds / 60, seconds % 60)
}

/// `00:01:02.003`.
fn stamp(time: Millis) -> String {
    let (minutes, seconds) = whole(time);
    format!("{:02}:{:02}:{seconds:02}.{:03}", minutes / 60, minutes % 60, time.count() % 1000)
}

#[cfg(test)]
mod tests;
