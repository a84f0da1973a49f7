//! `GET /api/health`, `GET /api/version`, `GET /api/config`: what anybody may know.

use serde::Serialize;
use serde_json::Value;

use crate::interview::ice;
use crate::port::config::Config;

/// Alive, and nothing more: whether the things we depend on are is another question, asked less often.
#[derive(Debug, Serialize)]
pub struct Health {
    pub status: &'static str,
}

pub const HEALTH: Health = Health { status: "ok" };

#[derive(Debug, Serialize)]
pub struct Version<'a> {
    version: &'static str,
    environment: &'static str,
    deployment: Option<Upload<'a>>,
}

#[derive(Debug, Serialize)]
struct Upload<'a> {
    id: &'a str,
    tag: &'a str,
    timestamp: &'a str,
}

pub fn version(config: &Config) -> Version<'_> {
    let upload = config.deployment.as_ref();
    let deployment = upload.map(|upload| Upload { id: &upload.id, tag: &upload.tag, timestamp: &upload.timestamp });
    Version { version: env!("CARGO_PKG_VERSION"), environment: config.environment.name(), deployment }
}

/// What the pages need before anybody has signed in.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Public<'a> {
    environment: &'static str,
    clerk: Option<SignIn<'a>>,
    interview: Interview,
    ice_servers: Vec<Value>,
}

/// What is told before an interview begins.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Interview {
    /// How long one of 1.00 lasts.
    seconds: i64,
    transcript_days: i64,
    mode: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SignIn<'a> {
    publishable_key: &'a str,
    frontend_api: &'a str,
    sign_in_url: &'a str,
    sign_up_url: &'a str,
    user_url: Option<&'a str>,
    after_sign_in_url: &'a str,
}

pub fn public(config: &Config) -> Public<'_> {
    let clerk = config.clerk.as_ref().map(|clerk| SignIn {
        publishable_key: &clerk.publishable_key,
        frontend_api: &clerk.frontend_api,
        sign_in_url: &clerk.sign_in_url,
        sign_up_url: &clerk.sign_up_url,
        user_url: clerk.user_url.as_deref(),
        after_sign_in_url: &clerk.after_sign_in_url,
    });
    let interview = Interview {
        seconds: config.interview_seconds,
        transcript_days: config.transcript_days,
        mode: config.voice.mode(),
    };
    Public { environment: config.environment.name(), clerk, interview, ice_servers: ice::own(config) }
}
