-- What Clerk tells by its events: people, organisations, memberships. Events come late, twice and in any order: newer
-- facts win by Clerk's own time, and a tombstone (deleted_at) is final. A tombstone keeps the id and nothing else.

-- From here on a person's id may also come from a signed event of Clerk's.
alter table users add column deleted_at integer;
-- JSON array: who may claim the welcome credits, as HMACs of the verified, normalised e-mail, one for each secret in
-- use. Null until such an address is known.
alter table users add column claim_hmacs text;

create table organisations (
    id text primary key not null,
    name text,                             -- null in a tombstone
    slug text,                             -- null also where the instance has slugs switched off
    updated_at integer,                    -- Clerk's own time of the facts above; newer wins
    deleted_at integer
) strict, without rowid;

create table memberships (
    id text primary key not null,
    organisation_id text,                  -- no foreign key: a membership may be told before its organisation
    user_id text,
    role text,                             -- in Clerk's word, with org: before it
    updated_at integer,
    deleted_at integer
) strict, without rowid;
create index memberships_of_organisation on memberships (organisation_id) where organisation_id is not null;
create index memberships_of_user on memberships (user_id) where user_id is not null;

-- The log of webhooks, written with or after the effect: what was taken, never what stood in it.
create table webhook_events (
    provider text not null,
    id text not null,                      -- the provider's own name of the message, alike in each delivery
    type text not null,
    object_id text,
    outcome text not null,
    at integer not null,                   -- our clock, at the first delivery that was taken
    primary key (provider, id)
) strict, without rowid;
create index webhook_events_at on webhook_events (at);

-- Who has had the welcome credits. Survives the person: a deleted account does not earn them again.
create table welcome_claims (
    hmac text primary key not null,
    owner text not null,
    claimed_at integer not null
) strict, without rowid;
