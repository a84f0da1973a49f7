//! `GET /api/diagnostic/env`: which settings are there. Never their values.

use serde::Serialize;

use crate::port::config::{Config, State};

#[derive(Debug, Serialize)]
pub struct Settings {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    environment: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    settings: Option<Vec<Setting>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notices: Option<Vec<String>>,
}

#[derive(Debug, Serialize)]
struct Setting {
    name: &'static str,
    state: &'static str,
}

/// Whether all that must be set is, and everything that is set can be read.
pub fn are_sound(config: &Config) -> bool {
    !config.settings.iter().any(|(_, state)| matches!(state, State::Missing | State::Invalid))
}

/// Anybody learns whether all is well; an admin, what is not.
pub fn settings(config: &Config, admin: bool) -> Settings {
    let ok = are_sound(config);
    if !admin {
        return Settings { ok, environment: None, settings: None, notices: None };
    }
    let settings = config.settings.iter().map(|&(name, state)| Setting { name, state: word(state) }).collect();
    let notices = config.former.iter().map(|(name, note)| format!("{name}: {note}")).collect();
    Settings { ok, environment: Some(config.environment.name()), settings: Some(settings), notices: Some(notices) }
}

fn word(state: State) -> &'static str {
    match state {
        State::Set => "set",
        State::Default => "default",
        State::Missing => "missing",
        State::Invalid => "invalid",
    }
}
