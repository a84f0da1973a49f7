//! Clerk, played: it knows people and an organisation, answers when asked, and tells what happens late, twice, in any
//! order, until it is told yes. Some who write to us are not Clerk.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value as Json, json};
use vocahire::domain::failure::{Failure, Refusal};
use vocahire::ops::deletion;
use vocahire::people::events::{self, Taken};
use vocahire::port::clock::Clock;
use vocahire::port::http::{HttpFailure, Reply as HttpReply};
use vocahire::upstream::svix::Stamp;

use super::ports::Seat;
use super::sim::{OWNERS, PEOPLE, Sim};

pub const WEBHOOK_SECRET: &str = "whsec_Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5";

struct Person {
    name: usize,
    updated_at: i64,
    deleted: bool,
}

#[derive(Clone)]
struct Event {
    id: String,
    body: String,
    /// Whoever is to know it has said so.
    acknowledged: Rc<Cell<bool>>,
}

pub struct Clerk {
    people: RefCell<Vec<Person>>,
    /// The organisation's name, by number, and when it got it.
    organisation: Cell<(usize, i64)>,
    events: RefCell<Vec<Event>>,
    /// The last person has the same mailbox as the first.
    shared: bool,
}

impl Clerk {
    pub fn new(shared: bool) -> Self {
        let people = (0..PEOPLE).map(|name| Person { name, updated_at: 1, deleted: false }).collect();
        let organisation = Cell::new((0, 0));
        Self { people: RefCell::new(people), organisation, events: RefCell::default(), shared }
    }

    fn mailbox(&self, person: usize) -> usize {
        if self.shared && person == PEOPLE - 1 { 0 } else { person }
    }

    /// Whether somebody else could have had this person's welcome.
    pub fn shares(&self, person: usize) -> bool {
        (0..PEOPLE).any(|other| other != person && self.mailbox(other) == self.mailbox(person))
    }

    pub fn has_deleted(&self, person: usize) -> bool {
        self.people.borrow().get(person).is_some_and(|person| person.deleted)
    }

    fn describe(&self, number: usize) -> Json {
        let (people, mailbox) = (self.people.borrow(), self.mailbox(number));
        let email =
            if mailbox == number { format!("p{number}@example.test") } else { format!("P{mailbox}+b@example.test") };
        json!({ "id": OWNERS[number], "first_name": format!("name {}", people[number].name), "last_name": null,
            "image_url": null, "updated_at": people[number].updated_at, "primary_email_address_id": "e",
            "email_addresses": [{ "id": "e", "email_address": email, "verification": { "status": "verified" } }] })
    }
}

fn happens(sim: &Sim, kind: &str, data: &Json) {
    let body = json!({ "object": "event", "type": kind, "data": data, "timestamp": 1, "instance_id": "ins_1" });
    let event = Event { id: format!("msg_{}", sim.number()), body: body.to_string(), acknowledged: Rc::default() };
    sim.say(|| format!("Clerk will tell {} {kind}", event.id));
    sim.clerk.events.borrow_mut().push(event);
}

/// Something happens at Clerk, or Clerk tells something.
pub fn act(sim: &Rc<Sim>) {
    let (clerk, person) = (&sim.clerk, sim.chance.below(PEOPLE));
    match sim.chance.below(12) {
        0..2 => {
            {
                let mut people = clerk.people.borrow_mut();
                let updated_at = people[person].updated_at + 1;
                people[person] = Person { name: sim.number(), updated_at, ..people[person] };
            }
            if !clerk.has_deleted(person) {
                happens(sim, "user.updated", &clerk.describe(person));
            }
        }
        2 => {
            let (name, updated_at) = (sim.number(), clerk.organisation.get().1 + 1);
            clerk.organisation.set((name, updated_at));
            let data = json!({ "id": "org_1", "name": format!("name {name}"), "slug": null, "updated_at": updated_at });
            happens(sim, "organization.updated", &data);
        }
        3 if sim.chance.one_in(4) => delete(sim, person),
        _ => {
            let events = clerk.events.borrow();
            if !events.is_empty() {
                let late = events.len().saturating_sub(6);
                let event =
                    if sim.chance.one_in(4) { sim.chance.pick(&events) } else { sim.chance.pick(&events[late..]) };
                tell(sim, event.clone());
            }
        }
    }
}

/// A person ends their account over there, and we are told at once.
pub fn end(sim: &Rc<Sim>, person: usize) {
    delete(sim, person);
    let newest = sim.clerk.events.borrow().last().cloned();
    newest.into_iter().for_each(|event| tell(sim, event));
}

fn delete(sim: &Sim, person: usize) {
    if !std::mem::replace(&mut sim.clerk.people.borrow_mut()[person].deleted, true) {
        happens(sim, "user.deleted", &json!({ "id": OWNERS[person], "object": "user", "deleted": true }));
    }
}

