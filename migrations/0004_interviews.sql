-- Interviews that are over: their Rooms write them here, once, and forget them. An open one is known to its Room and to
-- its payer's Wallet alone.
create table sessions (
    id text primary key not null,
    person text not null,                  -- who talked
    payer text not null,                   -- whose credits: the same, or an organisation
    job_title text not null,
    job_description text,
    company text,
    level text not null,
    focus text not null,
    language text not null,
    persona text not null,
    minutes integer not null,              -- what was chosen
    seconds integer not null,              -- what was held for
    model text not null,
    opened_at integer not null,
    began_at integer,                      -- the interviewer's first words
    ended_at integer not null,
    ending text not null,
    heard_ms integer not null,             -- how long they talked
    charged integer not null,              -- in milli-credits
    speaks integer not null,               -- 0: a person without a microphone, who typed
    relayed integer not null,              -- 1: something that counts was told by the browser alone
    text_in integer not null,              -- tokens, as OpenAI counted them
    text_cached integer not null,
    audio_in integer not null,
    audio_cached integer not null,
    text_out integer not null,
    audio_out integer not null,
    transcribed_ms integer not null,       -- transcription billed by time
    transcribed_tokens integer not null,   -- and by tokens
    cost integer not null,                 -- in millionths of a dollar, by the price table of that day
    archived_at integer not null
) strict, without rowid;

create index sessions_of_a_person on sessions (person, opened_at desc, id);
create index sessions_by_age on sessions (ended_at);

create table transcript_lines (
    session text not null,
    number integer not null,               -- the order in which they were said
    item text not null,
    speaker text not null,
    text text not null,
    mark text not null,                    -- final, partial, interrupted or failed
    at_ms integer not null,                -- from the interviewer's first words
    end_ms integer not null,
    source text not null,                  -- sideband, or relay: told by the browser
    typed integer not null,
    primary key (session, number)
) strict, without rowid;

create table session_events (
    session text not null,
    number integer not null,
    at integer not null,
    what text not null,
    primary key (session, number)
) strict, without rowid;
