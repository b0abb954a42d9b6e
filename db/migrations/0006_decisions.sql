-- From idea to decision: phases and deadlines, advice, decisions with votes, co-proposers, merging, repair, and what
-- members chose for themselves. Moments are UTC ISO texts. Who supports what stays in `supports` alone.

-- What a number of supporters became once their names were no longer needed; and which amendment took this one in.
ALTER TABLE amendments ADD COLUMN reduced_support INTEGER NOT NULL DEFAULT 0 CHECK (reduced_support >= 0);
ALTER TABLE amendments ADD COLUMN merged_into INTEGER REFERENCES amendments (id);
-- Until when what the secretary gave back can be handed in again, whatever the deadline.
ALTER TABLE amendments ADD COLUMN repair_until TEXT;
CREATE INDEX amendments_by_status ON amendments (programme_id, status, id);
CREATE INDEX supports_of_member ON supports (member_id);

-- When each phase began, or is planned to. The phase of a programme is the one that was entered last.
CREATE TABLE phases (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    phase TEXT NOT NULL CHECK (phase IN ('discussion', 'amending', 'committee', 'assembly', 'adopted')),
    begins_at TEXT NOT NULL,
    PRIMARY KEY (programme_id, phase)
) STRICT, WITHOUT ROWID;
CREATE TABLE phase_changes (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    phase TEXT NOT NULL CHECK (phase IN ('discussion', 'amending', 'committee', 'assembly', 'adopted')),
    at TEXT NOT NULL,
    actor TEXT,
    actor_id INTEGER,
    reason TEXT
) STRICT;
CREATE INDEX phase_changes_in_order ON phase_changes (programme_id, id);
CREATE TABLE deadlines (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    name TEXT NOT NULL CHECK (name IN ('propose', 'support', 'discuss')),
    at TEXT NOT NULL,
    PRIMARY KEY (programme_id, name)
) STRICT, WITHOUT ROWID;

-- Advice that only committee and secretary see. `text` is how the amendment would read as modified.
CREATE TABLE advice_drafts (
    amendment_id INTEGER PRIMARY KEY REFERENCES amendments (id),
    advice TEXT NOT NULL CHECK (advice IN (
        'adopt', 'adopt as modified', 'advise against', 'leave to the assembly', 'editorial'
    )),
    explanation TEXT NOT NULL,
    text TEXT,
    at TEXT NOT NULL,
    author TEXT,
    author_id INTEGER
) STRICT;
-- What belongs to the published advice, which itself is in `amendments`; and what the proposer says of it.
CREATE TABLE published_advice (
    amendment_id INTEGER PRIMARY KEY REFERENCES amendments (id),
    text TEXT,
    version INTEGER NOT NULL, -- of the amendment that was advised on
    published_at TEXT NOT NULL,
    answer TEXT CHECK (answer IN ('agree', 'disagree')),
    answered_at TEXT,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

-- Every outcome with its votes, if they were counted. One that was undone stays, marked.
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    before TEXT NOT NULL, -- the status that an undo gives back
    outcome TEXT NOT NULL,
    final_text TEXT,
    votes_for INTEGER CHECK (votes_for >= 0),
    votes_against INTEGER CHECK (votes_against >= 0),
    abstained INTEGER CHECK (abstained >= 0),
    batch INTEGER, -- the first decision of those that were taken in one blow
    at TEXT NOT NULL,
    undone_at TEXT,
    CHECK ((votes_for IS NULL) = (votes_against IS NULL)),
    CHECK (outcome <> 'adopted as modified' OR final_text IS NOT NULL)
) STRICT;
CREATE INDEX decisions_in_order ON decisions (programme_id, id);
CREATE INDEX decisions_of_amendment ON decisions (amendment_id, id);

CREATE TABLE co_proposers (
    id INTEGER PRIMARY KEY,
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    member_id INTEGER,
    name TEXT,
    state TEXT NOT NULL CHECK (state IN ('invited', 'consented', 'declined')),
    at TEXT NOT NULL,
    recorded_by TEXT -- who wrote down the consent of somebody who is not on Discord
) STRICT;
CREATE UNIQUE INDEX co_proposers_once ON co_proposers (amendment_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX co_proposers_of_amendment ON co_proposers (amendment_id, id);
CREATE INDEX co_proposers_of_member ON co_proposers (member_id) WHERE member_id IS NOT NULL;

-- Merging that the committee asked for, and everybody whose word it needs.
CREATE TABLE merges (
    amendment_id INTEGER PRIMARY KEY REFERENCES amendments (id),
    into_id INTEGER NOT NULL REFERENCES amendments (id),
    at TEXT NOT NULL,
    actor TEXT,
    actor_id INTEGER,
    CHECK (amendment_id <> into_id)
) STRICT;
CREATE TABLE merge_consents (
    id INTEGER PRIMARY KEY,
    amendment_id INTEGER NOT NULL REFERENCES merges (amendment_id) ON DELETE CASCADE,
    member_id INTEGER,
    name TEXT,
    consented_at TEXT,
    recorded_by TEXT
) STRICT;
CREATE INDEX merge_consents_of_amendment ON merge_consents (amendment_id, id);
CREATE INDEX merge_consents_of_member ON merge_consents (member_id) WHERE member_id IS NOT NULL;

-- What a member chose: the name for the amendment book, and whether the bot may write to them.
CREATE TABLE members (
    member_id INTEGER PRIMARY KEY,
    book_name TEXT,
    messages INTEGER NOT NULL DEFAULT 0 CHECK (messages IN (0, 1)),
    at TEXT NOT NULL
) STRICT;
CREATE TABLE forum_authors (
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    author TEXT NOT NULL COLLATE NOCASE,
    member_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT,
    actor_id INTEGER,
    PRIMARY KEY (programme_id, author)
) STRICT, WITHOUT ROWID;
CREATE INDEX forum_authors_of_member ON forum_authors (member_id);
CREATE TABLE follows (
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    member_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (amendment_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follows_of_member ON follows (member_id);

-- What a member is to learn privately. It is kept until it was told, and not longer.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    member_id INTEGER NOT NULL,
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    news TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (member_id, amendment_id, news)
) STRICT;

CREATE TABLE meetings (
    id INTEGER PRIMARY KEY,
    programme_id INTEGER NOT NULL REFERENCES programmes (id),
    opened_at TEXT NOT NULL,
    ended_at TEXT,
    votes_for INTEGER CHECK (votes_for >= 0),
    votes_against INTEGER CHECK (votes_against >= 0),
    abstained INTEGER CHECK (abstained >= 0)
) STRICT;
CREATE UNIQUE INDEX meetings_under_way ON meetings (programme_id) WHERE ended_at IS NULL;
CREATE TABLE meeting_items (
    meeting_id INTEGER NOT NULL REFERENCES meetings (id),
    position INTEGER NOT NULL,
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    hammer INTEGER NOT NULL CHECK (hammer IN (0, 1)),
    PRIMARY KEY (meeting_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE discuss_requests (
    amendment_id INTEGER NOT NULL REFERENCES amendments (id),
    member_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (amendment_id, member_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX discuss_requests_of_member ON discuss_requests (member_id);
