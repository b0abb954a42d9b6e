-- What a plan needs to tell what stood, a text that is fixed with the edits that wait for a person, and runs of the
-- mirror long enough to be told about. Moments are UTC ISO texts.

-- The plain words that were shown, one for each block in `layout`. NULL: not known, or nothing that is diffed.
ALTER TABLE resources ADD COLUMN words TEXT CHECK (words IS NULL OR json_valid(words));

-- The text is fixed from `fixed_at` to `released_at`: edits on the forum wait for the secretary.
CREATE TABLE fixations (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    fixed_at TEXT NOT NULL,
    fixed_by TEXT,
    fixed_by_id INTEGER,
    released_at TEXT,
    released_by TEXT,
    released_by_id INTEGER,
    reason TEXT,
    CHECK ((released_at IS NULL) = (reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX fixations_in_force ON fixations (programme_id) WHERE released_at IS NULL;

-- The newest text that the forum has of a section and the programme has not. `left_at`: a person let it be.
CREATE TABLE waiting_texts (
    section_id INTEGER PRIMARY KEY REFERENCES sections (id),
    digest TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    noticed_at TEXT NOT NULL,
    left_at TEXT
) STRICT;

-- A run that a person asked for, or that changes much. `ended_at` is NULL until its last word was said.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    started_at TEXT NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    total INTEGER NOT NULL CHECK (total > 0),
    told INTEGER NOT NULL CHECK (told IN (0, 1)), -- whether the log channel hears of it
    ended_at TEXT
) STRICT;
CREATE UNIQUE INDEX runs_under_way ON runs (programme_id) WHERE ended_at IS NULL;
