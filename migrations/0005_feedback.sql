-- Reports on interviews. What belongs to an interview goes with it, however it goes.
create table feedback (
    session text not null references sessions (id) on delete cascade,
    rubric text not null,                  -- the version of the criteria
    person text not null,
    state text not null,                   -- waiting, scoring, scored or failed
    tries integer not null,
    until integer not null,                -- while one try is under way no other begins, up to here
    failure text,                          -- what the last try failed of
    counts text not null,                  -- what we count ourselves, JSON
    report text,                           -- JSON, as the page shows it
    model text,                            -- who judged; null where nothing could be judged
    prompt text,                           -- what they were told, word for word
    scored_at integer,
    primary key (session, rubric)
) strict, without rowid;

create index feedback_of_a_person on feedback (person, session);

-- The grades once more, for curves; and what the person says to each.
create table feedback_scores (
    session text not null,
    rubric text not null,
    criterion text not null,
    grade integer,                         -- null: nothing that was said supports one
    objection text,
    objected_at integer,
    primary key (session, rubric, criterion),
    foreign key (session, rubric) references feedback (session, rubric) on delete cascade
) strict, without rowid;

-- How long the person was silent before they answered, where that was measured.
alter table transcript_lines add column waited_ms integer;
