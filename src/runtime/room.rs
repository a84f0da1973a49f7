//! The shell of the Room object: what arrives goes to the interview room, with the platform around it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_channel::oneshot;
use worker::{DurableObject, Env, Request, Response, ResponseBody, State, durable_object, wasm_bindgen};

use super::calls::{FetchCalls, Socket};
use super::isolate;
use super::storage::Storage;
use super::watchers;
use super::world::PlatformWorld;
use crate::coach::{resume, score};
use crate::domain::failure::Fault;
use crate::domain::id::{ResumeId, SessionId, UserId};
use crate::interview::room::{self, Host, Memory, News, Score};
use crate::port::{Object, Within};

#[durable_object(alarm)]
pub struct Room {
    shared: Rc<Shared>,
}

/// What a task of this object may outlive a request with.
struct Shared {
    state: State,
    storage: Storage,
    env: Env,
    memory: RefCell<Memory<Socket>>,
    listening: Cell<bool>,
}

impl DurableObject for Room {
    fn new(state: State, env: Env) -> Self {
        let storage = Storage::of(&state);
        Self { shared: Rc::new(Shared { state, storage, env, memory: RefCell::default(), listening: Cell::default() }) }
    }

    /// Whoever wants to watch gets a socket, which the platform keeps while this object sleeps. Else:
    /// the letter is dealt with in a task of its own: whoever gives up waiting ends nothing of it.
    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        if request.headers().get("upgrade")?.is_some() {
            return self.watch(&request);
        }
        let letter = request.text().await?;
        listen(&self.shared);
        let world = self.world()?;
        let (answered, answer) = oneshot::channel();
        self.shared.state.wait_until(async move {
            // Whoever asked may have gone.
            room::receive(&world, &letter, |reply| drop(answered.send(reply))).await;
        });
        let reply = answer.await.unwrap_or_else(|_| Err(Fault::Bug { why: "no reply".to_owned() }));
        listen(&self.shared);
        match reply {
            Ok(reply) => Response::from_body(ResponseBody::Body(reply.into_bytes())),
            // A bug of ours is told apart from what may work another time.
            Err(fault @ Fault::Bug { .. }) => Response::error(fault.reason(), 500),
            Err(fault) => Response::error(fault.reason(), 503),
        }
    }

    async fn alarm(&self) -> worker::Result<Response> {
        listen(&self.shared);
        match room::ring(&self.world()?).await {
            Ok(()) => Response::empty(),
            // Only when the storage itself fails: then the platform rings again.
            Err(fault) => Err(worker::Error::RustError(fault.reason())),
        }
    }
}

impl Room {
    fn world(&self) -> worker::Result<RoomWorld> {
        RoomWorld::of(&self.shared)
    }

    fn watch(&self, request: &Request) -> worker::Result<Response> {
        let address = request.inner().url();
        let asked = address.split_once("?person=").and_then(|(_, rest)| rest.split_once("&after="));
        let asked = asked.and_then(|(person, after)| Some((UserId::parse(person)?, after.parse().ok()?)));
        let Some((person, after)) = asked else { return Response::empty().map(|answer| answer.with_status(404)) };
        let Ok(Some(picture)) = room::picture(&self.world()?, &person, after) else {
            return Response::empty().map(|answer| answer.with_status(404));
        };
        Ok(watchers::accept(&self.shared.state, &picture)?.into())
    }
}

/// Sees to it that somebody listens on the sideband, if there is one. Held by the object, not by the request.
fn listen(shared: &Rc<Shared>) {
    let Ok(world) = RoomWorld::of(shared) else { return };
    if shared.listening.get() || !room::wants_to_listen(&world) {
        return;
    }
    shared.listening.set(true);
    shared.state.wait_until(async move {
        room::listen(&world).await;
        world.shared.listening.set(false);
    });
}

/// The world around one letter, one ring, or one ear.
struct RoomWorld {
    world: PlatformWorld,
    shared: Rc<Shared>,
}

impl RoomWorld {
    fn of(shared: &Rc<Shared>) -> worker::Result<Self> {
        let isolate = isolate::isolate(&shared.env)?;
        Ok(Self { world: PlatformWorld::of(&shared.env, isolate), shared: shared.clone() })
    }
}

impl Within for RoomWorld {
    type World = PlatformWorld;

    fn world(&self) -> &PlatformWorld {
        &self.world
    }
}

impl Object for RoomWorld {
    type Sql = Storage;

    fn sql(&self) -> &Storage {
        &self.shared.storage
    }
}

impl Host for RoomWorld {
    type Calls = FetchCalls;

    fn calls(&self) -> &FetchCalls {
        &FetchCalls
    }

    fn memory(&self) -> &RefCell<Memory<Socket>> {
        &self.shared.memory
    }

    fn show(&self, news: &dyn Fn(i64) -> Option<News>) {
        watchers::show(&self.shared.state, news);
    }

    async fn resume(&self, person: &UserId, resume: &ResumeId) -> Result<Option<String>, Fault> {
        resume::text_for(&self.world, person, resume).await
    }

    async fn score(&self, session: &SessionId, person: &UserId) -> Result<Score, Fault> {
        score::by_room(&self.world, session, person).await
    }
}
