//! What the operator has told us, read once per isolate into types. [`SETTINGS`] is the whole list.

mod clerk;
mod coach;
mod interview;
mod pdfco;
mod sound;
mod spend;
mod stripe;
mod turn;

use crate::domain::failure::Fault;
use crate::domain::millis::Millis;

pub use clerk::Clerk;
pub use coach::Coach;
pub use interview::{Patience, Voice};
pub use pdfco::PdfCo;
pub use spend::Spend;
pub use stripe::Stripe;
pub use turn::Turn;

use sound::{is_destination, is_link, is_origin, is_service};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Without it the routes that use it answer 503 `not_configured`.
    Required,
    /// Without it the default holds.
    Optional,
}

/// Every name this house reads. A name that is not here is not read; README lists the same.
pub const SETTINGS: &[(&str, Need)] = &[
    ("APP_ENV", Need::Optional),
    ("CLERK_PUBLISHABLE_KEY", Need::Required),
    ("CLERK_SECRET_KEY", Need::Required),
    ("CLERK_AUTHORIZED_PARTIES", Need::Required),
    ("CLERK_WEBHOOK_SECRET", Need::Required),
    ("CLAIM_SECRET", Need::Required),
    ("CLERK_JWT_KEY", Need::Optional),
    ("CLERK_API_URL", Need::Optional),
    ("CLERK_FRONTEND_API_URL", Need::Optional),
    ("CLERK_SIGN_IN_URL", Need::Optional),
    ("CLERK_SIGN_UP_URL", Need::Optional),
    ("CLERK_USER_URL", Need::Optional),
    ("AFTER_SIGN_IN_URL", Need::Optional),
    ("ADMIN_USER_IDS", Need::Optional),
    ("ALLOWED_ORIGINS", Need::Optional),
    ("DB_TIMEOUT_MS", Need::Optional),
    ("INTERVIEW_SECONDS", Need::Optional),
    ("PAUSE_SECONDS", Need::Optional),
    ("PREMIUM_SECONDS_PER_DAY", Need::Optional),
    ("FREE_STARTS_PER_DAY", Need::Optional),
    ("SPEND_PER_DAY", Need::Optional),
    ("OPENAI_API_KEY", Need::Required),
    ("TICKET_SECRET", Need::Required),
    ("OPENAI_BASE_URL", Need::Optional),
    ("REALTIME_MODE", Need::Optional),
    ("VOICE_MODEL", Need::Optional),
    ("VOICE_NAME", Need::Optional),
    ("TRANSCRIBE_MODEL", Need::Optional),
    ("PRICES", Need::Optional),
    ("SESSION_COST_CEILING", Need::Optional),
    ("FEEDBACK_MODEL", Need::Optional),
    ("RECEIPT_SECRET", Need::Required),
    ("PDFCO_API_KEY", Need::Optional),
    ("PDFCO_API_URL", Need::Optional),
    ("STRIPE_SECRET_KEY", Need::Required),
    ("STRIPE_WEBHOOK_SECRET", Need::Required),
    ("STRIPE_API_URL", Need::Optional),
    ("STRIPE_PRICE_ID", Need::Optional),
    ("STRIPE_PRICE_ID_3_CREDITS", Need::Optional),
    ("STRIPE_PRICE_ID_5_CREDITS", Need::Optional),
    ("STRIPE_PRICE_ID_MONTHLY", Need::Optional),
    ("STRIPE_PRICE_ID_QUARTERLY", Need::Optional),
    ("STRIPE_PRICE_ID_ANNUAL", Need::Optional),
    ("STUN_URLS", Need::Optional),
    ("TURN_KEY_ID", Need::Optional),
    ("TURN_KEY_API_TOKEN", Need::Optional),
    ("TURN_URL", Need::Optional),
    ("XIRSYS_IDENT", Need::Optional),
    ("XIRSYS_SECRET", Need::Optional),
    ("XIRSYS_CHANNEL", Need::Optional),
    ("XIRSYS_URL", Need::Optional),
    ("SDP_TIMEOUT_MS", Need::Optional),
    ("PROVIDER_TIMEOUT_MS", Need::Optional),
    ("TRANSCRIPT_DAYS", Need::Optional),
    ("ROOM_PATH_SECONDS", Need::Optional),
    ("ROOM_OUTPUT_SECONDS", Need::Optional),
    ("ROOM_QUIET_SECONDS", Need::Optional),
    ("ROOM_LOST_SECONDS", Need::Optional),
    ("ROOM_ASK_SECONDS", Need::Optional),
    ("ROOM_SILENT_SECONDS", Need::Optional),
    ("ROOM_WRAP_UP_SECONDS", Need::Optional),
    ("ROOM_DEAF_SECONDS", Need::Optional),
    ("ROOM_ARCHIVE_SECONDS", Need::Optional),
];

