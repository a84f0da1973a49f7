//! Port `Rooms` on the platform's objects: one for each interview, found by its id.

use worker::Env;

use super::isolate;
use super::objects::{Objects, Silence};
use super::world::PlatformWorld;
use crate::coach::resume;
use crate::domain::failure::Fault;
use crate::domain::form;
use crate::domain::id::{SessionId, UserId};
use crate::domain::millis::Millis;
use crate::interview::past;
use crate::interview::room::command::{Letter, Reply};
use crate::ops::connection;
use crate::port::rooms::{Rooms, Word};

/// How long a Wallet waits for a Room's word.
const WORD_LIMIT: Millis = Millis::of_seconds(5);

pub struct RoomObjects {
    env: Env,
    objects: Objects,
}

impl RoomObjects {
    pub fn of(env: Env) -> Self {
        Self { objects: Objects::of(env.clone(), "ROOM"), env }
    }
}

impl Rooms for RoomObjects {
    async fn ask(&self, session: &SessionId, question: String, limit: Millis) -> Result<String, Fault> {
        self.objects.ask(session.as_str(), &question, limit).await.map_err(|silence| match silence {
            Silence::Unknown(why) => Fault::Room { why },
            Silence::Bug(why) => Fault::Bug { why },
        })
    }

    async fn end(&self, session: &SessionId) -> Result<Word, Fault> {
        let letter = serde_json::to_string(&Letter::Stop).map_err(|error| Fault::Bug { why: error.to_string() })?;
        let reply = self.ask(session, letter, WORD_LIMIT).await?;
        match form::read(&reply) {
            Ok(Reply::Word(word)) => Ok(word),
            _ => Err(Fault::Room { why: "an answer to something else".to_owned() }),
        }
    }

    async fn forget(&self, person: &UserId) -> Result<(), Fault> {
        let isolate = isolate::isolate(&self.env).map_err(|_| Fault::Bug { why: "no configuration".to_owned() })?;
        let world = PlatformWorld::of(&self.env, isolate);
        past::forget(&world, person).await?;
        connection::forget(&world, person).await?;
        resume::forget(&world, person).await
    }
}
