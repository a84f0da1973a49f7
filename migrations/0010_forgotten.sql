-- What interviews that were deleted have cost: the fuse counts them like the others. Nobody stands in it, and it goes
-- after a day.
create table forgotten (
    session text primary key not null,
    ended_at integer not null,
    free integer not null,                 -- 1: it began, and nobody paid for it
    cost integer not null                  -- in millionths of a dollar
) strict, without rowid;
