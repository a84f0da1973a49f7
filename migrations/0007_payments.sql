-- Who is who at Stripe. Goes with the person, once their plan has been cancelled there.
create table customers (
    person text primary key not null,
    customer text not null unique,         -- cus_…
    at integer not null
) strict, without rowid;

-- Which terms somebody has agreed to, before they first paid by them.
create table consents (
    person text not null,
    version text not null,
    at integer not null,
    primary key (person, version)
) strict, without rowid;

-- Visits to the checkout, for the page that waits for what comes of one. The Wallet alone decides what was bought.
create table checkouts (
    id text primary key not null,          -- cs_…
    person text not null,
    product text not null,
    state text not null,                   -- waiting, done, failed, expired
    at integer not null
) strict, without rowid;
create index checkouts_of_person on checkouts (person);
create index checkouts_at on checkouts (at);

-- How a person's plan stood when Stripe was asked last. The Wallet alone decides what it covers.
create table plans (
    person text primary key not null,
    product text not null,
    state text not null,                   -- renews, ends, failed, back, over
    until integer not null,
    amount integer,                        -- in the smallest unit of the currency
    currency text,
    as_of integer not null                 -- newer wins
) strict, without rowid;

-- Webhooks that came to nothing so far: a row goes when the sender's next try has its effect.
create table webhook_failures (
    provider text not null,
    id text not null,
    type text not null,
    at integer not null,                   -- of the first try
    tries integer not null,
    why text not null,
    primary key (provider, id)
) strict, without rowid;
create index webhook_events_of on webhook_events (provider, at);

-- How far the day's comparison with Stripe's events has come.
create table payment_rounds (
    day text primary key not null,
    upto text,                             -- the last event that was compared, newest first
    events integer not null,
    different integer not null,
    finished_at integer
) strict, without rowid;

-- What the last comparison found.
create table payment_differences (
    id text primary key not null,          -- of the event or the visit
    owner text,
    what text not null,
    found_at integer not null
) strict, without rowid;
create index wallets_closed on wallets (closed_at) where closed_at is not null;
create index webhook_events_about on webhook_events (object_id) where provider = 'stripe';
create index purchases_at on entries (at) where kind = 'purchase';
