-- What is spent, and what keeps it from being too much; what the cron has found out about the world.

-- 1: nobody paid for it, no plan covered it, and its payer had never bought anything.
alter table sessions add column free integer not null default 0;

-- What all interviews of the last 24 hours came to, as the cron weighed it, and whether no more may begin. One row.
create table fuse (
    one integer primary key not null check (one = 1),
    weighed_at integer not null,
    free_starts integer not null,          -- interviews that began and that nobody paid for
    cost integer not null,                 -- in millionths of a dollar
    free_blown integer not null,           -- 1: none begins that nobody pays for
    spend_blown integer not null           -- 1: none begins at all
) strict;

-- The models that this house speaks with, as OpenAI's list told of them last.
create table models (
    model text primary key not null,
    listed integer not null,               -- 0: the list did not have it
    shutdown text,                         -- the day on which it ends, where OpenAI has said one
    told_at integer not null
) strict, without rowid;

-- What operators were warned of, once each: so many days before a model ends; 0: it is gone.
create table model_warnings (
    model text not null,
    days integer not null,
    shutdown text not null,                -- another day is another warning; empty: not on the list
    at integer not null,
    primary key (model, days, shutdown)
) strict, without rowid;

-- When the cron did something last, and how far it came.
create table cron_marks (
    what text primary key not null,
    at integer not null
) strict, without rowid;

-- Interviews that were settled, by their time: their Rooms must have told this database of them.
create index entries_of_ends on entries (at) where kind in ('interview', 'void');