/// 128 random bits in hexadecimal digits.
const SHORTEST_SECRET: usize = 32;

const FORMER_KEY: &str = "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY";

/// Names of the former product. They are told to an admin, who may remove or rename them.
pub const FORMER: &[(&str, &str)] = &[
    (FORMER_KEY, "still read when CLERK_PUBLISHABLE_KEY is unset; rename it to that"),
    ("STRIPE_PUBLISHABLE_KEY", "not used: people pay on Stripe's own pages"),
    ("DATABASE_URL", "not used: the database is the binding DB"),
    ("MIGRATE_DATABASE_URL", "not used: migrations run by wrangler"),
    ("REDIS_URL", "not used: there is no cache to configure"),
    ("REDIS_TOKEN", "not used: there is no cache to configure"),
    ("VERCEL", "not used: APP_ENV tells the environment"),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Development,
    Production,
}

impl Environment {
    pub fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }
}

/// Which upload of the code is running, as the platform tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deployment {
    pub id: String,
    pub tag: String,
    pub timestamp: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Set,
    Default,
    Missing,
    Invalid,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub environment: Environment,
    /// None when there is no usable publishable key: nobody can sign in.
    pub clerk: Option<Clerk>,
    /// What Clerk signs its events with; during a rotation, the old beside the new.
    pub webhook_secrets: Vec<Vec<u8>>,
    /// What turns an e-mail address into a claim: the one in use first, behind it those of earlier claims.
    pub claim_secrets: Vec<String>,
    pub admins: Vec<String>,
    pub allowed_origins: Vec<String>,
    pub db_timeout: Millis,
    /// How long an interview of 1.00 lasts.
    pub interview_seconds: i64,
    pub spend: Spend,
    pub voice: Voice,
    /// What tickets and room keys are signed with: the one in use first, behind it those that still count.
    pub ticket_secrets: Vec<String>,
    pub stun_urls: Vec<String>,
    pub turn: Turn,
    pub room: Patience,
    pub coach: Coach,
    pub pdfco: PdfCo,
    pub stripe: Stripe,
    pub transcript_days: i64,
    pub deployment: Option<Deployment>,
    /// What was found under each name of [`SETTINGS`], never its value.
    pub settings: Vec<(&'static str, State)>,
    pub former: Vec<(&'static str, &'static str)>,
}

impl Config {
    pub fn read(var: &dyn Fn(&str) -> Option<String>, deployment: Option<Deployment>) -> Self {
        let mut reader = Reader { var, invalid: Vec::new() };
        let environment =
            match reader.checked("APP_ENV", |name| ["development", "production"].contains(&name)).as_deref() {
                Some("development") => Environment::Development,
                _ => Environment::Production,
            };
        let clerk = clerk::clerk(&mut reader);
        let webhook_secrets = reader.list("CLERK_WEBHOOK_SECRET", |text| clerk::webhook_key(text).is_some());
        let webhook_secrets = webhook_secrets.iter().filter_map(|text| clerk::webhook_key(text)).collect();
        let claim_secrets = reader.list("CLAIM_SECRET", |secret| secret.len() >= SHORTEST_SECRET);
        let admins = reader.list("ADMIN_USER_IDS", |id| id.starts_with("user_"));
        let allowed_origins = reader.list("ALLOWED_ORIGINS", is_origin);
        let db_timeout = Millis::new(reader.number("DB_TIMEOUT_MS").unwrap_or(5000));
        let interview_seconds = reader.number("INTERVIEW_SECONDS").unwrap_or(1800);
        let spend = spend::spend(&mut reader);
        let voice = interview::voice(&mut reader);
        let ticket_secrets = reader.list("TICKET_SECRET", |secret| secret.len() >= SHORTEST_SECRET);
        let stun_urls = interview::stun_urls(&mut reader);
        let turn = turn::turn(&mut reader);
        let room = interview::patience(&mut reader);
        let coach = coach::coach(&mut reader);
        let pdfco = pdfco::pdfco(&mut reader);
        let stripe = stripe::stripe(&mut reader);
        let transcript_days = reader.number("TRANSCRIPT_DAYS").unwrap_or(365);
        let settings = SETTINGS.iter().map(|&(name, need)| (name, reader.state(name, need))).collect();
        let former = FORMER.iter().filter(|(name, _)| var(name).is_some()).copied().collect();
        Self {
            environment,
            clerk,
            webhook_secrets,
            claim_secrets,
            admins,
            allowed_origins,
            db_timeout,
            interview_seconds,
            spend,
            voice,
            ticket_secrets,
            stun_urls,
            turn,
            room,
            coach,
            pdfco,
            stripe,
            transcript_days,
            deployment,
            settings,
            former,
        }
    }

