-- The assembly and what leads up to it: what may not be amended, what came in against the rules, what the hall is shown,
-- and which periods were told of. Moments are UTC ISO texts.

-- What nobody may propose anything about: whole sections, and single blocks.
ALTER TABLE sections ADD COLUMN amendable INTEGER NOT NULL DEFAULT 1 CHECK (amendable IN (0, 1));
CREATE TABLE closed_blocks (
    block_id INTEGER PRIMARY KEY REFERENCES blocks (id)
) STRICT;

-- Why a proposal that came from outside waits for a person, whatever the rules say of others.
ALTER TABLE amendments ADD COLUMN objection TEXT CHECK (objection IN ('late', 'not amendable'));

-- What the hall was shown, in order. What was decided about it since has a later id than `after_decision`.
CREATE TABLE showings (
    id INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meetings (id),
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    after_decision INTEGER NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX showings_of_meeting ON showings (meeting_id, id);

-- Up to which moments members were told of, or would have been had anything happened: each once.
CREATE TABLE digests (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    until TEXT NOT NULL,
    PRIMARY KEY (programme_id, until)
) STRICT, WITHOUT ROWID;