/// What Clerk's API says of a person.
pub fn answer(sim: &Sim, method: &str, url: &str) -> Result<HttpReply, HttpFailure> {
    let number = OWNERS.iter().position(|owner| url.ends_with(owner)).expect("a person of this history");
    let reply = |status, body: Json| Ok(HttpReply { status, body: body.to_string().into_bytes() });
    if sim.clerk.has_deleted(number) {
        return reply(404, json!({}));
    }
    if method == "DELETE" {
        delete(sim, number);
        return reply(200, json!({ "id": OWNERS[number], "object": "user", "deleted": true }));
    }
    reply(200, sim.clerk.describe(number))
}

fn sign(id: &str, sent: i64, body: &str, secret: &str) -> String {
    let key = STANDARD.decode(secret.trim_start_matches("whsec_")).unwrap();
    let mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    format!("v1,{}", STANDARD.encode(mac.chain_update(format!("{id}.{sent}.{body}")).finalize().into_bytes()))
}

/// One delivery: true, or forged in one of four ways.
fn tell(sim: &Rc<Sim>, event: Event) {
    let seat = Seat::of_client(sim);
    let forged = if sim.calm.get() { 9 } else { sim.chance.below(24) };
    sim.executor.spawn(seat.errand.place.clone(), async move {
        seat.point("a webhook arrives").await;
        let Event { id, mut body, acknowledged } = event;
        let now = seat.now().count() / 1000;
        let sent = match forged {
            0 => now - 301,
            1 => now + 302,
            _ => now,
        };
        let secret = if forged == 2 { "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" } else { WEBHOOK_SECRET };
        let signature = sign(&id, sent, &body, secret);
        if forged == 3 {
            body = body.replacen("name", "Name", 1).replacen("true", "true ", 1);
        }
        let header = |name: &str| match name {
            "svix-id" => Some(id.clone()),
            "svix-timestamp" => Some(sent.to_string()),
            "svix-signature" => Some(signature.clone()),
            _ => None,
        };
        let before = seat.sim.d1.total_changes();
        let done = take(&seat, Stamp::find(header).as_ref(), body.as_bytes()).await;
        if forged < 4 {
            seat.sim.tally.count("webhook", "forged");
            let refused = matches!(done, Err(Failure::Refused(Refusal::BadSignature { .. })));
            assert!(refused && seat.sim.d1.total_changes() == before, "truth 7: {done:?} to a forged {body}");
            return;
        }
        match done {
            Ok(what) => {
                seat.sim.tally.count("webhook", if acknowledged.replace(true) { "told twice" } else { what });
            }
            Err(Failure::Broken(_)) => seat.sim.tally.count("webhook", "not taken: told again"),
            Err(refused) => panic!("truth 7: {refused:?} to {body}"),
        }
    });
}

/// As the Worker's verb does it.
async fn take(seat: &Seat, stamp: Option<&Stamp>, body: &[u8]) -> Result<&'static str, Failure> {
    Ok(match events::take(seat, stamp, body).await? {
        Taken::Stored => "stored",
        Taken::Ignored => "ignored",
        Taken::Deleted(wish) => {
            deletion::by_clerk(seat, &wish.user).await?;
            events::deleted(seat, &wish).await?;
            "deleted"
        }
    })
}

/// Clerk tells what nobody has acknowledged yet. False: there was nothing.
pub fn tell_the_rest(sim: &Rc<Sim>) -> bool {
    let open = |event: &&Event| !event.acknowledged.get();
    let left: Vec<Event> = sim.clerk.events.borrow().iter().filter(open).cloned().collect();
    let any = !left.is_empty();
    left.into_iter().for_each(|event| tell(sim, event));
    any
}

/// Truth 7 at the end: of each person and the organisation D1 knows the newest, and nothing of who is gone.
pub fn known_to_d1(sim: &Sim) {
    let clerk = &sim.clerk;
    for event in clerk.events.borrow().iter() {
        let sql = "select count(*) from webhook_events where id = ?1";
        let logged = sim.d1.query_row(sql, [&event.id], |row| row.get::<_, i64>(0));
        assert_eq!(logged, Ok(1), "truth 7: {}", event.body);
    }
    for (person, owner) in clerk.people.borrow().iter().zip(OWNERS) {
        let sql = "select name, deleted_at is not null from users where id = ?1";
        let found =
            sim.d1.query_row(sql, [owner], |row| Ok((row.get::<_, Option<String>>(0)?, row.get::<_, bool>(1)?)));
        match found {
            Ok((name, gone)) if person.deleted => assert!(gone && name.is_none(), "truth 7: {owner} is gone"),
            Ok((name, gone)) => {
                let newest = name == Some(format!("name {}", person.name));
                assert!(!gone && newest, "truth 7: {owner} is {name:?}, gone {gone}, not name {}", person.name);
            }
            Err(_) => assert!(person.updated_at == 1 && !person.deleted, "truth 7: nobody knows {owner}"),
        }
    }
    let (name, updated_at) = clerk.organisation.get();
    if updated_at > 0 {
        let found = sim.d1.query_row("select name from organisations where id = 'org_1'", [], |row| row.get(0));
        assert_eq!(found, Ok(format!("name {name}")), "truth 7: the organisation");
    }
}
