//! What Clerk tells by itself. Read only after the signature has been verified.

use super::user::{self, Person, User, is_moment};
use crate::domain::failure::Refusal;
use crate::domain::form::{self, Form, form};
use crate::domain::id::{UserId, named};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Created or changed: the facts are whole each time.
    User {
        id: UserId,
        person: Person,
    },
    UserDeleted {
        id: UserId,
    },
    Organisation(Organisation),
    OrganisationDeleted {
        id: String,
    },
    Membership(Membership),
    MembershipDeleted {
        id: String,
    },
    /// Nothing that this house keeps.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: String,
    pub name: String,
    pub slug: Option<String>,
    pub updated_at: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    pub id: String,
    pub organisation: String,
    pub user: UserId,
    /// In Clerk's word: `org:admin`. In a token the same role stands without `org:`.
    pub role: String,
    pub updated_at: i64,
}

/// Beside those of a person.
const MEMBERS: &[&str] = &["data", "name", "slug", "role", "organization", "public_user_data", "user_id"];

struct OrganisationData {
    id: String,
    name: String,
    slug: Option<String>,
    updated_at: i64,
}

form! { struct OrganisationData { id, name, slug, updated_at } }

struct MembershipData {
    id: String,
    role: String,
    organization: Named,
    public_user_data: PublicUserData,
    updated_at: i64,
}

form! { struct MembershipData { id, role, organization, public_user_data, updated_at } }

struct PublicUserData {
    user_id: String,
}

form! { struct PublicUserData { user_id } }

struct Named {
    id: String,
}

form! { struct Named { id } }

/// The type's own name, and what it says. What we handle but cannot read is refused, so that it comes again: to say
/// yes to it would be to lose it.
pub fn read(body: &[u8]) -> Result<(String, Event), Refusal> {
    let told = form::only(&["type"], body).map_err(|error| match error.is_data() {
        true => Refusal::BadRequest { field: "type" },
        false => Refusal::BadJson,
    })?;
    let kind: String = told.get("type").and_then(Form::of).unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'_';
    if !(1..=64).contains(&kind.len()) || !kind.bytes().all(plain) {
        return Err(Refusal::BadRequest { field: "type" });
    }
    let event = match kind.as_str() {
        "user.created" | "user.updated" => data(body, User::known)?.into(),
        "user.deleted" => data(body, |Named { id }| Some(Event::UserDeleted { id: UserId::parse(&id)? }))?,
        "organization.created" | "organization.updated" => data(body, organisation)?,
        "organization.deleted" => data(body, |Named { id }| Some(Event::OrganisationDeleted { id: of(id, "org_")? }))?,
        "organizationMembership.created" | "organizationMembership.updated" => data(body, membership)?,
        "organizationMembership.deleted" => {
            data(body, |Named { id }| Some(Event::MembershipDeleted { id: of(id, "orgmem_")? }))?
        }
        _ => Event::Other,
    };
    Ok((kind, event))
}

fn data<T: Form, U>(body: &[u8], known: fn(T) -> Option<U>) -> Result<U, Refusal> {
    let told = form::only(&[MEMBERS, user::MEMBERS].concat(), body).unwrap_or_default();
    told.get("data").and_then(T::of).and_then(known).ok_or(Refusal::BadRequest { field: "data" })
}

impl From<(UserId, Person)> for Event {
    fn from((id, person): (UserId, Person)) -> Self {
        Self::User { id, person }
    }
}

fn organisation(data: OrganisationData) -> Option<Event> {
    let OrganisationData { id, name, slug, updated_at } = data;
    let updated_at = is_moment(updated_at).then_some(updated_at)?;
    Some(Event::Organisation(Organisation { id: of(id, "org_")?, name, slug, updated_at }))
}

fn membership(data: MembershipData) -> Option<Event> {
    Some(Event::Membership(Membership {
        id: of(data.id, "orgmem_")?,
        organisation: of(data.organization.id, "org_")?,
        user: UserId::parse(&data.public_user_data.user_id)?,
        role: data.role,
        updated_at: is_moment(data.updated_at).then_some(data.updated_at)?,
    }))
}

fn of(id: String, prefix: &str) -> Option<String> {
    named(&id, prefix).then_some(id)
}

impl Event {
    /// What it is about, for the log of events.
    pub fn object(&self) -> Option<&str> {
        match self {
            Self::User { id, .. } | Self::UserDeleted { id } => Some(id.as_str()),
            Self::Organisation(Organisation { id, .. }) | Self::Membership(Membership { id, .. }) => Some(id),
            Self::OrganisationDeleted { id } | Self::MembershipDeleted { id } => Some(id),
            Self::Other => None,
        }
    }
}

#[cfg(test)]
mod tests;
