//! The model sentinel: once a day the models that this house speaks with are held against OpenAI's list and against the
//! ends that were announced, so that none goes without anybody having been told.

use super::store::{self, Listed, Mark};
use crate::domain::failure::{Failure, Fault};
use crate::domain::form;
use crate::domain::millis::Millis;
use crate::port::World;
use crate::port::clock::Clock;
use crate::port::config::Config;
use crate::port::http::Http;
use crate::port::log::Log;
use crate::upstream::openai::call::Account;
use crate::upstream::openai::models::{self, moment};

const DAY: Millis = Millis::of_seconds(24 * 60 * 60);
/// So long OpenAI may say nothing before it is told that we know nothing new.
const SILENCE: Millis = Millis::of_seconds(3 * 24 * 60 * 60);
/// So many days before its end a model is spoken of.
const AHEAD: [i64; 3] = [7, 30, 90];
const ASKED: &str = "models asked";
pub const TOLD: &str = "models told";
const SILENT: &str = "models silent";

/// What OpenAI has announced, as far as the list does not say it itself (November 2026).
const ANNOUNCED: &[(&str, &[&str])] = &[
    ("2026-12-11", &["gpt-5", "gpt-5-mini", "gpt-5-nano", "o3"]),
    ("2027-01-14", &["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini"]),
    (
        "2027-01-20",
        &[
            "gpt-realtime",
            "gpt-realtime-2025-08-28",
            "gpt-realtime-mini",
            "gpt-realtime-mini-2025-12-15",
            "gpt-audio-mini",
        ],
    ),
    ("2027-02-26", &["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-transcribe-diarize"]),
    ("2027-04-01", &["gpt-5.1"]),
];

/// A model of ours and what is known of its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub setting: &'static str,
    pub model: String,
    /// None: OpenAI has never said.
    pub listed: Option<bool>,
    pub shutdown: Option<String>,
    pub days: Option<i64>,
}

impl Known {
    /// How many days ahead it is time to say something; 0 for one that is gone.
    fn due(&self) -> Option<i64> {
        match self.days {
            _ if self.listed == Some(false) => Some(0),
            Some(..=0) => Some(0),
            Some(days) => AHEAD.into_iter().find(|ahead| days <= *ahead),
            None => None,
        }
    }

    /// Somebody has to do something this week.
    pub fn is_urgent(&self) -> bool {
        self.due().is_some_and(|due| due <= 7)
    }
}

/// 1. Once a day.
/// 2. OpenAI's list. One that is slow, away or no list changes nothing of what is known.
/// 3. Whatever is due is said, once; and after some days of silence, that too.
pub async fn watch<W: World>(world: &W) -> Result<(), Failure> {
    let now = world.clock().now();
    // 1
    let marks = store::marks(world.db()).await?;
    if world.config().voice.key.is_none() || last(&marks, ASKED).is_some_and(|at| now.since(at) < DAY) {
        return Ok(());
    }
    store::mark(world.db(), ASKED, now).await?;
    // 2
    let asked = ask(world).await;
    match &asked {
        Ok(listed) => store::write_models(world.db(), listed, (TOLD, SILENT), now).await?,
        Err(_) => store::mark_once(world.db(), SILENT, now).await?,
    }
    // 3
    for known in known(world.config(), &store::models(world.db()).await?, now) {
        warn(world, &known, now).await?;
    }
    match asked {
        Err(fault) if is_silent(&marks, now) => Err(fault.into()),
        _ => Ok(()),
    }
}

pub fn last(marks: &[Mark], what: &str) -> Option<Millis> {
    marks.iter().find(|mark| mark.what == what).map(|mark| mark.at)
}

/// Whether OpenAI has said nothing for so long that what is known may be old.
pub fn is_silent(marks: &[Mark], now: Millis) -> bool {
    last(marks, SILENT).is_some_and(|since| now.since(since) >= SILENCE)
}