    pub fn clerk(&self) -> Result<&Clerk, Fault> {
        self.clerk.as_ref().ok_or(Fault::NotConfigured { setting: "CLERK_PUBLISHABLE_KEY" })
    }

    pub fn webhook_secrets(&self) -> Result<&[Vec<u8>], Fault> {
        some(&self.webhook_secrets, "CLERK_WEBHOOK_SECRET")
    }

    pub fn claim_secrets(&self) -> Result<&[String], Fault> {
        some(&self.claim_secrets, "CLAIM_SECRET")
    }

    pub fn ticket_secrets(&self) -> Result<&[String], Fault> {
        some(&self.ticket_secrets, "TICKET_SECRET")
    }

    pub fn receipt_secrets(&self) -> Result<&[String], Fault> {
        some(&self.coach.receipt_secrets, "RECEIPT_SECRET")
    }

    pub fn stripe_key(&self) -> Result<&str, Fault> {
        self.stripe.key.as_deref().ok_or(Fault::NotConfigured { setting: "STRIPE_SECRET_KEY" })
    }

    pub fn stripe_secrets(&self) -> Result<&[String], Fault> {
        some(&self.stripe.webhook_secrets, "STRIPE_WEBHOOK_SECRET")
    }

    pub fn openai_key(&self) -> Result<&str, Fault> {
        self.voice.key.as_deref().ok_or(Fault::NotConfigured { setting: "OPENAI_API_KEY" })
    }

    pub fn is_admin(&self, user: &str) -> bool {
        self.admins.iter().any(|id| id == user)
    }
}

fn some<'a, T>(list: &'a [T], setting: &'static str) -> Result<&'a [T], Fault> {
    if list.is_empty() { Err(Fault::NotConfigured { setting }) } else { Ok(list) }
}

struct Reader<'a> {
    var: &'a dyn Fn(&str) -> Option<String>,
    invalid: Vec<&'static str>,
}

impl Reader<'_> {
    /// An empty value is an unset one: that is how `.dev.vars` leaves something out.
    fn text(&self, name: &str) -> Option<String> {
        (self.var)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn checked(&mut self, name: &'static str, sound: fn(&str) -> bool) -> Option<String> {
        let text = self.text(name)?;
        if sound(&text) {
            return Some(text);
        }
        self.invalid.push(name);
        None
    }

    fn number(&mut self, name: &'static str) -> Option<i64> {
        self.number_up_to(60_000, name)
    }

    fn number_up_to(&mut self, most: i64, name: &'static str) -> Option<i64> {
        let text = self.text(name)?;
        let number = text.parse().ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            self.invalid.push(name);
        }
        number
    }

    /// One wrong entry of a list makes the list wrong, but not the others of it.
    fn list(&mut self, name: &'static str, sound: fn(&str) -> bool) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        let entries: Vec<&str> = text.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect();
        if !entries.iter().all(|entry| sound(entry)) {
            self.invalid.push(name);
        }
        entries.into_iter().filter(|entry| sound(entry)).map(str::to_owned).collect()
    }

    fn state(&self, name: &'static str, need: Need) -> State {
        if self.invalid.contains(&name) {
            State::Invalid
        } else if self.text(name).is_some() || (name == "CLERK_PUBLISHABLE_KEY" && self.text(FORMER_KEY).is_some()) {
            State::Set
        } else if need == Need::Required {
            State::Missing
        } else {
            State::Default
        }
    }
}

#[cfg(test)]
mod tests;
