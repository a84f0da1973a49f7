-- The queryable copy of all books. The Wallets are the authority: nothing here has a check that they lack, so that
-- whatever they wrote can be written here.
create table entries (
    owner text not null,
    seq integer not null,                  -- the entry's number in its own book
    at integer not null,
    kind text not null,
    key text,                              -- what makes a repeat a repeat
    fingerprint text not null,
    user integer not null,                 -- the change of each account, in milli-credits; their sum is zero
    held integer not null,
    earned integer not null,
    granted integer not null,
    bought integer not null,
    refunded integer not null,
    owed integer not null,
    user_after integer not null,
    held_after integer not null,
    owed_after integer not null,
    reference text,
    reason text,
    actor text,                            -- the operator, where one did it
    seconds integer,
    hash text not null,                    -- of this entry and, by the one before, of all before it
    primary key (owner, seq)
) strict, without rowid;

create table wallets (
    owner text primary key not null,
    seq integer not null,                  -- newer wins: an old message changes nothing
    user integer not null,
    held integer not null,
    owed integer not null,
    premium_until integer,
    closed_at integer,
    told_at integer not null               -- when the Wallet told us last
) strict, without rowid;

-- What the reconciliation found, wallet by wallet.
create table ledger_checks (
    owner text primary key not null,
    checked_at integer not null,
    parked integer not null,               -- entries that this database did not take
    problem text                           -- null: the book is true and this copy says the same
) strict, without rowid;

create index ledger_problems on ledger_checks (checked_at) where problem is not null;
create index ledger_parked on ledger_checks (owner) where parked > 0;

-- How far the nightly reconciliation has come, a row a day.
create table ledger_rounds (
    day text primary key not null,
    started_at integer not null,
    upto text not null,                    -- the last owner that was checked
    checked integer not null,
    different integer not null,
    finished_at integer
) strict, without rowid;