fn ours(config: &Config) -> [(&'static str, &str); 3] {
    [
        ("VOICE_MODEL", &config.voice.model),
        ("TRANSCRIBE_MODEL", &config.voice.transcribe_model),
        ("FEEDBACK_MODEL", &config.coach.feedback_model),
    ]
}

async fn ask<W: World>(world: &W) -> Result<Vec<Listed>, Fault> {
    let config = world.config();
    let account = Account { base: &config.voice.base_url, key: config.openai_key()? };
    let reply = world.http().get(models::question(&account, config.voice.timeout)).await;
    let reply = reply.map_err(|failure| failure.of("openai"))?;
    let all = models::list(reply.status, &reply.body)?;
    let listed = ours(config).map(|(_, model)| {
        let row = all.iter().find(|row| row.id == model);
        let shutdown = row.and_then(|row| row.shutdown.clone());
        Listed { model: model.to_owned(), listed: i64::from(row.is_some()), shutdown }
    });
    Ok(listed.into())
}

pub fn known(config: &Config, listed: &[Listed], now: Millis) -> Vec<Known> {
    let known = |(setting, model): (&'static str, &str)| {
        let row = listed.iter().find(|row| row.model == model);
        let announced = || ANNOUNCED.iter().find(|(_, ends)| ends.contains(&model)).map(|(day, _)| (*day).to_owned());
        let shutdown = row.and_then(|row| row.shutdown.clone()).or_else(announced);
        // Rounded up: on its last day one day is left.
        let left = shutdown.as_deref().and_then(moment).map(|at| at.since(now).count());
        let days = left.map(|left| left.saturating_add(DAY.count() - 1).div_euclid(DAY.count()));
        Known { setting, model: model.to_owned(), listed: row.map(|row| row.listed == 1), shutdown, days }
    };
    ours(config).map(known).into()
}

async fn warn<W: World>(world: &W, known: &Known, now: Millis) -> Result<(), Fault> {
    let Some(due) = known.due() else { return Ok(()) };
    let shutdown = known.shutdown.as_deref().unwrap_or_default();
    if store::warn(world.db(), &known.model, due, shutdown, now).await? {
        let line = form::object!({ "level": if due <= 7 { "alert" } else { "warn" }, "event": "model ends",
            "setting": known.setting, "model": known.model.as_str(), "listed": known.listed, "shutdown": shutdown,
            "days": known.days });
        world.log().line(&form::text(&line));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(listed: Option<bool>, days: Option<i64>) -> Known {
        Known { setting: "VOICE_MODEL", model: "m".to_owned(), listed, shutdown: None, days }
    }

    #[test]
    fn it_is_time_to_speak_ninety_thirty_and_seven_days_ahead_and_once_it_is_gone() {
        let due = |days| about(Some(true), Some(days)).due();
        let told = [91, 90, 31, 30, 8, 7, 1, 0, -400].map(due);
        assert_eq!(told, [None, Some(90), Some(90), Some(30), Some(30), Some(7), Some(7), Some(0), Some(0)]);
        assert_eq!(about(Some(false), None).due(), Some(0), "not on the list");
        assert_eq!((about(None, None).due(), about(Some(true), None).due()), (None, None));
        assert!(about(Some(false), Some(400)).is_urgent() && !about(Some(true), Some(8)).is_urgent());
    }

    #[test]
    fn what_the_list_says_counts_before_what_was_announced() {
        let config = Config::read(&|name| (name == "VOICE_MODEL").then(|| "gpt-realtime".to_owned()), None);
        let now = moment("2027-01-19").unwrap().plus(Millis::new(1));
        let days = |listed: &[Listed]| {
            let all = known(&config, listed, now);
            (all[0].shutdown.clone(), all[0].days, all[0].listed)
        };
        assert_eq!(days(&[]), (Some("2027-01-20".to_owned()), Some(1), None));
        let listed = |shutdown: Option<&str>| Listed {
            model: "gpt-realtime".to_owned(),
            listed: 1,
            shutdown: shutdown.map(str::to_owned),
        };
        assert_eq!(days(&[listed(Some("2027-03-20"))]), (Some("2027-03-20".to_owned()), Some(60), Some(true)));
        assert_eq!(days(&[listed(None)]), (Some("2027-01-20".to_owned()), Some(1), Some(true)));
        assert!(ANNOUNCED.iter().all(|(day, _)| moment(day).is_some()));
    }
}
