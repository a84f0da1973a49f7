-- What the connection lab measured, for whoever helps a person: kinds, counts and times, no address. An operator opens
-- one by its code, and does not learn whose it is.
create table connection_checks (
    code text primary key not null,
    person text not null,                  -- so that it goes with the account, and nobody fills the table
    told text not null,                    -- JSON, as ops::connection::measured wrote it
    at integer not null
) strict, without rowid;

create index connection_checks_of_person on connection_checks (person);
create index connection_checks_at on connection_checks (at);
