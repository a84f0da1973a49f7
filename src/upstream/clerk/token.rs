//! A Clerk session token: taken apart, and its claims judged. The signature is the caller's step in between.

use crate::domain::form::{self, Form, form};
use crate::domain::id::UserId;
use crate::domain::millis::Millis;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Clerk's tokens travel in a cookie of theirs, so they stay below 4 KiB; twice that is refused unread.
pub const MAX_TOKEN: usize = 8 * 1024;
/// The clocks of Clerk, of the platform and of the browser may differ by this much.
pub const SKEW: Millis = Millis::of_seconds(5);
/// What Clerk writes as `cat` into a session token; templates and machine tokens carry others.
const SESSION_CLASS: &str = "cl_B7d4PD111AAA";

/// Why a token is refused. For the log: the caller learns only that it is.
pub type Flaw = &'static str;

#[derive(Debug)]
pub struct Token<'a> {
    pub kid: Option<String>,
    /// The exact bytes under the signature.
    pub signed: &'a [u8],
    pub signature: Vec<u8>,
    claims: Claims,
}

/// Who is asking, once everything held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub user: UserId,
    /// The organisation that is active in the browser. For the log: roles come from our own database.
    pub organisation: Option<String>,
    /// Somebody of the operator's who acts as this person.
    pub actor: Option<String>,
}

/// What a token must agree with.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub issuer: &'a str,
    pub parties: &'a [String],
    pub now: Millis,
}

struct Header {
    alg: String,
    typ: Option<String>,
    kid: Option<String>,
    cat: Option<String>,
}

form! { struct Header { alg, typ, kid, cat } }

/// A token does not get to bring its own key, nor demands we do not know.
const FORBIDDEN: [&str; 5] = ["jwk", "jku", "x5u", "x5c", "crit"];

#[derive(Debug)]
struct Claims {
    iss: String,
    sub: String,
    azp: Option<String>,
    exp: i64,
    nbf: Option<i64>,
    iat: Option<i64>,
    sts: Option<String>,
    v: Option<i64>,
    /// Version 2 of the claims.
    o: Option<Organisation>,
    /// Version 1.
    org_id: Option<String>,
    act: Option<Actor>,
}

const CLAIMS: &[&str] = &["iss", "sub", "azp", "exp", "nbf", "iat", "sts", "v", "o", "id", "org_id", "act"];

form! { struct Claims { iss, sub, azp, exp, nbf, iat, sts, v, o, org_id, act } }

#[derive(Debug)]
struct Organisation {
    id: String,
}

form! { struct Organisation { id } }

#[derive(Debug)]
struct Actor {
    sub: String,
}

form! { struct Actor { sub } }

impl<'a> Token<'a> {
    /// Takes a compact token apart and refuses what no signature could save.
    pub fn parse(text: &'a str) -> Result<Self, Flaw> {
        if text.len() > MAX_TOKEN {
            return Err("too long");
        }
        let (signed, signature) = text.rsplit_once('.').ok_or("not three parts")?;
        let (header, claims) = signed.split_once('.').ok_or("not three parts")?;
        let told = form::only(&["alg", "typ", "kid", "cat"], &part(header)?).map_err(|_| "header unreadable")?;
        let header = Header::of(&told).ok_or("header unreadable")?;
        if header.alg != "RS256" {
            return Err("algorithm");
        }
        if header.typ.is_some_and(|typ| typ != "JWT") {
            return Err("type");
        }
        if FORBIDDEN.iter().any(|name| told.get(name).is_some()) {
            return Err("brings its own key or demands");
        }
        if header.cat.is_some_and(|cat| cat != SESSION_CLASS) {
            return Err("class");
        }
        let told = form::only(CLAIMS, &part(claims)?).map_err(|_| "claims unreadable")?;
        let claims = Claims::of(&told).ok_or("claims unreadable")?;
        Ok(Self { kid: header.kid, signed: signed.as_bytes(), signature: part(signature)?, claims })
    }

    /// Everything but the signature and the expiry, which is told apart only to who holds a true token.
    pub fn judge(&self, expected: &Expected) -> Result<Session, Flaw> {
        let claims = &self.claims;
        if claims.iss != expected.issuer {
            return Err("issuer");
        }
        if !claims.azp.as_ref().is_some_and(|azp| expected.parties.contains(azp)) {
            return Err("party");
        }
        if claims.sts.as_ref().is_some_and(|status| status != "active") {
            return Err("status");
        }
        let latest = expected.now.plus(SKEW);
        if [claims.nbf, claims.iat].into_iter().flatten().any(|at| Millis::of_seconds(at) > latest) {
            return Err("not yet valid");
        }
        let organisation = match claims.v {
            Some(2) => claims.o.as_ref().map(|org| org.id.clone()),
            None | Some(1) => claims.org_id.clone(),
            Some(_) => return Err("version"),
        };
        let user = UserId::parse(&claims.sub).ok_or("subject")?;
        Ok(Session { user, organisation, actor: claims.act.as_ref().map(|actor| actor.sub.clone()) })
    }

    pub fn expired(&self, now: Millis) -> bool {
        Millis::of_seconds(self.claims.exp).plus(SKEW) <= now
    }
}

fn part(text: &str) -> Result<Vec<u8>, Flaw> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| "not base64url")
}

#[cfg(test)]
mod tests;
