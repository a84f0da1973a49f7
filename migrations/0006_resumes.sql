-- Resumes. Everybody has one at most: a new one takes the place of the old.
create table resumes (
    person text primary key not null,
    id text not null,                      -- of this one, so that an interview that names it means no later one
    name text,                             -- of the file, as its owner calls it
    type text not null,                    -- pdf, docx or text: by what stands in it
    bytes integer not null,
    file text,                             -- the key of the stored file; null: there was only text
    text text not null,                    -- what can be read in it, cleaned
    uploaded_at integer not null,
    analysis text,                         -- JSON: what a model found and the text bears out; null: nobody has asked
    analysed_by text,                      -- that model's own name
    analysed_at integer
) strict;

-- Stored files that are to be deleted. A key stands here before anything is stored under it, and until a resume names
-- it: whatever breaks off in between, no file is left that nobody knows of.
create table doomed_files (
    key text primary key not null,
    person text not null,                  -- whose it is: they are told that it is gone only when it is
    after integer not null                 -- not before: its upload may be under way
) strict, without rowid;

create index doomed_files_by_time on doomed_files (after);
create index doomed_files_of_a_person on doomed_files (person);

-- What other services were asked for a person on one day, which costs us. Outlives the resume: a new one does not start
-- the day anew.
create table resume_questions (
    person text primary key not null,
    day integer not null,
    count integer not null
) strict, without rowid;

create index resume_questions_by_day on resume_questions (day);
