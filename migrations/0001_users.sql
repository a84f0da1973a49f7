-- People as the queryable copy knows them. Clerk is the authority for name, e-mail and picture.
create table users (
    id text primary key not null,          -- Clerk's id, taken from a verified token only
    email text,                            -- null until Clerk has told us
    name text,
    image_url text,
    created_at integer not null,           -- milliseconds, our clock
    asked_at integer not null,             -- when we last asked Clerk: a slow Clerk is asked once a minute
    clerk_updated_at integer               -- Clerk's own time of the facts above; newer wins, null: never told
) strict, without rowid;
