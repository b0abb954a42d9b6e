-- Keeping step with the forum: what is missing there and since when, what its lists showed last, how each pass went,
-- and what a person must look at. Moments are UTC ISO texts.

-- What is gone keeps its row: its code and its amendments' references were issued for good. `erased_at` is when its
-- words were taken out of this file.
ALTER TABLE chapters ADD COLUMN gone_at TEXT;
ALTER TABLE chapters ADD COLUMN erased_at TEXT;
ALTER TABLE sections ADD COLUMN gone_at TEXT;
ALTER TABLE sections ADD COLUMN erased_at TEXT;
ALTER TABLE contributions ADD COLUMN gone_at TEXT;
ALTER TABLE contributions ADD COLUMN erased_at TEXT;

-- The sections of the programme today: those that are gone are not, nor those whose topic is a reply now.
CREATE VIEW standing_sections AS
SELECT s.* FROM sections AS s
WHERE s.gone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM contributions AS c WHERE c.programme_id = s.programme_id AND c.post_id = s.post_id
);

-- Suspected missing. Forums and posts share one id space. `full_at` is when a complete full reading first agreed.
CREATE TABLE absences (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    post_id INTEGER NOT NULL,
    noticed_at TEXT NOT NULL,
    full_at TEXT,
    PRIMARY KEY (programme_id, post_id)
) STRICT, WITHOUT ROWID;

-- What the forum's lists showed of a topic when it was last read: a digest that changes when the topic did.
CREATE TABLE listings (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    post_id INTEGER NOT NULL,
    mark TEXT NOT NULL,
    protected INTEGER NOT NULL CHECK (protected IN (0, 1)),
    PRIMARY KEY (programme_id, post_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE passes (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    kind TEXT NOT NULL CHECK (kind IN ('quick', 'full')),
    started_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    pages INTEGER NOT NULL,
    posts INTEGER NOT NULL,
    changes TEXT NOT NULL CHECK (json_valid(changes)), -- how many of each action
    troubles TEXT NOT NULL CHECK (json_valid(troubles)),
    waiting INTEGER NOT NULL -- removals that wait for a person's word
) STRICT;
CREATE INDEX passes_in_order ON passes (programme_id, id);

CREATE TABLE flags (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    reason TEXT NOT NULL CHECK (reason IN ('edited', 'unmade', 'moved', 'gone', 'stale')),
    noted_at TEXT NOT NULL,
    settled_at TEXT
) STRICT;
CREATE UNIQUE INDEX flags_open ON flags (amendment_id, reason) WHERE settled_at IS NULL;
CREATE INDEX flags_of_programme ON flags (programme_id, id) WHERE settled_at IS NULL;
